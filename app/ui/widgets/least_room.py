"""Gives what it holds the room it needs at the least: with large letters on a small screen the rest
is scrolled to, and nothing lies over anything else.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class LeastRoom(QScrollArea):
    """As large as what it holds wherever there is room; never smaller than that may be."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard is for what it holds
        self.setMinimumSize(1, 1)
        self._held = held
        self.setWidget(held)
        held.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return self._held.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._held:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """A bar that is needed takes of the room that there is for the other direction."""
        least, room = self._held.minimumSizeHint(), self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        if least.height() > room.height():
            room.setWidth(room.width() - bar)
        if least.width() > room.width():
            room.setHeight(room.height() - bar)
        self._held.resize(room.expandedTo(least))
