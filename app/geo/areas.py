"""Zones, communities, beats and tambons, every version kept. Knows the log, not how they are drawn.

Each drawing is an entry and each entry a version, so June's zone still answers June's questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from shapely.validation import explain_validity

from app.clock import to_stored
from app.errors import KnownError, msg
from app.geo.coordinates import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG, LatLon, as_decimal
from app.log import Connection, Entry, Row

Shape = Any  # shapely has no types: Polygon or MultiPolygon, longitude and latitude on WGS 84


class AreaKind(StrEnum):
    """What an area is for. Areas of different kinds overlap freely."""

    ZONE = "zone"
    COMMUNITY = "community"
    BEAT = "beat"
    TAMBON = "tambon"
    NO_GO = "no_go"


@dataclass(frozen=True, slots=True)
class Area:
    """One version of an area. `version` is the id of the entry that drew it.

    It held from `from_at` until `to_at` (stored times; `to_at` is empty while it holds).
    """

    id: str
    kind: AreaKind
    name_th: str
    name_en: str
    shape: Shape
    version: str
    sample: bool = False
    source: str = ""
    from_at: str = ""
    to_at: str = ""


@dataclass(frozen=True, slots=True)
class AreaDrawn:
    """A new area, or a new version of one. Refuses a shape that no place can be looked up in.

    `began_from` is the version that was on the screen when the drawing began, empty for a new area;
    `source` is who made the outline, where it came from a file.
    """

    area_id: str
    area_kind: AreaKind
    name_th: str
    name_en: str
    shape: Shape
    reason: str = ""
    sample: bool = False
    began_from: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        check_shape(self.shape, self.name_th or self.area_id)

    @property
    def kind(self) -> str:
        return "area_drawn"

    @property
    def subject(self) -> str:
        return self.area_id

    def body(self) -> Mapping[str, Any]:
        return {
            "area_kind": self.area_kind.value,
            "name_th": self.name_th,
            "name_en": self.name_en,
            "geometry": _to_geojson(self.shape),
            "reason": self.reason,
            "sample": self.sample,
            "began_from": self.began_from,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class AreaRemoved:
    """The area no longer holds; its versions stay."""

    area_id: str
    reason: str = ""

    @property
    def kind(self) -> str:
        return "area_removed"

    @property
    def subject(self) -> str:
        return self.area_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


def check_shape(shape: Shape, name: str) -> None:
    """Raise KnownError unless `shape` is a sound, non-empty (multi)polygon around Thailand."""
    if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        raise KnownError(msg("“{name}” has no area.", name=name), do=msg("Draw its outline."))
    if not _lies_in_thailand(shape):
        raise KnownError(
            msg("“{name}” does not lie in Thailand.", name=name),
            do=msg("Check whether latitude and longitude were swapped."),
        )
    if not shape.is_valid:
        raise KnownError(
            msg("The outline of “{name}” crosses itself near {where}.", name=name,
                where=_trouble_place(shape)),
            do=msg("Move the corner so that no two sides cross."),
        )  # fmt: skip


def _lies_in_thailand(shape: Shape) -> bool:
    if not np.isfinite(shapely.get_coordinates(shape)).all():  # a box would overlook a NaN
        return False
    west, south, east, north = shape.bounds
    return bool(west >= WEST_DEG and east <= EAST_DEG and south >= SOUTH_DEG and north <= NORTH_DEG)


def _trouble_place(shape: Shape) -> str:
    """Where GEOS found the first fault: it writes `Self-intersection[104.7 16.5]`."""
    found = re.search(r"\[(\S+) (\S+)\]", explain_validity(shape))
    return as_decimal(LatLon(float(found[2]), float(found[1]))) if found else "?"


class AreasView:
    """Table `areas`: one row a version, with the time it held."""

    tables = ("areas",)
    kinds = frozenset({"area_drawn", "area_removed"})

    def create(self, db: Connection) -> None:
        db.execute(
            """CREATE TABLE IF NOT EXISTS areas(
                 version TEXT PRIMARY KEY, area_id TEXT NOT NULL, kind TEXT NOT NULL,
                 name_th TEXT NOT NULL, name_en TEXT NOT NULL, geometry TEXT NOT NULL,
                 sample INTEGER NOT NULL, source TEXT NOT NULL, from_at TEXT NOT NULL,
                 to_at TEXT) STRICT"""
        )
        db.execute("CREATE INDEX IF NOT EXISTS areas_by_id ON areas(area_id, to_at)")

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute(
            "UPDATE areas SET to_at = ? WHERE area_id = ? AND to_at IS NULL",
            (entry.at, entry.subject),
        )
        if entry.kind != "area_drawn" or entry.body is None:  # None: erased, nothing left to show
            return
        data = entry.data()
        db.execute(
            "INSERT INTO areas VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (entry.id, entry.subject, data["area_kind"], data["name_th"], data["name_en"],
             data["geometry"], int(data["sample"]), data.get("source", ""), entry.at),
        )  # fmt: skip


class Areas:
    """Reads areas over the connection of the calling thread."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def current(self) -> list[Area]:
        """The areas that hold now, by kind and name."""
        return self._read("to_at IS NULL", ())

    def as_of(self, at: datetime) -> list[Area]:
        """The areas as they held at an instant (aware)."""
        stored = to_stored(at)
        return self._read("from_at <= ? AND (to_at IS NULL OR to_at > ?)", (stored, stored))

    def versions(self, area_id: str) -> list[Area]:
        """Every version of one area, the oldest first."""
        return self._read("area_id = ?", (area_id,), order="rowid")

    def all_versions(self) -> list[Area]:
        """Every version of every area, in the order in which they were drawn."""
        return self._read("1", (), order="rowid")

    def version(self, version: str) -> Area | None:
        """The version an entry drew, for a report that names it."""
        found = self._read("version = ?", (version,))
        return found[0] if found else None

    def _read(
        self, where: str, values: tuple[str, ...], order: str = "kind, name_th, area_id"
    ) -> list[Area]:
        columns = (
            "version, area_id, kind, name_th, name_en, geometry, sample, source, from_at, to_at"
        )
        rows = self._db.execute(
            f"SELECT {columns} FROM areas WHERE {where} ORDER BY {order}", values
        )
        return [_area(row) for row in rows]


def _area(row: Row) -> Area:
    return Area(
        id=row["area_id"],
        kind=AreaKind(row["kind"]),
        name_th=row["name_th"],
        name_en=row["name_en"],
        shape=shapely.from_geojson(row["geometry"]),
        version=row["version"],
        sample=bool(row["sample"]),
        source=row["source"],
        from_at=row["from_at"],
        to_at=row["to_at"] or "",
    )


def _to_geojson(shape: Shape) -> str:
    """GeoJSON text (RFC 7946), degrees to 1e-9 (a tenth of a millimetre)."""
    rounded = shapely.transform(shape, lambda points: points.round(9))
    return str(shapely.to_geojson(rounded))
