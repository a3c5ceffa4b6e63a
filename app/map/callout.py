"""The box that names the selection, and its line to the place. Knows no geography."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.map.marks import MapSelection
from app.map.style import MapStyle, colour

PADDING_PX = 11.0
WIDEST_PX = 300.0
_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True, eq=False)
class Callout:
    """The two lines about the selection, laid out; `box` in logical pixels."""

    selection: MapSelection
    at: QPointF
    box: QRectF
    title_height_px: float

    def draw_leader(self, painter: QPainter, style: MapStyle) -> None:
        """The line from the box to the ring; nothing when the box stands on the place itself."""
        start = nearest_on(self.box, self.at)
        gap = math.hypot(start.x() - self.at.x(), start.y() - self.at.y())
        if gap > 25:
            painter.setPen(QPen(colour(style.blue), 1.5))
            painter.drawLine(start, self.at)

    def draw(self, painter: QPainter, style: MapStyle) -> None:
        """The box and its text, whole: long text wraps, it is never cut."""
        painter.setPen(QPen(colour(style.blue), 1.3))
        painter.setBrush(colour(style.ground))
        painter.drawRoundedRect(self.box, 3, 3)
        inner = self.box.adjusted(PADDING_PX, 6, -PADDING_PX + 2, -6)
        painter.setPen(colour(style.text))
        painter.setFont(_title_font(style))
        painter.drawText(inner, _WRAP, self.selection.title)
        painter.setPen(colour(style.text_secondary))
        painter.setFont(_detail_font(style))
        painter.drawText(
            inner.adjusted(0, self.title_height_px, 0, 0), _WRAP, self.selection.detail
        )


def lay_out_callout(
    selection: MapSelection,
    at: QPointF,
    area: QRectF,
    obstacles: Sequence[QRectF],
    style: MapStyle,
) -> Callout:
    """The callout where it covers least: up and left first, as the eye expects it."""
    room = QRectF(0, 0, min(WIDEST_PX * style.text_scale, area.width() - 40), 400)
    title = QFontMetricsF(_title_font(style)).boundingRect(room, _WRAP, selection.title)
    detail = QRectF()
    selection = replace(selection, detail=_broken(selection.detail, room.width(), style))
    if selection.detail:
        detail = QFontMetricsF(_detail_font(style)).boundingRect(room, _WRAP, selection.detail)
    width = math.ceil(max(title.width(), detail.width())) + 2 * PADDING_PX
    height = math.ceil(title.height()) + math.ceil(detail.height()) + 12
    boxes = _places(at, width, height, area)
    best = min(boxes, key=lambda box: covered(box, obstacles))
    return Callout(selection, at, best, math.ceil(title.height()))


def _broken(detail: str, room_px: float, style: MapStyle) -> str:
    """Its last part on a line of its own where all is too long for one: no dot ends a line."""
    if QFontMetricsF(_detail_font(style)).horizontalAdvance(detail) <= room_px:
        return detail
    return "\n".join(detail.rsplit(" · ", 1))


def covered(box: QRectF, obstacles: Sequence[QRectF]) -> float:
    """How many square pixels of the obstacles the box would hide."""
    hidden = (box.intersected(other) for other in obstacles)
    return sum(part.width() * part.height() for part in hidden)


def nearest_on(box: QRectF, at: QPointF) -> QPointF:
    """The point of the box nearest to `at`."""
    x = max(box.left(), min(at.x(), box.right()))
    y = max(box.top(), min(at.y(), box.bottom()))
    return QPointF(x, y)


def _places(at: QPointF, width: float, height: float, area: QRectF) -> list[QRectF]:
    """Near corners, sides, then farther off; the nearest first, all inside the picture."""
    x, y = at.x(), at.y()
    corners = (
        (x - width - 6, y - height - 52),
        (x + 24, y - height - 52),
        (x - width - 6, y + 52),
        (x + 24, y + 52),
        (x - width - 60, y - height / 2),
        (x + 60, y - height / 2),
        (x - width / 2, y - height - 90),
        (x - width / 2, y + 90),
        (x - width - 70, y - height - 90),
        (x - width - 70, y + 90),
        (x + 70, y - height - 90),
        (x + 70, y + 90),
    )
    places = []
    for left, top in corners:
        left = max(area.left() + 6, min(left, area.right() - 6 - width))
        top = max(area.top() + 6, min(top, area.bottom() - 6 - height))
        places.append(QRectF(left, top, width, height))
    return places


def _title_font(style: MapStyle) -> QFont:
    return style.font(14, QFont.Weight.Bold)


def _detail_font(style: MapStyle) -> QFont:
    return style.font(13)
