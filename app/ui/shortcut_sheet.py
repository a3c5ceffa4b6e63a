"""`?`: every key that means something here, on one card. Any key or click closes it, but for those
that move through a card which is larger than the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.thai.translation import tr
from app.ui.actions import LIVE, Action
from app.ui.theme import Theme
from app.ui.widgets.labels import chip, voiced
from app.ui.widgets.least_room import LeastRoom

_AROUND_PX = 16  # of the window beside the card
_MOST_ROWS = 20  # more would not stand on a small screen
_MOVES: Mapping[int, QSlider.SliderAction] = {
    Qt.Key.Key_Up: QSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QSlider.SliderAction.SliderPageStepAdd,
}


class ShortcutSheet(QWidget):
    """A scrim and a card with the keys in columns."""

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
        self._pages: dict[tuple[str, int], QWidget] = {}
        self._room = LeastRoom(self._keys)
        column.addWidget(self._room)
        self._hint = voiced("", "hint")
        column.addWidget(self._hint)
        self.hide()

    def _fitting_page(self, place_id: str) -> QWidget:
        """The keys that mean something in this place, in no more columns than there is room for."""
        owner = place_id if any(one.place == place_id for one in self._actions) else LIVE
        keyed = [one for one in self._actions if one.shown and one.listed]
        keyed = [one for one in keyed if one.place in ("", owner)]
        most_px = self._most().width()
        for columns in (2 if len(keyed) <= 2 * _MOST_ROWS else 3, 2, 1):
            page = self._page(owner, keyed, columns)
            if page.sizeHint().width() <= most_px:
                break
        return page

    def _page(self, owner: str, keyed: Sequence[Action], columns: int) -> QWidget:
        """Made when it is first wanted."""
        if (owner, columns) not in self._pages:
            page = QWidget()
            grid = QGridLayout(page)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(10)
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
            self._pages[owner, columns] = page
            self._keys.addWidget(page)
        return self._pages[owner, columns]

    def open(self, place_id: str) -> None:
        """Show the card, with the keys of this place, in the middle of the window."""
        self._before = self.window().focusWidget()
        page = self._fitting_page(place_id)
        self._keys.setCurrentWidget(page)
        self._keys.setFixedSize(page.sizeHint())
        self._room.verticalScrollBar().setValue(0)
        self.place()
        self.show()
        self.raise_()
        self.setFocus()

    def _most(self) -> QSize:
        """The room for keys in this window, with the usual words around them."""
        self._hint.setText(tr("Any key closes this."))
        self._room.setFixedSize(0, 0)
        around = QSize(_AROUND_PX, _AROUND_PX)
        return (self._window.size() - self._card.sizeHint() - around).expandedTo(QSize(1, 1))

    def place(self) -> None:
        """Over the whole window, the card in its middle, and no larger than the window."""
        self.setGeometry(self._window.rect())
        wanted, bar = self._keys.size(), self._room.verticalScrollBar().sizeHint().width()
        most = self._most()
        if wanted.height() > most.height():
            wanted += QSize(bar, 0)
            self._hint.setText(tr("↑ ↓ for more, any other key closes this."))
        self._room.setFixedSize(wanted.boundedTo(most))
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
        bar, action = self._room.verticalScrollBar(), _MOVES.get(event.key())
        if action is not None and bar.maximum() > 0:
            bar.triggerAction(action)
        elif event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self._close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._close()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("scrim"))
