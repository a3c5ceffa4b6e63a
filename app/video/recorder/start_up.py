"""What a recorder does before it records: after it nothing on the disk is unknown, and the index
claims nothing that is not there (docs/recording.md, the three invariants).

What a crash can have left undone is done before the first frame; the days before are compared
beside the recording (`Stocktaking`), for years of video take a while.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from app.cameras.camera import StreamKind
from app.clock import Clock
from app.errors import KnownError
from app.log import Connection, Head, head_of, origin_of
from app.station import Disk
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange, Progress
from app.video.archive.index_reading import SEGMENTS, segment_of
from app.video.archive.index_tables import SegmentState, from_ms, known_stream_id
from app.video.archive.segment import GapCause, Segment
from app.video.recorder.entries import FootageMissing
from app.video.recorder.recording_folders import RecordingFolder
from app.video.recorder.salvage import Measured, measure
from app.video.recorder.stocktaking import Stocktaking, some_footage
from app.video.recorder.surroundings import RecorderSurroundings

NEWEST_DAYS = 2
"""How many of a folder's newest days are compared before recording begins."""

_JITTER_MS = 500
"""Between what was told of a growing segment and what is measured of it afterwards."""

_logger = logging.getLogger(__name__)


def open_index(
    index: RecordingIndex, disk: Disk, clock: Clock, known_head: Callable[[str], Head]
) -> bool:
    """Open the index; whether it begins a chain of its own anew.

    It does where there is none, where the file is damaged (then it is put aside), and where the
    station's log has taken in more of its chain than it holds (`known_head`): it was set back, and
    going on would fork the chain.
    """
    anew = not index.path.exists()
    try:
        index.open()
        if index.is_sound():
            return _left_behind(index, known_head) or anew
        index.close()
    except KnownError as error:
        _logger.warning("the index cannot be used: %s", error)
    _set_aside(index, disk, clock)
    index.open()
    return True


def _left_behind(index: RecordingIndex, known_head: Callable[[str], Head]) -> bool:
    with index.reading() as db:
        origin = origin_of(db)
        own = None if origin is None else head_of(db, origin)
    if own is None:
        return False
    known = known_head(own.origin)
    if known.n < own.n or (known.n, known.hash) == (own.n, own.hash):
        return False
    _logger.warning("the index is older than what the station's log knows of it")
    index.begin_chain_anew()
    return True


def _set_aside(index: RecordingIndex, disk: Disk, clock: Clock) -> None:
    """Keep a damaged index for whoever may read it, out of the way of a new one."""
    stamp = f"{clock.now():%Y%m%dT%H%M%SZ}"
    for suffix in ("-wal", "-shm", ""):
        path = index.path.with_name(index.path.name + suffix)
        if path.exists():
            disk.rename(path, path.with_name(f"{path.name}.damaged-{stamp}"))


