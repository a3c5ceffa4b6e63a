"""Paints the timeline: overview, ruler, incidents, a row for each camera. Knows no mouse, no log.

What stands still is painted at once into one picture; playhead and pointer go over it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from app.thai.translation import language, tr
from app.ui.review.timeline_layout import TimelineLayout
from app.ui.review.timeline_row_paint import RowPainter, fill_bars
from app.ui.review.timeline_rows import IncidentFlag, Timeline
from app.ui.review.timeline_scale import LONGEST_S, TimelineScale
from app.ui.review.timeline_ticks import ticks
from app.ui.review.timeline_words import RulerWords
from app.ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignCenter
_ELIDE = Qt.TextElideMode.ElideRight
_TICK_PX = 92
_APART_PX = 6.0
_NUMBER_PX = 16.0  # no number is narrower


@dataclass(frozen=True, slots=True)
class TimelineLook:
    """Everything the still picture is made of."""

    layout: TimelineLayout
    scale: TimelineScale
    timeline: Timeline
    now_s: float
    a_s: float | None = None
    b_s: float | None = None
    selected: str = ""
    span_words: str = field(default="")

    def overview(self) -> TimelineScale:
        """The strip of 31 days that end now, to the pixel: it moves as a whole, twice an hour."""
        px_s = LONGEST_S / self.layout.times_px
        ends_s = math.ceil(self.now_s / px_s) * px_s
        return TimelineScale(ends_s - LONGEST_S, LONGEST_S, self.layout.times_px)


class TimelinePainter:
    """Paints in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.words = RulerWords(theme)
        """Those of the look painted last; they go over its picture."""
        self._hint = theme.font("hint")
        self._strong = theme.font("hint", 600)
        self._tick = theme.font("kbd")
        self._recorded = theme.colour("recorded")
        self._rows = RowPainter(theme)
        self._mark: QPixmap | None = None
        self._mark_of = (0.0, 0.0)

    def paint(self, painter: QPainter, look: TimelineLook) -> None:
        """All that stands still."""
        layout = look.layout
        painter.fillRect(0, 0, layout.width_px, layout.height_px, self._colour("bg"))
        names = QRect(0, 0, layout.names_px, layout.height_px)
        painter.fillRect(names, self._colour("panel"))
        self._paint_overview(painter, look)
        painter.save()
        painter.setClipRect(layout.names_px, layout.ruler_top, layout.times_px, layout.height_px)
        painter.translate(layout.names_px, 0)
        self._paint_ruler(painter, look)
        for row in layout.visible_rows():
            self._rows.paint(painter, look.layout, look.scale, look.timeline.rows[row], row)
        self._paint_incidents(painter, look)
        self._paint_now(painter, look)
        self._paint_band(painter, look)
        painter.restore()
        self._paint_names(painter, look)

    def _colour(self, token: str) -> QColor:
        return self._theme.colour(token)

    # The 31 days

    def _paint_overview(self, painter: QPainter, look: TimelineLook) -> None:
        layout, days = look.layout, look.overview()
        painter.fillRect(0, 0, layout.width_px, layout.overview_px, self._colour("panel"))
        painter.save()
        painter.translate(layout.names_px, 0)
        painter.setFont(self._tick)
        painter.setPen(self._colour("text_3"))
        height = layout.overview_px
        for tick in ticks(days, _TICK_PX, language()):
            left = round(days.x(tick.at_s)) + 3
            if left + painter.fontMetrics().horizontalAdvance(tick.text) <= layout.times_px:
                painter.drawText(QRect(left, 0, _TICK_PX, height - 6), _LEFT, tick.text)
        bar_y, bar = height - 7, 5
        fill_bars(painter, look.timeline.all_recorded, days, bar_y, bar, self._recorded)
        fill_bars(painter, look.timeline.all_lost, days, bar_y, bar, self._colour("red_tint_line"))
        width = max(6, round(look.scale.span_s * days.px_per_s))
        left = min(round(days.x(look.scale.begins_s)), layout.times_px - width - 1)
        painter.setPen(QPen(self._colour("blue"), 1))
        painter.setBrush(self._colour("band"))
        painter.drawRect(QRect(left, 1, width, height - 2))
        painter.restore()
        painter.fillRect(0, height - 1, layout.width_px, 1, self._colour("line"))

    # The ruler

    def _paint_ruler(self, painter: QPainter, look: TimelineLook) -> None:
        layout, scale = look.layout, look.scale
        top, height = layout.ruler_top, layout.ruler_px
        painter.fillRect(0, top, layout.times_px, height, self._colour("panel"))
        lines, marks = self._colour("line_row"), self._colour("line_control")
        placed = [(round(scale.x(each.at_s)), each) for each in ticks(scale, _TICK_PX, language())]
        for x, _ in placed:
            painter.fillRect(x, layout.rows_top, 1, layout.height_px, lines)
            painter.fillRect(x, top + height - 6, 1, 6, marks)
        painter.fillRect(0, top + height - 1, layout.times_px, 1, self._colour("line"))
        begins = layout.names_px
        until = min(layout.times_px, round(scale.x(look.now_s)))  # what is to come is dark
        flags = [self._flag(*end, layout).translated(begins, 0) for end in _span_ends(look)]
        shifted = [(begins + x, tick) for x, tick in placed]
        self.words.place(shifted, QRect(begins, top, until, height), flags)

    def _flag(self, name: str, x: int, layout: TimelineLayout) -> QRect:
        """A stands before its line, B behind it: between them lies what is wanted."""
        side = self._theme.px(18)
        left = x - side if name == "A" else x
        return QRect(left, layout.ruler_top + 2, side, layout.ruler_px - 4)

    def _paint_incidents(self, painter: QPainter, look: TimelineLook) -> None:
        """A diamond and its number; the words as far as the next one lets them. Of many that stand
        on one spot the first is drawn."""
        layout, scale = look.layout, look.scale
        top, height = layout.incidents_top, layout.incidents_px
        painter.setFont(self._hint)
        letters = QFontMetrics(self._hint)
        side = height * 0.28
        flags = _apart([flag for flag in look.timeline.incidents if scale.shows(flag.at_s)], scale)
        ends = [*(x for x, _ in flags), float(layout.times_px)][1:]
        self._diamonds(painter, [x for x, _ in flags], top + height / 2, side)
        painter.setPen(self._colour("text_2"))
        for (x, flag), until in zip(flags, ends, strict=True):
            room = until - x - side - 16
            if room < _NUMBER_PX:
                continue
            words = flag.number.split("/")[0]
            whole = f"{words} {flag.category}"
            if letters.horizontalAdvance(whole) < room:
                words = whole
            if letters.horizontalAdvance(words) < room:
                where = QRectF(x + side + 5, top, room + 8, height)
                painter.drawText(where, _LEFT, words)
        painter.fillRect(0, top + height - 1, layout.times_px, 1, self._colour("line_row"))

    def _diamonds(self, painter: QPainter, xs: list[float], y: float, side: float) -> None:
        mark = self._diamond(side, painter.device().devicePixelRatioF())
        half = mark.deviceIndependentSize().width() / 2
        for x in xs:
            painter.drawPixmap(QPointF(round(x) - half, round(y) - half), mark)

    def _diamond(self, side: float, ratio: float) -> QPixmap:
        """Drawn once: there may be hundreds."""
        if self._mark is None or self._mark_of != (side, ratio):
            room = 2 * math.ceil(side + 1)
            mark = QPixmap(round(room * ratio), round(room * ratio))
            mark.setDevicePixelRatio(ratio)
            mark.fill(Qt.GlobalColor.transparent)
            painter = QPainter(mark)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._colour("text_2"), 1.4))
            painter.setBrush(self._colour("bg"))
            middle = room / 2
            around = ((0.0, -side), (side, 0.0), (0.0, side), (-side, 0.0))
            painter.drawPolygon(QPolygonF([QPointF(middle + x, middle + y) for x, y in around]))
            painter.end()
            self._mark, self._mark_of = mark, (side, ratio)
        return self._mark

    # Over the rows

    def _paint_band(self, painter: QPainter, look: TimelineLook) -> None:
        layout, scale = look.layout, look.scale
        top, blue = layout.ruler_top, self._colour("blue")
        if look.a_s is not None and look.b_s is not None:
            left, right = (max(-4.0, min(scale.width_px + 4, scale.x(at)))
                           for at in (look.a_s, look.b_s))  # fmt: skip
            area = QRectF(left, top, right - left, layout.height_px - top)
            painter.fillRect(area, self._colour("band"))
        painter.setFont(self._strong)
        for name, x in _span_ends(look):
            painter.fillRect(x - 1, top, 2, layout.height_px - top, blue)
            flag = self._flag(name, x, layout)
            painter.fillRect(flag, self._colour("primary"))
            painter.setPen(self._colour("primary_text"))
            painter.drawText(flag, _CENTRE, name)

    def _paint_now(self, painter: QPainter, look: TimelineLook) -> None:
        """What has not happened yet is dark; its edge is called now."""
        x = round(look.scale.x(look.now_s))
        layout = look.layout
        if x < layout.times_px:
            top = layout.ruler_top
            width = layout.times_px - max(0, x)
            painter.fillRect(max(0, x), top, width, layout.height_px, self._colour("picture"))
            painter.fillRect(x, top, 1, layout.height_px, self._colour("text_3"))
            painter.setFont(self._hint)
            room, words = QRect(x + 5, top, width - 5, layout.ruler_px), tr("now")
            if x >= 0 and painter.fontMetrics().horizontalAdvance(words) <= room.width():
                painter.setPen(self._colour("text_3"))
                painter.drawText(room, _LEFT, words)

    # The names

    def _paint_names(self, painter: QPainter, look: TimelineLook) -> None:
        layout = look.layout
        pad = 10
        painter.setFont(self._hint)
        painter.setPen(self._colour("text_3"))
        head = QRect(pad, 0, layout.names_px - 2 * pad, layout.overview_px)
        painter.drawText(head, _LEFT, tr("31 days"))
        lane = QRect(pad, layout.incidents_top, layout.names_px - 2 * pad, layout.incidents_px)
        painter.drawText(lane, _LEFT, tr("Incidents here"))
        painter.setFont(self._strong)
        painter.setPen(self._colour("text"))
        ruler = QRect(pad, layout.ruler_top, layout.names_px - 2 * pad, layout.ruler_px)
        painter.drawText(ruler, _LEFT, look.span_words)
        for number in layout.visible_rows():
            self._paint_name(painter, look, number)
        painter.fillRect(layout.names_px - 1, 0, 1, layout.height_px, self._colour("line"))
        left = layout.row_count - layout.rows_shown
        if left > 0:
            self._paint_more(painter, layout)

    def _paint_name(self, painter: QPainter, look: TimelineLook, number: int) -> None:
        layout, row = look.layout, look.timeline.rows[number]
        box = QRect(0, layout.row_top(number), layout.names_px - 1, layout.row_px)
        if row.rank:
            painter.fillRect(box.adjusted(0, 0, 0, -1), self._colour("selected"))
            self._paint_rank(painter, row.rank, box)
        if row.camera_id == look.selected:
            painter.fillRect(box.left(), box.top(), 3, box.height() - 1, self._colour("blue"))
        x = self._theme.px(34)
        painter.setFont(self._strong)
        painter.setPen(self._colour("text"))
        painter.drawText(box.adjusted(x, 0, 0, 0), _LEFT, row.camera_id)
        x += QFontMetrics(self._strong).horizontalAdvance(row.camera_id) + 6
        room = box.width() - x - 4
        name = QFontMetrics(self._hint).elidedText(row.name, _ELIDE, room)
        painter.setFont(self._hint)
        painter.setPen(self._colour("text" if row.rank else "text_2"))
        painter.drawText(QRect(x, box.top(), room, box.height()), _LEFT, name)

    def _paint_rank(self, painter: QPainter, rank: int, box: QRect) -> None:
        side = min(self._theme.px(18), box.height() - 3)
        disc = QRectF(self._theme.px(10), box.center().y() + 0.5 - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour("primary_text"), 1.3))
        painter.setBrush(self._colour("primary"))
        painter.drawEllipse(disc)
        painter.setFont(self._digit_font(side))
        painter.setPen(self._colour("primary_text"))
        painter.drawText(disc, _CENTRE, str(rank))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _digit_font(self, side: float) -> QFont:
        font = QFont(self._strong)
        font.setPixelSize(max(8, round(side * 0.66)))
        return font

    def _paint_more(self, painter: QPainter, layout: TimelineLayout) -> None:
        """A thin bar at the right edge of the names: which of the rows are to be seen."""
        shown = layout.rows_shown * layout.row_px
        first = min(layout.first_row, layout.last_first_row)
        share = layout.rows_shown / layout.row_count
        top = layout.rows_top + round(shown * first / layout.row_count)
        colour = self._colour("line_control")
        painter.fillRect(layout.names_px - 5, top, 3, max(8, round(shown * share)), colour)


def _span_ends(look: TimelineLook) -> list[tuple[str, int]]:
    """A and B, where they are set, each with its x."""
    ends = (("A", look.a_s), ("B", look.b_s))
    return [(name, round(look.scale.x(at_s))) for name, at_s in ends if at_s is not None]


def _apart(flags: Sequence[IncidentFlag], scale: TimelineScale) -> list[tuple[float, IncidentFlag]]:
    """Those that can be told from each other, with where they stand."""
    kept: list[tuple[float, IncidentFlag]] = []
    for flag in flags:
        x = scale.x(flag.at_s)
        if not kept or abs(x - kept[-1][0]) >= _APART_PX:
            kept.append((x, flag))
    return kept
