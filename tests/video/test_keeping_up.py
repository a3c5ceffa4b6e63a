"""A machine with too much to do: pictures say their true age, thin out, and do not oscillate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.video.backlog import Backlog
from app.video.load import CALM_FOR_S, LATE_WAKING_S, STRAINED_FOR_S, LoadGauge
from app.video.pace import FEWEST_FPS, Pace

PERIOD_S = 0.04


class Reader:
    """Reads a camera of 25 pictures a second on a machine of some speed."""

    def __init__(self, taken_offset_s: float = 1000.0) -> None:
        self.backlog = Backlog()
        self.now_s = 0.0
        self.number = 0
        self._offset_s = taken_offset_s

    def read(self, seconds: float, *, each_takes_s: float, stretch: float = 1.0) -> float:
        """Grab for so long; each picture takes so much computing. How old the last one was."""
        until_s, old_s = self.now_s + seconds, 0.0
        while self.now_s < until_s:
            sent_s = self.number * PERIOD_S
            began_s = self.now_s
            self.now_s = max(self.now_s, sent_s) + each_takes_s * stretch
            effort = (self.now_s - began_s, each_takes_s)
            old_s = self.backlog.grabbed(effort, sent_s + self._offset_s, self.now_s)
            self.backlog.made((0.001 * stretch, 0.001))
            self.number += 1
        return old_s

    @property
    def truly_old_s(self) -> float:
        return self.now_s - (self.number - 1) * PERIOD_S


def test_a_reader_that_waits_for_its_camera_has_young_pictures() -> None:
    assert Reader().read(10, each_takes_s=0.01) == 0
    assert Reader().read(10, each_takes_s=0.005, stretch=6) == 0, "a busy machine that keeps up"


@pytest.mark.parametrize("stretch", [1.0, 5.0])
def test_a_picture_that_waited_to_be_read_says_how_long(stretch: float) -> None:
    reader = Reader()
    reader.read(5, each_takes_s=0.01 / stretch, stretch=stretch)
    told_s = reader.read(5, each_takes_s=0.05 / stretch, stretch=stretch)
    assert reader.truly_old_s > 0.9
    assert told_s == pytest.approx(reader.truly_old_s, abs=0.1)


def test_it_is_young_again_when_it_has_caught_up() -> None:
    reader = Reader()
    reader.read(5, each_takes_s=0.01)
    reader.read(5, each_takes_s=0.05)
    assert reader.read(2, each_takes_s=0.01) == 0
    assert reader.truly_old_s < 0.1


def test_a_camera_whose_own_clock_runs_wrong_is_not_called_late() -> None:
    backlog, now_s = Backlog(), 0.0
    for number in range(500):
        now_s += PERIOD_S
        wrong_s = number * PERIOD_S / 3
        assert backlog.grabbed((PERIOD_S, 0.005), wrong_s, now_s) == 0


def test_a_camera_that_tells_no_time_is_not_guessed_at() -> None:
    backlog = Backlog()
    assert all(backlog.grabbed((0.04, 0.04), None, n * 0.04) == 0 for n in range(100))


def test_pictures_thin_out_while_behind_and_all_come_again_afterwards() -> None:
    pace, now_s = Pace(25.0), 0.0

    def shown_in(seconds: float, *, behind: bool) -> int:
        nonlocal now_s
        shown = 0
        for _ in range(round(seconds * 50)):
            now_s += 0.02
            pace.adjust(now_s, behind=behind)
            shown += pace.is_due(now_s)
        return shown

    assert shown_in(10, behind=False) == pytest.approx(250, abs=2)
    assert shown_in(2, behind=True) < 45
    shown_in(20, behind=True)
    assert shown_in(10, behind=True) == pytest.approx(10 * FEWEST_FPS, abs=2)
    shown_in(60, behind=False)
    assert shown_in(10, behind=False) == pytest.approx(250, abs=2)


def strain(gauge: LoadGauge, from_s: float, seconds: float) -> float:
    """Signs of too much to do, five a second; when they end."""
    for n in range(round(seconds * 5)):
        gauge.behind(from_s + n / 5)
    return from_s + seconds


def test_a_burst_is_no_overload_and_two_seconds_are() -> None:
    gauge = LoadGauge()
    now_s = strain(gauge, 100.0, STRAINED_FOR_S - 0.5)
    assert not gauge.is_overloaded(now_s)
    now_s = strain(gauge, 200.0, STRAINED_FOR_S + 0.5)
    assert gauge.is_overloaded(now_s)
    assert gauge.is_overloaded(now_s + CALM_FOR_S - 0.5)
    assert not gauge.is_overloaded(now_s + CALM_FOR_S + 0.5)


def test_short_waits_that_return_late_are_a_sign_too() -> None:
    gauge = LoadGauge()
    for n in range(30):
        gauge.woke(LATE_WAKING_S, n / 10)
    assert gauge.is_overloaded(3.0)
    calm = LoadGauge()
    for n in range(30):
        calm.woke(LATE_WAKING_S / 2, n / 10)
    assert not calm.is_overloaded(3.0)


def test_a_machine_that_can_only_just_do_less_is_not_asked_for_more_again_and_again() -> None:
    gauge, now_s, switches, was = LoadGauge(), 0.0, 0, False
    while now_s < 3600:
        now_s += 0.2
        overloaded = gauge.is_overloaded(now_s)
        switches += overloaded is not was
        was = overloaded
        if not overloaded:
            gauge.behind(now_s)  # all main streams at once are always too much for it
    assert switches < 25, "in an hour; every ten seconds would be six hundred"


@given(st.lists(st.tuples(st.floats(0.01, 5.0), st.booleans()), max_size=200))
def test_overload_never_ends_without_ten_seconds_of_calm(
    moments: list[tuple[float, bool]],
) -> None:
    gauge, now_s, last_sign_s, was = LoadGauge(), 0.0, 0.0, False
    for step_s, sign in moments:
        now_s += step_s
        if sign:
            gauge.behind(now_s)
            last_sign_s = now_s
        overloaded = gauge.is_overloaded(now_s)
        if was and not overloaded:
            assert now_s - last_sign_s >= CALM_FOR_S
        was = overloaded
