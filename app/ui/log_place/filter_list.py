"""The filters as one list: sections of rows with boxes, each with how many were found of it.

Space and a click tick; what is ticked narrows the search, a section without a tick does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.thai.translation import tr
from app.ui.icons import pixmap
from app.ui.theme import Theme

_ROW = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_BOX_PX, _PADDING_PX = 15, 12
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FilterRow:
    """`list_name` is a list of `Asked`, `value` one of its values; a head has neither."""

    words: str
    list_name: str = ""
    value: str = ""

    @property
    def is_head(self) -> bool:
        return not self.list_name

    @property
    def key(self) -> tuple[str, str]:
        return self.list_name, self.value


class FilterModel(QAbstractListModel):
    """Rows, ticks and counts."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[FilterRow, ...] = ()
        self._ticked: frozenset[tuple[str, str]] = frozenset()
        self._counts: Mapping[tuple[str, str], int] = {}

    def show(self, rows: Sequence[FilterRow]) -> None:
        """Other rows."""
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def tick(self, ticked: frozenset[tuple[str, str]]) -> None:
        """These are ticked, and no others."""
        if ticked != self._ticked:
            self._ticked = ticked
            self._tell()

    def count(self, counts: Mapping[tuple[str, str], int]) -> None:
        """How many were found of each; a row that is not there says nothing."""
        if counts != self._counts:
            self._counts = dict(counts)
            self._tell()

    def _tell(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def at(self, number: int) -> FilterRow:
        return self._rows[number]

    def is_ticked(self, number: int) -> bool:
        return self._rows[number].key in self._ticked

    def count_of(self, number: int) -> int | None:
        """How many were found; None while nothing was counted."""
        return self._counts.get(self._rows[number].key, 0) if self._counts else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].is_head:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.words
            case Qt.ItemDataRole.AccessibleTextRole:
                ticked = tr("ticked") if self.is_ticked(index.row()) else ""
                return " ".join(part for part in (row.words, ticked) if part)
        return row if role == _ROW else None


class FilterList(QListView):
    """Emits what somebody ticked: list, value, on."""

    ticked = Signal(str, str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = FilterModel()
        self.setModel(self.rows)
        self.setItemDelegate(_FilterPainter(theme, self.rows, self))
        self.setAccessibleName(tr("Filters"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def toggle(self, number: int) -> None:
        """Tick a row, or take its tick away."""
        row = self.rows.at(number)
        if not row.is_head:
            self.ticked.emit(row.list_name, row.value, not self.rows.is_ticked(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return) and index.isValid():
            self.toggle(index.row())
        elif event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()  # a key of the place
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.toggle(index.row())


class _FilterPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: FilterModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_head = self._rows.at(index.row()).is_head
        return QSize(100, self._theme.px(31 if is_head and index.row() else 25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row = self._rows.at(index.row())
        if row.is_head:
            self._paint_head(painter, rect, row.words, is_first=index.row() == 0)
            return
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("control"))
        self._paint_box(painter, rect, on=self._rows.is_ticked(index.row()))
        right = self._paint_count(painter, rect, self._rows.count_of(index.row()))
        font = self._theme.font("small")
        left = rect.left() + _PADDING_PX + self._theme.px(_BOX_PX) + 8
        room = QRect(left, rect.top(), right - left - 6, rect.height())
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        words = QFontMetrics(font).elidedText(row.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, words)
        parent = self.parent()
        has_keys = isinstance(parent, QWidget) and parent.hasFocus()
        if has_keys and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(self._theme.colour("blue"))
            painter.drawRect(rect.adjusted(2, 1, -3, -2))

    def _paint_head(self, painter: QPainter, rect: QRect, words: str, *, is_first: bool) -> None:
        if not is_first:
            painter.fillRect(
                rect.left(), rect.top() + 4, rect.width(), 1, self._theme.colour("line")
            )
            rect = rect.adjusted(0, 6, 0, 0)
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(rect.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0), _LEFT, words)

    def _paint_box(self, painter: QPainter, rect: QRect, *, on: bool) -> None:
        side = self._theme.px(_BOX_PX)
        box = QRect(rect.left() + _PADDING_PX, rect.center().y() - side // 2, side, side)
        painter.setPen(self._theme.colour("primary_line" if on else "line_check"))
        painter.setBrush(self._theme.colour("primary" if on else "bg"))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if on:
            dpr = painter.device().devicePixelRatioF()
            image = pixmap("check", self._theme.colour("primary_text"), side - 4, dpr)
            painter.drawPixmap(box.left() + 2, box.top() + 2, image)

    def _paint_count(self, painter: QPainter, rect: QRect, count: int | None) -> int:
        right = rect.right() - _PADDING_PX
        if count is None:
            return right
        font = self._theme.font("hint")
        words = f"{count:,}"
        width = QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_3"))
        painter.drawText(QRect(right - width, rect.top(), width + 1, rect.height()), _RIGHT, words)
        return right - width
