"""Units sent, on the way, at the scene and free again: one by one, or all of an incident at once.

Each step is one durable write, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from app.clock import from_stored, to_stored
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.unit_keeping import listed
from app.duty.units import Unit, UnitState, units
from app.errors import KnownError, msg
from app.incidents.late import SAME_MINUTE, LateTime, late_time
from app.incidents.standing import existing, still_open
from app.log import Actor, Connection, Entry, Fact, Log
from app.thai.dates import short_time

Written = Future[tuple[Entry, ...]]
OUT = (UnitState.ASSIGNED, UnitState.ON_THE_WAY, UnitState.ON_SCENE)
"""The states of a unit that is at an incident's disposal."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A unit that is sent, and how far it had to go as far as that is known."""

    unit_id: str
    distance_m: float | None = None


def dispatch(
    log: Log, incident_id: str, unit_id: str, *, distance_m: float | None, actor: Actor
) -> Written:
    """Send a unit. It must be free, and the incident open."""
    return dispatch_all(log, incident_id, [Sent(unit_id, distance_m)], actor=actor)


def dispatch_all(log: Log, incident_id: str, sent: Sequence[Sent], *, actor: Actor) -> Written:
    """Send several units in one write: every one of them must be free, or none goes."""

    def decide(db: Connection) -> Sequence[Fact]:
        still_open(db, incident_id)
        once = {one.unit_id: one for one in sent}
        return [_assigned(db, incident_id, one) for one in once.values()]

    return log.write(decide, actor=actor)


def unit_on_the_way(
    log: Log,
    incident_id: str,
    *,
    unit_id: str | None = None,
    actor: Actor,
    late: LateTime | None = None,
) -> Written:
    """The units that were assigned have answered and left; or only one of them."""

    def decide(db: Connection) -> Sequence[Fact]:
        reported_at = still_open(db, incident_id).reported_at
        return [
            UnitOnTheWay(
                incident_id,
                unit.id,
                unit.call_sign,
                happened_at=_when(late, reported_at, unit),
            )
            for unit in _moving(db, incident_id, unit_id, (UnitState.ASSIGNED,))
        ]

    return log.write(decide, actor=actor)


def units_arrived(
    log: Log,
    incident_id: str,
    *,
    unit_id: str | None = None,
    actor: Actor,
    late: LateTime | None = None,
) -> Written:
    """The units on the way (or assigned, if nobody said they had left) are at the scene; or one."""

    def decide(db: Connection) -> Sequence[Fact]:
        scene = still_open(db, incident_id)
        report = scene.report
        coming = (UnitState.ASSIGNED, UnitState.ON_THE_WAY)
        return [
            UnitArrived(
                incident_id,
                unit.id,
                unit.call_sign,
                lat_deg=report.lat_deg,
                lon_deg=report.lon_deg,
                happened_at=_when(late, scene.reported_at, unit),
            )
            for unit in _moving(db, incident_id, unit_id, coming)
        ]

    return log.write(decide, actor=actor)


def release_unit(
    log: Log, incident_id: str, unit_id: str, *, actor: Actor, late: LateTime | None = None
) -> Written:
    """One unit is free again, whatever the others do; the incident stays open."""

    def decide(db: Connection) -> Sequence[Fact]:
        reported_at = existing(db, incident_id).reported_at
        return [
            UnitReleased(
                incident_id,
                unit.id,
                unit.call_sign,
                happened_at=_when(late, reported_at, unit),
            )
            for unit in _moving(db, incident_id, unit_id, OUT)
        ]

    return log.write(decide, actor=actor)


def released(db: Connection, incident_id: str) -> list[Fact]:
    """What frees every unit of an incident: for whoever ends it in one write."""
    out = _units_at(db, incident_id, OUT)
    return [UnitReleased(incident_id, unit.id, unit.call_sign) for unit in out]


def _assigned(db: Connection, incident_id: str, sent: Sent) -> UnitAssigned:
    unit = listed(db, sent.unit_id)
    if unit.state not in (UnitState.FREE, UnitState.RESTING):
        raise _busy(unit, incident_id)
    return UnitAssigned(incident_id, unit.id, unit.call_sign, sent.distance_m, beat=unit.beat)


def _moving(
    db: Connection, incident_id: str, unit_id: str | None, states: Sequence[UnitState]
) -> list[Unit]:
    """Whom a step moves; KnownError when there is nobody."""
    moving = _units_at(db, incident_id, states)
    if unit_id is None:
        if not moving:
            raise _no_unit_coming()
        return moving
    if unit_id not in {unit.id for unit in moving}:
        raise _does_not_fit(listed(db, unit_id), incident_id)
    return [unit for unit in moving if unit.id == unit_id]


def _units_at(db: Connection, incident_id: str, states: Sequence[UnitState]) -> list[Unit]:
    return [unit for unit in units(db) if unit.incident == incident_id and unit.state in states]


def _when(late: LateTime | None, reported_at: datetime, unit: Unit) -> str | None:
    """The time of a step that is told later; never before the unit's step before it."""
    said = late_time(late, reported_at)
    if late is None or said is None:
        return None
    before = from_stored(unit.since)
    if from_stored(said) < before - SAME_MINUTE:
        raise KnownError(
            msg(
                "{time} is before what {unit} did before it ({earlier}).",
                time=short_time(from_stored(said)),
                unit=unit.call_sign,
                earlier=short_time(before),
            ),
            safe=msg("Nothing was saved; what you typed is still here."),
            do=msg("Type a time from then until now."),
        )
    return to_stored(late.not_before(max(before, reported_at)))


def _busy(unit: Unit, incident_id: str) -> KnownError:
    if unit.incident == incident_id:
        what = msg("{unit} has been sent to this incident already.", unit=unit.call_sign)
        return KnownError(what, safe=msg("Nothing was changed."))
    if unit.state is UnitState.OFF_DUTY:
        return KnownError(
            msg("{unit} is off duty: nobody rides in it.", unit=unit.call_sign),
            safe=msg("Nothing was changed."),
            do=msg("Choose a free unit, or say first who rides in this one."),
        )
    return KnownError(
        msg("{unit} is busy with another incident.", unit=unit.call_sign),
        safe=msg("Nothing was changed."),
        do=msg("Choose a free unit, or release this one first."),
    )


def _does_not_fit(unit: Unit, incident_id: str) -> KnownError:
    if unit.incident == incident_id:
        return KnownError(
            msg("{unit} has done this step already.", unit=unit.call_sign),
            safe=msg("Nothing was changed."),
        )
    return KnownError(
        msg("{unit} is not on this incident.", unit=unit.call_sign),
        safe=msg("Nothing was changed."),
        do=msg("Send a unit first (D)."),
    )


def _no_unit_coming() -> KnownError:
    return KnownError(
        msg("No unit has been sent to this incident."),
        safe=msg("Nothing was changed."),
        do=msg("Send a unit first (D)."),
    )
