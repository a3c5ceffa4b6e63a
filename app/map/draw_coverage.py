"""Paints what cameras see of a zone: green where one does, greener where two, amber hatch where
none. Knows shapes, no figures."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen

from app.map.frame import Frame
from app.map.paths import Chunk, chunks_of_polygons
from app.map.scene import PlacedCoverage
from app.map.style import MapStyle, colour

SEEN_OPACITY, SEEN_TWICE_OPACITY = 0.26, 0.38
HATCH_PX = 6
_CHUNK_M = 300.0
_BLIND_GROUND = 0.05


def draw_coverage(
    painter: QPainter,
    frame: Frame,
    seen_m: QRectF,
    coverage: PlacedCoverage,
    style: MapStyle,
    check: Callable[[], None],
) -> None:
    """Paint the part of it that is in sight, without outlines."""
    seen, twice, blind = _chunks(coverage)
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setTransform(frame.transform)
    inks = (
        (seen, QBrush(colour(style.green_state, SEEN_OPACITY))),
        (twice, QBrush(colour(style.green_state, SEEN_TWICE_OPACITY))),
        (blind, QBrush(colour(style.amber, _BLIND_GROUND))),
    )
    for chunks, brush in inks:
        painter.setBrush(brush)
        for chunk in chunks:
            if chunk.bounds_m.intersects(seen_m):
                painter.drawPath(chunk.path)
                check()
    painter.resetTransform()
    painter.setBrush(QBrush(_hatch(style.amber, frame.dpr)))
    painter.setBrushOrigin(_origin(frame))
    for chunk in blind:
        if chunk.bounds_m.intersects(seen_m):
            painter.drawPath(frame.transform.map(chunk.path))  # hatched in pixels, not in metres
            check()
    painter.setBrushOrigin(QPointF(0, 0))


@lru_cache(maxsize=2)
def _chunks(
    coverage: PlacedCoverage,
) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...], tuple[Chunk, ...]]:
    """Paths of the three, made once for many pictures."""
    return _cut(coverage.seen), _cut(coverage.seen_twice), _cut(coverage.blind)


def _cut(shapes: object) -> tuple[Chunk, ...]:
    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    polygons = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON)]
    polygons = polygons[~shapely.is_empty(polygons)]
    return chunks_of_polygons(polygons, _CHUNK_M) if len(polygons) else ()


@lru_cache(maxsize=8)
def _hatch(ink: str, dpr: float) -> QImage:
    """One tile of a hatch at 45°."""
    side = round(HATCH_PX * dpr)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(ink, 0.55), 1.1 * dpr))
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift, side), QPointF(shift + side, 0))
    painter.end()
    image.setDevicePixelRatio(dpr)
    return image


def _origin(frame: Frame) -> QPointF:
    """Fixed to the ground, so that the hatch does not jump when the picture is drawn again."""
    at = frame.to_px(0.0, 0.0)
    return QPointF(at.x() % HATCH_PX, at.y() % HATCH_PX)
