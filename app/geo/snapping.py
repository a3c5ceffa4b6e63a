"""Where a hand that draws probably means to be: a corner, a crossing, a side, a road. No screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

import numpy as np
import shapely

from app.geo.basemap import ROADS, Basemap
from app.geo.projection import Points


class SnapKind(StrEnum):
    """What was snapped to; earlier ones are preferred."""

    CORNER = "corner"
    JUNCTION = "junction"
    SIDE = "side"
    ROAD = "road"


@dataclass(frozen=True, slots=True)
class Snap:
    """A place in metres, what is there, and the names of the roads it lies on."""

    x_m: float
    y_m: float
    kind: SnapKind
    names: tuple[str, ...] = ()


class Snapper:
    """The corners and sides of areas and the roads of the base map, found near a place."""

    def __init__(self, outlines: Sequence[Points], basemap: Basemap | None) -> None:
        corners = np.concatenate(outlines) if outlines else np.empty((0, 2))
        self._corners = corners
        sides = [np.vstack((ring, ring[:1])) for ring in outlines if len(ring) > 1]
        self._sides = shapely.STRtree(np.array([shapely.LineString(side) for side in sides]))
        self._road_names, roads = _roads(basemap)
        self._roads = shapely.STRtree(roads)

    def at(self, x_m: float, y_m: float, reach_m: float) -> Snap | None:
        """The best thing within reach, or None."""
        here = shapely.Point(x_m, y_m)
        return (
            self._corner(x_m, y_m, reach_m)
            or self._junction(here, reach_m)
            or self._on_line(self._sides, here, reach_m, SnapKind.SIDE)
            or self._on_line(self._roads, here, reach_m, SnapKind.ROAD)
        )

    def _corner(self, x_m: float, y_m: float, reach_m: float) -> Snap | None:
        if not len(self._corners):
            return None
        away = np.hypot(self._corners[:, 0] - x_m, self._corners[:, 1] - y_m)
        nearest = int(np.argmin(away))
        if away[nearest] > reach_m:
            return None
        x, y = self._corners[nearest].tolist()
        return Snap(x, y, SnapKind.CORNER)

    def _junction(self, here: Any, reach_m: float) -> Snap | None:
        near = self._roads.query(here, predicate="dwithin", distance=reach_m)
        best: tuple[float, Snap] | None = None
        for first, second in combinations(near.tolist()[:8], 2):
            names = (self._road_names[first], self._road_names[second])
            if names[0] == names[1]:
                continue  # one road in pieces
            lines = self._roads.geometries
            met = shapely.intersection(lines[first], lines[second])
            for x, y in shapely.get_coordinates(met).tolist():
                away = float(np.hypot(x - here.x, y - here.y))
                if away <= reach_m and (best is None or away < best[0]):
                    named = tuple(name for name in names if name)
                    best = (away, Snap(x, y, SnapKind.JUNCTION, named))
        return best[1] if best else None

    def _on_line(
        self, tree: shapely.STRtree, here: Any, reach_m: float, kind: SnapKind
    ) -> Snap | None:
        found = tree.query_nearest(here, max_distance=reach_m)
        if not len(found):
            return None
        number = int(found[0])
        line = tree.geometries[number]
        on_it = shapely.line_interpolate_point(line, shapely.line_locate_point(line, here))
        names = (self._road_names[number],) if kind is SnapKind.ROAD else ()
        return Snap(float(on_it.x), float(on_it.y), kind, tuple(name for name in names if name))


def _roads(basemap: Basemap | None) -> tuple[list[str], Any]:
    names: list[str] = []
    lines: list[Any] = []
    for kind in ROADS:
        group = basemap.features.get(kind) if basemap is not None else None
        if group is not None:
            parts, of_road = shapely.get_parts(group.shapes, return_index=True)
            lines.extend(parts)
            names.extend(group.names[road] for road in of_road.tolist())
    return names, np.array(lines, dtype=object)
