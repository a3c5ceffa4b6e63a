"""The outlines of a file over the map, before they are taken in: dashes, the chosen one full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.map.frame import Frame
from app.map.marks import Metres
from app.map.style import MapStyle, colour

_MOST_CORNERS = 20_000  # of one ring as it is painted; what is saved keeps them all


class FileOutlines:
    """An overlay. Outlines by their row; rings in local metres."""

    def __init__(self) -> None:
        self._rings: Mapping[str, tuple[Metres, ...]] = {}
        self._chosen = ""

    def show(self, rings: Mapping[str, tuple[Metres, ...]]) -> None:
        """These outlines from now on; none when there are none."""
        self._rings, self._chosen = rings, ""

    def choose(self, row: str) -> None:
        """The one that is looked at."""
        self._chosen = row

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row, rings in self._rings.items():
            if row == self._chosen:
                painter.setPen(QPen(colour(style.blue), 2.4))
            else:
                painter.setPen(QPen(colour(style.blue, 0.85), 1.4, Qt.PenStyle.DashLine))
            for ring in rings:
                pixels = frame.all_to_px(ring)
                painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in pixels.tolist()]))


def rings_of(shape: Any) -> tuple[Metres, ...]:
    """The rings of a shape as (N, 2) corners, thinned where one has too many to paint."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(shape))]
    return tuple(np.asarray(ring[:: 1 + len(ring) // _MOST_CORNERS]) for ring in rings)
