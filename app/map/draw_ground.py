"""Paints the base map into a picture: land, water, green, buildings, roads. Writes no names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from app.geo.basemap import ROADS, GroundKind
from app.map.frame import Frame
from app.map.ground import Ground
from app.map.paths import Chunk
from app.map.strokes import draw_strokes
from app.map.style import MapStyle, colour, pen

ROAD_WIDTH_M = (15.0, 11.0, 8.5, 6.5, 4.0)
ROAD_LEAST_PX = (2.2, 1.6, 1.1, 0.8, 0.6)
FAR_BELOW_PX_PER_M = 0.2
MIDDLE_BELOW_PX_PER_M = 0.5
BUILDINGS_FROM_PX_PER_M = 0.3
OUTLINES_FROM_PX_PER_M = 0.7
SMALL_ROADS_FROM_PX_PER_M = 0.08
_HAIRLINE_BELOW_PX = 2.0  # Qt draws a line of one pixel five times as fast as one of two
_ROUND_FROM_PX = 6.0  # the end of a narrower road is not seen to be round
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
) -> None:
    """One part of the base picture; parts that touch show no seam."""
    with painting(image) as painter:
        painter.setClipRect(part_px)
        painter.fillRect(part_px, colour(style.land))
        if ground is not None:
            painter.setTransform(frame.transform)
            part = frame.part(part_px.x(), part_px.y(), part_px.width(), part_px.height())
            _GroundPainter(painter, frame, part.rect_m, ground, style, check).paint()


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


class _GroundPainter:
    """One base picture, from the land up."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        seen_m: QRectF,
        ground: Ground,
        style: MapStyle,
        check: Callable[[], None],
    ) -> None:
        self._painter = painter
        self._scale = frame.px_per_m
        self._style = style
        self._check = check
        far = frame.px_per_m < FAR_BELOW_PX_PER_M
        self._chunks = ground.far if far else ground.near
        middle = frame.px_per_m < MIDDLE_BELOW_PX_PER_M
        near_roads = ground.middle_roads if middle else ground.near_roads
        self._strokes = ground.far_roads if far else near_roads
        self._roads_seen: dict[int, NDArray[np.intp]] = {}  # a casing and its road lie alike
        spare_m = _WIDEST_STROKE_PX / frame.px_per_m + ROAD_WIDTH_M[0]
        self._seen_m = seen_m.adjusted(-spare_m, -spare_m, spare_m, spare_m)

    def paint(self) -> None:
        style, scale = self._style, self._scale
        self._fill(GroundKind.WATER, style.water)
        self._lines(GroundKind.WATER_LINE, pen(style.water_line, 1.2))
        self._fill(GroundKind.PROMENADE, style.promenade)
        self._fill(GroundKind.GREEN, style.green)
        if scale >= BUILDINGS_FROM_PX_PER_M:
            outlined = scale >= OUTLINES_FROM_PX_PER_M
            self._fill(
                GroundKind.BUILDING, style.building, style.building_outline if outlined else None
            )
            self._fill(
                GroundKind.LANDMARK_BUILDING,
                style.landmark_building,
                style.landmark_outline if outlined else None,
            )
        self._lines(GroundKind.BOUNDARY, pen(style.boundary, 1.0, dash_px=(6, 3)))
        self._roads()

    def _roads(self) -> None:
        """Casings under every road first, then the roads, the largest on top."""
        scale = self._scale
        ranks = len(ROADS) if scale >= SMALL_ROADS_FROM_PX_PER_M else 3
        widths = [
            max(metres * scale, least)
            for metres, least in zip(ROAD_WIDTH_M, ROAD_LEAST_PX, strict=True)
        ]
        if scale >= BUILDINGS_FROM_PX_PER_M:
            # The casing is nearly as dark as the land: its jagged edge is not seen.
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            for rank in reversed(range(ranks)):
                self._road(rank, _road_pen(self._style.road_casing, widths[rank] + 2.0))
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rank in reversed(range(ranks)):
            self._road(rank, _road_pen(self._style.roads[rank], widths[rank]))

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


def _road_pen(ink: str, width_px: float) -> QPen:
    """Ends and bends as plain as the width allows: round ones cost half as much again."""
    line = pen(ink, width_px if width_px >= _HAIRLINE_BELOW_PX else 1.0)
    if width_px < _ROUND_FROM_PX:
        line.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        line.setCapStyle(Qt.PenCapStyle.FlatCap)
    return line
