"""The table of all named places in Setup: shows and searches them, chooses one. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.geo.coordinates import as_decimal
from app.geo.places import Place
from app.thai.text import normalise
from app.thai.translation import tr
from app.ui.setup.place_words import place_kind_name
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_SHARES = (0.36, 0.13, 0.30, 0.21)
_PADDING_PX = 8


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    KIND = 1
    OTHERS = 2
    PLACE = 3


class PlaceRows(QAbstractTableModel):
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
        return self._shown[row]

    def row_of(self, place_id: str) -> int:
        """Where a place is shown; −1 where it is not."""
        return next((row for row, one in enumerate(self._shown) if one.id == place_id), -1)

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


class PlaceTable(QTableView):
    """Arrows choose, Enter goes to the form."""

    place_chosen = Signal(str)
    edit_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = PlaceRows(theme)
        self.setModel(self.rows)
        self.setItemDelegate(_Padded(theme, self))
        self._chosen = ""
        self._following = False
        self._build()
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.rows.modelAboutToBeReset.connect(self._on_about_to_reset)
        self.rows.modelReset.connect(self._on_reset)
        self.activated.connect(self._on_activated)

    def _build(self) -> None:
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Places"))
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(self._theme.px(27))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setFixedHeight(self._theme.px(26))

    def choose(self, place_id: str) -> None:
        """Show this place as the chosen one; none when the id is empty."""
        self._chosen = place_id
        row = self.rows.row_of(place_id)
        self._following = True
        if row < 0:
            self.clearSelection()
            self.selectionModel().setCurrentIndex(
                QModelIndex(), QItemSelectionModel.SelectionFlag.Clear
            )
        else:
            self.selectRow(row)
            self.scrollTo(self.rows.index(row, 0))
        self._following = False

    def _on_about_to_reset(self) -> None:
        self._following = True

    def _on_reset(self) -> None:
        self._following = False
        self.choose(self._chosen)

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self._chosen = self.rows.at(index.row()).id
            self.place_chosen.emit(self._chosen)

    def _on_activated(self, index: QModelIndex) -> None:
        self.edit_requested.emit(self.rows.at(index.row()).id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in zip(Column, _SHARES, strict=True):
            self.setColumnWidth(column, int(self.viewport().width() * share))
