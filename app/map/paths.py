"""Geometry into painter paths, cut into square chunks so that what is out of sight costs nothing.

The only room where shapely's shapes meet Qt's paths. Knows no colours and no widgets: the process
that draws the map imports it, so pyqtgraph is met only where a path is pulled about in a window.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from app.map.marks import Metres

# How Qt writes a path (QPainterPath's operators in its source): how many elements there are, each
# with whether a line leads to it, then where the last figure began and how it is filled.
_COUNT = struct.Struct(">i")
_ELEMENT = np.dtype([("joined", ">i4"), ("x", ">f8"), ("y", ">f8")])
_END = struct.Struct(">ii")


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A square's worth of shapes of one kind, in local metres."""

    bounds_m: QRectF
    path: QPainterPath


def line_path(points_m: Metres) -> QPainterPath:
    """An open line through points (N, 2)."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points_m.tolist()]))
    return path


def chunks_of_lines(shapes: Sequence[Any], chunk_m: float) -> tuple[Chunk, ...]:
    """Open paths of the (Multi)LineStrings in `shapes`."""
    import shapely

    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    parts = parts[~shapely.is_empty(parts)]
    coordinates, of_part = shapely.get_coordinates(parts, return_index=True)
    return tuple(_cut(coordinates, of_part, _cells(shapely.bounds(parts), chunk_m)))


def chunks_of_polygons(shapes: Sequence[Any], chunk_m: float) -> tuple[Chunk, ...]:
    """Closed paths of the (Multi)Polygons in `shapes`; holes turn the other way and stay holes."""
    import shapely

    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    parts = shapely.orient_polygons(parts[~shapely.is_empty(parts)])
    rings, of_polygon = shapely.get_rings(parts, return_index=True)
    coordinates, of_ring = shapely.get_coordinates(rings, return_index=True)
    cells = _cells(shapely.bounds(parts), chunk_m)
    return tuple(_cut(coordinates, of_ring, cells[of_polygon]))


def polygon_path(rings: Sequence[Metres]) -> QPainterPath:
    """One closed path of all the rings."""
    path = QPainterPath()
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring.tolist()]))
        path.closeSubpath()
    return path


def polygon_of(points_px: Metres) -> QPolygonF:
    """Points (N, 2) as Qt's polygon, copied at once and not point by point."""
    import pyqtgraph as pg

    polygon: QPolygonF = pg.functions.create_qpolygonf(len(points_px))
    pg.functions.ndarray_from_qpolygonf(polygon)[:] = points_px
    return polygon


def _cells(bounds: NDArray[np.float64], chunk_m: float) -> NDArray[np.int64]:
    """Which square each shape belongs to: that of the middle of its bounds."""
    if not len(bounds):
        return np.empty(0, dtype=np.int64)
    column = np.floor((bounds[:, 0] + bounds[:, 2]) / 2 / chunk_m).astype(np.int64)
    row = np.floor((bounds[:, 1] + bounds[:, 3]) / 2 / chunk_m).astype(np.int64)
    return column * 1_000_003 + row


def _cut(
    coordinates: Metres, of_line: NDArray[np.int64], cell_of_line: NDArray[np.int64]
) -> Iterator[Chunk]:
    """The vertices of each square as one path."""
    if not len(coordinates):
        return
    cell_of_vertex = cell_of_line[of_line]
    order = np.argsort(cell_of_vertex, kind="stable")
    coordinates, of_line, cell_of_vertex = coordinates[order], of_line[order], cell_of_vertex[order]
    edges = np.flatnonzero(np.diff(cell_of_vertex)) + 1
    for inside in np.split(np.arange(len(order)), edges):
        first, past = int(inside[0]), int(inside[-1]) + 1
        yield _chunk(coordinates[first:past], of_line[first:past])


def path_of(points: Metres, of_line: NDArray[np.int64]) -> QPainterPath:
    """One path of many lines: points (N, 2), and on which line each lies."""
    path = QPainterPath()
    if not len(points):
        return path
    size = _COUNT.size + len(points) * _ELEMENT.itemsize + _END.size  # the end stays zero
    written: Any = QByteArray(size, 0)  # numpy writes into it, which its types do not tell
    written.replace(0, _COUNT.size, _COUNT.pack(len(points)))
    elements = np.frombuffer(written, _ELEMENT, len(points), _COUNT.size)
    elements["joined"][1:] = of_line[1:] == of_line[:-1]
    elements["x"], elements["y"] = points[:, 0], points[:, 1]
    path.reserve(len(points))
    QDataStream(written) >> path
    path.setFillRule(Qt.FillRule.WindingFill)  # two buildings that overlap are not a hole
    return path


def _chunk(coordinates: Metres, of_line: NDArray[np.int64]) -> Chunk:
    path = path_of(coordinates, of_line)
    west, south = coordinates.min(axis=0)
    east, north = coordinates.max(axis=0)
    # A straight line has no height, and a rectangle without height meets nothing.
    return Chunk(QRectF(west - 1, south - 1, east - west + 2, north - south + 2), path)
