"""The unit board in a window of its own, for a second screen. Holds the board; knows no log."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.units.unit_board import UnitBoard
from app.ui.units.unit_steps import UnitSteps


class UnitsWindow(QWidget):
    """Closing it is a request: its owner lets the board go."""

    close_requested = Signal()

    def __init__(self, owner: QWidget, board: UnitBoard, steps: UnitSteps) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(tr("Units – Smart Safety Zone"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._owner = owner
        self.board, self.steps = board, steps
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(board)

    def show_beside(self) -> None:
        """Filling the second screen; with one screen only, over the main window."""
        own = self._owner.screen()
        other = next((one for one in QGuiApplication.screens() if one != own), None)
        room = (other or own).availableGeometry()
        if other is None:
            room = room.adjusted(room.width() // 5, room.height() // 4, -40, -40)
        self.setGeometry(room)
        self.showMaximized() if other is not None else self.show()
        handle = self.windowHandle()
        if handle is not None:
            handle.setTransientParent(None)  # type: ignore[arg-type]  # else it stays over the main one
        self.raise_()
        self.activateWindow()
        self.board.table.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_requested.emit()
