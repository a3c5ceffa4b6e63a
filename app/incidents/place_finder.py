"""Finds the place an officer means: a name, a camera, an area, a road or coordinates of any kind.

Knows the gazetteer and the ground; no form and no log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.areas import Area, AreaKind
from app.geo.coordinate_reader import Town, looks_like_coordinates, read_coordinates
from app.geo.coordinates import LatLon, as_decimal
from app.geo.places import Gazetteer, Place
from app.geo.places import PlaceKind as NamedKind
from app.incidents.incident import AreaFound
from app.thai.text import Span, find_matches
from app.thai.translation import Language, language, say

_NEAR_M = 60.0  # a click this close to a named place is called by its name


class PlaceKind(StrEnum):
    """What was found; chooses its icon."""

    LANDMARK = "landmark"
    ROAD = "road"
    CAMERA = "camera"
    COMMUNITY = "community"
    COORDINATES = "coordinates"


_KINDS = {
    NamedKind.LANDMARK: PlaceKind.LANDMARK,
    NamedKind.ROAD: PlaceKind.ROAD,
    NamedKind.JUNCTION: PlaceKind.ROAD,
    NamedKind.COMMUNITY: PlaceKind.COMMUNITY,
    NamedKind.CHECK_POINT: PlaceKind.LANDMARK,
}


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One suggestion. `text` is what is written into the report when it is taken."""

    kind: PlaceKind
    title: str
    detail: str
    text: str
    point: LatLon
    spans: tuple[Span, ...]
    in_zone: bool


class PlaceFinder:
    """Answers every key press from memory. `town` is what short plus codes are read near."""

    def __init__(self, ground: Ground, town: Town | None = None) -> None:
        self._ground = ground
        self._town = town
        self._places: tuple[Place, ...] = ()
        self._places_m = np.empty((0, 2))
        self._gazetteer = Gazetteer(())

    def set_places(self, places: Sequence[Place]) -> None:
        """The station's own names from now on."""
        self._places = tuple(places)
        lonlat = np.array([(place.at.lon_deg, place.at.lat_deg) for place in places])
        self._places_m = self._ground.projection.to_metres(lonlat.reshape(-1, 2))
        self._gazetteer = Gazetteer(places)

    def suggest(self, typed: str, limit: int = 6) -> list[FoundPlace]:
        """What `typed` may mean, the likeliest first. Coordinates are read as they are typed."""
        if looks_like_coordinates(typed):
            return self._coordinates(typed)
        named = [
            self._named(m.place, m.name, m.spans) for m in self._gazetteer.search(typed, limit)
        ]
        return (named + self._cameras(typed) + self._communities(typed))[:limit]

    def resolve(self, typed: str) -> LatLon | None:
        """The coordinates in `typed`; None if it is a name. Raises KnownError if they are wrong."""
        if looks_like_coordinates(typed):
            return read_coordinates(typed, self._town).place
        return None

    def areas_at(self, place: LatLon) -> tuple[AreaFound, ...]:
        """The areas that hold the place, with the version of each outline."""
        return found_areas(self._ground.areas_at(place))

    def name_of(self, place: LatLon) -> str:
        """The nearest named place, if it is near enough to speak of; else nothing."""
        if not self._places:
            return ""
        away_m = np.hypot(*(self._places_m - self._ground.projection.point_to_metres(place)).T)
        nearest = int(np.argmin(away_m))
        return self._places[nearest].name_th if away_m[nearest] <= _NEAR_M else ""

    def _coordinates(self, typed: str) -> list[FoundPlace]:
        try:
            reading = read_coordinates(typed, self._town)
        except KnownError:
            return []  # half typed, or wrong: said when it is saved
        words = as_decimal(reading.place)
        near = self.name_of(reading.place)
        text = f"{near} ({words})" if near else words
        understood = say(reading.understood)
        return [self._found(PlaceKind.COORDINATES, words, understood, text, reading.place, ())]

    def _named(self, place: Place, name: str, spans: tuple[Span, ...]) -> FoundPlace:
        english = language() is Language.ENGLISH and place.name_en
        other = place.name_en if english else (place.name_th if name != place.name_th else "")
        detail = " · ".join(part for part in (other, self._community_at(place.at)) if part)
        kind = _KINDS[place.kind]
        return self._found(kind, name, detail, place.name_th, place.at, spans)

    def _cameras(self, typed: str) -> list[FoundPlace]:
        rows = []
        for camera in self._ground.cameras:
            title = camera_title(camera)
            spans = find_matches(title, typed)
            if spans:
                at = LatLon(camera.lat_deg, camera.lon_deg)
                detail = self._community_at(at)
                rows.append(self._found(PlaceKind.CAMERA, title, detail, camera.name, at, spans))
        return rows

    def _communities(self, typed: str) -> list[FoundPlace]:
        rows = []
        for area in self._ground.areas:
            spans = find_matches(area.name_th, typed)
            if spans and area.kind in (AreaKind.COMMUNITY, AreaKind.BEAT):
                at = _middle(area)
                rows.append(
                    self._found(PlaceKind.COMMUNITY, area.name_th, "", area.name_th, at, spans)
                )
        return rows

    def _community_at(self, at: LatLon) -> str:
        areas = self._ground.areas_at(at)[AreaKind.COMMUNITY]
        return areas[0].name_th if areas else ""

    def _found(
        self,
        kind: PlaceKind,
        title: str,
        detail: str,
        text: str,
        point: LatLon,
        spans: tuple[Span, ...],
    ) -> FoundPlace:
        in_zone = bool(self._ground.areas_at(point)[AreaKind.ZONE])
        return FoundPlace(kind, title, detail, text, point, spans, in_zone)


def found_areas(holding: Mapping[AreaKind, Sequence[Area]]) -> tuple[AreaFound, ...]:
    """As an incident keeps them, kind by kind."""
    return tuple(
        AreaFound(kind.value, area.id, area.name_th, area.version)
        for kind in AreaKind
        for area in holding[kind]
    )


def camera_title(camera: Camera) -> str:
    """`C01 ตลาดอินโดจีน ประตู 3`."""
    return f"{camera.id} {camera.name}"


def _middle(area: Area) -> LatLon:
    """A point that is sure to lie inside, whatever the shape."""
    inside = area.shape.representative_point()
    return LatLon(inside.y, inside.x)
