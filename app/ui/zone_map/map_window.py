"""The map in a window of its own, on a second screen. Closing it is a request to bring it home."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.thai.translation import tr


class MapWindow(QWidget):
    """Holds the map's pane while it is away."""

    close_requested = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(tr("Map – Smart Safety Zone"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._owner = owner
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, pane: QWidget) -> None:
        """Take the pane in, and stand on the second screen if there is one."""
        self._column.addWidget(pane)
        pane.show()
        own = self._owner.window().screen()
        other = next((one for one in QGuiApplication.screens() if one != own), None)
        room = (other or own).availableGeometry()
        if other is None:  # over the main window, moved a little so that both are seen
            room = room.adjusted(room.width() // 6, room.height() // 6, -40, -40)
        self.setGeometry(room)
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_requested.emit()
