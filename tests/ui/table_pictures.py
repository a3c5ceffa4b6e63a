"""What stands on the screen of a table, and what it would paint."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTableView


def on_screen(table: QTableView) -> QImage:
    """The rows as they stand on the (off-screen) screen, some moved there from elsewhere."""
    QApplication.processEvents()
    screen = table.screen().grabWindow(table.winId()).toImage()
    view = table.viewport()
    where = QRect(view.mapTo(table, QPoint(0, 0)), view.size())
    return screen.copy(where).convertToFormat(QImage.Format.Format_RGB32)


def as_painted_anew(table: QTableView) -> QImage:
    return table.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
