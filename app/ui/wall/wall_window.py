"""The wall in a window of its own: on the second screen, or over the whole of one.

Holds the one pane while it is away; knows neither the log nor what the pane shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.thai.translation import tr

_SEEN_PX = 120  # so much of it must lie on a screen, or it is not found again


@dataclass(frozen=True, slots=True)
class WallPlace:
    """Where the window stood, in desktop pixels, and whether it was as large as its screen."""

    left: int
    top: int
    width: int
    height: int
    maximized: bool


class WallWindow(QWidget):
    """Closing it is a request: its owner takes the pane home first."""

    close_requested = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(tr("Cameras – Smart Safety Zone"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._owner = owner
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._standing: WallPlace | None = None
        """Where it stood before it covered a screen."""

    def hold(self, pane: QWidget) -> None:
        """Take the pane in."""
        self._column.addWidget(pane)

    # Where it stands

    def show_beside(self, remembered: WallPlace | None, *, take_keyboard: bool) -> None:
        """Where it stood last if that is on a screen, else filling the second screen."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not take_keyboard)
        own = self._owner.window().screen()
        if remembered is not None and _is_seen(remembered):
            self._show_at(remembered)
            return
        other = next((one for one in QGuiApplication.screens() if one != own), None)
        room = (other or own).availableGeometry()
        if other is None:  # over the main window, moved a little so that both are seen
            room = room.adjusted(room.width() // 6, room.height() // 6, -40, -40)
        place = WallPlace(
            room.left(), room.top(), room.width(), room.height(), maximized=other is not None
        )
        self._show_at(place)

    def _show_at(self, place: WallPlace) -> None:
        self.setGeometry(place.left, place.top, place.width, place.height)
        self.showMaximized() if place.maximized else self.show()
        handle = self.windowHandle()
        if handle is not None:
            handle.setTransientParent(None)  # type: ignore[arg-type]  # else it stays over the main one
        if self.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating):
            self._owner.window().activateWindow()
            return
        self.raise_()
        self.activateWindow()

    def cover_screen(self) -> None:
        """All of the screen it is on; of the main window's, if it is not shown yet."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        if not self.isVisible():
            screen: QScreen = self._owner.window().screen()
            self.setGeometry(screen.geometry())
        else:
            self._standing = self.place()
        self.showFullScreen()
        self.raise_()
        self.activateWindow()

    def uncover(self) -> None:
        """As it stood before it covered the screen."""
        self.showNormal()
        if self._standing is not None:
            self._show_at(self._standing)

    def place(self) -> WallPlace:
        """Where it stands, to be remembered."""
        if self.isFullScreen() and self._standing is not None:
            return self._standing
        normal: QRect = self.normalGeometry() if self.isMaximized() else self.geometry()
        if not normal.isValid():
            normal = self.geometry()
        return WallPlace(
            normal.left(), normal.top(), normal.width(), normal.height(), self.isMaximized()
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_requested.emit()


def _is_seen(place: WallPlace) -> bool:
    where = QRect(place.left, place.top, place.width, place.height)
    for screen in QGuiApplication.screens():
        seen = where.intersected(screen.availableGeometry())
        if seen.width() >= _SEEN_PX and seen.height() >= _SEEN_PX:
            return True
    return False
