"""A blue frame over one tile: the keyboard's place, or where a camera would be dropped.

Four thin opaque strips, not a widget over the tile: a picture under a translucent widget would
have it painted again with every frame.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme

_THICK = 2


class _Strip(QWidget):
    """One side of the frame."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = theme.colour("blue")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._colour)


class TileOutline:
    """Shown round a rectangle of its parent, or not at all."""

    def __init__(self, theme: Theme, parent: QWidget, thick: int = _THICK) -> None:
        self._thick = thick
        self._strips = tuple(_Strip(theme, parent) for _ in range(4))
        self._around: QRect | None = None

    @property
    def around(self) -> QRect | None:
        """What it frames; None while it is hidden."""
        return self._around

    def show_around(self, box: QRect | None) -> None:
        """Frame this rectangle, just inside its edges; None hides it."""
        self._around = box
        for strip in self._strips:
            strip.setVisible(box is not None)
            strip.raise_()
        if box is None:
            return
        thick = self._thick
        left, top, width, height = box.left(), box.top(), box.width(), box.height()
        sides = (
            QRect(left, top, width, thick),
            QRect(left, top + height - thick, width, thick),
            QRect(left, top, thick, height),
            QRect(left + width - thick, top, thick, height),
        )
        for strip, side in zip(self._strips, sides, strict=True):
            strip.setGeometry(side)
