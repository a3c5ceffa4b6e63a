"""What a timeline shows, as values: per camera what is recorded, gaps, locks, marks. Knows no Qt.

Thousands of gaps in a month become at most as many bars as there are pixels (`Bars.pixels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.cameras.bookmarks import Bookmark
from app.ui.review.timeline_scale import TimelineScale, seconds
from app.video.archive.footage import Footage
from app.video.archive.locks import FootageLock, LockState
from app.video.archive.segment import Gap, GapCause, Span

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
_NO_EDGES: Whole = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Stretches of time in order: `begins_s` and `ends_s`, seconds since 1970, of one length."""

    begins_s: Numbers
    ends_s: Numbers

    @classmethod
    def of(cls, spans: Iterable[tuple[float, float]]) -> Bars:
        """From pairs, sorted here."""
        table = np.array(sorted(spans), dtype=np.float64).reshape(-1, 2)
        return cls(table[:, 0].copy(), table[:, 1].copy())

    def __len__(self) -> int:
        return len(self.begins_s)

    def pixels(self, scale: TimelineScale) -> tuple[Whole, Whole]:
        """Left edges and (exclusive) right edges of what is to be seen, in pixels: each bar at
        least a pixel wide, none touching the next."""
        seen = (self.ends_s > scale.begins_s) & (self.begins_s < scale.ends_s)
        if not seen.any():
            return _NO_EDGES, _NO_EDGES
        left = np.floor((self.begins_s[seen] - scale.begins_s) * scale.px_per_s)
        right = np.ceil((self.ends_s[seen] - scale.begins_s) * scale.px_per_s)
        left = np.clip(left, 0, scale.width_px - 1)
        right = np.clip(np.maximum(right, left + 1), 1, scale.width_px)
        reach = np.maximum.accumulate(right)
        opens = np.concatenate(([True], left[1:] > reach[:-1]))
        closes = np.concatenate((opens[1:], [True]))
        return left[opens].astype(np.int64), reach[closes].astype(np.int64)

    def covered_s(self, begins_s: float, ends_s: float) -> float:
        """How many seconds of this stretch they cover; they must not overlap each other."""
        cut = np.clip(self.ends_s, begins_s, ends_s) - np.clip(self.begins_s, begins_s, ends_s)
        return float(cut.sum())


NO_BARS = Bars.of(())


@dataclass(frozen=True, slots=True)
class RowGap:
    """A gap as it is drawn: until now, if it is not over."""

    begins_s: float
    ends_s: float
    cause: GapCause
    detail: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether it was the camera: red, not amber."""
        return self.cause is GapCause.CAMERA


@dataclass(frozen=True, slots=True)
class RowLock:
    """A lock as it is drawn on one camera's row."""

    lock_id: str
    begins_s: float
    ends_s: float
    is_sure: bool
    """Whether the recorder has acknowledged it."""


@dataclass(frozen=True, slots=True)
class RowMark:
    """A bookmark's flag."""

    mark_id: str
    at_s: float
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class TimelineRow:
    """One camera's footage. `rank` is its number on tiles and map, 0 if it is on no tile."""

    camera_id: str
    name: str
    rank: int = 0
    recorded: Bars = NO_BARS
    gaps: tuple[RowGap, ...] = ()
    gap_table: Bars = NO_BARS
    """Begin and end of each of `gaps`, in the same order."""
    lost: Bars = NO_BARS
    missing: Bars = NO_BARS
    locks: tuple[RowLock, ...] = ()
    marks: tuple[RowMark, ...] = ()

    def gap_at(self, at_s: float) -> RowGap | None:
        """The gap at an instant."""
        return next((gap for gap in self.gaps if gap.begins_s <= at_s < gap.ends_s), None)

    def missing_s(self, span: Span) -> float:
        """How many seconds of a span were not recorded."""
        begins_s, ends_s = seconds(span.begins), seconds(span.ends)
        return max(0.0, ends_s - begins_s - self.recorded.covered_s(begins_s, ends_s))


