"""How old a picture already was when the decoder gave it: whether packets wait to be read.

A reader that waits for its camera has nothing waiting for it, and its picture is as young as can
be. One that never waits is behind, by as much as the camera's own times fell behind the clock
since it last waited. Knows no decoder; the caller measures, with the stopwatch.
"""

from __future__ import annotations

import math
import time
from collections import deque
from typing import NamedTuple

from app.clock import Clock

_QUARTERS = 4
_QUARTER_S = 0.25
_LONGEST_QUARTER_S = 1.0
_IDLE_SHARE = 0.15
_LONGEST_STRETCH = 20.0


Effort = tuple[float, float]
"""What some work took, in s: on the wall, and of this thread's own computing time."""


class _Quarter(NamedTuple):
    """A quarter of a second that is over."""

    length_s: float
    idle_s: float
    least_ahead_s: float


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
        return self.now_s - began_s, self._cpu_s - began_cpu_s


class Backlog:
    """One open stream.

    Waiting cannot be told from not getting a core by looking at `grab` alone. Making a picture
    never waits for anything, so what it takes beyond its computing time says how much everything
    is stretched on this machine now; what `grab` takes beyond that was waiting for the camera.

    The last second is remembered as quarters: how long each lasted and waited, and how little the
    clock was ahead of the camera's count in it.
    """

    def __init__(self) -> None:
        self._stretch = 1.0
        self._before: deque[_Quarter] = deque(maxlen=_QUARTERS - 1)
        self._began_s = self._idle_s = 0.0
        self._least_s = math.inf
        self._past_length_s = self._past_idle_s = 0.0
        self._past_least_s = math.inf
        """Of the quarters before."""
        self._ready_ahead_s: float | None = None
        """How far the clock was ahead when nothing was queued."""

    def made(self, effort: Effort) -> None:
        """A picture was made: decoded pixels converted, scaled, written."""
        wall_s, cpu_s = effort
        if cpu_s > 0:
            now = min(max(1.0, wall_s / cpu_s), _LONGEST_STRETCH)
            self._stretch += 0.2 * (now - self._stretch)

    def grabbed(self, effort: Effort, position_s: float | None, now_s: float) -> float:
        """A picture was grabbed that the camera numbers `position_s`; how old it was by then."""
        if position_s is None:
            return 0.0
        wall_s, cpu_s = effort
        if now_s - self._began_s >= _QUARTER_S:
            self._turn(now_s - wall_s)
        idle_s = wall_s - cpu_s * self._stretch
        if idle_s > 0:
            self._idle_s += idle_s
        ahead_s = now_s - position_s
        if ahead_s < self._least_s:
            self._least_s = ahead_s
        if self._ready_ahead_s is None or self._waits(now_s):
            self._ready_ahead_s = min(self._least_s, self._past_least_s)
            return 0.0
        return max(0.0, ahead_s - self._ready_ahead_s)

    def _turn(self, now_s: float) -> None:
        """A quarter is over. One that took long, for the stream stood still, is all there was."""
        quarter = _Quarter(now_s - self._began_s, self._idle_s, self._least_s)
        if self._least_s == math.inf or quarter.length_s > _LONGEST_QUARTER_S:
            self._before.clear()
        else:
            self._before.append(quarter)
        self._past_length_s = sum(each.length_s for each in self._before)
        self._past_idle_s = sum(each.idle_s for each in self._before)
        self._past_least_s = min((each.least_ahead_s for each in self._before), default=math.inf)
        self._began_s, self._idle_s, self._least_s = now_s, 0.0, math.inf

    def _waits(self, now_s: float) -> bool:
        """Whether the reader had to wait for the camera lately: nothing is queued."""
        length_s = self._past_length_s + now_s - self._began_s
        return self._past_idle_s + self._idle_s >= _IDLE_SHARE * length_s
