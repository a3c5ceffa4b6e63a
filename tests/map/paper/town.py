"""A dense town with a zone, cameras and walls, ordered as a map on paper."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from app.geo.basemap import Basemap, Features, GroundKind, NamedPoint
from app.geo.coordinates import LatLon
from app.geo.projection import Projection
from app.map.marks import CameraLook, CameraMark
from app.map.paper import PaperMapOrder
from app.map.scene import EMPTY_SCENE, LocalGround, PlacedArea, Scene, place_cameras
from tests.map.oracle import as_shapes

PLACE = LatLon(16.5431, 104.7280)


def dense_town(east_m: float, north_m: float, half_m: float = 1500.0) -> Basemap:
    """Streets every 40 m and a house every 12 m, far beyond any sheet's edge."""
    lots = np.random.default_rng(7)
    steps = np.arange(-half_m, half_m, 12.0)
    x, y = (grid.ravel() for grid in np.meshgrid(steps, steps))
    x, y = x + east_m + lots.uniform(-2, 2, x.size), y + north_m + lots.uniform(-2, 2, y.size)
    houses = shapely.box(x - 3.5, y - 3.0, x + 3.5, y + 3.0)
    across = np.arange(-half_m, half_m, 40.0)
    streets = [
        shapely.LineString([(east_m - half_m, north_m + at), (east_m + half_m, north_m + at + 8)])
        for at in across
    ]
    river = shapely.box(east_m + 200, north_m - half_m, east_m + 600, north_m + half_m)
    names = tuple(f"ถนนทดสอบ {number}" for number in range(len(streets)))
    return Basemap(
        32648,
        {
            GroundKind.WATER: Features(("แม่น้ำโขง",), as_shapes([river])),
            GroundKind.BUILDING: Features(("",) * len(houses), houses),
            GroundKind.ROAD_3: Features(names, as_shapes(list(streets))),
        },
        points=(NamedPoint("ตลาดอินโดจีน", "market", east_m + 20, north_m + 15),),
        attribution="© OpenStreetMap contributors",
    )


def order(place: LatLon = PLACE, epsg: int = 32648, **changed: Any) -> PaperMapOrder:
    """A sheet of 160 × 92 mm about a place, two cameras seeing it, a third one far away."""
    projection = Projection(epsg)
    ground = LocalGround(projection, place)
    east_m, north_m = projection.point_to_metres(place)
    wanted: dict[str, Any] = {
        "ground": ground,
        "projection": projection,
        "centre": place,
        "scale": 2500,
        "width_mm": 160.0,
        "height_mm": 92.0,
        "scene": scene(ground, projection, place),
        "basemap": dense_town(east_m, north_m),
        "incident_at": place,
        "seeing": ("C01", "C03"),
    }
    return PaperMapOrder(**(wanted | changed))


def scene(ground: LocalGround, projection: Projection, place: LatLon) -> Scene:
    """A zone that is cut by the edge, two communities that share a border, three cameras."""
    east_m, north_m = projection.point_to_metres(place)
    x, y = ground.local(np.array([[east_m, north_m]]))[0].tolist()
    marks = [
        _camera(projection, "C01", east_m + 60, north_m + 10, 260.0),
        _camera(projection, "C02", east_m - 90, north_m - 70, 20.0),
        _camera(projection, "C03", east_m + 400, north_m, 270.0),
    ]
    left = np.array([(x - 100, y - 80), (x, y - 80), (x, y + 60), (x - 100, y + 60)])
    areas = (
        PlacedArea("z", "zone", "เขต", (_ring(x - 140, y - 500, 300, 900),), (x, y), sample=True),
        PlacedArea("a", "community", "ชุมชนหนึ่ง", (left,), (x - 50, y), sample=True),
        PlacedArea("b", "community", "ชุมชนสอง", (left + (100, 0),), (x + 50, y), sample=True),
    )
    cameras = place_cameras(marks, ground)
    return Scene(areas=areas, cameras=cameras, incidents=EMPTY_SCENE.incidents)


def _ring(x: float, y: float, width: float, height: float) -> Any:
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def _camera(
    projection: Projection, id_: str, east_m: float, north_m: float, bearing_deg: float
) -> CameraMark:
    at = projection.point_to_degrees(east_m, north_m)
    angles = np.radians(bearing_deg + np.linspace(-35, 35, 25))
    rim = np.array([east_m, north_m]) + 70 * np.column_stack((np.sin(angles), np.cos(angles)))
    view = np.vstack(([[east_m, north_m]], rim))
    return CameraMark(id_, at.lat_deg, at.lon_deg, bearing_deg, CameraLook.LIVE, id_, view)
