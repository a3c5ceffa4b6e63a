"""Forming units, changing them, who rides in them, and standing them down. Knows no incident.

Where a unit stands is checked by who reads coordinates; here only words are.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from app.duty.unit_facts import UnitCrewed, UnitStoodDown
from app.duty.units import Unit, UnitChanged, UnitFormed, UnitKind, UnitState, units
from app.errors import KnownError, Message, msg
from app.log import Actor, Connection, Entry, Fact, Log
from app.thai.text import normalise

Written = Future[tuple[Entry, ...]]

CALL_SIGN_LIMIT = 40  # characters: it has to stand beside its mark on the map
NAME_LIMIT = 120
CREW_LIMIT = 12
_BEGINNING = "unit-"


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """How a unit is called, what it is, and which beat it keeps."""

    call_sign: str
    kind: UnitKind
    beat: str = ""

    def checked(self) -> UnitRecord:
        """Itself trimmed, or a `KnownError` that says what is wrong with it."""
        call_sign, beat = self.call_sign.strip(), self.beat.strip()
        if not call_sign:
            raise KnownError(msg("The unit has no call sign."), safe=_TYPED, do=msg("Type one."))
        if len(call_sign) > CALL_SIGN_LIMIT or not call_sign.isprintable():
            raise _too_long(msg("The call sign"), CALL_SIGN_LIMIT)
        if len(beat) > NAME_LIMIT or not beat.isprintable():
            raise _too_long(msg("The beat's name"), NAME_LIMIT)
        return replace(self, call_sign=call_sign, beat=beat)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who rides in a unit: officers' ids or names, and the vehicle."""

    members: tuple[str, ...]
    vehicle: str = ""

    def checked(self) -> Crew:
        """Itself trimmed, empty lines left out, or a `KnownError`."""
        members = tuple(name for member in self.members if (name := member.strip()))
        vehicle = self.vehicle.strip()
        if len(members) > CREW_LIMIT:
            raise KnownError(
                msg("A unit has at most {limit} members.", limit=CREW_LIMIT),
                safe=_TYPED,
                do=msg("Form a second unit for the others."),
            )
        if any(len(name) > NAME_LIMIT or not name.isprintable() for name in members):
            raise _too_long(msg("A member's name"), NAME_LIMIT)
        if len(vehicle) > NAME_LIMIT or not vehicle.isprintable():
            raise _too_long(msg("The vehicle"), NAME_LIMIT)
        return Crew(members, vehicle)


def form_unit(
    log: Log, record: UnitRecord, crew: Crew, lat_deg: float, lon_deg: float, *, actor: Actor
) -> Written:
    """Put a unit on the list, under the next free id. KnownError at once for what cannot be.

    Through the future: KnownError when another unit has the call sign.
    """
    named, manned = record.checked(), crew.checked()

    def decide(db: Connection) -> Sequence[Fact]:
        _require_free(db, named.call_sign, "")
        state = UnitState.FREE if manned.members else UnitState.OFF_DUTY
        unit = Unit(
            _next_id(db), named.call_sign, named.kind, named.beat, manned.members,
            lat_deg, lon_deg, state, vehicle=manned.vehicle,
        )  # fmt: skip
        return [UnitFormed(unit)]

    return log.write(decide, actor=actor)


def change_unit(log: Log, unit_id: str, record: UnitRecord, *, actor: Actor) -> Written:
    """Call it otherwise, or give it another beat. KnownError at once for what cannot be."""
    named = record.checked()

    def decide(db: Connection) -> Sequence[Fact]:
        unit = listed(db, unit_id)
        _require_free(db, named.call_sign, unit_id)
        if UnitRecord(unit.call_sign, unit.kind, unit.beat) == named:
            return []
        return [
            UnitChanged(unit_id, call_sign=named.call_sign, unit_kind=named.kind, beat=named.beat)
        ]

    return log.write(decide, actor=actor)


def crew_unit(log: Log, unit_id: str, crew: Crew, *, actor: Actor) -> Written:
    """Who rides in it from now on; nobody puts it off duty, which one at an incident cannot be."""
    manned = crew.checked()

    def decide(db: Connection) -> Sequence[Fact]:
        unit = listed(db, unit_id)
        if unit.is_out and not manned.members:
            raise _is_out(unit)
        return [UnitCrewed(unit_id, manned.members, manned.vehicle)]

    return log.write(decide, actor=actor)


def stand_down(log: Log, unit_id: str, *, reason: str = "", actor: Actor) -> Written:
    """Take it off the list. One at an incident has to be released first."""

    def decide(db: Connection) -> Sequence[Fact]:
        unit = listed(db, unit_id)
        if unit.is_out:
            raise _is_out(unit)
        return [UnitStoodDown(unit_id, reason.strip()[:NAME_LIMIT])]

    return log.write(decide, actor=actor)


def listed(db: Connection, unit_id: str) -> Unit:
    """The unit as it stands; KnownError when it is not on the list, or no longer."""
    found = next((unit for unit in units(db) if unit.id == unit_id), None)
    if found is None:
        raise KnownError(
            msg("There is no unit {unit}.", unit=unit_id), safe=msg("Nothing was changed.")
        )
    return found


_TYPED = msg("Nothing was saved; what you typed is still here.")


def _too_long(what: Message, limit: int) -> KnownError:
    return KnownError(
        msg("{what} is too long or holds characters that cannot be printed.", what=what),
        safe=_TYPED,
        do=msg("Type it again, in up to {limit} characters.", limit=limit),
    )


def _is_out(unit: Unit) -> KnownError:
    return KnownError(
        msg("{unit} is out on an incident.", unit=unit.call_sign),
        safe=_TYPED,
        do=msg("Release it from the incident first."),
    )


def _require_free(db: Connection, call_sign: str, unit_id: str) -> None:
    wanted = normalise(call_sign)
    for other in units(db):
        if other.id != unit_id and normalise(other.call_sign) == wanted:
            raise KnownError(
                msg("There is a unit called {unit} already.", unit=other.call_sign),
                safe=_TYPED,
                do=msg("Give another call sign, or change that unit."),
            )


def _next_id(db: Connection) -> str:
    """`unit-1`, `unit-2`, …: never given twice; an index on subjects answers."""
    rows = db.execute(
        "SELECT DISTINCT subject FROM entries WHERE subject >= ? AND subject < ?",
        (_BEGINNING, "unit."),
    )
    numbers = [row[0].removeprefix(_BEGINNING) for row in rows]
    return f"{_BEGINNING}{max((int(one) for one in numbers if one.isdecimal()), default=0) + 1}"
