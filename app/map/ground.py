"""The base map made ready to draw: chunked paths by kind, and the names. Knows no colours."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from app.geo.basemap import LINES, ROADS, Basemap, Features, GroundKind, NamedPoint
from app.map.along_lines import Lines, lines_of
from app.map.draw_rasters import RasterStack
from app.map.marks import Metres
from app.map.paths import Chunk, chunks_of_lines, chunks_of_polygons
from app.map.strokes import Strokes, strokes_of

# Qt strokes a path in more than linear time: halving the squares halved the drawing (measured).
NEAR_CHUNK_M = 125.0
FAR_CHUNK_M = 500.0
FAR_TOLERANCE_M = 5.0  # seen from far only, where a pixel is about as much
MIDDLE_TOLERANCE_M = 1.0  # of roads from not so far, where a pixel is twice as much
_FAR = (GroundKind.WATER, GroundKind.GREEN, GroundKind.BOUNDARY)
_FAR_ROADS = ROADS[:3]
_WRITTEN_LEVEL = (GroundKind.LANDMARK_BUILDING, GroundKind.GREEN, GroundKind.BUILDING)


@dataclass(frozen=True, slots=True, eq=False)
class LineName:
    """A road's or a river's name, and the whole line it is written along, in local metres."""

    name: str
    rank: int  # 0 is water, 1–5 roads
    line_m: Metres
    width_m: float = 0.0  # of water
    beside_bank: bool = False  # for where the middle is out of sight


@dataclass(frozen=True, slots=True, eq=False)
class PlaceName:
    """A name written level at one place; `room_m` is how wide the thing itself is."""

    name: str
    at_m: tuple[float, float]
    room_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The base map: exact and chunked small for near, plain and chunked large for far; roads also
    a little plainer between the two."""

    near: dict[GroundKind, tuple[Chunk, ...]]
    far: dict[GroundKind, tuple[Chunk, ...]]
    near_roads: dict[GroundKind, Strokes]
    middle_roads: dict[GroundKind, Strokes]
    far_roads: dict[GroundKind, Strokes]
    line_names: tuple[LineName, ...]
    lines: Lines  # those of `line_names`
    place_names: tuple[PlaceName, ...]
    rasters: RasterStack | None = None


class GroundLoader:
    """Makes a base map ready when it is first asked for, on whatever thread asks, and keeps it."""

    def __init__(self, basemap: Basemap | None, origin_m: Metres) -> None:
        self._basemap = basemap
        self._origin_m = origin_m
        self._lock = threading.Lock()
        self._ready: Ground | None = None

    @property
    def basemap(self) -> Basemap | None:
        """What it makes ready."""
        return self._basemap

    @property
    def has_pictures(self) -> bool:
        """Whether pictures of the ground belong to it."""
        return self._basemap is not None and bool(self._basemap.pictures)

    @property
    def origin_m(self) -> Metres:
        """Easting and northing of the near origin."""
        return self._origin_m

    def __call__(self) -> Ground | None:
        if self._basemap is None or self._basemap.is_empty:
            return None
        with self._lock:
            if self._ready is None:
                self._ready = build_ground(self._basemap, self._origin_m)
            return self._ready

    def forget(self) -> None:
        """Let go of what was made: another process has its own, and it is large."""
        with self._lock:
            self._ready = None


def build_ground(basemap: Basemap, origin_m: Metres) -> Ground:
    """Paths and names of a base map, moved to the near origin `origin_m` (easting, northing)."""
    near, pictures = _moved(basemap, origin_m), basemap.pictures
    return replace(
        _named(basemap, near, origin_m),
        near={
            kind: _chunks(kind, shapes, NEAR_CHUNK_M)
            for kind, shapes in near.items()
            if kind not in ROADS
        },
        far={
            kind: _chunks(kind, _plain(near[kind], FAR_TOLERANCE_M), FAR_CHUNK_M)
            for kind in _FAR
            if kind in near
        },
        near_roads={kind: strokes_of(near[kind]) for kind in ROADS if kind in near},
        middle_roads=_roads(near, ROADS, MIDDLE_TOLERANCE_M),
        far_roads=_roads(near, _FAR_ROADS, FAR_TOLERANCE_M),
        rasters=RasterStack(pictures, basemap.epsg, origin_m) if pictures else None,
    )


def build_names(basemap: Basemap, origin_m: Metres) -> Ground:
    """The names of a base map alone: for a sheet of paper, whose shapes are cut out anew."""
    named = replace(
        basemap,
        features={kind: _with_names(group) for kind, group in basemap.features.items()},
    )
    return _named(named, _moved(named, origin_m), origin_m)


def _with_names(group: Features) -> Features:
    chosen = [index for index, name in enumerate(group.names) if name]
    return Features(tuple(group.names[index] for index in chosen), group.shapes[chosen])


