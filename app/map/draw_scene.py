"""Paints what stands still above the base map: areas, fields of view, cameras, incidents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen

from app.map.draw_ground import blank, painting
from app.map.frame import Frame
from app.map.labels import Occupied
from app.map.marks import CameraLook, MapLayer, Metres, Urgency
from app.map.paths import polygon_path
from app.map.scene import Scene
from app.map.shapes import (
    CAMERA_RADIUS_PX,
    INCIDENT_RADIUS_PX,
    draw_camera,
    draw_camera_dot,
    draw_incident,
)
from app.map.style import MapStyle, colour, pen

VIEWS_FROM_PX_PER_M = 0.15
DISCS_FROM_PX_PER_M = 0.25
THIN_FROM = 300  # marks in the picture; beyond, one mark stands for its neighbours
THIN_CELL_PX = 12
OUTSIDE_PX = 40  # marks whose middle lies outside may still reach in
_URGENCY_ORDER = (Urgency.ACT_NOW, Urgency.WATCH, Urgency.IN_HAND, Urgency.CLOSED)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnScene:
    """The still picture, and what names have to know: what is in sight, what room is taken."""

    image: QImage
    cameras: NDArray[np.intp]  # indices of those in sight
    incidents: NDArray[np.intp]  # the quietest first
    occupied: Occupied


def draw_scene(
    frame: Frame, scene: Scene, style: MapStyle, check: Callable[[], None]
) -> DrawnScene:
    """The still picture, see-through where there is nothing. `check` may raise `Unwanted`."""
    image = blank(frame, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with painting(image) as painter:
        drawn = _ScenePainter(painter, frame, scene, style, check)
        cameras, incidents = drawn.paint()
    return DrawnScene(image, cameras, incidents, drawn.occupied)


class _ScenePainter:
    """One still picture: fields of view, outlines, marks."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        scene: Scene,
        style: MapStyle,
        check: Callable[[], None],
    ) -> None:
        self._painter = painter
        self._frame = frame
        self._scene = scene
        self._style = style
        self._check = check
        self._seen_m = frame.rect_m
        self.occupied = Occupied()

    def paint(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Paints, and tells which cameras and incidents are in sight."""
        cameras = self._cameras_in_sight()
        incidents = self._incidents_in_sight()
        self._paint_views(cameras)
        self._check()
        self._paint_areas()
        self._check()
        self._paint_cameras(cameras)
        self._check()
        self._paint_incidents(incidents)
        return cameras, incidents

    # ---------------------------------------------------------------- outlines

    def _paint_areas(self) -> None:
        """Communities under the zone, so that a shared side shows the zone's line."""
        style = self._style
        lines = {
            "tambon": (MapLayer.TAMBONS, pen(style.boundary, 1.4, dash_px=(9, 3, 2, 3))),
            "beat": (MapLayer.BEATS, pen(style.beat, 1.2, dash_px=(5, 4))),
            "community": (MapLayer.COMMUNITIES, pen(style.community, 1.3, dash_px=(1.5, 4))),
            "zone": (MapLayer.ZONES, pen(style.zone, 2.2, dash_px=(11, 4))),
        }
        self._painter.setTransform(self._frame.transform)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for kind, (layer, line) in lines.items():
            if layer not in self._scene.shown:
                continue
            self._painter.setPen(line)
            for area in self._scene.areas:
                if area.kind == kind:
                    self._painter.drawPath(polygon_path(area.rings))
        self._painter.resetTransform()

    def _paint_views(self, cameras: NDArray[np.intp]) -> None:
        if self._frame.px_per_m < VIEWS_FROM_PX_PER_M:
            return
        self._painter.setTransform(self._frame.transform)
        for index in cameras.tolist():
            view = self._scene.cameras.views[index]
            if view is not None and len(view) > 2:
                line, fill = _view_ink(self._scene.cameras.marks[index].look, self._style)
                self._painter.setPen(line)
                self._painter.setBrush(fill)
                self._painter.drawPath(polygon_path([view]))
        self._painter.resetTransform()

    # ------------------------------------------------------------------- marks

    def _cameras_in_sight(self) -> NDArray[np.intp]:
        if MapLayer.CAMERAS not in self._scene.shown:
            return np.empty(0, dtype=np.intp)
        # A camera out of sight may still look into the picture: 200 m is farther than most see.
        return self._in_sight(self._scene.cameras.at, OUTSIDE_PX + 200 * self._frame.px_per_m)

    def _incidents_in_sight(self) -> NDArray[np.intp]:
        """Indices of what is drawn, the quietest first, so that the loudest lie on top."""
        if MapLayer.INCIDENTS not in self._scene.shown:
            return np.empty(0, dtype=np.intp)
        marks = self._scene.incidents.marks
        seen = self._in_sight(self._scene.incidents.at, OUTSIDE_PX)
        loudness = np.array([_URGENCY_ORDER.index(marks[index].urgency) for index in seen.tolist()])
        seen = seen[np.argsort(loudness, kind="stable")] if len(seen) else seen
        if len(seen) > THIN_FROM:
            pixels = self._frame.all_to_px(self._scene.incidents.at[seen])
            cells = np.floor(pixels / THIN_CELL_PX).astype(np.int64)
            _, first = np.unique(cells[:, 0] * 100_003 + cells[:, 1], return_index=True)
            seen = seen[np.sort(first)]
        return seen[::-1]

    def _in_sight(self, places_m: Metres, spare_px: float) -> NDArray[np.intp]:
        spare_m = spare_px / self._frame.px_per_m
        box = self._seen_m.adjusted(-spare_m, -spare_m, spare_m, spare_m)
        x, y = places_m[:, 0], places_m[:, 1]
        inside = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
        return np.flatnonzero(inside)

    def _paint_cameras(self, cameras: NDArray[np.intp]) -> None:
        discs = self._frame.px_per_m >= DISCS_FROM_PX_PER_M
        for index in cameras.tolist():
            mark, at = self._scene.cameras.marks[index], self._at(self._scene.cameras.at, index)
            if discs:
                draw_camera(self._painter, at, mark.look, mark.bearing_deg, self._style)
            else:
                draw_camera_dot(self._painter, at, mark.look, self._style)
            self._take(at, CAMERA_RADIUS_PX + 2 if discs else 5)

    def _paint_incidents(self, incidents: NDArray[np.intp]) -> None:
        stamps = {
            urgency: _stamp(urgency, self._style, self._frame.dpr) for urgency in _URGENCY_ORDER
        }
        for index in incidents.tolist():
            at = self._at(self._scene.incidents.at, index)
            corner = QPointF(at.x() - STAMP_PX / 2, at.y() - STAMP_PX / 2)
            self._painter.drawImage(corner, stamps[self._scene.incidents.marks[index].urgency])
            self._take(at, INCIDENT_RADIUS_PX - 1)

    def _at(self, places_m: Metres, index: int) -> QPointF:
        return self._frame.to_px(float(places_m[index, 0]), float(places_m[index, 1]))

    def _take(self, at: QPointF, radius: float) -> None:
        self.occupied.take(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))


STAMP_PX = 26


def _stamp(urgency: Urgency, style: MapStyle, dpr: float) -> QImage:
    """One mark drawn once: pressing it a thousand times costs a tenth of drawing it."""
    side = round(STAMP_PX * dpr)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    middle = QPointF(STAMP_PX / 2, STAMP_PX / 2)
    with painting(image) as painter:
        draw_incident(painter, middle, urgency, style, INCIDENT_RADIUS_PX)
    return image


def _view_ink(look: CameraLook, style: MapStyle) -> tuple[QPen, QBrush]:
    """Line and fill of a field of view: what a camera in trouble sees is not promised."""
    if look is CameraLook.LOST:
        return pen(style.red, 1.2, 0.8, (5, 4)), QBrush(Qt.BrushStyle.NoBrush)
    if look is CameraLook.LATE or look is CameraLook.PASSWORD:
        return pen(style.amber, 1.0, 0.7), QBrush(colour(style.amber, 0.06))
    return pen(style.field_of_view, 1.0, 0.34), QBrush(colour(style.field_of_view, 0.10))
