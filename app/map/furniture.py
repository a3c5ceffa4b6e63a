"""What stands on the glass, not on the ground: north, scale bar, notes, the empty state, focus."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from app.map.draw_ground import painting
from app.map.labels import draw_haloed
from app.map.style import MapStyle, colour
from app.thai.translation import Language, language, tr

if TYPE_CHECKING:
    from app.geo.basemap import Basemap

WIDEST_BAR_PX = 110.0
EDGE_PX = 14.0
HALO_PX = 3.0
BAR_TO_NOTE_PX = 8.0
BAR_SPARE_PX = 4.0  # its line and its halo reach beyond its ends
NORTH_PX = 34.0
EMPTY_CLEAR_PX = 250.0  # kept free at the right for the scale bar and its note


@dataclass(frozen=True, slots=True)
class Furniture:
    """What to say on the glass."""

    sample_areas: bool = False
    sample_ground: bool = False
    attribution: str = ""
    has_ground: bool = True  # until it has been looked for and not found
    focused: bool = False

    def on(self, basemap: Basemap | None) -> Furniture:
        """The same upon another base map, or upon none."""
        if basemap is None or basemap.is_empty:
            return replace(self, has_ground=False, attribution="", sample_ground=False)
        is_sample = basemap.sample and not basemap.pictures  # those have their own source
        attribution = basemap.attribution
        return replace(self, has_ground=True, attribution=attribution, sample_ground=is_sample)


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A round number of metres and its length on the screen."""

    metres: float
    length_px: float

    @property
    def text(self) -> str:
        if self.metres >= 1000:
            return tr("{distance} km", distance=f"{self.metres / 1000:g}")
        return tr("{distance} m", distance=f"{self.metres:g}")


def scale_bar(px_per_m: float) -> ScaleBar:
    """The longest of 1, 2, 5 × 10ⁿ metres that is not wider than the bar may be."""
    for power in range(6, -2, -1):
        for digit in (5, 2, 1):
            metres = digit * 10.0**power
            if metres * px_per_m <= WIDEST_BAR_PX:
                return ScaleBar(metres, metres * px_per_m)
    return ScaleBar(0.1, 0.1 * px_per_m)


