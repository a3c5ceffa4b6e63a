"""How long a lost camera is left alone before the next try."""

from __future__ import annotations

from random import Random

from app.video.health import CameraState

SHORTEST_S = 1.0
LONGEST_S = 30.0
WRONG_PASSWORD_S = 300.0
"""Cameras lock out whoever guesses: a wrong password is tried again every five minutes only."""
SETTLED_AFTER_S = 5.0
_SHARE = 0.2
_JITTER = 0.2


class BackOff:
    """Waits a fifth of the time the camera has been away, so that a short outage ends soon and a
    long one costs little; with jitter, so that cameras behind one switch do not come all at once.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._away_since_s: float | None = None
        self._live_since_s: float | None = None

    def live(self, now_s: float) -> None:
        """A picture came. Only after some seconds of them does the next loss count as a new one."""
        if self._live_since_s is None:
            self._live_since_s = now_s
        if now_s - self._live_since_s >= SETTLED_AFTER_S:
            self._away_since_s = None

    def next_s(self, now_s: float, state: CameraState) -> float:
        """Seconds to wait from now, after a loss in this state."""
        self._live_since_s = None
        if self._away_since_s is None:
            self._away_since_s = now_s
        if state is CameraState.WRONG_PASSWORD:
            wait_s = WRONG_PASSWORD_S
        else:
            away_s = now_s - self._away_since_s
            wait_s = min(max(away_s * _SHARE, SHORTEST_S), LONGEST_S)
        return wait_s * self._random.uniform(1 - _JITTER, 1 + _JITTER)
