"""What may follow what: in hand, closed, reopened, noted. Each step is one durable write.

What units do about an incident is in `dispatch.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime

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
from app.incidents.late import SAME_MINUTE, LateTime, late_time
from app.incidents.runs import runs_of
from app.incidents.standing import existing, reopened_at, still_open
from app.incidents.typed import typed_text
from app.log import Actor, Connection, Entry, Fact, Log
from app.thai.dates import short_time

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
    """The time of what can only follow the last reopening, and the stage before, if it is told
    late."""
    if late is None:
        return None
    reopened = reopened_at(db, found.id)
    said = late_time(late, found.reported_at, reopened)
    reached = _reached(db, found, reopened or found.reported_at)
    if reached is not None and late.happened_at < reached - SAME_MINUTE:
        raise KnownError(
            msg(
                "{time} is before the stage the incident had reached ({earlier}).",
                time=short_time(late.happened_at),
                earlier=short_time(reached),
            ),
            safe=msg("Nothing was saved; what you typed is still here."),
            do=msg("Type a time from then until now."),
        )
    return said


def _reached(db: Connection, found: Incident, since: datetime) -> datetime | None:
    """When it came under control, or else when the first unit came, as far as that is known."""
    if found.state is IncidentState.UNDER_CONTROL:
        return found.state_since
    arrived = [run.arrived_at for run in runs_of(db, found.id) if run.arrived_at is not None]
    return min((at for at in arrived if at >= since), default=None)


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
