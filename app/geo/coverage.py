"""What a camera sees from its place: a wedge cut by walls. Knows metres and angles, no cameras.

Bearings are degrees clockwise from grid north; the wedge is flat: heights are not known here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.geo.walls import Segments, Walls, distinct

Points = NDArray[np.float64]

_RAY_STEP_DEG = 1.5  # between walls the arc is drawn with a chord this wide: 0.01 % short
_CORNER_RAD = 1e-5  # a ray just left and just right of each corner keeps the edge sharp
_GRAZE_M = 1e-6


def field_of_view(
    east_m: float,
    north_m: float,
    bearing_deg: float,
    field_of_view_deg: float,
    range_m: float,
    walls: Walls,
    *,
    indoor: bool = False,
) -> Points:
    """The polygon (N, 2) of what is seen, in metres; its first point is the camera.

    A camera that sees all round (360°) has no corner at its own place. One that stands `indoor`
    sees as far as the walls around it, another looks out over those of its own house.
    """
    near = walls.near(east_m, north_m, range_m, indoor=indoor) - np.array([east_m, north_m] * 2)
    half = np.radians(min(field_of_view_deg, 360.0)) / 2
    near = _in_wedge(near, np.radians(bearing_deg), half, range_m)
    offsets = _ray_offsets(near, np.radians(bearing_deg), half, range_m)
    angles = np.radians(bearing_deg) + offsets
    directions = np.column_stack((np.sin(angles), np.cos(angles)))
    reach = np.minimum(_distance_to_walls(directions, near), range_m)
    rim = directions * reach[:, None]
    outline = rim if half >= np.pi else np.vstack(((0.0, 0.0), rim))
    return np.asarray(outline + (east_m, north_m))


def is_hidden(
    from_m: tuple[float, float], to_m: tuple[float, float], walls: Walls, *, indoor: bool = False
) -> bool:
    """True when a wall stands between two places.

    The walls of the building either place is in do not count: a camera hangs on its own house, and
    it shows the house in which something happens. What looks from `indoor` sees its own walls.
    """
    start, end = np.array(from_m), np.array(to_m)
    away = end - start
    distance_m = float(np.hypot(*away))
    if distance_m < _GRAZE_M:
        return False
    near = walls.near(*from_m, distance_m, also_in=to_m, indoor=indoor) - np.concatenate(
        (start, start)
    )
    reach = _distance_to_walls((away / distance_m)[None, :], near)
    return bool(reach[0] < distance_m - 0.05)  # a place on a wall's outer face can be seen


def _in_wedge(near: Segments, bearing: float, half: float, range_m: float) -> Segments:
    """The walls (S, 4) from the origin's point of view that reach into the wedge."""
    start, along = near[:, :2], near[:, 2:] - near[:, :2]
    length_2 = np.maximum(np.einsum("ij,ij->i", along, along), 1e-12)
    share = np.clip(-np.einsum("ij,ij->i", start, along) / length_2, 0.0, 1.0)
    nearest = start + share[:, None] * along
    close = np.hypot(nearest[:, 0], nearest[:, 1]) <= range_m
    first = _from_middle(np.arctan2(near[:, 0], near[:, 1]), bearing)
    second = _from_middle(np.arctan2(near[:, 2], near[:, 3]), bearing)
    low, high = np.minimum(first, second), np.maximum(first, second)
    ahead = (low <= half) & (high >= -half)
    behind = (high <= half) | (
        low >= -half
    )  # it passes behind: the wedge's edges may still meet it
    return np.asarray(near[close & np.where(high - low <= np.pi, ahead, behind)])


def _from_middle(angles: NDArray[np.float64], bearing: float) -> NDArray[np.float64]:
    """Angles from the middle of the wedge, -π to π."""
    return np.asarray((angles - bearing + np.pi) % (2 * np.pi) - np.pi)


def _ray_offsets(near: Segments, bearing: float, half: float, range_m: float) -> Points:
    """Angles from the middle of the wedge, sorted: an even fan, and both sides of each corner."""
    fan = np.linspace(-half, half, max(int(np.degrees(2 * half) / _RAY_STEP_DEG), 8) + 1)
    if half >= np.pi:
        fan = fan[:-1]
    corners = near.reshape(-1, 2)
    corners = corners[np.einsum("ij,ij->i", corners, corners) <= range_m * range_m]
    offsets = _from_middle(np.arctan2(corners[:, 0], corners[:, 1]), bearing)
    offsets = distinct(offsets[np.abs(offsets) < half])
    return np.sort(np.concatenate((fan, offsets - _CORNER_RAD, offsets + _CORNER_RAD)))


def _distance_to_walls(directions: Points, near: Segments) -> NDArray[np.float64]:
    """How far each ray from the origin (R, 2) goes until a wall (S, 4); infinity without one."""
    if not len(near):
        return np.full(len(directions), np.inf)
    ax, ay = near[:, 0], near[:, 1]
    vx, vy = near[:, 2] - ax, near[:, 3] - ay
    dx, dy = directions[:, :1], directions[:, 1:]
    across = dx * vy - dy * vx  # (R, S): zero where ray and wall are parallel
    with np.errstate(divide="ignore", invalid="ignore"):
        along_ray = (ax * vy - ay * vx) / across
        along_wall = (ax * dy - ay * dx) / across
    met = (along_ray > _GRAZE_M) & (along_wall >= 0.0) & (along_wall <= 1.0)
    return np.asarray(np.where(met, along_ray, np.inf).min(axis=1))
