"""Shapes cut to the sheet and made no finer than ink, as paths in the sheet's pixels.

What lies outside would only make the paper's file larger. Knows no colours.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from app.geo.basemap import LINES, Basemap, Features, GroundKind, Shapes
from app.geo.walls import NO_WALLS
from app.map.frame import Frame
from app.map.marks import Metres
from app.map.paths import path_of
from app.map.scene import PlacedArea

SPARE_PX = 25.0  # half of the widest road at 1:1,500; what reaches in from outside
FINER_PX = 0.15  # 0.03 mm: nobody sees a corner that is off by less
_DECIMALS = 1  # of a pixel: 0.02 mm, less than a printer can set
_PLAIN_CORNERS = 5
_JOIN_PX = 0.1
_NAME_SPOT_PX = 4.0  # as near to the roomiest spot as it need be
_AT_ONCE = 4000  # corners in one path: Python's lock is not held for longer than it takes
_POLYGON, _LINE = shapely.GeometryType.POLYGON, shapely.GeometryType.LINESTRING


def spare_px(px_per_m: float, widest_m: float) -> float:
    """How far beyond the sheet's edge a line may lie and still reach in with half its width."""
    return max(SPARE_PX, widest_m * px_per_m / 2 + 4)


def cut_basemap(basemap: Basemap, frame: Frame, origin_m: Metres, spare: float) -> Basemap:
    """What of a base map comes onto the sheet, each part with its name."""
    spare_m = spare / frame.px_per_m
    box = _station_box(frame, origin_m, spare_m)
    features = {
        kind: _cut(group, kind, box, FINER_PX / frame.px_per_m)
        for kind, group in basemap.features.items()
    }
    west, south, east, north = box
    return replace(
        basemap,
        features={kind: group for kind, group in features.items() if len(group)},
        points=tuple(
            point
            for point in basemap.points
            if west <= point.east_m <= east and south <= point.north_m <= north
        ),
        walls=NO_WALLS,
    )


