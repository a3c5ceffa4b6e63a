"""What the tests of playback share: a clock at the evening's footage, and a look at the tiles."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from app.clock import ScriptedClock, to_milliseconds
from app.video.live import Wanted
from app.video.playback.playback import Playback
from app.video.playback.shown import Nothing, Shown
from tests.video.archive.material import EVENING, ClipForm, number_in

TILE = Wanted(320, 180)
FPS = 10
FRAME = timedelta(seconds=1 / FPS)
MOST_S = 10.0


class EveningClock:
    """Runs like the computer's, a while after the footage was recorded."""

    def __init__(self, at: datetime = EVENING + timedelta(hours=1)) -> None:
        self._at, self._began_s = at, time.monotonic()

    def now(self) -> datetime:
        return to_milliseconds(self._at + timedelta(seconds=time.monotonic() - self._began_s))

    def monotonic(self) -> float:
        return time.monotonic()


def hand_clock() -> ScriptedClock:
    """One that goes on only when the test says so: no machine is too slow for it."""
    return ScriptedClock(EVENING + timedelta(hours=1))


def walk(
    playback: Playback, clock: ScriptedClock, speed: float, frames: int, *camera_ids: str
) -> list[int]:
    """Play so many frames' time, a frame's at a time; the numbers shown, each when it was due.

    Fails when a tile does not come to show what is due at the playback's own position.
    """
    before = playback.position
    playback.play(speed)

    def goes() -> bool:
        clock.advance(0.001)
        return playback.position != before

    until(goes)  # it waits for its first pictures
    numbers: list[int] = []
    for _ in range(frames):
        clock.advance(1 / FPS / abs(speed))
        due = int((playback.position - EVENING) / FRAME + 1e-6)
        for camera_id in camera_ids or ("C01",):
            until(lambda due=due, camera_id=camera_id: shows(playback, due, camera_id))
        if due not in numbers[-1:]:
            numbers.append(due)
    return numbers


def until(condition: Callable[[], object], within_s: float = MOST_S) -> None:
    """Wait until it holds; fails the test after `within_s`."""
    pause, end_s = threading.Event(), time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end_s, f"not so within {within_s} s"
        pause.wait(0.002)


def number_of(shown: Shown | Nothing | None) -> int:
    """What is drawn in the picture."""
    assert isinstance(shown, Shown), shown
    return number_in(shown.pixels[:, :, 1])


def shows(playback: Playback, number: int, camera_id: str = "C01") -> bool:
    """Whether the tile shows the picture with this number."""
    shown = playback.newest(camera_id)
    return isinstance(shown, Shown) and number_of(shown) == number


def exact(playback: Playback, camera_id: str, at: datetime) -> Shown:
    """Wait for the exact frame of an instant."""

    def is_there() -> bool:
        shown = playback.newest(camera_id)
        return isinstance(shown, Shown) and shown.is_exact and shown.at <= at < shown.at + 2 * FRAME

    until(is_there)
    shown = playback.newest(camera_id)
    assert isinstance(shown, Shown)
    return shown


def nothing(playback: Playback, camera_id: str) -> Nothing:
    """Wait until the tile says that there is nothing."""
    until(lambda: isinstance(playback.newest(camera_id), Nothing))
    shown = playback.newest(camera_id)
    assert isinstance(shown, Nothing)
    return shown


def watch(
    playback: Playback, camera_id: str, done: Callable[[], bool]
) -> Iterator[Shown | Nothing]:
    """Every different thing the tile shows, until `done`."""
    pause, end_s, before = threading.Event(), time.monotonic() + MOST_S, -1
    while not done():
        assert time.monotonic() < end_s, "it did not come to its end"
        shown = playback.newest(camera_id)
        if shown is not None and shown.seq != before:
            before = shown.seq
            yield shown
        pause.wait(0.002)


def numbered(first: int, *, seconds: float = 4.0, **form: object) -> ClipForm:
    """A clip whose pictures carry the numbers from `first` on."""
    return ClipForm(seconds=seconds, fps=FPS, first=first, **form)  # type: ignore[arg-type]


def seconds(of: float) -> timedelta:
    return timedelta(seconds=of)


class Countdown:
    """True after so many looks."""

    def __init__(self, looks: int) -> None:
        self._left = looks

    def __call__(self) -> bool:
        self._left -= 1
        return self._left < 0
