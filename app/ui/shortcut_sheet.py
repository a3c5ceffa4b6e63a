"""`?`: every key of the program on one card. Any key or click closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.actions import Action
from app.ui.theme import Theme
from app.ui.widgets.labels import chip, voiced

_COLUMNS = 2


class ShortcutSheet(QWidget):
    """A scrim and a card with two columns of keys."""

    def __init__(self, theme: Theme, window: QWidget, actions: Sequence[Action]) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = QFrame(self)
        self._card.setProperty("edge", "card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(22, 16, 22, 18)
        column.setSpacing(10)
        column.addWidget(voiced(tr("All shortcuts"), "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        keyed = [action for action in actions if action.shown and action.listed]
        rows = -(-len(keyed) // _COLUMNS)
        for number, action in enumerate(keyed):
            side, row = divmod(number, rows)
            grid.addWidget(chip(action.shown, "kbd"), row, side * 3, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(voiced(action.words), row, side * 3 + 1)
        grid.setColumnMinimumWidth(2, 28)
        column.addLayout(grid)
        column.addWidget(voiced(tr("Any key closes this."), "hint"))
        self.hide()

    def open(self) -> None:
        """Show the card in the middle of the window."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._window.rect())
        self._card.adjustSize()
        self._card.move(
            (self.width() - self._card.width()) // 2, (self.height() - self._card.height()) // 2
        )
        self.show()
        self.raise_()
        self.setFocus()

    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # every key comes here and does nothing else
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self._close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._close()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("scrim"))
