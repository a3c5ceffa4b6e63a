"""Whom to send: the units that may go, the likeliest first, each with its reasons in words.

Digits tick, Enter sends what is ticked, or the marked one. A panel, not a dialog: the map, the
cameras and the list stay usable behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.units.unit_words import suggestion_order
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keys import on_both_layouts
from app.ui.widgets.labels import ElidedLabel, voiced
from app.ui.widgets.tick_list import TickList, TickRow

MOST_DIGITS = 9
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that can be sent, with its words: call sign, how far, what it is; and why."""

    unit_id: str
    words: str
    distance_m: float | None
    why: str = ""


class UnitPicker(QWidget):
    """The units in their order, each with the digit that ticks it."""

    units_chosen = Signal(object)  # tuple of unit ids
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sent = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        self._title = voiced(tr("Send which units? Digits tick, Enter sends."), "second")
        column.addWidget(self._title)
        self.list = TickList(theme, tr("Units that can be sent"))
        for number in range(1, MOST_DIGITS + 1):
            shortcut = QShortcut(self)
            shortcut.setContext(_HERE)
            shortcut.setKeys(on_both_layouts(str(number)))
            shortcut.activated.connect(self._on_digit)
        self.list.itemActivated.connect(self._on_activated)
        self.list.ticks_changed.connect(self._on_ticks_changed)
        column.addWidget(self.list, 1)
        self._empty = voiced(tr("No unit is free. Release one, or call a neighbouring station."))
        self._empty.setWordWrap(True)
        column.addWidget(self._empty)
        column.addLayout(self._buttons(theme))

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        self._send = KeyButton(theme, tr("Send"), key="Enter", icon="send", primary=True)
        self._send.clicked.connect(self.send)
        back = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        back.clicked.connect(self.cancelled)
        row.addWidget(self._send)
        row.addWidget(back)
        self._order = ElidedLabel(suggestion_order(), "hint")
        row.addWidget(self._order, 1)
        return row

    def offer(self, choices: Sequence[UnitChoice]) -> None:
        """Show these and mark the first; none is ticked."""
        self._sent = False
        self.list.show_rows([TickRow(one.unit_id, _words(n, one)) for n, one in enumerate(choices)])
        for shown in (self.list, self._order):
            shown.setVisible(bool(choices))
        self._send.setEnabled(bool(choices))
        self._empty.setVisible(not choices)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def tick(self, number: int) -> None:
        """Tick the row with this digit, or take its tick away."""
        if number > self.list.count():
            return
        item = self.list.item(number - 1)
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
        self.list.setCurrentItem(item)

    def send(self) -> None:
        """What is ticked goes, in the list's order; without a tick the marked one. Only once."""
        ids = [self._id(row) for row in range(self.list.count())]
        ticked = self.list.ticked()
        chosen = tuple(one for one in ids if one in ticked)
        row = self.list.currentRow()
        if not chosen and row >= 0:
            chosen = (ids[row],)
        if chosen and not self._sent:
            self._sent = True
            self.units_chosen.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list is the list's own `itemActivated`: it must not send twice."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _id(self, row: int) -> str:
        return str(self.list.item(row).data(Qt.ItemDataRole.UserRole))

    def _on_digit(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            self.tick(int(shortcut.key().toString()))

    def _on_activated(self, _item: object) -> None:
        self.send()

    def _on_ticks_changed(self) -> None:
        count = len(self.list.ticked())
        words = tr("Send {count} units", count=count) if count > 1 else tr("Send")
        self._send.show_words(words, "Enter")


def _words(number: int, choice: UnitChoice) -> str:
    digit = f"{number + 1}  " if number < MOST_DIGITS else ""
    return f"{digit}{choice.words}" + (f" · {choice.why}" if choice.why else "")
