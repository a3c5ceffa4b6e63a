"""Who signs an incident's sheet, in which role. A name that nobody knows is left for the pen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.duty.officers import Officer
from app.incidents.incident import IncidentReported
from app.incidents.runs import Run, runs_of
from app.log import Connection, Entry
from app.sheets.incident_units import crew_of


def signature_rows(
    db: Connection, entries: Sequence[Entry], officers: Mapping[str, Officer], checked_by: str
) -> list[dict[str, Any]]:
    """Three: who took the report, who led the first unit at the scene, who checks it."""
    first = next((one for one in entries if one.kind == IncidentReported.kind), None)
    took = officers.get(first.actor) if first is not None else None
    return [
        _row("received", took),
        _leader(db, first.subject if first is not None else "", officers),
        _row("checked", officers.get(checked_by)),
    ]


def _leader(db: Connection, incident_id: str, officers: Mapping[str, Officer]) -> dict[str, Any]:
    runs = runs_of(db, incident_id)
    if not runs:
        return _row("led", None)
    names = {officer.id: officer.name for officer in officers.values()}
    run = min(runs, key=_first_there)
    crew = crew_of(db, run, names)
    known = next((one for one in officers.values() if crew and one.name == crew[0]), None)
    if known is not None:
        return _row("led", known) | {"unit": run.call_sign}
    return {"role": "led", "name": crew[0] if crew else "", "position": "", "unit": run.call_sign}


def _first_there(run: Run) -> tuple[bool, Any]:
    """Who arrived first; where nobody arrived, who was sent first."""
    return run.arrived_at is None, run.arrived_at or run.assigned_at


def _row(role: str, officer: Officer | None) -> dict[str, Any]:
    return {
        "role": role,
        "name": officer.name if officer is not None else "",
        "position": officer.position if officer is not None else "",
        "unit": "",
    }
