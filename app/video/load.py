"""Whether this process keeps up with its cameras. Measures itself: no /proc, no other process.

Two signs of too much to do: a stream whose packets queue up, because its reader never waits for
the camera any more, and a short wait that returns late. Knows no streams and no decoder.
"""

from __future__ import annotations

import threading

STRAINED_FOR_S = 2.0
"""A burst, as when a page of tiles opens, is no overload."""
CALM_FOR_S = 10.0
LONGEST_CALM_S = 600.0
LATE_WAKING_S = 0.25
"""A wait that returns so late: whoever decodes here gets a fraction of a core."""
_A_SIGN_LASTS_S = 1.0


class LoadGauge:
    """One for a process; any thread may ask and tell.

    Overload begins after two seconds of signs and ends after ten seconds without any. If it comes
    back before it has stayed away as long as it was waited for, the next calm must last twice as
    long: a machine that can only just do less is not asked for more every ten seconds.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._first_sign_s: float | None = None
        self._last_sign_s: float | None = None
        self._ended_s: float | None = None
        self._calm_for_s = CALM_FOR_S
        self._overloaded = False

    def behind(self, now_s: float) -> None:
        """A reader found its camera's packets queueing up."""
        with self._lock:
            self._sign(now_s)

    def woke(self, late_s: float, now_s: float) -> None:
        """A wait of a few tens of milliseconds returned so much later than asked."""
        if late_s >= LATE_WAKING_S:
            self.behind(now_s)

    def is_overloaded(self, now_s: float) -> bool:
        """Whether tiles that do not insist on the main stream should do with the sub stream."""
        with self._lock:
            if self._overloaded and self._quiet_s(now_s) >= self._calm_for_s:
                self._overloaded, self._ended_s, self._first_sign_s = False, now_s, None
            return self._overloaded

    def _quiet_s(self, now_s: float) -> float:
        return now_s - self._last_sign_s if self._last_sign_s is not None else now_s

    def _sign(self, now_s: float) -> None:
        if self._first_sign_s is None or self._quiet_s(now_s) > _A_SIGN_LASTS_S:
            self._first_sign_s = now_s
        self._last_sign_s = now_s
        if not self._overloaded and now_s - self._first_sign_s >= STRAINED_FOR_S:
            self._overloaded = True
            self._calm_for_s = self._calm_after(now_s)

    def _calm_after(self, now_s: float) -> float:
        """How long the calm must last that ends the overload beginning now."""
        if self._ended_s is None or now_s - self._ended_s > max(60.0, self._calm_for_s):
            return CALM_FOR_S
        return min(2 * self._calm_for_s, LONGEST_CALM_S)
