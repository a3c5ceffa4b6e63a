"""A unit reports itself by radio: in words or codes, with its place, and what follows from a code.

A code may say that the unit left, arrived, is free or rests: then that is written with it, at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from app.duty.movements import UnitArrived, UnitOnTheWay, UnitReleased
from app.duty.radio_codes import CodeBook, radio_codes
from app.duty.unit_facts import UnitCheckedIn
from app.duty.unit_keeping import listed
from app.duty.units import Unit, UnitState
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon
from app.incidents.intake import LINE_LIMIT, check_in_thailand
from app.incidents.register import incident
from app.log import Actor, Connection, Entry, Fact, Log


def check_in(
    log: Log,
    unit_id: str,
    said: str = "",
    *,
    place: str = "",
    at: LatLon | None = None,
    actor: Actor,
) -> Future[tuple[Entry, ...]]:
    """Write what a unit said; nothing said is nothing to report.

    KnownError at once for a text that is too long or a place that cannot be; through the future
    for a unit that is not on the list, or that says it rests while an incident has it.
    """
    words = said.strip()
    for text in (words, place):
        if len(text) > LINE_LIMIT:
            raise KnownError(
                msg(
                    "One field has {length:,} characters; it takes {limit:,}.",
                    length=len(text),
                    limit=LINE_LIMIT,
                ),
                safe=msg("What you typed is still here."),
                do=msg("Shorten it, and add the rest as a note to the incident."),
            )
    if at is not None:
        check_in_thailand(at.lat_deg, at.lon_deg)

    def decide(db: Connection) -> Sequence[Fact]:
        unit = listed(db, unit_id)
        book = CodeBook(radio_codes(db))
        code = book.first(words)
        meant = code.state if code is not None else None
        follows, state = _follows(db, unit, meant)
        checked_in = UnitCheckedIn(
            unit_id,
            book.spell_out(words),
            code.code if code is not None else "",
            state,
            place.strip(),
            at.lat_deg if at is not None else None,
            at.lon_deg if at is not None else None,
        )
        return [checked_in, *follows]

    return log.write(decide, actor=actor)


def set_resting(
    log: Log, unit_id: str, *, resting: bool, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """A unit says it rests, or is ready again."""

    def decide(db: Connection) -> Sequence[Fact]:
        unit = listed(db, unit_id)
        state = UnitState.RESTING if resting else UnitState.FREE
        _, said = _follows(db, unit, state)
        return [UnitCheckedIn(unit_id, state=said)] if said else []

    return log.write(decide, actor=actor)


def _follows(db: Connection, unit: Unit, meant: UnitState | None) -> tuple[Sequence[Fact], str]:
    """The movements that a code means beside the check-in, and the state that the check-in says."""
    rests_or_not = meant in (UnitState.FREE, UnitState.RESTING)
    if rests_or_not and unit.state is UnitState.OFF_DUTY:
        raise KnownError(
            msg("{unit} is off duty: nobody rides in it.", unit=unit.call_sign),
            safe=msg("Nothing was saved; what you typed is still here."),
            do=msg("Say first who rides in it."),
        )
    if meant is UnitState.ON_THE_WAY and unit.state is UnitState.ASSIGNED:
        return [UnitOnTheWay(_of(unit), unit.id, unit.call_sign)], ""
    if meant is UnitState.ON_SCENE and unit.state in (UnitState.ASSIGNED, UnitState.ON_THE_WAY):
        return [_arrived(db, unit)], ""
    if meant is UnitState.FREE and unit.is_out:
        return [UnitReleased(_of(unit), unit.id, unit.call_sign)], ""
    if meant is UnitState.RESTING and unit.is_out:
        raise KnownError(
            msg("{unit} is out on an incident.", unit=unit.call_sign),
            safe=msg("Nothing was saved; what you typed is still here."),
            do=msg("Release it from the incident first."),
        )
    return [], meant.value if meant is not None and rests_or_not else ""


def _of(unit: Unit) -> str:
    assert unit.incident is not None
    return unit.incident


def _arrived(db: Connection, unit: Unit) -> UnitArrived:
    """At the scene, which is where the incident is."""
    found = incident(db, _of(unit))
    place = found.report if found is not None else None
    return UnitArrived(
        _of(unit),
        unit.id,
        unit.call_sign,
        lat_deg=place.lat_deg if place is not None else None,
        lon_deg=place.lon_deg if place is not None else None,
    )