@dataclass(frozen=True, slots=True)
class IncidentFlag:
    """An incident on the line above the rows."""

    incident_id: str
    at_s: float
    number: str
    category: str


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Everything that is drawn, but the playhead and A–B."""

    rows: tuple[TimelineRow, ...] = ()
    incidents: tuple[IncidentFlag, ...] = ()
    all_recorded: Bars = NO_BARS
    """Where any of the cameras has footage: the strip of 31 days."""
    all_lost: Bars = NO_BARS
    is_read: bool = field(default=False)
    """Whether the index was asked already: before that nothing is known."""

    def row_of(self, camera_id: str) -> TimelineRow | None:
        return next((row for row in self.rows if row.camera_id == camera_id), None)


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What the index says of one camera in a long span. Its bars are made where it is read."""

    recorded: Bars
    gaps: tuple[RowGap, ...]
    gap_table: Bars = field(init=False)
    lost: Bars = field(init=False)
    missing: Bars = field(init=False)

    def __post_init__(self) -> None:
        for name, gaps in (
            ("gap_table", self.gaps),
            ("lost", [gap for gap in self.gaps if gap.is_lost]),
            ("missing", [gap for gap in self.gaps if not gap.is_lost]),
        ):
            bars = Bars.of((gap.begins_s, gap.ends_s) for gap in gaps)
            object.__setattr__(self, name, bars)


NOTHING_RECORDED = Recorded(NO_BARS, ())


def read_recorded(
    footage: Footage, camera_ids: Sequence[str], begins: datetime, ends: datetime
) -> dict[str, Recorded]:
    """Ask the index; in a thread of the background. Raises KnownError if it cannot be read."""
    answers = {}
    for camera_id in camera_ids:
        spans = footage.recorded(camera_id, begins, ends)
        gaps = footage.gaps(camera_id, begins, ends)
        answers[camera_id] = Recorded(
            Bars.of((seconds(one.begins), seconds(one.ends)) for one in spans),
            tuple(sorted((_row_gap(gap, ends) for gap in gaps), key=_times)),
        )
    return answers


def _row_gap(gap: Gap, now: datetime) -> RowGap:
    ends = now if gap.ends is None else gap.ends
    return RowGap(seconds(gap.begins), seconds(ends), gap.cause, gap.detail)


def _times(gap: RowGap) -> tuple[float, float]:
    return gap.begins_s, gap.ends_s


def timeline_of(
    cameras: Sequence[tuple[str, str, int]],
    recorded: Mapping[str, Recorded],
    locks: Sequence[FootageLock],
    marks: Sequence[Bookmark],
    incidents: Sequence[IncidentFlag],
) -> Timeline:
    """Put it together: `cameras` are (id, name, rank) from the top row down."""
    rows = tuple(_row(*one, recorded.get(one[0]), locks, marks) for one in cameras)
    everywhere = [row.recorded for row in rows]
    gone = [row.lost for row in rows]
    return Timeline(
        rows, tuple(incidents), _together(everywhere), _together(gone), is_read=bool(recorded)
    )


def _row(
    camera_id: str,
    name: str,
    rank: int,
    found: Recorded | None,
    locks: Sequence[FootageLock],
    marks: Sequence[Bookmark],
) -> TimelineRow:
    found = found or NOTHING_RECORDED
    return TimelineRow(
        camera_id,
        name,
        rank,
        found.recorded,
        found.gaps,
        found.gap_table,
        found.lost,
        found.missing,
        tuple(_row_lock(lock, camera_id) for lock in locks if camera_id in lock.camera_ids),
        tuple(
            RowMark(mark.id, seconds(mark.at), mark.note)
            for mark in marks
            if mark.camera_id == camera_id
        ),
    )


def _row_lock(lock: FootageLock, camera_id: str) -> RowLock:
    """As wide as what was really locked, once that is known."""
    known = next((one for one in lock.locked if one.camera_id == camera_id), None)
    span = lock.span if known is None else Span(known.begins, known.ends)
    is_sure = lock.state is not LockState.REQUESTED
    return RowLock(lock.id, seconds(span.begins), seconds(span.ends), is_sure)


def _together(many: Sequence[Bars]) -> Bars:
    """All stretches of all, merged where they touch."""
    begins = np.concatenate([bars.begins_s for bars in many]) if many else np.empty(0)
    ends = np.concatenate([bars.ends_s for bars in many]) if many else np.empty(0)
    if not len(begins):
        return NO_BARS
    order = np.argsort(begins, kind="stable")
    begins, ends = begins[order], ends[order]
    reach = np.maximum.accumulate(ends)
    opens = np.concatenate(([True], begins[1:] > reach[:-1]))
    closes = np.concatenate((opens[1:], [True]))
    return Bars(begins[opens], reach[closes])
