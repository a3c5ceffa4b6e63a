"""Slanting lines across areas, cut at their edges by crossing counts. Knows no colours.

Each line runs up to the right at 45°; GEOS would need a hundred times as long for it (measured).
"""

from __future__ import annotations

import numpy as np
import shapely
from PySide6.QtGui import QPainterPath

from app.geo.basemap import Shapes
from app.map.frame import Frame
from app.map.marks import Metres
from app.map.paths import path_of

_SHORTEST_PX = 0.3


def hatch_path(polygons: Shapes, frame: Frame, every_px: float) -> QPainterPath:
    """The hatch of polygons in local metres that do not overlap, in the sheet's pixels."""
    edges = _edges(polygons, frame)
    start, end = edges[:, 0] + edges[:, 1], edges[:, 2] + edges[:, 3]  # which line they lie on
    low, high = np.minimum(start, end) / every_px, np.maximum(start, end) / every_px
    first, past = np.ceil(low).astype(np.int64), np.ceil(high).astype(np.int64)
    count = past - first  # a corner on a line belongs to one of its edges only
    owner = np.repeat(np.arange(len(edges)), count)
    line = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count) + first[owner]
    share = (line * every_px - start[owner]) / (end - start)[owner]
    crossed = edges[owner, :2] + share[:, np.newaxis] * (edges[owner, 2:] - edges[owner, :2])
    order = np.lexsort((crossed[:, 0], line))
    pairs = crossed[order][: len(order) // 2 * 2].reshape(-1, 4)  # in, out, in, out
    pairs = pairs[pairs[:, 2] - pairs[:, 0] >= _SHORTEST_PX]
    points = np.round(pairs.reshape(-1, 2), 1)
    return path_of(points, np.repeat(np.arange(len(pairs)), 2))


def _edges(polygons: Shapes, frame: Frame) -> Metres:
    """Every side of every ring: from x, y to x, y."""
    rings = shapely.get_rings(polygons)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    pixels = frame.all_to_px(points)
    sides = np.concatenate((pixels[:-1], pixels[1:]), axis=1)
    return np.asarray(sides[of_ring[1:] == of_ring[:-1]])
