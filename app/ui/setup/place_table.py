"""The table of all named places in Setup: shows and searches them, chooses one. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.geo.coordinates import as_decimal
from app.geo.places import Place
from app.thai.text import normalise
from app.thai.translation import tr
from app.ui.setup.choice_table import ChoiceRows, ChoiceTable, Index
from app.ui.setup.place_words import place_kind_name
from app.ui.theme import Theme

_SHARES = (0.36, 0.13, 0.30, 0.21)
_PADDING_PX = 8


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


class _Padded(QStyledItemDelegate):
    """Cells with air at their left, and a rule under each row."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~option.state.State_HasFocus

    def paint(self, painter: Any, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(self._theme.colour("line_row"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & option.state.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("selected"))
            if index.column() == Column.NAME:
                left = option.rect.adjusted(0, 0, 3 - option.rect.width(), 0)
                painter.fillRect(left, self._theme.colour("blue"))
        room = option.rect.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        text = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(27))


class PlaceTable(ChoiceTable):
    """Every named place of the station."""

    def __init__(self, theme: Theme) -> None:
        self.rows = PlaceRows(theme)
        super().__init__(theme, self.rows, tr("Places"))
        self.setItemDelegate(_Padded(theme, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in zip(Column, _SHARES, strict=True):
            self.setColumnWidth(column, int(self.viewport().width() * share))
