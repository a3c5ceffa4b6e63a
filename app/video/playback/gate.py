"""Lets few cameras read at a time while none is in a hurry.

With more threads at work than there are cores, one that holds Python's lock is put aside for one
that does not, for milliseconds: whoever wants the lock then waits for a core that is not his own,
and the window wants it twenty times a picture. Four cameras at 1× on two cores: with a gate a
picture is hardly ever seen more than one frame late, without it three times in a hundred.
"""

from __future__ import annotations

import os
import threading


class Gate:
    """For all cameras of a playback; on any thread. A core is left for the window."""

    def __init__(self, at_a_time: int | None = None) -> None:
        self._room = threading.Semaphore(at_a_time or max(1, (os.cpu_count() or 1) - 1))

    def enter(self, within_s: float) -> bool:
        """Wait so long to be let in; whether it was, and must `leave`."""
        return self._room.acquire(timeout=within_s)

    def leave(self) -> None:
        """The next one may."""
        self._room.release()
