"""Paints one camera's row of the timeline: recorded, gaps with their cause, locks, flags.

A month's thousands of gaps are painted as at most as many bars as there are pixels.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QImage, QPainter, QPolygonF

from app.ui.icons import paint_icon
from app.ui.review.gap_words import gap_words
from app.ui.review.recorded import Bars, RowGap, Whole
from app.ui.review.timeline_layout import TimelineLayout
from app.ui.review.timeline_rows import TimelineRow
from app.ui.review.timeline_scale import TimelineScale
from app.ui.theme import Theme

_CENTRE = Qt.AlignmentFlag.AlignCenter
_ELIDE = Qt.TextElideMode.ElideRight
_DIAGONAL = Qt.BrushStyle.BDiagPattern
_HATCHED_PX = 5  # a gap narrower than this has no room for lines
_WORDS_PX = 44  # a gap narrower than this says nothing
_FEWEST_LETTERS = 9  # fewer, the dots among them, tell nobody the cause


def fill_bars(
    painter: QPainter, bars: Bars, scale: TimelineScale, y: int, height: int, colour: QColor
) -> None:
    """Every bar that is to be seen."""
    strip = Strip(scale)
    strip.fill(*bars.pixels(scale), colour)
    strip.paint(painter, y, height)


class Strip:
    """One row of pixels that is painted as high as a bar: a month of bars in a single stroke."""

    def __init__(self, scale: TimelineScale) -> None:
        self._pixels = np.zeros(max(1, round(scale.width_px)), np.uint32)

    def fill(self, left: Whole, right: Whole, colour: QColor) -> None:
        """These stretches in a colour, over what is there."""
        if len(left):
            edges = np.zeros(len(self._pixels) + 1, np.int64)
            np.add.at(edges, np.minimum(left, len(self._pixels)), 1)
            np.add.at(edges, np.minimum(right, len(self._pixels)), -1)
            self._pixels[np.cumsum(edges[:-1]) > 0] = colour.rgba()

    def paint(self, painter: QPainter, y: int, height: int) -> None:
        """At this height of the timeline."""
        width = len(self._pixels)
        image = QImage(self._pixels.data, width, 1, 4 * width, QImage.Format.Format_ARGB32)
        painter.drawImage(QRect(0, y, width, height), image)


def gaps_with_words(row: TimelineRow, scale: TimelineScale) -> tuple[RowGap, ...]:
    """The gaps to be seen that are wide enough to say their cause."""
    table = row.gap_table
    wide = (table.ends_s - table.begins_s) * scale.px_per_s > _WORDS_PX
    seen = (table.ends_s > scale.begins_s) & (table.begins_s < scale.ends_s)
    return tuple(row.gaps[int(number)] for number in np.flatnonzero(wide & seen))


class RowPainter:
    """Paints in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._strong = theme.font("hint", 600)
        self._recorded = theme.colour("recorded")
        self._other = theme.colour("recorded_other")

    def _colour(self, token: str) -> QColor:
        return self._theme.colour(token)

    def paint(
        self,
        painter: QPainter,
        layout: TimelineLayout,
        scale: TimelineScale,
        row: TimelineRow,
        number: int,
    ) -> None:
        """The row with this number; 0 is the uppermost of all, seen or not."""
        top, height = layout.row_top(number), layout.row_px
        bar_y, bar = top + height // 5, height - 2 * (height // 5)
        painter.fillRect(0, top + height - 1, layout.times_px, 1, self._colour("line_row"))
        chosen = row.rank > 0
        colour = self._recorded if chosen else self._other
        strip = Strip(scale)
        strip.fill(*row.recorded.pixels(scale), colour)
        wide = [
            (self._thin(strip, row.missing, scale, "amber"), "amber", "gap_ground"),
            (self._thin(strip, row.lost, scale, "red"), "red", "lost_ground"),
        ]
        strip.paint(painter, bar_y, bar)
        for bars, token, ground in wide:
            self._hatch(painter, bars, (bar_y, bar), token, ground)
        self._paint_gap_words(painter, row, scale, top, height)
        self._paint_locks(painter, row, scale, bar_y, bar)
        self._paint_marks(painter, row, scale, bar_y, bar)

    def _thin(
        self, strip: Strip, bars: Bars, scale: TimelineScale, token: str
    ) -> list[tuple[int, int]]:
        """Narrow gaps into the strip, in their colour alone; (x, width) of those to be hatched."""
        left, right = bars.pixels(scale)
        narrow = right - left < _HATCHED_PX
        strip.fill(left[narrow], right[narrow], self._colour(token))
        broad = zip(left[~narrow].tolist(), right[~narrow].tolist(), strict=True)
        return [(x, end - x) for x, end in broad]

    def _hatch(
        self,
        painter: QPainter,
        bars: list[tuple[int, int]],
        bar: tuple[int, int],
        token: str,
        ground: str,
    ) -> None:
        """Diagonal lines in the state's colour."""
        y, height = bar
        under = self._colour(ground)
        for x, width in bars:
            painter.fillRect(x, y, width, height, under)
        painter.setPen(self._colour(token))
        painter.setBrush(QBrush(self._colour(token), _DIAGONAL))
        painter.drawRects([QRect(x, y, width - 1, height - 1) for x, width in bars])

    def _paint_gap_words(
        self, painter: QPainter, row: TimelineRow, scale: TimelineScale, top: int, height: int
    ) -> None:
        """The cause, where there is room, on a clear ground in the middle of the hatching."""
        painter.setFont(self._strong)
        letters = QFontMetrics(self._strong)
        for gap in gaps_with_words(row, scale):
            left = max(0.0, scale.x(gap.begins_s))
            right = min(scale.width_px, scale.x(gap.ends_s))
            words = letters.elidedText(gap_words(gap), _ELIDE, int(right - left) - 20)
            width = letters.horizontalAdvance(words)
            if len(words) < _FEWEST_LETTERS or width > right - left - 12:
                continue
            box = QRectF(left + 8, top + 1, width + 12, height - 2)
            painter.fillRect(box, self._colour("bg"))
            painter.setPen(self._colour("red" if gap.is_lost else "amber"))
            painter.drawText(box, _CENTRE, words)

    def _paint_locks(
        self, painter: QPainter, row: TimelineRow, scale: TimelineScale, y: int, height: int
    ) -> None:
        """Between two lines, white once the recorder has acknowledged it, with a padlock."""
        for lock in row.locks:
            left = max(-4, round(scale.x(lock.begins_s)))
            right = min(round(scale.width_px) + 4, round(scale.x(lock.ends_s)))
            if right < 0 or left > scale.width_px or right <= left:
                continue
            white = self._colour("primary_text" if lock.is_sure else "text_3")
            for edge in (y - 2, y + height):
                painter.fillRect(left, edge, right - left, 2, white)
            box = QRect(left, y - 2, min(height + 4, right - left), height + 4)
            painter.fillRect(box, white)
            side = min(box.width(), box.height()) - 4
            if side >= 6:
                where = QRectF(box.x() + 2, box.center().y() - side / 2 + 0.5, side, side)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_icon(painter, "lock", self._colour("bg"), where)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_marks(
        self, painter: QPainter, row: TimelineRow, scale: TimelineScale, y: int, height: int
    ) -> None:
        """White flags."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("primary_text"))
        for mark in row.marks:
            x = scale.x(mark.at_s)
            if -8 < x < scale.width_px + 8:
                foot, half = y + height, 4.0
                flag = ((x - half, y), (x + half, y), (x + half, foot), (x, foot - 4.0),
                        (x - half, foot))  # fmt: skip
                painter.drawPolygon(QPolygonF([QPointF(*point) for point in flag]))
