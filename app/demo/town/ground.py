"""The sample town's base map, built from its plan and written to the station. Knows no cameras."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from app.demo.town.footprints import Packing, house_shapes, packed_town
from app.demo.town.plan import (
    ALONG_RIVER,
    BANK,
    EPSG,
    FAR_BANK,
    GROUNDS,
    MARKET,
    TO_RIVER,
    Ground,
    on_grid,
)
from app.geo.basemap import (
    ROADS,
    Basemap,
    Features,
    GroundKind,
    NamedPoint,
    building_walls,
)
from app.geo.basemap_file import write_basemap

FILE_NAME = "sample.gpkg"
ATTRIBUTION = "ตัวอย่าง ไม่ใช่แนวเขตจริง"
_STEP_M = 45.0  # a street follows the river's bend in pieces this long
_RIVER_M = 2600.0  # how far the river is drawn to the north and the south

# plan rectangles (west, south, east, north); gate 3 opens on the way between the two groups
_HALLS = (
    (-70, 12, -40, 40), (-35, 13, -7, 41), (-70, 44, -40, 68), (-35, 45, -7, 70),
    (-70, 72, -41, 96), (-35, 74, -7, 98), (-68, 100, -40, 124), (-35, 102, -7, 123),
    (-70, -58, -41, -33), (-36, -57, -7, -34), (-70, -92, -40, -63), (-35, -93, -7, -61),
    (-70, -124, -40, -97), (-35, -126, -7, -98), (-68, -157, -41, -129), (-36, -156, -7, -131),
)  # fmt: skip
# in shares of their ground, from its south-west corner
_TEMPLE = (
    (0.36, 0.40, 0.66, 0.72), (0.10, 0.12, 0.30, 0.24), (0.70, 0.10, 0.92, 0.22),
    (0.74, 0.74, 0.90, 0.94), (0.12, 0.70, 0.26, 0.90), (0.44, 0.12, 0.56, 0.20),
)  # fmt: skip
_SCHOOL = ((0.06, 0.68, 0.94, 0.86), (0.06, 0.10, 0.18, 0.60), (0.30, 0.10, 0.62, 0.24))
_OFFICES = (
    (0.10, 0.74, 0.40, 0.88), (0.58, 0.70, 0.88, 0.86), (0.12, 0.40, 0.30, 0.54),
    (0.50, 0.42, 0.62, 0.56), (0.76, 0.36, 0.88, 0.56), (0.12, 0.10, 0.44, 0.20),
    (0.62, 0.12, 0.86, 0.22),
)  # fmt: skip
_PARK = ((0.42, 0.44, 0.58, 0.54),)
_BUILDINGS_OF = {"temple": _TEMPLE, "school": _SCHOOL, "offices": _OFFICES, "park": _PARK}


def sample_basemap() -> Basemap:
    """The whole town as a base map. Takes a few tenths of a second; the same every time."""
    packing = packed_town()
    landmarks = _landmark_buildings()
    houses = house_shapes(packing.lots)
    features = {
        GroundKind.WATER: Features(("แม่น้ำโขง",), np.array([_river()], dtype=object)),
        GroundKind.WATER_LINE: _depth_lines(),
        GroundKind.PROMENADE: Features(("",), np.array([_promenade()], dtype=object)),
        GroundKind.GREEN: _greens(),
        GroundKind.BUILDING: Features(("",) * len(houses), houses),
        GroundKind.LANDMARK_BUILDING: landmarks,
    } | _roads(packing)
    return Basemap(
        epsg=EPSG,
        features=features,
        points=_names(),
        walls=building_walls(features),
        attribution=ATTRIBUTION,
        sample=True,
    )


def write_sample_basemap(folder: Path) -> Path:
    """Write `sample.gpkg` into a station's basemap folder and say where it is."""
    path = folder / FILE_NAME
    write_basemap(path, sample_basemap())
    return path


def _roads(packing: Packing) -> dict[GroundKind, Features]:
    named: dict[int, list[tuple[str, object]]] = {rank: [] for rank in range(1, 6)}
    for street in ALONG_RIVER:
        named[street.rank].append(
            (street.name, _line((street.at, street.start), (street.at, street.end)))
        )
    for street in TO_RIVER:
        named[street.rank].append(
            (street.name, _line((street.start, street.at), (street.end, street.at)))
        )
    for rank, (west, south, east, north) in packing.lanes:
        named[rank].append(("", _line((west, south), (east, north))))
    return {
        kind: Features(
            tuple(name for name, _ in named[rank]),
            np.array([line for _, line in named[rank]], dtype=object),
        )
        for rank, kind in enumerate(ROADS, start=1)
    }


