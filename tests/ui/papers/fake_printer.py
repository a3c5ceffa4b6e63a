"""A print service as a test wants it: jobs wait, print, stop and vanish when it says so."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from app.errors import KnownError
from app.platform.printers import JobReport, JobState, Printer, PrintOrder

DESK = Printer("ห้องร้อยเวร_HP_M404", is_default=True)
OFFICE = Printer("ห้องธุรการ")


@dataclass
class FakePrinter:
    """`reports` by job; a job nobody says anything of is done at the first look."""

    there: tuple[Printer, ...] = (DESK, OFFICE)
    sent: list[PrintOrder] = field(default_factory=list)
    printed: list[bytes] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    reports: dict[str, JobReport] = field(default_factory=dict)
    refuses: KnownError | None = None
    silence: KnownError | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def printers(self) -> tuple[Printer, ...]:
        return self.there

    def send(self, order: PrintOrder) -> str:
        with self._lock:
            if self.refuses is not None:
                raise self.refuses
            self.sent.append(order)
            self.printed.append(order.path.read_bytes())
            return f"{order.printer}-{len(self.sent)}"

    def report(self, printer: str, job: str) -> JobReport:
        with self._lock:
            if self.silence is not None:
                raise self.silence
            number = job.rpartition("-")[2]
            return self.reports.get(number, JobReport(JobState.DONE))

    def cancel(self, job: str) -> None:
        with self._lock:
            self.cancelled.append(job)
