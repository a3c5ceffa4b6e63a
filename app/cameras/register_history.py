"""The camera register as it stood at any time: every version of every camera. Knows no screen."""

from __future__ import annotations

import json
from datetime import datetime

from app.cameras.camera import (
    Camera,
    CameraChanged,
    CameraRegistered,
    CameraRemoved,
    camera_from,
)
from app.clock import to_stored
from app.log import Connection, Entry


class CameraVersionsView:
    """The table `camera_versions`: one row a version, with the time it held."""

    tables = ("camera_versions",)
    kinds = frozenset({CameraRegistered.kind, CameraChanged.kind, CameraRemoved.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS camera_versions(version TEXT PRIMARY KEY,"
            " camera_id TEXT NOT NULL, record TEXT NOT NULL, from_at TEXT NOT NULL, to_at TEXT)"
            " STRICT"
        )
        db.execute(
            "CREATE INDEX IF NOT EXISTS camera_versions_by_id ON camera_versions(camera_id, to_at)"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute(
            "UPDATE camera_versions SET to_at = ? WHERE camera_id = ? AND to_at IS NULL",
            (entry.at, entry.subject),
        )
        data = entry.data()
        if entry.kind == CameraRemoved.kind or not data:  # erased: what stood there is gone
            return
        db.execute(
            "INSERT INTO camera_versions VALUES(?, ?, ?, ?, NULL)",
            (entry.id, entry.subject, json.dumps(data, ensure_ascii=False), entry.at),
        )


def cameras_as_of(db: Connection, at: datetime) -> list[Camera]:
    """The cameras that were in use at an instant (aware), as they stood then, by id."""
    stored = to_stored(at)
    rows = db.execute(
        "SELECT record FROM camera_versions WHERE from_at <= ? AND (to_at IS NULL OR to_at > ?)"
        " ORDER BY length(camera_id), camera_id",
        (stored, stored),
    )
    return [camera_from(json.loads(row[0])) for row in rows]
