"""Which stream a tile is shown from: pure rules on its size, its wishes, the load and the time.

Knows no threads, no decoder and no clock of its own.
"""

from __future__ import annotations

from app.cameras.camera import StreamKind
from app.video.live import Wanted

SMALL_PX = 171
"""A tile no taller than this, in device pixels, needs no more than the sub stream. Docs/facts.md
has this, the factor and the times from the field, under "Switching between main and sub streams".
"""
LARGE_PX = 1.34 * SMALL_PX
SMALL_FOR_S = 1.0
BETWEEN_SWITCHES_S = 5.0


class StreamChoice:
    """The stream one tile should be shown from. Between the two heights it stays as it is.

    A tile that insists on the main stream has it at once. Every other switch waits until it has
    been right for a second and five seconds have passed since the last one.
    """

    def __init__(self) -> None:
        self._chosen: StreamKind | None = None
        self._by_size = StreamKind.SUB
        self._switched_s = 0.0
        self._down_since_s: float | None = None

    def begin_again(self) -> None:
        """Nothing is on the tile: the next choice is immediate."""
        self._chosen = self._down_since_s = None
        self._by_size = StreamKind.SUB

    def choose(self, wanted: Wanted, now_s: float, *, overloaded: bool) -> StreamKind:
        """The stream from now on. `now_s` never goes back."""
        self._by_size = _by_size(wanted.height_px, self._by_size)
        right = self._by_size if not overloaded else StreamKind.SUB
        if wanted.main:
            right = StreamKind.MAIN
        if right is not StreamKind.SUB or self._chosen is not StreamKind.MAIN:
            self._down_since_s = None
        elif self._down_since_s is None:
            self._down_since_s = now_s
        if self._chosen is None or (right is not self._chosen and self._may(wanted, now_s)):
            self._chosen, self._switched_s, self._down_since_s = right, now_s, None
        return self._chosen

    def _may(self, wanted: Wanted, now_s: float) -> bool:
        if wanted.main:
            return True
        if now_s - self._switched_s < BETWEEN_SWITCHES_S:
            return False
        return self._down_since_s is None or now_s - self._down_since_s >= SMALL_FOR_S


def _by_size(height_px: int, before: StreamKind) -> StreamKind:
    if height_px <= SMALL_PX:
        return StreamKind.SUB
    return StreamKind.MAIN if height_px >= LARGE_PX else before