class StartUp:
    """The steps, in order. Each leaves the invariants as they were or better."""

    def __init__(self, around: RecorderSurroundings) -> None:
        self._around = around
        self._index = around.index
        self._stock = Stocktaking(around)

    def know_folders(self) -> tuple[RecordingFolder, ...]:
        """Find the folders, and write down where they are."""
        with self._index.reading() as db:
            known = known_folders(db)
        there = self._around.folders.look(known)
        changed = [each for each in there if known.get(each.uid) != each.stored_path]
        if changed:
            self._index.change(lambda change: _know(change, changed))
        return there

    def finish_deleting(self) -> None:
        """Delete what was marked, and not yet deleted, when the recorder ended."""
        for segments in self._by_state(SegmentState.DELETING):
            self._around.disk.remove(*(each.path for each in segments))
            ids = [each.id for each in segments]
            self._index.change(lambda change, ids=ids: change.drop_deleted(ids))  # type: ignore[misc]

    def salvage_growing(self) -> None:
        """Measure what was growing, and close it. Only before anything is recorded."""
        for segments in self._by_state(SegmentState.GROWING):
            for segment in segments:
                self._salvage(segment)

    def compare_newest(self) -> None:
        """Take stock of the newest days: what a crash can have left behind lies there."""
        for folder in self._around.folders.there:
            for day in self._stock.days(folder)[-NEWEST_DAYS:]:
                self._stock.take(folder, day)

    def open_gaps(self, wanted: Iterable[tuple[str, StreamKind]], now: datetime) -> None:
        """Since the end of a stream's footage the recorder was not running: nobody's wish, unless
        the gap that stands open says so."""
        streams = tuple(wanted)
        self._index.change(lambda change: _open_gaps(change, streams, now))

    def was_long_ago(self, now: datetime) -> bool:
        """Whether the newest footage is more than a day away from now, either way: the recorder was
        off for so long, or the clock is wrong."""
        with self._index.reading() as db:
            newest_ms = db.execute("SELECT max(ends_ms) FROM spans").fetchone()[0]
        return newest_ms is not None and abs(now - from_ms(newest_ms)) > timedelta(days=1)

    def _by_state(self, state: SegmentState) -> Iterable[list[Segment]]:
        """The segments in a state, by folder; those of a folder that is away stay as they are."""
        there = {each.uid for each in self._around.folders.there}
        by_folder: dict[str, list[Segment]] = {uid: [] for uid in there}
        with self._index.reading() as db:
            rows = db.execute(f"{SEGMENTS} WHERE segments.state = ?", (state,)).fetchall()
        for row in rows:
            if row["folder_uid"] in there:
                segment = segment_of(row, self._index.recordings)
                by_folder[row["folder_uid"]].append(segment)
        return [segments for segments in by_folder.values() if segments]

    def _salvage(self, segment: Segment) -> None:
        try:
            left = measure(segment.path)
        except FileNotFoundError:
            self._index.change(lambda change: _drop_missing(change, segment))
            return
        if left is None:
            # First the row: a file without one is removed by the next start, not told as lost.
            self._index.change(lambda change: change.drop(segment.id))
            self._around.disk.remove(segment.path)
            return
        if left.size_bytes < segment.path.stat().st_size:
            self._around.disk.cut(segment.path, left.size_bytes)
        self._around.disk.sync(segment.path)
        kept = left
        self._index.change(lambda change: _close(change, segment, kept))


def known_folders(db: Connection) -> dict[str, str]:
    """Where each recording folder was last, by its id."""
    return {row["uid"]: row["path"] for row in db.execute("SELECT uid, path FROM folders")}


def _close(change: IndexChange, segment: Segment, left: Measured) -> None:
    """A segment that grew is whole. Less than was told of it already is somebody's doing."""
    change.finish(Progress(segment.id, left.duration_ms, left.size_bytes), None)
    if left.duration_ms + _JITTER_MS < segment.duration_ms:
        ends = segment.begins + timedelta(milliseconds=left.duration_ms)
        cut_off = replace(segment, begins=ends, duration_ms=segment.duration_ms - left.duration_ms)
        change.add_gap(
            segment.camera_id, segment.stream, ends, segment.ends, GapCause.DISK, "shorter"
        )
        change.facts.append(FootageMissing(some_footage(segment.camera_id, [cut_off]), "shorter"))


def _drop_missing(change: IndexChange, segment: Segment) -> None:
    change.drop(segment.id)
    change.add_gap(
        segment.camera_id, segment.stream, segment.begins, segment.ends, GapCause.DISK, "gone"
    )
    if segment.duration_ms:
        change.facts.append(FootageMissing(some_footage(segment.camera_id, [segment]), "gone"))


def _know(change: IndexChange, folders: Iterable[RecordingFolder]) -> None:
    for each in folders:
        change.know_folder(each.uid, each.stored_path)


def _open_gaps(
    change: IndexChange, streams: Iterable[tuple[str, StreamKind]], now: datetime
) -> None:
    for camera_id, kind in streams:
        row = known_stream_id(change.db, camera_id, kind)
        if row is None:
            continue
        waits = change.db.execute("SELECT 1 FROM gaps WHERE stream = ? AND ends_ms IS NULL", (row,))
        ends_ms = change.db.execute(
            "SELECT max(ends_ms) FROM (SELECT ends_ms FROM spans WHERE stream = ?1"
            " UNION ALL SELECT ends_ms FROM gaps WHERE stream = ?1)",
            (row,),
        ).fetchone()[0]
        is_over = ends_ms is not None and from_ms(ends_ms) < now - timedelta(seconds=1)
        if is_over and not waits.fetchone():
            change.open_gap(camera_id, kind, from_ms(ends_ms), GapCause.SOFTWARE, "not_running")
