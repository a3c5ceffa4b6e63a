"""The tables of `recordings/index.db` that no entry tells (docs/recording.md). Knows no file.

Times are whole milliseconds since 1970 in UTC: a minute of video of a camera must cost little.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import IntEnum

from app.cameras.camera import StreamKind
from app.log import Connection
from app.video.picture import Size

INDEX = "index.db"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SegmentState(IntEnum):
    """How far a segment is. 0 and 1 take no byte in SQLite: nearly all rows are whole."""

    WHOLE = 0
    GROWING = 1
    DELETING = 2  # the file may be gone already; nobody is shown it any more


STORED = f"state <> {SegmentState.DELETING:d}"
"""What is still recorded, as SQL."""

_TABLES = (
    # A folder's `path` is "" for the station's own, so that the station can be carried elsewhere.
    (
        "CREATE TABLE IF NOT EXISTS folders(id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,"
        " path TEXT NOT NULL) STRICT"
    ),
    # longest_ms bounds how far before an instant a segment that holds it may begin; the totals are
    # kept by the triggers below, because a sum over a year of segments takes too long.
    (
        "CREATE TABLE IF NOT EXISTS streams(id INTEGER PRIMARY KEY, camera TEXT NOT NULL,"
        " kind TEXT NOT NULL, longest_ms INTEGER NOT NULL DEFAULT 0,"
        " size_bytes INTEGER NOT NULL DEFAULT 0, UNIQUE(camera, kind)) STRICT"
    ),
    (
        "CREATE TABLE IF NOT EXISTS formats(id INTEGER PRIMARY KEY, codec TEXT NOT NULL,"
        " width_px INTEGER NOT NULL, height_px INTEGER NOT NULL,"
        " UNIQUE(codec, width_px, height_px)) STRICT"
    ),
    # AUTOINCREMENT: an id is never given twice, also when the newest segment was removed.
    (
        "CREATE TABLE IF NOT EXISTS segments(id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " stream INTEGER NOT NULL REFERENCES streams(id),"
        " folder INTEGER NOT NULL REFERENCES folders(id),"
        " format INTEGER NOT NULL REFERENCES formats(id), begins_ms INTEGER NOT NULL,"
        " duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0), size_bytes INTEGER NOT NULL,"
        " state INTEGER NOT NULL, clock_ahead_ms INTEGER, sha256 BLOB) STRICT"
    ),
    "CREATE UNIQUE INDEX IF NOT EXISTS segments_time ON segments(stream, begins_ms)",
    (
        "CREATE TABLE IF NOT EXISTS spans(stream INTEGER NOT NULL REFERENCES streams(id),"
        " begins_ms INTEGER NOT NULL, ends_ms INTEGER NOT NULL,"
        " PRIMARY KEY(stream, begins_ms)) STRICT, WITHOUT ROWID"
    ),
    (
        "CREATE TABLE IF NOT EXISTS gaps(id INTEGER PRIMARY KEY,"
        " stream INTEGER NOT NULL REFERENCES streams(id), begins_ms INTEGER NOT NULL,"
        " ends_ms INTEGER, cause TEXT NOT NULL, detail TEXT NOT NULL) STRICT"
    ),
    "CREATE INDEX IF NOT EXISTS gaps_time ON gaps(stream, begins_ms)",
    (
        "CREATE TABLE IF NOT EXISTS locks(id TEXT PRIMARY KEY, cameras TEXT NOT NULL,"
        " begins_ms INTEGER NOT NULL, ends_ms INTEGER NOT NULL, until_ms INTEGER,"
        " about TEXT NOT NULL, asked_by TEXT NOT NULL) STRICT"
    ),
    # What is not yet in a `recordings_sealed` entry: its stream's segments after this id.
    (
        "CREATE TABLE IF NOT EXISTS sealed(stream INTEGER PRIMARY KEY REFERENCES streams(id),"
        " last_id INTEGER NOT NULL) STRICT"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS segments_add_up AFTER INSERT ON segments BEGIN"
        " UPDATE streams SET size_bytes = size_bytes + NEW.size_bytes,"
        " longest_ms = max(longest_ms, NEW.duration_ms) WHERE id = NEW.stream; END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS segments_grow"
        " AFTER UPDATE OF size_bytes, duration_ms ON segments BEGIN"
        " UPDATE streams SET size_bytes = size_bytes + NEW.size_bytes - OLD.size_bytes,"
        " longest_ms = max(longest_ms, NEW.duration_ms) WHERE id = NEW.stream; END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS segments_go AFTER DELETE ON segments BEGIN"
        " UPDATE streams SET size_bytes = size_bytes - OLD.size_bytes WHERE id = OLD.stream; END"
    ),
)


class IndexLedger:
    """The recorder's tables beside its entries."""

    def create(self, db: Connection) -> None:
        for statement in _TABLES:
            db.execute(statement)


def to_ms(at: datetime) -> int:
    """Whole milliseconds since 1970, cut; exact, unlike a float's."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The instant that `to_ms` stored."""
    return _EPOCH + timedelta(milliseconds=ms)


def stream_id(db: Connection, camera_id: str, kind: StreamKind) -> int:
    """The row of a camera's stream; made if it was never recorded before."""
    db.execute("INSERT OR IGNORE INTO streams(camera, kind) VALUES(?, ?)", (camera_id, kind))
    return known_stream_id(db, camera_id, kind) or 0


def known_stream_id(db: Connection, camera_id: str, kind: StreamKind) -> int | None:
    """The row of a camera's stream, None if it was never recorded."""
    row = db.execute(
        "SELECT id FROM streams WHERE camera = ? AND kind = ?", (camera_id, kind)
    ).fetchone()
    return row[0] if row else None


def format_id(db: Connection, codec: str, size: Size) -> int:
    """The row of a codec and size."""
    values = (codec, size.width_px, size.height_px)
    db.execute("INSERT OR IGNORE INTO formats(codec, width_px, height_px) VALUES(?, ?, ?)", values)
    found: int = db.execute(
        "SELECT id FROM formats WHERE codec = ? AND width_px = ? AND height_px = ?", values
    ).fetchone()[0]
    return found


def free_begin(db: Connection, camera_id: str, kind: StreamKind, begins: datetime) -> datetime:
    """The first millisecond from `begins` on at which no segment of the stream begins."""
    stream = known_stream_id(db, camera_id, kind)
    begins_ms = to_ms(begins)
    while db.execute(
        "SELECT 1 FROM segments WHERE stream = ? AND begins_ms = ?", (stream, begins_ms)
    ).fetchone():
        begins_ms += 1
    return from_ms(begins_ms)
