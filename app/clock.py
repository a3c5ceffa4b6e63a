"""Time for the whole program: aware UTC in milliseconds, and a monotonic clock (docs/time.md)."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the program asks about time. Injected, so that a test can hold it still."""

    def now(self) -> datetime:
        """The wall clock: aware UTC, cut to milliseconds."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that never steps; for ages, durations and order inside a run."""
        ...


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    monotonic = staticmethod(time.monotonic)  # asked ten times for every picture of a wall


class ScriptedClock:
    """A clock that stands still until it is moved: for tests and for the demo's invented days."""

    def __init__(self, at: datetime) -> None:
        self._now = to_milliseconds(at)
        self._monotonic_s = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic_s

    def move_to(self, at: datetime) -> None:
        """Set the wall clock (a step, as when a PC is synchronised)."""
        self._now = to_milliseconds(at)

    def advance(self, seconds: float) -> None:
        """Let both clocks run on by `seconds`."""
        self._now = to_milliseconds(datetime.fromtimestamp(self._now.timestamp() + seconds, UTC))
        self._monotonic_s += seconds


def to_milliseconds(at: datetime) -> datetime:
    """The same instant in UTC, cut (not rounded) to whole milliseconds. `at` must be aware."""
    if at.tzinfo is None:
        raise ValueError("a time without a time zone")
    at = at if at.tzinfo is UTC else at.astimezone(UTC)
    beyond = at.microsecond % 1000
    return at.replace(microsecond=at.microsecond - beyond) if beyond else at


def to_stored(at: datetime) -> str:
    """`2026-11-22T03:46:00.123Z`: how a time is written in the log."""
    return to_milliseconds(at).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def from_stored(text: str) -> datetime:
    """The time that `to_stored` wrote. Raises ValueError on anything else."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is not UTC or not text.endswith("Z"):
        raise ValueError(f"not a stored time: {text!r}")
    return at
