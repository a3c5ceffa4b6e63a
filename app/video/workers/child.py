"""What runs in a decode worker: reads its cameras, obeys its console, leaves when it is gone.

Imports no Qt and nothing of the console; numpy is all that its start waits for.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import socket
import threading
from contextlib import suppress
from dataclasses import replace

from app.clock import SystemClock
from app.station.platform import lower_priority
from app.video.health import Health
from app.video.opener import OpenCvOpener
from app.video.reader import Limits, Surroundings
from app.video.workers.orders import Cameras, Leave, Retry, order_length, unpacked
from app.video.workers.readers import Readers
from app.video.workers.reports import Beat, CameraReport, Note, packed

_logger = logging.getLogger(__name__)

BEAT_EVERY_S = 0.25
_NUMBERS_EVERY_BEATS = 2
_ALONE_DEADLINE_S = 0.6
"""So long readers may close their cameras when the console is gone; then the process ends."""


def run(console: socket.socket, limits: Limits) -> None:
    """The child's whole life."""
    begin()
    serve(console, Surroundings(OpenCvOpener(), SystemClock(), limits=limits))


def begin() -> None:
    """What every worker does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's; the socket tells us
    lower_priority()


def serve(console: socket.socket, around: Surroundings) -> None:
    """Obey the console until it says to leave or is gone. Does not return: threads may sit in the
    decoder, and Python would wait for them or be aborted."""
    reporter = _Reporter(console, around)
    reporter.start()
    deadline_s = _ALONE_DEADLINE_S
    try:
        deadline_s = _obey(console, reporter.readers)
    except BaseException:
        _logger.exception("a decode worker failed")  # said to the console while the readers stop
        raise
    finally:
        reporter.readers.stop(deadline_s)
        os._exit(0)


def _obey(console: socket.socket, readers: Readers) -> float:
    """Carry out orders; returns how long leaving may take."""
    with suppress(OSError):
        while True:
            head = _exactly(console, 4)
            data = _exactly(console, order_length(head)) if head else b""
            if not data:
                break
            match unpacked(data):
                case Cameras(orders):
                    readers.obey(orders)
                case Retry(number):
                    readers.retry(number)
                case Leave(deadline_s):
                    return deadline_s
    return _ALONE_DEADLINE_S


def _exactly(console: socket.socket, length: int) -> bytes:
    """So many bytes; none when the console is gone."""
    data = bytearray()
    while len(data) < length:
        piece = console.recv(length - len(data))
        if not piece:
            return b""
        data += piece
    return bytes(data)


class _Reporter:
    """Tells the console at every change of state, and that the worker lives."""

    def __init__(self, console: socket.socket, around: Surroundings) -> None:
        self._console = console
        self._changed = threading.Event()
        self._notes: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._told: dict[int, CameraReport] = {}
        self._beats = 0
        self.readers = Readers(replace(around, on_state=self._on_state))

    def start(self) -> None:
        """Begin to report, bugs too."""
        logging.getLogger().addHandler(_Notes(self._notes))
        # A daemon: the process ends by `os._exit`, whatever this thread waits for.
        threading.Thread(target=self._run, name="reports", daemon=True).start()

    def _on_state(self, _camera_id: str, _health: Health) -> None:
        self._changed.set()

    def _run(self) -> None:
        with suppress(OSError):  # the console is gone: whoever waits for its orders sees it too
            while True:
                self._say()
                if self._changed.wait(BEAT_EVERY_S):
                    self._changed.clear()

    def _say(self) -> None:
        """One send for all of it: a report is never half said for long."""
        self._beats += 1
        data = packed(Beat(self._beats))
        if self._beats % _NUMBERS_EVERY_BEATS == 0:
            self.readers.watch()
        data += b"".join(packed(report) for report in self._news())
        while not self._notes.empty():
            data += packed(Note(self._notes.get()))
        self._console.sendall(data)

    def _news(self) -> list[CameraReport]:
        """Reports that say something new: of a state at once, of numbers now and then."""
        told, self._told = self._told, {}
        news = []
        for report in self.readers.reports():
            before = told.get(report.number)
            if before is None or self._is_due(before, report):
                news.append(report)
                before = report
            self._told[report.number] = before
        return news

    def _is_due(self, before: CameraReport, now: CameraReport) -> bool:
        if before.health.state is not now.health.state:
            return True
        return self._beats % _NUMBERS_EVERY_BEATS == 0 and before != now


class _Notes(logging.Handler):
    """Hands a bug's log lines to the console, whose log leaves out passwords."""

    def __init__(self, notes: queue.SimpleQueue[str]) -> None:
        super().__init__(logging.WARNING)
        self._notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        self._notes.put(self.format(record))
