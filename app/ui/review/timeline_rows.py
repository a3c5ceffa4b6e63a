"""What a timeline shows, as values: rows of cameras with their locks and marks. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.cameras.bookmarks import Bookmark
from app.ui.review.recorded import NO_BARS, NOTHING_RECORDED, Bars, Recorded, RowGap, joined
from app.ui.review.timeline_scale import seconds
from app.video.archive.locks import FootageLock, LockState
from app.video.archive.segment import Span


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
        rows, tuple(incidents), joined(everywhere), joined(gone), is_read=bool(recorded)
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
