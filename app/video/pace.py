"""How many of a camera's pictures are made for its tile. Knows no decoder."""

from __future__ import annotations

FEWEST_FPS = 5.0
_FEWER_EVERY_S = 0.5
_FEWER = 0.85
_MORE_AFTER_S = 3.0
_MORE = 1.15


class Pace:
    """Lets through so many a second at most; a little early is in time, as networks jitter.

    While the machine is behind it lets through fewer, step by step down to five, and slowly more
    again: pictures thin out, they do not grow old.
    """

    def __init__(self, most_fps: float) -> None:
        self._most_fps = self._fps = most_fps
        self._next_s = 0.0
        self._adjusted_s = 0.0

    def is_due(self, now_s: float) -> bool:
        """Whether the picture that came now is to be made."""
        period_s = 1 / self._fps
        if now_s < self._next_s - period_s / 2:
            return False
        self._next_s = max(self._next_s, now_s - period_s / 2) + period_s
        return True

    def adjust(self, now_s: float, *, behind: bool) -> None:
        """After each picture that came: whether it had waited to be read."""
        if behind and now_s - self._adjusted_s >= _FEWER_EVERY_S:
            self._fps = max(self._fps * _FEWER, min(FEWEST_FPS, self._most_fps))
            self._adjusted_s = now_s
        elif not behind and now_s - self._adjusted_s >= _MORE_AFTER_S:
            self._fps = min(self._fps * _MORE, self._most_fps)
            self._adjusted_s = now_s
