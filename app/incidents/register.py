"""The incidents' view: each incident as it stands now, and the questions asked of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.clock import from_stored, to_stored
from app.duty.movements import MOVEMENTS, UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.errors import msg
from app.incidents.categories import Category, Channel, Priority
from app.incidents.category_table import own_categories
from app.incidents.incident import (
    AreaFound,
    Ending,
    Incident,
    IncidentClosed,
    IncidentReopened,
    IncidentReported,
    IncidentState,
    IncidentUnderControl,
    Report,
)
from app.incidents.late import happened_at, is_late
from app.incidents.report_now import CHANGING, change_report
from app.log import Connection, Entry, Row, content_of
from app.thai.dates import buddhist_year
from app.thai.digits import to_arabic
from app.thai.translation import say

_STATE_AFTER = {
    UnitAssigned.kind: IncidentState.ASSIGNED,
    UnitOnTheWay.kind: IncidentState.ON_THE_WAY,
    UnitArrived.kind: IncidentState.ON_SCENE,
    IncidentUnderControl.kind: IncidentState.UNDER_CONTROL,
    IncidentClosed.kind: IncidentState.CLOSED,
    "incident_cancelled": IncidentState.CLOSED,
    "incident_marked_duplicate": IncidentState.CLOSED,
    "incident_merged": IncidentState.CLOSED,
    IncidentReopened.kind: IncidentState.NEW,
}
_ENDING = {
    IncidentClosed.kind: Ending.RESULT,
    "incident_cancelled": Ending.CANCELLED,
    "incident_marked_duplicate": Ending.DUPLICATE,
    "incident_merged": Ending.MERGED,
}
_TENDING = frozenset({"owner_set", "next_step_set", "escalated"})
_NOTHING_SAID = "{}"
"""A report that was erased. What stands for it is said in the language of the day."""
_ORDER = {state: rank for rank, state in enumerate(IncidentState)}
_COLUMNS = (
    "id, number, reported_at, state, state_since, report,"
    " (SELECT group_concat(call_sign, char(31)) FROM"
    " (SELECT call_sign FROM incident_units WHERE incident = incidents.id AND released = 0"
    " ORDER BY since, unit)) AS units,"
    " state_late, ending, joined_to, owner, next_step, next_due, escalated"
)


_ADVANCED = "state = ?, state_since = ?, state_late = ?, ending = ?, joined_to = ?"
_STEP = f"UPDATE incidents SET {_ADVANCED} WHERE id = ?"
_CLOSE = (
    f"UPDATE incidents SET {_ADVANCED}, next_step = '', next_due = NULL, escalated = ''"
    " WHERE id = ?"
)


class IncidentsView:
    """The tables `incidents` and `incident_units`."""

    tables = ("incidents", "incident_units")
    version = 4
    kinds = frozenset({IncidentReported.kind, *_STATE_AFTER}) | CHANGING | _TENDING | MOVEMENTS

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS incidents(id TEXT PRIMARY KEY, number TEXT NOT NULL,"
            " year_be INTEGER NOT NULL, serial INTEGER NOT NULL, reported_at TEXT NOT NULL,"
            " state TEXT NOT NULL, state_since TEXT NOT NULL, report TEXT NOT NULL,"
            " state_late INTEGER NOT NULL DEFAULT 0, ending TEXT NOT NULL DEFAULT '',"
            " joined_to TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '',"
            " next_step TEXT NOT NULL DEFAULT '', next_due TEXT,"
            " escalated TEXT NOT NULL DEFAULT '', UNIQUE(year_be, serial)) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS incidents_by_time ON incidents(reported_at)")
        db.execute(
            "CREATE INDEX IF NOT EXISTS incidents_open ON incidents(reported_at)"
            " WHERE state <> 'closed'"
        )
        db.execute(
            "CREATE INDEX IF NOT EXISTS incidents_closed ON incidents(state_since)"
            " WHERE state = 'closed'"
        )
        db.execute(
            "CREATE TABLE IF NOT EXISTS incident_units(incident TEXT NOT NULL, unit TEXT NOT NULL,"
            " call_sign TEXT NOT NULL, since TEXT NOT NULL, released INTEGER NOT NULL,"
            " PRIMARY KEY(incident, unit)) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if entry.kind == IncidentReported.kind:
            self._reported(db, entry, data)
            return
        if entry.kind in CHANGING:
            change_report(db, entry, data)
        if entry.kind in MOVEMENTS:
            self._moved(db, entry, data)
        if entry.kind in _STATE_AFTER:
            self._advance(db, entry, data)
        if entry.kind in _TENDING and data:
            self._tended(db, entry, data)

    def _reported(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        data = data or _erased(db, entry)
        db.execute(
            "INSERT INTO incidents(id, number, year_be, serial, reported_at, state, state_since,"
            " report) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.subject,
                data["number"],
                data["year_be"],
                data["serial"],
                entry.at,
                IncidentState.NEW,
                entry.at,
                entry.body or _NOTHING_SAID,
            ),
        )

    def _moved(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """An erased release no longer says whose it was: whoever was sent first is taken for it."""
        if entry.kind == UnitReleased.kind:
            db.execute(
                "UPDATE incident_units SET released = 1 WHERE incident = ? AND unit = coalesce(?,"
                " (SELECT unit FROM incident_units WHERE incident = ? AND released = 0"
                " ORDER BY since, unit LIMIT 1))",
                (entry.subject, data.get("unit"), entry.subject),
            )
            self._waits_again(db, entry, data)
        elif entry.kind == UnitAssigned.kind and data:
            db.execute(
                "INSERT OR REPLACE INTO incident_units VALUES(?, ?, ?, ?, 0)",
                (entry.subject, data["unit"], data["call_sign"], entry.at),
            )

    def _waits_again(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """Its last unit was called back before it came: the incident has nobody, as when new."""
        db.execute(
            "UPDATE incidents SET state = ?, state_since = ?, state_late = ?"
            " WHERE id = ? AND state IN (?, ?)"
            " AND NOT EXISTS (SELECT 1 FROM incident_units WHERE incident = ? AND released = 0)",
            (
                IncidentState.NEW, _since(entry, data), is_late(data),
                entry.subject, IncidentState.ASSIGNED, IncidentState.ON_THE_WAY, entry.subject,
            ),
        )  # fmt: skip

    def _advance(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """Forward only: a second unit on its way does not take the scene back a stage."""
        wanted = _STATE_AFTER[entry.kind]
        row = db.execute("SELECT state FROM incidents WHERE id = ?", (entry.subject,)).fetchone()
        if row is None:
            return
        backwards = _ORDER[wanted] <= _ORDER[IncidentState(row[0])]
        if backwards and entry.kind != IncidentReopened.kind:
            return
        db.execute(
            _CLOSE if wanted is IncidentState.CLOSED else _STEP,
            (
                wanted,
                _since(entry, data),
                is_late(data),
                _ENDING.get(entry.kind, Ending.NONE),
                data.get("other_number", ""),
                entry.subject,
            ),
        )

    def _tended(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """Who answers for it, what comes next, and of which deadline a supervisor was told."""
        match entry.kind:
            case "owner_set":
                _set(db, entry, "owner = ?", data["officer"])
            case "next_step_set":
                _set(db, entry, "next_step = ?, next_due = ?", data["text"], data["due_at"])
            case "escalated":
                _set(db, entry, "escalated = ?", data["due_at"])


def _since(entry: Entry, data: Mapping[str, Any]) -> str:
    """From when a stage counts: the time that was told, else the entry's own."""
    return to_stored(happened_at(data, from_stored(entry.at))) if is_late(data) else entry.at


