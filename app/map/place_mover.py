"""Moving one mark by hand to where it belongs: a ghost of it, and the way from the old place.

Only while it is the map's tool: else a drag moves the map. Knows no incident and no log.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from app.map.frame import Frame
from app.map.marks import Urgency
from app.map.note import draw_note
from app.map.shapes import draw_selected_incident
from app.map.style import MapStyle, colour
from app.map.tool import Pointer

REACH_PX = 18.0
_OLD_RADIUS_PX = 13.0
_GHOST = 0.85

Local = tuple[float, float]


class PlaceMover(QObject):
    """The tool. The ghost is dragged, or put where the ground is clicked. Local metres."""

    changed = Signal()  # while it is pulled, and when it was put somewhere

    def __init__(self, before_m: Local | None, at_m: Local, urgency: Urgency) -> None:
        super().__init__()
        self.before_m = before_m
        self.at_m = at_m
        self.title = self.detail = ""
        """What is written beside the ghost."""
        self._urgency = urgency
        self._grip: Local | None = None

    def put(self, x_m: float, y_m: float) -> None:
        """The ghost stands here from now on."""
        self.at_m = (x_m, y_m)
        self.changed.emit()

    @property
    def hand_m(self) -> Local | None:
        return self.at_m

    def press(self, pointer: Pointer) -> bool:
        east, north = self.at_m[0] - pointer.x_m, self.at_m[1] - pointer.y_m
        if math.hypot(east, north) * pointer.px_per_m > REACH_PX:
            return False
        self._grip = (east, north)  # it does not jump to the pointer
        return True

    def drag(self, pointer: Pointer) -> None:
        if self._grip is not None:
            self.put(pointer.x_m + self._grip[0], pointer.y_m + self._grip[1])

    def release(self, pointer: Pointer) -> None:
        self._grip = None

    def hover(self, pointer: Pointer) -> None:
        """Nothing is shown before it is pressed."""

    def click(self, pointer: Pointer, double: bool) -> bool:
        if not double:
            self.put(pointer.x_m, pointer.y_m)
        return True

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        at = frame.to_px(*self.at_m)
        if self.before_m is not None:
            self._draw_way(painter, frame.to_px(*self.before_m), at, style)
        painter.save()
        painter.setOpacity(_GHOST)
        draw_selected_incident(painter, at, self._urgency, style)
        painter.restore()
        draw_note(painter, QPointF(at), self.title, self.detail, frame, style)

    @staticmethod
    def _draw_way(painter: QPainter, old: QPointF, new: QPointF, style: MapStyle) -> None:
        """The old place in dashes, and the way from there."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(style.text), 1.6, Qt.PenStyle.DashLine))
        painter.drawEllipse(old, _OLD_RADIUS_PX, _OLD_RADIUS_PX)
        way = new - old
        length = math.hypot(way.x(), way.y())
        if length > _OLD_RADIUS_PX:
            painter.setPen(QPen(colour(style.blue), 1.8, Qt.PenStyle.DashLine))
            painter.drawLine(old + way * (_OLD_RADIUS_PX / length), new)
