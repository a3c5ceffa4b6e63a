"""The table of all cameras in Setup: draws what `camera_rows` says; chooses one. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.thai.dates import elapsed
from app.thai.translation import language, tr
from app.ui.icons import paint_icon
from app.ui.setup.camera_rows import (
    CameraRows,
    Column,
    Row,
    clock_words,
    heads,
    percent,
)
from app.ui.setup.choice_table import ChoiceTable
from app.ui.theme import Theme
from app.ui.wall.camera_drag import drag_camera
from app.ui.widgets.plain_table import Index
from app.video.health_record import CameraWeek

_PADDING_PX = 7
_HEAD_PX = 2 * 8 + 4
_SORT_ARROW_PX = 6
_DAY_PX = 5
_NAME_LEAST_PX = 90
_NAME_ROOMY_PX = 140
_GIVE_WAY = {
    Column.STREAM: _NAME_ROOMY_PX,
    Column.RECONNECTS: _NAME_LEAST_PX,
    Column.DROPS: _NAME_LEAST_PX,
    Column.AGE: _NAME_LEAST_PX,
    Column.CLOCK: _NAME_LEAST_PX,
}
"""Columns that are not shown when the name would have less room than this, the first one first."""
_GOOD, _FAIR = 0.99, 0.9


class _RowPainter(QStyledItemDelegate):
    """Draws the state's shape, the week's days as bars, and the blue bar of the chosen row."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        if selected:
            painter.fillRect(rect, self._theme.colour("selected"))
        painter.setPen(self._theme.colour("line_row"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = index.model()
        assert isinstance(model, CameraRows)
        row = model.at(index.row())
        if index.column() == Column.MARK:
            self._paint_mark(painter, rect, row, selected)
            return
        room = rect.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
        if index.column() == Column.WEEK and row.week is not None:
            room.setLeft(self._paint_days(painter, room, row.week))
        self._paint_text(painter, room, index, selected)

    def _paint_text(self, painter: QPainter, room: QRect, index: Index, selected: bool) -> None:
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if selected and colour == self._theme.colour("text_2"):
            colour = self._theme.colour("selected_text_2")
        font = index.data(Qt.ItemDataRole.FontRole)
        painter.setPen(colour)
        painter.setFont(font)
        text = QFontMetrics(font).elidedText(
            index.data(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_mark(self, painter: QPainter, rect: QRect, row: Row, selected: bool) -> None:
        if selected:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), self._theme.colour("blue"))
        side = self._theme.px(15)
        where = QRectF(0, 0, side, side)
        where.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, row.mark, self._theme.colour(row.colours[Column.MARK]), where)
        painter.restore()

    def _paint_days(self, painter: QPainter, room: QRect, week: CameraWeek) -> int:
        """A bar a day, as high as the camera was well; where the words go on."""
        day, high = self._theme.px(_DAY_PX), self._theme.px(14)
        left, bottom = room.left(), room.center().y() + high // 2
        for _, share in week.days:
            tall = 1 if share is None else max(2, round(high * share))
            painter.fillRect(left, bottom - tall, day - 1, tall, self._theme.colour(_token(share)))
            left += day
        return left + self._theme.px(5)


def _token(share: float | None) -> str:
    if share is None:
        return "line_control"
    return "green" if share >= _GOOD else ("amber" if share >= _FAIR else "red")


class CameraTable(ChoiceTable):
    """Every camera of the station. A head sorts, a row is pulled onto the wall."""

    def __init__(self, theme: Theme) -> None:
        self.rows = CameraRows(theme)
        super().__init__(theme, self.rows, tr("Cameras"))
        self.setItemDelegate(_RowPainter(theme, self))
        self.setDragEnabled(True)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(theme.px(24))
        head.setSortIndicator(Column.ID, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """What the cameras are now; the chosen one stays chosen."""
        self.rows.show(rows)

    def _on_reset(self) -> None:
        super()._on_reset()
        self._fit_columns()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's name
        """The chosen row is pulled: onto a tile of the wall, in a window of its own."""
        camera = self.rows.at(self.currentIndex().row()).camera
        drag_camera(self._theme, self, camera.id, f"{camera.id} {camera.name}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Each column as wide as its widest words; the name takes what is left. Where that is too
        little for a name, which stream is shown is not: the size of its picture says it. Where it
        is too little for any name, what happens seldom goes too.
        """
        letters, named = QFontMetrics(self._theme.font("hint", 500)), heads()
        words = QFontMetrics(self._theme.font("body", 600))
        widths, longest = dict[Column, int](), _longest()
        for column in Column:
            if column is Column.NAME:
                continue
            head = named[column]
            width = letters.horizontalAdvance(head) + _HEAD_PX + _SORT_ARROW_PX if head else 0
            widest = max((longest.get(column, ""), *_texts(self.rows, column)), key=len)
            width = max(width, words.horizontalAdvance(widest) + 2 * _PADDING_PX)
            if column is Column.WEEK:
                width += self._theme.px(7 * _DAY_PX + 5)
            if column is Column.MARK:
                width = self._theme.px(30)
            widths[column] = width
        left = self.viewport().width() - sum(widths.values())
        for column, name_px in _GIVE_WAY.items():
            is_hidden = left < self._theme.px(name_px)
            self.setColumnHidden(column, is_hidden)
            if is_hidden:
                left += widths.pop(column)
        widths[Column.NAME] = max(self._theme.px(_NAME_LEAST_PX), left)
        for column, width in widths.items():
            self.setColumnWidth(column, width)


def _longest() -> dict[Column, str]:
    """The widest words that a column is likely to hold."""
    return {
        Column.ID: "C100",
        Column.PICTURE: "H264 1920×1080",
        Column.FPS: "25.0",
        Column.DROPS: "99999",
        Column.RECONNECTS: "999",
        Column.AGE: elapsed(5999, language()),
        Column.CLOCK: clock_words(-59.9),
        Column.WEEK: percent(1.0),
    }


def _texts(rows: CameraRows, column: Column) -> tuple[str, ...]:
    """What stands in a column whose words differ little; others have a widest text of their own."""
    if column is not Column.STREAM:
        return ()
    return tuple(rows.at(number).texts[column] for number in range(rows.rowCount()))
