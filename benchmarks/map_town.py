"""A town made by lot for the map benchmark: streets, houses, zones, cameras, incidents, beacons.

Plain numbers in UTM 48N metres; knows nothing of the product. Beacons are ponds on cleared ground
whose edges the judge looks for where its own arithmetic says they must be.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

EPSG = 32648
CENTRE_EAST_M, CENTRE_NORTH_M = 470_970.0, 1_829_010.0
HALF_WIDTH_M, HALF_HEIGHT_M = 6000.0, 4500.0
BEACON_M, CLEAR_M, BEACON_EVERY_M = 200.0, 340.0, 1000.0
FAR_BEACON_M, FAR_CLEAR_M = 800.0, 1300.0  # six lakes, to be seen from far off

_MARK_M = 25.0  # how far a mark's symbol reaches

Metres = NDArray[np.float64]  # (N, 2) easting, northing
Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Everything on the map, in UTM 48N metres; degrees only where the product wants them."""

    streets: tuple[Shapes, ...]  # by rank, the largest first
    street_names: tuple[tuple[str, ...], ...]
    buildings: Shapes
    beacons: Shapes
    zones: tuple[Shapes, ...]  # polygons in degrees: zones, communities, beats
    cameras_deg: Metres  # longitude, latitude
    bearings_deg: NDArray[np.float64]
    views_m: tuple[Metres, ...]
    incidents_deg: Metres


def make_town(
    seed: int, streets: int, buildings: int, zones: int, cameras: int, incidents: int
) -> Town:
    """The same town for the same seed and sizes."""
    lot = np.random.default_rng(seed)
    spots = _beacon_spots()
    lines = _streets(lot, streets, spots)
    ranks = lot.choice(5, size=len(lines), p=[0.01, 0.03, 0.08, 0.2, 0.68])
    by_rank = tuple(_array([lines[i] for i in np.flatnonzero(ranks == rank)]) for rank in range(5))
    names = tuple(
        tuple(f"ถนนทดสอบ {rank}-{i}" if lot.random() < 0.3 else "" for i in range(len(group)))
        for rank, group in enumerate(by_rank, 1)
    )
    to_degrees = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)
    at = _clear(_places(lot, 2 * cameras, 0.7), spots)[:cameras]
    bearings = lot.uniform(0, 360, len(at))
    return Town(
        streets=by_rank,
        street_names=names,
        buildings=_buildings(lot, buildings, spots),
        beacons=_array([_box(*spot[:3]) for spot in spots.tolist()]),
        zones=_zones(lot, zones, to_degrees),
        cameras_deg=_degrees(at, to_degrees),
        bearings_deg=bearings,
        views_m=tuple(map(functools.partial(_view, lot), at, bearings)),
        incidents_deg=_degrees(
            _clear(_places(lot, 2 * incidents, 0.9), spots)[:incidents], to_degrees
        ),
    )


def _array(shapes: list[Any]) -> Shapes:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made


def _box(east_m: float, north_m: float, side_m: float) -> Any:
    half = side_m / 2
    return shapely.box(east_m - half, north_m - half, east_m + half, north_m + half)


def _beacon_spots() -> Metres:
    """Middle, side and cleared side: lakes at the town's sides, and ponds in a grid, one of them
    in the very middle."""
    lakes = [(x, y, FAR_BEACON_M, FAR_CLEAR_M) for x in (-5200, 5200) for y in (-3000, 0, 3000)]
    ponds = [
        (x * BEACON_EVERY_M, y * BEACON_EVERY_M, BEACON_M, CLEAR_M)
        for x in range(-4, 5)
        for y in range(-4, 5)
    ]
    return np.array(lakes + ponds) + (CENTRE_EAST_M, CENTRE_NORTH_M, 0, 0)


def _places(lot: np.random.Generator, count: int, reach: float) -> Metres:
    """Places that crowd towards the middle, as a town's do."""
    spread = np.array([HALF_WIDTH_M, HALF_HEIGHT_M]) * reach
    places = np.clip(lot.normal(0, 0.45, (count, 2)), -1, 1) * spread
    return np.asarray(places + (CENTRE_EAST_M, CENTRE_NORTH_M))


def _clear(places: Metres, spots: Metres) -> Metres:
    """Those that stand clear of every beacon."""
    gap = np.abs(places[:, None, :] - spots[None, :, :2]).max(axis=2) - spots[None, :, 3] / 2
    return np.asarray(places[gap.min(axis=1) > _MARK_M])


def _streets(lot: np.random.Generator, count: int, spots: Metres) -> list[Any]:
    """Polylines of eight points, bent a little, that do not touch a beacon's cleared ground."""
    cleared = shapely.STRtree([_box(east, north, side) for east, north, _, side in spots.tolist()])
    made: list[Any] = []
    while len(made) < count:
        starts = _places(lot, count, 0.95)
        turns = lot.choice([0.1, 0.1 + math.pi / 2], count)[:, None]
        turns = turns + lot.normal(0, 0.05, (count, 7))
        steps = lot.uniform(15, 55, (count, 1)) * np.ones((1, 7))
        ahead = np.stack((np.cos(turns) * steps, np.sin(turns) * steps), axis=2).cumsum(axis=1)
        points = np.concatenate((starts[:, None], starts[:, None] + ahead), axis=1)
        lines = shapely.linestrings(points)
        touching = set(cleared.query(lines, predicate="intersects")[0].tolist())
        made += [line for i, line in enumerate(lines) if i not in touching]
    return made[:count]


def _buildings(lot: np.random.Generator, count: int, spots: Metres) -> Shapes:
    at = _clear(_places(lot, 2 * count, 0.5), spots)[:count]
    sizes, turned = lot.uniform(7, 24, (len(at), 2)), lot.normal(0.1, 0.03, len(at))
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])[None] * sizes[:, None] / 2
    cos, sin = np.cos(turned)[:, None], np.sin(turned)[:, None]
    x = corners[..., 0] * cos - corners[..., 1] * sin
    y = corners[..., 0] * sin + corners[..., 1] * cos
    return np.asarray(shapely.polygons(np.stack((x, y), axis=2) + at[:, None]))


def _zones(lot: np.random.Generator, count: int, to_degrees: Any) -> tuple[Shapes, ...]:
    """Rounded shapes of 40 to 400 corners, each kind a third; they lie over one another."""
    shapes = []
    for place in _places(lot, count, 0.6):
        corners = int(lot.integers(40, 400))
        angle = np.linspace(0, 2 * math.pi, corners, endpoint=False)
        ragged = 1 + 0.15 * np.sin(5 * angle) + lot.normal(0, 0.01, corners)
        radius = lot.uniform(250, 1500) * ragged
        ring = place + np.stack((np.cos(angle) * radius, np.sin(angle) * radius), axis=1)
        shapes.append(shapely.polygons(_degrees(ring, to_degrees)))
    return tuple(_array(shapes[kind::3]) for kind in range(3))


def _view(lot: np.random.Generator, place: Metres, bearing_deg: float) -> Metres:
    """A wedge of 70° whose rim is ragged, as walls make it."""
    angles = np.radians(bearing_deg + np.linspace(-35, 35, 45))
    reach = lot.choice([25.0, 45.0, 60.0], 45)
    rim = place + np.stack((np.sin(angles) * reach, np.cos(angles) * reach), axis=1)
    return np.vstack((place, rim))


def _degrees(places: Metres, to_degrees: Any) -> Metres:
    lon, lat = to_degrees.transform(places[:, 0], places[:, 1])
    return np.column_stack((lon, lat))
