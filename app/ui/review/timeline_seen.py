"""What of a timeline is to be seen: while it is the same, its still picture is not painted anew.

The index is read every two seconds, also while hours are looked at that it says nothing new of.
"""

from __future__ import annotations

from collections.abc import Hashable

from app.ui.review.recorded import Bars
from app.ui.review.timeline_paint import TimelineLook
from app.ui.review.timeline_row_paint import gaps_with_words
from app.ui.review.timeline_rows import TimelineRow
from app.ui.review.timeline_scale import TimelineScale


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
