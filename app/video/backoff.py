"""How long a lost camera is left alone before the next try."""

from __future__ import annotations

from random import Random

from app.video.health import CameraState

SHORTEST_S = 1.0
AT_ONCE_S = 0.3
"""Before the first try: most losses are a hiccup of the network, or a camera that changed its
size or codec, and it is there again at once."""
LONGEST_S = 30.0
WRONG_PASSWORD_S = 300.0
"""Cameras lock out whoever guesses: a wrong password is tried again every five minutes only."""
SETTLED_AFTER_S = 5.0
"""Only a loss after so long a session is a new one: a camera that shows a picture and dies, again
and again, is not tried every second for ever."""
_SHARE = 0.1
_JITTER = 0.2


class BackOff:
    """Waits a tenth of the time the camera has been away, so that a short outage ends soon and a
    long one costs little; with jitter, so that cameras behind one switch do not come all at once.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        self._away_since_s: float | None = None

    def forget(self) -> None:
        """It was well, or nobody asked: the next loss is a new one."""
        self._away_since_s = None

    def next_s(self, now_s: float, state: CameraState) -> float:
        """Seconds to wait from now, after a loss in this state."""
        shortest_s = SHORTEST_S
        if self._away_since_s is None:
            self._away_since_s, shortest_s = now_s, AT_ONCE_S
        if state is CameraState.WRONG_PASSWORD:
            wait_s = WRONG_PASSWORD_S
        else:
            away_s = now_s - self._away_since_s
            wait_s = min(max(away_s * _SHARE, shortest_s), LONGEST_S)
        return wait_s * self._random.uniform(1 - _JITTER, 1 + _JITTER)
