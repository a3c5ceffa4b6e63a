"""An incident as it stands when something is decided about it, or why nothing can be done."""

from __future__ import annotations

from datetime import datetime

from app.clock import from_stored
from app.errors import KnownError, msg
from app.incidents.incident import Incident, IncidentReopened
from app.incidents.register import incident
from app.log import Connection


def existing(db: Connection, incident_id: str) -> Incident:
    """The incident, open or closed; KnownError when there is none."""
    found = incident(db, incident_id)
    if found is None:
        raise KnownError(
            msg("There is no such incident in the log."), safe=msg("Nothing was changed.")
        )
    return found


def still_open(db: Connection, incident_id: str) -> Incident:
    """The incident, which must be open; KnownError that says to reopen it when it is not."""
    found = existing(db, incident_id)
    if not found.is_open:
        raise KnownError(
            msg("The incident is closed."),
            safe=msg("Nothing was changed."),
            do=msg("Reopen it first."),
        )
    return found


def reopened_at(db: Connection, incident_id: str) -> datetime | None:
    """When it was reopened last; None if it never was."""
    row = db.execute(
        "SELECT max(at) FROM entries WHERE subject = ? AND kind = ?",
        (incident_id, IncidentReopened.kind),
    ).fetchone()
    return from_stored(row[0]) if row[0] else None
