"""Maps of the station's ground on paper: of a place where something happened, and of an area.

Turns the ground's cameras and areas into the map's marks. Knows no window: any thread may draw.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.cameras.register_history import cameras_as_of
from app.errors import KnownError, msg
from app.geo.areas import Area, AreaKind, Areas
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.drawn_walls import walls_as_of
from app.geo.zone_coverage import Coverage
from app.log import Connection
from app.map.marks import DEFAULT_LAYERS, CameraLook, CameraMark, LayerLook, MapLayer
from app.map.paper import SCALES, PaperMapOrder, map_on_paper
from app.map.scene import (
    EMPTY_SCENE,
    LocalGround,
    Scene,
    place_areas,
    place_cameras,
    place_coverage,
)
from app.sheets.map_on_paper import GridKind, MapOnPaper, NumberedCamera

PLACE_LAYERS = frozenset(
    (MapLayer.WALLS, MapLayer.BEATS, MapLayer.NO_GO, MapLayer.COMMUNITIES)
    + (MapLayer.ZONES, MapLayer.CAMERAS)
)
"""What the map of a place shows: what the numbered cameras see is drawn besides."""
AROUND_MM = 6.0  # what is left free around an area that fills its sheet
_KINDS = tuple(AreaKind)


def ground_as_of(db: Connection, at: datetime, ground: Ground) -> Ground:
    """The same houses and roads under the areas, cameras and walls as they held at an instant
    (aware); under the areas of now where there were none yet."""
    areas = Areas(db).as_of(at) or ground.areas
    return ground.on_another_day(areas, cameras_as_of(db, at), walls_as_of(db, at))


def place_map(
    ground: Ground,
    basemap: Basemap | None,
    place: LatLon,
    *,
    scale: int = 2500,
    width_mm: float = 160.0,
    height_mm: float = 92.0,
    seeing: Sequence[str] | None = None,
    night: bool = False,
    grid: GridKind = GridKind.UTM,
    thai_digits: bool = False,
) -> MapOnPaper:
    """The map about a place. `seeing` are the cameras that see it, the best first, as they are
    numbered on the sheet; None asks the ground, by day or by `night`."""
    if seeing is None:
        seeing = [sighting.camera_id for sighting in ground.who_sees(place, night=night)]
    local = LocalGround(ground.projection, place)
    layers = _with_pictures(PLACE_LAYERS, basemap)
    scene = _scene(ground, local, layers, views_of=frozenset(seeing), night=night)
    drawn = map_on_paper(
        PaperMapOrder(
            ground=local,
            projection=ground.projection,
            centre=place,
            scale=scale,
            width_mm=width_mm,
            height_mm=height_mm,
            scene=scene,
            basemap=basemap,
            incident_at=place,
            seeing=tuple(seeing),
            grid=grid,
            thai_digits=thai_digits,
        )
    )
    return replace(drawn, cameras=_numbered(ground, place, seeing, drawn.point_scale))


def _numbered(
    ground: Ground, place: LatLon, seeing: Sequence[str], point_scale: float
) -> tuple[NumberedCamera, ...]:
    """The cameras in use among those that see the place, numbered as on the sheet."""
    by_id = {camera.id: camera for camera in ground.cameras}
    return tuple(
        NumberedCamera(
            number,
            camera_id,
            by_id[camera_id].name,
            ground.distance_m(_at(by_id[camera_id]), place) / point_scale,
        )
        for number, camera_id in enumerate(seeing, start=1)
        if camera_id in by_id
    )


def area_map(
    ground: Ground,
    basemap: Basemap | None,
    area: Area,
    *,
    scale: int,
    width_mm: float,
    height_mm: float,
    layers: Collection[MapLayer] = PLACE_LAYERS,
    coverage: Coverage | None = None,
    grid: GridKind = GridKind.UTM,
    thai_digits: bool = False,
) -> MapOnPaper:
    """The map of a zone or another area, in the middle of the sheet. `coverage` is what cameras see
    of it, for its layer."""
    west, south, east, north = _bounds_m(ground, area)
    centre = ground.projection.point_to_degrees((west + east) / 2, (south + north) / 2)
    local = LocalGround(ground.projection, centre)
    views = frozenset(camera.id for camera in ground.cameras if MapLayer.VIEWS in layers)
    scene = _scene(ground, local, _with_pictures(layers, basemap), views_of=views)
    if coverage is not None:
        shapes = (coverage.seen, coverage.seen_twice, coverage.blind)
        scene = replace(scene, coverage=place_coverage(shapes, local))
    return map_on_paper(
        PaperMapOrder(
            ground=local,
            projection=ground.projection,
            centre=centre,
            scale=scale,
            width_mm=width_mm,
            height_mm=height_mm,
            scene=scene,
            basemap=basemap,
            grid=grid,
            thai_digits=thai_digits,
        )
    )


def closest_scale(ground: Ground, area: Area, width_mm: float, height_mm: float) -> int:
    """The largest map on which the whole area fits, as the number behind `1:`.

    KnownError for an area that is too large for every scale.
    """
    west, south, east, north = _bounds_m(ground, area)
    room = np.array([width_mm, height_mm]) - 2 * AROUND_MM
    needed = float(np.max(np.array([east - west, north - south]) * 1000.0 / room))
    for scale in SCALES:
        if needed <= scale:
            return scale
    raise KnownError(
        msg("“{name}” does not fit on the sheet, even at 1:{scale}.",
            name=area.name_th, scale=f"{SCALES[-1]:,}"),
        do=msg("Choose A3, or print the communities one by one."),
    )  # fmt: skip


def _scene(
    ground: Ground,
    local: LocalGround,
    layers: Collection[MapLayer],
    *,
    views_of: frozenset[str],
    night: bool = False,
) -> Scene:
    """The ground's marks. Every camera as if it were well: how it is doing is nothing for paper."""
    marks = [_mark(ground, camera, views_of=views_of, night=night) for camera in ground.cameras]
    order = sorted(ground.areas, key=lambda area: (_KINDS.index(area.kind), area.id))
    scene = replace(
        EMPTY_SCENE,
        areas=place_areas(order, local, thai=True),
        cameras=place_cameras(marks, local),
        layers=_looks(layers),
    )
    return scene.with_walls(ground.drawn_lines_m(), local)


