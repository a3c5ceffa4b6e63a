"""What every table of rows has in common: one row is chosen, nothing is edited, no lines, no sides.

How it scrolls, how high its rows and how wide its columns are is each table's own; those that stand
under the cameras have rows of the same height.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
CELL_PADDING_PX = 7
_HEAD_PX = 26
_ROW_PX, _LOW_ROW_PX = 32, 25
_LOW_WINDOW_PX = 900
_FEW_ROWS = 3
_FEWER_ROWS = 3
CUT_PX = 6
"""Of a row there is nothing to be seen in so much of it."""


class WholeRowTable(QTableView):
    """Ends with a whole row: where the next one would show no more than `CUT_PX` of its upper edge,
    the marks above its letters, nothing of it is painted. Scrolls by rows of one height."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)

    def is_cut_away(self, top_px: int) -> bool:
        """Whether a row that begins there, in pixels of the viewport, is not to be painted."""
        return top_px >= self.viewport().height() - CUT_PX

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is moved from the foot may be the edge of a row that was not painted there."""
        super().scrollContentsBy(dx, dy)
        view, row_px = self.viewport(), self.verticalHeader().defaultSectionSize()
        view.update(0, view.height() - CUT_PX + dy * row_px, view.width(), CUT_PX)


def make_plain(table: QTableView, theme: Theme, name: str) -> None:
    """Dress a table; `name` is for who cannot see it."""
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setAccessibleName(name)
    side = table.verticalHeader()
    side.hide()
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head = table.horizontalHeader()
    head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head.setHighlightSections(False)
    head.setFixedHeight(theme.px(_HEAD_PX))


def row_height(table: QTableView, theme: Theme, low: int = _LOW_ROW_PX, high: int = _ROW_PX) -> int:
    """In pixels: low rows in a low window, and just so much higher that no row is cut in half at
    the foot: at most `CUT_PX` of its upper edge are seen, where any height gives that."""
    least_px = theme.px(low if table.window().height() < _LOW_WINDOW_PX else high)
    room_px = table.viewport().height()
    most = room_px // least_px
    if most < _FEW_ROWS:
        return least_px
    heights = [room_px // rows for rows in range(most, max(_FEW_ROWS, most - _FEWER_ROWS) - 1, -1)]
    whole = (height for height in heights if room_px % height <= CUT_PX)
    return next(whole, None) or min(heights, key=room_px.__mod__)


def head_data(heads: Sequence[str], section: int, orientation: Qt.Orientation, role: int) -> Any:
    """What a model says of a column's head; rows have none."""
    if orientation is not Qt.Orientation.Horizontal:
        return None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    return heads[section] if role == Qt.ItemDataRole.DisplayRole else None
