"""One camera's tile: its newest picture, honest about its age, and a caption under it.

Nothing covers evidence: over the picture stand only the rank, one age tag, the zoom, and the box
of a picture that is not live (design/TOKENS §6).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.wall.picture_tile import PictureTile, middle_of, size_of
from app.ui.wall.tile_art import Caption
from app.ui.wall.tile_status import TileStatus
from app.ui.wall.tile_view import TileViews
from app.ui.wall.tile_words import TileWords
from app.ui.wall.tile_zoom import pulled
from app.video.health import Health
from app.video.live import Wanted
from app.video.picture import Picture

_FULL = Wanted(3840, 2160, main=True)
_EDGE_PX = 6
_LOW_PX = 150


class CameraTile(PictureTile):
    """A camera's live picture."""

    drag_requested = Signal(str)  # camera id: pulled by its caption or its whole picture

    def __init__(self, theme: Theme, views: TileViews | None = None) -> None:
        super().__init__(theme, TileViews() if views is None else views)
        self._status = TileStatus()
        self._distance_m = 0.0
        self._recorded: bool | None = None
        self._full = False
        self.setMinimumSize(96, 72)

    # What it is given

    def _forget_camera(self) -> None:
        self._status.forget()
        self._full = False

    def show_rank(self, rank: int, distance_m: float) -> None:
        """Its number among the cameras that see the selected place; 0 for none."""
        if (rank, distance_m) != (self._rank, self._distance_m):
            self._rank, self._distance_m = rank, distance_m
            self.update()

    def show_selected(self, selected: bool) -> None:
        """Selected or not; who is selected wants the main stream."""
        if selected != self._selected:
            self._selected = selected
            self.update()
            self._tell_wanted()

    def show_recorded(self, recorded: bool | None) -> None:
        """Whether the camera is being recorded; None: nothing is said of it."""
        if recorded != self._recorded:
            self._recorded = recorded
            self.update(self.caption_rect())

    def refresh(self, picture: Picture | None, health: Health, now_s: float) -> None:
        """The newest of both. Repaints only what would be different."""
        if picture is not None:
            self.show_picture(picture)
        elif self._picture:  # it may not be shown any more: it has other masks now
            self._picture.drop()
            self.update(self.picture_rect())
        self.show_health(health, now_s)

    def show_picture(self, picture: Picture) -> None:
        """A newer picture: its place alone is painted again, not the caption's letters."""
        shown = (self._picture.seq, self._picture.arrived_s)  # a new reader counts from 1 again
        known = (picture.seq, picture.arrived_s) == shown
        if known and not (self._picture.is_dimmed and self._status.words.is_live):
            return
        before_s = self._picture.arrived_s
        if before_s is not None and not self._picture.is_dimmed:
            self._status.note_gap(picture.arrived_s - before_s)
        place = self._picture.take(picture)
        self.update(place or self.picture_rect())

    def show_health(self, health: Health, now_s: float) -> None:
        """What there is to say of the picture now; running figures four times a second."""
        words = self._status.words
        if self._status.look(health, self._picture, now_s):
            self.update(self.caption_rect() if words == self._status.words else self.rect())

    def say(self, words: str) -> None:
        """A few words in the name's place for three seconds: what was just done with it."""
        self._status.say(words)
        self.update(self.caption_rect())

    # What it tells

    @property
    def words(self) -> TileWords:
        """What the tile says of its picture's state."""
        return self._status.words

    @property
    def age(self) -> str:
        """The figure in the caption."""
        return self._status.figure

    def wanted(self) -> Wanted:
        """What the camera's pictures should be scaled into, and of which stream."""
        if self._full:
            return _FULL
        detail, ratio = self.view.detail, self.devicePixelRatioF() * self.view.detail
        room = self.picture_rect()
        width, height = (max(16, round(side * ratio)) for side in (room.width(), room.height()))
        if detail > 1:
            shrink = min(1.0, _FULL.width_px / width, _FULL.height_px / height)
            width, height = round(width * shrink), round(height * shrink)
        return Wanted(width, height, main=self._selected or detail > 1)

    def ask_full(self, full: bool) -> None:
        """Want the whole main picture for a moment, whatever the size of the tile."""
        if full != self._full:
            self._full = full
            self._tell_wanted()

    # Geometry

    def caption_height(self) -> int:
        return self._theme.px(20 if self.width() < 240 else 24)

    def caption_rect(self) -> QRect:
        """The place of the caption, at the foot."""
        height = self.caption_height()
        return QRect(0, self.height() - height, self.width(), height)

    def picture_rect(self) -> QRect:
        """The place of the picture, above the caption."""
        return QRect(0, 0, self.width(), self.height() - self.caption_height())

    def sizeHint(self) -> QSize:
        return QSize(320, 204)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self._say_opaque()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._say_opaque()

    def _say_opaque(self) -> None:
        """Else all that lies behind is painted with every picture. A style sheet that says anything
        of its background takes the word back whenever it comes to a widget."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.camera is None:
            self._paint_empty(painter)
            return
        room = self.picture_rect()
        exposed = event.rect()
        if exposed.top() <= room.bottom():
            self._paint_room(painter, room, exposed & room)
        if exposed.bottom() > room.bottom():
            bar = self.caption_rect()
            caption = self._art.caption(self._caption(), bar.size(), self.devicePixelRatioF())
            painter.drawPixmap(bar.topLeft(), caption)
        if self._selected:
            painter.setPen(QPen(self._theme.colour("blue"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_room(self, painter: QPainter, room: QRect, exposed: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        words, view = self._status.words, self.view
        if self._picture and words.shows_picture:
            if words.is_live:
                self._count_painted()
            else:
                self._picture.dim()
            self._picture.paint(painter, room, exposed, view)
        else:
            painter.fillRect(room, self._theme.colour("picture"))
        if words.box:
            ratio = self.devicePixelRatioF()
            free = self._beside_rank(room)
            box = self._art.box(words.box, words.colour, free.size(), ratio)
            painter.drawPixmap(free.center() - middle_of(box), box)
        elif words.tag:
            tag = self._art.tag(words.tag, words.colour, self.devicePixelRatioF())
            painter.drawPixmap(room.right() - size_of(tag).width() - 5, 6, tag)
        if self._rank:
            rank = self._art.rank(self._rank, self.devicePixelRatioF())
            painter.drawPixmap(_EDGE_PX, _EDGE_PX, rank)
        if view.is_zoomed and not words.box:
            painter.drawPixmap(self._zoom_rect().topLeft(), self._zoom_tag())

    def _beside_rank(self, room: QRect) -> QRect:
        """Where words may stand: in a low tile beside the disc, which would lie over them."""
        if not self._rank or room.height() >= self._theme.px(_LOW_PX):
            return room
        return room.adjusted(_EDGE_PX + self._art.rank_px, 0, 0, 0)

    def _caption(self) -> Caption:
        assert self.camera is not None
        words = self._status.words
        distance = tr("{distance:.0f} m", distance=self._distance_m) if self._rank else ""
        return Caption(
            words.mark, words.colour, self.camera.id, self.camera.name,
            self._status.said, self._status.figure, distance, sees=self._rank > 0,
            recorded=self._recorded,
        )  # fmt: skip

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

    # Input

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pulls a zoomed picture; anything else of the tile is pulled to another place."""
        at = self._pressed_at
        if at is None or self.camera is None:
            return
        where = event.position().toPoint()
        if self.view.is_zoomed and self.picture_rect().contains(at):
            shown = self._picture.place_in(self.picture_rect())
            self.show_view(pulled(self.view, shown, where - at))
            self._pressed_at = where
        elif (where - at).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.drag_requested.emit(self.camera.id)

    def _show_cursor(self) -> None:
        if not self.view.is_zoomed:
            self.unsetCursor()
        elif self._pressed_at is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
