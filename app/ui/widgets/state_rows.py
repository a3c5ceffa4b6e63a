"""Rows whose first column is the mark of a state, as of open incidents and units: how they look."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import Theme
from app.ui.widgets.plain_table import CELL_PADDING_PX, Index, WholeRowTable, head_data

MARK = 0
"""The column of the mark."""
_QUIET = ("text_2", "text_3")  # colours that a chosen row's ground would swallow


class StateRow(Protocol):
    """One line as it is shown: texts by column, and the token of each text's colour."""

    @property
    def id(self) -> str:
        """Whose line it is."""
        ...

    @property
    def texts(self) -> tuple[str, ...]: ...

    @property
    def colours(self) -> tuple[str, ...]: ...


R = TypeVar("R", bound=StateRow)


class StateRows(QAbstractTableModel, Generic[R]):
    """`show` keeps the order and says only what changed."""

    def __init__(self, theme: Theme, heads: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._heads = theme, tuple(heads)
        self._rows: list[R] = []
        self._bold, self._plain = theme.font("body", 600), theme.font("body")

    @abstractmethod
    def is_bold(self, row: R, column: int) -> bool:
        """Whether a text is set in bold letters."""

    @abstractmethod
    def state_of(self, row: R) -> str:
        """What the mark says, for who cannot see it."""

    def words_of(self, row: R, column: int) -> str:
        """What is written in a cell; its tool tip has the whole text."""
        return row.texts[column]

    def font_of(self, row: R, column: int) -> QFont:
        """The letters of a text."""
        return self._bold if self.is_bold(row, column) else self._plain

    def show(self, rows: Sequence[R]) -> bool:
        """Other rows, or the same ones with other words. Whether anything is said differently."""
        if [row.id for row in rows] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return True
        changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
        self._rows = list(rows)
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._heads) - 1))
        return bool(changed)

    def at(self, number: int) -> R:
        return self._rows[number]

    def row_of(self, row_id: str) -> int:
        """Where it stands; −1 if it is not shown."""
        return next((number for number, row in enumerate(self._rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return head_data(self._heads, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words_of(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return row.texts[column]
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour(row.colours[column])
            case Qt.ItemDataRole.FontRole:
                return self.font_of(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.texts[column] or self.state_of(row)
        return None

    def head_px(self, column: int) -> int:
        """How wide the letters of a column's head are."""
        return self._theme.words_px("hint", self._heads[column], 500)


class StateRowPainter(QStyledItemDelegate):
    """Draws the state's shape, keeps state colours on selected rows, and the blue bar."""

    def __init__(self, theme: Theme, parent: WholeRowTable) -> None:
        super().__init__(parent)
        self._theme = theme

    @abstractmethod
    def draw_mark(self, painter: QPainter, centre: QPointF, row: Any) -> None:
        """The shape of a row's state."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self.parent()
        assert isinstance(table, WholeRowTable)
        if table.is_cut_away(option.rect.top()):
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, self._theme.colour("selected"))
        painter.setPen(self._theme.colour("line_row"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        model, column = index.model(), index.column()
        assert isinstance(model, StateRows)
        row = model.at(index.row())
        if column == MARK:
            self._paint_mark(painter, option, row, chosen)
            return
        token, font = row.colours[column], model.font_of(row, column)
        painter.setPen(
            self._theme.colour("selected_text_2" if chosen and token in _QUIET else token)
        )
        painter.setFont(font)
        room = option.rect.adjusted(CELL_PADDING_PX, 0, -CELL_PADDING_PX, 0)
        text = QFontMetrics(font).elidedText(
            model.words_of(row, column), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_mark(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Any, chosen: bool
    ) -> None:
        if chosen:
            bar = option.rect.adjusted(0, 0, 3 - option.rect.width(), 0)
            painter.fillRect(bar, self._theme.colour("blue"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(option.rect.center()) + QPointF(0.5, 0.5)
        self.draw_mark(painter, centre, row)
        painter.restore()
