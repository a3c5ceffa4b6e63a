"""The units that were sent to an incident, and how long each took to the scene, as printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.clock import to_stored
from app.incidents.runs import Run, runs_of
from app.log import Connection
from app.thai.dates import clock_time, short_date, took
from app.thai.translation import Language


def unit_rows(db: Connection, incident_id: str, reported_at: datetime) -> list[dict[str, Any]]:
    """A row an order. Times that it has not come to are empty; a time of another day than that of
    the report says its day.
    """
    return [_row(run, reported_at) for run in runs_of(db, incident_id)]


def crew_of(db: Connection, run: Run, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who rode in the unit when it was sent; nobody if that was never said, or was erased."""
    row = db.execute(
        "SELECT body FROM entries WHERE subject = ? AND kind IN ('unit_formed', 'unit_crewed')"
        " AND at <= ? ORDER BY seq DESC LIMIT 1",
        (run.unit_id, to_stored(run.assigned_at)),
    ).fetchone()
    members = json.loads(row[0])["members"] if row is not None and row[0] is not None else ()
    return tuple(names.get(member, member) for member in members)


def _row(run: Run, reported_at: datetime) -> dict[str, Any]:
    def time(at: datetime | None) -> str:
        if at is None:
            return ""
        day = short_date(at, Language.THAI)
        is_same = day == short_date(reported_at, Language.THAI)
        return clock_time(at) if is_same else f"{day} {clock_time(at)}"

    return {
        "call_sign": run.call_sign,
        "beat": run.beat,
        "distance": "" if run.distance_m is None else f"{run.distance_m:,.0f}",
        "sent": time(run.assigned_at),
        "left": time(run.left_at),
        "arrived": time(run.arrived_at),
        "free": time(run.released_at),
        "to_scene": "" if run.to_scene_s is None else took(run.to_scene_s),
        "called_back": run.arrived_at is None and not run.is_out,
    }
