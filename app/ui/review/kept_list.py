"""What was kept of the footage: bookmarks, locks, exports, one list in three sections. No log.

It is told its rows; it tells which one was opened, or what is to be done with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.thai.translation import tr
from app.ui.icons import pixmap
from app.ui.review.drawn_list import LEFT, ROW, DrawnList, DrawnRows, Index
from app.ui.theme import Theme
from app.ui.widgets.buttons import key_cap_width, paint_key_cap

_ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row. `id` is empty for the words that stand where a section has none."""

    kind: str
    """`mark`, `lock` or `export`."""
    id: str
    time: str = ""
    words: str = ""
    detail: str = ""
    right: str = ""
    icon: str = ""
    colour: str = "text_2"
    progress: float | None = None
    """From 0 to 1 while it is being made."""
    head: str = ""
    key: str = ""
    """In the section's head: the words and key that add one, `เพิ่ม\\tM`."""


class _Rows(DrawnRows[KeptRow]):
    @staticmethod
    def shape_of(row: KeptRow) -> tuple[str, str, bool, str]:
        return row.kind, row.id, bool(row.detail), row.head

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        words = " ".join(part for part in (row.time, row.words, row.detail, row.right) if part)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        return row.words if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.rows[index.row()].id else Qt.ItemFlag.ItemIsEnabled


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head_px = theme.px(29)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: KeptRow = index.data(ROW)
        height = self._theme.px(44 if row.detail else 29)
        return QSize(100, height + (self._head_px if row.head else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: KeptRow = index.data(ROW)
        theme, rect = self._theme, QRect(option.rect)
        if row.head:
            rect = self._paint_head(painter, row, rect)
        state = QStyle.StateFlag
        if row.id and option.state & state.State_Selected:
            painter.fillRect(rect, theme.colour("selected"))
        elif row.id and option.state & state.State_MouseOver:
            painter.fillRect(rect, theme.colour("control"))
        if row.id and option.state & state.State_HasFocus:
            painter.setPen(QPen(theme.colour("blue"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line_row"))
        upper = QRect(rect.left(), rect.top(), rect.width(), theme.px(27 if row.detail else 29))
        self._paint_upper(painter, row, upper)
        if row.detail:
            lower = QRect(rect.left(), upper.bottom() - theme.px(5), rect.width(), theme.px(20))
            self._paint_lower(painter, row, lower)
        if row.progress is not None:
            width = round(rect.width() * min(max(row.progress, 0.0), 1.0))
            painter.fillRect(rect.left(), rect.bottom() - 2, width, 3, theme.colour("blue"))

    def _paint_head(self, painter: QPainter, row: KeptRow, rect: QRect) -> QRect:
        theme = self._theme
        head = QRect(rect.left(), rect.top(), rect.width(), self._head_px)
        painter.fillRect(head, theme.colour("raised"))
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(head.adjusted(12, 0, 0, 0), LEFT, row.head)
        if row.key:
            words, key = row.key.split("\t")
            width, height = key_cap_width(theme, key), theme.px(17)
            cap = QRect(head.right() - width - 10, head.center().y() - height // 2, width, height)
            paint_key_cap(painter, theme, key, cap, lit=False)
            font = theme.font("hint")
            room = QFontMetrics(font).horizontalAdvance(words) + 2
            painter.setFont(font)
            painter.setPen(theme.colour("text_2"))
            painter.drawText(QRect(cap.left() - room - 5, head.top(), room, head.height()),
                             LEFT, words)  # fmt: skip
        return rect.adjusted(0, self._head_px, 0, 0)

    def _paint_upper(self, painter: QPainter, row: KeptRow, rect: QRect) -> None:
        theme = self._theme
        left, right = rect.left() + 12, rect.right() - 10
        if row.icon:
            side = theme.px(15)
            ratio = painter.device().devicePixelRatioF()
            image = pixmap(row.icon, theme.colour(row.colour), side, ratio)
            painter.drawPixmap(left, rect.center().y() - side // 2, image)
            left += theme.px(23)
        if row.right:
            font = theme.font("small", 500)
            width = QFontMetrics(font).horizontalAdvance(row.right) + 2
            self._text(painter, QRect(right - width, rect.top(), width, rect.height()),
                       row.right, font, row.colour)  # fmt: skip
            right -= width + 8
        strong = theme.font("small", 600)
        used = QFontMetrics(strong).horizontalAdvance(row.time) + 8 if row.time else 0
        self._text(painter, QRect(left, rect.top(), used, rect.height()), row.time, strong, "text")
        font = theme.font("small")
        room = QRect(left + used, rect.top(), right - left - used, rect.height())
        words = QFontMetrics(font).elidedText(row.words, _ELIDE, room.width())
        self._text(painter, room, words, font, "text" if row.id else "text_3")

    def _paint_lower(self, painter: QPainter, row: KeptRow, rect: QRect) -> None:
        font = self._theme.font("hint")
        room = rect.adjusted(12 + (self._theme.px(23) if row.icon else 0), 0, -10, 0)
        words = QFontMetrics(font).elidedText(row.detail, _ELIDE, room.width())
        self._text(painter, room, words, font, "text_2")

    def _text(self, painter: QPainter, where: QRect, text: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        painter.drawText(where, LEFT, text)


class KeptList(DrawnList[KeptRow]):
    """A click or Enter opens a row; Del and the menu ask for what can be done with it."""

    opened = Signal(str, str)  # kind, id
    removal_requested = Signal(str, str)
    menu_requested = Signal(str, str, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_Rows(), tr("Bookmarks, locks and exports"))
        self.setItemDelegate(_Painter(theme, self))
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: Sequence[KeptRow]) -> None:
        self._rows.show(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._current()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row.kind, row.id)
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit(row.kind, row.id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        row = self._rows.rows[index.row()] if index.isValid() else self._current()
        event.accept()
        if row is not None and row.id:
            self.menu_requested.emit(row.kind, row.id, event.globalPos())

    def _current(self) -> KeptRow | None:
        index = self.currentIndex()
        row = self._rows.rows[index.row()] if index.isValid() else None
        return row if row is not None and row.id else None

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self._rows.rows[index.row()]
        if row.id:
            self.opened.emit(row.kind, row.id)
