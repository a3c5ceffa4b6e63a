"""Which areas a place lies in, and how much of an area lies in another. Knows no screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.errors import Message, msg
from app.geo.areas import Area, AreaKind
from app.geo.coordinates import LatLon
from app.geo.projection import Points, Projection

_WHOLE = 0.9995  # what is shown as 100 %
_NOTHING = 0.0005


class AreaIndex:
    """The areas of one moment, ready to be asked. The border belongs to the area."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.areas = tuple(areas)
        shapes = [area.shape for area in self.areas]
        for shape in shapes:
            shapely.prepare(shape)
        self._shapes = np.array(shapes, dtype=object)

    def containing(self, place: LatLon) -> dict[AreaKind, tuple[Area, ...]]:
        """For each kind of area those the place lies in; the version used is in each `Area`.

        Every kind has its key; areas of a kind that overlap are all given, the smallest first.
        """
        found: dict[AreaKind, tuple[Area, ...]] = dict.fromkeys(AreaKind, ())
        if not self.areas:
            return found
        inside = shapely.intersects_xy(self._shapes, place.lon_deg, place.lat_deg)
        for position in np.flatnonzero(inside):
            area = self.areas[position]
            found[area.kind] += (area,)
        return {kind: tuple(sorted(areas, key=_size)) for kind, areas in found.items()}

    def inside(self, area: Area, lonlat: Points) -> NDArray[np.bool_]:
        """Which of many places, (N, 2) longitude and latitude, lie in one area."""
        return _inside(area.shape, lonlat)

    def members(self, lonlat: Points) -> NDArray[np.bool_]:
        """(N, areas) which of many places lie in which of the areas, in the order of `areas`."""
        found = np.zeros((len(lonlat), len(self.areas)), dtype=np.bool_, order="F")
        for position, area in enumerate(self.areas):
            found[:, position] = _inside(area.shape, lonlat)
        return found


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one area lies in another, from 0 to 1."""

    area: Area
    within: Area
    share: float

    @property
    def is_partial(self) -> bool:
        """Neither nothing nor all of it."""
        return _NOTHING <= self.share < _WHOLE

    @property
    def percent(self) -> int:
        """In whole per cent; 0 and 100 only for nothing and all of it."""
        if self.share >= _WHOLE:
            return 100
        return min(max(round(self.share * 100), int(self.share >= _NOTHING)), 99)

    @property
    def sentence(self) -> Message:
        """`62 % of ชุมชนศรีสุมังค์ lies in เขตปลอดภัย`."""
        return msg(
            "{share} of {area} lies in {within}",
            share=f"{self.percent} %",
            area=self.area.name_th,
            within=self.within.name_th,
        )


def shares_in(within: Area, areas: Iterable[Area], projection: Projection) -> list[Share]:
    """Which areas of other kinds lie in one, wholly or in part; touching is not enough."""
    shares = [
        Share(area, within, share_inside(area, within, projection))
        for area in areas
        if area.kind is not within.kind and shapely.intersects(area.shape, within.shape)
    ]
    return [share for share in shares if share.share >= _NOTHING]


def share_inside(area: Area, zone: Area, projection: Projection) -> float:
    """How much of an area's surface lies in the zone, from 0 to 1, measured in metres."""
    # cut in degrees, as both were drawn: a shared border then stays shared
    part = _in_metres(shapely.intersection(area.shape, zone.shape), projection)
    return min(float(part.area) / surface_m2(area, projection), 1.0)


def surface_m2(area: Area, projection: Projection) -> float:
    """An area's surface on the station's grid, in square metres."""
    return float(_in_metres(area.shape, projection).area)


def _inside(shape: Any, lonlat: Points) -> NDArray[np.bool_]:
    """Only what lies in the shape's box is asked of GEOS."""
    found = np.zeros(len(lonlat), dtype=np.bool_)
    west, south, east, north = shape.bounds
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    found[near] = shapely.intersects_xy(shape, lon[near], lat[near])
    return found


def _in_metres(shape: Any, projection: Projection) -> Any:
    return shapely.transform(shape, projection.to_metres)


def _size(area: Area) -> tuple[float, str]:
    return float(area.shape.area), area.id
