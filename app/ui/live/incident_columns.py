"""How wide the columns of the open incidents are, and which give way first. Knows no table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

_MARK_PX = 36
_ROOMY_PX = 1000
_UNIT_IF_NARROW_PX = 116


class Column(IntEnum):
    """The columns, left to right."""

    MARK = 0
    NUMBER = 1
    REPORTED = 2
    ELAPSED = 3
    CATEGORY = 4
    PLACE = 5
    STATE = 6
    UNIT = 7
    DEADLINE = 8


@dataclass(frozen=True, slots=True)
class Needs:
    """What each column needs to be whole, and the deadline in its shorter words; in pixels."""

    whole: Mapping[Column, int]
    short_deadline: int


@dataclass(frozen=True, slots=True)
class _Stage:
    """How much has given way: the least of type and place, in pixels at 100 %, and what is away."""

    category: int
    place: int
    away: frozenset[Column]
    is_short: bool = True


_NO_REPORT = frozenset({Column.REPORTED})
_NO_UNIT = _NO_REPORT | {Column.UNIT}
_STAGES = (
    _Stage(90, 60, frozenset(), is_short=False),
    _Stage(90, 60, _NO_REPORT, is_short=False),
    _Stage(90, 60, _NO_REPORT),
    _Stage(76, 56, _NO_REPORT),
    _Stage(76, 56, _NO_UNIT),
    _Stage(50, 46, _NO_UNIT),
    _Stage(50, 46, _NO_UNIT | {Column.STATE}),
)


def fitted(room: int, scale: float, needs: Needs) -> dict[Column, int]:
    """The columns that are seen, each with its width; what is due next is whole at every stage.

    `room` is in pixels, `scale` the officer's text size. A narrow table drops how long ago it was:
    the time of the report stands beside it. Of several units the first tells enough there.
    """
    whole = {**needs.whole, Column.MARK: round(_MARK_PX * scale)}
    if room < _ROOMY_PX * scale:
        del whole[Column.ELAPSED]
        whole[Column.UNIT] = min(whole[Column.UNIT], round(_UNIT_IF_NARROW_PX * scale))
    for stage in _STAGES:
        widths = {column: px for column, px in whole.items() if column not in stage.away}
        if stage.is_short:
            widths[Column.DEADLINE] = needs.short_deadline
        left = room - sum(widths.values()) + widths[Column.CATEGORY] + widths[Column.PLACE]
        least, place = round(stage.category * scale), round(stage.place * scale)
        if left >= least + place:
            break
    widths[Column.CATEGORY] = min(widths[Column.CATEGORY], max(least, int(left * 0.5)))
    widths[Column.PLACE] = max(place, left - widths[Column.CATEGORY])
    return widths
