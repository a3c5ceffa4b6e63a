"""Saving named places: by hand one by one, or many that a map or a file proposed. Knows the log."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from app.errors import KnownError, msg
from app.geo.places import Place, PlaceNamed, PlaceRemoved, all_places
from app.log import Actor, Connection, Entry, Fact, Log

_BEGINNING = "place-"


@dataclass(frozen=True, slots=True)
class PlaceEdit:
    """One place as it is to be, None to remove it; `before` is how it stood on the screen.

    A new place has no `before`, and no id either: it gets the next one.
    """

    place: Place | None
    before: Place | None = None


class PlaceConflictError(KnownError):
    """Somebody saved the same place meanwhile. `theirs` holds now; None if it was removed."""

    def __init__(self, before: Place, theirs: Place | None) -> None:
        super().__init__(
            msg("“{name}” was removed meanwhile.", name=before.name_th)
            if theirs is None
            else msg("“{name}” was changed meanwhile by somebody else.", name=before.name_th),
            safe=msg("Nothing was saved; what you typed is still here."),
            do=msg("Look at it as it stands now, and change that."),
        )
        self.theirs = theirs


def save_places(log: Log, edits: Sequence[PlaceEdit], *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """One entry an edit, all or none, and never over what somebody else saved meanwhile.

    KnownError at once for a name or a place that cannot be; PlaceConflictError through the future.
    """
    for edit in edits:
        if edit.place is not None:
            PlaceNamed(edit.place)

    def decide(db: Connection) -> list[Fact]:
        holding = {place.id: place for place in all_places(db)}
        for edit in edits:
            if edit.before is not None and holding.get(edit.before.id) != edit.before:
                raise PlaceConflictError(edit.before, holding.get(edit.before.id))
        return _facts(edits, _last_number(db))

    return log.write(decide, actor=actor)


def _facts(edits: Sequence[PlaceEdit], number: int) -> list[Fact]:
    facts: list[Fact] = []
    for edit in edits:
        place = edit.place
        if place is None:
            assert edit.before is not None
            facts.append(PlaceRemoved(edit.before.id))
            continue
        if edit.before is None and not place.id:
            number += 1
            place = replace(place, id=f"{_BEGINNING}{number}")
        facts.append(PlaceNamed(place))
    return facts


def name_places(log: Log, places: Sequence[Place], *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """One entry a place, all or none; one without an id is new and gets the next.

    KnownError at once for a name or a place that cannot be, before anything is written.
    """
    return save_places(log, [PlaceEdit(place) for place in places], actor=actor)


def _last_number(db: Connection) -> int:
    """The highest number a place was ever given; an index on subjects answers."""
    rows = db.execute(
        "SELECT DISTINCT subject FROM entries WHERE subject >= ? AND subject < ?",
        (_BEGINNING, "place."),
    )
    numbers = [row[0].removeprefix(_BEGINNING) for row in rows]
    return max((int(one) for one in numbers if one.isdecimal()), default=0)