def _moved(basemap: Basemap, origin_m: Metres) -> dict[GroundKind, Any]:
    return {
        kind: shapely.transform(group.shapes, lambda points: points - origin_m)
        for kind, group in basemap.features.items()
        if len(group)
    }


def _named(basemap: Basemap, near: dict[GroundKind, Any], origin_m: Metres) -> Ground:
    names = {kind: basemap.features[kind].names for kind in near}
    line_names = tuple(_line_names(names, near))
    return Ground(
        near={},
        far={},
        near_roads={},
        middle_roads={},
        far_roads={},
        line_names=line_names,
        lines=lines_of([line.line_m for line in line_names]),
        place_names=tuple(_place_names(names, near, basemap.points, origin_m)),
    )


def _chunks(kind: GroundKind, shapes: Any, chunk_m: float) -> tuple[Chunk, ...]:
    return (chunks_of_lines if kind in LINES else chunks_of_polygons)(shapes, chunk_m)


def _plain(shapes: Any, tolerance_m: float) -> Any:
    simple = shapely.simplify(shapes, tolerance_m)
    return simple[~shapely.is_empty(simple)]


def _roads(
    shapes: dict[GroundKind, Any], kinds: Sequence[GroundKind], tolerance_m: float
) -> dict[GroundKind, Strokes]:
    return {kind: strokes_of(_plain(shapes[kind], tolerance_m)) for kind in kinds if kind in shapes}


def _line_names(
    names: dict[GroundKind, tuple[str, ...]], shapes: dict[GroundKind, Any]
) -> Iterable[LineName]:
    """Water first, then roads by rank; each road's pieces joined, so that its name is not written
    once a piece."""
    for name, shape in zip(
        names.get(GroundKind.WATER, ()), shapes.get(GroundKind.WATER, ()), strict=True
    ):
        if name:
            for part in shapely.get_parts(shape):
                yield from _water_names(name, part)
    for rank, kind in enumerate(ROADS, start=1):
        pieces: dict[str, list[Any]] = {}
        for name, shape in zip(names.get(kind, ()), shapes.get(kind, ()), strict=True):
            if name:
                pieces.setdefault(name, []).append(shape)
        for name, found in pieces.items():
            joined = shapely.line_merge(shapely.union_all(found)) if len(found) > 1 else found[0]
            for part in shapely.get_parts(joined):
                yield LineName(name, rank, shapely.get_coordinates(part))


def _water_names(name: str, water: Any) -> Iterable[LineName]:
    """Lines down a river or across a lake, along its tightest box: the middle, then near the banks.

    Across the axis the water is cut at twenty places; each line goes through one share of the cuts.
    """
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(water))
    if len(corners) < 5:
        return
    sides = np.hypot(*np.diff(corners[:3], axis=0).T)
    first = 0 if sides[0] <= sides[1] else 1  # a short side: the axis starts in its middle
    start = (corners[first] + corners[first + 1]) / 2
    axis = (corners[first + 2] + corners[(first + 3) % 4]) / 2 - start
    across = np.array([-axis[1], axis[0]])
    middles = start + np.linspace(0.025, 0.975, 20)[:, np.newaxis] * axis
    ends = np.stack((middles - across, middles + across), axis=1)
    cuts = [_longest(cut) for cut in shapely.intersection(water, shapely.linestrings(ends))]
    cuts = [cut for cut in cuts if cut is not None]
    if len(cuts) < 2:
        return
    width_m = float(np.median(shapely.length(cuts)))
    for share in (0.5, 0.15, 0.85):
        points = shapely.line_interpolate_point(cuts, share, normalized=True)
        line_m = shapely.get_coordinates(points)
        yield LineName(name, 0, line_m, width_m, beside_bank=share != 0.5)


def _longest(cut: Any) -> Any | None:
    pieces = [piece for piece in shapely.get_parts(cut) if shapely.length(piece) > 0]
    return max(pieces, key=shapely.length, default=None)


def _place_names(
    names: dict[GroundKind, tuple[str, ...]],
    shapes: dict[GroundKind, Any],
    points: Sequence[NamedPoint],
    origin_m: Metres,
) -> Iterable[PlaceName]:
    """Landmarks first, then what is named for itself, each name once where the two agree."""
    written = set()
    for point in points:
        written.add(point.name)
        x_m, y_m = np.array([point.east_m, point.north_m]) - origin_m
        yield PlaceName(point.name, (float(x_m), float(y_m)), 0.0)
    for kind in _WRITTEN_LEVEL:
        for name, shape in zip(names.get(kind, ()), shapes.get(kind, ()), strict=True):
            if name and name not in written:
                written.add(name)
                x_m, y_m = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
                west, south, east, north = shapely.bounds(shape)
                yield PlaceName(
                    name, (float(x_m), float(y_m)), float(max(east - west, north - south))
                )
