"""The table of the unit board: one row a unit. Reads what it is given; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPointF,
    QSize,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QResizeEvent

from app.duty.units import Unit
from app.map.shapes import draw_unit_state
from app.map.style import MapStyle
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.units.board_rows import BoardRow, Column
from app.ui.widgets.plain_table import CELL_PADDING_PX, WholeRowTable, make_plain, row_height
from app.ui.widgets.state_rows import StateRowPainter, StateRows
from app.ui.words import unit_look

_ROOM_FROM_PX = {Column.CREW: 1000, Column.BEAT: 640, Column.PLACE: 440}
"""The table's width from which on a column is shown."""


class BoardRows(StateRows[BoardRow]):
    """The rows of the table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _heads())

    def is_bold(self, row: BoardRow, column: int) -> bool:
        return column == Column.CALL_SIGN or row.colours[column] == "amber"

    def state_of(self, row: BoardRow) -> str:
        return row.unit.state.value


def _heads() -> tuple[str, ...]:
    return (
        "", tr("Call sign"), tr("Beat"), tr("Crew"), tr("What it does"), tr("Since"),
        tr("Last place"), tr("Last heard"),
    )  # fmt: skip


class _RowPainter(StateRowPainter):
    """With the shape of what a unit does."""

    def __init__(self, theme: Theme, style: MapStyle, parent: WholeRowTable) -> None:
        super().__init__(theme, parent)
        self._map_style = style

    def draw_mark(self, painter: QPainter, centre: QPointF, row: BoardRow) -> None:
        look = unit_look(row.unit.state)
        draw_unit_state(painter, centre, look, 45.0, self._map_style)


class BoardTable(WholeRowTable):
    """Chooses one unit; Enter opens what it is sent to."""

    chosen = Signal(str)  # unit id

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self._theme = theme
        self._following = False
        self.rows = BoardRows(theme)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(theme, style, self))
        make_plain(self, theme, tr("Unit board"))
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

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
        self.verticalHeader().setDefaultSectionSize(row_height(self, self._theme))
        self.scrollTo(self.currentIndex())
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Names and times get what they need; what it does, places and words share what is left.
        Its place is on the map too, and gives way first when even the heads have no room."""
        room = self.viewport().width()
        for column, least_px in _ROOM_FROM_PX.items():
            self.setColumnHidden(column, room < self._theme.px(least_px))
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
        return self.rows.head_px(column) + 2 * 8 + 2

    def _needed(self, column: Column) -> int:
        bold = QFontMetrics(self._theme.font("body", 600))
        texts = [self.rows.at(row).texts[column] for row in range(self.rows.rowCount())]
        widest = max((bold.horizontalAdvance(text) for text in texts), default=0)
        return max(self._head_px(column), widest + 2 * CELL_PADDING_PX + 2)
