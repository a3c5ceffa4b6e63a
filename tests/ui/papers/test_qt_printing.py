"""Where there is no CUPS: Qt draws each page at its own size, whatever the printer thinks of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from app.errors import KnownError
from app.platform.printers import JobState, PrintOrder
from app.sheets.pages import Pages
from app.ui.papers.qt_printing import QtPrinters, draw, set_up

_DPI = 300
_MM = _DPI / 25.4  # pixels in a millimetre of what is measured


def a_paper(path: Path, *sizes: QPageSize.PageSizeId) -> Path:
    """On each page a black bar, 100 mm by 2 mm, 30 mm from the left and 25 mm from the top."""
    writer = QPdfWriter(str(path))
    writer.setResolution(1200)
    mm = 1200 / 25.4
    painter = QPainter()
    for number, size in enumerate(sizes):
        writer.setPageSize(QPageSize(size))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        if number:
            writer.newPage()
        else:
            painter.begin(writer)
        painter.fillRect(QRectF(30 * mm, 25 * mm, 100 * mm, 2 * mm), Qt.GlobalColor.black)
    painter.end()
    return path


def bar_mm(pdf: Path, page: int) -> tuple[float, float, float, float]:
    """Left, top, right and lower edge of what is black on a page."""
    with Pages(pdf.read_bytes()) as pages:
        drawn = pages.picture(page, _DPI)
    pixels = np.frombuffer(drawn.pixels, np.uint8).reshape(drawn.height_px, drawn.width_px, 4)
    rows, columns = np.nonzero(pixels[:, :, 0] < 128)
    edges = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    left, top, right, lower = (float(edge) / _MM for edge in edges)
    return left, top, right, lower


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_a_hundred_millimetres_are_a_hundred_millimetres(
    qapp: QApplication, tmp_path: Path, paper: str
) -> None:
    size = QPageSize.PageSizeId.A4 if paper == "A4" else QPageSize.PageSizeId.A3
    stored = a_paper(tmp_path / "stored.pdf", size, size)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    set_up(printer, PrintOrder(stored, "incident-ab", "", paper=paper))
    draw(printer, stored)
    del printer  # closes the file
    for page in range(2):
        edges = bar_mm(tmp_path / "printed.pdf", page)
        assert edges == pytest.approx((30.0, 25.0, 130.0, 27.0), abs=0.2)


def test_a_printer_that_is_gone_takes_nothing(qapp: QApplication, tmp_path: Path) -> None:
    stored = a_paper(tmp_path / "stored.pdf", QPageSize.PageSizeId.A4)
    printers = QtPrinters()
    with pytest.raises(KnownError, match="not there any more"):
        printers.send(PrintOrder(stored, "incident-ab", "เครื่องที่ไม่มี"))
    assert printers.report("", "qt-1").state is JobState.DONE, "the spooler's by then"
