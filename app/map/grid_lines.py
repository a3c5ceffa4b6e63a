"""The UTM grid over the map: a line every round number of metres, its figure at the edge."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.map.frame import Frame
from app.map.labels import draw_haloed, text_path
from app.map.marks import Metres
from app.map.style import MapStyle, colour

_LEAST_APART_PX = 110.0


class GridLines:
    """An overlay. Lines are the station's own grid, straight because the map is drawn in it."""

    def __init__(self, origin_m: Metres) -> None:
        self._origin_m = origin_m

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        step_m = grid_step_m(frame.px_per_m)
        east_0, north_0 = float(self._origin_m[0]), float(self._origin_m[1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour(style.label, 0.38), 1))
        eastings = _multiples(frame.left_m + east_0, frame.width_m, step_m)
        northings = _multiples(frame.bottom_m + north_0, frame.height_m, step_m)
        for east in eastings:
            x = frame.to_px(east - east_0, 0).x()
            painter.drawLine(QPointF(x, 0), QPointF(x, frame.height_px))
        for north in northings:
            y = frame.to_px(0, north - north_0).y()
            painter.drawLine(QPointF(0, y), QPointF(frame.width_px, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = style.font(11)
        font.setPixelSize(max(11, font.pixelSize()))
        for east in eastings:
            x = frame.to_px(east - east_0, 0).x()
            self._write(painter, QPointF(x, frame.height_px - 34), f"{east:.0f}E", style)
        for north in northings:
            y = frame.to_px(0, north - north_0).y()
            text = f"{north:.0f}N"
            half = QFontMetricsF(font).horizontalAdvance(text) / 2
            self._write(painter, QPointF(half + 6, y), text, style)

    @staticmethod
    def _write(painter: QPainter, at: QPointF, text: str, style: MapStyle) -> None:
        path = text_path(text, style.font(11))
        path.translate(at)
        draw_haloed(painter, path, style.label, style.land, 3)


def grid_step_m(px_per_m: float) -> float:
    """The least of 1, 2, 5 × 10ⁿ metres that stands far enough apart to be read."""
    least_m = _LEAST_APART_PX / px_per_m
    power = 10.0 ** math.floor(math.log10(least_m))
    return next(digit * power for digit in (1.0, 2.0, 5.0, 10.0) if digit * power >= least_m)


def _multiples(start: float, length: float, step: float) -> list[float]:
    first = math.ceil(start / step)
    last = math.floor((start + length) / step)
    return [number * step for number in range(first, last + 1)]
