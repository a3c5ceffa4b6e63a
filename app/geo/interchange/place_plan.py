"""What a file of places would do to the gazetteer: new, changed, the same, or refused.

A person reads it before anything is saved. Knows files and places, no log and no screen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import Message, msg
from app.geo.interchange.effects import Effect
from app.geo.interchange.places_geojson import PlacesFile
from app.geo.place_saving import PlaceEdit
from app.geo.places import Place, PlaceKind
from app.thai.text import normalise

_SAME_M = 300.0  # a name twice within this is one place, as where the map proposes names
_A_DEGREE_M = 111_000.0


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """One place of a file, held against the gazetteer. `why` says what refuses it."""

    effect: Effect
    place: Place
    before: Place | None = None
    why: Message | None = None
    note: Message | None = None

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be ticked."""
        return self.effect in (Effect.ADDS, Effect.CHANGES)

    @property
    def is_wanted(self) -> bool:
        """Whether it is ticked before a person looked."""
        return self.can_be_taken and self.note is None

    @property
    def edit(self) -> PlaceEdit:
        """As it would be saved."""
        return PlaceEdit(self.place, self.before)


def plan_places(file: PlacesFile, known: Sequence[Place]) -> tuple[PlannedPlace, ...]:
    """Every place of the file in its order. `known` are the places that are named now.

    A place without the id of one that is named is the one of its name near by, and keeps
    what the file does not say; where there is none, it is new.
    """
    by_id = {place.id: place for place in known}
    by_name: dict[str, list[Place]] = {}
    for place in known:
        by_name.setdefault(_key(place), []).append(place)
    planner = _Planner(by_id, by_name)
    return tuple(planner.planned(place) for place in file.places)


class _Planner:
    def __init__(self, by_id: Mapping[str, Place], by_name: Mapping[str, list[Place]]) -> None:
        self._by_id, self._by_name = by_id, by_name
        self._met: set[str] = set()
        self._new: dict[str, list[Place]] = {}

    def planned(self, place: Place) -> PlannedPlace:
        before = self._by_id.get(place.id)
        if before is None:
            before = _near(place, self._by_name.get(_key(place), ()))
            place = replace(place, id="") if before is None else _filled(place, before)
        if before is None:
            return self._added(place)
        if before.id in self._met:
            why = msg("The file holds “{name}” twice.", name=before.name_th)
            return PlannedPlace(Effect.REFUSED, place, before, why)
        self._met.add(before.id)
        effect = Effect.NOTHING if place == before else Effect.CHANGES
        return PlannedPlace(effect, place, before)

    def _added(self, place: Place) -> PlannedPlace:
        beside = self._new.setdefault(_key(place), [])
        note = None
        if _near(place, beside) is not None:
            note = msg("The file holds “{name}” twice.", name=place.name_th)
        beside.append(place)
        return PlannedPlace(Effect.ADDS, place, note=note)


def _key(place: Place) -> str:
    return "".join(normalise(place.name_th).split())


def _near(place: Place, others: Sequence[Place]) -> Place | None:
    """The other of its kind near by, else one of any kind: a plain list says no kinds."""
    near = [other for other in others if _metres(place, other) <= _SAME_M]
    alike = (other for other in near if other.kind is place.kind)
    return next(alike, near[0] if near else None)


def _metres(one: Place, other: Place) -> float:
    north = one.at.lat_deg - other.at.lat_deg
    east = (one.at.lon_deg - other.at.lon_deg) * math.cos(math.radians(one.at.lat_deg))
    return math.hypot(north, east) * _A_DEGREE_M


def _filled(place: Place, before: Place) -> Place:
    """The place with the id, the kind and the other names it has here, if the file says none."""
    others = [name for name in place.aliases if name not in before.aliases]
    return replace(
        place,
        id=before.id,
        kind=before.kind if place.kind is PlaceKind.LANDMARK else place.kind,
        name_en=place.name_en or before.name_en,
        aliases=(*before.aliases, *others),
    )
