"""Since when a thread is inside the decoder: its word to the watchdog. Knows no decoder."""

from __future__ import annotations

from app.clock import Clock


class InsideDecoder:
    """Entered and left by one thread, `since_s` asked on any. Who stays for many pictures sets it
    anew for each."""

    __slots__ = ("_clock", "since_s")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.since_s: float | None = None
        """On the monotonic clock; None while it is not inside."""

    def __enter__(self) -> None:
        self.since_s = self._clock.monotonic()

    def __exit__(self, *_: object) -> None:
        self.since_s = None
