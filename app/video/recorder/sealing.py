"""Says in the chain what was recorded: a hash over the hashes of the segments finished since.

Whoever then changes a file and its row shows, as long as the rows beside it are kept.
"""

from __future__ import annotations

import hashlib

from app.cameras.camera import StreamKind
from app.log import Connection, Row
from app.video.archive.index_change import IndexChange
from app.video.archive.index_tables import SegmentState
from app.video.recorder.entries import RecordingsSealed, SealedStream


def seal(change: IndexChange) -> int:
    """Seal every stream; how many segments that were. No entry if there are none."""
    sealed = []
    streams = change.db.execute("SELECT id, camera, kind FROM streams ORDER BY id").fetchall()
    for stream, camera_id, kind in streams:
        rows = _to_seal(change.db, stream)
        if not rows:
            continue
        change.db.execute(
            "INSERT INTO sealed VALUES(?, ?)"
            " ON CONFLICT(stream) DO UPDATE SET last_id = excluded.last_id",
            (stream, rows[-1]["id"]),
        )
        hashed = [row for row in rows if row["sha256"]]
        if hashed:
            sealed.append(_sealed(camera_id, StreamKind(kind), hashed))
    if sealed:
        change.facts.append(RecordingsSealed(tuple(sealed)))
    return sum(each.segments for each in sealed)


def _to_seal(db: Connection, stream: int) -> list[Row]:
    """Segments after the last seal and before the one that grows."""
    return db.execute(
        "SELECT id, sha256 FROM segments WHERE stream = ?1 AND id >"
        " coalesce((SELECT last_id FROM sealed WHERE stream = ?1), 0) AND id <"
        f" coalesce((SELECT min(id) FROM segments WHERE state = {SegmentState.GROWING:d}"
        " AND stream = ?1), 9223372036854775807) ORDER BY id",
        (stream,),
    ).fetchall()


def _sealed(camera_id: str, kind: StreamKind, rows: list[Row]) -> SealedStream:
    digest = hashlib.sha256("".join(row["sha256"].hex() for row in rows).encode()).hexdigest()
    return SealedStream(camera_id, kind, rows[0]["id"], rows[-1]["id"], len(rows), digest)
