"""One camera's tile: its newest picture, honest about its age, and a caption under it.

Nothing covers evidence: over the picture stand only the rank, one age tag, and the box of a
picture that is not live (design/TOKENS §6).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.cameras.camera import Camera
from app.thai.translation import tr
from app.ui.icons import paint_icon
from app.ui.live.tile_words import TileWords, words_for
from app.ui.theme import Theme
from app.video.health import Health
from app.video.live import Wanted
from app.video.picture import Picture

_MARK_PX = 9


class CameraTile(QWidget):
    """Shows one camera, or an empty place. Asks nobody for anything: it is given what it shows."""

    clicked = Signal(str)  # camera id
    opened = Signal(str)  # double click

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.camera: Camera | None = None
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._health = Health("")
        self._words = TileWords()
        self._rank = 0
        self._distance_m = 0.0
        self._selected = False
        self.is_known_empty = False
        """Whether the register has been read: only then does a tile say that it is empty."""
        self.painted = 0
        """How many different pictures have reached the screen."""
        self._painted_seq = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(96, 72)

    # What it is given

    def show_camera(self, camera: Camera | None) -> None:
        """Another camera, or none. The old picture goes with the old camera."""
        if camera != self.camera:
            if self.camera is None or camera is None or camera.id != self.camera.id:
                self._picture, self._image, self._painted_seq = None, None, -1
                self._words = TileWords()
            self.camera = camera
            name = f"{camera.id} {camera.name}" if camera else tr("Empty tile")
            self.setAccessibleName(name)
            self.setToolTip(name if camera else "")
            self.update()

    def show_rank(self, rank: int, distance_m: float) -> None:
        """Its number among the cameras that see the selected place; 0 for none."""
        if (rank, distance_m) != (self._rank, self._distance_m):
            self._rank, self._distance_m = rank, distance_m
            self.update()

    def show_selected(self, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected
            self.update()

    def refresh(self, picture: Picture | None, health: Health, now_s: float) -> None:
        """The newest of both. Repaints only what would be different."""
        if picture is not None:
            self.show_picture(picture)
        self.show_health(health, now_s)

    def show_picture(self, picture: Picture) -> None:
        """A newer picture: its place alone is painted again, not the caption's letters."""
        if self._picture is not None and picture.seq == self._picture.seq:
            return
        self._picture = picture
        height, width = picture.pixels.shape[:2]
        self._image = QImage(
            picture.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
        self.update(self.picture_rect())

    def show_health(self, health: Health, now_s: float) -> None:
        """What there is to say of the picture now."""
        words = words_for(health, now_s)
        if words != self._words:
            self._health, self._words = health, words
            self.update()

    # Geometry

    def caption_height(self) -> int:
        return self._theme.px(20 if self.width() < 240 else 24)

    def picture_rect(self) -> QRect:
        """The place of the picture, above the caption."""
        return QRect(0, 0, self.width(), self.height() - self.caption_height())

    def wanted(self) -> Wanted:
        """What the camera's pictures should be scaled into, and of which stream."""
        ratio = self.devicePixelRatioF()
        room = self.picture_rect()
        width, height = (max(16, round(side * ratio)) for side in (room.width(), room.height()))
        return Wanted(width, height, main=self._selected)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.picture_rect()
        painter.fillRect(room, self._theme.colour("picture"))
        if self.camera is None:
            self._paint_empty(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is not None and self._words.shows_picture:
            self._paint_picture(painter, room)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._words.box:
            self._paint_box(painter, room)
        elif self._words.tag:
            self._paint_tag(painter, room)
        if self._rank:
            self._paint_rank(painter)
        if event.rect().bottom() > room.bottom():
            self._paint_caption(painter)
        if self._selected:
            self._paint_frame(painter)

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        assert self._image is not None and self._picture is not None
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRect(QPoint(0, 0), size)
        where.moveCenter(room.center())
        if self._words.is_live:
            painter.drawImage(where, self._image)
            self._count_painted()
            return
        grey = self._image.convertToFormat(QImage.Format.Format_Grayscale8)
        painter.setOpacity(0.34)
        painter.drawImage(where, grey)
        painter.setOpacity(1.0)

    def _count_painted(self) -> None:
        assert self._picture is not None
        if self._picture.seq != self._painted_seq:
            self._painted_seq = self._picture.seq
            self.painted += 1

    def _paint_empty(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.colour("picture"))
        if not self.is_known_empty:
            return
        painter.setPen(self._theme.colour("text_3"))
        painter.setFont(self._theme.font("hint"))
        painter.drawText(
            self.rect().adjusted(8, 0, -8, 0),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            tr("Empty tile"),
        )

    def _paint_box(self, painter: QPainter, room: QRect) -> None:
        """The words of a picture that is not live, in the middle; smaller when the tile is."""
        lines = self._words.box
        head = self._theme.font("small" if room.width() < 260 else "body", 600)
        rest = self._theme.font("hint")
        fonts = [head] + [rest] * (len(lines) - 1)
        space = room.width() - 12
        shown = [
            QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, space - 20)
            for font, line in zip(fonts, lines, strict=True)
        ]
        heights = [round(QFontMetrics(font).height() * 1.15) for font in fonts]
        while len(shown) > 1 and sum(heights) + 14 > room.height():
            shown.pop()
            heights.pop()
        width = max(
            QFontMetrics(font).horizontalAdvance(line)
            for font, line in zip(fonts, shown, strict=False)
        )
        frame = QRect(0, 0, min(space, width + 24), sum(heights) + 14)
        frame.moveCenter(room.center())
        self._paint_box_ground(painter, frame)
        y = frame.top() + 7
        for number, (font, line, height) in enumerate(zip(fonts, shown, heights, strict=False)):
            painter.setFont(font)
            token = self._words.colour if number == 0 else "text_2"
            painter.setPen(self._theme.colour(token))
            where = QRect(frame.left(), y, frame.width(), height)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, line)
            y += height

    def _paint_box_ground(self, painter: QPainter, frame: QRect) -> None:
        ground = {"red": "red_tint", "amber": "amber_tint"}.get(self._words.colour)
        if ground is None:
            return
        painter.setPen(QPen(self._theme.colour(f"{ground}_line"), 1))
        painter.setBrush(self._theme.colour(ground))
        painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _paint_tag(self, painter: QPainter, room: QRect) -> None:
        font = self._theme.font("hint", 600)
        width = QFontMetrics(font).horizontalAdvance(self._words.tag) + 14
        where = QRect(room.right() - width - 5, 6, width, self._theme.px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("bg"))
        painter.drawRoundedRect(where, 3, 3)
        painter.setFont(font)
        painter.setPen(self._theme.colour(self._words.colour))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self._words.tag)

    def _paint_rank(self, painter: QPainter) -> None:
        side = self._theme.px(22)
        disc = QRectF(7, 7, side, side)
        painter.setPen(QPen(QColor("white"), 1.6))
        painter.setBrush(self._theme.colour("primary"))
        painter.drawEllipse(disc)
        painter.setFont(self._theme.font("small", 700))
        painter.setPen(self._theme.colour("primary_text"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._rank))

    def _paint_caption(self, painter: QPainter) -> None:
        assert self.camera is not None
        bar = QRect(0, self.height() - self.caption_height(), self.width(), self.caption_height())
        first_row = self._rank > 0
        painter.fillRect(bar, self._theme.colour("selected" if first_row else "raised"))
        if first_row:
            painter.fillRect(
                bar.left(), bar.top(), bar.width(), 1, self._theme.colour("selected_line")
            )
        middle = bar.center().y() + 0.5
        self._paint_mark(painter, 13.0, middle)
        right = self._paint_right(painter, bar)
        font = self._theme.font("small", 600)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        id_px = QFontMetrics(font).horizontalAdvance(self.camera.id)
        painter.drawText(QRect(24, bar.top(), id_px + 2, bar.height()), _LEFT, self.camera.id)
        name_font = self._theme.font("small")
        painter.setFont(name_font)
        room = QRect(24 + id_px + 8, bar.top(), right - (24 + id_px + 8) - 6, bar.height())
        name = QFontMetrics(name_font).elidedText(
            self.camera.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _LEFT, name)

    def _paint_right(self, painter: QPainter, bar: QRect) -> int:
        """The distance at the right end, if it sees the selected place; returns where it begins."""
        if not self._rank:
            return bar.right() - 4
        text = tr("{distance:.0f} m", distance=self._distance_m)
        font = self._theme.font("small", 600)
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        left = bar.right() - width - 8
        painter.drawText(QRect(left, bar.top(), width + 2, bar.height()), _LEFT, text)
        return left

    def _paint_mark(self, painter: QPainter, x: float, y: float) -> None:
        """The state's shape: dot, triangle, cross, key, ring (TOKENS §5)."""
        colour = self._theme.colour(self._words.colour)
        if self._words.mark == "dot":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(x - _MARK_PX / 2, y - _MARK_PX / 2, _MARK_PX, _MARK_PX))
            return
        side = self._theme.px(15)
        where = QRectF(x - side / 2, y - side / 2, side, side)
        paint_icon(painter, self._words.mark, colour, where)

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("blue"), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    # Input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.camera is not None:
            self.clicked.emit(self.camera.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.camera is not None:
            self.opened.emit(self.camera.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()  # no menu yet; not the window's either

    def sizeHint(self) -> QSize:
        return QSize(320, 204)

    @property
    def words(self) -> TileWords:
        """What the tile says of its picture's state."""
        return self._words


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
