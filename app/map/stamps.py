"""Marks drawn once and pressed many times: a tenth of the cost of drawing each. Knows no places."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPen

from app.map.draw_ground import painting
from app.map.marks import CameraLook, Urgency
from app.map.shapes import (
    INCIDENT_RADIUS_PX,
    draw_camera,
    draw_camera_dot,
    draw_incident,
    incident_ink,
)
from app.map.style import MapStyle, colour

SIDE_PX = 34  # a camera's disc with its pointer fits at every bearing
_BEARING_STEP_DEG = 5  # less than an eye tells on nine pixels


@lru_cache(maxsize=16)
def incident_stamp(urgency: Urgency, style: MapStyle, dpr: float) -> QImage:
    """One incident's diamond, its middle in the middle."""
    middle = QPointF(SIDE_PX / 2, SIDE_PX / 2)
    return _stamp(
        dpr, lambda painter: draw_incident(painter, middle, urgency, style, INCIDENT_RADIUS_PX)
    )


def camera_stamp(look: CameraLook, bearing_deg: float, style: MapStyle, dpr: float) -> QImage:
    """One camera's disc, its pointer to the nearest five degrees."""
    step = round(bearing_deg / _BEARING_STEP_DEG) * _BEARING_STEP_DEG % 360
    return _camera_stamp(look, step, style, dpr)


@lru_cache(maxsize=512)
def _camera_stamp(look: CameraLook, bearing_deg: int, style: MapStyle, dpr: float) -> QImage:
    middle = QPointF(SIDE_PX / 2, SIDE_PX / 2)
    return _stamp(dpr, lambda painter: draw_camera(painter, middle, look, bearing_deg, style))


@lru_cache(maxsize=16)
def camera_dot_stamp(look: CameraLook, style: MapStyle, dpr: float) -> QImage:
    """A camera from far away."""
    middle = QPointF(SIDE_PX / 2, SIDE_PX / 2)
    return _stamp(dpr, lambda painter: draw_camera_dot(painter, middle, look, style))


def cluster_text(count: int) -> str:
    """`87`, `1.2k`: never wider than four figures."""
    return str(count) if count < 1000 else f"{count / 1000:.1f}k"


@lru_cache(maxsize=1024)
def cluster_stamp(text: str, urgency: Urgency, style: MapStyle, dpr: float) -> QImage:
    """Several incidents: a box with their number, edged as the loudest of them."""
    font = style.font(12, QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    width = max(26.0, metrics.horizontalAdvance(text) + 14)
    height = max(22.0, metrics.height() + 4)
    box = QRectF(2, 2, width, height)

    def draw(painter: QPainter) -> None:
        edge, fill = incident_ink(urgency, style)
        painter.setPen(QPen(colour(edge), 2.2 if urgency is Urgency.ACT_NOW else 1.4))
        painter.setBrush(colour(fill))
        painter.drawRoundedRect(box, 7, 7)
        painter.setFont(font)
        painter.setPen(colour(style.on_fill if urgency is Urgency.ACT_NOW else style.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    return _stamp(dpr, draw, round(width + 4.49), round(height + 4.49))


def press(painter: QPainter, stamp: QImage, x_px: float, y_px: float) -> None:
    """The stamp, its middle at a pixel."""
    scale = stamp.devicePixelRatio()
    painter.drawImage(
        QPointF(x_px - stamp.width() / scale / 2, y_px - stamp.height() / scale / 2), stamp
    )


def _stamp(
    dpr: float,
    draw: Callable[[QPainter], None],
    width_px: int = SIDE_PX,
    height_px: int = SIDE_PX,
) -> QImage:
    size = (round(width_px * dpr), round(height_px * dpr))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    with painting(image) as painter:
        draw(painter)
    return image
