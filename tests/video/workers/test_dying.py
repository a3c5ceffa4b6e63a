"""Decode workers that are killed, stopped, or talk nonsense: what the officer sees of it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from app.video.health import LOST_AFTER_S
from app.video.live import WatchedCamera
from app.video.workers.pictures import WorkerPictures
from app.video.workers.worker import Patience
from tests.conftest import ExpectedLog
from tests.video.cameras import address_of, free_port, until
from tests.video.workers import children
from tests.video.workers.conftest import Watch
from tests.video.workers.told import Told, is_live

ALL = ("C1", "C2", "C3", "C4")
REPLACED = r"decode worker \d+ \(process \d+\) is replaced"
DECODER_STOPPED = "The decoder of this camera stopped; a new one has been started."
EVIL = WatchedCamera("EVIL", address_of(1, "/evil"))


def seq_of(live: WorkerPictures, camera_id: str) -> int:
    picture = live.newest(camera_id)
    assert picture is not None
    return picture.seq


def another_process(live: WorkerPictures, camera_id: str, pid: int | None) -> Callable[[], bool]:
    return lambda: live.process_of(camera_id) not in (None, pid)


@pytest.mark.expected_log(REPLACED)
def test_a_killed_worker_is_replaced_and_the_other_cameras_go_on(
    watch: Watch, cameras: list[WatchedCamera], told: Told
) -> None:
    live = watch(cameras)
    until(lambda: is_live(live, *ALL), 30)
    pid = live.process_of("C1")
    assert pid is not None
    assert live.process_of("C2") != pid
    last = seq_of(live, "C1")
    os.kill(pid, signal.SIGKILL)
    began_s = time.monotonic()
    until(another_process(live, "C1", pid), 3)
    others = {"C2": 0.0, "C4": 0.0}  # the longest time without a new picture

    def is_back() -> bool:
        for camera_id in others:
            age_s = live.health(camera_id).age_s(time.monotonic())
            assert age_s is not None
            others[camera_id] = max(others[camera_id], age_s)
        return told.states("C1")[-1] == "live" and is_live(live, *ALL)

    until(lambda: told.states("C1").count("lost") == 1)
    until(is_back)
    assert time.monotonic() - began_s <= 5
    assert seq_of(live, "C1") > last
    assert max(others.values()) < LOST_AFTER_S
    assert DECODER_STOPPED in told.reasons("C1")
    assert told.states("C2") == ["connecting", "live"]
    assert (live.health("C1").reconnects, live.health("C2").reconnects) == (1, 0)


@pytest.mark.expected_log(REPLACED)
def test_a_stopped_worker_is_replaced_and_never_shown_as_live_meanwhile(
    watch: Watch, cameras: list[WatchedCamera], told: Told
) -> None:
    live = watch(cameras)
    until(lambda: is_live(live, *ALL), 30)
    pid = live.process_of("C1")
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    began_s = time.monotonic()

    def is_replaced() -> bool:
        picture = live.newest("C1")
        assert picture is not None, "the last good picture stays, to be shown as lost"
        old = time.monotonic() - picture.arrived_s > LOST_AFTER_S + 0.1
        assert not (old and is_live(live, "C1"))
        return live.process_of("C1") not in (None, pid)

    until(is_replaced, 3)
    until(lambda: told.states("C1")[-2:] == ["lost", "live"] and is_live(live, *ALL))
    assert time.monotonic() - began_s <= 5
    assert told.states("C2") == ["connecting", "live"]


@pytest.mark.expected_log(REPLACED)
@pytest.mark.parametrize("main", [children.talks_rubbish, children.talks_without_end])
def test_a_worker_that_talks_nonsense_is_given_up(watch: Watch, main: children.Main) -> None:
    live = watch([WatchedCamera("C1", address_of(free_port()))], main=main)
    until(lambda: live.process_of("C1"))
    pid = live.process_of("C1")
    until(another_process(live, "C1", pid))


@pytest.mark.expected_log(REPLACED)
def test_a_worker_that_stops_in_the_middle_of_a_word_holds_up_nobody(
    watch: Watch, cameras: list[WatchedCamera]
) -> None:
    live = watch(cameras[:1], main=children.promises_more, patience=Patience(start_s=0.5))
    until(lambda: live.process_of("C1"))
    pid = live.process_of("C1")
    until(another_process(live, "C1", pid))
    began_s = time.monotonic()
    assert live.stop() == ("C1",), "this one does not listen, and had to be killed"
    assert time.monotonic() - began_s < 4


@pytest.mark.expected_log(REPLACED)
def test_a_worker_that_cannot_begin_is_not_started_without_end(
    watch: Watch, expected_log: ExpectedLog
) -> None:
    live = watch([WatchedCamera("C1", address_of(free_port()))], main=children.fails_at_once)
    pids: set[int | None] = set()
    began_s = time.monotonic()
    until(lambda: pids.add(live.process_of("C1")) or time.monotonic() - began_s > 3)
    assert 3 <= len(pids - {None}) <= 6


@pytest.mark.expected_log(REPLACED)
@pytest.mark.parametrize("main", [children.crashes, children.hangs, children.eats])
def test_a_stream_that_brings_its_worker_down_is_set_apart_from_its_neighbour(
    watch: Watch, cameras: list[WatchedCamera], main: children.Main
) -> None:
    patience = Patience(inside_s=1.5, most_bytes=200 * 1024 * 1024)
    live = watch([cameras[0], EVIL], main=main, patience=patience)
    until(lambda: is_live(live, "C1"), 30)
    until(lambda: live.process_of("EVIL") not in (None, live.process_of("C1")), 30)
    until(lambda: is_live(live, "C1"))
    pid, reconnects = live.process_of("C1"), live.health("C1").reconnects
    evil = live.process_of("EVIL")
    until(lambda: live.process_of("EVIL") not in (None, evil), 30)
    assert is_live(live, "C1")
    assert (live.process_of("C1"), live.health("C1").reconnects) == (pid, reconnects)
    assert not is_live(live, "EVIL")
