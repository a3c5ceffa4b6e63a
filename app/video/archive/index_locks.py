"""Locks in the recorder's index: put there and taken away, each with the recorder's own word.

A lock is asked for in the station's log; only what stands here counts (docs/recording.md, Locks).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.log import Connection
from app.video.archive.index_change import IndexChange
from app.video.archive.index_tables import STORED, from_ms, to_ms
from app.video.archive.locks import (
    FootageLock,
    FootageLocked,
    FootageLockRequested,
    FootageUnlocked,
    LockedFootage,
)

ASKED = "asked"
ENDED = "ended"
"""Why a lock ended: a supervisor asked, or its `until` has come."""


def hold(change: IndexChange, lock: FootageLock, asked_by: str) -> None:
    """Lock, and say which footage that is by now. Nothing if the index holds it already."""
    if change.db.execute("SELECT 1 FROM locks WHERE id = ?", (lock.id,)).fetchone():
        return
    change.db.execute(
        "INSERT INTO locks VALUES(?, ?, ?, ?, ?, ?, ?)",
        (
            lock.id,
            json.dumps(list(lock.camera_ids)),
            to_ms(lock.span.begins),
            to_ms(lock.span.ends),
            None if lock.until is None else to_ms(lock.until),
            lock.about,
            asked_by,
        ),
    )
    locked = tuple(_locked(change.db, lock, camera_id) for camera_id in lock.camera_ids)
    change.facts.append(FootageLocked(lock.id, lock.about, locked))


def release(change: IndexChange, lock_id: str, about: str, why: str) -> None:
    """Unlock, and say so; also one that the index did not hold, so that nobody waits for ever."""
    change.db.execute("DELETE FROM locks WHERE id = ?", (lock_id,))
    change.facts.append(FootageUnlocked(lock_id, about, why))


def was_released(db: Connection, lock: FootageLock) -> bool:
    """Whether the index's own chain has said already that a lock is over."""
    rows = db.execute(
        "SELECT body FROM entries WHERE subject = ? AND kind = ?",
        (lock.about, FootageUnlocked.kind),
    )
    return any(row[0] and json.loads(row[0]).get("lock_id") == lock.id for row in rows)


def _locked(db: Connection, lock: FootageLock, camera_id: str) -> LockedFootage:
    begins_ms, ends_ms = to_ms(lock.span.begins), to_ms(lock.span.ends)
    row = db.execute(
        "SELECT min(begins_ms), max(begins_ms + duration_ms), coalesce(sum(segments.size_bytes), 0)"
        " FROM segments JOIN streams ON streams.id = segments.stream"
        f" WHERE camera = ?1 AND {STORED} AND begins_ms <= ?3"
        " AND begins_ms >= ?2 - longest_ms AND begins_ms + duration_ms >= ?2",
        (camera_id, begins_ms, ends_ms),
    ).fetchone()
    first = begins_ms if row[0] is None else row[0]
    last = first if row[1] is None else row[1]
    return LockedFootage(camera_id, from_ms(first), from_ms(last), row[2])


def asking_entries(db: Connection, locks: Iterable[FootageLock]) -> dict[str, str]:
    """In the station's log: which entry asked for each lock, by the lock's id."""
    asked = {}
    for lock in locks:
        rows = db.execute(
            "SELECT origin, n, body FROM entries WHERE subject = ? AND kind = ?",
            (lock.about, FootageLockRequested.kind),
        )
        for row in rows:
            if row["body"] is not None and json.loads(row["body"]).get("lock_id") == lock.id:
                asked[lock.id] = f"{row['origin']}:{row['n']}"
    return asked
