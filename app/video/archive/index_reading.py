"""Reads the recorder's index: the `Footage` of a station. Any thread; it can write nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cameras.camera import StreamKind
from app.log import Connection, Readers, Row
from app.video.archive.footage import MissingStretch, Stretches
from app.video.archive.index_spans import Range, joined
from app.video.archive.index_tables import INDEX, STORED, SegmentState, from_ms, to_ms
from app.video.archive.segment import Gap, GapCause, Segment, Span
from app.video.archive.segment_file_name import segment_path
from app.video.picture import Size

SEGMENTS = (
    "SELECT segments.*, camera, kind, codec, width_px, height_px, path AS folder_path,"
    " folders.uid AS folder_uid FROM segments JOIN streams ON streams.id = segments.stream"
    " JOIN formats ON formats.id = segments.format JOIN folders ON folders.id = segments.folder"
)
_OF_STREAM = (
    f" WHERE segments.{STORED} AND segments.stream ="
    " (SELECT id FROM streams WHERE camera = :camera AND kind = :kind)"
)
# A segment that reaches over an instant began at most the longest segment's length before it.
_REACHING = (
    " AND begins_ms >= :begins - (SELECT longest_ms FROM streams WHERE camera = :camera"
    " AND kind = :kind) AND begins_ms + duration_ms > :begins"
)
_GAPS_OF = (
    "WHERE stream = (SELECT id FROM streams WHERE camera = ? ORDER BY kind LIMIT 1)"
    " AND begins_ms < ? AND (ends_ms IS NULL OR ends_ms > ?) ORDER BY begins_ms, gaps.id"
)
_CAUSES = {cause.value: cause for cause in GapCause}


@dataclass(frozen=True, slots=True)
class HeldLock:
    """A lock that the recorder's index holds: what is under it is not deleted."""

    id: str
    camera_ids: tuple[str, ...]
    span: Span
    until: datetime | None
    about: str
    asked_by: str
    """The entry that asked for it."""

    def holds_at(self, now: datetime) -> bool:
        """Whether it has not come to its end."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class StreamStore:
    """How much of one stream there is."""

    camera_id: str
    stream: StreamKind
    size_bytes: int
    oldest: datetime | None
    newest: datetime | None


def segment_of(row: Row, recordings: Path) -> Segment:
    """A row of `SEGMENTS` as a value. `recordings`: the station's own recording folder."""
    begins, kind = from_ms(row["begins_ms"]), StreamKind(row["kind"])
    folder = Path(row["folder_path"]) if row["folder_path"] else recordings
    return Segment(
        id=row["id"],
        camera_id=row["camera"],
        stream=kind,
        path=segment_path(folder, row["camera"], kind, begins),
        begins=begins,
        duration_ms=row["duration_ms"],
        size_bytes=row["size_bytes"],
        codec=row["codec"],
        size=Size(row["width_px"], row["height_px"]),
        is_growing=row["state"] == SegmentState.GROWING,
        clock_ahead_ms=row["clock_ahead_ms"],
        sha256=row["sha256"].hex() if row["sha256"] else "",
    )


def held_locks(db: Connection) -> list[HeldLock]:
    """Every lock the index holds, by id."""
    return [
        HeldLock(
            id=row["id"],
            camera_ids=tuple(json.loads(row["cameras"])),
            span=Span(from_ms(row["begins_ms"]), from_ms(row["ends_ms"])),
            until=None if row["until_ms"] is None else from_ms(row["until_ms"]),
            about=row["about"],
            asked_by=row["asked_by"],
        )
        for row in db.execute("SELECT * FROM locks ORDER BY id")
    ]


def stores(db: Connection) -> list[StreamStore]:
    """How much there is of every stream that was ever recorded."""
    rows = db.execute(
        "SELECT camera, kind, size_bytes,"
        " (SELECT min(begins_ms) FROM spans WHERE stream = streams.id) AS oldest,"
        " (SELECT max(ends_ms) FROM spans WHERE stream = streams.id) AS newest"
        " FROM streams ORDER BY length(camera), camera, kind"
    )
    return [
        StreamStore(
            row["camera"],
            StreamKind(row["kind"]),
            row["size_bytes"],
            None if row["oldest"] is None else from_ms(row["oldest"]),
            None if row["newest"] is None else from_ms(row["newest"]),
        )
        for row in rows
    ]


