"""A small box with a line or two beside a place: what a tool says about it. Knows no geography."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.map.frame import Frame
from app.map.live import into
from app.map.style import MapStyle, colour


def draw_note(
    painter: QPainter, at: QPointF, title: str, detail: str, frame: Frame, style: MapStyle
) -> None:
    """A small box beside a place: a line in bold, a line under it."""
    lines = [(title, style.font(13, QFont.Weight.DemiBold), style.text)] if title else []
    if detail:
        lines.append((detail, style.font(12), style.text_secondary))
    if not lines:
        return
    metrics = [QFontMetricsF(font) for _, font, _ in lines]
    width = max(m.horizontalAdvance(text) for m, (text, _, _) in zip(metrics, lines, strict=True))
    height = sum(m.height() for m in metrics)
    box = into(QRectF(at.x() + 22, at.y() + 16, width + 18, height + 10), frame.size_px)
    painter.setPen(QPen(colour(style.tag_border), 1.2))
    painter.setBrush(colour(style.ground))
    painter.drawRoundedRect(box, 3, 3)
    top = box.top() + 5
    for m, (text, font, ink) in zip(metrics, lines, strict=True):
        painter.setFont(font)
        painter.setPen(colour(ink))
        painter.drawText(QPointF(box.left() + 9, top + m.ascent()), text)
        top += m.height()