def _line(start: tuple[float, float], end: tuple[float, float]) -> object:
    return shapely.LineString(on_grid(_stepped(start, end)))


def _stepped(start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
    """Points from one end to the other, close enough to follow a bend."""
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    share = np.linspace(0, 1, max(int(length / _STEP_M), 1) + 1)[:, None]
    return np.asarray(np.array(start) + share * (np.array(end) - np.array(start)))


def _bank(at: float, sway_m: float, phase: float) -> NDArray[np.float64]:
    north = np.arange(-_RIVER_M, _RIVER_M + 1, _STEP_M)
    sway = sway_m * (np.sin(north / 310 + phase) + 0.5 * np.sin(north / 97 + 2 * phase))
    return np.column_stack((at + sway, north))


def _river() -> object:
    near, far = _bank(BANK, 1.2, 0.4), _bank(FAR_BANK, 26, 1.7)
    river = shapely.Polygon(on_grid(np.concatenate((near, far[::-1]))))
    return shapely.difference(river, _sand_bank())


def _sand_bank() -> object:
    """The long island that shows when the water is low."""
    north = np.linspace(-640, -330, 24)
    half = 26 * np.sin(np.linspace(0, np.pi, 24)) ** 0.8
    middle = 165 + 14 * np.sin(north / 90)
    ring = np.concatenate(
        (np.column_stack((middle - half, north)), np.column_stack((middle + half, north))[::-1])
    )
    return shapely.make_valid(shapely.Polygon(on_grid(ring)))


def _depth_lines() -> Features:
    lines = [
        shapely.LineString(on_grid(_bank(BANK + away, sway, 0.4 + away / 400)))
        for away, sway in ((26, 2), (74, 5), (150, 9), (268, 14), (430, 18), (620, 22), (830, 24))
    ]
    sand = shapely.buffer(_sand_bank(), 12)
    shapes = shapely.difference(np.array(lines, dtype=object), sand)
    return Features(("",) * len(lines), shapes)


def _promenade() -> object:
    edge = _bank(BANK, 1.2, 0.4)
    inner = np.column_stack((np.full(len(edge), 12.0), edge[:, 1]))
    strip = (np.abs(edge[:, 1]) < 1300) & (inner[:, 0] < edge[:, 0])
    return shapely.Polygon(on_grid(np.concatenate((inner[strip], edge[strip][::-1]))))


def _greens() -> Features:
    green = [ground for ground in GROUNDS if ground is not MARKET]
    shapes = [_rectangle(ground.west, ground.south, ground.east, ground.north) for ground in green]
    return Features(tuple(ground.name for ground in green), np.array(shapes, dtype=object))


def _rectangle(west: float, south: float, east: float, north: float) -> object:
    corners = np.array([(west, south), (east, south), (east, north), (west, north)])
    return shapely.Polygon(on_grid(corners))


def _landmark_buildings() -> Features:
    shapes = [_rectangle(*hall) for hall in _HALLS]
    names = [""] * len(shapes)
    for ground in GROUNDS:
        for share in _BUILDINGS_OF.get(ground.kind, ()):
            shapes.append(_rectangle(*_within(ground, share)))
            names.append("")
    return Features(tuple(names), np.array(shapes, dtype=object))


def _within(
    ground: Ground, share: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    wide, tall = ground.east - ground.west, ground.north - ground.south
    west, south, east, north = share
    return (
        ground.west + wide * west,
        ground.south + tall * south,
        ground.west + wide * east,
        ground.south + tall * north,
    )


def _names() -> tuple[NamedPoint, ...]:
    named = (
        (MARKET.name, "landmark", -38.0, 128.0),
        ("ท่าเรือข้ามฟาก", "landmark", 30.0, -186.0),
        ("สะหวันนะเขต ສະຫວັນນະເຂດ", "town", 1260.0, 120.0),
    )
    places = on_grid(np.array([(along, north) for _, _, along, north in named])).tolist()
    return tuple(
        NamedPoint(name, kind, east_m, north_m)
        for (name, kind, _, _), (east_m, north_m) in zip(named, places, strict=True)
    )
