"""The measuring tool: distances and a surface on the ellipsoid, point by point. Knows no log."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.map.frame import Frame
from app.map.lengths import length_text, surface_text
from app.map.marks import Metres
from app.map.note import draw_note
from app.map.style import MapStyle, colour
from app.map.tool import Pointer


class Measure(QObject):
    """Clicks add points; a double click begins anew. `to_degrees` takes local metres."""

    changed = Signal()

    def __init__(self, to_degrees: Callable[[Metres], Metres]) -> None:
        super().__init__()
        self._to_degrees = to_degrees
        self._points: list[tuple[float, float]] = []
        self._pointer: tuple[float, float] | None = None
        self._done = False

    @property
    def points_m(self) -> tuple[tuple[float, float], ...]:
        """The points so far, in local metres."""
        return tuple(self._points)

    def clear(self) -> bool:
        """Begin anew; whether anything was there."""
        had = bool(self._points)
        self._points, self._pointer, self._done = [], None, False
        self.changed.emit()
        return had

    def lengths(self) -> tuple[float, float]:
        """Metres along the line so far, and square metres inside it (0 under three points)."""
        return geodesic(self._to_degrees(np.array(self._line()).reshape(-1, 2)))

    def _line(self) -> list[tuple[float, float]]:
        follows = [] if self._done or self._pointer is None else [self._pointer]
        return [*self._points, *follows]

    @property
    def hand_m(self) -> tuple[float, float] | None:
        return self._points[-1] if self._points else None

    def press(self, pointer: Pointer) -> bool:
        return False

    def drag(self, pointer: Pointer) -> None:
        """Nothing is pulled."""

    def release(self, pointer: Pointer) -> None:
        """Nothing was pulled."""

    def hover(self, pointer: Pointer) -> None:
        if self._points and not self._done:
            self._pointer = (pointer.x_m, pointer.y_m)
            self.changed.emit()

    def click(self, pointer: Pointer, double: bool) -> bool:
        if double:
            self._done = True
        else:
            if self._done:
                self.clear()
            self._points.append((pointer.x_m, pointer.y_m))
        self.changed.emit()
        return True

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        points = [frame.to_px(*place) for place in self._line()]
        if not points:
            return
        painter.setPen(QPen(colour(style.blue), 2))
        painter.setBrush(colour(style.blue, 0.10) if len(points) > 2 else Qt.BrushStyle.NoBrush)
        if len(points) > 2:
            painter.setPen(QPen(colour(style.blue, 0.5), 1, Qt.PenStyle.DashLine))
            painter.drawPolygon(QPolygonF(points))
            painter.setPen(QPen(colour(style.blue), 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(colour(style.blue), 1.2))
        painter.setBrush(colour(style.on_fill))
        for point in points:
            painter.drawEllipse(point, 3.5, 3.5)
        length_m, surface_m2 = self.lengths()
        surface = surface_text(surface_m2) if surface_m2 else ""
        draw_note(painter, QPointF(points[-1]), length_text(length_m), surface, frame, style)


def geodesic(lon_lat_deg: Metres) -> tuple[float, float]:
    """Length in metres and surface in square metres of a line on the WGS 84 ellipsoid."""
    if len(lon_lat_deg) < 2:
        return 0.0, 0.0
    import pyproj

    earth = pyproj.Geod(ellps="WGS84")
    lon, lat = lon_lat_deg[:, 0], lon_lat_deg[:, 1]
    length_m = float(earth.line_length(lon, lat))
    surface_m2 = abs(float(earth.polygon_area_perimeter(lon, lat)[0])) if len(lon) > 2 else 0.0
    return length_m, surface_m2
