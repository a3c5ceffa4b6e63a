"""Printing where there is no CUPS: pdfium draws each page, Qt gives it to the system's printer.

At 100 %: a page's picture is laid on the paper at the page's own size, from the paper's very
corner, whatever margins the printer has; nothing is fitted. Called in background threads.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import KnownError, msg
from app.platform.printers import (
    JobReport,
    JobState,
    Printer,
    PrinterState,
    PrintOrder,
)
from app.sheets.pages import Pages

_DPI = 300
_MM_PER_INCH = 25.4
_SIZES = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}
_STATES = {
    QPrinter.PrinterState.Idle: PrinterState.READY,
    QPrinter.PrinterState.Active: PrinterState.BUSY,
    QPrinter.PrinterState.Aborted: PrinterState.STOPPED,
    QPrinter.PrinterState.Error: PrinterState.STOPPED,
}


class QtPrinters:
    """The printers that Qt knows. What it has been given, the system's spooler prints: done."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def printers(self) -> tuple[Printer, ...]:
        """All there are, the default one first."""
        default = QPrinterInfo.defaultPrinterName()
        found = [
            Printer(info.printerName(), _STATES[info.state()], info.printerName() == default)
            for info in QPrinterInfo.availablePrinters()
        ]
        return tuple(sorted(found, key=lambda one: not one.is_default))

    def send(self, order: PrintOrder) -> str:
        """Draw every page. Raises KnownError: the printer is gone, or takes no page."""
        if order.printer not in QPrinterInfo.availablePrinterNames():
            raise _gone(order.printer)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(order.printer)
        set_up(printer, order)
        draw(printer, order.path)
        return f"qt-{next(self._numbers)}"

    def report(self, printer: str, job: str) -> JobReport:
        """It is the spooler's by now, and Qt does not know what becomes of it."""
        return JobReport(JobState.DONE)

    def cancel(self, job: str) -> None:
        """Nothing is left to be taken back."""


def set_up(printer: QPrinter, order: PrintOrder) -> None:
    """The whole paper, no margin, no scaling."""
    printer.setDocName(order.name)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(_SIZES.get(order.paper, QPageSize.PageSizeId.A4)))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setCopyCount(order.copies)
    both, one = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(both if order.two_sided else one)


def draw(printer: QPrinter, path: Path) -> None:
    """Every page of a stored paper at its own size. Raises KnownError."""
    with Pages(path.read_bytes()) as pages:
        _turn(printer, pages, 0)
        painter = QPainter()
        if not painter.begin(printer):
            raise _gone(printer.printerName())
        try:
            for number in range(pages.count):
                if number:
                    _turn(printer, pages, number)
                    if not printer.newPage():
                        raise _gone(printer.printerName())
                _draw_page(painter, printer, pages, number)
        finally:
            painter.end()


def _turn(printer: QPrinter, pages: Pages, number: int) -> None:
    width_mm, height_mm = pages.size_mm(number)
    landscape = width_mm > height_mm
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    )


def _draw_page(painter: QPainter, printer: QPrinter, pages: Pages, number: int) -> None:
    drawn = pages.picture(number, _DPI)
    width, height = drawn.width_px, drawn.height_px
    image = QImage(drawn.pixels, width, height, 4 * width, QImage.Format.Format_RGB32)
    width_mm, height_mm = pages.size_mm(number)
    px_per_mm = printer.resolution() / _MM_PER_INCH
    painter.drawImage(QRectF(0, 0, width_mm * px_per_mm, height_mm * px_per_mm), image)


def _gone(name: str) -> KnownError:
    return KnownError(
        msg("The printer {printer} is not there any more.", printer=name),
        safe=msg("The sheet itself is stored; nothing of it is lost."),
        do=msg("Choose another printer, or save it as PDF."),
    )
