"""The table of what can be reported, in Setup: code, names, case group, first priority."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from app.incidents.categories import Category
from app.thai.text import normalise
from app.thai.translation import tr
from app.ui.setup.choice_table import ChoiceRows, ChoiceTable, Index
from app.ui.theme import Theme
from app.ui.words import group_name, priority_name

_SHARES = (0.07, 0.27, 0.26, 0.25, 0.15)


class Column(IntEnum):
    """The columns, left to right."""

    CODE = 0
    NAME_TH = 1
    NAME_EN = 2
    GROUP = 3
    PRIORITY = 4


class CategoryRows(ChoiceRows):
    """All that is offered, of which those are shown that fit the search."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._all: tuple[Category, ...] = ()
        self._shown: tuple[Category, ...] = ()
        self._words: tuple[str, ...] = ()

    def show(self, categories: Sequence[Category]) -> None:
        """These are offered now."""
        self._all = tuple(categories)
        self._fit()

    def search(self, text: str) -> None:
        """Those in whose code and names every typed word stands."""
        self._words = tuple(normalise(text).split())
        self._fit()

    def _fit(self) -> None:
        self.beginResetModel()
        self._shown = tuple(
            one
            for one in self._all
            if all(word in normalise(f"{one.code} {one.name_th} {one.name_en}")
                   for word in self._words)
        )  # fmt: skip
        self.endResetModel()

    def id_at(self, row: int) -> str:
        return self._shown[row].code

    def row_of(self, row_id: str) -> int:
        codes = [one.code for one in self._shown]
        return codes.index(row_id) if row_id in codes else -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            tr("Code"), tr("Name in Thai"), tr("Name in English"), tr("Case group"),
            tr("Priority"),
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, column = self._shown[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _words(one, column)
            case Qt.ItemDataRole.ForegroundRole:
                main = column in (Column.CODE, Column.NAME_TH)
                return self._theme.colour("text" if main else "text_2")
            case Qt.ItemDataRole.FontRole:
                return self._theme.font("body", 600 if column is Column.CODE else 400)
        return None


class CategoryTable(ChoiceTable):
    """Every type of incident that is offered."""

    def __init__(self, theme: Theme) -> None:
        self.rows = CategoryRows(theme)
        super().__init__(theme, self.rows, tr("Types of incidents"))
        self.setProperty("airy", True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in zip(Column, _SHARES, strict=True):
            self.setColumnWidth(column, int(width * share))


def _words(one: Category, column: Column) -> str:
    match column:
        case Column.CODE:
            return one.code
        case Column.NAME_TH:
            return one.name_th
        case Column.NAME_EN:
            return one.name_en
        case Column.GROUP:
            return group_name(one.group)
        case _:
            return f"{one.priority.value} {priority_name(one.priority)}"
