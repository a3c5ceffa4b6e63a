"""What the right answers are, worked out another way than the product does: slow and plain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.ground_town import Eye, Points, Shapes, Town

_FINE = 720
_GRAZING_M = 0.06
_GRAZING_DEG = 0.05


def seen(eye: Eye, houses: Shapes, tree: shapely.STRtree) -> Any:
    """A fine wedge less the shadow of every wall near it, and less the houses."""
    at = np.array((eye.east_m, eye.north_m))
    turns = np.radians(eye.bearing_deg + np.linspace(-eye.angle_deg / 2, eye.angle_deg / 2, _FINE))
    rim = np.column_stack((np.sin(turns), np.cos(turns))) * eye.range_m + at
    left = shapely.Polygon([at, *rim])
    near = houses[tree.query(left, predicate="intersects")]
    shadows = []
    for house in near:
        corners = shapely.get_coordinates(house)
        for (x1, y1), (x2, y2) in pairwise(corners):
            far = [(x + (x - at[0]) * 1e3, y + (y - at[1]) * 1e3) for x, y in ((x2, y2), (x1, y1))]
            shadow = shapely.Polygon([(x1, y1), (x2, y2), *far])
            if shadow.area > 0:
                shadows.append(shadow.buffer(0))
    hidden = shapely.union_all([*shadows, *near])
    return shapely.difference(left, hidden)


def coverage(town: Town, eyes: Sequence[Eye]) -> tuple[float, float, float]:
    """Open ground of the zone, what one sees of it at least, what two see; square metres."""
    tree = shapely.STRtree(town.houses)
    views = [shapely.intersection(seen(eye, town.houses, tree), town.zone) for eye in eyes]
    once = shapely.union_all(views)
    both = []
    views_tree = shapely.STRtree(views)
    for at, view in enumerate(views):
        both += [
            shapely.intersection(view, views[other]).buffer(0)
            for other in views_tree.query(view, predicate="intersects")
            if other > at
        ]
    built = shapely.intersection(town.houses, town.zone)  # the lots keep houses apart
    ground_m2 = town.zone.area - float(shapely.area(built).sum())
    return ground_m2, float(once.area), float(shapely.union_all(both).area)


def who_sees(town: Town, place: Points) -> tuple[set[str], set[str]]:
    """The cameras that see a place, and those of which nobody can say: they graze an edge."""
    sure, unsure = set(), set()
    there = shapely.Point(place)
    tree = shapely.STRtree(town.houses)
    for eye in town.eyes:
        away = place - (eye.east_m, eye.north_m)
        distance = float(np.hypot(*away))
        turn = (np.degrees(np.arctan2(*away)) - eye.bearing_deg + 180) % 360 - 180
        edge = abs(abs(turn) - eye.angle_deg / 2) < _GRAZING_DEG
        if distance > eye.range_m + _GRAZING_M or (abs(turn) > eye.angle_deg / 2 and not edge):
            continue
        line = shapely.LineString([(eye.east_m, eye.north_m), place])
        near = town.houses[tree.query(line.buffer(1.0), predicate="intersects")]
        near = [house for house in near if not house.contains(there)]
        cuts = [shapely.intersection(house, line).length for house in near]
        grazes = [house.distance(line) < _GRAZING_M and cut < _GRAZING_M
                  for house, cut in zip(near, cuts, strict=True)]  # fmt: skip
        touches = any(house.distance(there) < _GRAZING_M for house in near)
        if edge or abs(distance - eye.range_m) < _GRAZING_M or any(grazes) or touches:
            unsure.add(eye.id)
        elif max(cuts, default=0.0) < _GRAZING_M:
            sure.add(eye.id)
    return sure, unsure


def members(zones: Shapes, points: Points) -> NDArray[np.bool_]:
    """(N, zones) by crossing numbers, corner by corner; no library asks where a point lies."""
    found = np.zeros((len(points), len(zones)), dtype=bool)
    x, y = points[:, 0], points[:, 1]
    for column, zone in enumerate(zones):
        corners = shapely.get_coordinates(zone)
        inside = np.zeros(len(points), dtype=bool)
        for (x1, y1), (x2, y2) in pairwise(corners):
            spans = (y1 > y) != (y2 > y)
            with np.errstate(divide="ignore", invalid="ignore"):
                inside ^= spans & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        found[:, column] = inside
    return found
