"""The console's handle on one decode worker: its process, what it was told, how it behaves.

Used by the supervisor's thread alone. Knows no camera but by number.
"""

from __future__ import annotations

import enum
import multiprocessing
import socket
from collections.abc import Callable
from dataclasses import dataclass

from app.platform import resident_bytes, wants_processor
from app.video.opener import OPEN_TIMEOUT_S, READ_TIMEOUT_S
from app.video.reader import Limits
from app.video.workers.channel import Channel, WorkerGone
from app.video.workers.orders import Cameras, Leave, Order
from app.video.workers.reports import Beat, CameraReport, Report

ChildMain = Callable[[socket.socket, Limits], None]
"""What runs in the process; of a module of its own, for it is found by name there."""

MOST_BYTES = 1024**3
_START_S = 2.0


class Fault(enum.Enum):
    """Why a worker is given up."""

    ENDED = "it ended"
    NO_SENSE = "it said something that makes no sense"
    SILENT = "it does not answer"
    STUCK = "a camera hangs in its decoder"
    TOO_LARGE = "it takes too much memory"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a worker may behave badly, in seconds that the supervisor itself saw pass: a
    computer that was asleep or a console that was starved kills no healthy worker."""

    start_s: float = 20.0
    silent_s: float = 1.5
    starved_s: float = 6.0
    """In place of `silent_s` for a worker that wants to run and is not let: to kill it would cost
    more of the processor that is short already."""
    inside_s: float = OPEN_TIMEOUT_S + READ_TIMEOUT_S
    """An opening ends by itself after 3 s and a read after 2: who is longer inside hangs."""
    most_bytes: int = MOST_BYTES


class Worker:
    """One process that decodes."""

    def __init__(self, place: int, main: ChildMain, limits: Limits, patience: Patience) -> None:
        """Start it. Raises OSError when the system has no room for another process."""
        self.place = place
        self.orders = Cameras()
        self.reads: dict[int, str] = {}
        """Camera number → camera id: what it is to read."""
        self.is_ready = False
        self._patience = patience
        self._silent_s = 0.0
        self._inside: dict[int, tuple[float, float]] = {}
        """Camera number → since when it is inside the decoder, and how much of it was seen."""
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        spawn = multiprocessing.get_context("spawn")
        self._process = spawn.Process(
            target=main, args=(theirs, limits), name=f"decode worker {place + 1}", daemon=True
        )
        try:
            self._process.start()
        except BaseException:
            self._channel.close()
            raise
        finally:
            theirs.close()  # the child has its own: ours would keep its end open
        self.pid = self._process.pid or 0

    # What the supervisor waits for

    @property
    def channel(self) -> Channel:
        """Readable when the worker has said something."""
        return self._channel

    @property
    def sentinel(self) -> int:
        """Ready when the process has ended."""
        return self._process.sentinel

    @property
    def is_starting(self) -> bool:
        """Whether it is on its way to its first word, and not for long."""
        return not self.is_ready and self._silent_s < _START_S

    # Orders and reports

    def give(self, order: Order) -> None:
        """Send an order. Who cannot take it is found out by `fault`."""
        if isinstance(order, Cameras):
            self.orders = order
            self.reads = {each.number: each.camera.camera_id for each in order.orders}
            self._inside = {n: seen for n, seen in self._inside.items() if n in self.reads}
        try:
            self._channel.send(order)
        except WorkerGone:
            self._process.kill()

    def hear(self) -> list[Report]:
        """What it has said. Raises BadReport and WorkerGone."""
        reports = self._channel.receive()
        for report in reports:
            if isinstance(report, Beat):
                self.is_ready = True
                self._silent_s = 0.0
            elif isinstance(report, CameraReport) and report.number in self.reads:
                self._note_inside(report)
        return reports

    def _note_inside(self, report: CameraReport) -> None:
        since_s = report.inside_since_s
        if since_s is None:
            self._inside.pop(report.number, None)
        elif self._inside.get(report.number, (None, 0))[0] != since_s:
            self._inside[report.number] = (since_s, 0.0)

    # How it behaves

    def fault_after(self, passed_s: float) -> Fault | None:
        """What is wrong with it, after `passed_s` more seconds."""
        if not self._process.is_alive():
            return Fault.ENDED
        try:
            self._channel.flush()
        except WorkerGone:
            return Fault.ENDED
        self._silent_s += passed_s
        if self._is_silent():
            return Fault.SILENT
        self._inside = {n: (s, seen + passed_s) for n, (s, seen) in self._inside.items()}
        return Fault.STUCK if self.hanging is not None else None

    def _is_silent(self) -> bool:
        patience = self._patience
        if not self.is_ready:
            return self._silent_s > patience.start_s
        if self._silent_s <= patience.silent_s:
            return False
        return self._silent_s > patience.starved_s or not wants_processor(self.pid)

    def inside(self, number: int) -> bool:
        """Whether the camera's thread is in the decoder, as far as is known."""
        return number in self._inside

    @property
    def hanging(self) -> int | None:
        """The number of a camera whose thread does not come out of the decoder."""
        limit_s = self._patience.inside_s
        hanging = [number for number, (_, seen_s) in self._inside.items() if seen_s > limit_s]
        return hanging[0] if hanging else None

    @property
    def is_too_large(self) -> bool:
        """Whether it has grown past its memory."""
        return (resident_bytes(self.pid) or 0) > self._patience.most_bytes

    # Its end

    def ask_to_leave(self, deadline_s: float) -> None:
        """Ask it to close its cameras and end."""
        self.give(Leave(deadline_s))

    def kill(self) -> None:
        """End it now. Does not wait."""
        self._process.kill()
        self._channel.close()

    def has_ended(self) -> bool:
        """Whether the process is gone; after that nothing is left of it."""
        if self._process.is_alive():
            return False
        self._process.close()
        self._channel.close()
        return True

    @property
    def exit_code(self) -> int | None:
        """As `multiprocessing` says it; None while it runs."""
        return self._process.exitcode
