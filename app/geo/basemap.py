"""The base map a station brought: what is on the ground, in metres. Knows no colours, no zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.geo.walls import NO_WALLS, Walls

if TYPE_CHECKING:
    from app.geo.ground_pictures import GroundPicture

Shapes = NDArray[np.object_]  # shapely geometries, easting and northing in the station's metres


class GroundKind(StrEnum):
    """What a piece of the base map is. Roads come by rank, the largest first."""

    WATER = "water"
    WATER_LINE = "water_line"
    PROMENADE = "promenade"
    GREEN = "green"
    BUILDING = "building"
    LANDMARK_BUILDING = "landmark_building"
    ROAD_1 = "road_1"
    ROAD_2 = "road_2"
    ROAD_3 = "road_3"
    ROAD_4 = "road_4"
    ROAD_5 = "road_5"
    BOUNDARY = "boundary"


ROADS = (
    GroundKind.ROAD_1,
    GroundKind.ROAD_2,
    GroundKind.ROAD_3,
    GroundKind.ROAD_4,
    GroundKind.ROAD_5,
)
LINES = frozenset({*ROADS, GroundKind.WATER_LINE, GroundKind.BOUNDARY})


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The things of one kind: their names ("" for none) and, in the same order, their shapes."""

    names: tuple[str, ...]
    shapes: Shapes

    def __post_init__(self) -> None:
        if len(self.names) != len(self.shapes):
            raise ValueError("as many names as shapes")

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A name that is written at a place and not drawn: a quarter, a landmark, the far bank."""

    name: str
    kind: str
    east_m: float
    north_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Basemap:
    """One base map, frozen: features by kind, names of places, and the walls that cut views."""

    epsg: int
    features: Mapping[GroundKind, Features] = field(default_factory=dict)
    points: tuple[NamedPoint, ...] = ()
    walls: Walls = NO_WALLS
    attribution: str = ""
    sample: bool = False
    pictures: tuple[GroundPicture, ...] = ()
    """Pictures of the ground, laid under the roads; the lowest first."""

    @property
    def is_empty(self) -> bool:
        """True when the station brought no map: the screen then says how to bring one."""
        return not self.features and not self.points and not self.pictures

    def bounds_m(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of everything drawn; None for an empty map."""
        drawn = [group.shapes for group in self.features.values() if len(group)]
        if not drawn:
            return None
        west, south, east, north = shapely.total_bounds(np.concatenate(drawn))
        return float(west), float(south), float(east), float(north)


def joined(maps: list[Basemap], epsg: int) -> Basemap:
    """Several base maps as one, the walls indexed together."""
    if len(maps) == 1:
        return maps[0]
    features: dict[GroundKind, Features] = {}
    for kind in GroundKind:
        groups = [one.features[kind] for one in maps if kind in one.features]
        if groups:
            names = tuple(name for group in groups for name in group.names)
            features[kind] = Features(names, np.concatenate([group.shapes for group in groups]))
    return Basemap(
        epsg=epsg,
        features=features,
        points=tuple(point for one in maps for point in one.points),
        walls=building_walls(features),
        attribution=" · ".join(dict.fromkeys(one.attribution for one in maps if one.attribution)),
        sample=any(one.sample for one in maps),
    )


def building_walls(features: Mapping[GroundKind, Features]) -> Walls:
    """The outlines of all buildings as walls that cut sight lines."""
    kinds = (GroundKind.BUILDING, GroundKind.LANDMARK_BUILDING)
    groups: list[Any] = [features[kind].shapes for kind in kinds if kind in features]
    return Walls.of_buildings(np.concatenate(groups)) if groups else NO_WALLS
