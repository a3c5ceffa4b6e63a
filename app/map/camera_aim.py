"""Placing and aiming one camera by hand: its place, its bearing and range, its angle. No register.

Three handles: the disc moves it, the far one turns and stretches, the rim ones open and close it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from app.map.frame import Frame
from app.map.lengths import length_text
from app.map.marks import Metres
from app.map.note import draw_note
from app.map.paths import polygon_path
from app.map.style import MapStyle, colour, pen
from app.map.tool import Pointer

REACH_PX = 13.0
LEAST_RANGE_M, MOST_RANGE_M = 3.0, 2000.0
LEAST_DEG, MOST_DEG = 5.0, 360.0


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a camera stands (local metres) and what it looks at."""

    x_m: float
    y_m: float
    bearing_deg: float
    field_of_view_deg: float
    range_m: float

    def at(self, bearing_deg: float, range_m: float) -> tuple[float, float]:
        """The place so far off in a direction."""
        turn = math.radians(bearing_deg)
        return self.x_m + math.sin(turn) * range_m, self.y_m + math.cos(turn) * range_m


class _Handle(StrEnum):
    PLACE = "place"
    FAR = "far"
    LEFT = "left"
    RIGHT = "right"


class CameraAim(QObject):
    """The tool. `view_of` gives what is seen from an aim, cut by walls, in local metres."""

    changed = Signal(object)  # Aim: while it is pulled
    settled = Signal(object)  # Aim: the hand has let go

    def __init__(self, aim: Aim, view_of: Callable[[Aim], Metres]) -> None:
        super().__init__()
        self.aim = aim
        self._view_of = view_of
        self._view = view_of(aim)
        self._held: _Handle | None = None

    def set_aim(self, aim: Aim) -> None:
        """Look like this from now on."""
        self.aim = aim
        self._view = self._view_of(aim)

    @property
    def hand_m(self) -> tuple[float, float] | None:
        return self._handles()[self._held or _Handle.PLACE]

    def press(self, pointer: Pointer) -> bool:
        for handle, (x_m, y_m) in self._handles().items():
            away = math.hypot(x_m - pointer.x_m, y_m - pointer.y_m) * pointer.px_per_m
            if away <= REACH_PX:
                self._held = handle
                return True
        return False

    def drag(self, pointer: Pointer) -> None:
        aim = self.aim
        east, north = pointer.x_m - aim.x_m, pointer.y_m - aim.y_m
        bearing = math.degrees(math.atan2(east, north)) % 360
        match self._held:
            case _Handle.PLACE:
                aim = replace(aim, x_m=pointer.x_m, y_m=pointer.y_m)
            case _Handle.FAR:
                range_m = min(max(math.hypot(east, north), LEAST_RANGE_M), MOST_RANGE_M)
                aim = replace(aim, bearing_deg=round(bearing, 1) % 360, range_m=round(range_m, 1))
            case _Handle.LEFT | _Handle.RIGHT:
                off = abs((bearing - aim.bearing_deg + 180) % 360 - 180)
                opened = min(max(2 * off, LEAST_DEG), MOST_DEG)
                aim = replace(aim, field_of_view_deg=round(opened, 1))
        self.set_aim(aim)
        self.changed.emit(aim)

    def release(self, pointer: Pointer) -> None:
        self._held = None
        self.settled.emit(self.aim)

    def hover(self, pointer: Pointer) -> None:
        """Nothing is shown before it is pressed."""

    def click(self, pointer: Pointer, double: bool) -> bool:
        return False

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        painter.save()
        painter.setTransform(frame.transform, True)
        painter.setPen(pen(style.blue, 1.4))
        painter.setBrush(colour(style.blue, 0.22))
        painter.drawPath(polygon_path([self._view]))
        painter.restore()
        at = frame.to_px(self.aim.x_m, self.aim.y_m)
        painter.setPen(QPen(colour(style.blue), 1.2, Qt.PenStyle.DashLine))
        handles = {handle: frame.to_px(*place) for handle, place in self._handles().items()}
        painter.drawLine(at, handles[_Handle.FAR])
        painter.setPen(QPen(colour(style.blue), 1.6))
        painter.setBrush(colour(style.on_fill))
        painter.drawEllipse(at, 6, 6)
        for handle in (_Handle.FAR, _Handle.LEFT, _Handle.RIGHT):
            spot = handles[handle]
            painter.drawRect(QRectF(spot.x() - 4.5, spot.y() - 4.5, 9, 9))
        aim = self.aim
        words = (
            f"{aim.bearing_deg:.0f}° · {aim.field_of_view_deg:.0f}° · {length_text(aim.range_m)}"
        )
        draw_note(painter, QPointF(handles[_Handle.FAR]), words, "", frame, style)

    def _handles(self) -> dict[_Handle, tuple[float, float]]:
        aim = self.aim
        half = min(aim.field_of_view_deg / 2, 179.0)
        return {
            _Handle.FAR: aim.at(aim.bearing_deg, aim.range_m),
            _Handle.LEFT: aim.at(aim.bearing_deg - half, aim.range_m * 0.6),
            _Handle.RIGHT: aim.at(aim.bearing_deg + half, aim.range_m * 0.6),
            _Handle.PLACE: (aim.x_m, aim.y_m),
        }
