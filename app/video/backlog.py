"""How old a picture already was when the decoder gave it: whether packets wait to be read.

A reader that waits for its camera has nothing waiting for it, and its picture is as young as can
be. One that never waits is behind, by as much as the camera's own times fell behind the clock
since it last waited. Knows no decoder; the caller measures.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

_WINDOW_S = 1.0
_IDLE_SHARE = 0.15
_LONGEST_STRETCH = 20.0


class Effort(NamedTuple):
    """What some work took: on the wall, and of this thread's own computing time."""

    wall_s: float
    cpu_s: float


class _Turn(NamedTuple):
    """One grab. `ahead_s`: how far the clock was ahead of the camera's count when it ended."""

    began_s: float
    ended_s: float
    idle_s: float
    ahead_s: float


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
        self._turns.append(_Turn(now_s - effort.wall_s, now_s, idle_s, ahead_s))
        self._idle_s += idle_s
        while now_s - self._turns[0].ended_s > _WINDOW_S:
            self._idle_s -= self._turns.popleft().idle_s
        if self._waits() or self._least_ahead_s is None:
            self._least_ahead_s = min([turn.ahead_s for turn in self._turns])
            return 0.0
        return max(0.0, ahead_s - self._least_ahead_s)

    def _waits(self) -> bool:
        """Whether the reader had to wait for the camera lately: nothing is queued."""
        window_s = self._turns[-1].ended_s - self._turns[0].began_s
        return self._idle_s >= _IDLE_SHARE * window_s