def draw_furniture(
    painter: QPainter, size: QRectF, px_per_m: float, what: Furniture, style: MapStyle
) -> None:
    """Paint it over everything, in logical pixels."""
    draw_north(painter, QPointF(size.right() - 30, size.top() + 30), style)
    bottom = size.bottom() - 10
    if what.sample_areas:
        bottom = _draw_sample_note(painter, size, bottom, style) - BAR_TO_NOTE_PX
    draw_scale_bar(painter, QPointF(size.right() - EDGE_PX, bottom), scale_bar(px_per_m), style)
    said = what.sample_areas and what.sample_ground  # an invented map has no other source to name
    if what.attribution and not said:
        _draw_small(painter, QPointF(size.left() + 10, size.bottom() - 8), what.attribution, style)
    if not what.has_ground:
        _draw_empty(painter, size, style)
    if what.focused:
        painter.setPen(QPen(colour(style.blue), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(size.adjusted(1, 1, -1, -1))


def furniture_boxes(
    size: QRectF, px_per_m: float, what: Furniture, style: MapStyle
) -> tuple[QRectF, ...]:
    """What the furniture covers, so that names and tags keep clear of it."""
    where = (size.left(), size.top(), size.width(), size.height())
    return _boxes(where, px_per_m, what, style, language())


@lru_cache(maxsize=16)
def _boxes(
    where: tuple[float, float, float, float],
    px_per_m: float,
    what: Furniture,
    style: MapStyle,
    _language: Language,
) -> tuple[QRectF, ...]:
    """Reckoned once for as long as the map is only drawn to and fro."""
    size = QRectF(*where)
    metrics = QFontMetricsF(style.font(12))
    bar = scale_bar(px_per_m)
    width = bar.length_px + metrics.horizontalAdvance(bar.text) + 10
    height = 26.0 * style.text_scale
    if what.sample_areas:
        lines = _sample_lines(size, metrics, style)
        width = max(width, *(metrics.horizontalAdvance(line) for line in lines))
        height += BAR_TO_NOTE_PX + 16 * style.text_scale * len(lines)
    corner = QRectF(0, 0, width + EDGE_PX + 6, height + 8)
    corner.moveBottomRight(size.bottomRight())
    boxes = [QRectF(size.right() - 48, size.top() + 12, 36, 36), corner]
    left_text = what.attribution or ("" if what.has_ground else _empty_text())
    if left_text:
        room = max(120.0, size.width() - EMPTY_CLEAR_PX)
        count = len(wrap(left_text, metrics, room))
        tall = 17.0 * style.text_scale * count + 10
        wide = min(room, metrics.horizontalAdvance(left_text)) + 14
        boxes.append(QRectF(size.left(), size.bottom() - tall, wide, tall))
    return tuple(boxes)


def draw_north(painter: QPainter, at: QPointF, style: MapStyle) -> None:
    """Grid north; the letter is the surveyor's own in every language. Traced once."""
    dpr = painter.device().devicePixelRatioF()
    half = QPointF(NORTH_PX / 2, NORTH_PX / 2)
    painter.drawImage(_snapped(at - half, dpr), _north_picture(style, dpr))


@lru_cache(maxsize=8)
def _north_picture(style: MapStyle, dpr: float) -> QImage:
    image = _clear_picture(NORTH_PX, NORTH_PX, dpr)
    with painting(image) as painter:
        _trace_north(painter, QPointF(NORTH_PX / 2, NORTH_PX / 2), style)
    return image


def _trace_north(painter: QPainter, at: QPointF, style: MapStyle) -> None:
    painter.setPen(QPen(colour(style.tag_border), 1))
    painter.setBrush(colour(style.ground))
    painter.drawEllipse(at, 15, 15)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(style.text))
    corners = (QPointF(0, -11), QPointF(4, 1), QPointF(0, -1.5), QPointF(-4, 1))
    painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    font = style.font(9, QFont.Weight.Bold)
    font.setPixelSize(9)
    painter.setFont(font)
    painter.setPen(colour(style.text))
    painter.drawText(QRectF(at.x() - 8, at.y(), 16, 13), Qt.AlignmentFlag.AlignCenter, "N")


def draw_scale_bar(painter: QPainter, right_end: QPointF, bar: ScaleBar, style: MapStyle) -> None:
    """The bar with its length to the right, its baseline on `right_end`. Traced once a scale."""
    dpr = painter.device().devicePixelRatioF()
    image = _bar_picture(bar, bar.text, style, dpr)
    corner = right_end + QPointF(BAR_SPARE_PX, BAR_SPARE_PX)
    size = QPointF(image.width(), image.height()) / dpr
    painter.drawImage(_snapped(corner - size, dpr), image)


@lru_cache(maxsize=32)
def _bar_picture(bar: ScaleBar, text: str, style: MapStyle, dpr: float) -> QImage:
    """The bar in the lower right corner of a picture, with a little room around it."""
    metrics = QFontMetricsF(style.font(12))
    width = bar.length_px + metrics.horizontalAdvance(text) + 6
    height = metrics.height() + 2 * HALO_PX
    image = _clear_picture(width + 2 * BAR_SPARE_PX, height + BAR_SPARE_PX, dpr)
    size = QPointF(image.width(), image.height()) / dpr
    with painting(image) as painter:
        _trace_bar(painter, size - QPointF(BAR_SPARE_PX, BAR_SPARE_PX), bar, text, style)
    return image


def _trace_bar(
    painter: QPainter, right_end: QPointF, bar: ScaleBar, text: str, style: MapStyle
) -> None:
    right = right_end.x() - QFontMetricsF(style.font(12)).horizontalAdvance(text) - 6
    left, y = right - bar.length_px, right_end.y() - 6
    path = QPainterPath(QPointF(left, y - 6))
    path.lineTo(left, y)
    path.lineTo(right, y)
    path.lineTo(right, y - 6)
    path.moveTo((left + right) / 2, y - 3)
    path.lineTo((left + right) / 2, y)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(style.land, 0.8), 3.5))
    painter.drawPath(path)
    painter.setPen(QPen(colour(style.text_secondary), 1.2))
    painter.drawPath(path)
    _draw_small(painter, QPointF(right + 6, right_end.y() - 2), text, style, style.text_secondary)


