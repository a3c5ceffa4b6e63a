"""The grid on paper: its lines where the projection puts them, their figures along the edges."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.geo.coordinates import LatLon, as_mgrs, zone_of
from app.map.frame import Frame
from app.map.grid_lines import grid_step_m
from app.map.letters import outline
from app.map.paper.layers import on_paper
from app.map.paper.order import PX_MM, PaperMapOrder
from app.map.style import MapStyle, colour
from app.sheets.map_on_paper import GridKind, GridLine

LINE_PX = 0.6  # 0.12 mm
_OPACITY = 0.5
_FIGURE_PX, _SMALL_PX = 10, 7
_BOX_HEIGHT_PX = 13.0
_EDGE_PX = 3.0
_NORTHERN_UTM = re.compile(r"326(\d\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A line's number, in a box of its own at the sheet's edge."""

    box: QRectF
    letters: QPainterPath


def grid_of(order: PaperMapOrder) -> tuple[GridLine, ...]:
    """The lines on the sheet, from west to east and from south to north."""
    frame = order.frame
    step_m = grid_step_m(frame.px_per_m)
    east_0, north_0 = order.origin_m.tolist()
    lines = []
    for east in _multiples(frame.left_m + east_0, frame.width_m, step_m):
        at_px = frame.to_px(east - east_0, 0.0).x()
        lines.append(GridLine(True, round(east), at_px * PX_MM))
    for north in _multiples(frame.bottom_m + north_0, frame.height_m, step_m):
        at_px = frame.to_px(0.0, north - north_0).y()
        lines.append(GridLine(False, round(north), at_px * PX_MM))
    return tuple(lines)


def grid_name(order: PaperMapOrder) -> str:
    """`UTM 48N (WGS 84)`, `MGRS 48Q VD`: which grid the lines are of."""
    zone = _zone(order.projection.epsg)
    if zone is None:
        return f"EPSG:{order.projection.epsg}"
    if order.grid is GridKind.MGRS:
        squares = _squares(order, zone)
        if squares:
            return f"MGRS {', '.join(squares)}"
    return f"UTM {zone}N (WGS 84)"


def draw_grid(
    painter: QPainter, frame: Frame, lines: tuple[GridLine, ...], style: MapStyle
) -> None:
    """All lines, across the whole sheet."""
    line = on_paper(QPen(colour(style.label, _OPACITY), LINE_PX))
    line.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    for one in lines:
        at_px = one.at_mm / PX_MM
        if one.is_easting:
            path.moveTo(at_px, 0.0)
            path.lineTo(at_px, frame.height_px)
        else:
            path.moveTo(0.0, at_px)
            path.lineTo(frame.width_px, at_px)
    painter.drawPath(path)


def grid_figures(
    frame: Frame,
    lines: tuple[GridLine, ...],
    kind: GridKind,
    taken: list[QRectF],
    style: MapStyle,
) -> list[Figure]:
    """Eastings along the upper edge, northings along the left; none upon what is `taken`."""
    figures: list[Figure] = []
    for line in lines:
        letters, width_px = _letters(line, kind, style)
        box = QRectF(0.0, 0.0, width_px + 2 * _EDGE_PX, _BOX_HEIGHT_PX)
        at_px = line.at_mm / PX_MM
        if line.is_easting:
            box.moveCenter(QPointF(at_px, _EDGE_PX + _BOX_HEIGHT_PX / 2))
        else:
            box.moveCenter(QPointF(_EDGE_PX + box.width() / 2, at_px))
        others = [*taken, *(figure.box for figure in figures)]
        if frame.size_px.contains(box) and not any(box.intersects(other) for other in others):
            letters.translate(box.left() + _EDGE_PX, box.center().y() + 3.5)
            figures.append(Figure(box, letters))
    return figures


def draw_figures(painter: QPainter, figures: list[Figure], style: MapStyle) -> None:
    """Each on a light box, so that what lies under it does not make it another number."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(style.ground, 0.85))
    for figure in figures:
        painter.drawRect(figure.box)
    painter.setBrush(colour(style.text))
    for figure in figures:
        painter.drawPath(figure.letters)


def _letters(line: GridLine, kind: GridKind, style: MapStyle) -> tuple[QPainterPath, float]:
    """The number with the figures that count large, as surveyors write it: ⁴702⁰⁰."""
    figures = f"{line.metres:d}"
    far, near, metres = figures[:-5], figures[-5:-2], figures[-2:]
    pieces = [(far, _SMALL_PX), (near, _FIGURE_PX), (metres, _SMALL_PX)]
    if kind is GridKind.MGRS:  # the square's letters stand for what lies before
        pieces = pieces[1:] if metres != "00" else pieces[1:2]
    pieces.append(("E" if line.is_easting else "N", _SMALL_PX))
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    x = 0.0
    for text, size_px in pieces:
        if text:
            font = style.font(size_px, QFont.Weight.Medium)
            path.addPath(outline(text, font, QPointF(x, 0.0)))
            x += QFontMetricsF(font).horizontalAdvance(text)
    return path, x


def _squares(order: PaperMapOrder, zone: int) -> list[str]:
    """The 100 km squares of the sheet's corners, `48Q VD`; none outside the grid's own zone."""
    seen = order.frame.rect_m
    corners = ((x, y) for x in (seen.left(), seen.right()) for y in (seen.top(), seen.bottom()))
    places = [LatLon(*order.ground.degrees(x, y)) for x, y in corners]
    if any(zone_of(place) != zone for place in places):
        return []
    return list(dict.fromkeys(as_mgrs(place)[:6] for place in places))


def _zone(epsg: int) -> int | None:
    found = _NORTHERN_UTM.fullmatch(str(epsg))
    return int(found[1]) if found else None


def _multiples(start_m: float, length_m: float, step_m: float) -> list[float]:
    first, last = math.ceil(start_m / step_m), math.floor((start_m + length_m) / step_m)
    return [number * step_m for number in range(first, last + 1)]
