"""A button of the transport: its icon over its key, as on a tape machine. Knows the theme only."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from app.ui.icons import pixmap
from app.ui.theme import Theme


class TransportButton(QPushButton):
    """`words` are its tool tip and what is read aloud."""

    def __init__(self, theme: Theme, icon: str, words: str, key: str, *, lit: bool = False) -> None:
        super().__init__()
        self._theme, self._icon, self._key = theme, icon, key
        self._words = words
        self.setProperty("primary", lit)
        self.setFixedHeight(theme.px(41))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the place
        self.show_words(icon, words)

    def show_words(self, icon: str, words: str) -> None:
        """What it does now."""
        self._icon = icon
        self.setToolTip(f"{words}  {self._key}")
        self.setAccessibleName(f"{words} ({self._key})")
        self.update()

    def sizeHint(self) -> QSize:
        width = self._theme.words_px("kbd", self._key, 500) + 16
        return QSize(max(self._theme.px(38), width), self._theme.px(41))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = bool(self.property("primary"))
        colour = self._theme.colour("primary_text" if lit else "text")
        side = self._theme.px(17)
        top = self._theme.px(4)
        image = pixmap(self._icon, colour, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, top, image)
        painter.setFont(self._theme.font("kbd", 500))
        painter.setPen(self._theme.colour("primary_text" if lit else "text_2"))
        below = QRect(0, top + side - 1, self.width(), self.height() - top - side)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._key)
