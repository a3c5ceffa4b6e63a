"""The table of the unit board: one row a unit. Reads what it is given; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.duty.units import Unit
from app.map.shapes import draw_unit_state
from app.map.style import MapStyle
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.units.board_rows import BoardRow, Column
from app.ui.words import unit_look

_PADDING_PX = 7
_CREW_FROM_PX = 1000
_BEAT_FROM_PX = 640
Index = QModelIndex | QPersistentModelIndex


class BoardRows(QAbstractTableModel):
    """The rows of the table. `show` keeps the order and says only what changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[BoardRow] = []
        self._bold, self._plain = theme.font("body", 600), theme.font("body")

    def show(self, rows: Sequence[BoardRow]) -> None:
        """Other rows, or the same ones with other words."""
        if [row.unit.id for row in rows] != [row.unit.id for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
        self._rows = list(rows)
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def at(self, number: int) -> BoardRow:
        return self._rows[number]

    def row_of(self, unit_id: str) -> int:
        """Where a unit stands; −1 if it is not on the board."""
        ids = [row.unit.id for row in self._rows]
        return ids.index(unit_id) if unit_id in ids else -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        return head_text(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.texts[column]
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour(row.colours[column])
            case Qt.ItemDataRole.FontRole:
                is_bold = column is Column.CALL_SIGN or row.colours[column] == "amber"
                return self._bold if is_bold else self._plain
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.texts[column] or row.unit.state.value
        return None


def head_text(column: Column) -> str:
    """The head of a column."""
    return (
        "", tr("Call sign"), tr("Beat"), tr("Crew"), tr("What it does"), tr("Since"),
        tr("Last place"), tr("Last heard"),
    )[column]  # fmt: skip


class _RowPainter(QStyledItemDelegate):
    """Draws the unit's shape, keeps state colours on selected rows, and the blue bar."""

    def __init__(self, theme: Theme, style: MapStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._map_style = theme, style

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, self._theme.colour("selected"))
        painter.setPen(self._theme.colour("line_row"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if index.column() == Column.MARK:
            self._paint_mark(painter, option, index, chosen)
            return
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if chosen and colour in (self._theme.colour("text_2"), self._theme.colour("text_3")):
            colour = self._theme.colour("selected_text_2")
        font = index.data(Qt.ItemDataRole.FontRole)
        painter.setPen(colour)
        painter.setFont(font)
        room = option.rect.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
        text = QFontMetrics(font).elidedText(
            index.data(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_mark(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        if chosen:
            bar = option.rect.adjusted(0, 0, 0, 0)
            bar.setWidth(3)
            painter.fillRect(bar, self._theme.colour("blue"))
        model = index.model()
        assert isinstance(model, BoardRows)
        look = unit_look(model.at(index.row()).unit.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(option.rect.center()) + QPointF(0.5, 0.5)
        draw_unit_state(painter, centre, look, 45.0, self._map_style)
        painter.restore()


class BoardTable(QTableView):
    """Chooses one unit; Enter opens what it is sent to."""

    chosen = Signal(str)  # unit id

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self._theme = theme
        self._following = False
        self.rows = BoardRows(theme)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(theme, style, self))
        self._build()
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def _build(self) -> None:
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Unit board"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setFixedHeight(self._theme.px(26))
        head.setSectionsClickable(False)

    @property
    def unit(self) -> Unit | None:
        """The chosen unit."""
        index = self.currentIndex()
        return self.rows.at(index.row()).unit if index.isValid() else None

    def show_rows(self, rows: Sequence[BoardRow]) -> None:
        """Other rows; the chosen unit stays chosen wherever it moves to."""
        before = self.unit
        self._following = True
        self.rows.show(rows)
        self._following = False
        self.choose(before.id if before is not None else "")
        self._fit_columns()

    def choose(self, unit_id: str) -> None:
        """Show this unit as the chosen one; the first if there is no such unit."""
        row = max(0, self.rows.row_of(unit_id))
        if self.rows.rowCount() == 0:
            return
        self._following = True
        if self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            self.selectionModel().setCurrentIndex(
                self.rows.index(row, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.scrollTo(self.rows.index(row, 0))
        self._following = False

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.chosen.emit(self.rows.at(current.row()).unit.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        following, self._following = self._following, True
        super().focusInEvent(event)
        self._following = following

    # How wide

    def sizeHint(self) -> QSize:
        return QSize(800, 280)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row_px = self._theme.px(25 if self.window().height() < 900 else 32)
        self.verticalHeader().setDefaultSectionSize(row_px)
        self.scrollTo(self.currentIndex())
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Names and times get what they need; what it does, places and words share what is left."""
        room = self.viewport().width()
        self.setColumnHidden(Column.CREW, room < self._theme.px(_CREW_FROM_PX))
        self.setColumnHidden(Column.BEAT, room < self._theme.px(_BEAT_FROM_PX))
        widths = {Column.MARK: self._theme.px(36)}
        for column in (Column.CALL_SIGN, Column.BEAT, Column.SINCE):
            widths[column] = self._needed(column)
        shares = {Column.CREW: 0.22, Column.DOING: 0.34, Column.PLACE: 0.22, Column.HEARD: 0.22}
        shown = {column for column in Column if not self.isColumnHidden(column)}
        left = room - sum(width for column, width in widths.items() if column in shown)
        whole = sum(share for column, share in shares.items() if column in shown)
        for column, share in shares.items():
            if column in shown:
                widths[column] = max(self._head_px(column), int(left * share / whole))
        for column, width in widths.items():
            if column in shown and self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def _head_px(self, column: Column) -> int:
        head = QFontMetrics(self._theme.font("hint", 500)).horizontalAdvance(head_text(column))
        return head + 2 * 8 + 2

    def _needed(self, column: Column) -> int:
        bold = QFontMetrics(self._theme.font("body", 600))
        texts = [self.rows.at(row).texts[column] for row in range(self.rows.rowCount())]
        widest = max((bold.horizontalAdvance(text) for text in texts), default=0)
        return max(self._head_px(column), widest + 2 * _PADDING_PX + 2)
