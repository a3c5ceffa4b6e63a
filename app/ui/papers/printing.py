"""Whoever brings stored papers to paper: what is asked of it, and who it is on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.platform.printers import HAS_CUPS, CupsPrinters, JobReport, Printer, PrintOrder


class Printing(Protocol):
    """Every call may wait for a printer: never in the window's thread."""

    def printers(self) -> Sequence[Printer]:
        """All there are, the default one first."""
        ...

    def send(self, order: PrintOrder) -> str:
        """Give it to the printer; the job's name there. Raises KnownError."""
        ...

    def report(self, printer: str, job: str) -> JobReport:
        """How it gets on. Raises KnownError: nobody answers."""
        ...

    def cancel(self, job: str) -> None:
        """Take it back as far as that is possible."""
        ...


def printing_here() -> Printing:
    """CUPS gets the stored file itself; where there is none, Qt draws its pages."""
    if HAS_CUPS:
        return CupsPrinters()
    from app.ui.papers.qt_printing import QtPrinters  # not there on every system

    return QtPrinters()
