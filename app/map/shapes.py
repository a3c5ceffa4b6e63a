"""The state marks of the map: one shape for each state, drawn at a pixel. Knows no geography."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from app.map.labels import write_centred
from app.map.marks import CameraLook, UnitLook, Urgency
from app.map.style import MapStyle, colour

INCIDENT_RADIUS_PX = 10.0
CAMERA_RADIUS_PX = 9.0
RANK_RADIUS_PX = 11.0


def draw_incident(
    painter: QPainter, at: QPointF, urgency: Urgency, style: MapStyle, radius: float
) -> None:
    """A diamond with ! (act now), a clock (watch), a dot (in hand) or a tick (closed)."""
    edge, fill = incident_ink(urgency, style)
    painter.setPen(_line(edge, 1.5))
    painter.setBrush(colour(fill))
    painter.drawPolygon(_diamond(at, radius))
    small = radius / INCIDENT_RADIUS_PX
    if urgency is Urgency.ACT_NOW:
        _exclamation(painter, at, 1.05 * small, style.on_fill)
    elif urgency is Urgency.WATCH:
        _clock(painter, at, small, style.amber)
    elif urgency is Urgency.IN_HAND:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(style.text))
        painter.drawEllipse(at, 2.2 * small, 2.2 * small)
    else:
        _tick(painter, at, small, style.text_hint)


def incident_ink(urgency: Urgency, style: MapStyle) -> tuple[str, str]:
    """Edge and fill of an incident's mark."""
    return {
        Urgency.ACT_NOW: (style.red, style.red_fill),
        Urgency.WATCH: (style.amber, style.amber_tint),
        Urgency.IN_HAND: (style.text_secondary, style.ground),
        Urgency.CLOSED: (style.text_hint, style.ground),
    }[urgency]


def draw_selected_incident(
    painter: QPainter, at: QPointF, urgency: Urgency | None, style: MapStyle
) -> None:
    """The chosen place: a blue ring, and its diamond a little larger in a light frame."""
    painter.setPen(_line(style.blue, 2.0))
    painter.setBrush(colour(style.blue, 0.18))
    painter.drawEllipse(at, 25.0, 25.0)
    if urgency is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(style.text))
    painter.drawPolygon(_diamond(at, 14.5))
    draw_incident(painter, at, urgency, style, 12.5)


def draw_camera(
    painter: QPainter, at: QPointF, look: CameraLook, bearing_deg: float, style: MapStyle
) -> None:
    """A disc with what ails the camera, or its lens, and a small arrow the way it looks."""
    ink = camera_ink(look, style)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawPolygon(pointer(at, bearing_deg, CAMERA_RADIUS_PX))
    painter.setPen(_line(ink, 1.5))
    painter.setBrush(colour(style.ground))
    painter.drawEllipse(at, CAMERA_RADIUS_PX, CAMERA_RADIUS_PX)
    {
        CameraLook.LIVE: _film_camera,
        CameraLook.LATE: _late,
        CameraLook.LOST: _cross,
        CameraLook.PASSWORD: _key,
        CameraLook.CONNECTING: _open_ring,
    }[look](painter, at, ink)


def draw_camera_dot(painter: QPainter, at: QPointF, look: CameraLook, style: MapStyle) -> None:
    """A camera from far away: what ails it is still told by shape, not by colour alone."""
    painter.setPen(_line(camera_ink(look, style), 1.5))
    painter.setBrush(colour(style.ground))
    if look is CameraLook.LIVE:
        painter.drawEllipse(at, 3.0, 3.0)
    elif look is CameraLook.LOST:
        _cross(painter, at, camera_ink(look, style))
    else:
        painter.drawPolygon(_diamond(at, 4.0))


def camera_ink(look: CameraLook, style: MapStyle) -> str:
    """The colour a camera's mark is drawn in."""
    return {
        CameraLook.LIVE: style.text,
        CameraLook.LATE: style.amber,
        CameraLook.LOST: style.red,
        CameraLook.PASSWORD: style.amber,
        CameraLook.CONNECTING: style.text_hint,
    }[look]


def draw_rank(painter: QPainter, at: QPointF, rank: int, style: MapStyle) -> None:
    """The numbered blue disc of a camera that sees the selection: the number joins the panes."""
    painter.setPen(_line(style.on_fill, 1.5))
    painter.setBrush(colour(style.blue_fill))
    painter.drawEllipse(at, RANK_RADIUS_PX, RANK_RADIUS_PX)
    font = style.font(13, QFont.Weight.Bold)
    font.setPixelSize(13 if rank < 10 else 11)  # the disc does not grow with the text
    box = QRectF(at.x() - 12, at.y() - 12, 24, 24)
    write_centred(painter, box, str(rank), font, style.on_fill)


