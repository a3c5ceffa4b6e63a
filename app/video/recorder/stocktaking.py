"""Compares the index with what lies on the disks, a day of a folder at a time, and mends the index.

What is on the disk and unknown is adopted if it plays; what the index knows and is not there as it
was becomes a gap with the cause *disk*, and an entry. Runs beside the recording.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.cameras.camera import StreamKind
from app.errors import KnownError
from app.video.archive.index_change import IndexChange, NewSegment, Progress
from app.video.archive.index_reading import SEGMENTS, segment_of
from app.video.archive.index_tables import SegmentState, free_begin, to_ms
from app.video.archive.segment import GapCause, Segment, Span
from app.video.archive.segment_file_name import (
    FoundSegment,
    found_segment,
    segment_path,
)
from app.video.recorder.entries import FootageFound, FootageMissing, SomeFootage
from app.video.recorder.recording_folders import RecordingFolder
from app.video.recorder.salvage import Measured, measure
from app.video.recorder.surroundings import RecorderSurroundings

DAMAGED = ".damaged"
"""Added to the name of a file that the index knew and of which nothing plays any more."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Mended:
    """A segment that is not as the index says: what of it is left, None: nothing."""

    segment: Segment
    left: Measured | None
    what: str


class Stocktaking:
    """One thread's at a time."""

    def __init__(self, around: RecorderSurroundings) -> None:
        self._around = around
        self._recordings = around.index.recordings

    def days(self, folder: RecordingFolder) -> list[date]:
        """Every day of which something lies in the folder, or should; oldest first."""
        days = set(_days_in(folder.root))
        with self._around.index.reading() as db:
            spans = db.execute("SELECT begins_ms, ends_ms FROM spans").fetchall()
        for begins_ms, ends_ms in spans:
            day = begins_ms // _DAY_MS
            days |= {_EPOCH + timedelta(days=each) for each in range(day, ends_ms // _DAY_MS + 1)}
        return sorted(days)

    def take(self, folder: RecordingFolder, day: date) -> None:
        """Mend the index for one day of a folder. Raises KnownError, OSError: nothing was lost."""
        on_disk = {found.path: size for found, size in _files_of(folder.root, day)}
        being_made = self._around.being_made.now()  # after the listing, before the rows
        rows = self._rows(folder, day)
        known = {segment.path for segment, _ in rows}
        mended = [
            found
            for segment, state in rows
            if state is SegmentState.WHOLE
            and on_disk.get(segment.path) != segment.size_bytes
            and (found := self._looked_at(segment)) is not None
        ]
        self._mend(folder, mended)
        unknown = [path for path in on_disk if path not in known and path not in being_made]
        self._take_in(folder, sorted(unknown))

    def _rows(self, folder: RecordingFolder, day: date) -> list[tuple[Segment, SegmentState]]:
        begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
        with self._around.index.reading() as db:
            rows = db.execute(
                f"{SEGMENTS} WHERE segments.stream IN (SELECT id FROM streams)"
                " AND folders.uid = ? AND begins_ms >= ? AND begins_ms < ?",
                (folder.uid, to_ms(begin), to_ms(begin + timedelta(days=1))),
            )
            return [(segment_of(row, self._recordings), SegmentState(row["state"])) for row in rows]

    def _looked_at(self, segment: Segment) -> _Mended | None:
        """What is wrong with a segment; None if nothing is (it was only just made or deleted)."""
        try:
            if segment.path.stat().st_size == segment.size_bytes:
                return None
            left = measure(segment.path)
        except OSError:
            return _Mended(segment, None, "gone")
        if left is None:
            return _Mended(segment, None, "damaged")
        return _Mended(segment, left, "shorter")

    def _mend(self, folder: RecordingFolder, mended: Sequence[_Mended]) -> None:
        for each in mended:
            path = each.segment.path
            if each.left is not None and each.left.size_bytes < path.stat().st_size:
                self._around.disk.cut(path, each.left.size_bytes)
        if mended:
            self._around.index.change(lambda change: _write_missing(change, mended))
            _logger.warning("%d segments were not as the index knew them", len(mended))
        for each in mended:
            if each.what == "damaged":  # after its row: nobody looks for it there any more
                with contextlib.suppress(KnownError):
                    path = each.segment.path
                    self._around.disk.rename(path, path.with_name(path.name + DAMAGED))

    def _take_in(self, folder: RecordingFolder, paths: Sequence[Path]) -> None:
        """Adopt those that hold video, remove those that hold none."""
        found: list[tuple[FoundSegment, Measured]] = []
        empty: list[Path] = []
        for path in paths:
            here = found_segment(path)
            try:
                measured = measure(path)
            except FileNotFoundError:
                continue  # was deleted by rule meanwhile
            if measured is None or here is None:
                empty.append(path)
                continue
            if measured.size_bytes < path.stat().st_size:
                self._around.disk.cut(path, measured.size_bytes)
            self._around.disk.sync(path)  # whoever died may have written it and synced nothing
            found.append((self._placed(folder, here), measured))
        if empty:
            self._around.disk.remove(*empty)
            _logger.info("%d files without video were removed", len(empty))
        if found:
            for parent in {here.path.parent for here, _ in found}:
                self._around.disk.sync(parent)
            self._around.index.change(lambda change: _write_found(change, folder, found))
            _logger.info("%d segments were found that the index did not know", len(found))

    def _placed(self, folder: RecordingFolder, here: FoundSegment) -> FoundSegment:
        """The file under a name that no other folder has taken already."""
        begins, path = here.begins, here.path
        with self._around.index.reading() as db:
            while (free := free_begin(db, here.camera_id, here.stream, begins)) != begins or (
                begins != here.begins and path.exists()
            ):
                begins = free if free != begins else begins + timedelta(milliseconds=1)
                path = segment_path(folder.root, here.camera_id, here.stream, begins)
        if begins == here.begins:
            return here
        self._around.disk.make_folders(path.parent)
        self._around.disk.rename(here.path, path)
        return FoundSegment(path, here.camera_id, here.stream, begins)


def _write_missing(change: IndexChange, mended: Sequence[_Mended]) -> None:
    """Rows go or shrink, gaps open, one entry a camera and kind of loss."""
    said: dict[tuple[str, str], list[Segment]] = {}
    for each in mended:
        segment = each.segment
        rows = change.segment_rows("segments.id = ?", (segment.id,))
        if not rows or rows[0]["state"] != SegmentState.WHOLE:
            continue  # deleted by rule meanwhile
        kept_ms = 0
        if each.left is None:
            change.drop(segment.id)
        else:
            kept_ms = each.left.duration_ms
            change.shorten(Progress(segment.id, kept_ms, each.left.size_bytes))
        begins = segment.begins + timedelta(milliseconds=kept_ms)
        change.add_gap(
            segment.camera_id, segment.stream, begins, segment.ends, GapCause.DISK, each.what
        )
        said.setdefault((segment.camera_id, each.what), []).append(segment)
    change.facts += [
        FootageMissing(some_footage(camera_id, segments), what)
        for (camera_id, what), segments in said.items()
    ]


def _write_found(
    change: IndexChange, folder: RecordingFolder, found: Sequence[tuple[FoundSegment, Measured]]
) -> None:
    said: dict[str, list[tuple[Span, int]]] = {}
    for here, measured in found:
        new = NewSegment(
            here.camera_id, here.stream, folder.uid, here.begins, measured.codec, measured.size
        )
        change.adopt(new, measured.duration_ms, measured.size_bytes)
        ends = here.begins + timedelta(milliseconds=measured.duration_ms)
        said.setdefault(here.camera_id, []).append((Span(here.begins, ends), measured.size_bytes))
    change.facts += [FootageFound(_some(camera_id, pieces)) for camera_id, pieces in said.items()]


def some_footage(camera_id: str, segments: Iterable[Segment]) -> SomeFootage:
    """These segments of a camera, in a word."""
    return _some(camera_id, [(each.span, each.size_bytes) for each in segments])


def _some(camera_id: str, pieces: Sequence[tuple[Span, int]]) -> SomeFootage:
    span = Span(
        min(each.begins for each, _ in pieces),
        max(each.ends for each, _ in pieces),
    )
    return SomeFootage(camera_id, span, len(pieces), sum(size for _, size in pieces))


_EPOCH = date(1970, 1, 1)
_DAY_MS = 86_400_000


def _days_in(root: Path) -> list[date]:
    days = []
    for entry in os.scandir(root):
        with contextlib.suppress(ValueError):
            if entry.is_dir(follow_symlinks=False):
                days.append(date.fromisoformat(entry.name))
    return days


def _files_of(root: Path, day: date) -> list[tuple[FoundSegment, int]]:
    """The segments' files of one day, with their sizes."""
    found = []
    for camera in _folders(root / day.isoformat()):
        for kind in StreamKind:
            stream = camera / kind.value
            if not stream.is_dir():
                continue
            for entry in os.scandir(stream):
                here = found_segment(Path(entry.path))
                if here is not None and entry.is_file(follow_symlinks=False):
                    with contextlib.suppress(FileNotFoundError):
                        found.append((here, entry.stat().st_size))
    return found


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return [Path(entry.path) for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)]
