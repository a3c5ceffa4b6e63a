"""`?`: every key that means something here, on one card. Any key or click closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.actions import LIVE, Action
from app.ui.theme import Theme
from app.ui.widgets.labels import chip, voiced

_MOST_ROWS = 20  # more would not stand on a small screen


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
        self._keys = QStackedWidget()
        self._actions = actions
        self._pages: dict[str, QWidget] = {}
        column.addWidget(self._keys)
        column.addWidget(voiced(tr("Any key closes this."), "hint"))
        self.hide()

    def _page(self, place_id: str) -> QWidget:
        """The keys that mean something in this place, made when it is first asked for."""
        owner = place_id if any(one.place == place_id for one in self._actions) else LIVE
        if owner not in self._pages:
            page = QWidget()
            grid = QGridLayout(page)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(10)
            keyed = [one for one in self._actions if one.shown and one.listed]
            keyed = [one for one in keyed if one.place in ("", owner)]
            columns = 2 if len(keyed) <= 2 * _MOST_ROWS else 3
            rows = -(-len(keyed) // columns)
            grid.setVerticalSpacing(6 if rows <= _MOST_ROWS else 1)
            for number, action in enumerate(keyed):
                side, row = divmod(number, rows)
                cap = chip(action.shown, "kbd")
                grid.addWidget(cap, row, side * 3, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(voiced(action.words), row, side * 3 + 1)
            for between in range(2, 3 * columns - 1, 3):
                grid.setColumnMinimumWidth(between, 16)
            grid.setRowStretch(rows, 1)
            self._pages[owner] = page
            self._keys.addWidget(page)
        return self._pages[owner]

    def open(self, place_id: str) -> None:
        """Show the card, with the keys of this place, in the middle of the window."""
        self._before = self.window().focusWidget()
        page = self._page(place_id)
        self._keys.setCurrentWidget(page)
        self._keys.setFixedSize(page.sizeHint())
        self.place()
        self.show()
        self.raise_()
        self.setFocus()

    def place(self) -> None:
        """Over the whole window, the card in its middle."""
        self.setGeometry(self._window.rect())
        self._card.adjustSize()
        self._card.move(
            (self.width() - self._card.width()) // 2, (self.height() - self._card.height()) // 2
        )

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
