"""The rule of what footage may go, oldest first. Pure: knows no index, no disk and no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.video.archive.index_reading import HeldLock
from app.video.archive.segment import Segment

MOST_A_ROUND = 500
"""Segments marked in one transaction: whoever begins a segment meanwhile waits for it."""


class Why(StrEnum):
    """Which rule footage was deleted by."""

    AGE = "age"
    SIZE = "size"  # all recordings together are larger than the station allows
    SPACE = "space"  # the disk's free space fell under its reserve


@dataclass(frozen=True, slots=True)
class KeepRule:
    """What the station wants kept. Sizes in bytes; 0: no limit."""

    keep_days: int = 30
    days_of_camera: tuple[tuple[str, int], ...] = ()
    most_bytes: int = 0

    def days(self, camera_id: str) -> int:
        """How long a camera's footage is kept."""
        return dict(self.days_of_camera).get(camera_id, self.keep_days)

    def too_old_before(self, camera_id: str, now: datetime) -> datetime:
        """Footage of the camera that ended before this is too old."""
        return now - timedelta(days=self.days(camera_id))


def is_locked(segment: Segment, locks: Sequence[HeldLock]) -> bool:
    """Whether a lock covers any instant of a segment; its edges count as inside."""
    return any(
        segment.camera_id in lock.camera_ids
        and segment.begins <= lock.span.ends
        and lock.span.begins <= segment.ends
        for lock in locks
    )


def unlocked(oldest_first: Iterable[Segment], locks: Sequence[HeldLock]) -> Iterator[Segment]:
    """Those that no lock holds, in the same order; a growing one never."""
    return (each for each in oldest_first if not each.is_growing and not is_locked(each, locks))


def enough(oldest_first: Iterable[Segment], wanted_bytes: int) -> list[Segment]:
    """The first of these that together have so many bytes; at most `MOST_A_ROUND`."""
    chosen: list[Segment] = []
    freed = 0
    for segment in oldest_first:
        if freed >= wanted_bytes or len(chosen) == MOST_A_ROUND:
            break
        chosen.append(segment)
        freed += segment.size_bytes
    return chosen
