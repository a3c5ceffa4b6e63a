"""Who sees a place and who does not: a line from each camera, ended by a cross where it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.map.frame import Frame
from app.map.style import MapStyle, colour

Place = tuple[float, float]  # local metres


@dataclass(frozen=True, slots=True)
class SightLine:
    """From a camera to the place; `cut_m` is where a wall stands in between, None where none."""

    camera_m: Place
    cut_m: Place | None = None


class SightLines:
    """An overlay: the place asked about, and the lines of the cameras near it."""

    def __init__(self) -> None:
        self._at_m: Place | None = None
        self._lines: tuple[SightLine, ...] = ()

    def show(self, at_m: Place | None, lines: Sequence[SightLine] = ()) -> None:
        """This place, or none."""
        self._at_m = at_m
        self._lines = tuple(lines)

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        if self._at_m is None:
            return
        at = frame.to_px(*self._at_m)
        for line in self._lines:
            camera = frame.to_px(*line.camera_m)
            if line.cut_m is None:
                painter.setPen(QPen(colour(style.blue), 1.6))
                painter.drawLine(camera, at)
                continue
            painter.setPen(QPen(colour(style.text_secondary, 0.85), 1.3, Qt.PenStyle.DashLine))
            painter.drawLine(camera, at)
            _draw_cut(painter, frame.to_px(*line.cut_m), style)
        _draw_eye(painter, at, style)


def _draw_cut(painter: QPainter, at: QPointF, style: MapStyle) -> None:
    painter.setPen(QPen(colour(style.text_secondary), 1.4))
    painter.setBrush(colour(style.ground))
    painter.drawEllipse(at, 7.5, 7.5)
    painter.setPen(QPen(colour(style.text), 1.8))
    for side in (-3.0, 3.0):
        painter.drawLine(at + QPointF(-3, side), at + QPointF(3, -side))


def _draw_eye(painter: QPainter, at: QPointF, style: MapStyle) -> None:
    painter.setPen(QPen(colour(style.text), 2))
    painter.setBrush(colour(style.ground))
    painter.drawEllipse(at, 10.5, 10.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(style.text))
    painter.drawEllipse(QRectF(at.x() - 3.2, at.y() - 3.2, 6.4, 6.4))
