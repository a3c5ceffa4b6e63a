"""Deletes what the rule lets go: marked in the index, then off the disk, then out of the index.

Which locks hold is read inside the very transaction that marks: a lock that was acknowledged before
it protects, one that comes after finds what is marked already gone, and says so.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from app.errors import KnownError
from app.log import Connection
from app.video.archive.index_change import IndexChange
from app.video.archive.index_reading import SEGMENTS, HeldLock, held_locks, segment_of
from app.video.archive.index_tables import SegmentState, to_ms
from app.video.archive.segment import Segment
from app.video.recorder.entries import FootageDeleted
from app.video.recorder.recording_folders import RecordingFolder
from app.video.recorder.retention import MOST_A_ROUND, KeepRule, Why, enough, unlocked
from app.video.recorder.stocktaking import some_footage
from app.video.recorder.surroundings import RecorderSurroundings

MARGIN_S = 3600.0
"""A round for size or space frees an hour's recording more than it must: entries are for ever, so
deleting is told in hours, not in minutes."""

Choose = Callable[[Connection, Sequence[HeldLock]], list[Segment]]

_logger = logging.getLogger(__name__)


class RetentionRounds:
    """One thread's. Each method returns how many segments it deleted."""

    def __init__(self, around: RecorderSurroundings) -> None:
        self._around = around
        self._index = around.index
        self._recordings = around.index.recordings

    def by_age(self, rule: KeepRule, now: datetime) -> int:
        """Delete what is older than its camera's days, and forget gaps as old."""
        deleted = 0
        while True:
            done = self._round(lambda db, locks: self._too_old(db, locks, rule, now), Why.AGE)
            deleted += done
            if done < MOST_A_ROUND:
                break
        self._index.change(lambda change: _forget_gaps(change, rule, now))
        return deleted

    def by_size(self, rule: KeepRule, bytes_per_s: float) -> int:
        """Delete the oldest until all recordings are as small as the station wants them."""
        if not rule.most_bytes:
            return 0
        margin = min(bytes_per_s * MARGIN_S, rule.most_bytes / 20)
        deleted = 0
        while (over := self._all_bytes() - rule.most_bytes) > 0:
            done = self._oldest_round(int(over + margin))
            deleted += done
            if not done:
                break
        return deleted

    def _oldest_round(self, wanted_bytes: int) -> int:
        return self._round(lambda db, locks: self._oldest(db, locks, wanted_bytes), Why.SIZE)

    def by_space(self, folder: RecordingFolder, wanted_bytes: int, bytes_per_s: float) -> int:
        """Delete the oldest in one folder until its disk has so much more room; 0: nothing is left
        that may go."""
        wanted = int(wanted_bytes + bytes_per_s * MARGIN_S)
        return self._round(lambda db, locks: self._oldest(db, locks, wanted, folder), Why.SPACE)

    def _all_bytes(self) -> int:
        with self._index.reading() as db:
            total: int = db.execute("SELECT coalesce(sum(size_bytes), 0) FROM streams").fetchone()[
                0
            ]
        return total

    def _round(self, choose: Choose, why: Why) -> int:
        """Mark, unlink, forget. A file that cannot be unlinked stays marked for the next start."""
        chosen: list[Segment] = []
        self._index.change(lambda change: chosen.extend(_mark(change, choose, why)))
        if not chosen:
            return 0
        gone = self._unlink(chosen)
        self._index.change(lambda change: change.drop_deleted(gone))
        _logger.info("%d segments deleted: %s", len(gone), why.value)
        return len(gone)

    def _unlink(self, segments: Sequence[Segment]) -> list[int]:
        folders: dict[Path, list[Segment]] = {}
        for each in segments:
            folders.setdefault(each.path.parent, []).append(each)
        gone: list[int] = []
        for folder, here in folders.items():
            try:
                self._around.disk.remove(*(each.path for each in here))
            except KnownError as error:
                _logger.warning("footage could not be deleted: %s", error)
                continue
            gone += [each.id for each in here]
            self._tidy(folder)
        return gone

    def _tidy(self, folder: Path) -> None:
        """Take away the folders of a stream, camera and day in which nothing is left."""
        day = folder.parent.parent
        for each in (folder, folder.parent, day):
            if not self._around.disk.remove_folder(each):
                break

    def _too_old(
        self, db: Connection, locks: Sequence[HeldLock], rule: KeepRule, now: datetime
    ) -> list[Segment]:
        chosen: list[Segment] = []
        for stream, camera_id in db.execute("SELECT id, camera FROM streams").fetchall():
            before_ms = to_ms(rule.too_old_before(camera_id, now))
            left = MOST_A_ROUND - len(chosen)
            condition = "begins_ms + duration_ms < ? AND begins_ms < ?"
            old = self._of_stream(db, stream, condition, (before_ms, before_ms))
            for segment in unlocked(old, locks):
                if left == 0:
                    return chosen
                chosen.append(segment)
                left -= 1
        return chosen

    def _oldest(
        self,
        db: Connection,
        locks: Sequence[HeldLock],
        wanted_bytes: int,
        folder: RecordingFolder | None = None,
    ) -> list[Segment]:
        where, values = ("1", ()) if folder is None else ("folders.uid = ?", (folder.uid,))
        streams = [
            self._of_stream(db, row[0], where, values)
            for row in db.execute("SELECT id FROM streams").fetchall()
        ]
        merged = heapq.merge(*streams, key=lambda each: (each.begins, each.id))
        return enough(unlocked(merged, locks), wanted_bytes)

    def _of_stream(
        self, db: Connection, stream: int, condition: str, values: tuple[object, ...]
    ) -> Iterator[Segment]:
        rows = db.execute(
            f"{SEGMENTS} WHERE segments.stream = ? AND segments.state = {SegmentState.WHOLE:d}"
            f" AND {condition} ORDER BY begins_ms",
            (stream, *values),
        )
        there = {each.uid for each in self._around.folders.there}  # what is away stays
        return (segment_of(row, self._recordings) for row in rows if row["folder_uid"] in there)


def _mark(change: IndexChange, choose: Choose, why: Why) -> list[Segment]:
    chosen = choose(change.db, held_locks(change.db))
    change.mark_deleting([each.id for each in chosen])
    by_camera: dict[str, list[Segment]] = {}
    for each in chosen:
        by_camera.setdefault(each.camera_id, []).append(each)
    change.facts += [
        FootageDeleted(some_footage(camera_id, segments), why.value)
        for camera_id, segments in by_camera.items()
    ]
    return chosen


def _forget_gaps(change: IndexChange, rule: KeepRule, now: datetime) -> None:
    """A gap so old that footage of its time would be gone says nothing any more."""
    for stream, camera_id in change.db.execute("SELECT id, camera FROM streams").fetchall():
        before_ms = to_ms(rule.too_old_before(camera_id, now) - timedelta(days=1))
        change.db.execute("DELETE FROM gaps WHERE stream = ? AND ends_ms < ?", (stream, before_ms))
