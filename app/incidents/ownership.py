"""Who answers for an incident, and what is to be done next until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.clock import to_stored
from app.duty.officers import serving_officers
from app.errors import KnownError, msg
from app.incidents.dispatch import Written
from app.incidents.standing import still_open
from app.log import Actor, Connection, Fact, Log

STEP_LIMIT = 200  # characters: a line of the list of open incidents; more is a note


@dataclass(frozen=True, slots=True)
class OwnerSet:
    """An officer answers for it from now on; an empty id: nobody does."""

    kind: ClassVar[str] = "owner_set"
    incident_id: str
    officer_id: str
    name: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"officer": self.officer_id, "name": self.name}


@dataclass(frozen=True, slots=True)
class NextStepSet:
    """What is to be done next; an empty text: the step before is done, none follows."""

    kind: ClassVar[str] = "next_step_set"
    incident_id: str
    text: str
    due_at: str | None = None

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"text": self.text, "due_at": self.due_at}


def set_owner(log: Log, incident_id: str, officer_id: str, *, actor: Actor) -> Written:
    """Let an officer of the station answer for it; an empty id for nobody."""

    def decide(db: Connection) -> Sequence[Fact]:
        found = still_open(db, incident_id)
        if found.owner == officer_id:
            raise KnownError(
                msg("That officer answers for it already."), safe=msg("Nothing was changed.")
            )
        names = {officer.id: officer.name for officer in serving_officers(db)}
        if officer_id and officer_id not in names:
            raise KnownError(
                msg("There is no such officer at this station."), safe=msg("Nothing was changed.")
            )
        return [OwnerSet(incident_id, officer_id, names.get(officer_id, ""))]

    return log.write(decide, actor=actor)


def set_next_step(
    log: Log,
    incident_id: str,
    text: str,
    due_at: datetime | None,
    *,
    now: datetime,
    actor: Actor,
) -> Written:
    """Say what is to be done next, and until when if that matters. KnownError at once for a text
    that is too long or a time that is over.
    """
    step = " ".join(text.split())
    if len(step) > STEP_LIMIT:
        raise KnownError(
            msg("The next step has {length:,} characters; it takes {limit:,}.",
                length=len(step), limit=STEP_LIMIT),
            safe=msg("What you typed is still here."),
            do=msg("Shorten it, and write the rest as a note."),
        )  # fmt: skip
    if due_at is not None and due_at <= now:
        raise KnownError(
            msg("The time for the next step is over already."),
            safe=msg("What you typed is still here."),
            do=msg("Type a time that is still to come."),
        )
    if due_at is not None and not step:
        raise KnownError(
            msg("There is a time, but no next step."),
            safe=msg("What you typed is still here."),
            do=msg("Type what is to be done until then."),
        )

    def decide(db: Connection) -> Sequence[Fact]:
        found = still_open(db, incident_id)
        if not step and not found.next_step:
            raise KnownError(
                msg("There is no next step to take away."), safe=msg("Nothing was changed.")
            )
        return [NextStepSet(incident_id, step, to_stored(due_at) if due_at else None)]

    return log.write(decide, actor=actor)
