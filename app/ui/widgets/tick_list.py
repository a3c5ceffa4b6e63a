"""A list of proposals with boxes to tick: what is ticked is taken. Knows not what they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.theme import Theme

_ID = Qt.ItemDataRole.UserRole
_ROOM_PX = 4


@dataclass(frozen=True, slots=True)
class TickRow:
    """One row. `can_tick`: it has a box; `state` colours its words (`red`, or nothing)."""

    id: str
    words: str
    can_tick: bool = True
    ticked: bool = False
    state: str = ""


class _Roomy(QStyledItemDelegate):
    """Lines in two scripts are a fraction higher than Qt reckons, which then cuts off the last."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + _ROOM_PX)


class TickList(QListWidget):
    """Space ticks, arrows choose. A row that cannot be taken has no box and says why."""

    ticks_changed = Signal()
    row_chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setItemDelegate(_Roomy(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemChanged.connect(self._on_item_changed)
        self.currentItemChanged.connect(self._on_current_changed)

    def show_rows(self, rows: Sequence[TickRow]) -> None:
        """Other rows."""
        with QSignalBlocker(self):
            self.clear()
            for row in rows:
                self.addItem(self._item(row))
        self.ticks_changed.emit()

    def _item(self, row: TickRow) -> QListWidgetItem:
        item = QListWidgetItem(row.words)
        item.setData(_ID, row.id)
        item.setToolTip(row.words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        if row.can_tick:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_state(row.ticked))
        if row.state:
            item.setForeground(self._theme.colour(row.state))
        return item

    def ticked(self) -> set[str]:
        """The ids of the rows that are ticked."""
        return {str(item.data(_ID)) for item in self._boxes() if _is_ticked(item)}

    def tick_only(self, ids: Collection[str]) -> None:
        """These rows, as far as they have boxes, and no others."""
        with QSignalBlocker(self):
            for item in self._boxes():
                item.setCheckState(_state(str(item.data(_ID)) in ids))
        self.ticks_changed.emit()

    def tick(self, on: bool) -> None:
        """Every row that has a box, or none."""
        with QSignalBlocker(self):
            for item in self._boxes():
                item.setCheckState(_state(on))
        self.ticks_changed.emit()

    def _boxes(self) -> list[QListWidgetItem]:
        items = (self.item(row) for row in range(self.count()))
        return [item for item in items if item.flags() & Qt.ItemFlag.ItemIsUserCheckable]

    def _on_item_changed(self, _item: QListWidgetItem) -> None:
        self.ticks_changed.emit()

    def _on_current_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.row_chosen.emit(str(item.data(_ID)))


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


def _is_ticked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked
