"""How old a picture already was when the decoder gave it: whether packets wait to be read.

A reader that waits for its camera has nothing waiting for it, and its picture is as young as can
be. One that never waits is behind, by as much as the camera's own times fell behind the clock
since it last waited. Knows no decoder; the caller measures, with the stopwatch.
"""

from __future__ import annotations

import time
from collections import deque
from typing import NamedTuple

from app.clock import Clock

_WINDOW_S = 1.0
_IDLE_SHARE = 0.15
_LONGEST_STRETCH = 20.0


class Effort(NamedTuple):
    """What some work took: on the wall, and of this thread's own computing time."""

    wall_s: float
    cpu_s: float


class Stopwatch:
    """Takes the time of one thread's work, lap after lap without a gap: every look at a thread's
    computing time is a call into the system."""

    def __init__(self, clock: Clock) -> None:
        self._monotonic = clock.monotonic
        self.now_s = clock.monotonic()
        """When the last lap ended, on the monotonic clock."""
        self._cpu_s = time.thread_time()

    def lap(self) -> Effort:
        """What was done since the lap before."""
        began_s, began_cpu_s = self.now_s, self._cpu_s
        self.now_s, self._cpu_s = self._monotonic(), time.thread_time()
        return Effort(self.now_s - began_s, self._cpu_s - began_cpu_s)


class _Turn(NamedTuple):
    """One grab."""

    began_s: float
    ended_s: float
    idle_s: float


class Backlog:
    """One open stream.

    Waiting cannot be told from not getting a core by looking at `grab` alone. Making a picture
    never waits for anything, so what it takes beyond its computing time says how much everything
    is stretched on this machine now; what `grab` takes beyond that was waiting for the camera.
    """

    def __init__(self) -> None:
        self._turns: deque[_Turn] = deque()
        self._idle_s = 0.0  # of all turns together
        self._stretch = 1.0
        self._lows: deque[tuple[float, float]] = deque()
        """Of the same turns, when each ended and how far the clock was ahead of the camera's count
        then; without those that a later one undercuts, so that the first is the least ahead."""
        self._least_ahead_s: float | None = None

    def made(self, effort: Effort) -> None:
        """A picture was made: decoded pixels converted, scaled, written."""
        if effort.cpu_s > 0:
            now = min(max(1.0, effort.wall_s / effort.cpu_s), _LONGEST_STRETCH)
            self._stretch += 0.2 * (now - self._stretch)

    def grabbed(self, effort: Effort, position_s: float | None, now_s: float) -> float:
        """A picture was grabbed that the camera numbers `position_s`; how old it was by then."""
        if position_s is None:
            return 0.0
        idle_s = max(0.0, effort.wall_s - effort.cpu_s * self._stretch)
        ahead_s = now_s - position_s
        self._turns.append(_Turn(now_s - effort.wall_s, now_s, idle_s))
        self._idle_s += idle_s
        while now_s - self._turns[0].ended_s > _WINDOW_S:
            self._idle_s -= self._turns.popleft().idle_s
        self._note_low(ahead_s, now_s)
        if self._waits() or self._least_ahead_s is None:
            self._least_ahead_s = self._lows[0][1]
            return 0.0
        return max(0.0, ahead_s - self._least_ahead_s)

    def _note_low(self, ahead_s: float, now_s: float) -> None:
        lows = self._lows
        while lows and lows[-1][1] >= ahead_s:
            lows.pop()
        lows.append((now_s, ahead_s))
        while now_s - lows[0][0] > _WINDOW_S:
            lows.popleft()

    def _waits(self) -> bool:
        """Whether the reader had to wait for the camera lately: nothing is queued."""
        window_s = self._turns[-1].ended_s - self._turns[0].began_s
        return self._idle_s >= _IDLE_SHARE * window_s
