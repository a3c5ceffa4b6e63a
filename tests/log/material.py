"""Facts, a view and actors for the tests of the log: small, but of the kinds a station has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.clock import ScriptedClock
from app.log import Actor, Connection, Entry, Log, Role

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
OFFICER = Actor("officer-07", Role.DUTY_OFFICER)
SUPERVISOR = Actor("officer-02", Role.SUPERVISOR)
ADMINISTRATOR = Actor("officer-01", Role.ADMINISTRATOR)
VIEWER = Actor("officer-99", Role.VIEWER)
PROGRAM = Actor("demo", Role.PROGRAM)


@dataclass(frozen=True, slots=True)
class Told:
    """Any fact: a kind, a subject and what it says."""

    kind: str
    subject: str
    says: Mapping[str, Any]

    def body(self) -> Mapping[str, Any]:
        return self.says


def reported(number: str, text: str = "ทะเลาะวิวาทหน้าตลาดอินโดจีน") -> Told:
    return Told("incident_reported", number, {"text": text})


def noted(number: str, text: str = "ผู้แจ้งโทรซ้ำ") -> Told:
    return Told("note_added", number, {"text": text})


def closed(number: str) -> Told:
    return Told("incident_closed", number, {"result": "ระงับเหตุได้"})


class IncidentView:
    """Two tables, one referring to the other, as a real room's view has."""

    tables: tuple[str, ...] = ("incidents", "incident_notes")
    kinds: frozenset[str] = frozenset(
        {"incident_reported", "note_added", "incident_closed", "incident_reopened"}
    )
    version = 1

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS incidents (number TEXT PRIMARY KEY, state TEXT NOT NULL,"
            " text TEXT, reported_at TEXT NOT NULL) STRICT"
        )
        db.execute(
            "CREATE TABLE IF NOT EXISTS incident_notes (seq INTEGER PRIMARY KEY,"
            " number TEXT NOT NULL REFERENCES incidents (number), text TEXT) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS notes_of ON incident_notes (number)")

    def apply(self, db: Connection, entry: Entry) -> None:
        if entry.kind == "incident_reported":
            db.execute(
                "INSERT INTO incidents VALUES (?, 'open', ?, ?)"
                " ON CONFLICT (number) DO UPDATE SET state = 'open', text = excluded.text",
                (entry.subject, entry.data().get("text"), entry.at),
            )
        elif entry.kind == "note_added":
            db.execute(
                "INSERT INTO incident_notes SELECT ?, number, ? FROM incidents WHERE number = ?",
                (entry.seq, entry.data().get("text"), entry.subject),
            )
        else:
            state = "closed" if entry.kind == "incident_closed" else "open"
            db.execute("UPDATE incidents SET state = ? WHERE number = ?", (state, entry.subject))


class CountingView:
    """How many entries of each kind: a second view that wants some of the same kinds."""

    tables: tuple[str, ...] = ("kind_counts",)
    kinds: frozenset[str] = frozenset({"incident_reported", "incident_closed", "camera_lost"})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS kind_counts (kind TEXT PRIMARY KEY, n INTEGER) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute(
            "INSERT INTO kind_counts VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET n = n + 1",
            (entry.kind,),
        )


def views() -> list[IncidentView | CountingView]:
    return [IncidentView(), CountingView()]


def log_in(
    folder: Path, *, origin: str = "console", clock: ScriptedClock | None = None, kept: Any = None
) -> Log:
    """An open log in `folder/station.db`; the test closes it."""
    log = Log(
        folder / "station.db",
        origin=origin,
        views=views() if kept is None else kept,
        clock=clock or ScriptedClock(NOON),
    )
    log.open()
    return log


def rows_of(db: Connection, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table, in an order of its own."""
    return sorted((tuple(row) for row in db.execute(f"SELECT * FROM {table}")), key=repr)


def all_views(log: Log) -> dict[str, list[tuple[Any, ...]]]:
    """Every view's table with its rows."""
    with log.reading() as db:
        return {table: rows_of(db, table) for view in views() for table in view.tables}
