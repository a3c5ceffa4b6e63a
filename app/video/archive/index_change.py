"""One change of the recorder's index: rows, spans and entries, all or nothing. Knows no file.

Made by `RecordingIndex.change` inside the log's transaction, and of no use outside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cameras.camera import StreamKind
from app.log import Connection, Fact, Row
from app.video.archive.index_reading import SEGMENTS
from app.video.archive.index_spans import JOIN_MS, cover, uncover
from app.video.archive.index_tables import (
    SegmentState,
    format_id,
    stream_id,
    to_ms,
)
from app.video.archive.segment import GapCause
from app.video.picture import Size


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A segment whose file is on the disk, to be put into the index."""

    camera_id: str
    stream: StreamKind
    folder_uid: str
    begins: datetime
    codec: str
    size: Size
    clock_ahead_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a growing segment is on the disk: no further than what was synced."""

    segment_id: int
    duration_ms: int
    size_bytes: int
    clock_ahead_ms: int | None = None
    """Once the camera has told its time."""


class IndexChange:
    """What a change may do. `facts` are appended with it."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.facts: list[Fact] = []

    def know_folder(self, uid: str, path: str) -> None:
        """A recording folder is here now; "" for the station's own."""
        self.db.execute(
            "INSERT INTO folders(uid, path) VALUES(?, ?)"
            " ON CONFLICT(uid) DO UPDATE SET path = excluded.path WHERE path <> excluded.path",
            (uid, path),
        )

    def begin(self, new: NewSegment) -> int:
        """A growing segment with nothing in it yet; its id."""
        return self._insert(new, SegmentState.GROWING, 0, 0, None)

    def adopt(self, new: NewSegment, duration_ms: int, size_bytes: int) -> int:
        """A file that the index did not know; its id. Its hash as it was written is lost."""
        segment = self._insert(new, SegmentState.WHOLE, duration_ms, size_bytes, None)
        begins_ms = to_ms(new.begins)
        stream = stream_id(self.db, new.camera_id, new.stream)
        cover(self.db, stream, begins_ms, begins_ms + duration_ms)
        return segment

    def grow(self, progress: Iterable[Progress]) -> None:
        """Segments are longer now."""
        for each in progress:
            self._set(each, None, SegmentState.GROWING)

    def finish(self, final: Progress, sha256: bytes | None) -> None:
        """A segment is whole, after its last fsync. It may be shorter than was thought."""
        self._set(final, sha256, SegmentState.WHOLE)

    def shorten(self, left: Progress) -> None:
        """Of a whole segment only so much is left on the disk; its hash is no longer its file's."""
        row = self._row(left.segment_id)
        if row is None or row["state"] != SegmentState.WHOLE:
            return
        self.db.execute(
            "UPDATE segments SET duration_ms = ?, size_bytes = ?, sha256 = NULL WHERE id = ?",
            (left.duration_ms, left.size_bytes, left.segment_id),
        )
        begins_ms, longest_ms = row["begins_ms"], max(row["duration_ms"], left.duration_ms)
        uncover(self.db, row["stream"], begins_ms, begins_ms + longest_ms)
        cover(self.db, row["stream"], begins_ms, begins_ms + left.duration_ms)

    def drop(self, segment_id: int) -> None:
        """A row goes: its file is gone, or held no video."""
        row = self._row(segment_id)
        self.db.execute("DELETE FROM segments WHERE id = ?", (segment_id,))
        if row is not None and row["state"] != SegmentState.DELETING:
            begins_ms = row["begins_ms"]
            uncover(self.db, row["stream"], begins_ms, begins_ms + row["duration_ms"])

    def mark_deleting(self, segment_ids: Sequence[int]) -> None:
        """From now on nobody is shown these; only then may their files go."""
        for segment_id in segment_ids:
            row = self._row(segment_id)
            if row is None or row["state"] != SegmentState.WHOLE:
                raise ValueError(f"segment {segment_id} cannot be deleted")
            self.db.execute(
                "UPDATE segments SET state = ? WHERE id = ?", (SegmentState.DELETING, segment_id)
            )
            begins_ms = row["begins_ms"]
            uncover(self.db, row["stream"], begins_ms, begins_ms + row["duration_ms"])

    def drop_deleted(self, segment_ids: Iterable[int]) -> None:
        """Their files are gone from the disk for good."""
        self.db.executemany(
            "DELETE FROM segments WHERE id = ? AND state = ?",
            [(segment_id, SegmentState.DELETING) for segment_id in segment_ids],
        )

    def open_gap(
        self, camera_id: str, kind: StreamKind, at: datetime, cause: GapCause, detail: str = ""
    ) -> None:
        """Nothing is recorded from `at` on. One gap is open at a time: one that is open already is
        corrected if it began no earlier; else, if it has another cause, it ends here."""
        stream, at_ms = stream_id(self.db, camera_id, kind), to_ms(at)
        row = self._open_gap_row(stream)
        if row is not None and row["begins_ms"] >= at_ms:
            self.db.execute("DELETE FROM gaps WHERE id = ?", (row["id"],))
        elif row is not None and row["cause"] == cause:
            return
        elif row is not None:
            self._end_gap(row, at_ms)
        self._add_gap(stream, at_ms, None, cause, detail)

    def open_gap_if_none(
        self, camera_id: str, kind: StreamKind, at: datetime, cause: GapCause, detail: str = ""
    ) -> None:
        """The same, if none is open; one that is goes on with its own cause."""
        if self._open_gap_row(stream_id(self.db, camera_id, kind)) is None:
            self.open_gap(camera_id, kind, at, cause, detail)

    def close_gap(self, camera_id: str, kind: StreamKind, at: datetime) -> None:
        """Recording goes on from `at`. What is too short to part two spans is no gap."""
        row = self._open_gap_row(stream_id(self.db, camera_id, kind))
        if row is None:
            return
        at_ms = to_ms(at)
        if at_ms - row["begins_ms"] <= JOIN_MS and not self._follows_a_gap(row):
            at_ms = row["begins_ms"]
        self._end_gap(row, at_ms)

    def add_gap(
        self,
        camera_id: str,
        kind: StreamKind,
        begins: datetime,
        ends: datetime,
        cause: GapCause,
        detail: str = "",
    ) -> None:
        """A gap that is over."""
        stream = stream_id(self.db, camera_id, kind)
        if to_ms(ends) > to_ms(begins):
            self._add_gap(stream, to_ms(begins), to_ms(ends), cause, detail)

    def segment_rows(self, condition: str, values: Sequence[Any] = ()) -> list[Row]:
        """Rows of segments with their stream, format and folder, whatever their state."""
        return self.db.execute(f"{SEGMENTS} WHERE {condition}", values).fetchall()

    def _insert(
        self,
        new: NewSegment,
        state: SegmentState,
        duration_ms: int,
        size_bytes: int,
        sha256: bytes | None,
    ) -> int:
        folder = self.db.execute("SELECT id FROM folders WHERE uid = ?", (new.folder_uid,))
        row = self.db.execute(
            "INSERT INTO segments(stream, folder, format, begins_ms, duration_ms, size_bytes,"
            " state, clock_ahead_ms, sha256) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                stream_id(self.db, new.camera_id, new.stream),
                folder.fetchone()[0],
                format_id(self.db, new.codec, new.size),
                to_ms(new.begins),
                duration_ms,
                size_bytes,
                state,
                new.clock_ahead_ms,
                sha256,
            ),
        ).fetchone()
        inserted: int = row[0]
        return inserted

    def _set(self, to: Progress, sha256: bytes | None, state: SegmentState) -> None:
        row = self._row(to.segment_id)
        if row is None or row["state"] != SegmentState.GROWING:
            return  # it was finished, or taken for missing, meanwhile
        self.db.execute(
            "UPDATE segments SET duration_ms = ?, size_bytes = ?, sha256 = ?, state = ?,"
            " clock_ahead_ms = coalesce(?, clock_ahead_ms) WHERE id = ?",
            (to.duration_ms, to.size_bytes, sha256, state, to.clock_ahead_ms, to.segment_id),
        )
        begins_ms, was_ms = row["begins_ms"], row["duration_ms"]
        if to.duration_ms >= was_ms:
            if to.duration_ms:
                cover(self.db, row["stream"], begins_ms, begins_ms + to.duration_ms)
        else:
            uncover(self.db, row["stream"], begins_ms, begins_ms + was_ms)

    def _row(self, segment_id: int) -> Row | None:
        row: Row | None = self.db.execute(
            "SELECT * FROM segments WHERE id = ?", (segment_id,)
        ).fetchone()
        return row

    def _open_gap_row(self, stream: int) -> Row | None:
        row: Row | None = self.db.execute(
            "SELECT * FROM gaps WHERE stream = ? AND ends_ms IS NULL", (stream,)
        ).fetchone()
        return row

    def _follows_a_gap(self, row: Row) -> bool:
        before = self.db.execute(
            "SELECT 1 FROM gaps WHERE stream = ? AND ends_ms = ?", (row["stream"], row["begins_ms"])
        )
        return before.fetchone() is not None

    def _end_gap(self, row: Row, at_ms: int) -> None:
        if at_ms > row["begins_ms"]:
            self.db.execute("UPDATE gaps SET ends_ms = ? WHERE id = ?", (at_ms, row["id"]))
        else:
            self.db.execute("DELETE FROM gaps WHERE id = ?", (row["id"],))

    def _add_gap(
        self, stream: int, begins_ms: int, ends_ms: int | None, cause: GapCause, detail: str
    ) -> None:
        self.db.execute(
            "INSERT INTO gaps(stream, begins_ms, ends_ms, cause, detail) VALUES(?, ?, ?, ?, ?)",
            (stream, begins_ms, ends_ms, cause, detail),
        )
