"""A made-up town for the ground's benchmark: streets, houses, cameras, zones. No product code.

Drawn by lot from one seed, in UTM 48N round Mukdahan, and written as files other programs write.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pyproj
import shapely
from numpy.typing import NDArray

SEED = 5
EPSG = 32648
CENTRE = (470_423.0, 1_829_032.0)
CENTRE_LAT, CENTRE_LON = 16.5431, 104.7228
_TO_DEGREES = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)
_LOT_M = 22.0

Points = NDArray[np.float64]
Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Sizes:
    """How much of everything."""

    lines: int = 100_000
    streets: int = 12_000
    houses: int = 8_000
    cameras: int = 500
    coverage_cameras: int = 200
    zones: int = 50
    points: int = 100_000

    def scaled(self, share: float) -> Sizes:
        """A smaller town, for a test of the benchmark itself."""
        return Sizes(*(max(int(count * share), 8) for count in vars(self).values()))


@dataclass(frozen=True)
class Eye:
    """One camera, in metres and degrees clockwise from north."""

    id: str
    east_m: float
    north_m: float
    bearing_deg: float
    angle_deg: float
    range_m: float


@dataclass(frozen=True)
class Town:
    """Everything, in metres."""

    streets: Shapes
    houses: Shapes
    eyes: tuple[Eye, ...]
    zones: Shapes
    points: Points
    zone: Any


def make_town(sizes: Sizes) -> Town:
    """The same town every time."""
    dice = np.random.default_rng(SEED)
    houses = _houses(dice, sizes.houses)
    side = float(np.ptp(shapely.bounds(houses)[:, 0])) + 1.0
    streets = _wandering(dice, sizes.streets, side)
    eyes = _eyes(dice, sizes.cameras, side)
    corners = dice.uniform(-side / 2, side / 2, (sizes.zones, 2)) + CENTRE
    zones = np.array([_blob(dice, corner, side / 8) for corner in corners], dtype=object)
    points = dice.uniform(-side / 2, side / 2, (sizes.points, 2)) + CENTRE
    zone = shapely.box(
        CENTRE[0] - side * 0.4, CENTRE[1] - side * 0.4, CENTRE[0] + side * 0.4,
        CENTRE[1] + side * 0.4,
    )  # fmt: skip
    return Town(streets, houses, eyes, zones, points, zone)


def degrees(points: Points) -> Points:
    """(N, 2) metres → longitude, latitude."""
    return np.column_stack(_TO_DEGREES.transform(points[:, 0], points[:, 1]))


def write_lines(path: Path, count: int) -> float:
    """Streets as a GeoPackage; their length in metres."""
    lines = _wandering(np.random.default_rng(SEED), count, 20_000.0)
    kinds = np.array(["primary", "secondary", "residential", "service"], dtype=object)
    names = np.array([f"ถนน {number % 900}" for number in range(count)], dtype=object)
    _write(path, "roads", lines, {"highway": kinds[np.arange(count) % 4], "name": names})
    return float(shapely.length(lines).sum())


def write_town(path: Path, town: Town) -> None:
    """Houses and streets as one GeoPackage of two layers."""
    _write(path, "buildings", town.houses, {"building": _same("yes", len(town.houses))})
    streets = {"highway": _same("residential", len(town.streets))}
    _write(path, "streets", town.streets, streets, append=True)


def write_osm(path: Path, town: Town) -> None:
    """The same as an OpenStreetMap extract."""
    import osmium
    from osmium.osm.mutable import Node, Way

    writer: Any = osmium.SimpleWriter(str(path), overwrite=True)
    node = 0
    ways: list[tuple[list[int], dict[str, str]]] = []
    for shapes, tags in (
        (town.houses, {"building": "yes"}),
        (town.streets, {"highway": "service"}),
    ):
        rings = shapely.get_exterior_ring(shapes) if tags.get("building") else shapes
        for ring in rings:
            places = degrees(shapely.get_coordinates(ring)).tolist()
            closed = places[0] == places[-1]
            members = []
            for place in places[: len(places) - closed]:
                node += 1
                writer.add_node(Node(id=node, location=tuple(place), version=1))
                members.append(node)
            ways.append((members + members[:1] * closed, tags))
    for number, (members, tags) in enumerate(ways, start=1):
        writer.add_way(Way(id=number, nodes=members, version=1, tags=tags))
    writer.close()


def _write(
    path: Path, layer: str, shapes: Shapes, columns: dict[str, Any], *, append: bool = False
) -> None:
    kind = "Polygon" if shapes[0].geom_type == "Polygon" else "LineString"
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), list(columns.values()), list(columns), layer=layer,
        driver="GPKG", geometry_type=kind, crs=f"EPSG:{EPSG}", append=append,
    )  # fmt: skip


def _same(text: str, count: int) -> Any:
    return np.full(count, text, dtype=object)


def _houses(dice: np.random.Generator, count: int) -> Shapes:
    """One house a lot, turned a little, never two in one place."""
    side = int(np.ceil(np.sqrt(count)))
    lots = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1).reshape(-1, 2)[:count]
    middles = (lots - side / 2) * _LOT_M + CENTRE
    halves = dice.uniform(3.0, 6.5, (count, 2))
    turns = dice.uniform(0, np.pi / 2, count)
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    flat = signs[None] * halves[:, None]
    cosine, sine = np.cos(turns)[:, None], np.sin(turns)[:, None]
    x = flat[..., 0] * cosine - flat[..., 1] * sine
    y = flat[..., 0] * sine + flat[..., 1] * cosine
    return np.asarray(shapely.polygons(np.stack((x, y), axis=-1) + middles[:, None]))


def _wandering(dice: np.random.Generator, count: int, side: float) -> Shapes:
    """Lines of eight points."""
    starts = dice.uniform(-side / 2, side / 2, (count, 1, 2)) + CENTRE
    return np.asarray(shapely.linestrings(dice.normal(0, 15, (count, 8, 2)).cumsum(1) + starts))


def _eyes(dice: np.random.Generator, count: int, side: float) -> tuple[Eye, ...]:
    """At the corners of lots, where no house stands."""
    lots = dice.integers(-int(side / _LOT_M / 2), int(side / _LOT_M / 2), (count, 2))
    places = (lots + 0.5) * _LOT_M + CENTRE
    return tuple(
        Eye(f"C{number:03d}", float(east), float(north), float(dice.uniform(0, 360)),
            float(dice.uniform(50, 110)), float(dice.uniform(40, 120)))
        for number, (east, north) in enumerate(places, start=1)
    )  # fmt: skip


def _blob(dice: np.random.Generator, middle: Points, radius: float) -> Any:
    turns = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    reach = radius * dice.uniform(0.6, 1.0, 60)
    return shapely.Polygon(np.column_stack((np.cos(turns) * reach, np.sin(turns) * reach)) + middle)
