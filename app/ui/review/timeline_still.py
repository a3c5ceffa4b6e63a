"""What stands still of the timeline, painted once: not anew while nothing of it looks different.

The index is read every two seconds, also while hours are looked at that it says nothing new of.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap

from app.ui.review.recorded import Bars
from app.ui.review.timeline_paint import TimelineLook, TimelinePainter
from app.ui.review.timeline_row_paint import gaps_with_words
from app.ui.review.timeline_rows import TimelineRow
from app.ui.review.timeline_scale import TimelineScale
from app.ui.review.timeline_words import RulerWords
from app.ui.theme import Theme


class StillPicture:
    """The picture of one look, kept until it is forgotten."""

    def __init__(self, theme: Theme) -> None:
        self._paints = TimelinePainter(theme)
        self._picture: QPixmap | None = None
        self._look: TimelineLook | None = None

    @property
    def words(self) -> RulerWords:
        """What goes over the picture: the words on its ruler."""
        return self._paints.words

    @property
    def is_kept(self) -> bool:
        """Whether it need not be painted."""
        return self._picture is not None

    def serves(self, look: TimelineLook) -> bool:
        """Whether what is kept shows this look too, to the pixel; then it is that look's."""
        if self._look is None or seen(look) != seen(self._look):
            return False
        self._look = look  # the old one's data may go
        return True

    def forget(self) -> None:
        """Paint it anew when it is wanted next."""
        self._picture = self._look = None

    def of(self, look: Callable[[], TimelineLook], size: QSize, ratio: float) -> QPixmap:
        """The picture, `ratio` device pixels to one of `size`; `look` is asked for if there is none
        yet.
        """
        if self._picture is None or self._picture.size() != size * ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            self._look = look()
            self._paints.paint(painter, self._look)
            painter.end()
        return self._picture


def seen(look: TimelineLook) -> Hashable:
    """Equal for looks whose pictures are equal, to the pixel."""
    scale, days, timeline = look.scale, look.overview(), look.timeline
    rows = tuple(_row(timeline.rows[row], scale) for row in look.layout.visible_rows())
    return (
        look.layout, scale, rows, timeline.incidents, timeline.is_read,
        _edges(timeline.all_recorded, days), _edges(timeline.all_lost, days),
        days.begins_s, min(round(scale.x(look.now_s)), look.layout.times_px),
        look.a_s, look.b_s, look.selected, look.span_words,
    )  # fmt: skip


def _row(row: TimelineRow, scale: TimelineScale) -> Hashable:
    bars = tuple(_edges(bars, scale) for bars in (row.recorded, row.missing, row.lost))
    told = gaps_with_words(row, scale)
    return row.camera_id, row.name, row.rank, bars, told, row.locks, row.marks


def _edges(bars: Bars, scale: TimelineScale) -> bytes:
    left, right = bars.pixels(scale)
    return left.tobytes() + b"/" + right.tobytes()
