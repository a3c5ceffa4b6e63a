"""Sees the wall clock being set: against the monotonic one, which never steps. Knows no stream."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.clock import Clock, to_milliseconds

STEP_S = 0.5
"""What is less is the clock being drawn in slowly, or a beat that came late."""


class ClockWatch:
    """Asked at every beat."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall, self._monotonic_s = clock.now(), clock.monotonic()
        self.rests_until_s = float("-inf")
        """On the monotonic clock: until then nothing is deleted by age, since the clock may be
        wrong by days and a person should have the time to see that."""

    def look(self) -> tuple[datetime, datetime] | None:
        """What the clock should have said and what it says, if it was set since the last look."""
        wall, now_s = self._clock.now(), self._clock.monotonic()
        expected = self._wall + timedelta(seconds=now_s - self._monotonic_s)
        self._wall, self._monotonic_s = wall, now_s
        if abs((wall - expected).total_seconds()) < STEP_S:
            return None
        return to_milliseconds(expected), wall

    def rest(self, seconds: float) -> None:
        """Delete nothing by age for so long."""
        self.rests_until_s = self._clock.monotonic() + seconds

    @property
    def rests(self) -> bool:
        """Whether nothing is to be deleted by age now."""
        return self._clock.monotonic() < self.rests_until_s
