"""What stands on the printed map itself: scale bar, north, where it comes from, its frame.

A sheet is Thai, whatever the screens speak.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.errors import msg
from app.map.frame import Frame
from app.map.labels import draw_haloed, write_centred
from app.map.letters import outline
from app.map.paper.order import PX_MM, PaperMapOrder
from app.map.style import MapStyle, colour
from app.sheets.map_on_paper import PaperBar
from app.thai.digits import to_thai
from app.thai.translation import Language, say

EDGE_PX = 7.0
FRAME_PX = 1.5  # 0.3 mm
BAR_HEIGHT_PX = 6.0
TRUE_NORTH_FROM_DEG = 0.5  # less cannot be drawn beside the grid's north
_LONGEST_BAR_MM = 50.0
_BAR_SHARE = 0.4  # of the sheet's width
_INSIDE_PX = 0.75
_NOTE_PX = 9
_NORTH_BOX = (26.0, 40.0)


@dataclass(frozen=True, slots=True)
class Furniture:
    """Where everything stands, in the sheet's pixels, and what it says."""

    bar: PaperBar
    bar_box: QRectF
    north_box: QRectF
    true_north_deg: float
    note: str
    note_box: QRectF
    thai_digits: bool

    @property
    def boxes(self) -> list[QRectF]:
        """What no name and no figure may stand upon."""
        return [self.bar_box, self.north_box, *([self.note_box] if self.note else [])]


def furnish(order: PaperMapOrder) -> Furniture:
    """The furniture of a sheet: the bar at the lower right, north at the upper right, the note at
    the lower left."""
    frame, style = order.frame, order.style
    metres = bar_metres(order.scale, frame.width_px * PX_MM)
    length_px = metres * 1000.0 / order.scale / PX_MM
    last_px = QFontMetricsF(_figure_font(style)).horizontalAdvance(_metres(metres)) / 2
    box = QRectF(0, 0, length_px + last_px + 28, 2 * BAR_HEIGHT_PX + 19)
    box.moveBottomRight(QPointF(frame.width_px - EDGE_PX, frame.height_px - EDGE_PX))
    bar = PaperBar(
        metres=metres,
        left_mm=(box.left() + 10) * PX_MM,
        top_mm=(box.bottom() - 6 - BAR_HEIGHT_PX) * PX_MM,
        length_mm=length_px * PX_MM,
        height_mm=BAR_HEIGHT_PX * PX_MM,
    )
    north = QRectF(frame.width_px - EDGE_PX - _NORTH_BOX[0], EDGE_PX, *_NORTH_BOX)
    note = _note(order, room_px=box.left() - 2 * EDGE_PX)
    metrics = QFontMetricsF(_note_font(style))
    note_box = QRectF(0, 0, metrics.horizontalAdvance(note) + 6, metrics.height())
    note_box.moveBottomLeft(QPointF(EDGE_PX - 3, frame.height_px - 3))
    true_north_deg = order.factors.true_north_deg
    return Furniture(bar, box, north, true_north_deg, note, note_box, order.thai_digits)


def bar_metres(scale: int, width_mm: float) -> float:
    """The longest of 1, 2, 5 × 10ⁿ metres of ground that the bar has room for."""
    most_m = min(_LONGEST_BAR_MM, width_mm * _BAR_SHARE) / 1000.0 * scale
    power = 10.0 ** math.floor(math.log10(most_m))
    return next(digit * power for digit in (5.0, 2.0, 1.0) if digit * power <= most_m * 1.000001)


def draw_furniture(painter: QPainter, what: Furniture, style: MapStyle) -> None:
    """All of it but the frame."""
    _draw_bar(painter, what, style)
    _draw_north(painter, what, style)
    if what.note:
        font = _note_font(style)
        baseline = what.note_box.top() + QFontMetricsF(font).ascent()
        path = outline(what.note, font, QPointF(what.note_box.left() + 3, baseline))
        draw_haloed(painter, path, style.text_secondary, style.land, 2.4)


def draw_frame(painter: QPainter, frame: Frame, style: MapStyle) -> None:
    """A line just inside the sheet's edge."""
    half = FRAME_PX / 2
    line = QPen(colour(style.text), FRAME_PX)
    line.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame.size_px.adjusted(half, half, -half, -half))


def _draw_box(painter: QPainter, box: QRectF, style: MapStyle) -> None:
    painter.setPen(QPen(colour(style.tag_border), 0.6))
    painter.setBrush(colour(style.ground))
    painter.drawRect(box)


def _draw_bar(painter: QPainter, what: Furniture, style: MapStyle) -> None:
    """Fills only, so that the bar is as long as it says from outer edge to outer edge."""
    _draw_box(painter, what.bar_box, style)
    bar = what.bar
    left, top = bar.left_mm / PX_MM, bar.top_mm / PX_MM
    length, height = bar.length_mm / PX_MM, bar.height_mm / PX_MM
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(style.text))
    painter.drawRect(QRectF(left, top, length, height))
    painter.setBrush(colour(style.ground))
    white = QRectF(left + length / 2, top, length / 2, height)
    painter.drawRect(white.adjusted(0, _INSIDE_PX, -_INSIDE_PX, -_INSIDE_PX))
    font = _figure_font(style)
    for share, text in ((0.0, "0"), (0.5, f"{bar.metres / 2:g}"), (1.0, _metres(bar.metres))):
        at = QRectF(left + share * length - 30, top - 15, 60, 14)
        said = to_thai(text) if what.thai_digits else text
        write_centred(painter, at, said, font, style.text)


def _draw_north(painter: QPainter, what: Furniture, style: MapStyle) -> None:
    """An arrow up the grid; beside it a thin line to true north where that is another way."""
    _draw_box(painter, what.north_box, style)
    tip = QPointF(what.north_box.center().x(), what.north_box.top() + 4)
    corners = (QPointF(0, 0), QPointF(6.5, 21), QPointF(0, 17), QPointF(-6.5, 21))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(style.text))
    painter.drawPolygon(QPolygonF([tip + corner for corner in corners]))
    if abs(what.true_north_deg) >= TRUE_NORTH_FROM_DEG:
        foot, turn = tip + QPointF(0, 21), math.radians(what.true_north_deg)
        painter.setPen(QPen(colour(style.red), 0.8))
        painter.drawLine(foot, foot + QPointF(math.sin(turn), -math.cos(turn)) * 21)
    letter = QRectF(what.north_box.left(), tip.y() + 20, what.north_box.width(), 16)
    font = style.font(11, QFont.Weight.Bold)
    write_centred(painter, letter, say(msg("N"), Language.THAI), font, style.text)


def _note(order: PaperMapOrder, room_px: float) -> str:
    """Where the map comes from, and what is invented; cut where the room ends."""
    basemap = order.basemap
    sample = any(area.sample for area in order.scene.areas)
    said = []
    if sample:
        said.append(say(msg("Sample boundaries, not the real ones"), Language.THAI))
    if basemap is None or basemap.is_empty:
        said.append(say(msg("Without a base map"), Language.THAI))
    elif basemap.attribution and (basemap.pictures or not (sample and basemap.sample)):
        said.append(basemap.attribution)  # an invented map has no other source to name
    text = " · ".join(said)
    metrics = QFontMetricsF(_note_font(order.style))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room_px, 40.0))


def _metres(metres: float) -> str:
    return say(msg("{distance} m", distance=f"{metres:g}"), Language.THAI)


def _figure_font(style: MapStyle) -> QFont:
    return style.font(10, QFont.Weight.Medium)


def _note_font(style: MapStyle) -> QFont:
    return style.font(_NOTE_PX)
