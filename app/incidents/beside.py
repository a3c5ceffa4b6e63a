"""What stands beside an incident in a list: who took the report, stills, locks, result, its place.

Read for a page of incidents at a time, from their entries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.incidents.incident import IncidentClosed, IncidentReported, IncidentState
from app.incidents.snapshots import SnapshotTaken
from app.log import Connection

_LOCKED, _UNLOCKED = "footage_locked", "footage_unlocked"
_COUNTED = (IncidentReported.kind, SnapshotTaken.kind, _LOCKED, _UNLOCKED)


@dataclass(frozen=True, slots=True)
class Beside:
    """`taken_by`: the id of who recorded the report. `locks`: footage that is locked for it now."""

    taken_by: str = ""
    stills: int = 0
    locks: int = 0


@dataclass(frozen=True, slots=True)
class PlacedIncident:
    """As little of an incident as a mark on the map needs."""

    id: str
    number: str
    state: IncidentState
    lat_deg: float
    lon_deg: float


def beside(db: Connection, ids: Iterable[str]) -> dict[str, Beside]:
    """For each of these incidents that has a report."""
    wanted = list(ids)
    kinds = ", ".join("?" * len(_COUNTED))
    rows = db.execute(
        "SELECT subject, kind, actor FROM entries"
        f" WHERE subject IN (SELECT value FROM json_each(?)) AND kind IN ({kinds})",
        (json.dumps(wanted), *_COUNTED),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for subject, kind, actor in rows:
        found.setdefault(subject, []).append((kind, actor))
    return {id_: _summed(entries) for id_, entries in found.items()}


def _summed(entries: Sequence[tuple[str, str]]) -> Beside:
    kinds = [kind for kind, _ in entries]
    taken_by = next((actor for kind, actor in entries if kind == IncidentReported.kind), "")
    locks = max(0, kinds.count(_LOCKED) - kinds.count(_UNLOCKED))
    return Beside(taken_by, kinds.count(SnapshotTaken.kind), locks)


def results(db: Connection, ids: Iterable[str]) -> dict[str, str]:
    """How each of these incidents was closed last; nothing for what was not, or was erased."""
    rows = db.execute(
        "SELECT subject, body FROM entries WHERE subject IN (SELECT value FROM json_each(?))"
        " AND kind = ? ORDER BY seq",
        (json.dumps(list(ids)), IncidentClosed.kind),
    )
    return {row[0]: str(json.loads(row[1])["result"]) if row[1] else "" for row in rows}


def placed(db: Connection, nos: Sequence[int]) -> list[PlacedIncident]:
    """Those of these numbers of the search that have coordinates, in no order."""
    rows = db.execute(
        "SELECT i.id, i.number, i.state, json_extract(i.report, '$.lat_deg') AS lat,"
        " json_extract(i.report, '$.lon_deg') AS lon FROM json_each(?) AS wanted"
        " JOIN incident_words AS w ON w.no = wanted.value JOIN incidents AS i ON i.id = w.incident",
        (json.dumps(list(nos)),),
    )
    return [
        PlacedIncident(row[0], row[1], IncidentState(row[2]), row[3], row[4])
        for row in rows
        if row[3] is not None and row[4] is not None
    ]


def number_in_order(db: Connection, incident_id: str) -> int:
    """An incident's `no` in the order of every search; −1 for one that is not there."""
    row = db.execute("SELECT no FROM incident_words WHERE incident = ?", (incident_id,)).fetchone()
    return int(row[0]) if row is not None else -1
