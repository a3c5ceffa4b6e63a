"""Cameras that have read well ahead read one after the other; none waits for what is due."""

from __future__ import annotations

import threading

import pytest

from app.video.archive.index_reading import IndexedFootage
from app.video.playback.gate import Gate
from app.video.playback.shown import Shown
from tests.video.archive.material import EVENING
from tests.video.playback.conftest import OPENS
from tests.video.playback.watching import exact, hand_clock, number_of, seconds, until, walk

CAMERAS = ("C01", "C02", "C03", "C04")


class _Counted(Gate):
    """A gate for one that knows how many went through, and how many were inside at most."""

    def __init__(self) -> None:
        super().__init__(1)
        self._guard = threading.Lock()
        self.inside = self.most = self.entered = 0

    def enter(self, within_s: float) -> bool:
        assert within_s < 0.1, "what is ready must be looked at again meanwhile"
        if not super().enter(within_s):
            return False
        with self._guard:
            self.inside += 1
            self.entered += 1
            self.most = max(self.most, self.inside)
        return True

    def leave(self) -> None:
        with self._guard:
            self.inside -= 1
        super().leave()


class _Shut(Gate):
    """Lets nobody in."""

    def enter(self, within_s: float) -> bool:
        threading.Event().wait(within_s)
        return False


@pytest.mark.parametrize("speed", [1, -1])
def test_cameras_that_are_ahead_read_one_after_the_other(
    opens: OPENS, footage: IndexedFootage, monkeypatch: pytest.MonkeyPatch, speed: float
) -> None:
    gate = _Counted()
    monkeypatch.setattr("app.video.playback.playback.Gate", lambda: gate)
    playback = opens(footage, *CAMERAS)
    playback.seek(EVENING + seconds(8.05))
    for camera_id in CAMERAS:
        exact(playback, camera_id, EVENING + seconds(8.05))
    assert gate.entered == 0, "nobody waits for a picture that was sought"
    playback.play(speed)
    until(lambda: abs(playback.position - EVENING - seconds(8.05)) > seconds(1.5))
    shown = [playback.newest(camera_id) for camera_id in CAMERAS]
    assert all(isinstance(one, Shown) for one in shown)
    assert len({number_of(one) for one in shown}) <= 2  # one may have come on meanwhile
    assert gate.most == 1
    assert gate.entered >= 4 * 8  # frames of a second and a half, but for those read before


def test_what_is_due_waits_for_nobody(
    opens: OPENS, footage: IndexedFootage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.playback.playback.Gate", _Shut)
    clock = hand_clock()
    playback = opens(footage, *CAMERAS, clock=clock)
    playback.seek(EVENING + seconds(3.05))
    numbers = walk(playback, clock, 1, 25, *CAMERAS)
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(numbers) >= 23


@pytest.mark.parametrize(("cores", "at_a_time"), [(None, 1), (1, 1), (2, 1), (4, 3)])
def test_a_core_is_left_for_the_window(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, at_a_time: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    gate = Gate()
    assert all(gate.enter(0) for _ in range(at_a_time))
    assert not gate.enter(0.01)
    gate.leave()
    assert gate.enter(0)
