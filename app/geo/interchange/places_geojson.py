"""The gazetteer as GeoJSON, out and in without loss. Knows places, no screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import KnownError, Message, msg
from app.geo.imports.things import clean_name
from app.geo.interchange.points_geojson import PointFeature, read_points, write_points
from app.geo.places import Place, PlaceKind, PlaceNamed


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """What a file of places holds: good ones, and what is wrong with the others, by feature."""

    places: tuple[Place, ...]
    troubles: tuple[Message, ...]
    attribution: str = ""


def write_places(places: Iterable[Place], attribution: str = "") -> bytes:
    """Every place with its id, kind, names and aliases."""
    return write_points(((place.at, _fields(place)) for place in places), attribution)


def read_places(data: bytes) -> PlacesFile:
    """The places of a file. One without an id gets it when it is saved. Raises KnownError."""
    file = read_points(data)
    places: list[Place] = []
    troubles: list[Message] = []
    for point in file.points:
        try:
            places.append(_place(point))
        except KnownError as error:
            troubles.append(
                msg("Feature {number}: {what}", number=point.number, what=error.sentences[0])
            )
    return PlacesFile(tuple(places), tuple(troubles), file.attribution)


def _fields(place: Place) -> Mapping[str, Any]:
    return {
        "id": place.id,
        "kind": place.kind.value,
        "name_th": place.name_th,
        "name_en": place.name_en,
        "aliases": list(place.aliases),
        "sample": place.sample,
    }


def _place(point: PointFeature) -> Place:
    if point.at is None:
        raise KnownError(msg("It has no place."))
    fields = point.fields
    aliases = fields.get("aliases")
    kind = str(fields.get("kind", ""))
    place = Place(
        id=clean_name(str(fields.get("id") or "")),
        kind=PlaceKind(kind) if kind in tuple(PlaceKind) else PlaceKind.LANDMARK,
        name_th=_text(fields, "name_th", "name:th", "name"),
        name_en=_text(fields, "name_en", "name:en"),
        aliases=tuple(
            clean_name(str(one)) for one in (aliases if isinstance(aliases, list) else []) if one
        ),
        at=point.at,
        sample=fields.get("sample") is True,
    )
    PlaceNamed(place)  # refuses what cannot be saved
    return place


def _text(fields: Mapping[str, Any], *names: str) -> str:
    return next((clean_name(str(fields[name])) for name in names if fields.get(name)), "")
