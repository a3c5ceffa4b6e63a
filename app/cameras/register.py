"""The camera register: the cameras as they stand now, and what people may do to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace

from app.cameras.camera import Camera, CameraChanged, CameraRegistered, CameraRemoved, camera_from
from app.cameras.likeness import Likeness, Likenesses
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Log

Written = Future[tuple[Entry, ...]]


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


def name_of(db: Connection, camera_id: str) -> str:
    """What a camera is called, also one that was removed; empty if nobody knows any more."""
    row = db.execute("SELECT name FROM cameras WHERE id = ?", (camera_id,)).fetchone()
    return "" if row is None else str(row[0])


def next_camera_id(db: Connection) -> str:
    """The next free `C01`, `C02`, …: ids are never used twice, not even after a removal."""
    return free_id(given_ids(db))


def given_ids(db: Connection) -> set[str]:
    """Every id that a camera has, or had before it was removed."""
    return {row[0] for row in db.execute("SELECT id FROM cameras")}


def free_id(taken: Iterable[str]) -> str:
    """The id after all of these."""
    numbers = [int(camera_id[1:]) for camera_id in taken if camera_id[1:].isdecimal()]
    return f"C{max(numbers, default=0) + 1:02d}"


def register(log: Log, camera: Camera, *, actor: Actor, confirmed: bool = False) -> Written:
    """Put a camera on the register under the next free id. KnownError at once if it is wrong.

    One whose stream is on the register already is refused, through the future, unless somebody
    has `confirmed` that it is another camera.
    """
    camera.checked()

    def decide(db: Connection) -> list[CameraRegistered]:
        if not confirmed:
            refuse_same_stream(Likenesses(cameras(db)), camera)
        return [CameraRegistered(replace(camera, id=next_camera_id(db)))]

    return log.write(decide, actor=actor)


def change(log: Log, camera: Camera, *, actor: Actor, confirmed: bool = False) -> Written:
    """Put this record in the place of the camera's old one; no entry if they are the same.

    KnownError as of `register`, and through the future if no such camera is in use.
    """
    camera.checked()

    def decide(db: Connection) -> list[CameraChanged]:
        known = cameras(db)
        old = in_use(known, camera.id)
        if old == camera:
            return []
        if not confirmed:
            refuse_same_stream(Likenesses(known), camera)
        return [CameraChanged(camera)]

    return log.write(decide, actor=actor)


def remove(log: Log, camera_id: str, reason: str, *, actor: Actor) -> Written:
    """Take a camera off the register, for a reason. Its id is never given again."""
    if not reason.strip():
        raise KnownError(
            msg("A camera is not removed without a reason."),
            do=msg("Type why it is taken off the register."),
        )

    def decide(db: Connection) -> list[CameraRemoved]:
        in_use(cameras(db), camera_id)
        return [CameraRemoved(camera_id, reason.strip())]

    return log.write(decide, actor=actor)


def in_use(known: Iterable[Camera], camera_id: str) -> Camera:
    """The camera of this id. KnownError if there is none in use."""
    for camera in known:
        if camera.id == camera_id:
            return camera
    raise KnownError(
        msg("There is no camera {id} on the register.", id=camera_id[:20]),
        safe=msg("Nothing was saved; what you typed is still here."),
        do=msg("Perhaps somebody removed it; look at the list again."),
    )


def refuse_same_stream(known: Likenesses, camera: Camera) -> None:
    """KnownError that names the camera which has one of these streams already."""
    for twin in known.twins(camera):
        if twin.likeness is Likeness.ADDRESS:
            raise KnownError(
                twin.sentence,
                safe=msg("Nothing was saved; what you typed is still here."),
                do=msg("Check the address, or say that it is another camera."),
            )
