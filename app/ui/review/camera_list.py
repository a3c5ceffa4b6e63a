"""The cameras for the place, ranked, each with a box to choose it: what it recorded at the time.

A row with a number is on the grid; the number is that of tile, map and timeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.thai.translation import tr
from app.ui.review.drawn_list import LEFT, ROW, DrawnList, DrawnRows, Index
from app.ui.review.near_cameras import Coverage, NearCamera
from app.ui.theme import Theme

_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class ListedCamera:
    """One row. `rank` 0: not chosen."""

    camera: NearCamera
    rank: int
    coverage: Coverage
    is_first_near: bool = False
    """The first of those that do not see the place: a line stands above it."""


class _Rows(DrawnRows[ListedCamera]):
    @staticmethod
    def shape_of(row: ListedCamera) -> None:
        """All rows are alike: another camera is only other words."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.camera.camera_id} {row.camera.name} {row.coverage.words}"
        return row.camera.camera_id if role == Qt.ItemDataRole.DisplayRole else None


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.row_px = theme.px(30)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self.row_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ListedCamera = index.data(ROW)
        theme, rect = self._theme, QRect(option.rect)
        if row.rank:
            painter.fillRect(rect, theme.colour("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("control"))
        line = "line_control" if row.is_first_near else "line_row"
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.colour(line))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("blue"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        self._paint_box(painter, row.rank, rect)
        right = self._paint_figures(painter, row, rect)
        self._paint_name(painter, row, rect, right)

    def _paint_box(self, painter: QPainter, rank: int, rect: QRect) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(19 if rank else 14)
        middle = rect.left() + theme.px(20)
        box = QRectF(middle - side / 2, rect.center().y() + 0.5 - side / 2, side, side)
        if rank:
            painter.setPen(QPen(theme.colour("primary_text"), 1.4))
            painter.setBrush(theme.colour("primary"))
            painter.drawEllipse(box)
            painter.setFont(theme.font("hint", 700))
            painter.setPen(theme.colour("primary_text"))
            painter.drawText(box, _CENTRE, str(rank))
        else:
            painter.setPen(QPen(theme.colour("line_check"), 1))
            painter.setBrush(theme.colour("bg"))
            painter.drawRoundedRect(box, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_figures(self, painter: QPainter, row: ListedCamera, rect: QRect) -> int:
        """Distance and coverage, at the right edge; where the name's room ends."""
        theme = self._theme
        font = theme.font("hint", 500)
        painter.setFont(font)
        letters = QFontMetrics(font)
        colour = row.coverage.colour
        painter.setPen(theme.colour("text_2" if colour == "text_3" and row.rank else colour))
        room = max(theme.px(62), letters.horizontalAdvance(row.coverage.words) + 4)
        right = rect.right() - theme.px(9)
        painter.drawText(QRect(right - room, rect.top(), room, rect.height()), _RIGHT,
                         row.coverage.words)  # fmt: skip
        right -= room + 4
        if row.camera.distance_m is None:
            return right
        words = tr("{distance:,.0f} m", distance=row.camera.distance_m)
        width = letters.horizontalAdvance(words) + 2
        painter.setPen(theme.colour("selected_text_2" if row.rank else "text_2"))
        painter.drawText(QRect(right - width, rect.top(), width, rect.height()), _RIGHT, words)
        return right - width - 6

    def _paint_name(self, painter: QPainter, row: ListedCamera, rect: QRect, right: int) -> None:
        theme = self._theme
        left = rect.left() + theme.px(36)
        strong = theme.font("small", 600)
        painter.setFont(strong)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), LEFT,
                         row.camera.camera_id)  # fmt: skip
        left += QFontMetrics(strong).horizontalAdvance(row.camera.camera_id) + 7
        font = theme.font("small")
        name = QFontMetrics(font).elidedText(
            row.camera.name, Qt.TextElideMode.ElideRight, right - left
        )
        painter.setFont(font)
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), LEFT, name)


class CameraList(DrawnList[ListedCamera]):
    """A click or Enter chooses a camera or lets it go."""

    toggled = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_Rows(), tr("Cameras for the place"))
        self._painter = _Painter(theme, self)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._on_clicked)

    def show_cameras(self, rows: Sequence[ListedCamera]) -> None:
        self._rows.show(rows)

    def fit(self, small: bool, theme: Theme) -> None:
        """Lower rows on a small screen."""
        row_px = theme.px(25 if small else 30)
        if row_px != self._painter.row_px:
            self._painter.row_px = row_px
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.toggled.emit(self._rows.rows[index.row()].camera.camera_id)
