"""How an incident ends without a result of its own: cancelled, or found to be part of another.

Nothing is lost: the other incident's story holds what was taken in, and its units go over to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.clock import to_stored
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.units import Unit, UnitState, units
from app.errors import KnownError, msg
from app.incidents.dispatch import OUT, Written, released
from app.incidents.incident import Ending, Incident
from app.incidents.runs import runs_of
from app.incidents.standing import existing, still_open
from app.incidents.typed import typed_text
from app.log import Actor, Connection, Fact, Log


@dataclass(frozen=True, slots=True)
class IncidentCancelled:
    """There was nothing, or nobody wanted anything of the police any more."""

    kind: ClassVar[str] = "incident_cancelled"
    incident_id: str
    reason: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class Joined:
    """What both ways of becoming part of another incident share."""

    incident_id: str
    other_id: str
    other_number: str
    reason: str = ""

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"other": self.other_id, "other_number": self.other_number, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class IncidentMarkedDuplicate(Joined):
    """It was reported before: it is the same event as another."""

    kind: ClassVar[str] = "incident_marked_duplicate"


@dataclass(frozen=True, slots=True)
class IncidentMerged(Joined):
    """It goes on as part of another."""

    kind: ClassVar[str] = "incident_merged"


@dataclass(frozen=True, slots=True)
class IncidentTakenIn:
    """Another incident became part of this one; `how` it did is the ending it got."""

    kind: ClassVar[str] = "incident_taken_in"
    incident_id: str
    other_id: str
    other_number: str
    how: Ending

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"other": self.other_id, "other_number": self.other_number, "how": self.how}


def cancel(log: Log, incident_id: str, *, reason: str, actor: Actor) -> Written:
    """End it without a result; its units are free again. The reason is part of the log."""
    text = typed_text(reason, msg("The reason is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        still_open(db, incident_id)
        return [*released(db, incident_id), IncidentCancelled(incident_id, text)]

    return log.write(decide, actor=actor)


def join(
    log: Log, incident_id: str, other_id: str, how: Ending, *, reason: str = "", actor: Actor
) -> Written:
    """End it as a duplicate of another open incident, or merged into it; its units go there."""
    if how not in (Ending.DUPLICATE, Ending.MERGED):
        raise ValueError(f"no way to join: {how}")
    why = typed_text(reason, msg("The reason is empty.")) if reason.strip() else ""

    def decide(db: Connection) -> Sequence[Fact]:
        one = still_open(db, incident_id)
        other = _other(db, incident_id, other_id)
        ended = IncidentMarkedDuplicate if how is Ending.DUPLICATE else IncidentMerged
        return [
            *(fact for unit in _out(db, incident_id) for fact in _moved(db, unit, one, other)),
            IncidentTakenIn(other.id, one.id, one.number, how),
            ended(one.id, other.id, other.number, why),
        ]

    return log.write(decide, actor=actor)


def _other(db: Connection, incident_id: str, other_id: str) -> Incident:
    if other_id == incident_id:
        raise KnownError(
            msg("It cannot be joined to itself."),
            safe=msg("Nothing was changed."),
            do=msg("Type the number of the other incident."),
        )
    other = existing(db, other_id)
    if not other.is_open:
        raise KnownError(
            msg("{number} is closed.", number=other.number),
            safe=msg("Nothing was changed."),
            do=msg("Reopen it first, or choose another."),
        )
    return other


def _out(db: Connection, incident_id: str) -> list[Unit]:
    return [one for one in units(db) if one.incident == incident_id and one.state in OUT]


def _moved(db: Connection, unit: Unit, one: Incident, other: Incident) -> Sequence[Fact]:
    """From one incident to the other, as far as it had come and since when it had."""
    run = next(run for run in runs_of(db, one.id) if run.unit_id == unit.id and run.is_out)
    facts: list[Fact] = [
        UnitReleased(one.id, unit.id, unit.call_sign),
        UnitAssigned(
            other.id, unit.id, unit.call_sign, run.distance_m, beat=run.beat, moved_from=one.id
        ),
    ]
    if unit.state is UnitState.ON_THE_WAY:
        left = _within(other, run.left_at)
        facts.append(UnitOnTheWay(other.id, unit.id, unit.call_sign, happened_at=left))
    if unit.state is UnitState.ON_SCENE:
        came = _within(other, run.arrived_at)
        facts.append(UnitArrived(other.id, unit.id, unit.call_sign, happened_at=came))
    return facts


def _within(other: Incident, at: datetime | None) -> str | None:
    """As it is stored; nothing that came before the other incident was reported is said of it."""
    return to_stored(at) if at is not None and at >= other.reported_at else None
