"""What may follow what: in hand, closed, reopened, noted. Each step is one durable write.

What units do about an incident is in `dispatch.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from app.errors import KnownError, msg
from app.incidents.dispatch import released
from app.incidents.incident import (
    Incident,
    IncidentClosed,
    IncidentReopened,
    IncidentState,
    IncidentUnderControl,
    NoteAdded,
)
from app.incidents.intake import checked_line
from app.incidents.late import LateTime, late_time
from app.incidents.standing import existing, reopened_at, still_open
from app.incidents.typed import typed_text
from app.log import Actor, Connection, Entry, Fact, Log

Written = Future[tuple[Entry, ...]]


def under_control(
    log: Log, incident_id: str, *, actor: Actor, late: LateTime | None = None
) -> Written:
    """The scene is in hand; `late`, if it was before it is told."""

    def decide(db: Connection) -> Sequence[Fact]:
        found = still_open(db, incident_id)
        if found.state is IncidentState.UNDER_CONTROL:
            raise KnownError(
                msg("The incident is under control already."), safe=msg("Nothing was changed.")
            )
        return [IncidentUnderControl(incident_id, _when(db, late, found))]

    return log.write(decide, actor=actor)


def close(
    log: Log,
    incident_id: str,
    *,
    result: str,
    arrest: bool = False,
    reference: str = "",
    actor: Actor,
    late: LateTime | None = None,
) -> Written:
    """End the incident with its result, and free its units, in one write.

    `reference`: the number of the case or of the daily log, if there is one.
    """
    text = typed_text(result, msg("The result is empty."))
    number = checked_line(reference)

    def decide(db: Connection) -> Sequence[Fact]:
        found = still_open(db, incident_id)
        ended = IncidentClosed(incident_id, text, arrest, number, _when(db, late, found))
        return [*released(db, incident_id), ended]

    return log.write(decide, actor=actor)


def _when(db: Connection, late: LateTime | None, found: Incident) -> str | None:
    """The time of what can only follow the last reopening, if it is told late."""
    reopened = reopened_at(db, found.id) if late is not None else None
    return late_time(late, found.reported_at, reopened)


def reopen(log: Log, incident_id: str, *, reason: str, actor: Actor) -> Written:
    """Open a closed incident again; the reason is part of the log."""
    text = typed_text(reason, msg("The reason is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        if existing(db, incident_id).is_open:
            raise KnownError(msg("The incident is not closed."), safe=msg("Nothing was changed."))
        return [IncidentReopened(incident_id, text)]

    return log.write(decide, actor=actor)


def add_note(
    log: Log, incident_id: str, text: str, *, actor: Actor, late: LateTime | None = None
) -> Written:
    """Add to the story of an incident, open or closed."""
    note = typed_text(text, msg("The note is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        found = existing(db, incident_id)
        return [NoteAdded(incident_id, note, late_time(late, found.reported_at))]

    return log.write(decide, actor=actor)
