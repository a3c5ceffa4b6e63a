"""What is drawn anew at every paint: the selection, the units, the pin. Knows no log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.map.callout import Callout, lay_out_callout
from app.map.draw_names import Name
from app.map.frame import Frame
from app.map.free_names import AreaWords, draw_free_names
from app.map.marks import MapSelection, Metres, UnitLook, UnitMark
from app.map.paths import polygon_path
from app.map.scene import PlacedCameras
from app.map.shapes import (
    INCIDENT_RADIUS_PX,
    RANK_RADIUS_PX,
    draw_rank,
    draw_selected_incident,
    draw_unit_state,
    unit_ink,
)
from app.map.standing import NOTHING_STANDS, Standing
from app.map.style import MapStyle, colour, pen

TAG_HEIGHT_PX = 23.0
TAG_RADIUS_PX = 3.0


@dataclass(frozen=True, slots=True)
class SeeingCamera:
    """A camera that sees the selection: its rank from 1, place and view, in local metres."""

    rank: int
    at_m: tuple[float, float]
    view: QPainterPath | None


def seeing_cameras(cameras: PlacedCameras, camera_ids: Sequence[str]) -> tuple[SeeingCamera, ...]:
    """Those of the map that see the selection, in order of rank."""
    index_of = {mark.id: index for index, mark in enumerate(cameras.marks)}
    return tuple(
        SeeingCamera(
            rank,
            (float(cameras.at[index_of[id_], 0]), float(cameras.at[index_of[id_], 1])),
            _view_path(cameras.views[index_of[id_]]),
        )
        for rank, id_ in enumerate(camera_ids, start=1)
        if id_ in index_of
    )


def _view_path(view_m: Metres | None) -> QPainterPath | None:
    return polygon_path([view_m]) if view_m is not None and len(view_m) > 2 else None


@dataclass(frozen=True, slots=True)
class LiveMarks:
    """Everything that is drawn live, in local metres. Replaced whole at every change."""

    selection: MapSelection | None = None
    selected_at_m: tuple[float, float] = (0.0, 0.0)
    seeing: tuple[SeeingCamera, ...] = ()
    units: tuple[tuple[UnitMark, tuple[float, float]], ...] = ()
    pin_at_m: tuple[float, float] | None = None
    pin_caption: str = ""


def draw_live(
    painter: QPainter,
    frame: Frame,
    marks: LiveMarks,
    names: Sequence[Name],
    words: AreaWords,
    glass: Sequence[QRectF],
    standing: Standing,
    style: MapStyle,
) -> Callout | None:
    """Paint all of it in logical pixels, clear of what stands on the `glass` and in the picture.

    Gives back where the callout stands, to be clicked.
    """
    selection, selected = marks.selection, frame.to_px(*marks.selected_at_m)
    taken = [*glass]
    taken += [_square(frame.to_px(*camera.at_m), RANK_RADIUS_PX + 2) for camera in marks.seeing]
    if selection is not None:
        taken.append(_square(selected, 25))
    tags = lay_out_tags(frame, marks.units, taken, style, standing.incidents_px)
    taken += [tag.box for tag in tags]
    callout = None
    if selection is not None and selection.title:
        area = frame.size_px
        callout = lay_out_callout(selection, selected, area, taken, style)
        taken.append(callout.box)
    _draw_views(painter, frame, marks.seeing, style)
    draw_free_names(painter, frame, names, taken, words, standing.all_px, style)
    if callout is not None:
        callout.draw_leader(painter, style)
    if selection is not None:
        draw_selected_incident(painter, selected, selection.urgency, style)
    for tag in tags:
        tag.draw_leader(painter, style)
    for camera in reversed(marks.seeing):
        draw_rank(painter, frame.to_px(*camera.at_m), camera.rank, style)
    for tag in tags:
        tag.draw(painter, style)
    if callout is not None:
        callout.draw(painter, style)
    if marks.pin_at_m is not None:
        draw_pin(painter, frame.to_px(*marks.pin_at_m), marks.pin_caption, frame.width_px, style)
    return callout


def _draw_views(
    painter: QPainter, frame: Frame, seeing: Sequence[SeeingCamera], style: MapStyle
) -> None:
    painter.save()
    painter.setTransform(frame.transform, True)
    painter.setPen(pen(style.blue, 1.2, 0.95))
    painter.setBrush(colour(style.blue, 0.20))
    for camera in seeing:
        if camera.view is not None:
            painter.drawPath(camera.view)
    painter.restore()


@dataclass(frozen=True, slots=True)
class UnitTag:
    """A unit's call sign in its box, at its place or, where that is taken, close by."""

    unit: UnitMark
    at: QPointF
    box: QRectF
    is_at_incident: bool = False

    def draw_leader(self, painter: QPainter, style: MapStyle) -> None:
        """A short line to the place when the box had to move away from it; as far as the edge of
        the incident that is marked there."""
        if self.box.contains(self.at):
            return
        ink = unit_ink(self.unit.look, style)
        painter.setPen(QPen(colour(ink), 1.3))
        line = QLineF(self.at, self.box.center())
        if self.is_at_incident:
            line.setP1(line.pointAt(min(1.0, (INCIDENT_RADIUS_PX + 1) / line.length())))
        painter.drawLine(line)
        if not self.is_at_incident:
            painter.setBrush(colour(ink))
            painter.drawEllipse(self.at, 2.5, 2.5)

    def draw(self, painter: QPainter, style: MapStyle) -> None:
        """Box, state mark, call sign."""
        painter.setPen(QPen(colour(unit_ink(self.unit.look, style)), 1.3))
        painter.setBrush(colour(style.ground))
        painter.drawRoundedRect(self.box, TAG_RADIUS_PX, TAG_RADIUS_PX)
        mark_at = QPointF(self.box.left() + 12, self.box.center().y())
        draw_unit_state(painter, mark_at, self.unit.look, self.unit.heading_deg, style)
        resting = self.unit.look is UnitLook.RESTING
        painter.setPen(colour(style.text_secondary if resting else style.text))
        painter.setFont(style.font(13, QFont.Weight.DemiBold))
        text_box = self.box.adjusted(21, 0, 0, 0)
        painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter, self.unit.call_sign)


