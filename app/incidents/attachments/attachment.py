"""An attachment in the log: the fact, its view, and the questions asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.clock import from_stored
from app.errors import KnownError, msg
from app.incidents.attachments.kinds import FileKind
from app.incidents.register import incident
from app.log import Actor, Connection, Entry, Log

NAME_LIMIT = 120
NOTE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it is kept: its name there is made of its hash; `name` is what it was called."""

    file_name: str
    name: str
    kind: FileKind
    media_type: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class AttachmentAdded:
    """A file was attached to an incident; it lies in the station's evidence."""

    kind: ClassVar[str] = "attachment_added"
    incident_id: str
    file: KeptFile
    note: str = ""

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        said = {**asdict(self.file), "note": self.note}
        said["file_kind"] = said.pop("kind")
        return said


class TakenOut(StrEnum):
    """How a file left the station's keeping."""

    COPIED = "copied"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class AttachmentTakenOut:
    """A copy was saved elsewhere, or another program was given it."""

    kind: ClassVar[str] = "attachment_taken_out"
    incident_id: str
    attachment_id: str
    sha256: str
    how: TakenOut

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"attachment": self.attachment_id, "sha256": self.sha256, "how": self.how}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment. Its `id` is that of the entry that added it."""

    id: str
    incident_id: str
    file: KeptFile
    note: str
    actor: str
    at: datetime


class AttachmentsView:
    """The table `attachments`: one row a file of an incident."""

    tables = ("attachments",)
    kinds = frozenset({AttachmentAdded.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS attachments(id TEXT PRIMARY KEY, incident TEXT NOT NULL,"
            " file_name TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,"
            " media_type TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL,"
            " note TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS attachments_of ON attachments(incident, at)")

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if not data:
            return  # erased: what it was called is gone; the file is deleted by hand, by its hash
        db.execute(
            "INSERT INTO attachments VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.id, entry.subject, data["file_name"], data["name"], data["file_kind"],
             data["media_type"], data["sha256"], data["size_bytes"], data["note"], entry.actor,
             entry.at),
        )  # fmt: skip


def attachments_of(db: Connection, incident_id: str) -> list[Attachment]:
    """The files of an incident, the newest first."""
    rows = db.execute(
        "SELECT * FROM attachments WHERE incident = ? ORDER BY at DESC, id DESC", (incident_id,)
    )
    return [
        Attachment(
            id=row["id"],
            incident_id=row["incident"],
            file=KeptFile(
                row["file_name"],
                row["name"],
                FileKind(row["kind"]),
                row["media_type"],
                row["sha256"],
                row["size_bytes"],
            ),
            note=row["note"],
            actor=row["actor"],
            at=from_stored(row["at"]),
        )
        for row in rows
    ]


def attach(
    log: Log, incident_id: str, file: KeptFile, note: str, *, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Record that a kept file belongs to an incident. KnownError at once: the note will not do."""
    note = " ".join(note.split())
    if len(note) > NOTE_LIMIT or not note.isprintable():
        raise KnownError(
            msg("The note is too long or holds characters that cannot be printed."),
            safe=msg("Nothing was attached; the file is where it was."),
            do=msg("Type it again, in up to {limit} characters.", limit=NOTE_LIMIT),
        )

    def decide(db: Connection) -> list[AttachmentAdded]:
        if incident(db, incident_id) is None:
            raise KnownError(
                msg("There is no such incident in the log."), safe=msg("Nothing was changed.")
            )
        if any(one.file.sha256 == file.sha256 for one in attachments_of(db, incident_id)):
            raise KnownError(
                msg("“{name}” is attached to this incident already.", name=file.name),
                safe=msg("Nothing was changed."),
            )
        return [AttachmentAdded(incident_id, file, note)]

    return log.write(decide, actor=actor)


def shown_name(name: str) -> str:
    """What a file was called, as one printable line: nothing that turns or hides what follows."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in name)
    plain = " ".join(plain.split())
    if len(plain) <= NAME_LIMIT:
        return plain or "·"
    half = NAME_LIMIT // 2
    return f"{plain[:half]}…{plain[-half + 1 :]}"


def record_taken_out(
    log: Log, attachment: Attachment, how: TakenOut, *, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Record that a file is about to leave the station's keeping."""
    fact = AttachmentTakenOut(attachment.incident_id, attachment.id, attachment.file.sha256, how)
    return log.append(fact, actor=actor)