def _with_pictures(layers: Collection[MapLayer], basemap: Basemap | None) -> frozenset[MapLayer]:
    """The layers, and pictures of the ground where a station has no other map than those."""
    alone = basemap is not None and bool(basemap.pictures) and not basemap.features
    return frozenset(layers) | ({MapLayer.PICTURES} if alone else set())


def _mark(ground: Ground, camera: Camera, *, views_of: frozenset[str], night: bool) -> CameraMark:
    view = ground.field_of_view(camera.id, night=night) if camera.id in views_of else None
    return CameraMark(
        id=camera.id,
        lat_deg=camera.lat_deg,
        lon_deg=camera.lon_deg,
        bearing_deg=camera.bearing_deg,
        look=CameraLook.LIVE,
        label=camera.id,
        field_of_view_m=view,
    )


def _at(camera: Camera) -> LatLon:
    return LatLon(camera.lat_deg, camera.lon_deg)


def _looks(layers: Collection[MapLayer]) -> tuple[LayerLook, ...]:
    looks: Iterable[LayerLook] = DEFAULT_LAYERS
    return tuple(LayerLook(look.layer, look.layer in layers) for look in looks)


def _bounds_m(ground: Ground, area: Area) -> tuple[float, float, float, float]:
    shape: Any = shapely.transform(area.shape, ground.projection.to_metres)
    west, south, east, north = shapely.bounds(shape).tolist()
    return west, south, east, north
