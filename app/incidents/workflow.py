"""What may follow what: units sent, arrived, in hand, closed. Each step is one durable write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.units import Unit, UnitState, units
from app.errors import KnownError, Message, msg
from app.incidents.incident import (
    Incident,
    IncidentClosed,
    IncidentReopened,
    IncidentState,
    IncidentUnderControl,
    NoteAdded,
)
from app.incidents.intake import NARRATIVE_LIMIT
from app.incidents.register import incident
from app.log import Actor, Connection, Entry, Fact, Log

Written = Future[tuple[Entry, ...]]


def dispatch(
    log: Log, incident_id: str, unit_id: str, *, distance_m: float | None, actor: Actor
) -> Written:
    """Send a unit. It must be free, and the incident open."""

    def decide(db: Connection) -> Sequence[Fact]:
        _open_incident(db, incident_id)
        unit = _unit(db, unit_id)
        if unit.state not in (UnitState.FREE, UnitState.RESTING):
            raise _busy(unit, incident_id)
        return [UnitAssigned(incident_id, unit.id, unit.call_sign, distance_m)]

    return log.write(decide, actor=actor)


def unit_on_the_way(log: Log, incident_id: str, *, actor: Actor) -> Written:
    """The units that were assigned have answered and left."""
    return log.write(
        lambda db: _move_all(
            db,
            incident_id,
            UnitState.ASSIGNED,
            lambda unit: UnitOnTheWay(incident_id, unit.id, unit.call_sign),
        ),
        actor=actor,
    )


def units_arrived(log: Log, incident_id: str, *, actor: Actor) -> Written:
    """The units on the way (or assigned, if nobody said they had left) are at the scene."""

    def decide(db: Connection) -> Sequence[Fact]:
        report = _open_incident(db, incident_id).report
        coming = _units_at(db, incident_id, UnitState.ASSIGNED, UnitState.ON_THE_WAY)
        if not coming:
            raise _no_unit_coming()
        return [
            UnitArrived(
                incident_id,
                unit.id,
                unit.call_sign,
                lat_deg=report.lat_deg,
                lon_deg=report.lon_deg,
            )
            for unit in coming
        ]

    return log.write(decide, actor=actor)


def under_control(log: Log, incident_id: str, *, actor: Actor) -> Written:
    """The scene is in hand."""

    def decide(db: Connection) -> Sequence[Fact]:
        if _open_incident(db, incident_id).state is IncidentState.UNDER_CONTROL:
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
        _open_incident(db, incident_id)
        out = _units_at(
            db, incident_id, UnitState.ASSIGNED, UnitState.ON_THE_WAY, UnitState.ON_SCENE
        )
        released = [UnitReleased(incident_id, unit.id, unit.call_sign) for unit in out]
        return [*released, IncidentClosed(incident_id, text, arrest)]

    return log.write(decide, actor=actor)


def reopen(log: Log, incident_id: str, *, reason: str, actor: Actor) -> Written:
    """Open a closed incident again; the reason is part of the log."""
    text = _text(reason, msg("The reason is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        if _existing(db, incident_id).is_open:
            raise KnownError(msg("The incident is not closed."), safe=msg("Nothing was changed."))
        return [IncidentReopened(incident_id, text)]

    return log.write(decide, actor=actor)


def add_note(log: Log, incident_id: str, text: str, *, actor: Actor) -> Written:
    """Add to the story of an incident, open or closed."""
    note = _text(text, msg("The note is empty."))

    def decide(db: Connection) -> Sequence[Fact]:
        _existing(db, incident_id)
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


def _existing(db: Connection, incident_id: str) -> Incident:
    found = incident(db, incident_id)
    if found is None:
        raise KnownError(
            msg("There is no such incident in the log."), safe=msg("Nothing was changed.")
        )
    return found


def _open_incident(db: Connection, incident_id: str) -> Incident:
    found = _existing(db, incident_id)
    if not found.is_open:
        raise KnownError(
            msg("The incident is closed."),
            safe=msg("Nothing was changed."),
            do=msg("Reopen it first."),
        )
    return found


def _unit(db: Connection, unit_id: str) -> Unit:
    found = next((unit for unit in units(db) if unit.id == unit_id), None)
    if found is None:
        raise KnownError(
            msg("There is no unit {unit}.", unit=unit_id), safe=msg("Nothing was changed.")
        )
    return found


def _busy(unit: Unit, incident_id: str) -> KnownError:
    if unit.incident == incident_id:
        what = msg("{unit} has been sent to this incident already.", unit=unit.call_sign)
        return KnownError(what, safe=msg("Nothing was changed."))
    return KnownError(
        msg("{unit} is busy with another incident.", unit=unit.call_sign),
        safe=msg("Nothing was changed."),
        do=msg("Choose a free unit, or release this one first."),
    )


def _units_at(db: Connection, incident_id: str, *states: UnitState) -> list[Unit]:
    return [unit for unit in units(db) if unit.incident == incident_id and unit.state in states]


def _move_all(
    db: Connection, incident_id: str, state: UnitState, fact: Callable[[Unit], Fact]
) -> Sequence[Fact]:
    _open_incident(db, incident_id)
    moving = _units_at(db, incident_id, state)
    if not moving:
        raise _no_unit_coming()
    return [fact(unit) for unit in moving]


def _no_unit_coming() -> KnownError:
    return KnownError(
        msg("No unit has been sent to this incident."),
        safe=msg("Nothing was changed."),
        do=msg("Send a unit first (D)."),
    )
