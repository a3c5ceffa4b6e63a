"""The small picture over the pointer on the timeline: what a camera showed then. Asks nobody."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.thai.dates import clock_time
from app.ui.theme import Theme
from app.ui.wall.tile_picture import TilePicture
from app.ui.wall.tile_view import WHOLE
from app.video.picture import Size
from app.video.playback.shown import Shown

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class TimelineThumbnail(QWidget):
    """Stands over its parent; takes neither mouse nor keyboard."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._picture = TilePicture(theme.colour("picture"))
        self._camera_id = ""
        self._at: datetime | None = None
        self._seq = -1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(theme.px(172), theme.px(97) + theme.px(20) + 2)
        self.hide()

    def wanted_size(self) -> Size:
        """How large its picture is, in device pixels."""
        room = self._room().size() * self.devicePixelRatioF()
        return Size(max(16, room.width()), max(16, room.height()))

    def point_at(self, camera_id: str, at: datetime, x: int, bottom: int) -> None:
        """The pointer stands here: over this instant of this camera's row."""
        if camera_id != self._camera_id:
            self._picture.drop()
        self._camera_id, self._at = camera_id, at
        left = min(max(x - self.width() // 2, 4), self._over.width() - self.width() - 4)
        self.move(left, bottom - self.height() - 6)
        self.setVisible(bool(camera_id))
        self.raise_()
        self.update()

    def show_peek(self, shown: Shown | None) -> None:
        """The newest answer; one of another camera is not shown."""
        if shown is None or shown.camera_id != self._camera_id or shown.seq == self._seq:
            return
        self._seq = shown.seq
        self._picture.take(shown.picture)
        self.update()

    def leave(self) -> None:
        """The pointer is somewhere else."""
        self._picture.drop()
        self._camera_id = ""
        self.hide()

    def _room(self) -> QRect:
        return QRect(1, 1, self.width() - 2, self.height() - 2 - self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, room = self._theme, self._room()
        painter.fillRect(self.rect(), theme.colour("bg"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture:
            self._picture.paint(painter, room, room, WHOLE)
        else:
            painter.fillRect(room, theme.colour("picture"))
        painter.setPen(theme.colour("text_2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        foot = QRect(8, room.bottom() + 1, self.width() - 16, theme.px(20))
        painter.setFont(theme.font("hint", 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(foot, _LEFT, self._camera_id)
        if self._at is not None:
            painter.drawText(foot, _RIGHT, clock_time(self._at))

    def sizeHint(self) -> QSize:
        return self.size()
