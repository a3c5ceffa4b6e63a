"""A report as it reads now: what was taken down, and the corrections made since. Part of a view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.incidents.incident import IncidentCorrected
from app.log import Connection, Entry

REPORT_CORRECTED = "report_corrected"
CHANGING = frozenset({IncidentCorrected.kind, REPORT_CORRECTED})
"""The kinds that change what a report says."""

_OF_THE_PLACE = ("place", "lat_deg", "lon_deg", "areas")


def change_report(db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
    """Put what was corrected last in the incident's row.

    What was erased, report or correction, stays gone: the word before the correction holds again.
    """
    row = db.execute("SELECT report FROM incidents WHERE id = ?", (entry.subject,)).fetchone()
    report = json.loads(row[0]) if row is not None else {}
    if not report or not data:
        return
    if entry.kind == REPORT_CORRECTED:
        report |= data["after"]
    else:
        report |= {name: data[name] for name in _OF_THE_PLACE}
    db.execute(
        "UPDATE incidents SET report = ? WHERE id = ?",
        (json.dumps(report, ensure_ascii=False), entry.subject),
    )
