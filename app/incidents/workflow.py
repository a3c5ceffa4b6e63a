"""What may follow what: in hand, closed, reopened, noted. Each step is one durable write.

What units do about an incident is in `dispatch.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from app.errors import KnownError, Message, msg
from app.incidents.dispatch import released
from app.incidents.incident import (
    IncidentClosed,
    IncidentReopened,
    IncidentState,
    IncidentUnderControl,
    NoteAdded,
)
from app.incidents.intake import NARRATIVE_LIMIT
from app.incidents.standing import existing, still_open
from app.log import Actor, Connection, Entry, Fact, Log

Written = Future[tuple[Entry, ...]]


def under_control(log: Log, incident_id: str, *, actor: Actor) -> Written:
    """The scene is in hand."""

    def decide(db: Connection) -> Sequence[Fact]:
        if still_open(db, incident_id).state is IncidentState.UNDER_CONTROL:
            raise KnownError(
                msg("The incident is under control already."), safe=msg("Nothing was changed.")
            )
        return [IncidentUnderControl(incident_id)]

    return log.write(decide, actor=actor)


def close(
    log: Log, incident_id: str, *, result: str, arrest: bool = False, actor: Actor
) -> Written:
    """End the incident with its result, and free its units, in one write."""
    text = _text(result, msg("The result is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        still_open(db, incident_id)
        return [*released(db, incident_id), IncidentClosed(incident_id, text, arrest)]

    return log.write(decide, actor=actor)


def reopen(log: Log, incident_id: str, *, reason: str, actor: Actor) -> Written:
    """Open a closed incident again; the reason is part of the log."""
    text = _text(reason, msg("The reason is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        if existing(db, incident_id).is_open:
            raise KnownError(msg("The incident is not closed."), safe=msg("Nothing was changed."))
        return [IncidentReopened(incident_id, text)]

    return log.write(decide, actor=actor)


def add_note(log: Log, incident_id: str, text: str, *, actor: Actor) -> Written:
    """Add to the story of an incident, open or closed."""
    note = _text(text, msg("The note is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        existing(db, incident_id)
        return [NoteAdded(incident_id, note)]

    return log.write(decide, actor=actor)


def _text(text: str, when_empty: Message) -> str:
    stripped = text.strip()
    if not stripped:
        raise KnownError(when_empty, do=msg("Type a few words."))
    if len(stripped) > NARRATIVE_LIMIT:
        raise KnownError(
            msg(
                "The text has {length:,} characters; the log takes {limit:,}.",
                length=len(stripped),
                limit=NARRATIVE_LIMIT,
            ),
            safe=msg("What you typed is still here."),
            do=msg("Shorten it."),
        )
    return stripped
