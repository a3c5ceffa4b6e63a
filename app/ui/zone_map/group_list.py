"""The list of the incidents that crowd at one place of the map. Says which was taken.

It has the keyboard while it is open: arrows move, Enter takes, + comes closer, Esc leaves.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import fit_height, rule, voiced
from app.ui.widgets.suggest_field import Suggestion, SuggestionList

WIDTH_PX = 340
ROWS = 7  # in sight; more are scrolled to
_ROW_PX = 41
_BESIDE_PX = 24  # from the place, so that its mark stays in sight
_EDGE_PX = 8
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS,
    Qt.Key.Key_PageUp: -ROWS,
}


class GroupList(QFrame):
    """Over the map, beside the group. The first row is marked."""

    taken = Signal(str)  # the incident's id
    zoom_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self.setProperty("edge", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Incidents at this place"))
        self.setFixedWidth(theme.px(WIDTH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 8)
        column.setSpacing(4)
        self._title = voiced("", "strong")
        column.addLayout(_inset(self._title))
        column.addWidget(rule())
        self.list = SuggestionList(theme)
        self.list.setAccessibleName(self.accessibleName())
        self.list.setDragEnabled(False)
        self.list.clicked.connect(self._on_clicked)
        column.addWidget(self.list)
        self._more = voiced("", "hint", wraps=True)
        column.addLayout(_inset(self._more))
        column.addLayout(self._build_foot(theme))
        self.hide()

    def _build_foot(self, theme: Theme) -> QHBoxLayout:
        self.close_button = KeyButton(theme, tr("Close the list"), key="Esc", flat=True)
        self.zoom = KeyButton(theme, tr("Come closer"), key="+", icon="zoom-in")
        self.close_button.clicked.connect(self.leave)
        self.zoom.clicked.connect(self.zoom_requested)
        for button in (self.close_button, self.zoom):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows stay the list's
        foot = _inset(self.close_button)
        foot.addStretch(1)
        foot.addWidget(self.zoom)
        return foot

    def open(self, rows: Sequence[Suggestion], title: str, more: str, at: QPoint) -> None:
        """These rows beside a pixel of the map; `more`: what is not in the list."""
        self._title.setText(title)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.list.offer(rows)
        self.list.setFixedHeight(self.list.needed_height(self._theme.px(_ROW_PX) * ROWS + 2))
        fit_height(self)
        self.setGeometry(self._beside(at))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> bool:
        """Take the list away; whether it was there."""
        was = self.isVisible()
        self.hide()
        if was:
            self.left.emit()
        return was

    def _beside(self, at: QPoint) -> QRect:
        """Right of the place, or left of it where there is no room; never over the map's edge."""
        room, size = self._over.rect(), self.size()
        left = at.x() + _BESIDE_PX
        if left + size.width() + _EDGE_PX > room.width():
            left = at.x() - _BESIDE_PX - size.width()
        left = max(_EDGE_PX, min(left, room.width() - size.width() - _EDGE_PX))
        top = at.y() - size.height() // 2
        top = max(_EDGE_PX, min(top, room.height() - size.height() - _EDGE_PX))
        return QRect(QPoint(left, top), size)

    def _take(self) -> None:
        row = self.list.current()
        if row is not None:
            self.leave()
            self.taken.emit(str(row.value))

    def _go(self, by: int) -> None:
        """One step goes round; a page stops at the ends."""
        if abs(by) == 1:
            self.list.step(by)
            return
        last = self.list.rows.rowCount() - 1
        wanted = max(0, min(self.list.currentIndex().row() + by, last))
        self.list.setCurrentIndex(self.list.rows.index(wanted, 0))

    def _on_clicked(self, _index: QModelIndex) -> None:
        self._take()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            count = self.list.rows.rowCount()
            self._go(-count if key == Qt.Key.Key_Home else count)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_requested.emit()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes on elsewhere has done with it; another window is not elsewhere."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.leave()


def _inset(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(11, 0, 11, 0)
    row.addWidget(widget)
    return row