def _draw_sample_note(painter: QPainter, size: QRectF, bottom: float, style: MapStyle) -> float:
    """The warning that these boundaries are invented; gives back its top edge."""
    metrics = QFontMetricsF(style.font(12))
    for line in reversed(_sample_lines(size, metrics, style)):
        at = QPointF(size.right() - EDGE_PX - metrics.horizontalAdvance(line), bottom - 3)
        _draw_small(painter, at, line, style)
        bottom -= 16 * style.text_scale
    return bottom


def _sample_lines(size: QRectF, metrics: QFontMetricsF, style: MapStyle) -> list[str]:
    room = 120 * style.text_scale if size.width() < 900 else size.width() - 2 * EDGE_PX
    return wrap(tr("Sample boundaries, not the real ones"), metrics, room)


def wrap(text: str, metrics: QFontMetricsF, room_px: float) -> list[str]:
    """Lines broken at spaces only: a Thai phrase is never split inside."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > room_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _empty_text() -> str:
    return tr("No base map yet. Bring one in Setup › Map.")


def _draw_empty(painter: QPainter, size: QRectF, style: MapStyle) -> None:
    """One small line at the foot, clear of the zones: what is missing and what to do."""
    metrics = QFontMetricsF(style.font(12))
    lines = wrap(_empty_text(), metrics, max(120.0, size.width() - EMPTY_CLEAR_PX))
    y = size.bottom() - 8 - (len(lines) - 1) * 17 * style.text_scale
    for line in lines:
        _draw_small(painter, QPointF(size.left() + 10, y), line, style, style.text_secondary)
        y += 17 * style.text_scale


def _draw_small(
    painter: QPainter, baseline: QPointF, text: str, style: MapStyle, ink: str | None = None
) -> None:
    """Hint-sized text with a halo of land, its outlines traced once and not at every paint."""
    dpr = painter.device().devicePixelRatioF()
    image = _small_picture(text, style.font(12).toString(), ink or style.text_hint, style.land, dpr)
    ascent = QFontMetricsF(style.font(12)).ascent()
    corner = baseline - QPointF(HALO_PX, ascent + HALO_PX)
    painter.drawImage(_snapped(corner, dpr), image)


def _snapped(at: QPointF, dpr: float) -> QPointF:
    """The nearest whole device pixel: a picture between two of them would be blurred."""
    return QPointF(round(at.x() * dpr), round(at.y() * dpr)) / dpr


@lru_cache(maxsize=64)
def _small_picture(text: str, font_key: str, ink: str, halo: str, dpr: float) -> QImage:
    font = QFont()
    font.fromString(font_key)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 2 * HALO_PX, metrics.height() + 2 * HALO_PX
    image = _clear_picture(width, height, dpr)
    path = QPainterPath()
    path.addText(QPointF(HALO_PX, metrics.ascent() + HALO_PX), font, text)
    with painting(image) as painter:
        draw_haloed(painter, path, ink, halo, HALO_PX)
    return image


def _clear_picture(width_px: float, height_px: float, dpr: float) -> QImage:
    size = (math.ceil(width_px * dpr), math.ceil(height_px * dpr))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    return image