def lay_out_tags(
    frame: Frame,
    units: Sequence[tuple[UnitMark, tuple[float, float]]],
    taken: Sequence[QRectF],
    style: MapStyle,
    incidents_px: Metres = NOTHING_STANDS.incidents_px,
) -> list[UnitTag]:
    """A free box for each unit in sight, as near its place as can be; none upon an incident."""
    metrics = QFontMetricsF(style.font(13, QFont.Weight.DemiBold))
    boxes = list(taken)
    tags = []
    height = TAG_HEIGHT_PX * style.text_scale
    seen = frame.size_px
    for unit, at_m in units:
        at = frame.to_px(*at_m)
        if not seen.contains(at):
            continue
        width = metrics.horizontalAdvance(unit.call_sign) + 29
        home = QRectF(at.x() - width / 2, at.y() - height / 2, width, height)
        marks = _near(incidents_px, at, width)
        box = _free_box(home, [*boxes, *marks], seen)
        boxes.append(box)
        tags.append(UnitTag(unit, at, box, any(mark.contains(at) for mark in marks)))
    return tags


def _near(marks_px: Metres, at: QPointF, width_px: float) -> list[QRectF]:
    """The marks that a tag might come to lie upon, wherever it is put."""
    reach = (width_px * 2.5, 4 * TAG_HEIGHT_PX * 1.5)
    near = marks_px[(np.abs(marks_px - (at.x(), at.y())) < reach).all(axis=1)]
    return [_square(QPointF(x, y), INCIDENT_RADIUS_PX) for x, y in near.tolist()]


def _free_box(home: QRectF, taken: Sequence[QRectF], seen: QRectF) -> QRectF:
    """`home`, moved inside the picture, or the nearest place round it that is free."""
    width, height = home.width(), home.height()
    steps = [(0.0, 0.0)]
    for ring in (1, 2, 3):
        up, side = ring * (height + 5), width / 2 + 14 + (ring - 1) * (width / 2)
        steps += [(0.0, -up), (0.0, up), (side, 0.0), (-side, 0.0), (side, -up), (-side, -up)]
        steps += [(side, up), (-side, up)]
    tries = (into(home.translated(*step), seen) for step in steps)
    free = (box for box in tries if not any(box.intersects(other) for other in taken))
    return next(free, into(home, seen))


def into(box: QRectF, area: QRectF, margin: float = 4.0) -> QRectF:
    """The box moved so that no text of it is cut off by the edge."""
    x = max(area.left() + margin, min(box.x(), area.right() - margin - box.width()))
    y = max(area.top() + margin, min(box.y(), area.bottom() - margin - box.height()))
    return QRectF(x, y, box.width(), box.height())


def draw_pin(
    painter: QPainter, at: QPointF, caption: str, width_px: float, style: MapStyle
) -> None:
    """The place being reported: a blue drop that stands on it, and what it is called."""
    drop = QPainterPath()
    drop.moveTo(at)
    drop.cubicTo(at + QPointF(-3, -8), at + QPointF(-10, -11), at + QPointF(-10, -20))
    drop.arcTo(QRectF(at.x() - 10, at.y() - 30, 20, 20), 180, -180)
    drop.cubicTo(at + QPointF(10, -11), at + QPointF(3, -8), at)
    painter.setPen(QPen(colour(style.on_fill), 1.5))
    painter.setBrush(colour(style.blue_fill))
    painter.drawPath(drop)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(style.on_fill))
    painter.drawEllipse(at + QPointF(0, -20), 3.5, 3.5)
    if caption:
        _draw_caption(painter, at, caption, width_px, style)


def _draw_caption(
    painter: QPainter, at: QPointF, caption: str, width_px: float, style: MapStyle
) -> None:
    font = style.font(13, QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    room = QRectF(0, 0, min(280.0, width_px - 40), 200)
    text = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), caption)
    box = QRectF(at.x() + 16, at.y() - 34, text.width() + 18, text.height() + 8)
    if box.right() > width_px - 4:
        box.moveLeft(max(4.0, at.x() - 16 - box.width()))
    painter.setPen(QPen(colour(style.blue), 1.3))
    painter.setBrush(colour(style.ground))
    painter.drawRoundedRect(box, TAG_RADIUS_PX, TAG_RADIUS_PX)
    painter.setPen(colour(style.text))
    painter.setFont(font)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(box, int(flags), caption)


def _square(at: QPointF, radius: float) -> QRectF:
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
