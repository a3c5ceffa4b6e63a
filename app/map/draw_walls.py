"""Paints walls that were drawn by hand: lines with short strokes across, as maps show fences."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.map.frame import Frame
from app.map.marks import Metres
from app.map.style import MapStyle, colour

STROKES_FROM_PX_PER_M = 0.3
_EVERY_PX, _HALF_PX = 9.0, 3.0


def draw_walls(
    painter: QPainter, frame: Frame, walls: Sequence[Metres], style: MapStyle, ink: str = ""
) -> None:
    """Lines in local metres; `ink` instead of the walls' own colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for wall in walls:
        corners = frame.all_to_px(wall)
        line = QPen(colour(ink or style.text_secondary), 2.2)
        line.setCapStyle(Qt.PenCapStyle.RoundCap)
        line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(line)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in corners.tolist()]))
        if frame.px_per_m >= STROKES_FROM_PX_PER_M:
            painter.setPen(QPen(colour(ink or style.text_secondary), 1.3))
            painter.drawLines(_strokes(corners))


def _strokes(corners: Metres) -> list[QLineF]:
    """Across each side, every few pixels, beginning a little away from its corner."""
    strokes = []
    for start, end in itertools.pairwise(corners):
        along = end - start
        length = float(np.hypot(*along))
        if length < _EVERY_PX:
            continue
        across = np.array([-along[1], along[0]]) / length * _HALF_PX
        count = min(int(length / _EVERY_PX), 2_000)
        for share in (np.arange(count) + 0.5) / count:
            at = start + along * share
            strokes.append(QLineF(QPointF(*(at - across)), QPointF(*(at + across))))
    return strokes