def _set(db: Connection, entry: Entry, columns: str, *values: object) -> None:
    db.execute(f"UPDATE incidents SET {columns} WHERE id = ?", (*values, entry.subject))


def _erased(db: Connection, entry: Entry) -> dict[str, Any]:
    """What is left of an erased report: its number, which follows from the ones before it.

    Without it the number would be given twice, and its units could never be released.
    """
    year = buddhist_year(from_stored(entry.at))
    serial = last_serial(db, year) + 1
    return {"number": f"{serial}/{year}", "year_be": year, "serial": serial}


def last_serial(db: Connection, year_be: int) -> int:
    """The last serial given in a Buddhist year; 0 before the first."""
    row = db.execute("SELECT max(serial) FROM incidents WHERE year_be = ?", (year_be,)).fetchone()
    return int(row[0] or 0)


def last_serials(db: Connection) -> dict[int, int]:
    """The last serial given, by Buddhist year."""
    rows = db.execute("SELECT year_be, max(serial) FROM incidents GROUP BY year_be")
    return {int(row[0]): int(row[1]) for row in rows}


def open_incidents(db: Connection) -> list[Incident]:
    """Every incident that is not closed, newest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM incidents WHERE state <> 'closed' ORDER BY reported_at DESC"
    )
    return _incidents(db, rows)


def incident(db: Connection, incident_id: str) -> Incident | None:
    """One incident by its id."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM incidents WHERE id = ?", (incident_id,))
    return next(iter(_incidents(db, rows)), None)


def incidents_named(db: Connection, ids: Iterable[str]) -> dict[str, Incident]:
    """Those of these incidents that there are, by their ids."""
    return _with(db, "id", ids)


