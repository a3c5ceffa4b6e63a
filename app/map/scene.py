"""All that stands still on the map, moved once into local metres. Knows no Qt, no colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.map.clusters import LOUDEST_FIRST
from app.map.marks import (
    DEFAULT_LAYERS,
    CameraMark,
    IncidentMark,
    LayerLook,
    MapLayer,
    Metres,
)

if TYPE_CHECKING:
    from app.geo.areas import Area
    from app.geo.coordinates import LatLon
    from app.geo.projection import Projection


class LocalGround:
    """The station's metres with a near origin, so that single floats keep their millimetres."""

    def __init__(self, projection: Projection, origin: LatLon) -> None:
        self._projection = projection
        east_north = projection.to_metres(np.array([[origin.lon_deg, origin.lat_deg]]))
        self.origin_m: Metres = np.round(east_north[0])

    def local(self, places_m: Metres) -> Metres:
        """Station metres (N, 2) moved to the near origin."""
        return np.asarray(places_m, dtype=np.float64) - self.origin_m

    def from_degrees(self, lon_lat_deg: Metres) -> Metres:
        """Local metres of (N, 2) longitude, latitude."""
        if not len(lon_lat_deg):
            return np.empty((0, 2))
        return self.local(self._projection.to_metres(np.asarray(lon_lat_deg, dtype=np.float64)))

    def place(self, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        """Local metres of one place."""
        x, y = self.from_degrees(np.array([[lon_deg, lat_deg]]))[0]
        return float(x), float(y)

    def to_degrees(self, places_m: Metres) -> Metres:
        """Longitude, latitude (N, 2) of local places."""
        if not len(places_m):
            return np.empty((0, 2))
        return np.asarray(self._projection.to_degrees(places_m + self.origin_m))

    def degrees(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Latitude and longitude of one local place."""
        station_m = np.array([[x_m, y_m]]) + self.origin_m
        lon, lat = self._projection.to_degrees(station_m)[0]
        return float(lat), float(lon)


@dataclass(frozen=True, slots=True, eq=False)
class PlacedArea:
    """One area's outline in local metres, and where its name goes."""

    id: str
    kind: str
    name: str
    rings: tuple[Metres, ...]
    label_at: tuple[float, float]
    sample: bool


@dataclass(frozen=True, slots=True, eq=False)
class PlacedCameras:
    """Cameras, their places (N, 2), what each sees and where that ends at night, local metres."""

    marks: tuple[CameraMark, ...]
    at: Metres
    views: tuple[Metres | None, ...]
    night_rims: tuple[Metres | None, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PlacedIncidents:
    """Incidents, their places (N, 2) in local metres, and how loud each is: 0 is the loudest."""

    marks: tuple[IncidentMark, ...]
    at: Metres
    loudness: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class PlacedCoverage:
    """What is seen of a zone by one camera, by two, by none: shapely polygons, local metres."""

    seen: Any
    seen_twice: Any
    blind: Any


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What the still picture shows. Replaced whole, never changed: the worker reads it."""

    areas: tuple[PlacedArea, ...]
    cameras: PlacedCameras
    incidents: PlacedIncidents
    layers: tuple[LayerLook, ...] = DEFAULT_LAYERS  # the lowest first
    coverage: PlacedCoverage | None = None
    walls: tuple[Metres, ...] = ()  # drawn by hand, local metres

    def with_walls(self, lines_m: Sequence[Metres], ground: LocalGround) -> Scene:
        """The same scene with these walls, in station metres."""
        return replace(self, walls=tuple(ground.local(line) for line in lines_m))

    @property
    def shown(self) -> frozenset[MapLayer]:
        """The layers that are not hidden."""
        return frozenset(look.layer for look in self.layers if look.shown)

    @property
    def picture_strength(self) -> float:
        """How strongly pictures of the ground are seen, 0–1; 0 while they are hidden."""
        looks = (look for look in self.layers if look.layer is MapLayer.PICTURES)
        return next((look.opacity for look in looks if look.shown), 0.0)


EMPTY_SCENE = Scene(
    areas=(),
    cameras=PlacedCameras((), np.empty((0, 2)), ()),
    incidents=PlacedIncidents((), np.empty((0, 2)), np.empty(0, np.int8)),
)


def place_coverage(shapes: tuple[Any, Any, Any], ground: LocalGround) -> PlacedCoverage:
    """Arrays of polygons in station metres, moved to local metres."""
    import shapely

    origin = ground.origin_m
    moved = (shapely.transform(one, lambda points: points - origin) for one in shapes)
    return PlacedCoverage(*moved)


def place_areas(
    areas: Sequence[Area], ground: LocalGround, *, thai: bool
) -> tuple[PlacedArea, ...]:
    """Areas moved to local metres, largest kinds first."""
    return tuple(_place_area(area, ground, thai) for area in areas if not area.shape.is_empty)


def _place_area(area: Area, ground: LocalGround, thai: bool) -> PlacedArea:
    import shapely

    rings = shapely.get_rings(shapely.get_parts(area.shape))
    local = tuple(ground.from_degrees(shapely.get_coordinates(ring)) for ring in rings)
    name = area.name_th if thai or not area.name_en else area.name_en
    # Longitude and latitude are near enough square here to find the roomiest spot for a name.
    roomiest = shapely.get_coordinates(shapely.maximum_inscribed_circle(area.shape, 1e-5))[0]
    x, y = ground.from_degrees(roomiest[np.newaxis])[0]
    return PlacedArea(area.id, str(area.kind), name, local, (float(x), float(y)), area.sample)


def place_cameras(marks: Sequence[CameraMark], ground: LocalGround) -> PlacedCameras:
    """Cameras moved to local metres."""
    at = ground.from_degrees(_lon_lat(marks))

    def local(outline_m: Metres | None) -> Metres | None:
        return None if outline_m is None else ground.local(outline_m)

    views = tuple(local(mark.field_of_view_m) for mark in marks)
    rims = tuple(local(mark.night_rim_m) for mark in marks)
    return PlacedCameras(tuple(marks), at, views, rims)


def place_incidents(marks: Sequence[IncidentMark], ground: LocalGround) -> PlacedIncidents:
    """Incidents moved to local metres."""
    rank = {urgency: number for number, urgency in enumerate(LOUDEST_FIRST)}
    loudness = np.array([rank[mark.urgency] for mark in marks], dtype=np.int8)
    return PlacedIncidents(tuple(marks), ground.from_degrees(_lon_lat(marks)), loudness)


def _lon_lat(marks: Sequence[CameraMark] | Sequence[IncidentMark]) -> Metres:
    return np.array([(mark.lon_deg, mark.lat_deg) for mark in marks]).reshape(-1, 2)
