"""Where a reader's pictures leave: an outbox that may be exchanged while it reads.

A tile that grew past its shared memory gets another; only the reader knows when it has left the
old one, so it is the reader who closes it. Knows no shared memory and no decoder.
"""

from __future__ import annotations

import threading

from app.video.picture import Outbox


class Outlet:
    """The outbox in use, and the one that takes its place before the next picture."""

    def __init__(self, outbox: Outbox) -> None:
        self._lock = threading.Lock()
        self._current = outbox
        self._next: Outbox | None = None
        self._dropped_before = 0
        self._closed = False

    def exchange(self, outbox: Outbox) -> None:
        """Any thread: pictures go into `outbox` from the next one on."""
        with self._lock:
            if self._closed:
                outbox.close()
                return
            unused, self._next = self._next, outbox
        if unused is not None:
            unused.close()

    def current(self) -> Outbox:
        """The reader, before each picture: where to make it. Closes the outbox it has left."""
        if self._next is None:  # as nearly always; one that comes this moment waits for the next
            return self._current
        with self._lock:
            left, self._current, self._next = self._current, self._next, None
            self._dropped_before += left.dropped
            current = self._current
        left.close()
        return current

    def close(self) -> None:
        """The reader, when it ends: nothing is made here again."""
        with self._lock:
            self._closed = True
            unused, self._next = self._next, None
        if unused is not None:
            unused.close()
        self._current.close()

    @property
    def dropped(self) -> int:
        """Pictures replaced before anyone asked for them, in this outbox and those before."""
        with self._lock:
            return self._dropped_before + self._current.dropped
