"""One camera's recorded picture with its own time, or the words why there is none.

Nothing covers evidence: over the picture stand only the rank, how it runs, and the zoom.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from app.thai.dates import clock_time, precise_time, short_date
from app.thai.translation import language, tr
from app.ui.review.gap_words import cause_words
from app.ui.review.review_caption import CaptionPainter, CaptionWords, clock_words
from app.ui.theme import Theme
from app.ui.wall.picture_tile import PictureTile, middle_of
from app.ui.wall.tile_view import TileViews
from app.ui.wall.tile_zoom import pulled
from app.video.live import Wanted
from app.video.playback.shown import Nothing, Shown
from app.video.playback.transport import to_us


class ReviewTile(PictureTile):
    """A camera's recorded picture."""

    def __init__(self, theme: Theme, views: TileViews) -> None:
        super().__init__(theme, views)
        self._caption = CaptionPainter(theme)
        self.shown: Shown | Nothing | None = None
        """What it shows now."""
        self._instant: datetime | None = None
        self._tag = ""
        self._said = ""
        self._is_single = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What it is given

    def _forget_camera(self) -> None:
        self.shown = None

    def show_footage(self, shown: Shown | Nothing | None, *, at_once: bool = False) -> None:
        """The newest of the playback. Painted again only when it is another one; `at_once` does
        not wait for what else the window has to paint. A keyframe's caption is painted in the same
        go: a second paint would take a core from whoever decodes towards the exact frame."""
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
        words = self._changed_words(before, shown)
        if at_once and shown.is_exact:
            self.repaint(place)
            self.update(words)
            return
        self.update(words)
        if at_once:
            self.repaint(place)
        else:
            self.update(place)

    def _changed_words(self, before: Shown | None, shown: Shown) -> QRect:
        """What of the caption another picture changes: its time, seldom the camera's clock."""
        bar = self.caption_rect()
        if before is None or before.clock_ahead_ms != shown.clock_ahead_ms:
            return bar
        return self._caption.time_rect(bar)

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

    def show_instant(self, at: datetime) -> None:
        """Where the playhead is: in a gap nothing else tells that it moves."""
        if isinstance(self.shown, Nothing) and self.shown.holds(to_us(at)):
            at = at.replace(microsecond=0)
            if at != self._instant:
                self._instant = at
                self.update(self.picture_rect())

    def say(self, words: str) -> None:
        """A few words in the name's place; the empty string takes them away."""
        self._said = words
        self.update(self.caption_rect())

    # What it tells

    def wanted(self) -> Wanted:
        """How large its pictures are needed, in device pixels, and of which stream."""
        ratio = self.devicePixelRatioF() * self.view.detail
        room = self.picture_rect()
        width, height = (max(16, round(side * ratio)) for side in (room.width(), room.height()))
        shrink = min(1.0, 3840 / width, 2160 / height)
        main = self._selected or self._is_single or self.view.detail > 1
        return Wanted(round(width * shrink), round(height * shrink), main)

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
        room, exposed = self.picture_rect(), event.region()
        if self.camera is None:
            painter.fillRect(self.rect(), self._theme.colour("picture"))
            return
        seen = exposed.intersected(room).boundingRect()
        if not seen.isEmpty():
            self._paint_room(painter, room, seen)
        if exposed.intersects(self.caption_rect()):
            self._caption.paint(painter, self.caption_rect(), self._words(), exposed)
        if self._selected:
            painter.setPen(QPen(self._theme.colour("blue"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_room(self, painter: QPainter, room: QRect, exposed: QRect) -> None:
        ratio = self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture:
            self._picture.paint(painter, room, exposed, self.view)
            self._count_painted()
        else:
            painter.fillRect(room, self._theme.colour("picture"))
            box = self._art.box(self._why_nothing(), self._why_colour(), room.size(), ratio)
            painter.drawPixmap(room.center() - middle_of(box), box)
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
        at = self.shown.at
        if self._instant is not None and self.shown.holds(to_us(self._instant)):
            at = self._instant
        when = f"{short_date(at, language())} {clock_time(at)}"
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

    # Input

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not self.view.is_zoomed:
            return
        where = event.position().toPoint()
        shown = self._picture.place_in(self.picture_rect())
        self.show_view(pulled(self.view, shown, where - self._pressed_at))
        self._pressed_at = where
