"""The picture a tile has: as it came while it is live, a grey dark copy of it once it is not.

Holds one picture at most: its decoder waits for the pixels to be let go.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.picture_image import image_over
from app.ui.wall.tile_view import TileView
from app.video.picture import Picture

_DIMMED = 0.34
_SHORT_PX = 16  # so much narrower and lower than its room pictures may be made (whole eights)


class TilePicture:
    """Wraps a picture's pixels without copying them."""

    def __init__(self, ground: QColor) -> None:
        self._ground = ground
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self.seq = -1
        self.arrived_s: float | None = None
        self.arrived_at: datetime | None = None
        self._is_dimmed = False
        self._size = (0, 0)
        self._room: QRect | None = None
        self._place: QRect | None = None
        """Where a picture of this size stands in this room, once it was asked for."""

    def __bool__(self) -> bool:
        return self._image is not None

    @property
    def is_dimmed(self) -> bool:
        """Whether only a grey copy is left of it."""
        return self._is_dimmed

    def take(self, picture: Picture) -> QRect | None:
        """A newer picture, or the same one in colour again. The one before it is let go.

        Gives the place where it covers the one before; None where it has another size."""
        height, width = picture.pixels.shape[:2]
        is_alike = self._image is not None and self._size == (width, height)
        self._image = None  # before its pixels
        self._picture, self._is_dimmed = picture, False
        self._image = image_over(picture.pixels)
        self.seq, self.arrived_s = picture.seq, picture.arrived_s
        self.arrived_at = picture.arrived_at
        if not is_alike:
            self._size, self._place, self._room = (width, height), None, None
        return self._place

    def drop(self) -> None:
        """No picture any more: another camera, or none."""
        self._image = self._picture = self.arrived_s = self.arrived_at = None
        self.seq, self._is_dimmed = -1, False

    def dim(self) -> None:
        """Keep a grey, dark copy and let the picture go: it is not what happens now."""
        if self._image is None or self._is_dimmed:
            return
        grey = self._image.convertToFormat(QImage.Format.Format_Grayscale8)
        dark = QImage(grey.size(), QImage.Format.Format_RGB32)
        dark.fill(self._ground)
        painter = QPainter(dark)
        painter.setOpacity(_DIMMED)
        painter.drawImage(0, 0, grey)
        painter.end()
        self._image, self._picture, self._is_dimmed = dark, None, True

    def place_in(self, room: QRect) -> QRect:
        """Where it is painted: in the middle, with its own proportions, and pixel for pixel if it
        was made for this room."""
        if self._image is None:
            return QRect()
        if self._place is None or self._room != room:
            own = QSize(*self._size)
            size = own.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            short = size - own
            if 0 <= short.width() < _SHORT_PX and 0 <= short.height() < _SHORT_PX:
                size = own
            where = QRect(QPoint(0, 0), size)
            where.moveCenter(room.center())
            self._room, self._place = room, where
        return self._place

    def paint(self, painter: QPainter, room: QRect, exposed: QRect, view: TileView) -> None:
        """The part that is seen, and the ground around it where the proportions differ.

        `exposed` is what has to be painted at least."""
        where = self.place_in(room)
        if not where.contains(exposed):
            self._paint_bars(painter, room, where)
        if self._image is None:
            return
        if not view.is_zoomed:
            painter.drawImage(where, self._image)
            return
        left, top, side = view.part
        width, height = self._image.width(), self._image.height()
        part = QRectF(left * width, top * height, side * width, side * height)
        painter.drawImage(QRectF(where), self._image, part)

    def _paint_bars(self, painter: QPainter, room: QRect, where: QRect) -> None:
        if where.isEmpty():
            painter.fillRect(room, self._ground)
            return
        for bar in (
            QRect(room.left(), room.top(), room.width(), where.top() - room.top()),
            QRect(room.left(), where.bottom() + 1, room.width(), room.bottom() - where.bottom()),
            QRect(room.left(), room.top(), where.left() - room.left(), room.height()),
            QRect(where.right() + 1, room.top(), room.right() - where.right(), room.height()),
        ):
            if not bar.isEmpty():
                painter.fillRect(bar, self._ground)
