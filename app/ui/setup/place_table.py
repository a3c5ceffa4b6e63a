"""The table of all named places in Setup: shows and searches them, chooses one. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from app.geo.coordinates import as_decimal
from app.geo.places import Place
from app.thai.text import normalise
from app.thai.translation import tr
from app.ui.setup.choice_table import ChoiceRows, ChoiceTable, Index
from app.ui.setup.padded_cells import PaddedCells
from app.ui.setup.place_words import place_kind_name
from app.ui.theme import Theme

_SHARES = (0.36, 0.13, 0.30, 0.21)


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    KIND = 1
    OTHERS = 2
    PLACE = 3


class PlaceRows(ChoiceRows):
    """All places, of which those are shown that fit the search."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._places: tuple[Place, ...] = ()
        self._shown: tuple[Place, ...] = ()
        self._words: tuple[str, ...] = ()

    def show(self, places: Sequence[Place]) -> None:
        """These are the places now."""
        self._places = tuple(places)
        self._fit()

    def search(self, text: str) -> None:
        """Those in whose names every typed word stands."""
        self._words = tuple(normalise(text).split())
        self._fit()

    def _fit(self) -> None:
        self.beginResetModel()
        self._shown = tuple(
            place
            for place in self._places
            if all(word in normalise(" ".join(place.names)) for word in self._words)
        )
        self.endResetModel()

    def at(self, row: int) -> Place:
        """The place in a row."""
        return self._shown[row]

    def id_at(self, row: int) -> str:
        return self._shown[row].id

    def row_of(self, row_id: str) -> int:
        return next((row for row, one in enumerate(self._shown) if one.id == row_id), -1)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Name"), tr("Kind"), tr("Also called"), tr("Position"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, place = Column(index.column()), self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(place, column)
            case Qt.ItemDataRole.FontRole:
                return self._theme.font("body", 600 if column is Column.NAME else 400)
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour("text" if column is Column.NAME else "text_2")
        return None

    @staticmethod
    def _text(place: Place, column: Column) -> str:
        match column:
            case Column.NAME:
                return place.name_th
            case Column.KIND:
                return place_kind_name(place.kind)
            case Column.OTHERS:
                return " · ".join(name for name in place.names if name != place.name_th)
        return as_decimal(place.at)


class PlaceTable(ChoiceTable):
    """Every named place of the station."""

    def __init__(self, theme: Theme) -> None:
        self.rows = PlaceRows(theme)
        super().__init__(theme, self.rows, tr("Places"))
        self.setItemDelegate(PaddedCells(theme, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in zip(Column, _SHARES, strict=True):
            self.setColumnWidth(column, int(self.viewport().width() * share))
