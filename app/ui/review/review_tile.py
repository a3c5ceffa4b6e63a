"""One camera's recorded picture with its own time, or the words why there is none.

Nothing covers evidence: over the picture stand only the rank, how it runs, and the zoom.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy

from app.cameras.camera import Camera
from app.thai.dates import clock_time, precise_time, short_date
from app.thai.translation import language, tr
from app.ui.review.gap_words import cause_words
from app.ui.review.review_caption import CaptionPainter, CaptionWords, clock_words
from app.ui.theme import Theme
from app.ui.wall.tile_art import TileArt
from app.ui.wall.tile_picture import TilePicture
from app.ui.wall.tile_seats import SeatedTile
from app.ui.wall.tile_view import WHOLE, TileView, TileViews
from app.ui.wall.tile_zoom import pulled, wheeled
from app.video.live import Wanted
from app.video.playback.shown import Nothing, Shown


class ReviewTile(SeatedTile):
    """Shows what it is given; asks nobody."""

    clicked = Signal(str)
    opened = Signal(str)  # double click
    menu_requested = Signal(str, QPoint)
    wanted_changed = Signal()

    def __init__(self, theme: Theme, views: TileViews) -> None:
        super().__init__()
        self._theme, self._views = theme, views
        self._art, self._caption = TileArt(theme), CaptionPainter(theme)
        self.camera: Camera | None = None
        self._picture = TilePicture(theme.colour("picture"))
        self.shown: Shown | Nothing | None = None
        """What it shows now."""
        self._rank = 0
        self._tag = ""
        self._said = ""
        self._selected = False
        self._is_single = False
        self._asked = Wanted(0, 0)
        self._pressed_at: QPoint | None = None
        self.painted = 0
        """How many different pictures have reached the screen."""
        self._painted_seq = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What it is given

    def show_camera(self, camera: Camera | None) -> None:
        """Another camera, or none. The old picture goes with the old camera."""
        if camera == self.camera:
            return
        if self.camera is None or camera is None or camera.id != self.camera.id:
            self._picture.drop()
            self.shown, self._painted_seq, self._pressed_at = None, -1, None
        self.camera = camera
        name = f"{camera.id} {camera.name}" if camera else tr("Empty tile")
        self.setAccessibleName(name)
        self.setToolTip(name if camera else "")
        self.update()

    def show_footage(self, shown: Shown | Nothing | None, *, at_once: bool = False) -> None:
        """The newest of the playback. Painted again only when it is another one; `at_once` does
        not wait for what else the window has to paint."""
        before = self.shown
        if shown is None or (before is not None and before.seq == shown.seq
                             and type(before) is type(shown)):  # fmt: skip
            return
        self.shown = shown
        if isinstance(shown, Nothing):
            self._picture.drop()
            self.update()
            return
        place = self._picture.take(shown.picture)
        if place is None or isinstance(before, Nothing):
            self.update()
            return
        if at_once:
            self.repaint(place)
        else:
            self.update(place)
        self.update(self.caption_rect())

    def forget(self) -> None:
        """Hold no picture any more: its place is over."""
        self._picture.drop()
        self.shown, self._painted_seq = None, -1

    def show_rank(self, rank: int) -> None:
        if rank != self._rank:
            self._rank = rank
            self.update()

    def show_selected(self, selected: bool, *, single: bool = False) -> None:
        """Selected or not; who is selected, or alone, wants the main stream."""
        if (selected, single) != (self._selected, self._is_single):
            self._selected, self._is_single = selected, single
            self.update()
            self._tell_wanted()

    def show_running(self, words: str) -> None:
        """How the playback runs, on the selected tile: `▷ 1× · เฟรม 14,312`."""
        if words != self._tag:
            self._tag = words
            self.update(QRect(0, 0, self.width(), self._theme.px(30)))

    def say(self, words: str) -> None:
        """A few words in the name's place; the empty string takes them away."""
        self._said = words
        self.update(self.caption_rect())

    # What it tells

    @property
    def is_selected(self) -> bool:
        return self._selected

    @property
    def view(self) -> TileView:
        """Which part of the picture is seen."""
        return self._views.of(self.camera.id) if self.camera else WHOLE

    def wanted(self) -> Wanted:
        """How large its pictures are needed, in device pixels, and of which stream."""
        ratio = self.devicePixelRatioF() * self.view.detail
        room = self.picture_rect()
        width, height = (max(16, round(side * ratio)) for side in (room.width(), room.height()))
        shrink = min(1.0, 3840 / width, 2160 / height)
        main = self._selected or self._is_single or self.view.detail > 1
        return Wanted(round(width * shrink), round(height * shrink), main)

    def show_view(self, view: TileView) -> None:
        """Another part of the picture; it stays with the camera."""
        if self.camera is not None and view != self.view:
            self._views.keep(self.camera.id, view)
            self.update()
            self._tell_wanted()

    def _tell_wanted(self) -> None:
        wanted = self.wanted()
        if wanted != self._asked:
            self._asked = wanted
            self.wanted_changed.emit()

    def caption_rect(self) -> QRect:
        """At the foot: 26 px, fewer where the tile is small."""
        height = self._theme.px(22 if self.width() < 240 else 26)
        return QRect(0, self.height() - height, self.width(), height)

    def picture_rect(self) -> QRect:
        return QRect(0, 0, self.width(), self.height() - self.caption_rect().height())

    def sizeHint(self) -> QSize:
        return QSize(320, 206)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room, exposed = self.picture_rect(), event.rect()
        if self.camera is None:
            painter.fillRect(self.rect(), self._theme.colour("picture"))
            return
        if exposed.top() <= room.bottom():
            self._paint_room(painter, room, exposed & room)
        if exposed.bottom() > room.bottom():
            self._caption.paint(painter, self.caption_rect(), self._words())
        if self._selected:
            painter.setPen(QPen(self._theme.colour("blue"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_room(self, painter: QPainter, room: QRect, exposed: QRect) -> None:
        ratio = self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture:
            self._picture.paint(painter, room, exposed, self.view)
            if self._picture.seq != self._painted_seq:
                self._painted_seq = self._picture.seq
                self.painted += 1
        else:
            painter.fillRect(room, self._theme.colour("picture"))
            box = self._art.box(self._why_nothing(), self._why_colour(), room.size(), ratio)
            painter.drawPixmap(room.center() - _middle_of(box), box)
        left = 6
        if self._rank:
            painter.drawPixmap(left, 6, self._art.rank(self._rank, ratio))
            left += self._theme.px(30)
        if self._tag and self._selected:
            painter.drawPixmap(left, 7, self._art.tag(self._tag, "text", ratio))
        if self.view.is_zoomed and self._picture:
            painter.drawPixmap(self._zoom_rect().topLeft(), self._zoom_tag())

    def _why_nothing(self) -> tuple[str, ...]:
        if not isinstance(self.shown, Nothing):
            return (tr("Looking for the picture…"),)
        when = f"{short_date(self.shown.at, language())} {clock_time(self.shown.at)}"
        return tr("No picture"), cause_words(self.shown.cause), when

    def _why_colour(self) -> str:
        if not isinstance(self.shown, Nothing) or self.shown.cause is None:
            return "text_2"
        return "red" if self.shown.cause.value == "camera" else "amber"

    def _words(self) -> CaptionWords:
        assert self.camera is not None
        time, clock = "–", ""
        if isinstance(self.shown, Shown):
            time = precise_time(self.shown.at)
            clock = clock_words(self.shown.clock_ahead_ms)
        return CaptionWords(
            self.camera.id, self.camera.name, clock, time, self._said, self._selected
        )

    def _zoom_tag(self) -> QPixmap:
        words = f"{self.view.scale:.1f}×"
        return self._art.tag(words, "text", self.devicePixelRatioF(), slot="zoom")

    def _zoom_rect(self) -> QRect:
        """The place of the zoom's figure: a click on it shows the whole picture again."""
        size, room = self._zoom_tag().deviceIndependentSize().toSize(), self.picture_rect()
        at = QPoint(room.right() - size.width() - 5, room.bottom() - size.height() - 5)
        return QRect(at, size)

    # Input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.camera is None:
            return
        where = event.position().toPoint()
        if self.view.is_zoomed and self._zoom_rect().contains(where):
            self.show_view(WHOLE)
            return
        self._pressed_at = where
        self.clicked.emit(self.camera.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not self.view.is_zoomed:
            return
        where = event.position().toPoint()
        shown = self._picture.place_in(self.picture_rect())
        self.show_view(pulled(self.view, shown, where - self._pressed_at))
        self._pressed_at = where

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.camera is not None:
            self.opened.emit(self.camera.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        view = wheeled(self.view, self._picture.place_in(self.picture_rect()), event)
        event.setAccepted(view is not None)
        if view is not None:
            self.show_view(view)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        if self.camera is not None:
            self.menu_requested.emit(self.camera.id, event.globalPos())


def _middle_of(pixmap: QPixmap) -> QPoint:
    size = pixmap.deviceIndependentSize().toSize()
    return QPoint(size.width() // 2, size.height() // 2)
