"""What of a timeline is to be seen: while it is the same, its still picture is not painted anew.

The index is read every two seconds, also while hours are looked at that it says nothing new of.
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from app.ui.review.recorded import Bars
from app.ui.review.timeline_paint import TimelineLook
from app.ui.review.timeline_row_paint import WORDS_PX
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
    table = row.gap_table
    told = (table.ends_s - table.begins_s) * scale.px_per_s > WORDS_PX
    told &= (table.ends_s > scale.begins_s) & (table.begins_s < scale.ends_s)
    words = tuple(row.gaps[int(number)] for number in np.flatnonzero(told))
    return row.camera_id, row.name, row.rank, bars, words, row.locks, row.marks


def _edges(bars: Bars, scale: TimelineScale) -> bytes:
    left, right = bars.pixels(scale)
    return left.tobytes() + b"/" + right.tobytes()
