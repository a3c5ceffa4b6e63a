"""A line to type in with suggestions under it: Enter takes one, arrows move, the mouse does too.

The list stands in the panel, not in a pop-up, so that it never covers the map or a camera.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import pixmap
from app.ui.theme import Theme
from app.ui.widgets.buttons import key_cap_width, paint_key_cap
from app.ui.widgets.keys import keeps_escape

_ROW = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row. `spans` are (start, end) of matches in `title`; `value` is handed back."""

    value: object
    title: str
    detail: str = ""
    right: str = ""
    icon: str = "map-pin"
    icon_colour: str = "text_2"
    """A token; another one only where the icon tells a state."""
    spans: tuple[tuple[int, int], ...] = ()
    detail_spans: tuple[tuple[int, int], ...] = ()
    """Matches in `detail`."""
    head: str = ""
    """The section this row opens, if it is the first of one."""
    key: str = ""
    """The key that does the same, shown as a cap."""
    camera_id: str = ""
    """The camera this row stands for, if it is one: it can be carried onto the wall."""

    def says_the_same(self, other: Suggestion) -> bool:
        """Whether an officer sees the same row; what it runs may have been made anew."""
        return (self.title, self.detail) == (other.title, other.detail)


class Suggestions(QAbstractListModel):
    """The rows on offer."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Suggestion, ...] = ()

    def show(self, rows: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_camera = index.isValid() and bool(self._rows[index.row()].camera_id)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_camera else flags

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        return row.title if role == Qt.ItemDataRole.DisplayRole else None


class SuggestionPainter(QStyledItemDelegate):
    """Title with the match marked, detail under or beside it, and what stands at the right."""

    def __init__(self, theme: Theme, parent: QWidget, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._one_line = one_line

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row: Suggestion = index.data(_ROW)
        two_lines = bool(row.detail) and not self._one_line
        height = self._theme.px(41 if two_lines else 32)
        return QSize(100, height + (self._theme.px(24) if row.head else 0))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Suggestion = index.data(_ROW)
        rect: QRect = option.rect
        if row.head:
            rect = self._paint_head(painter, row.head, rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, self._theme.colour("selected"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._blue())
        side, ratio = self._theme.px(16), painter.device().devicePixelRatioF()
        icon = pixmap(row.icon, self._theme.colour(row.icon_colour), side, ratio)
        painter.drawPixmap(rect.left() + 12, rect.center().y() - side // 2, icon)
        right = self._paint_right(painter, row, rect)
        room = QRect(rect.left() + 38, rect.top(), right - rect.left() - 46, rect.height())
        self._paint_words(painter, row, room, selected)

    def _blue(self) -> QColor:
        return self._theme.colour("blue")

    def _paint_head(self, painter: QPainter, head: str, rect: QRect) -> QRect:
        height = self._theme.px(24)
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.setPen(self._theme.colour("text_3"))
        painter.setFont(self._theme.font("hint", 500))
        painter.drawText(
            QRect(rect.left() + 12, rect.top(), rect.width() - 24, height), _LEFT, head
        )
        return rect.adjusted(0, height, 0, 0)

    def _paint_right(self, painter: QPainter, row: Suggestion, rect: QRect) -> int:
        right = rect.right() - 8
        if row.key:
            width, height = key_cap_width(self._theme, row.key), self._theme.px(18)
            where = QRect(right - width, rect.center().y() - height // 2, width, height)
            paint_key_cap(painter, self._theme, row.key, where, lit=False)
            right -= width + 8
        if row.right:
            font = self._theme.font("hint")
            width = QFontMetrics(font).horizontalAdvance(row.right)
            painter.setFont(font)
            painter.setPen(self._theme.colour("text_2"))
            painter.drawText(
                QRect(right - width, rect.top(), width + 2, rect.height()), _LEFT, row.right
            )
            right -= width + 8
        return right

    def _paint_words(self, painter: QPainter, row: Suggestion, room: QRect, selected: bool) -> None:
        detail_font = self._theme.font("hint")
        detail_token = "selected_text_2" if selected else "text_3"
        if row.detail and not self._one_line:
            upper = QRect(room.left(), room.top() + 2, room.width(), self._theme.px(21))
            lower = QRect(room.left(), upper.bottom(), room.width(), self._theme.px(17))
            self._paint_title(painter, row, upper)
        else:
            used = self._paint_title(painter, row, room)
            lower = room.adjusted(used + 12, 0, 0, 0)
        if row.detail and lower.width() > 20:
            painter.setFont(detail_font)
            words = QFontMetrics(detail_font).elidedText(
                row.detail, Qt.TextElideMode.ElideRight, lower.width()
            )
            self._paint_marks(painter, words, row.detail_spans, lower)
            painter.setPen(self._theme.colour(detail_token))
            painter.drawText(lower, _LEFT, words)
            painter.setPen(self._theme.colour("match_text"))
            metrics = QFontMetrics(detail_font)
            for start, end in row.detail_spans:  # again, in letters that stand out on their ground
                left = lower.left() + metrics.horizontalAdvance(words[:start])
                painter.drawText(
                    lower.adjusted(left - lower.left(), 0, 0, 0), _LEFT, words[start:end]
                )

    def _paint_title(self, painter: QPainter, row: Suggestion, room: QRect) -> int:
        """The title, matched letters on their ground. Returns the width it used."""
        font = self._theme.font("body", 600)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        self._paint_marks(painter, title, row.spans, room)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(room, _LEFT, title)
        return metrics.horizontalAdvance(title)

    def _paint_marks(
        self, painter: QPainter, text: str, spans: Sequence[tuple[int, int]], room: QRect
    ) -> None:
        """The ground of the letters that matched, in the font that is set."""
        metrics = QFontMetrics(painter.font())
        for start, end in spans:
            left = metrics.horizontalAdvance(text[:start])
            width = metrics.horizontalAdvance(text[:end]) - left
            height = metrics.height() + 2
            mark = QRect(room.left() + left, room.center().y() - height // 2, width, height)
            painter.fillRect(mark, self._theme.colour("match"))
            painter.fillRect(mark.left(), mark.bottom(), width, 1, self._theme.colour("text"))


class SuggestionList(QListView):
    """The list itself, driven from the line above it."""

    camera_pulled = Signal(object)  # Suggestion: its listener carries it on
    let_go = Signal()  # the mouse's button, and what it was pressed on has been told

    def __init__(self, theme: Theme, *, one_line: bool = False) -> None:
        super().__init__()
        self.is_pressed = False
        self.rows = Suggestions()
        self.setModel(self.rows)
        self.setItemDelegate(SuggestionPainter(theme, self, one_line=one_line))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "raised")
        self.setDragEnabled(True)

    def offer(self, rows: Sequence[Suggestion]) -> None:
        """Other rows, the first one marked."""
        self.rows.show(rows)
        self.setCurrentIndex(self.rows.index(0, 0))

    def step(self, by: int) -> None:
        count = self.rows.rowCount()
        if count:
            wanted = (self.currentIndex().row() + by) % count
            self.setCurrentIndex(self.rows.index(wanted, 0))

    def mark(self, row: Suggestion) -> None:
        """Mark the row that says the same as this one, if it is there."""
        for number in range(self.rows.rowCount()):
            other: Suggestion = self.rows.index(number, 0).data(_ROW)
            if other.says_the_same(row):
                self.setCurrentIndex(self.rows.index(number, 0))
                return

    def current(self) -> Suggestion | None:
        index = self.currentIndex()
        row: Suggestion | None = index.data(_ROW) if index.isValid() else None
        return row

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.is_pressed = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._say_let_go()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's name
        self.camera_pulled.emit(self.current())
        self._say_let_go()  # a drag takes the release for itself

    def hideEvent(self, event: QHideEvent) -> None:
        self.is_pressed = False  # whoever lets go now is not heard here
        super().hideEvent(event)

    def _say_let_go(self) -> None:
        self.is_pressed = False
        self.let_go.emit()

    def needed_height(self, most: int) -> int:
        """The height of all rows, at most so many pixels."""
        heights = [self.sizeHintForRow(row) for row in range(self.rows.rowCount())]
        return min(most, sum(heights) + 2)


class SuggestField(QWidget):
    """The line and its list. Tell it what to offer whenever `edited` says what was typed."""

    edited = Signal(str)
    taken = Signal(object)  # the value of the suggestion
    focused = Signal()
    entered = Signal()  # Enter alone, with nothing on offer

    def __init__(self, theme: Theme, placeholder: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name)
        self.line.setMaxLength(500)
        column.addWidget(self.line)
        self.list = SuggestionList(theme)
        self.list.hide()
        column.addWidget(self.list)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self.edited)
        self.list.clicked.connect(self._on_clicked)

    def offer(self, rows: Sequence[Suggestion]) -> None:
        """Show these under the line; none hides the list."""
        self.list.offer(rows)
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(max(1, self.list.needed_height(self._theme.px(41) * 6 + 4)))

    def take_current(self) -> bool:
        """Take the marked suggestion, if one is on offer."""
        row = self.list.current() if self.list.isVisible() else None
        if row is None:
            return False
        self.offer(())
        self.taken.emit(row.value)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.list.isVisible() and keeps_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.offer(())
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_taken = self.take_current()
            if not is_taken:
                self.entered.emit()
            return is_taken
        if event.key() == Qt.Key.Key_Down and self.list.isVisible():
            self.list.step(1)
            return True
        if event.key() == Qt.Key.Key_Up and self.list.isVisible():
            self.list.step(-1)
            return True
        if event.key() == Qt.Key.Key_Escape and self.list.isVisible():
            self.offer(())
            return True
        return False

    def _on_clicked(self, index: QModelIndex) -> None:
        self.take_current()