def polygon_paths(polygons: Shapes, frame: Frame, origin_m: Metres) -> Iterator[QPainterPath]:
    """Closed paths of polygons in station metres; holes turn the other way and stay holes."""
    rings, of_polygon = shapely.get_rings(shapely.orient_polygons(polygons), return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    yield from _paths(points - origin_m, of_ring, of_polygon, frame, least=4)


def line_paths(lines: Shapes, frame: Frame, origin_m: Metres) -> Iterator[QPainterPath]:
    """Open paths of lines in station metres."""
    points, of_line = shapely.get_coordinates(lines, return_index=True)
    yield from _paths(points - origin_m, of_line, np.arange(len(lines)), frame, least=2)


def outlines(rings_m: list[Metres], frame: Frame, spare: float) -> Shapes:
    """Rings in local metres as lines within the sheet, each stretch that several share once."""
    if not rings_m:
        return np.empty(0, dtype=object)
    lines = np.array([shapely.linestrings(_closed(ring)) for ring in rings_m], dtype=object)
    cut = shapely.clip_by_rect(lines, *_local_box(frame, spare / frame.px_per_m))
    whole = shapely.line_merge(shapely.union_all(cut))
    parts, _ = _parts(np.array([whole], dtype=object), _LINE)
    return _plain(parts, FINER_PX / frame.px_per_m)


def cut_polygons(shapes: Any, frame: Frame, spare: float) -> Shapes:
    """Polygons in local metres, one or an array, no larger than the sheet; none out of sight."""
    whole = np.atleast_1d(np.asarray(shapes, dtype=object))
    cut = shapely.clip_by_rect(whole, *_local_box(frame, spare / frame.px_per_m))
    parts, _ = _parts(cut, _POLYGON)
    return _plain(parts, FINER_PX / frame.px_per_m)


def joined_polygons(shapes: Any, frame: Frame, spare: float) -> Shapes:
    """The same as few polygons: between squares that touch, print would show a hairline."""
    parts = cut_polygons(shapes, frame, spare)
    if not len(parts):
        return parts
    grid_m = _JOIN_PX / frame.px_per_m
    whole = shapely.union_all(shapely.make_valid(parts), grid_size=grid_m)
    return _parts(np.array([whole], dtype=object), _POLYGON)[0]


def named_where_seen(areas: tuple[PlacedArea, ...], frame: Frame) -> tuple[PlacedArea, ...]:
    """The areas, each with its name in the roomiest spot of what comes onto the sheet: paper cannot
    be moved to where the name stands."""
    return tuple(_named_where_seen(area, frame) for area in areas)


def _named_where_seen(area: PlacedArea, frame: Frame) -> PlacedArea:
    x, y = area.label_at
    if frame.rect_m.contains(x, y):
        return area
    whole = shapely.build_area(shapely.multilinestrings([_closed(ring) for ring in area.rings]))
    parts, _ = _parts(shapely.clip_by_rect(np.array([whole]), *_local_box(frame, 0.0)), _POLYGON)
    if not len(parts):
        return area
    largest = parts[int(np.argmax(shapely.area(parts)))]
    circle = shapely.maximum_inscribed_circle(largest, _NAME_SPOT_PX / frame.px_per_m)
    x, y = shapely.get_coordinates(circle)[0].tolist()
    return replace(area, label_at=(x, y))


def _station_box(
    frame: Frame, origin_m: Metres, spare_m: float
) -> tuple[float, float, float, float]:
    west, south, east, north = _local_box(frame, spare_m)
    east_0, north_0 = origin_m.tolist()
    return west + east_0, south + north_0, east + east_0, north + north_0


def _local_box(frame: Frame, spare_m: float) -> tuple[float, float, float, float]:
    seen = frame.rect_m.adjusted(-spare_m, -spare_m, spare_m, spare_m)
    return seen.left(), seen.top(), seen.right(), seen.bottom()


def _cut(
    group: Features, kind: GroundKind, box: tuple[float, float, float, float], finer_m: float
) -> Features:
    bounds = shapely.bounds(group.shapes).reshape(-1, 4)
    west, south, east, north = box
    near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
    near &= (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    chosen = np.flatnonzero(near)
    whole = (bounds[chosen, 0] >= west) & (bounds[chosen, 2] <= east)
    whole &= (bounds[chosen, 1] >= south) & (bounds[chosen, 3] <= north)
    shapes = group.shapes[chosen]
    shapes[~whole] = shapely.clip_by_rect(shapes[~whole], *box)
    parts, owner = _parts(shapes, _LINE if kind in LINES else _POLYGON)
    names = tuple(group.names[index] for index in chosen[owner].tolist())
    plain = _simpler(parts, finer_m)
    kept = ~shapely.is_empty(plain)
    return Features(
        tuple(name for name, is_kept in zip(names, kept.tolist(), strict=True) if is_kept),
        plain[kept],
    )


def _parts(shapes: Any, wanted: int) -> tuple[Shapes, NDArray[np.int64]]:
    """The parts of one type, and whose they are: a cut may leave points and lines on the edge."""
    parts, owner = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    good = (shapely.get_type_id(parts) == wanted) & ~shapely.is_empty(parts)
    return parts[good], owner[good]


def _simpler(shapes: Shapes, finer_m: float) -> Shapes:
    """Those that have corners to spare made plainer; a house of four walls has none."""
    plain = np.array(shapes, dtype=object)
    many = shapely.get_num_coordinates(plain) > _PLAIN_CORNERS
    plain[many] = shapely.simplify(plain[many], finer_m)
    return plain


def _plain(shapes: Shapes, finer_m: float) -> Shapes:
    plain = _simpler(shapes, finer_m)
    return np.asarray(plain[~shapely.is_empty(plain)], dtype=object)


def _closed(ring: Metres) -> Metres:
    return ring if (ring[0] == ring[-1]).all() else np.concatenate((ring, ring[:1]))


def _paths(
    points_m: Metres,
    of_line: NDArray[np.int64],
    of_shape: NDArray[np.int64],
    frame: Frame,
    least: int,
) -> Iterator[QPainterPath]:
    """Lines of at least so many points, whole shapes together, some thousand points a path."""
    points = np.round(frame.all_to_px(points_m), _DECIMALS)
    new = np.ones(len(points), dtype=bool)
    new[1:] = (of_line[1:] != of_line[:-1]) | (points[1:] != points[:-1]).any(axis=1)
    points, of_line = points[new], of_line[new]
    enough = np.bincount(of_line, minlength=len(of_shape))[of_line] >= least
    points, of_line = points[enough], of_line[enough]
    if not len(points):
        return
    shape = of_shape[of_line]
    starts = np.flatnonzero(np.diff(shape, prepend=shape[0] - 1))
    piece = np.repeat(starts // _AT_ONCE, np.diff(starts, append=len(shape)))
    edges = [0, *(np.flatnonzero(np.diff(piece)) + 1).tolist(), len(points)]
    for first, past in itertools.pairwise(edges):
        yield path_of(points[first:past], of_line[first:past])
