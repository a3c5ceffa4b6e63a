"""The kinds of sheets, each with what it holds; the arrows choose one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.sheets.catalogue import SheetKind
from app.thai.translation import say, tr
from app.ui.icons import paint_icon
from app.ui.theme import Theme
from app.ui.widgets.buttons import key_cap_width, paint_key_cap

_KIND = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ROW_PX, _SMALL_ROW_PX = 58, 47
_KEYS = {"incident": "F9"}
"""The key that makes this sheet from anywhere."""


class _Painter(QStyledItemDelegate):
    """Icon, name, what it holds, and its key."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.row_px = theme.px(_ROW_PX)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, self.row_px)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, room, kind = self._theme, QRect(option.rect), index.data(_KIND)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(room, theme.colour("selected"))
            painter.fillRect(QRect(room.left(), room.top(), 3, room.height()), theme.colour("blue"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, theme.colour("control"))
        painter.setPen(theme.colour("line_row"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(20)
        icon = QRectF(room.left() + theme.px(14), room.center().y() - side / 2, side, side)
        paint_icon(painter, kind.icon, theme.colour("text" if chosen else "text_2"), icon)
        key = _KEYS.get(kind.code, "")
        cap_px = key_cap_width(theme, key) if key else 0
        if key:
            height = theme.px(18)
            where = QRect(room.right() - cap_px - theme.px(12), room.center().y() - height // 2,
                          cap_px, height)  # fmt: skip
            paint_key_cap(painter, theme, key, where, lit=False)
        words = room.adjusted(theme.px(46), 0, -(cap_px + theme.px(20)), 0)
        self._paint_words(painter, kind, words, chosen=chosen)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, kind: SheetKind, room: QRect, *, chosen: bool
    ) -> None:
        theme = self._theme
        for role, weight, text, token, up in (
            ("body", 600, say(kind.name), "selected_text" if chosen else "text", True),
            ("small", 400, say(kind.about), "selected_text_2" if chosen else "text_2", False),
        ):
            font = theme.font(role, weight)
            half = room.height() // 2
            line = QRect(room.left(), room.top() + (3 if up else half - 2), room.width(), half)
            painter.setFont(font)
            painter.setPen(theme.colour(token))
            fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, _LEFT, fitted)


class SheetList(QListWidget):
    """Emits the kind that was chosen; Enter leads on to its options."""

    kind_chosen = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, kinds: Sequence[SheetKind]) -> None:
        super().__init__()
        self._theme = theme
        self._codes = [kind.code for kind in kinds]
        self._painter = _Painter(theme, self)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Sheets"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in kinds:
            item = QListWidgetItem(say(kind.name))
            item.setData(_KIND, kind)
            item.setToolTip(say(kind.about))
            self.addItem(item)
        self.currentItemChanged.connect(self._on_current_changed)

    @property
    def kind(self) -> str:
        """The kind that is chosen."""
        row = self.currentRow()
        return self._codes[row] if row >= 0 else ""

    def show_kind(self, code: str) -> None:
        """Mark this kind, or none; nobody is told."""
        with QSignalBlocker(self):
            self.setCurrentRow(self._codes.index(code) if code in self._codes else -1)
        self.viewport().update()

    def _on_current_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.kind_chosen.emit(self.kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()  # a letter is a key of the place, and never looks for a row
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row_px = self._theme.px(_SMALL_ROW_PX if self.window().height() < 900 else _ROW_PX)
        if row_px != self._painter.row_px:
            self._painter.row_px = row_px
            self.doItemsLayout()
