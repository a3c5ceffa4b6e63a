"""Every time a unit was sent to an incident: when it was told, left, arrived and was free again.

From that come the times to the scene: of one incident, and by unit, beat or month for reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clock import from_stored, to_stored
from app.duty.movements import MOVEMENTS, UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.log import Connection, Entry, Row

_COLUMN = {
    UnitOnTheWay.kind: "left_at",
    UnitArrived.kind: "arrived_at",
    UnitReleased.kind: "released_at",
}
_COLUMNS = (
    "incident, unit, call_sign, beat, distance_m, assigned_at, left_at, arrived_at, released_at"
)
_READ = (  # an order of before beats were written down is taken for the unit's beat of now
    "incident, unit, call_sign, coalesce(nullif(beat, ''),"
    " (SELECT units.beat FROM units WHERE units.id = unit), ''),"
    " distance_m, assigned_at, left_at, arrived_at, released_at"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One unit sent to one incident. Times it has not come to are None."""

    incident_id: str
    unit_id: str
    call_sign: str
    beat: str
    distance_m: float | None
    assigned_at: datetime
    left_at: datetime | None
    arrived_at: datetime | None
    released_at: datetime | None

    @property
    def to_scene_s(self) -> float | None:
        """From the order to the arrival, in seconds; None if it never arrived or nobody knows."""
        return seconds_to_scene(self.assigned_at, self.arrived_at)

    @property
    def is_out(self) -> bool:
        """Whether it is still on the incident."""
        return self.released_at is None


def seconds_to_scene(since: datetime, arrived_at: datetime | None) -> float | None:
    """None when nobody arrived, and when the clock was set back meanwhile: nobody knows then."""
    if arrived_at is None or arrived_at < since:
        return None
    return (arrived_at - since).total_seconds()


class RunsView:
    """The table `unit_runs`: a row an order, with what followed from it."""

    tables = ("unit_runs",)
    kinds = MOVEMENTS

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS unit_runs(id TEXT PRIMARY KEY, incident TEXT NOT NULL,"
            " unit TEXT NOT NULL, call_sign TEXT NOT NULL, beat TEXT NOT NULL, distance_m REAL,"
            " assigned_at TEXT NOT NULL, left_at TEXT, arrived_at TEXT, released_at TEXT) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS unit_runs_of ON unit_runs(incident, assigned_at)")
        db.execute("CREATE INDEX IF NOT EXISTS unit_runs_by_time ON unit_runs(assigned_at)")

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if entry.kind == UnitAssigned.kind:
            if data:
                self._sent(db, entry, data)
            return
        run = _the_run(db, entry, data)
        if run is not None:
            column = _COLUMN[entry.kind]
            at = data.get("happened_at", entry.at)
            db.execute(f"UPDATE unit_runs SET {column} = ? WHERE id = ?", (at, run))

    def _sent(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """An order that goes over to another incident keeps its times there."""
        moved = db.execute(
            "SELECT assigned_at, left_at, arrived_at FROM unit_runs WHERE incident = ? AND unit = ?"
            " ORDER BY assigned_at DESC, rowid DESC LIMIT 1",
            (data.get("moved_from"), data["unit"]),
        ).fetchone()
        times = tuple(moved) if moved is not None else (entry.at, None, None)
        db.execute(
            f"INSERT INTO unit_runs(id, {_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (
                entry.id,
                entry.subject,
                data["unit"],
                data["call_sign"],
                data.get("beat", ""),
                data.get("distance_m"),
                *times,
            ),
        )


def _the_run(db: Connection, entry: Entry, data: Mapping[str, Any]) -> str | None:
    """The order that a movement belongs to; an erased one is taken for whoever waited longest."""
    row = db.execute(
        f"SELECT id FROM unit_runs WHERE incident = ? AND unit = coalesce(?, unit)"
        f" AND released_at IS NULL AND {_COLUMN[entry.kind]} IS NULL ORDER BY assigned_at, unit",
        (entry.subject, data.get("unit")),
    ).fetchone()
    return row[0] if row is not None else None


def runs_of(db: Connection, incident_id: str) -> list[Run]:
    """The units that were sent to an incident, in the order of the orders."""
    rows = db.execute(
        f"SELECT {_READ} FROM unit_runs WHERE incident = ? ORDER BY assigned_at, unit",
        (incident_id,),
    )
    return _runs(rows)


def runs_between(db: Connection, begins: datetime, ends: datetime) -> list[Run]:
    """The orders given from `begins` to before `ends`, oldest first.

    One that went over to another incident, with the same unit and time, is one: where it is now.
    """
    rows = db.execute(
        f"SELECT {_READ} FROM unit_runs WHERE assigned_at >= ? AND assigned_at < ?"
        " ORDER BY assigned_at, unit, rowid",
        (to_stored(begins), to_stored(ends)),
    )
    return list({(run.unit_id, run.assigned_at): run for run in _runs(rows)}.values())


def runs_to(db: Connection, incident_ids: Iterable[str]) -> list[Run]:
    """The orders to any of these incidents, whenever they were given, oldest first."""
    rows = db.execute(
        f"SELECT {_READ} FROM unit_runs WHERE incident IN (SELECT value FROM json_each(?))"
        " ORDER BY assigned_at, unit",
        (json.dumps(list(incident_ids)),),
    )
    return _runs(rows)


def _runs(rows: Iterable[Row]) -> list[Run]:
    return [
        Run(
            incident_id=row[0],
            unit_id=row[1],
            call_sign=row[2],
            beat=row[3],
            distance_m=row[4],
            assigned_at=from_stored(row[5]),
            left_at=_time(row[6]),
            arrived_at=_time(row[7]),
            released_at=_time(row[8]),
        )
        for row in rows
    ]


def _time(stored: str | None) -> datetime | None:
    return from_stored(stored) if stored else None
