"""The table of units as they stand: built from what is recorded of them, entry by entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.duty.movements import MOVEMENTS, UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.unit_facts import UnitCheckedIn, UnitCrewed, UnitStoodDown
from app.duty.units import COLUMNS, UnitChanged, UnitFormed, UnitState
from app.log import Connection, Entry

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
    """The table `units`: where each unit is, who rides in it and what it is doing now."""

    tables = ("units",)
    kinds = (
        frozenset({UnitFormed.kind, UnitChanged.kind})
        | {UnitCrewed.kind, UnitCheckedIn.kind, UnitStoodDown.kind}
        | MOVEMENTS
    )

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS units(id TEXT PRIMARY KEY, call_sign TEXT NOT NULL,"
            " kind TEXT NOT NULL, beat TEXT NOT NULL, members TEXT NOT NULL,"
            " vehicle TEXT NOT NULL, lat_deg REAL NOT NULL, lon_deg REAL NOT NULL,"
            " place TEXT NOT NULL, place_at TEXT NOT NULL, state TEXT NOT NULL, incident TEXT,"
            " since TEXT NOT NULL, heard TEXT NOT NULL, heard_at TEXT NOT NULL,"
            " crew_since TEXT NOT NULL, stood_down_at TEXT) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if entry.kind in MOVEMENTS:
            self._moved(db, entry, data)
        elif entry.kind == UnitCrewed.kind:
            self._crewed(db, entry, data)
        elif entry.kind == UnitCheckedIn.kind:
            self._checked_in(db, entry, data)
        elif entry.kind == UnitStoodDown.kind:
            db.execute("UPDATE units SET stood_down_at = ? WHERE id = ?", (entry.at, entry.subject))
        elif data and entry.kind == UnitFormed.kind:
            self._formed(db, entry, data)
        elif data:
            self._changed(db, entry, data)

    def _formed(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        db.execute(
            f"INSERT OR REPLACE INTO units({COLUMNS})"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, NULL, ?, '', ?, ?)",
            (
                entry.subject,
                data["call_sign"],
                data["kind"],
                data["beat"],
                json.dumps(data["members"], ensure_ascii=False),
                data.get("vehicle", ""),
                data["lat_deg"],
                data["lon_deg"],
                entry.at,
                data["state"],
                *(entry.at,) * 3,
            ),
        )

    def _changed(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """A place alone leaves state and `since` as they are; a unit at rest is at no incident."""
        db.execute(
            "UPDATE units SET call_sign = coalesce(?, call_sign), kind = coalesce(?, kind),"
            " beat = coalesce(?, beat) WHERE id = ?",
            (data.get("call_sign"), data.get("unit_kind"), data.get("beat"), entry.subject),
        )
        _stands(db, entry.subject, data, entry.at)
        if data["state"] is not None or data.get("place") or data.get("lat_deg") is not None:
            db.execute("UPDATE units SET heard_at = ? WHERE id = ?", (entry.at, entry.subject))
        if data["state"] is not None:
            keeps = data["state"] not in _AT_NO_INCIDENT
            db.execute(
                "UPDATE units SET state = ?, since = ?, incident = iif(?, incident, NULL)"
                " WHERE id = ?",
                (data["state"], entry.at, keeps, entry.subject),
            )

    def _crewed(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """Who rides in it. Erased: somebody does, but no longer who; it stays on or off duty."""
        members = data.get("members", [])
        names = json.dumps(members, ensure_ascii=False)
        db.execute(
            "UPDATE units SET members = ?, vehicle = ?, crew_since = ?,"
            " heard_at = iif(?, ?, heard_at) WHERE id = ?",
            (names, data.get("vehicle", ""), entry.at, bool(members), entry.at, entry.subject),
        )
        if data:
            after, before = (
                (UnitState.FREE, (UnitState.OFF_DUTY, UnitState.OFF_DUTY))
                if members
                else (UnitState.OFF_DUTY, (UnitState.FREE, UnitState.RESTING))
            )
            db.execute(
                "UPDATE units SET state = ?, since = ?, heard = ''"
                " WHERE id = ? AND incident IS NULL AND state IN (?, ?)",
                (after, entry.at, entry.subject, *before),
            )

    def _checked_in(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """Also erased: that it was heard still counts, what it said is gone."""
        db.execute(
            "UPDATE units SET heard = ?, heard_at = ? WHERE id = ?",
            (data.get("words", ""), entry.at, entry.subject),
        )
        if not data:
            return
        _stands(db, entry.subject, data, entry.at)
        if data["state"]:
            db.execute(
                "UPDATE units SET state = ?, since = ? WHERE id = ? AND incident IS NULL"
                " AND state <> ?",
                (data["state"], entry.at, entry.subject, data["state"]),
            )

    def _moved(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        unit = data["unit"] if data else _who_it_was(db, entry)
        state = _STATE_AFTER[entry.kind]
        incident = None if state is UnitState.FREE else entry.subject
        db.execute(
            "UPDATE units SET state = ?, incident = ?, since = ? WHERE id = ?",
            (state, incident, data.get("happened_at", entry.at), unit),
        )
        if entry.kind != UnitAssigned.kind:  # an order is no answer
            db.execute("UPDATE units SET heard = '', heard_at = ? WHERE id = ?", (entry.at, unit))
        _stands(db, unit, data, entry.at)


_AT_NO_INCIDENT = (UnitState.FREE, UnitState.RESTING, UnitState.OFF_DUTY)


def _stands(db: Connection, unit: str | None, data: Mapping[str, Any], at: str) -> None:
    """The last place, if this entry says any."""
    words, lat_deg, lon_deg = data.get("place", ""), data.get("lat_deg"), data.get("lon_deg")
    if words or lat_deg is not None:
        db.execute(
            "UPDATE units SET lat_deg = coalesce(?, lat_deg), lon_deg = coalesce(?, lon_deg),"
            " place = ?, place_at = ? WHERE id = ?",
            (lat_deg, lon_deg, words, at, unit),
        )


def _who_it_was(db: Connection, entry: Entry) -> str | None:
    """An erased movement no longer says whose it was: whoever waited longest for this step."""
    before = _STATES_BEFORE.get(entry.kind, ())
    marks = ", ".join("?" * len(before))
    row = db.execute(
        f"SELECT id FROM units WHERE incident = ? AND state IN ({marks}) ORDER BY since, id",
        (entry.subject, *before),
    ).fetchone()
    return row[0] if row is not None else None
