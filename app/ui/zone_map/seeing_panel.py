"""Who sees the place that was clicked: the cameras in rank, and those a wall keeps from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.map.marks import CameraLook
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead

_MOST = 8


@dataclass(frozen=True, slots=True)
class SeeingRow:
    """One camera. `rank` is 0 for one that does not see the place; `why` says so in words."""

    camera_id: str
    name: str
    rank: int
    detail: str
    look: CameraLook
    why: str = ""


class SeeingLine(QWidget):
    """A row: the numbered disc of the map, id and name, distance and where in the picture."""

    clicked = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, row: SeeingRow) -> None:
        super().__init__()
        self._theme = theme
        self.row = row
        words = " · ".join(part for part in (row.detail, row.why) if part)
        self.setAccessibleName(f"{row.camera_id} {row.name}, {words}")
        self.setToolTip(f"{row.camera_id} {row.name}\n{words}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(theme.px(42))

    def sizeHint(self) -> QSize:
        return QSize(100, self._theme.px(42))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, row = self._theme, self.row
        disc = QRect(12, (self.height() - 22) // 2, 22, 22)
        sees = row.rank > 0
        painter.setPen(theme.colour("primary_text" if sees else "line_control"))
        painter.setBrush(theme.colour("primary" if sees else "bg"))
        painter.drawEllipse(disc)
        painter.setFont(theme.font("hint", 700))
        painter.setPen(theme.colour("primary_text" if sees else "text_2"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(row.rank) if sees else "×")
        left = disc.right() + 12
        room = self.width() - left - 10
        self._text(painter, QRect(left, 2, room, theme.px(21)), f"{row.camera_id} {row.name}",
                   "body", 600, "text" if sees else "text_2")  # fmt: skip
        detail = " · ".join(part for part in (row.detail, row.why) if part)
        token = "amber" if row.why and sees else "text_3"
        self._text(
            painter, QRect(left, theme.px(22), room, theme.px(18)), detail, "hint", 400, token
        )
        if self.hasFocus():
            painter.setPen(theme.colour("blue"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _text(
        self, painter: QPainter, room: QRect, text: str, role: str, weight: int, token: str
    ) -> None:
        font = self._theme.font(role, weight)
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self.row.camera_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.row.camera_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.row.camera_id)
        else:
            event.ignore()


class SeeingPanel(QFrame):
    """The list for one place, and the way to its footage."""

    camera_clicked = Signal(str)
    camera_opened = Signal(str)
    footage_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        head = SectionHead(theme, "eye", tr("Who sees this place"))
        self._count = voiced("", "hint")
        head.add_right(self._count)
        column.addWidget(head)
        self._empty = voiced(tr("Click a place on the map."), "second", wraps=True)
        self._empty.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self._empty)
        self.lines: list[SeeingLine] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        self.footage = KeyButton(theme, tr("Footage of this place"), key="R", icon="history")
        self.footage.clicked.connect(self.footage_requested)
        self.footage.hide()
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 4, 12, 2)
        holder.addWidget(self.footage)
        column.addLayout(holder)

    def show_rows(self, rows: Sequence[SeeingRow], cameras: int, place: str) -> None:
        """These cameras, of so many; `place` names the spot."""
        for line in self.lines:
            self._lines.removeWidget(line)
            line.deleteLater()
        self.lines = []
        for row in rows[:_MOST]:
            line = SeeingLine(self._theme, row)
            line.clicked.connect(self.camera_clicked)
            line.opened.connect(self.camera_opened)
            self._lines.addWidget(line)
            self.lines.append(line)
        seeing = sum(row.rank > 0 for row in rows)
        self._count.setText(
            tr("{seeing} of {cameras} cameras", seeing=seeing, cameras=cameras) if place else ""
        )
        self._empty.setText(
            place if seeing or rows else tr("{place}: no camera sees it.", place=place)
        )
        self.footage.setVisible(bool(place))

    def clear(self) -> None:
        """No place."""
        self.show_rows((), 0, "")
        self._empty.setText(tr("Click a place on the map."))
