"""Paints what stands still above the base map: areas, fields of view, cameras, incidents, names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QImage, QPainter, QPen

from app.map.draw_ground import begin, blank
from app.map.frame import Frame
from app.map.ground import Ground, LineName, PlaceName
from app.map.labels import (
    Label,
    Occupied,
    draw_label,
    label_size,
    place_labels,
    spots_along,
    spots_around,
    spots_near,
)
from app.map.marks import CameraLook, CameraMark, MapLayer, Metres, Urgency
from app.map.paths import polygon_path
from app.map.scene import PlacedArea, Scene
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
CAMERA_NAMES_FROM_PX_PER_M = 2.0
PLACE_NAMES_FROM_PX_PER_M = 0.5
INCIDENT_NAMES_UP_TO = 200  # marks in the picture; beyond, numbers would be noise
THIN_FROM = 300  # marks in the picture; beyond, one mark stands for its neighbours
THIN_CELL_PX = 12
OUTSIDE_PX = 40  # marks whose middle lies outside may still reach in
_URGENCY_ORDER = (Urgency.ACT_NOW, Urgency.WATCH, Urgency.IN_HAND, Urgency.CLOSED)


def draw_scene(
    frame: Frame, scene: Scene, ground: Ground | None, style: MapStyle, check: Callable[[], None]
) -> QImage:
    """The still picture, see-through where there is nothing. `check` may raise `Unwanted`."""
    image = blank(frame, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = begin(image)
    _ScenePainter(painter, frame, scene, ground, style, check).paint()
    painter.end()
    return image


class _ScenePainter:
    """One still picture: outlines, fields of view, marks, then names where room is left."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        scene: Scene,
        ground: Ground | None,
        style: MapStyle,
        check: Callable[[], None],
    ) -> None:
        self._painter = painter
        self._frame = frame
        self._scene = scene
        self._ground = ground
        self._style = style
        self._check = check
        self._occupied = Occupied()
        shown_m = frame.rect_m
        self._inside = QRectF(0, 0, frame.width_px, frame.height_px)
        self._seen_m = shown_m

    def paint(self) -> None:
        cameras = self._cameras_in_sight()
        incidents = self._incidents_in_sight()
        self._paint_views(cameras)
        self._paint_areas()
        self._check()
        self._paint_cameras(cameras)
        self._paint_incidents(incidents)
        self._check()
        self._write_names(cameras, incidents)

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
        self._occupied.take(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))

    # ------------------------------------------------------------------- names

    def _write_names(self, cameras: NDArray[np.intp], incidents: NDArray[np.intp]) -> None:
        """In order of worth: incident numbers, areas, cameras, the river, roads, places."""
        for label in self._wanted_names(cameras, incidents):
            for placed in place_labels([label], self._occupied, self._inside):
                draw_label(self._painter, placed)
            self._check()

    def _wanted_names(
        self, cameras: NDArray[np.intp], incidents: NDArray[np.intp]
    ) -> Iterator[Label]:
        if len(incidents) <= INCIDENT_NAMES_UP_TO:
            yield from (self._incident_name(index) for index in incidents.tolist()[::-1])
        yield from (self._area_name(area) for area in self._scene.areas if self._is_named(area))
        if self._frame.px_per_m >= CAMERA_NAMES_FROM_PX_PER_M:
            yield from (self._camera_name(index) for index in cameras.tolist())
        if self._ground is None:
            return
        for line in self._ground.line_names:
            yield from self._line_name(line)
        if self._frame.px_per_m >= PLACE_NAMES_FROM_PX_PER_M:
            for place in self._ground.place_names:
                yield from self._place_name(place)

    def _incident_name(self, index: int) -> Label:
        mark, at = self._scene.incidents.marks[index], self._at(self._scene.incidents.at, index)
        inks = {Urgency.ACT_NOW: self._style.red, Urgency.WATCH: self._style.amber}
        ink = inks.get(mark.urgency, self._style.text_secondary)
        font = self._style.font(13, QFont.Weight.DemiBold)
        return self._beside(mark.label, font, ink, at, INCIDENT_RADIUS_PX + 1)

    def _camera_name(self, index: int) -> Label:
        mark, at = self._scene.cameras.marks[index], self._at(self._scene.cameras.at, index)
        font = self._style.font(12, QFont.Weight.Medium)
        return self._beside(_camera_title(mark), font, self._style.text_secondary, at, 12)

    def _beside(self, text: str, font: QFont, ink: str, at: QPointF, away_px: float) -> Label:
        width, height = label_size(Label(text, font, ink, self._style.land, ()))
        return Label(text, font, ink, self._style.land, spots_around(at, width, height, away_px))

    def _is_named(self, area: PlacedArea) -> bool:
        """Communities are named; the zone is what the whole map is about; others when shown."""
        layers = {"community": MapLayer.COMMUNITIES, "beat": MapLayer.BEATS}
        layers["tambon"] = MapLayer.TAMBONS
        if area.kind not in layers or layers[area.kind] not in self._scene.shown:
            return False
        corners = np.concatenate(area.rings)
        return float(np.ptp(corners[:, 0])) * self._frame.px_per_m > 60

    def _area_name(self, area: PlacedArea) -> Label:
        at = self._frame.to_px(*area.label_at)
        loud = area.kind == "community"
        font = self._style.font(14 if loud else 12, QFont.Weight.Medium)
        ink = self._style.place_label if loud else self._style.label
        spots = spots_near(at, (0, 28, -28, 56, -56, 84, -84))
        return Label(area.name, font, ink, self._style.land, spots)

    def _line_name(self, line: LineName) -> Iterator[Label]:
        """One label for each stretch; each is free to be left out."""
        water = line.rank == 0
        ink = self._style.water_label if water else self._style.label
        halo = self._style.water if water else self._style.land
        font = self._style.font(15 if water else 13 if line.rank <= 2 else 12)
        spread_px = 3.0 if water else 0.0
        width, height = label_size(Label(line.name, font, ink, halo, (), spread_px))
        if not self._near(line.line_m, width):
            return
        pixels = self._frame.all_to_px(line.line_m)
        for spot in spots_along(pixels, width + 12, height, every_px=360.0):
            yield Label(line.name, font, ink, halo, (spot,), spread_px)

    def _near(self, line_m: Metres, width_px: float) -> bool:
        west, south = line_m.min(axis=0)
        east, north = line_m.max(axis=0)
        box = QRectF(west - 1, south - 1, east - west + 2, north - south + 2)
        long_enough = max(box.width(), box.height()) * self._frame.px_per_m > width_px
        return long_enough and box.intersects(self._seen_m)

    def _place_name(self, place: PlaceName) -> Iterator[Label]:
        font = self._style.font(12)
        at = self._frame.to_px(*place.at_m)
        if self._inside.contains(at):
            spots = spots_near(at, (0, 20, -20))
            yield Label(place.name, font, self._style.label, self._style.land, spots)


STAMP_PX = 26


def _stamp(urgency: Urgency, style: MapStyle, dpr: float) -> QImage:
    """One mark drawn once: pressing it a thousand times costs a tenth of drawing it."""
    side = round(STAMP_PX * dpr)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    painter = begin(image)
    draw_incident(painter, QPointF(STAMP_PX / 2, STAMP_PX / 2), urgency, style, INCIDENT_RADIUS_PX)
    painter.end()
    return image


def _view_ink(look: CameraLook, style: MapStyle) -> tuple[QPen, QBrush]:
    """Line and fill of a field of view: what a camera in trouble sees is not promised."""
    if look is CameraLook.LOST:
        return pen(style.red, 1.2, 0.8, (5, 4)), QBrush(Qt.BrushStyle.NoBrush)
    if look is CameraLook.LATE or look is CameraLook.PASSWORD:
        return pen(style.amber, 1.0, 0.7), QBrush(colour(style.amber, 0.06))
    return pen(style.field_of_view, 1.0, 0.34), QBrush(colour(style.field_of_view, 0.10))


def _camera_title(mark: CameraMark) -> str:
    return f"{mark.id} {mark.label}" if mark.label and mark.label != mark.id else mark.id
