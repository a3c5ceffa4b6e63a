"""Where the line between two places is cut, and by which building. Knows walls, no cameras."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.geo.walls import Walls

_ON_A_FACE_M = 0.05  # a place on a wall's outer face can be seen


@dataclass(frozen=True, slots=True)
class Cut:
    """The first wall in the way: its place, and the number of its building (None: a lone wall)."""

    east_m: float
    north_m: float
    building: int | None


def first_cut(from_m: tuple[float, float], to_m: tuple[float, float], walls: Walls) -> Cut | None:
    """The wall that hides one place from the other, or None; the same rule as `is_hidden`.

    The building is told by where the cut lies, for `Walls.near` gives segments without owners.
    """
    start, end = np.array(from_m), np.array(to_m)
    away = end - start
    distance_m = float(np.hypot(*away))
    if distance_m < 1e-6:
        return None
    near = walls.near(*from_m, distance_m, also_in=to_m)
    if not len(near):
        return None
    ax, ay = (near[:, :2] - start).T
    vx, vy = (near[:, 2:] - near[:, :2]).T
    dx, dy = away / distance_m
    across = dx * vy - dy * vx
    with np.errstate(divide="ignore", invalid="ignore"):
        along_ray = (ax * vy - ay * vx) / across
        along_wall = (ax * dy - ay * dx) / across
    met = (along_ray > 1e-6) & (along_wall >= 0) & (along_wall <= 1)
    reach = np.where(met, along_ray, np.inf)
    first = float(reach.min())
    if first >= distance_m - _ON_A_FACE_M:
        return None
    east, north = (start + np.array([dx, dy]) * first).tolist()
    return Cut(east, north, _building_near(walls, east, north))


def _building_near(walls: Walls, east_m: float, north_m: float) -> int | None:
    import shapely

    boxes = walls.boxes
    inside = (boxes[:, 0] - 0.5 <= east_m) & (east_m <= boxes[:, 2] + 0.5)
    inside &= (boxes[:, 1] - 0.5 <= north_m) & (north_m <= boxes[:, 3] + 0.5)
    candidates = np.flatnonzero(inside)
    if not len(candidates):
        return None
    away = shapely.distance(walls.buildings[candidates], shapely.Point(east_m, north_m))
    return int(candidates[int(np.argmin(away))])