def draw_unit_state(
    painter: QPainter, at: QPointF, look: UnitLook, heading_deg: float | None, style: MapStyle
) -> None:
    """Dot (free), arrow head turned to its heading (on the way), square (on scene), cup."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(unit_ink(look, style)))
    if look is UnitLook.FREE:
        painter.drawEllipse(at, 4.0, 4.0)
    elif look is UnitLook.ON_THE_WAY:
        painter.drawPolygon(_arrow_head(at, heading_deg or 0.0))
    elif look is UnitLook.ON_SCENE:
        painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))
    else:
        _cup(painter, at, unit_ink(look, style))


def unit_ink(look: UnitLook, style: MapStyle) -> str:
    """The colour of a unit's state mark."""
    return {
        UnitLook.FREE: style.green_state,
        UnitLook.ON_THE_WAY: style.blue,
        UnitLook.ON_SCENE: style.text,
        UnitLook.RESTING: style.text_hint,
    }[look]


def _line(name: str, width: float) -> QPen:
    pen = QPen(QColor(name), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _diamond(at: QPointF, radius: float) -> QPolygonF:
    x, y = at.x(), at.y()
    return QPolygonF(
        [
            QPointF(x, y - radius),
            QPointF(x + radius, y),
            QPointF(x, y + radius),
            QPointF(x - radius, y),
        ]
    )


def _turned(at: QPointF, bearing_deg: float, forward: float, sideways: float) -> QPointF:
    """The pixel `forward` along a bearing from `at`, and `sideways` to its right."""
    east, north = math.sin(math.radians(bearing_deg)), math.cos(math.radians(bearing_deg))
    return QPointF(
        at.x() + forward * east + sideways * north, at.y() - forward * north + sideways * east
    )


def pointer(at: QPointF, bearing_deg: float, radius: float) -> QPolygonF:
    """A small arrow on the rim of a disc, the way of a bearing."""
    return QPolygonF(
        [
            _turned(at, bearing_deg, radius + 5.5, 0),
            _turned(at, bearing_deg, radius - 1, 5),
            _turned(at, bearing_deg, radius - 1, -5),
        ]
    )


def _arrow_head(at: QPointF, heading_deg: float) -> QPolygonF:
    corners = ((6.0, 0.0), (-5.0, 4.5), (-2.5, 0.0), (-5.0, -4.5))
    return QPolygonF([_turned(at, heading_deg, forward, side) for forward, side in corners])


def _exclamation(painter: QPainter, at: QPointF, size: float, ink: str) -> None:
    painter.setPen(_line(ink, 2.2 * size))
    painter.drawLine(at + QPointF(0, -4.5 * size), at + QPointF(0, 0.8 * size))
    painter.drawPoint(at + QPointF(0, 4.4 * size))


def _clock(painter: QPainter, at: QPointF, size: float, ink: str) -> None:
    painter.setPen(_line(ink, 1.5 * size))
    painter.drawLine(at + QPointF(0, -4 * size), at)
    painter.drawLine(at, at + QPointF(2.8 * size, 1.8 * size))


def _tick(painter: QPainter, at: QPointF, size: float, ink: str) -> None:
    painter.setPen(_line(ink, 1.5 * size))
    corners = [QPointF(-3.2, 0.2), QPointF(-0.8, 2.6), QPointF(3.4, -2.4)]
    painter.drawPolyline(QPolygonF([at + corner * size for corner in corners]))


def _film_camera(painter: QPainter, at: QPointF, ink: str) -> None:
    x, y = at.x(), at.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawRoundedRect(QRectF(x - 5, y - 3, 6.5, 6), 1.2, 1.2)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(x + 2, y - 0.6),
                QPointF(x + 5, y - 3),
                QPointF(x + 5, y + 3),
                QPointF(x + 2, y + 0.6),
            ]
        )
    )


def _late(painter: QPainter, at: QPointF, ink: str) -> None:
    _exclamation(painter, at, 0.95, ink)


def _cross(painter: QPainter, at: QPointF, ink: str) -> None:
    painter.setPen(_line(ink, 1.8))
    for side in (-3.2, 3.2):
        painter.drawLine(at + QPointF(-3.2, side), at + QPointF(3.2, -side))


def _key(painter: QPainter, at: QPointF, ink: str) -> None:
    painter.setPen(_line(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at + QPointF(-2.6, 0), 2.2, 2.2)
    painter.drawLine(at + QPointF(-0.4, 0), at + QPointF(5, 0))
    painter.drawLine(at + QPointF(2.6, 0), at + QPointF(2.6, 2.2))
    painter.drawLine(at + QPointF(5, 0), at + QPointF(5, 2.2))


def _open_ring(painter: QPainter, at: QPointF, ink: str) -> None:
    painter.setPen(_line(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(at.x() - 4, at.y() - 4, 8, 8), 60 * 16, 270 * 16)


def _cup(painter: QPainter, at: QPointF, ink: str) -> None:
    x, y = at.x(), at.y()
    painter.setPen(_line(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(x - 4, y - 3),
                QPointF(x - 3, y + 4),
                QPointF(x + 2, y + 4),
                QPointF(x + 3, y - 3),
                QPointF(x - 4, y - 3),
            ]
        )
    )
    painter.drawArc(QRectF(x + 0.8, y - 2, 4.5, 4.5), -90 * 16, 180 * 16)