def incidents_at(db: Connection, ids: Mapping[int, str]) -> dict[str, Incident]:
    """The same, by their places in the log's order: the incidents' rows stand in it too, so that
    neighbours are read together. One that does not stand where it should is looked for by its id.
    """
    found = _with(db, "rowid", ids)
    missing = [one for one in ids.values() if one not in found]
    return found | incidents_named(db, missing) if missing else found


def _with(db: Connection, column: str, values: Iterable[str | int]) -> dict[str, Incident]:
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM incidents WHERE {column} IN (SELECT value FROM json_each(?))",
        (json.dumps(list(values)),),
    )
    return {found.id: found for found in _incidents(db, rows)}


def find_incidents(db: Connection, number: str, limit: int) -> list[Incident]:
    """Incidents whose number begins with `number` (`1284`, `1284/2569`), newest first."""
    pattern = to_arabic(number).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM incidents WHERE number LIKE ? ESCAPE '\\'"
        " ORDER BY reported_at DESC LIMIT ?",
        (pattern, limit),
    )
    return _incidents(db, rows)


def incident_numbered(db: Connection, number: str, now: datetime) -> Incident | None:
    """The incident of this number: `1284/2569`, or `1284` of the present Buddhist year."""
    plain = "".join(to_arabic(number).split()).lstrip("#")
    serial, _, year = plain.partition("/")
    if not serial.isdecimal() or not (year or "0").isdecimal() or len(plain) > 18:
        return None
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM incidents WHERE year_be = ? AND serial = ?",
        (int(year or buddhist_year(now)), int(serial)),
    )
    return next(iter(_incidents(db, rows)), None)


def incidents_between(
    db: Connection, begins: datetime, ends: datetime, limit: int
) -> list[Incident]:
    """Incidents reported from `begins` to before `ends`, the newest `limit` of them, in order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM incidents WHERE reported_at >= ? AND reported_at < ?"
        " ORDER BY reported_at DESC LIMIT ?",
        (to_stored(begins), to_stored(ends), limit),
    )
    return _incidents(db, rows)[::-1]


def closed_since(db: Connection, since: datetime) -> int:
    """How many were closed at or after this time."""
    row = db.execute(
        "SELECT count(*) FROM incidents WHERE state = 'closed' AND state_since >= ?",
        (to_stored(since),),
    ).fetchone()
    return int(row[0])


def _incidents(db: Connection, rows: Iterable[Row]) -> list[Incident]:
    own = own_categories(db)
    return [_incident(row, own) for row in rows]


def _incident(row: Row, own: Mapping[str, Category]) -> Incident:
    """Rows that did not change are not read again: lists of the same ones are asked for all day."""
    values = tuple(row)
    found = _read(values) if values[5] == _NOTHING_SAID else _remembered(values)
    named = own.get(found.report.category)
    return found if named is None else replace(found, own_category=named)


@lru_cache(maxsize=512)
def _remembered(row: tuple[Any, ...]) -> Incident:
    return _read(row)


def _read(row: tuple[Any, ...]) -> Incident:
    units = row[6].split("\x1f") if row[6] else []
    record = content_of(row[5])
    report = report_from(record) if record else _erased_report()
    return Incident(
        id=row[0],
        number=row[1],
        reported_at=from_stored(row[2]),
        state=IncidentState(row[3]),
        state_since=from_stored(row[4]),
        report=report,
        units=tuple(units),
        erased=not record,
        is_late=bool(row[7]),
        ending=Ending(row[8]),
        joined_to=row[9],
        owner=row[10],
        next_step=row[11],
        next_due=from_stored(row[12]) if row[12] else None,
        escalated=row[13],
    )


def _erased_report() -> Report:
    """What is shown where the words were. Category and channel stand for nothing known."""
    words = say(msg("Erased by order; the entry remains."))
    return Report(Channel.PHONE, "99", Priority.ROUTINE, place=words, narrative="")


_area = lru_cache(maxsize=512)(AreaFound)  # a zone has a few dozen


def report_from(data: Mapping[str, Any]) -> Report:
    """A report from an entry's body or the view's record."""
    return Report(
        channel=Channel(data["channel"]),
        category=data["category"],
        priority=Priority(data["priority"]),
        place=data["place"],
        narrative=data["narrative"],
        lat_deg=data["lat_deg"],
        lon_deg=data["lon_deg"],
        areas=tuple([_area(**found) for found in data["areas"]]),
        happened_from=data["happened_from"],
        caller=data["caller"],
        caller_phone=data["caller_phone"],
        caller_unnamed=data["caller_unnamed"],
        sample=data["sample"],
        # what the program did not ask for in its first versions
        happened_to=data.get("happened_to"),
        address=data.get("address", ""),
        victims=data.get("victims", ""),
        suspects=data.get("suspects", ""),
        vehicles=data.get("vehicles", ""),
        plates=tuple(data.get("plates", ())),
        daily_log=data.get("daily_log", ""),
    )