class IndexedFootage:
    """The `Footage` of a station, from `recordings/index.db`. The file need not be there yet."""

    def __init__(self, recordings: Path) -> None:
        """`recordings` is the station's own recording folder, in which the index lies."""
        self._recordings = recordings
        self._index = recordings / INDEX
        self._guard = threading.Lock()
        self._readers: Readers | None = None
        self._file: tuple[int, int] | None = None

    def close(self) -> None:
        """Close what is open; a later question opens it again."""
        with self._guard:
            readers, self._readers = self._readers, None
        if readers is not None:
            readers.close()

    def segments(
        self, camera_id: str, stream: StreamKind, begins: datetime, ends: datetime
    ) -> list[Segment]:
        """The segments that overlap [begins, ends), in the order of their time, then of their id;
        a growing one as far as it is."""
        return self._segments(
            f"{_REACHING} AND begins_ms < :ends ORDER BY begins_ms, segments.id",
            camera_id, stream, begins, ends,
        )  # fmt: skip

    def segment_at(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        """The segment that holds this instant; the one begun last if the clock was set back."""
        condition = f"{_REACHING} AND begins_ms <= :begins ORDER BY segments.id DESC LIMIT 1"
        return self._first(condition, camera_id, stream, at)

    def segment_after(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        """The first segment that begins at or after this instant."""
        condition = " AND begins_ms >= :begins ORDER BY begins_ms LIMIT 1"
        return self._first(condition, camera_id, stream, at)

    def segment_before(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        """The last segment that ends at or before this instant."""
        condition = (
            " AND begins_ms <= :begins AND begins_ms + duration_ms <= :begins"
            " ORDER BY begins_ms DESC LIMIT 1"
        )
        return self._first(condition, camera_id, stream, at)

    def streams(self, camera_id: str) -> frozenset[StreamKind]:
        """Which of its streams were ever recorded."""
        with self.reading() as db:
            if db is None:
                return frozenset()
            rows = db.execute("SELECT kind FROM streams WHERE camera = ?", (camera_id,))
            return frozenset(StreamKind(row[0]) for row in rows)

    def gaps(self, camera_id: str, begins: datetime, ends: datetime) -> list[Gap]:
        """Where there is none, and why, of the main stream (of the sub stream where that is all);
        in order."""
        with self.reading() as db:
            if db is None:
                return []
            rows = db.execute(
                "SELECT gaps.*, camera, kind FROM gaps JOIN streams ON streams.id = gaps.stream"
                f" {_GAPS_OF}",
                (camera_id, to_ms(ends), to_ms(begins)),
            )
            return [gap_of(row) for row in rows]

    def stretches(self, camera_id: str, begins: datetime, ends: datetime) -> Stretches:
        """Where there is footage of the camera, of either stream, merged and cut to the span asked
        for; and what `gaps` say. Plain numbers: a month on a timeline has thousands."""
        first_ms, last_ms = to_ms(begins), to_ms(ends)
        with self.reading() as db:
            if db is None:
                return Stretches([], [])
            rows = _plain(
                db,
                f"SELECT begins_ms, ends_ms, cause, detail FROM gaps {_GAPS_OF}",
                (camera_id, last_ms, first_ms),
            )
            missing = [
                MissingStretch(begins_ms, ends_ms, _CAUSES[cause], detail)
                for begins_ms, ends_ms, cause, detail in rows
            ]
            return Stretches(_recorded(db, camera_id, first_ms, last_ms), missing)

    def extent(self, camera_ids: Sequence[str] = ()) -> Span | None:
        """From the oldest to the newest footage there is, of these cameras or of all."""
        there = [
            store
            for store in self.stores()
            if store.oldest is not None and (not camera_ids or store.camera_id in camera_ids)
        ]
        if not there:
            return None
        oldest = min(store.oldest for store in there if store.oldest is not None)
        return Span(oldest, max(store.newest for store in there if store.newest is not None))

    def locks_held(self) -> list[HeldLock]:
        """The locks that count: those the recorder's index holds."""
        with self.reading() as db:
            return [] if db is None else held_locks(db)

    def stores(self) -> list[StreamStore]:
        """How much there is of every stream, and from when on."""
        with self.reading() as db:
            return [] if db is None else stores(db)

    def total_bytes(self) -> int:
        """How much all recordings take."""
        return sum(store.size_bytes for store in self.stores())

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """One unchanging state of the index for a `with` block; None while there is none."""
        readers = self._current_readers()
        if readers is None:
            yield None
            return
        with readers.reading() as db:
            known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'sealed'").fetchone()
            yield db if known else None  # `sealed` is made last: the index is being founded

    def _segments(
        self,
        condition: str,
        camera_id: str,
        stream: StreamKind,
        begins: datetime,
        ends: datetime | None = None,
    ) -> list[Segment]:
        values = {
            "camera": camera_id,
            "kind": stream.value,
            "begins": to_ms(begins),
            "ends": None if ends is None else to_ms(ends),
        }
        with self.reading() as db:
            if db is None:
                return []
            rows = db.execute(f"{SEGMENTS}{_OF_STREAM}{condition}", values)
            return [segment_of(row, self._recordings) for row in rows]

    def _first(
        self, condition: str, camera_id: str, stream: StreamKind, at: datetime
    ) -> Segment | None:
        found = self._segments(condition, camera_id, stream, at)
        return found[0] if found else None

    def _current_readers(self) -> Readers | None:
        """Of the file that is there now: a damaged index is put aside and another made."""
        try:
            status = self._index.stat()
        except FileNotFoundError:
            return None
        with self._guard:
            if self._readers is not None and self._file == (status.st_dev, status.st_ino):
                return self._readers
            old, self._readers = self._readers, Readers(self._index)
            self._file = (status.st_dev, status.st_ino)
            current = self._readers
        if old is not None:
            old.close()
        return current


def _recorded(db: Connection, camera_id: str, first_ms: int, last_ms: int) -> list[Range]:
    """Where there is footage of either stream: merged, in order, cut to what was asked for."""
    return joined(
        _plain(
            db,
            "SELECT max(begins_ms, ?2), min(ends_ms, ?3) FROM spans WHERE begins_ms < ?3"
            " AND ends_ms > ?2 AND stream IN (SELECT id FROM streams WHERE camera = ?1)",
            (camera_id, first_ms, last_ms),
        )
    )


def _plain(db: Connection, sql: str, values: tuple[object, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows as plain tuples: thousands are read."""
    rows = db.cursor()
    rows.row_factory = None
    rows.execute(sql, values)
    yield from rows


def gap_of(row: Row) -> Gap:
    """A row of gaps, with its stream's, as a value."""
    return Gap(
        camera_id=row["camera"],
        stream=StreamKind(row["kind"]),
        begins=from_ms(row["begins_ms"]),
        ends=None if row["ends_ms"] is None else from_ms(row["ends_ms"]),
        cause=GapCause(row["cause"]),
        detail=row["detail"],
    )
