"""What the index says was recorded, and what was not: bars and gaps of 31 days. Knows no Qt.

Read whole once a minute; in between only the last minutes are read again, and joined to the rest.
Thousands of gaps in a month become at most as many bars as there are pixels (`Bars.pixels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.ui.review.timeline_scale import TimelineScale, seconds
from app.video.archive.footage import Footage, MissingStretch
from app.video.archive.segment import GapCause

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
_NO_EDGES: Whole = np.empty(0, np.int64)
KEPT = timedelta(days=31)
_WHOLE_EVERY_S = 60.0
_AGAIN = timedelta(minutes=5)
"""What was read before is read again so far back: a gap may have ended, a segment been adopted."""


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

    def until(self, at_s: float) -> Bars:
        """What of them lies before an instant."""
        before = self.begins_s < at_s
        return Bars(self.begins_s[before], np.minimum(self.ends_s[before], at_s))

    def covered_s(self, begins_s: float, ends_s: float) -> float:
        """How many seconds of this stretch they cover; they must not overlap each other."""
        cut = np.clip(self.ends_s, begins_s, ends_s) - np.clip(self.begins_s, begins_s, ends_s)
        return float(cut.sum())


NO_BARS = Bars.of(())


class RowGap(NamedTuple):
    """A gap as it is drawn: until now, if it is not over."""

    begins_s: float
    ends_s: float
    cause: GapCause
    detail: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether it was the camera: red, not amber."""
        return self.cause is GapCause.CAMERA


def _times(gap: RowGap) -> tuple[float, float]:
    return gap.begins_s, gap.ends_s


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What the index says of one camera. `gap_table`: begin and end of each of `gaps`, in their
    order; `lost` and `missing`: the same apart, by whether it was the camera."""

    recorded: Bars
    gaps: tuple[RowGap, ...]
    gap_table: Bars
    lost: Bars
    missing: Bars

    @classmethod
    def of(cls, recorded: Bars, gaps: Iterable[RowGap]) -> Recorded:
        """From its gaps, in any order."""
        ordered = tuple(sorted(gaps, key=_times))
        rows = [(gap.begins_s, gap.ends_s, gap.is_lost) for gap in ordered]
        table = np.array(rows, dtype=np.float64).reshape(-1, 3)
        begins, ends, is_lost = table[:, 0].copy(), table[:, 1].copy(), table[:, 2] > 0
        return cls(
            recorded,
            ordered,
            Bars(begins, ends),
            Bars(begins[is_lost], ends[is_lost]),
            Bars(begins[~is_lost], ends[~is_lost]),
        )

    def continued(self, newer: Recorded, from_s: float) -> Recorded:
        """Itself up to `from_s`, and what was read of the time since."""
        is_old = self.gap_table.ends_s <= from_s
        kept = int(is_old.sum())  # gaps follow each other: the old ones stand first
        return Recorded(
            joined([self.recorded.until(from_s), newer.recorded]),
            (*self.gaps[:kept], *newer.gaps),
            _after(self.gap_table, is_old, newer.gap_table),
            _after(self.lost, self.lost.ends_s <= from_s, newer.lost),
            _after(self.missing, self.missing.ends_s <= from_s, newer.missing),
        )


NOTHING_RECORDED = Recorded.of(NO_BARS, ())


def _after(old: Bars, is_kept: NDArray[np.bool_], newer: Bars) -> Bars:
    return Bars(
        np.concatenate((old.begins_s[is_kept], newer.begins_s)),
        np.concatenate((old.ends_s[is_kept], newer.ends_s)),
    )


class RecordedReader:
    """Reads the last 31 days of some cameras. Used by one thread at a time."""

    def __init__(self, footage: Footage) -> None:
        self._footage = footage
        self._known: dict[str, Recorded] = {}
        self._read_at: datetime | None = None
        self._whole_at: datetime | None = None

    def read(self, camera_ids: Sequence[str], now: datetime) -> dict[str, Recorded]:
        """As it is now. Raises KnownError if the index cannot be read."""
        if self._may_continue(camera_ids, now) and self._read_at is not None:
            since = self._read_at - _AGAIN
            newer = read_recorded(self._footage, camera_ids, since, now)
            known = {
                camera_id: self._known[camera_id].continued(newer[camera_id], seconds(since))
                for camera_id in camera_ids
            }
        else:
            known = read_recorded(self._footage, camera_ids, now - KEPT, now)
            self._whole_at = now
        self._known, self._read_at = known, now
        return known

    def _may_continue(self, camera_ids: Sequence[str], now: datetime) -> bool:
        """Not for a camera that was not asked about, and not when the clock was set back."""
        if self._read_at is None or self._whole_at is None or now < self._read_at:
            return False
        is_fresh = (now - self._whole_at).total_seconds() < _WHOLE_EVERY_S
        return is_fresh and self._known.keys() >= set(camera_ids)


def read_recorded(
    footage: Footage, camera_ids: Sequence[str], begins: datetime, ends: datetime
) -> dict[str, Recorded]:
    """Ask the index; in a thread of the background. Raises KnownError if it cannot be read."""
    answers = {}
    for camera_id in camera_ids:
        told = footage.stretches(camera_id, begins, ends)
        bars = Bars.of((from_ms / 1000, until_ms / 1000) for from_ms, until_ms in told.recorded)
        answers[camera_id] = Recorded.of(bars, [_row_gap(one, ends) for one in told.missing])
    return answers


def _row_gap(gap: MissingStretch, now: datetime) -> RowGap:
    ends_s = seconds(now) if gap.ends_ms is None else gap.ends_ms / 1000
    return RowGap(gap.begins_ms / 1000, ends_s, gap.cause, gap.detail)


def joined(many: Sequence[Bars]) -> Bars:
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
