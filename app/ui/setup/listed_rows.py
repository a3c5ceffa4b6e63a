"""Rows of a `ChoiceTable` that hold one thing each: all that there are, or those that fit a search.

The first column is the thing's name. What is in the others, and in which colour, is the heirs'.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

from app.thai.text import normalise
from app.ui.setup.choice_table import ChoiceRows
from app.ui.theme import Theme
from app.ui.widgets.plain_table import Index

T = TypeVar("T")


class ListedRows(ChoiceRows, Generic[T]):
    """Given with `show`, narrowed with `search`."""

    def __init__(self, theme: Theme, heads: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._heads = theme, tuple(heads)
        self._all: tuple[T, ...] = ()
        self._shown: tuple[T, ...] = ()
        self._words: tuple[str, ...] = ()

    @abstractmethod
    def id_of(self, thing: T) -> str:
        """What a thing is known by."""

    @abstractmethod
    def text_of(self, thing: T, column: int) -> str:
        """What a cell says."""

    def colour_of(self, thing: T, column: int) -> str:
        """The token of a cell's colour."""
        return "text_2" if column else "text"

    def searched_in(self, thing: T) -> str:
        """The words a search looks through; none where nothing is searched."""
        return ""

    def show(self, things: Sequence[T]) -> None:
        """These are there now."""
        self._all = tuple(things)
        self._fit()

    def search(self, text: str) -> None:
        """Those in whose words every typed word stands."""
        self._words = tuple(normalise(text).split())
        self._fit()

    def _fit(self) -> None:
        self.beginResetModel()
        self._shown = tuple(one for one in self._all if self._fits(one))
        self.endResetModel()

    def _fits(self, thing: T) -> bool:
        return all(word in normalise(self.searched_in(thing)) for word in self._words)

    def at(self, row: int) -> T:
        """The thing in a row."""
        return self._shown[row]

    def id_at(self, row: int) -> str:
        return self.id_of(self._shown[row])

    def row_of(self, row_id: str) -> int:
        return next((row for row, one in enumerate(self._shown) if self.id_of(one) == row_id), -1)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, thing = index.column(), self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.text_of(thing, column)
            case Qt.ItemDataRole.FontRole:
                return self._theme.font("body", 400 if column else 600)
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour(self.colour_of(thing, column))
        return None
