"""A list whose rows are drawn: what its model holds, and how it behaves. Knows no rows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QListView

ROW = Qt.ItemDataRole.UserRole
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class DrawnRows(QAbstractListModel, Generic[Row]):
    """Rows that change often: where they only say something else, the current one stays current."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    @staticmethod
    @abstractmethod
    def shape_of(row: Row) -> Hashable:
        """What of a row makes it another row, and not the same one with other words."""

    def show(self, rows: Sequence[Row]) -> None:
        """These are the rows now."""
        if [self.shape_of(row) for row in rows] != [self.shape_of(row) for row in self.rows]:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()
        elif tuple(rows) != self.rows:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)


class DrawnList(QListView, Generic[Row]):
    """Scrolls smoothly, upwards and downwards alone."""

    def __init__(self, rows: DrawnRows[Row], name: str) -> None:
        super().__init__()
        self._rows = rows
        self.setModel(rows)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it shows."""
        return self._rows.rows
