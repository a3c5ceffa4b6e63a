"""Paints the base map into a picture: land, water, green, buildings, pictures of the ground, roads.

Writes no names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from app.geo.basemap import ROADS, GroundKind
from app.map.draw_rasters import paint_rasters
from app.map.frame import Frame
from app.map.ground import Ground
from app.map.ground_layers import ROAD_WIDTH_M, GroundLayers
from app.map.paths import Chunk
from app.map.strokes import draw_strokes
from app.map.style import MapStyle, colour, pen

FAR_BELOW_PX_PER_M = 0.2
MIDDLE_BELOW_PX_PER_M = 0.5
_WIDEST_STROKE_PX = 10.0  # what a chunk's lines may reach beyond its bounds, above a road's width


class Unwanted(Exception):  # noqa: N818 — not an error: the picture is no longer asked for
    """Someone has asked for another picture meanwhile."""


def draw_ground(
    frame: Frame, ground: Ground | None, style: MapStyle, check: Callable[[], None]
) -> QImage:
    """The base picture. `check` raises `Unwanted` when it may be dropped half-way."""
    image = blank(frame, QImage.Format.Format_RGB32)
    paint_ground(image, frame, QRect(0, 0, frame.width_px, frame.height_px), ground, style, check)
    return image


def paint_ground(
    image: QImage,
    frame: Frame,
    part_px: QRect,
    ground: Ground | None,
    style: MapStyle,
    check: Callable[[], None],
    picture_strength: float = 1.0,
) -> None:
    """One part of the base picture; parts that touch show no seam.

    `picture_strength`: how strongly pictures of the ground are seen, 0–1.
    """
    with painting(image) as painter:
        painter.setClipRect(part_px)
        painter.fillRect(part_px, colour(style.land))
        if ground is not None:
            painter.setTransform(frame.transform)
            part = frame.part(part_px.x(), part_px.y(), part_px.width(), part_px.height())
            lay_pictures = None
            rasters = ground.rasters
            if rasters is not None and picture_strength > 0:
                lay_pictures = partial(
                    paint_rasters, painter, frame, part_px, rasters, picture_strength, style, check
                )
            _GroundPainter(painter, frame, part.rect_m, ground, style, check, lay_pictures).paint()


def blank(frame: Frame, pixel_format: QImage.Format) -> QImage:
    """A picture as large as the frame, in device pixels."""
    image = QImage(*frame.device_px, pixel_format)
    image.setDevicePixelRatio(frame.dpr)
    return image


@contextmanager
def painting(image: QImage) -> Iterator[QPainter]:
    """A painter with smooth edges. Ended before the picture goes, also when it is unwanted."""
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        yield painter
    finally:
        painter.end()


class _GroundPainter(GroundLayers):
    """One base picture, drawn from chunks and strokes where they are in sight."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        seen_m: QRectF,
        ground: Ground,
        style: MapStyle,
        check: Callable[[], None],
        lay_pictures: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(painter, frame.px_per_m, style, lay_pictures)
        self._check = check
        far = frame.px_per_m < FAR_BELOW_PX_PER_M
        self._chunks = ground.far if far else ground.near
        middle = frame.px_per_m < MIDDLE_BELOW_PX_PER_M
        near_roads = ground.middle_roads if middle else ground.near_roads
        self._strokes = ground.far_roads if far else near_roads
        self._roads_seen: dict[int, NDArray[np.intp]] = {}  # a casing and its road lie alike
        spare_m = _WIDEST_STROKE_PX / frame.px_per_m + ROAD_WIDTH_M[0]
        self._seen_m = seen_m.adjusted(-spare_m, -spare_m, spare_m, spare_m)

    def _fill(self, kind: GroundKind, fill: str, outline: str | None = None) -> None:
        self._painter.setPen(pen(outline, 1.0) if outline else QPen(Qt.PenStyle.NoPen))
        self._painter.setBrush(colour(fill))
        for chunk in self._in_sight(kind):
            self._painter.drawPath(chunk.path)
            self._check()

    def _lines(self, kind: GroundKind, line: QPen) -> None:
        self._painter.setPen(line)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for chunk in self._in_sight(kind):
            self._painter.drawPath(chunk.path)
            self._check()

    def _road(self, rank: int, line: QPen) -> None:
        strokes = self._strokes.get(ROADS[rank])
        if strokes is None:
            return
        if rank not in self._roads_seen:
            self._roads_seen[rank] = strokes.in_sight(self._seen_m)
        seen = self._roads_seen[rank]
        draw_strokes(self._painter, strokes, self._seen_m, self._scale, line, self._check, seen)

    def _in_sight(self, kind: GroundKind) -> list[Chunk]:
        chunks = self._chunks.get(kind, ())
        return [chunk for chunk in chunks if chunk.bounds_m.intersects(self._seen_m)]
