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
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from app.clock import SystemClock
from app.platform import end_with_parent, lower_priority, wake_gently
from app.platform.memory import keep_memory_warm
from app.video.health import Health
from app.video.opener import OpenCvOpener
from app.video.reader import Limits, Surroundings
from app.video.workers.orders import (
    LENGTH_BYTES,
    Cameras,
    Leave,
    Order,
    Retry,
    order_length,
    unpacked,
)
from app.video.workers.readers import Readers
from app.video.workers.reports import Beat, CameraReport, Note, Report, packed

_logger = logging.getLogger(__name__)

BEAT_EVERY_S = 0.5
_NUMBERS_EVERY_S = 0.95  # every second beat
_ALONE_DEADLINE_S = 0.6
"""So long readers may close their cameras when the console is gone; then the process ends."""


def run(console: socket.socket, limits: Limits) -> None:
    """The child's whole life."""
    begin()
    serve(console, Surroundings(OpenCvOpener(), SystemClock(), limits=limits))


def begin() -> None:
    """What every worker does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's; the socket tells us
    end_with_parent()  # the socket tells us too, unless we are stopped or hang
    lower_priority()
    wake_gently()  # with the next line 4 to 6 % less of all that decoding costs
    keep_memory_warm()


def serve(console: socket.socket, around: Surroundings) -> None:
    """Obey the console until it says to leave or is gone. Does not return: threads may sit in the
    decoder, and Python would wait for them or be aborted."""
    reporter = _Reporter(console, around)
    reporter.start()
    deadline_s, code = _ALONE_DEADLINE_S, 1
    try:
        deadline_s = _obey(console, reporter.readers)
        code = 0
    except BaseException:
        _logger.exception("a decode worker failed")  # said to the console while the readers stop
        raise
    finally:
        reporter.readers.stop(deadline_s)
        os._exit(code)


def _obey(console: socket.socket, readers: Readers) -> float:
    """Carry out orders; returns how long leaving may take."""
    for order in _orders(console):
        match order:
            case Cameras(orders):
                readers.obey(orders)
            case Retry(number):
                readers.retry(number)
            case Leave(deadline_s):
                return deadline_s
    return _ALONE_DEADLINE_S


def _orders(console: socket.socket) -> Iterator[Order]:
    """What the console says, until it is gone."""
    while True:
        try:
            data = _exactly(console, order_length(_exactly(console, LENGTH_BYTES)))
        except (EOFError, ConnectionError):
            return
        yield unpacked(data)


def _exactly(console: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = console.recv(length - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


class _Reporter:
    """Tells the console at every change of state, and that the worker lives."""

    def __init__(self, console: socket.socket, around: Surroundings) -> None:
        self._console = console
        self._changed = threading.Event()
        self._notes: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._told: dict[int, CameraReport] = {}
        self._beats = 0
        self._numbers_s = 0.0
        self._clock, self._load = around.clock, around.load
        self.readers = Readers(replace(around, on_state=self._on_state))

    def start(self) -> None:
        """Begin to report, bugs too."""
        logging.getLogger().addHandler(_Notes(self._notes))
        self.readers.start()
        # A daemon: the process ends by `os._exit`, whatever this thread waits for.
        threading.Thread(target=self._run, name="reports", daemon=True).start()

    def _on_state(self, _camera_id: str, _health: Health) -> None:
        self._changed.set()

    def _run(self) -> None:
        with suppress(OSError):  # the console is gone: whoever waits for its orders sees it too
            while True:
                self._say()
                self._wait()

    def _wait(self) -> None:
        """Until a camera's state changes, no longer than until the next beat."""
        began_s = self._clock.monotonic()
        if self._changed.wait(BEAT_EVERY_S):
            self._changed.clear()
        else:
            now_s = self._clock.monotonic()
            self._load.woke(now_s - began_s - BEAT_EVERY_S, now_s)

    def _say(self) -> None:
        """All there is to say in one piece: a report is never half said for long."""
        self._beats += 1
        now_s = self._clock.monotonic()
        with_numbers = now_s - self._numbers_s >= _NUMBERS_EVERY_S
        if with_numbers:
            self._numbers_s = now_s
            self.readers.watch()
        reports: list[Report] = [Beat(self._beats), *self._news(with_numbers)]
        while not self._notes.empty():
            reports.append(Note(self._notes.get()))
        self._console.sendall(b"".join(packed(report) for report in reports))

    def _news(self, with_numbers: bool) -> list[Report]:
        """Reports that say something new: of a state at once, of numbers now and then."""
        told, self._told = self._told, {}
        news: list[Report] = []
        for report in self.readers.reports():
            before = told.get(report.number)
            if before is None or (with_numbers and report != before) or _differs(before, report):
                news.append(report)
                before = report
            self._told[report.number] = before
        return news


def _differs(before: CameraReport, now: CameraReport) -> bool:
    return before.health.state is not now.health.state


class _Notes(logging.Handler):
    """Hands a bug's log lines to the console, whose log leaves out passwords."""

    def __init__(self, notes: queue.SimpleQueue[str]) -> None:
        super().__init__(logging.WARNING)
        self._notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        self._notes.put(self.format(record))
