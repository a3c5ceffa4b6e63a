"""What left the station: a package, by whom, why, to where. Facts and the table of them.

Knows no footage and no file: `export.py` writes the package and then these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.clock import from_stored, to_stored
from app.log import Connection, Entry, Row, Said
from app.video.archive.segment import Span


@dataclass(frozen=True, slots=True)
class ClipExported:
    """A package was written. `manifest_sha256` names every byte of its footage."""

    kind: ClassVar[str] = "clip_exported"
    package: str
    camera_ids: tuple[str, ...]
    span: Span
    reason: str
    incident_id: str
    target: str
    manifest_sha256: str
    size_bytes: int
    stills: int = 0
    burned_copy: bool = False

    @property
    def subject(self) -> str:
        return self.incident_id or self.package

    def body(self) -> Mapping[str, Any]:
        return {
            "package": self.package,
            "cameras": list(self.camera_ids),
            "begins": to_stored(self.span.begins),
            "ends": to_stored(self.span.ends),
            "reason": self.reason,
            "incident_id": self.incident_id,
            "target": self.target,
            "manifest_sha256": self.manifest_sha256,
            "size_bytes": self.size_bytes,
            "stills": self.stills,
            "burned_copy": self.burned_copy,
        }


@dataclass(frozen=True, slots=True)
class ExportRemoved:
    """An export was begun and did not come to its end; what there was of it is gone."""

    kind: ClassVar[str] = "export_removed"
    package: str
    about: str
    target: str
    why: str

    @property
    def subject(self) -> str:
        return self.about

    def body(self) -> Mapping[str, Any]:
        return {"package": self.package, "target": self.target, "why": self.why}


@dataclass(frozen=True, slots=True)
class Export:
    """One package as the log knows it."""

    entry_id: str
    package: str
    camera_ids: tuple[str, ...]
    span: Span
    reason: str
    incident_id: str
    target: str
    manifest_sha256: str
    actor: str
    at: datetime
    was_removed: bool


SAID = (Said(ClipExported.kind, ("package", "reason")), Said(ExportRemoved.kind, ("why",)))


class ExportsView:
    """The table `exports`: one row a package; also of one that was removed, whose name stays."""

    tables = ("exports",)
    kinds = frozenset({ClipExported.kind, ExportRemoved.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS exports(entry_id TEXT PRIMARY KEY, package TEXT NOT NULL,"
            " cameras TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL,"
            " reason TEXT NOT NULL, incident_id TEXT NOT NULL, target TEXT NOT NULL,"
            " manifest_sha256 TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,"
            " removed INTEGER NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if not data:  # erased: that something left stays in the log, which package does not
            return
        if entry.kind == ExportRemoved.kind:
            db.execute("UPDATE exports SET removed = 1 WHERE package = ?", (data["package"],))
            return
        db.execute(
            "INSERT OR REPLACE INTO exports VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (entry.id, data["package"], " ".join(data["cameras"]), data["begins"], data["ends"],
             data["reason"], data["incident_id"], data["target"], data["manifest_sha256"],
             entry.actor, entry.at),
        )  # fmt: skip


def exports_of(db: Connection, incident_id: str) -> list[Export]:
    """The packages of an incident, oldest first; of none for an empty id."""
    rows = db.execute(
        "SELECT * FROM exports WHERE incident_id = ? ORDER BY at, entry_id", (incident_id,)
    )
    return [_export(row) for row in rows]


def exports_since(db: Connection, since: datetime) -> list[Export]:
    """The packages that left at or after this time and were not removed, newest first."""
    rows = db.execute(
        "SELECT * FROM exports WHERE at >= ? AND removed = 0 ORDER BY at DESC, entry_id",
        (to_stored(since),),
    )
    return [_export(row) for row in rows]


def package_names(db: Connection, prefix: str) -> set[str]:
    """The names of all packages that begin so, also of removed ones: no name is given twice."""
    rows = db.execute(
        "SELECT package FROM exports WHERE substr(package, 1, ?) = ?", (len(prefix), prefix)
    )
    return {row[0] for row in rows}


def export_named(db: Connection, package: str) -> Export | None:
    """The package of this name, also one that was removed; None if the log knows of none."""
    row = db.execute("SELECT * FROM exports WHERE package = ?", (package,)).fetchone()
    return None if row is None else _export(row)


def _export(row: Row) -> Export:
    return Export(
        entry_id=row["entry_id"],
        package=row["package"],
        camera_ids=tuple(row["cameras"].split()),
        span=Span(from_stored(row["begins"]), from_stored(row["ends"])),
        reason=row["reason"],
        incident_id=row["incident_id"],
        target=row["target"],
        manifest_sha256=row["manifest_sha256"],
        actor=row["actor"],
        at=from_stored(row["at"]),
        was_removed=bool(row["removed"]),
    )
