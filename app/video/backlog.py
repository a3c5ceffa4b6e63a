"""How old a picture already was when the decoder gave it: whether packets wait to be read.

A reader that waits for its camera has nothing waiting for it, and its picture is as young as can
be. One that never waits is behind, by as much as the camera's own times fell behind the clock
since it last waited. Knows no decoder; the caller measures.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_WINDOW_S = 1.0
_IDLE_SHARE = 0.15
_LONGEST_STRETCH = 20.0


@dataclass(frozen=True, slots=True)
class Effort:
    """What some work took: on the wall, and of this thread's own computing time."""

    wall_s: float
    cpu_s: float


class Backlog:
    """One open stream.

    Waiting cannot be told from not getting a core by looking at `grab` alone. Making a picture
    never waits for anything, so what it takes beyond its computing time says how much everything
    is stretched on this machine now; what `grab` takes beyond that was waiting for the camera.
    """

    def __init__(self) -> None:
        self._turns: deque[tuple[float, Effort, float]] = deque()  # (ended at, effort, idle s)
        self._stretch = 1.0
        self._never_waited_before_s: float | None = None
        self._ahead_s: float | None = None

    def made(self, effort: Effort) -> None:
        """A picture was made: decoded pixels converted, scaled, written."""
        if effort.cpu_s > 0:
            now = min(max(1.0, effort.wall_s / effort.cpu_s), _LONGEST_STRETCH)
            self._stretch += 0.2 * (now - self._stretch)

    def grabbed(self, effort: Effort, position_s: float | None, now_s: float) -> float:
        """A picture was grabbed that the camera numbers `position_s`; how old it was by then."""
        idle_s = max(0.0, effort.wall_s - effort.cpu_s * self._stretch)
        self._turns.append((now_s, effort, idle_s))
        while now_s - self._turns[0][0] > _WINDOW_S:
            self._turns.popleft()
        ahead_s = None if position_s is None else now_s - position_s
        if self.waits(now_s) or self._ahead_s is None or ahead_s is None:
            self._ahead_s = ahead_s
            return 0.0
        return max(0.0, ahead_s - self._ahead_s)

    def waits(self, now_s: float) -> bool:
        """Whether the reader had to wait for the camera lately: nothing is queued."""
        window_s = now_s - self._turns[0][0] + self._turns[0][1].wall_s if self._turns else 0.0
        return sum(idle_s for _, _, idle_s in self._turns) >= _IDLE_SHARE * window_s
