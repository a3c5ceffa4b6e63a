"""The register's view: the cameras as they stand now."""

from __future__ import annotations

import json
from concurrent.futures import Future
from dataclasses import replace

from app.cameras.camera import Camera, CameraChanged, CameraRegistered, CameraRemoved, camera_from
from app.log import Actor, Connection, Entry, Log


class CamerasView:
    """The table `cameras`: one row a camera, its record as JSON beside what is searched by."""

    tables = ("cameras",)
    kinds = frozenset({CameraRegistered.kind, CameraChanged.kind, CameraRemoved.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS cameras(id TEXT PRIMARY KEY, name TEXT NOT NULL,"
            " record TEXT NOT NULL, removed_at TEXT) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        if entry.kind == CameraRemoved.kind:
            db.execute("UPDATE cameras SET removed_at = ? WHERE id = ?", (entry.at, entry.subject))
            return
        data = entry.data()
        if not data:  # erased: the row stays without a record, so that its id is not given again
            db.execute("INSERT OR IGNORE INTO cameras VALUES(?, '', '', NULL)", (entry.subject,))
            return
        db.execute(
            "INSERT INTO cameras VALUES(?, ?, ?, NULL)"
            " ON CONFLICT(id) DO UPDATE SET name = excluded.name, record = excluded.record",
            (entry.subject, data["name"], json.dumps(data, ensure_ascii=False)),
        )


def cameras(db: Connection) -> list[Camera]:
    """The cameras in use, by id."""
    rows = db.execute(
        "SELECT record FROM cameras WHERE removed_at IS NULL AND record <> ''"
        " ORDER BY length(id), id"  # C100 after C99
    )
    return [camera_from(json.loads(row[0])) for row in rows]


def next_camera_id(db: Connection) -> str:
    """The next free `C01`, `C02`, …: ids are never used twice, not even after a removal."""
    taken = [row[0] for row in db.execute("SELECT id FROM cameras")]
    numbers = [int(camera_id[1:]) for camera_id in taken if camera_id[1:].isdecimal()]
    return f"C{max(numbers, default=0) + 1:02d}"


def register(log: Log, camera: Camera, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Put a camera on the register under the next free id. KnownError at once if it is wrong."""
    camera.checked()

    def decide(db: Connection) -> list[CameraRegistered]:
        return [CameraRegistered(replace(camera, id=next_camera_id(db)))]

    return log.write(decide, actor=actor)
