"""Points with fields as GeoJSON text (RFC 7946), out and in. Plain JSON, no GDAL."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import KnownError, Message, msg
from app.geo.coordinates import LatLon

LARGEST_BYTES = 32 * 1024 * 1024
_MOST_POINTS = 100_000


@dataclass(frozen=True, slots=True)
class PointFeature:
    """One point: its place (None where the file has none that can be), and its fields.

    `number` counts the features of the file from 1.
    """

    number: int
    at: LatLon | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PointsFile:
    """The points of a file and who made them, as the file says."""

    points: tuple[PointFeature, ...]
    attribution: str = ""


def write_points(
    points: Iterable[tuple[LatLon, Mapping[str, Any]]], attribution: str = ""
) -> bytes:
    """One feature a point, in UTF-8. Degrees are written whole, so nothing is lost."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [at.lon_deg, at.lat_deg]},
            "properties": dict(fields),
        }
        for at, fields in points
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if attribution:
        collection["attribution"] = attribution
    return json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")


def read_points(data: bytes) -> PointsFile:
    """Every point feature. KnownError for what is no GeoJSON, or holds too much."""
    if len(data) > LARGEST_BYTES:
        raise _refused(msg("This file is larger than such a list can be."))
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _refused(msg("This file is not GeoJSON.")) from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise _refused(msg("This file is not GeoJSON."))
    if len(features) > _MOST_POINTS:
        raise _refused(msg("This file holds more than {count} points.", count=_MOST_POINTS))
    points = tuple(
        PointFeature(number, _place(feature), _fields(feature))
        for number, feature in enumerate(features, start=1)
        if isinstance(feature, dict)
    )
    attribution = found.get("attribution")
    return PointsFile(points, attribution if isinstance(attribution, str) else "")


def _place(feature: Mapping[str, Any]) -> LatLon | None:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    where = geometry.get("coordinates")
    if not isinstance(where, list) or len(where) < 2:
        return None
    numbers = [one for one in where[:2] if isinstance(one, int | float) and math.isfinite(one)]
    if len(numbers) < 2 or abs(numbers[1]) > 90 or abs(numbers[0]) > 180:
        return None
    return LatLon(float(numbers[1]), float(numbers[0]))


def _fields(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    fields = feature.get("properties")
    return fields if isinstance(fields, dict) else {}


def _refused(what: Message) -> KnownError:
    return KnownError(
        what,
        safe=msg("Nothing was taken from the file."),
        do=msg("Choose the file that was exported as GeoJSON."),
    )
