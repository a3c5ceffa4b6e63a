"""The recovery code on one sheet of paper, or in a PDF that is printed elsewhere. Keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from app import platform
from app.errors import KnownError, msg
from app.station.disk import Disk
from app.thai.dates import date_time
from app.thai.translation import language, tr
from app.ui.theme import FAMILIES

_MARGINS_MM = QMarginsF(30, 25, 20, 20)


def code_paper(station: str, officer: str, code: str, at: datetime) -> QTextDocument:
    """The sheet: what it is for, the code in large letters, where it belongs."""
    document = QTextDocument()
    letters = QFont(FAMILIES)
    letters.setPointSize(14)
    document.setDefaultFont(letters)
    day = date_time(at, language())
    made = tr("Administrator: {officer}", officer=officer)
    about = (
        tr("Whoever has this sheet can become the administrator of this station."),
        tr("Put it into a sealed envelope and lock it away, not beside the console."),
        tr("It is used at “Use the recovery code…” where one signs in."),
        tr("It is used up by that; a new one is printed."),
    )
    title = tr("Recovery code of the Smart Safety Zone console")
    head = f"<h2>{_safe(title)}</h2><p>{_safe(station)}</p><p>{_safe(made)}<br>{_safe(day)}</p>"
    large = f"<p style='font-size: 22pt; font-weight: 600'><br>{_safe(code)}<br></p>"
    below = "".join(f"<p>{_safe(sentence)}</p>" for sentence in about)
    document.setHtml(head + large + below)
    return document


def write_pdf(path: Path, document: QTextDocument, disk: Disk) -> None:
    """The sheet as a file of one A4 page. KnownError: it cannot be written there."""
    disk.check_writable(path.parent)
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)
    writer.setTitle(tr("Recovery code"))
    document.print_(writer)
    del writer  # closes the file
    if not path.is_file() or not path.stat().st_size:
        raise KnownError(
            msg("{file} could not be written.", file=path.name),
            safe=msg("The code is still shown."),
            do=msg("Choose another folder, or write the code down by hand."),
        )
    platform.keep_private(path)


def print_paper(parent: QWidget, document: QTextDocument, printed: Callable[[], object]) -> None:
    """Ask which printer, then print; never modal. KnownError: there is no printer."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # seldom needed

    if not QPrinterInfo.availablePrinterNames():
        raise KnownError(
            msg("This computer has no printer."),
            safe=msg("The code is still shown."),
            do=msg("Save it as PDF and print that elsewhere, or write it down by hand."),
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)

    def on_accepted() -> None:
        document.print_(printer)
        printed()

    dialog.accepted.connect(on_accepted)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # its own `open` wants more


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
