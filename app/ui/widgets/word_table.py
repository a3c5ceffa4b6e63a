"""A small table of words in columns: the first bold, the others quiet; one row may be chosen.

For what is read at a glance, of some dozens of rows; a long list has a model of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from app.ui.theme import Theme
from app.ui.widgets.plain_table import make_plain

_ROW_PX, _COLUMN_PX = 28, 64
_ID = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class WordColumn:
    """`figures`: its words stand at the right; `grows`: it takes the room that is left."""

    head: str
    figures: bool = False
    grows: bool = False


@dataclass(frozen=True, slots=True)
class WordRow:
    """One row, with a cell for each column."""

    id: str
    cells: tuple[str, ...]


class WordTable(QTableWidget):
    """Columns are as wide as their words; those that grow share the rest, if there are any."""

    row_chosen = Signal(str)
    row_opened = Signal(str)  # Enter or a double click

    def __init__(self, theme: Theme, name: str, columns: Sequence[WordColumn]) -> None:
        if not any(column.grows for column in columns):
            columns = (*columns, WordColumn("", grows=True))  # else the last one would
        super().__init__(0, len(columns))
        self._theme, self._columns = theme, tuple(columns)
        make_plain(self, theme, name)
        self.setProperty("airy", True)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        self.horizontalHeader().setMinimumSectionSize(theme.px(_COLUMN_PX))
        self.name_columns([column.head for column in columns])
        head = self.horizontalHeader()
        stretch, fit = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.ResizeToContents
        for number, column in enumerate(columns):
            head.setSectionResizeMode(number, stretch if column.grows else fit)
        self.currentCellChanged.connect(self._on_current_changed)
        self.itemActivated.connect(self._on_activated)

    def name_columns(self, heads: Sequence[str]) -> None:
        """Other words over the columns."""
        for number, (head, column) in enumerate(zip(heads, self._columns, strict=False)):
            item = QTableWidgetItem(head)
            item.setTextAlignment(_RIGHT if column.figures else _LEFT)
            self.setHorizontalHeaderItem(number, item)

    def show_rows(self, rows: Sequence[WordRow], chosen: str = "") -> None:
        """These; the one with this id is chosen, if it is there. Nobody is told of that."""
        with QSignalBlocker(self):
            self.clearSelection()
            self.setCurrentCell(-1, -1)
            self.setRowCount(len(rows))
            for number, row in enumerate(rows):
                for column, words in enumerate(row.cells):
                    self.setItem(number, column, self._item(row.id, column, words))
                if row.id == chosen:
                    self.selectRow(number)

    def _item(self, row_id: str, column: int, words: str) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        item.setData(_ID, row_id)
        item.setToolTip(words)
        item.setFont(self._theme.font("body", 400 if column else 600))
        item.setForeground(self._theme.colour("text_2" if column else "text"))
        item.setTextAlignment(_RIGHT if self._columns[column].figures else _LEFT)
        return item

    def choose_none(self) -> None:
        """No row is chosen any more."""
        with QSignalBlocker(self):
            self.clearSelection()
            self.setCurrentCell(-1, -1)

    def _id_of(self, row: int) -> str:
        item = self.item(row, 0)
        return str(item.data(_ID)) if item is not None else ""

    def _on_current_changed(self, row: int, _column: int, before: int, _before: int) -> None:
        if row >= 0 and row != before:
            self.row_chosen.emit(self._id_of(row))

    def _on_activated(self, item: QTableWidgetItem) -> None:
        self.row_opened.emit(self._id_of(item.row()))
