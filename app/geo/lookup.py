"""Which areas a place lies in, and how much of an area lies in another. Knows no screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.geo.areas import Area, AreaKind
from app.geo.coordinates import LatLon
from app.geo.projection import Points, Projection


class AreaIndex:
    """The areas of one moment, ready to be asked. The border belongs to the area."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.areas = tuple(areas)
        shapes = [area.shape for area in self.areas]
        for shape in shapes:
            shapely.prepare(shape)
        self._shapes = np.array(shapes, dtype=object)

    def containing(self, place: LatLon) -> dict[AreaKind, tuple[Area, ...]]:
        """For each kind the areas the place lies in; the version used is in each `Area`.

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
        return np.asarray(shapely.intersects_xy(area.shape, lonlat[:, 0], lonlat[:, 1]))


def share_inside(area: Area, zone: Area, projection: Projection) -> float:
    """How much of an area's surface lies in the zone, from 0 to 1, measured in metres."""
    # cut in degrees, as both were drawn: a shared border then stays shared
    part = _in_metres(shapely.intersection(area.shape, zone.shape), projection)
    return min(float(part.area) / surface_m2(area, projection), 1.0)


def surface_m2(area: Area, projection: Projection) -> float:
    """An area's surface on the station's grid, in square metres."""
    return float(_in_metres(area.shape, projection).area)


def _in_metres(shape: Any, projection: Projection) -> Any:
    return shapely.transform(shape, projection.to_metres)


def _size(area: Area) -> tuple[float, str]:
    return float(area.shape.area), area.id
