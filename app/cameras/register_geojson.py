"""The camera register as GeoJSON, out and in without loss. It holds no password.

Read into the same rows as the CSV file is, so that the same plan says what a file would do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from app.cameras.camera import Camera
from app.cameras.register_csv import FileRow, RegisterFile, Trouble
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon
from app.geo.interchange.points_geojson import PointFeature, read_points, write_points
from app.station.redaction import without_credentials

_FIELDS = {item.name: item.type for item in fields(Camera)}
_NUMBERS = frozenset(name for name, kind in _FIELDS.items() if kind == "float")
_WHOLE = frozenset(name for name, kind in _FIELDS.items() if kind == "int")
_YES_OR_NO = frozenset(name for name, kind in _FIELDS.items() if kind == "bool")
_PLACE = frozenset({"lat_deg", "lon_deg"})  # the geometry says it
_URLS = ("main_url", "sub_url")
_LARGEST = 1e9


def write_register_geojson(cameras: Iterable[Camera], attribution: str = "") -> bytes:
    """Every camera with every field of its record."""
    return write_points(
        ((LatLon(one.lat_deg, one.lon_deg), _record(one)) for one in cameras), attribution
    )


def read_register_geojson(data: bytes) -> RegisterFile:
    """What the file says, and all that is wrong with it at once. KnownError if it is none."""
    good: list[FileRow] = []
    troubles: list[Trouble] = []
    unknown: dict[str, None] = {}
    for point in read_points(data).points:
        camera, wrong = _camera(point)
        troubles += wrong
        unknown |= dict.fromkeys(str(name) for name in point.fields if name not in _FIELDS)
        if camera is not None:
            good.append(FileRow(point.number, camera))
    return RegisterFile(tuple(good), tuple(troubles), tuple(unknown))


def _record(camera: Camera) -> Mapping[str, Any]:
    record = {name: value for name, value in asdict(camera).items() if name not in _PLACE}
    for name in _URLS:
        record[name] = without_credentials(record[name])  # registered before they were looked at
    return record


def _camera(point: PointFeature) -> tuple[Camera | None, list[Trouble]]:
    troubles: list[Trouble] = []
    if point.at is None:
        missing = KnownError(msg("It has no place."))
        return None, [Trouble(point.number, "geometry", missing)]
    values: dict[str, Any] = dict.fromkeys(("id", "name", *_URLS), "")
    for name, value in point.fields.items():
        if name in _FIELDS and name not in _PLACE and value is not None:
            try:
                values[name] = _value(name, value)
            except KnownError as error:
                troubles.append(Trouble(point.number, name, error))
    if troubles:
        return None, troubles
    camera = Camera(**values, lat_deg=point.at.lat_deg, lon_deg=point.at.lon_deg)
    troubles = [Trouble(point.number, fault.field, fault.error) for fault in camera.faults()]
    return (None if troubles else camera), troubles


def _value(name: str, value: object) -> object:
    """The value in the field's own type; KnownError for one that cannot be it."""
    if name in _YES_OR_NO:
        if isinstance(value, bool):
            return value
        raise KnownError(msg("“{text}” is neither yes nor no.", text=str(value)[:40]))
    if name in _NUMBERS or name in _WHOLE:
        return _number(value, whole=name in _WHOLE)
    if not isinstance(value, str):
        raise KnownError(msg("“{text}” is not a text.", text=str(value)[:40]))
    return value


def _number(value: object, *, whole: bool) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    number = float(value) if is_number and abs(value) < _LARGEST else math.nan  # type: ignore[arg-type]
    if math.isnan(number) or (whole and number != int(number)):
        raise KnownError(msg("“{text}” is not a number.", text=str(value)[:40]))
    return int(number) if whole else number
