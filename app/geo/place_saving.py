"""Saving named places: by hand one by one, or many that a map or a file proposed. Knows the log."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from app.geo.places import Place, PlaceNamed
from app.log import Actor, Connection, Entry, Fact, Log

_BEGINNING = "place-"


def name_places(log: Log, places: Sequence[Place], *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """One entry a place, all or none; one without an id is new and gets the next.

    KnownError at once for a name or a place that cannot be, before anything is written.
    """
    for place in places:
        PlaceNamed(place)

    def decide(db: Connection) -> list[Fact]:
        number = _last_number(db)
        facts: list[Fact] = []
        for place in places:
            if not place.id:
                number += 1
                place = replace(place, id=f"{_BEGINNING}{number}")
            facts.append(PlaceNamed(place))
        return facts

    return log.write(decide, actor=actor)


def _last_number(db: Connection) -> int:
    """The highest number a place was ever given; an index on subjects answers."""
    rows = db.execute(
        "SELECT DISTINCT subject FROM entries WHERE subject >= ? AND subject < ?",
        (_BEGINNING, "place."),
    )
    numbers = [row[0].removeprefix(_BEGINNING) for row in rows]
    return max((int(one) for one in numbers if one.isdecimal()), default=0)
