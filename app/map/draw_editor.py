"""Paints a drawing of areas: old and new outlines, handles, the corner in the hand. No mouse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.geo.area_sheet import Sheet
from app.map.frame import Frame
from app.map.lengths import length_text
from app.map.marks import Metres
from app.map.note import draw_note
from app.map.paths import polygon_of
from app.map.style import MapStyle, colour

HANDLE_PX = 8.0
MIDDLE_PX = 3.2
MIDDLES_FROM_PX = 40.0  # a shorter side shows no handle for a new corner
MOST_HANDLES = 4000  # beyond, come closer first

Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class HeldCorner:
    """The corner in the hand, how far it was pulled, and its place in words."""

    corner: int
    moved_m: float
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Everything that is painted; `line` and `trouble_m` in station metres."""

    sheet: Sheet
    first: Sheet
    active: str
    shows_handles: bool
    marked: frozenset[int | None]
    line: tuple[tuple[float, float], ...]
    snapped: str
    held: HeldCorner | None
    trouble_m: tuple[float, float] | None


class EditorPainter:
    """One paint."""

    def __init__(self, painter: QPainter, frame: Frame, style: MapStyle, origin_m: Metres) -> None:
        self._painter, self._frame, self._style = painter, frame, style
        self._origin_m = origin_m

    def paint(self, drawn: Drawn) -> None:
        """The old outlines in grey dashes, neighbours, the area in the hand, what is pulled."""
        style = self._style
        pixels = self._frame.all_to_px(drawn.sheet.corners - self._origin_m)
        old = self._frame.all_to_px(drawn.first.corners - self._origin_m)
        dashes = QPen(colour(style.text_hint), 1.0)
        dashes.setDashPattern([6.0, 5.0])
        self._outlines(drawn.first, old, dashes, only=drawn.active)
        neighbours = QPen(colour(style.zone, 0.75), 1.0)  # a wider line costs five times as much
        self._outlines(drawn.sheet, pixels, neighbours, without=drawn.active)
        if any(one.area_id == drawn.active for one in drawn.sheet.outlines):
            self._active(drawn, pixels)
        if not drawn.shows_handles:
            self._line(drawn)
        if drawn.trouble_m is not None:
            _draw_trouble(self._painter, self._pixel(*drawn.trouble_m), style)
        if drawn.held is not None:
            self._held(drawn.held, pixels, drawn.snapped)

    def _outlines(
        self, sheet: Sheet, pixels: Metres, line: QPen, *, only: str = "", without: str = ""
    ) -> None:
        self._painter.setPen(line)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for outline in sheet.outlines:
            if outline.area_id != without and only in ("", outline.area_id):
                for ring in outline.rings:
                    self._painter.drawPolygon(polygon_of(pixels[list(ring)]))

    def _active(self, drawn: Drawn, pixels: Metres) -> None:
        painter, style = self._painter, self._style
        painter.setPen(QPen(colour(style.blue), 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if drawn.held is None:
            painter.setBrush(colour(style.blue, 0.06))
        for ring in drawn.sheet.outline(drawn.active).rings:
            painter.drawPolygon(polygon_of(pixels[list(ring)]))
        seen = _inside(pixels[corners_of(drawn.sheet, drawn.active)], self._frame)
        if drawn.shows_handles and len(seen) <= MOST_HANDLES:
            self._middles(drawn, pixels)
            self._handles(seen)
        painter.setPen(QPen(colour(style.blue_fill), 3.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for corner in drawn.marked:
            if corner is not None and corner < len(pixels):
                x, y = pixels[corner].tolist()
                painter.drawRect(QRectF(x - 6, y - 6, 12, 12))

    def _middles(self, drawn: Drawn, pixels: Metres) -> None:
        starts, ends = sides_of(drawn.sheet, drawn.active)
        long_enough = side_lengths(pixels, starts, ends) >= MIDDLES_FROM_PX
        middles = ((pixels[starts] + pixels[ends]) / 2)[long_enough]
        self._painter.setPen(QPen(colour(self._style.blue), 1.2))
        self._painter.setBrush(colour(self._style.ground))
        for x, y in _inside(middles, self._frame).tolist():
            self._painter.drawEllipse(QPointF(x, y), MIDDLE_PX, MIDDLE_PX)

    def _handles(self, places_px: Metres) -> None:
        painter, half = self._painter, HANDLE_PX / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour(self._style.blue), 1))
        painter.setBrush(colour(self._style.on_fill))
        corners = np.round(places_px) - half
        painter.drawRects([QRectF(x, y, HANDLE_PX, HANDLE_PX) for x, y in corners.tolist()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _held(self, held: HeldCorner, pixels: Metres, snapped: str) -> None:
        """A ring with cross hairs, what it snapped to, how far it went."""
        painter, style = self._painter, self._style
        x, y = pixels[held.corner].tolist()
        at = QPointF(x, y)
        painter.setPen(QPen(colour(style.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 13, 13)
        for step in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawLine(at + step * 9, at + step * 19)
        detail = f"{length_text(held.moved_m)} · {held.words}"
        draw_note(painter, at, snapped, detail, self._frame, style)

    def _line(self, drawn: Drawn) -> None:
        """The line that is being drawn."""
        painter, style = self._painter, self._style
        points = [self._pixel(*place) for place in drawn.line]
        painter.setPen(QPen(colour(style.blue), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(colour(style.blue), 1.4))
        painter.setBrush(colour(style.on_fill))
        for point in points:
            painter.drawRect(QRectF(point.x() - 4, point.y() - 4, 8, 8))
        if drawn.snapped and points:
            draw_note(painter, points[-1], drawn.snapped, "", self._frame, style)

    def _pixel(self, east_m: float, north_m: float) -> QPointF:
        x_m, y_m = east_m - float(self._origin_m[0]), north_m - float(self._origin_m[1])
        return self._frame.to_px(x_m, y_m)


def _draw_trouble(painter: QPainter, at: QPointF, style: MapStyle) -> None:
    painter.setPen(QPen(colour(style.red), 2.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, 11, 11)
    painter.drawLine(at + QPointF(-5, -5), at + QPointF(5, 5))
    painter.drawLine(at + QPointF(-5, 5), at + QPointF(5, -5))


def corners_of(sheet: Sheet, area_id: str) -> Numbers:
    for outline in sheet.outlines:
        if outline.area_id == area_id:
            return np.array([corner for ring in outline.rings for corner in ring], dtype=np.intp)
    return np.empty(0, dtype=np.intp)


def sides_of(sheet: Sheet, area_id: str) -> tuple[Numbers, Numbers]:
    rings = [np.array(ring) for ring in sheet.outline(area_id).rings]
    return np.concatenate(rings), np.concatenate([np.roll(ring, -1) for ring in rings])


def side_lengths(places: Metres, starts: Numbers, ends: Numbers) -> NDArray[np.float64]:
    along = places[ends] - places[starts]
    return np.asarray(np.hypot(along[:, 0], along[:, 1]))


def _inside(pixels: Metres, frame: Frame) -> Metres:
    x, y = pixels[:, 0], pixels[:, 1]
    seen = (x > -10) & (y > -10) & (x < frame.width_px + 10) & (y < frame.height_px + 10)
    return np.asarray(pixels[seen])
