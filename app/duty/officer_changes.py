"""What an administrator does with officers: enrol, change, let go, permit and forbid. Facts only.

Whoever administers, somebody always does: the last administrator can be neither changed into
something else nor let go.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from app.duty.officer import Officer
from app.duty.officers import (
    OfficerChanged,
    OfficerEnrolled,
    OfficerLeft,
    PermissionGranted,
    PermissionWithdrawn,
    officer_of,
    officers,
    serving_officers,
)
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Fact, Log, Permission, Role

LONGEST_NAME = 120
_NOTHING = msg("Nothing was changed.")
Written = Future[tuple[Entry, ...]]


def enrol(log: Log, officer: Officer, *, actor: Actor) -> Written:
    """Put an officer on the list, under the next free id; the first entry's subject is the id.

    Raises KnownError at once for a name that will not do; through the future for one that is
    there already.
    """
    new = replace(officer, name=checked_name(officer.name), position=_clean(officer.position))

    def decide(db: Connection) -> Sequence[Fact]:
        _require_no_other(db, new)
        return [OfficerEnrolled(replace(new, id=next_officer_id(db)))]

    return log.write(decide, actor=actor)


def change(log: Log, officer: Officer, *, actor: Actor) -> Written:
    """Another name, position or role. KnownError through the future: the last administrator."""
    new = replace(officer, name=checked_name(officer.name), position=_clean(officer.position))

    def decide(db: Connection) -> Sequence[Fact]:
        before = _serving(db, new.id)
        _require_no_other(db, new)
        if new.role is not Role.ADMINISTRATOR:
            _require_another_administrator(db, new.id)
        same = (before.name, before.position, before.role) == (new.name, new.position, new.role)
        return [] if same else [OfficerChanged(new)]

    return log.write(decide, actor=actor)


def let_go(log: Log, officer_id: str, reason: str, *, actor: Actor) -> Written:
    """The officer leaves; nothing of what the officer recorded goes.

    Raises KnownError at once without a reason.
    """
    reason = _clean(reason)
    if not reason:
        raise KnownError(
            msg("Why the officer leaves is not said."),
            safe=_NOTHING,
            do=msg("Say it in a few words: moved, retired, left the service."),
        )

    def decide(db: Connection) -> Sequence[Fact]:
        _serving(db, officer_id)
        _require_another_administrator(db, officer_id)
        return [OfficerLeft(officer_id, reason)]

    return log.write(decide, actor=actor)


def take_back(log: Log, officer_id: str, *, actor: Actor) -> Written:
    """An officer who left is back, with the same id, name and role."""

    def decide(db: Connection) -> Sequence[Fact]:
        officer = officer_of(db, officer_id)
        if officer is None or officer.serves:
            return []
        _require_no_other(db, officer)
        return [OfficerEnrolled(officer)]

    return log.write(decide, actor=actor)


def permit(
    log: Log, officer_id: str, permission: Permission, allowed: bool, *, actor: Actor
) -> Written:
    """Give a permission to one officer, or take it, whatever the role. Nothing if it is so."""

    def decide(db: Connection) -> Sequence[Fact]:
        officer = _serving(db, officer_id)
        if (permission in officer.permissions) is allowed:
            return []
        fact = PermissionGranted if allowed else PermissionWithdrawn
        return [fact(officer_id, permission)]

    return log.write(decide, actor=actor)


def checked_name(name: str) -> str:
    """The name as it is kept. KnownError for none, one too long, or one over several lines."""
    name = _clean(name)
    if 1 <= len(name) <= LONGEST_NAME:
        return name
    raise KnownError(
        msg("An officer has rank and name, of at most {most} letters.", most=LONGEST_NAME),
        safe=_NOTHING,
        do=msg("Type rank and name on one line."),
    )


def next_officer_id(db: Connection) -> str:
    """`officer-7`: never given twice."""
    numbers = [one.id.removeprefix("officer-") for one in officers(db)]
    return f"officer-{max((int(one) for one in numbers if one.isdecimal()), default=0) + 1}"


def _clean(text: str) -> str:
    """One line, without what is not printed."""
    shown = "".join(one if one.isprintable() else " " * one.isspace() for one in text)
    return " ".join(shown.split())


def _serving(db: Connection, officer_id: str) -> Officer:
    officer = officer_of(db, officer_id)
    if officer is None or not officer.serves:
        raise KnownError(
            msg("This officer is no longer with the station."),
            safe=_NOTHING,
            do=msg("Enrol the officer again first."),
        )
    return officer


def _require_no_other(db: Connection, officer: Officer) -> None:
    for other in serving_officers(db):
        if other.name == officer.name and other.id != officer.id:
            raise KnownError(
                msg("There is an officer named “{name}” already.", name=officer.name),
                safe=_NOTHING,
                do=msg("Change that one, or add something that tells the two apart."),
            )


def _require_another_administrator(db: Connection, officer_id: str) -> None:
    """Somebody other than this officer administers the station, or this one does not."""
    administrators = [one.id for one in serving_officers(db) if one.role is Role.ADMINISTRATOR]
    if administrators == [officer_id]:
        raise KnownError(
            msg("This is the station's only administrator."),
            safe=_NOTHING,
            do=msg("Make another officer administrator first."),
        )
