"""Pictures, health, back-off and turns: the small rules that the wall's honesty rests on."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import ScriptedClock
from app.errors import msg
from app.video.backoff import LONGEST_S, WRONG_PASSWORD_S, BackOff
from app.video.health import CameraState, Freshness, Health, freshness
from app.video.monitor import CameraMonitor
from app.video.opener import Turns
from app.video.picture import Mailbox, Picture, Size
from app.video.reasons import STUCK, CameraLost
from tests.video.cameras import until

NOW = datetime(2026, 11, 22, 3, 46, tzinfo=UTC)
sizes = st.builds(Size, st.integers(1, 8192), st.integers(1, 8192))


def picture(seq: int, arrived_s: float = 0.0) -> Picture:
    return Picture(
        "C01", seq, np.zeros((2, 2, 4), np.uint8), arrived_s, NOW.timestamp(), Size(640, 360)
    )


@pytest.mark.parametrize(
    ("age_s", "meaning"),
    [
        (0.0, Freshness.FRESH),
        (1.0, Freshness.FRESH),
        (1.01, Freshness.LATE),
        (3.0, Freshness.LATE),
        (3.01, Freshness.LOST),
        (7200.0, Freshness.LOST),
    ],
)
def test_the_age_of_a_picture_says_how_it_is_shown(age_s: float, meaning: Freshness) -> None:
    assert freshness(age_s) is meaning


@given(st.sampled_from(CameraState), st.floats(0, 10))
def test_only_a_live_camera_with_a_young_picture_is_live(state: CameraState, age_s: float) -> None:
    health = Health("C01", state, last_picture_s=100.0)
    assert health.is_live(100.0 + age_s) == (state is CameraState.LIVE and age_s <= 3.0)
    assert not Health("C01", state).is_live(100.0)


@pytest.mark.parametrize("state", CameraState)
def test_a_hidden_camera_that_answers_is_well_however_old_its_picture(state: CameraState) -> None:
    health = Health("C01", state, last_picture_s=100.0)
    assert health.is_well(100.5) == (state in (CameraState.LIVE, CameraState.STANDBY))
    assert health.is_well(3700.0) == (state is CameraState.STANDBY)


@given(sizes, sizes)
def test_a_picture_fits_its_tile_and_keeps_its_proportions(source: Size, box: Size) -> None:
    fitted = source.inside(box, largest_scale=2.0)
    assert fitted.width_px <= box.width_px
    assert fitted.height_px <= box.height_px
    wanted = fitted.width_px * source.height_px / source.width_px
    slack = 1 + source.height_px / source.width_px
    assert min(fitted) == 1 or abs(fitted.height_px - wanted) <= slack


def test_a_slow_taker_gets_the_newest_picture_and_the_missed_are_counted() -> None:
    box = Mailbox()
    assert box.newest() is None
    for seq in (1, 2, 3):
        box.put(picture(seq))
    newest = box.newest()
    assert newest is not None
    assert (newest.seq, box.dropped) == (3, 2)
    assert box.newest() is newest
    box.put(picture(4))
    assert box.dropped == 2


def test_a_short_outage_is_tried_soon_and_a_long_one_seldom() -> None:
    backoff = BackOff(Random(1))
    now_s, waits = 0.0, []
    while now_s < 3600:
        waits.append(backoff.next_s(now_s, CameraState.LOST))
        now_s += waits[-1]
    assert waits[0] <= 0.4
    at_ten_seconds = [wait for wait, at in zip(waits, np.cumsum(waits), strict=True) if at < 12]
    assert max(at_ten_seconds) <= 1.5, "away for ten seconds: back within four"
    assert max(waits) <= LONGEST_S * 1.2
    assert min(waits[-20:]) >= LONGEST_S * 0.8
    assert len(set(waits[-20:])) > 1, "cameras behind one switch must not all come at once"


def test_a_camera_that_shows_one_picture_and_dies_is_not_tried_every_second_for_ever() -> None:
    backoff = BackOff(Random(1))
    now_s = 0.0
    for _ in range(100):
        wait_s = backoff.next_s(now_s, CameraState.LOST)
        now_s += wait_s
    assert wait_s > 20
    backoff.forget()
    assert backoff.next_s(now_s + 7, CameraState.LOST) <= 1.2


def test_a_wrong_password_is_left_alone_for_minutes() -> None:
    waits = [BackOff(Random(n)).next_s(0, CameraState.WRONG_PASSWORD) for n in range(20)]
    assert min(waits) >= WRONG_PASSWORD_S * 0.8


def test_those_that_failed_before_wait_behind_those_that_did_not() -> None:
    turns, order, stop = Turns(), [], threading.Event()
    waiting = []

    def take(rank: int) -> None:
        with turns.turn(rank, stop) as granted:
            assert granted
            order.append(rank)

    with turns.turn(0, stop):
        for rank in (5, 0, 3):
            waiting.append(threading.Thread(target=take, args=(rank,)))
            waiting[-1].start()
        until(lambda: len(turns._waiting) == 3)
    for thread in waiting:
        thread.join(5)
    assert order == [0, 3, 5]


def test_so_many_go_together_and_only_those_that_go_the_same_way() -> None:
    turns, inside, stop = Turns(2), list[str](), threading.Event()
    may_leave = {name: threading.Event() for name in ("first", "second", "third", "other")}

    def take(name: str, rank: int, plain: bool) -> None:
        with turns.turn(rank, stop, plain=plain) as granted:
            assert granted
            inside.append(name)
            assert may_leave[name].wait(5)
            inside.remove(name)

    threads = []
    for rank, name in enumerate(may_leave):
        threads.append(threading.Thread(target=take, args=(name, rank, name == "other")))
        threads[-1].start()
        until(lambda: len(inside) + len(turns._waiting) == len(threads))
    assert inside == ["first", "second"]
    may_leave["first"].set()
    until(lambda: inside == ["second", "third"])
    may_leave["second"].set()
    until(lambda: inside == ["third"])
    assert len(turns._waiting) == 1, "there is room, and not for one that goes another way"
    may_leave["third"].set()
    until(lambda: inside == ["other"])
    may_leave["other"].set()
    for thread in threads:
        thread.join(5)


def test_waiting_for_a_turn_ends_when_the_console_closes() -> None:
    turns, stop, results = Turns(), threading.Event(), []

    def take() -> None:
        with turns.turn(0, stop) as granted:
            results.append(granted)

    thread = threading.Thread(target=take)
    with turns.turn(0, threading.Event()):
        thread.start()
        until(lambda: turns._waiting)
        stop.set()
        thread.join(5)
    assert results == [False]
    with turns.turn(0, threading.Event()) as granted:
        assert granted, "the next one is not held up by the one who left"


def test_the_watchdog_takes_live_from_a_camera_whose_picture_is_old() -> None:
    clock = ScriptedClock(NOW)
    told: list[Health] = []
    monitor = CameraMonitor("C01", clock, lambda _id, health: told.append(health))
    monitor.trying(afresh=False)
    monitor.showed(picture(1, clock.monotonic()))
    clock.advance(3.0)
    monitor.watch(stuck=False)
    assert monitor.snapshot().state is CameraState.LIVE
    clock.advance(0.1)
    monitor.watch(stuck=False)
    assert monitor.snapshot().state is CameraState.LOST
    assert [health.state for health in told] == ["connecting", "live", "lost"]


def test_a_reader_stuck_in_the_decoder_is_called_lost_and_told_why() -> None:
    clock = ScriptedClock(NOW)
    monitor = CameraMonitor("C01", clock, None)
    monitor.trying(afresh=False)
    monitor.watch(stuck=False)
    assert monitor.snapshot().state is CameraState.CONNECTING
    monitor.watch(stuck=True)
    assert (monitor.snapshot().state, monitor.snapshot().reason) == (CameraState.LOST, STUCK)


def test_a_lost_camera_keeps_its_last_good_time_and_why_through_every_try() -> None:
    clock = ScriptedClock(NOW)
    monitor = CameraMonitor("C01", clock, None)
    monitor.showed(picture(1))
    reason = msg("The picture froze.")
    for tries in range(1, 4):
        monitor.lost(CameraLost(reason), 2.0)
        clock.advance(2.0)
        monitor.trying(afresh=False)
        health = monitor.snapshot()
        assert (health.state, health.reason, health.attempt) == (CameraState.LOST, reason, tries)
        assert (health.last_picture_at, health.since_at) == (NOW, NOW)
    monitor.trying(afresh=True)
    assert monitor.snapshot().state is CameraState.CONNECTING


def test_pictures_that_come_at_once_after_a_pause_tell_no_rate() -> None:
    clock = ScriptedClock(NOW)
    monitor = CameraMonitor("C01", clock, None)
    for _ in range(3):
        clock.advance(0.00005)
        monitor.arrived(clock.monotonic())
    assert monitor.snapshot().fps == 0.0
    for _ in range(15):
        clock.advance(0.1)
        monitor.arrived(clock.monotonic())
    assert monitor.snapshot().fps == pytest.approx(11.3, abs=0.1)
