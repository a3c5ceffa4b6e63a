"""The console's end of a worker's socket. Never waits, whatever the worker does or leaves undone.

A `multiprocessing` pipe would not do: reading a message waits for its last byte, which a broken
worker may never send, and writing waits for a worker that was stopped to read.
"""

from __future__ import annotations

import socket

from app.video.workers.orders import Order, packed
from app.video.workers.reports import BadReport, Report, ReportStream

_PIECE_BYTES = 64 * 1024
_MOST_A_LOOK_BYTES = 1024 * 1024
_MOST_WAITING_BYTES = 32 * 1024 * 1024


class WorkerGone(Exception):  # noqa: N818 - an end, not an error of the program
    """The other end is closed."""


class Channel:
    """Orders out, reports in. Used by the supervisor's thread alone."""

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self.end = end
        self._reports = ReportStream()
        self._waiting = bytearray()

    def send(self, order: Order) -> None:
        """Send what the worker takes now; the rest waits for `flush`. Raises WorkerGone."""
        self._waiting += packed(order)
        self.flush()

    def flush(self) -> None:
        """Send what waits. Raises WorkerGone, also for a worker that has long taken nothing."""
        try:
            while self._waiting:
                sent = self.end.send(self._waiting)
                del self._waiting[:sent]
        except BlockingIOError:
            if len(self._waiting) > _MOST_WAITING_BYTES:
                raise WorkerGone from None
        except OSError:
            raise WorkerGone from None

    def receive(self) -> list[Report]:
        """What has come. Raises WorkerGone, and BadReport for what no honest worker says."""
        reports: list[Report] = []
        taken = 0
        try:
            while piece := self.end.recv(_PIECE_BYTES):
                taken += len(piece)
                if taken > _MOST_A_LOOK_BYTES:
                    raise BadReport("it talks without end")
                reports += self._reports.feed(piece)
        except BlockingIOError:
            return reports
        except OSError:
            raise WorkerGone from None
        raise WorkerGone

    def close(self) -> None:
        """A worker that still runs sees it and leaves."""
        self.end.close()
