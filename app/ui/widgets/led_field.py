"""A line to type in that an icon leads: what it is for is told before it is read."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.icons import pixmap
from app.ui.theme import Theme

_LEFT_PX, _GAP_PX = 9, 5


class LedField(QLineEdit):
    """Its words begin behind the icon."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setTextMargins(theme.px(16) + _GAP_PX, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.px(16)
        colour = self._theme.colour("text_3")
        image = pixmap(self._icon, colour, side, self.devicePixelRatioF())
        QPainter(self).drawPixmap(_LEFT_PX, (self.height() - side) // 2, image)
