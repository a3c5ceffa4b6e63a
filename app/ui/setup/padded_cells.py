"""Cells with air at their left and a rule under each row; the chosen row has the blue bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.ui.theme import Theme
from app.ui.widgets.plain_table import Index

_PADDING_PX = 8


class PaddedCells(QStyledItemDelegate):
    """For a `ChoiceTable` whose first column is the name. Text that has no room ends in …"""

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
            if index.column() == 0:
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
