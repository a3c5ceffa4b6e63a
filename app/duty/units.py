"""Units: patrols by beat, traffic police, investigators; where each is and what it is doing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from app.log import Connection, Row

COLUMNS = (
    "id, call_sign, kind, beat, members, vehicle, lat_deg, lon_deg, place, place_at, state,"
    " incident, since, heard, heard_at, crew_since"
)


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
    OFF_DUTY = "off_duty"
    """Nobody rides in it this shift."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. The place is the last one known; `incident` is what it was sent to, if any.

    `members` are officers' ids, or names of who is no officer of the list. Times are as stored,
    empty for never.
    """

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
    vehicle: str = ""
    place: str = ""
    """Words of the last place, where there were any."""
    place_at: str = ""
    heard: str = ""
    """What it said last; empty: nothing to report."""
    heard_at: str = ""
    crew_since: str = ""

    @property
    def is_out(self) -> bool:
        """Whether an incident has it."""
        return self.incident is not None


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
            "vehicle": unit.vehicle,
            "lat_deg": unit.lat_deg,
            "lon_deg": unit.lon_deg,
            "state": unit.state,
        }


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """A unit is called or placed otherwise from now on, or rests or is free again.

    None leaves what it was.
    """

    kind: ClassVar[str] = "unit_changed"
    unit_id: str
    state: UnitState | None = None
    lat_deg: float | None = None
    lon_deg: float | None = None
    place: str = field(default="")
    call_sign: str | None = None
    unit_kind: UnitKind | None = None
    beat: str | None = None

    @property
    def subject(self) -> str:
        return self.unit_id

    def body(self) -> Mapping[str, Any]:
        return {
            "state": self.state,
            "lat_deg": self.lat_deg,
            "lon_deg": self.lon_deg,
            "place": self.place,
            "call_sign": self.call_sign,
            "unit_kind": self.unit_kind,
            "beat": self.beat,
        }


def units(db: Connection) -> list[Unit]:
    """The units on the list, by id."""
    rows = db.execute(f"SELECT {COLUMNS} FROM units WHERE stood_down_at IS NULL ORDER BY id")
    return _units(rows)


def every_unit(db: Connection) -> list[Unit]:
    """Also those that were stood down, by id: for telling what was."""
    return _units(db.execute(f"SELECT {COLUMNS} FROM units ORDER BY id"))


def _units(rows: Iterable[Row]) -> list[Unit]:
    return [
        Unit(
            id=row[0],
            call_sign=row[1],
            kind=UnitKind(row[2]),
            beat=row[3],
            members=tuple(json.loads(row[4])),
            vehicle=row[5],
            lat_deg=row[6],
            lon_deg=row[7],
            place=row[8],
            place_at=row[9],
            state=UnitState(row[10]),
            incident=row[11],
            since=row[12],
            heard=row[13],
            heard_at=row[14],
            crew_since=row[15],
        )
        for row in rows
    ]
