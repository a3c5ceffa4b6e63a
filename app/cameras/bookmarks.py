"""Bookmarks: moments of a camera that an officer marked, to be found again. Knows no video.

A mark is written at once; a note, and that it was a mistake, are entries of their own after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.clock import from_stored, to_stored
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Log, Row, Said

NOTE_LIMIT = 200  # characters: one line


@dataclass(frozen=True, slots=True)
class MomentMarked:
    """At `at` (aware) a camera showed something worth finding again."""

    kind: ClassVar[str] = "moment_marked"
    camera_id: str
    at: datetime
    note: str = ""
    incident_id: str = ""

    @property
    def subject(self) -> str:
        """The incident it belongs to, so that it stands in its story; else the camera."""
        return self.incident_id or self.camera_id

    def body(self) -> Mapping[str, Any]:
        return {
            "camera_id": self.camera_id,
            "moment": to_stored(self.at),
            "note": self.note,
            "incident_id": self.incident_id,
        }


@dataclass(frozen=True, slots=True)
class MomentNoted:
    """What was to be seen at a marked moment; it takes the place of an earlier note."""

    kind: ClassVar[str] = "moment_noted"
    mark_id: str
    about: str
    note: str

    @property
    def subject(self) -> str:
        return self.about

    def body(self) -> Mapping[str, Any]:
        return {"mark_id": self.mark_id, "note": self.note}


@dataclass(frozen=True, slots=True)
class MomentUnmarked:
    """The mark was a mistake. Both entries stay."""

    kind: ClassVar[str] = "moment_unmarked"
    mark_id: str
    about: str

    @property
    def subject(self) -> str:
        return self.about

    def body(self) -> Mapping[str, Any]:
        return {"mark_id": self.mark_id}


SAID = (Said(MomentMarked.kind, ("note",)), Said(MomentNoted.kind, ("note",)))


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A marked moment. Its `id` is that of the entry that marked it."""

    id: str
    camera_id: str
    at: datetime
    note: str
    incident_id: str
    actor: str

    @property
    def about(self) -> str:
        """What its entries are about."""
        return self.incident_id or self.camera_id


class BookmarksView:
    """The table `bookmarks`: one row a mark that was not taken back."""

    tables = ("bookmarks",)
    kinds = frozenset({MomentMarked.kind, MomentNoted.kind, MomentUnmarked.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS bookmarks(id TEXT PRIMARY KEY, camera_id TEXT NOT NULL,"
            " moment TEXT NOT NULL, note TEXT NOT NULL, incident_id TEXT NOT NULL,"
            " actor TEXT NOT NULL) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS bookmarks_by_time ON bookmarks(camera_id, moment)")

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if not data:  # erased: the mark is gone with its place in time, a note with its words
            return
        match entry.kind:
            case MomentMarked.kind:
                db.execute(
                    "INSERT INTO bookmarks VALUES(?, ?, ?, ?, ?, ?)",
                    (entry.id, data["camera_id"], data["moment"], data["note"],
                     data["incident_id"], entry.actor),
                )  # fmt: skip
            case MomentNoted.kind:
                db.execute(
                    "UPDATE bookmarks SET note = ? WHERE id = ?", (data["note"], data["mark_id"])
                )
            case _:
                db.execute("DELETE FROM bookmarks WHERE id = ?", (data["mark_id"],))


def bookmarks_between(
    db: Connection, begins: datetime, ends: datetime, camera_id: str = ""
) -> list[Bookmark]:
    """The marks from `begins` to before `ends` (aware), in order; of one camera if it is named."""
    rows = db.execute(
        "SELECT * FROM bookmarks WHERE moment >= ? AND moment < ?"
        " AND (? = '' OR camera_id = ?) ORDER BY moment, id",
        (to_stored(begins), to_stored(ends), camera_id, camera_id),
    )
    return [_bookmark(row) for row in rows]


def mark_moment(
    log: Log, camera_id: str, at: datetime, *, incident_id: str = "", actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Mark what the camera showed at `at`. The future's entry gives the mark its id."""
    return log.append(MomentMarked(camera_id, at, incident_id=incident_id), actor=actor)


def note_moment(log: Log, mark_id: str, note: str, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Say what was to be seen. KnownError at once if the note will not do."""
    text = _checked_note(note)

    def decide(db: Connection) -> list[MomentNoted]:
        return [MomentNoted(mark_id, _existing(db, mark_id).about, text)]

    return log.write(decide, actor=actor)


def unmark_moment(log: Log, mark_id: str, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Take a mark back."""

    def decide(db: Connection) -> list[MomentUnmarked]:
        return [MomentUnmarked(mark_id, _existing(db, mark_id).about)]

    return log.write(decide, actor=actor)


def _existing(db: Connection, mark_id: str) -> Bookmark:
    row = db.execute("SELECT * FROM bookmarks WHERE id = ?", (mark_id,)).fetchone()
    if row is None:
        raise KnownError(
            msg("This moment is not marked any more."), safe=msg("Nothing was changed.")
        )
    return _bookmark(row)


def _checked_note(note: str) -> str:
    note = note.strip()
    if not note:
        raise KnownError(msg("The note is empty."), do=msg("Type a few words."))
    if len(note) > NOTE_LIMIT or not note.isprintable():
        raise KnownError(
            msg("The note is too long or holds characters that cannot be printed."),
            safe=msg("The moment stays marked; what you typed is still here."),
            do=msg("Type it again, in up to {limit} characters.", limit=NOTE_LIMIT),
        )
    return note


def _bookmark(row: Row) -> Bookmark:
    return Bookmark(
        id=row["id"],
        camera_id=row["camera_id"],
        at=from_stored(row["moment"]),
        note=row["note"],
        incident_id=row["incident_id"],
        actor=row["actor"],
    )
