"""Where the parts of the timeline stand: overview, ruler, incidents, rows. Pixels, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Part(Enum):
    """What lies under a pixel."""

    OVERVIEW = "overview"
    RULER = "ruler"
    INCIDENTS = "incidents"
    ROWS = "rows"
    NAMES = "names"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """Heights from the top: the 31 days, the ruler, the incidents, then a row for each camera.

    `names_px`: how wide the column of names is; times begin at its right edge.
    """

    width_px: int
    height_px: int
    names_px: int
    overview_px: int
    ruler_px: int
    incidents_px: int
    row_px: int
    row_count: int
    first_row: int = 0
    """The row that stands at the top, where not all have room."""

    @property
    def ruler_top(self) -> int:
        return self.overview_px

    @property
    def incidents_top(self) -> int:
        return self.overview_px + self.ruler_px

    @property
    def rows_top(self) -> int:
        return self.incidents_top + self.incidents_px

    @property
    def times_px(self) -> int:
        """How wide the part with times is."""
        return max(1, self.width_px - self.names_px)

    @property
    def rows_shown(self) -> int:
        """How many rows have room, whole."""
        return max(0, (self.height_px - self.rows_top) // self.row_px)

    @property
    def last_first_row(self) -> int:
        """How far the rows can be turned."""
        return max(0, self.row_count - self.rows_shown)

    def visible_rows(self) -> range:
        """The rows that are to be seen."""
        first = min(self.first_row, self.last_first_row)
        return range(first, min(self.row_count, first + self.rows_shown))

    def row_top(self, row: int) -> int:
        """The upper edge of a row."""
        return self.rows_top + (row - min(self.first_row, self.last_first_row)) * self.row_px

    def row_at(self, y: float) -> int | None:
        """The row at this height; None above, below and between nothing."""
        if y < self.rows_top:
            return None
        row = int((y - self.rows_top) // self.row_px) + min(self.first_row, self.last_first_row)
        return row if row in self.visible_rows() else None

    def part_at(self, x: float, y: float) -> Part:
        """What lies there."""
        if not (0 <= x < self.width_px and 0 <= y < self.height_px):
            return Part.NOTHING
        if y < self.ruler_top:
            return Part.OVERVIEW if x >= self.names_px else Part.NOTHING
        if x < self.names_px:
            return Part.NAMES if self.row_at(y) is not None else Part.NOTHING
        if y < self.incidents_top:
            return Part.RULER
        if y < self.rows_top:
            return Part.INCIDENTS
        return Part.ROWS
