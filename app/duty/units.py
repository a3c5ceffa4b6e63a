"""Units: patrols by beat, traffic police, investigators; where each is and what it is doing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from app.duty.movements import MOVEMENTS, UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.log import Connection, Entry


class UnitKind(StrEnum):
    PATROL = "patrol"
    TRAFFIC = "traffic"
    INVESTIGATION = "investigation"


class UnitState(StrEnum):
    FREE = "free"
    ASSIGNED = "assigned"
    ON_THE_WAY = "on_the_way"
    ON_SCENE = "on_scene"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. The place is the last one known; `incident` is what it was sent to, if any."""

    id: str
    call_sign: str
    kind: UnitKind
    beat: str
    members: tuple[str, ...]
    lat_deg: float
    lon_deg: float
    state: UnitState = UnitState.FREE
    incident: str | None = None
    since: str = ""


@dataclass(frozen=True, slots=True)
class UnitFormed:
    """A unit was put on the list, with where it starts."""

    kind: ClassVar[str] = "unit_formed"
    unit: Unit

    @property
    def subject(self) -> str:
        return self.unit.id

    def body(self) -> Mapping[str, Any]:
        unit = self.unit
        return {
            "call_sign": unit.call_sign,
            "kind": unit.kind,
            "beat": unit.beat,
            "members": list(unit.members),
            "lat_deg": unit.lat_deg,
            "lon_deg": unit.lon_deg,
            "state": unit.state,
        }


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """A unit reported another place, or that it rests or is free again."""

    kind: ClassVar[str] = "unit_changed"
    unit_id: str
    state: UnitState | None = None
    lat_deg: float | None = None
    lon_deg: float | None = None
    place: str = field(default="")

    @property
    def subject(self) -> str:
        return self.unit_id

    def body(self) -> Mapping[str, Any]:
        return {
            "state": self.state,
            "lat_deg": self.lat_deg,
            "lon_deg": self.lon_deg,
            "place": self.place,
        }


_STATE_AFTER = {
    UnitAssigned.kind: UnitState.ASSIGNED,
    UnitOnTheWay.kind: UnitState.ON_THE_WAY,
    UnitArrived.kind: UnitState.ON_SCENE,
    UnitReleased.kind: UnitState.FREE,
}
_STATES_BEFORE = {
    UnitOnTheWay.kind: (UnitState.ASSIGNED,),
    UnitArrived.kind: (UnitState.ASSIGNED, UnitState.ON_THE_WAY),
    UnitReleased.kind: (UnitState.ASSIGNED, UnitState.ON_THE_WAY, UnitState.ON_SCENE),
}


class UnitsView:
    """The table `units`: where each unit is and what it is doing now."""

    tables = ("units",)
    kinds = frozenset({UnitFormed.kind, UnitChanged.kind}) | MOVEMENTS

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS units(id TEXT PRIMARY KEY, call_sign TEXT NOT NULL,"
            " kind TEXT NOT NULL, beat TEXT NOT NULL, members TEXT NOT NULL, lat_deg REAL NOT NULL,"
            " lon_deg REAL NOT NULL, state TEXT NOT NULL, incident TEXT,"
            " since TEXT NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if entry.kind in MOVEMENTS:
            if data:
                self._moved(db, entry, data)
            else:
                self._moved_by_an_erased_entry(db, entry)
        elif data and entry.kind == UnitFormed.kind:
            self._formed(db, entry, data)
        elif data:
            self._changed(db, entry, data)

    def _formed(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        db.execute(
            "INSERT OR REPLACE INTO units VALUES(?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            (
                entry.subject,
                data["call_sign"],
                data["kind"],
                data["beat"],
                json.dumps(data["members"], ensure_ascii=False),
                data["lat_deg"],
                data["lon_deg"],
                data["state"],
                entry.at,
            ),
        )

    def _changed(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """A place alone leaves state and `since` as they are; a unit at rest is at no incident."""
        db.execute(
            "UPDATE units SET lat_deg = coalesce(?, lat_deg), lon_deg = coalesce(?, lon_deg)"
            " WHERE id = ?",
            (data["lat_deg"], data["lon_deg"], entry.subject),
        )
        if data["state"] is not None:
            keeps = data["state"] not in (UnitState.FREE, UnitState.RESTING)
            db.execute(
                "UPDATE units SET state = ?, since = ?, incident = iif(?, incident, NULL)"
                " WHERE id = ?",
                (data["state"], entry.at, keeps, entry.subject),
            )

    def _moved(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        state = _STATE_AFTER[entry.kind]
        incident = None if state is UnitState.FREE else entry.subject
        db.execute(
            "UPDATE units SET state = ?, incident = ?, since = ?, lat_deg = coalesce(?, lat_deg),"
            " lon_deg = coalesce(?, lon_deg) WHERE id = ?",
            (state, incident, entry.at, data.get("lat_deg"), data.get("lon_deg"), data["unit"]),
        )

    def _moved_by_an_erased_entry(self, db: Connection, entry: Entry) -> None:
        """Which unit is no longer known; one act moves all units of the incident at that stage."""
        state = _STATE_AFTER[entry.kind]
        incident = None if state is UnitState.FREE else entry.subject
        before = _STATES_BEFORE.get(entry.kind, ())
        marks = ", ".join("?" * len(before))
        db.execute(
            f"UPDATE units SET state = ?, incident = ?, since = ?"
            f" WHERE incident = ? AND state IN ({marks})",
            (state, incident, entry.at, entry.subject, *before),
        )


def units(db: Connection) -> list[Unit]:
    """All units, by id."""
    rows = db.execute(
        "SELECT id, call_sign, kind, beat, members, lat_deg, lon_deg, state, incident, since"
        " FROM units ORDER BY id"
    )
    return [
        Unit(
            id=row[0],
            call_sign=row[1],
            kind=UnitKind(row[2]),
            beat=row[3],
            members=tuple(json.loads(row[4])),
            lat_deg=row[5],
            lon_deg=row[6],
            state=UnitState(row[7]),
            incident=row[8],
            since=row[9],
        )
        for row in rows
    ]
