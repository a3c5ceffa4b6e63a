"""Writes the names of a still picture, each as a small picture of its own. Knows no units.

The window leaves out a name that the selection, a unit or the callout would cover in part: half a
name reads as another name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage

from app.map.draw_ground import painting
from app.map.draw_scene import DrawnScene
from app.map.frame import Frame
from app.map.ground import Ground, LineName, PlaceName
from app.map.labels import (
    Label,
    PlacedLabel,
    Spot,
    covering_boxes,
    draw_label,
    label_size,
    place_labels,
    spots_along,
    spots_around,
    spots_near,
)
from app.map.marks import CameraMark, MapLayer, Metres, Urgency
from app.map.scene import PlacedArea, Scene
from app.map.shapes import INCIDENT_RADIUS_PX
from app.map.style import MapStyle

CAMERA_NAMES_FROM_PX_PER_M = 2.0
PLACE_NAMES_FROM_PX_PER_M = 0.5
INCIDENT_NAMES_UP_TO = 200  # marks in the picture; beyond, numbers would be noise
ROAD_NAME_EVERY_PX = 360.0
WATER_NAME_EVERY_PX = 700.0
NARROW_WATER_PX = 450.0  # wider water is named near its banks too
_LAYER_OF_NAMED = {
    "community": MapLayer.COMMUNITIES,
    "beat": MapLayer.BEATS,
    "tambon": MapLayer.TAMBONS,
}  # the zone is what the whole map is about: it needs no name


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A written name: its middle in local metres, its picture, and the boxes it covers about it."""

    text: str
    x_m: float
    y_m: float
    image: QImage
    boxes: tuple[QRectF, ...]  # logical pixels, the name's middle at 0, 0


def draw_names(
    frame: Frame,
    scene: Scene,
    ground: Ground | None,
    drawn: DrawnScene,
    style: MapStyle,
    check: Callable[[], None],
) -> tuple[Name, ...]:
    """Every name that finds room between the marks and the names before it."""
    inside = frame.size_px
    names = []
    for label in _Wanted(frame, scene, ground, drawn, style).all():
        check()
        names += [
            _written(placed, frame) for placed in place_labels([label], drawn.occupied, inside)
        ]
    return tuple(names)


def _written(placed: PlacedLabel, frame: Frame) -> Name:
    at_middle = Spot(0.0, 0.0, placed.spot.turned_deg)
    boxes = covering_boxes(at_middle, placed.width_px, placed.height_px)
    half_x = math.ceil(max(box.right() for box in boxes)) + 2
    half_y = math.ceil(max(box.bottom() for box in boxes)) + 2
    size = (round(2 * half_x * frame.dpr), round(2 * half_y * frame.dpr))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(frame.dpr)
    image.fill(Qt.GlobalColor.transparent)
    with painting(image) as painter:
        painter.translate(half_x, half_y)
        draw_label(painter, PlacedLabel(placed.label, at_middle, placed.width_px, placed.height_px))
    x_m, y_m = frame.to_m(placed.spot.x_px, placed.spot.y_px)
    return Name(placed.label.text, x_m, y_m, image, tuple(boxes))


class _Wanted:
    """The labels that would like to stand in one picture, in order of worth."""

    def __init__(
        self,
        frame: Frame,
        scene: Scene,
        ground: Ground | None,
        drawn: DrawnScene,
        style: MapStyle,
    ) -> None:
        self._frame = frame
        self._scene = scene
        self._ground = ground
        self._drawn = drawn
        self._style = style

    def all(self) -> Iterator[Label]:
        """Incident numbers, areas, cameras, water, roads, places."""
        incidents = self._drawn.incidents
        if len(incidents) <= INCIDENT_NAMES_UP_TO:
            yield from (self._incident(index) for index in incidents.tolist()[::-1])
        yield from (self._area(area) for area in self._scene.areas if self._is_named(area))
        if self._frame.px_per_m >= CAMERA_NAMES_FROM_PX_PER_M:
            yield from (self._camera(index) for index in self._drawn.cameras.tolist())
        if self._ground is None:
            return
        for line in self._ground.line_names:
            yield from self._along(line)
        if self._frame.px_per_m >= PLACE_NAMES_FROM_PX_PER_M:
            for place in self._ground.place_names:
                yield from self._place(place)

    def _incident(self, index: int) -> Label:
        mark, at = self._scene.incidents.marks[index], self._at(self._scene.incidents.at, index)
        inks = {Urgency.ACT_NOW: self._style.red, Urgency.WATCH: self._style.amber}
        ink = inks.get(mark.urgency, self._style.text_secondary)
        font = self._style.font(13, QFont.Weight.DemiBold)
        return self._beside(mark.label, font, ink, at, INCIDENT_RADIUS_PX + 1)

    def _camera(self, index: int) -> Label:
        mark, at = self._scene.cameras.marks[index], self._at(self._scene.cameras.at, index)
        font = self._style.font(12, QFont.Weight.Medium)
        return self._beside(_camera_title(mark), font, self._style.text_secondary, at, 16)

    def _beside(self, text: str, font: QFont, ink: str, at: QPointF, away_px: float) -> Label:
        width, height = label_size(Label(text, font, ink, self._style.land, ()))
        return Label(text, font, ink, self._style.land, spots_around(at, width, height, away_px))

    def _at(self, places_m: Metres, index: int) -> QPointF:
        return self._frame.to_px(float(places_m[index, 0]), float(places_m[index, 1]))

    def _is_named(self, area: PlacedArea) -> bool:
        if _LAYER_OF_NAMED.get(area.kind) not in self._scene.shown:
            return False
        corners = np.concatenate(area.rings)
        return float(np.ptp(corners[:, 0])) * self._frame.px_per_m > 60

    def _area(self, area: PlacedArea) -> Label:
        loud = area.kind == "community"
        font = self._style.font(14 if loud else 12, QFont.Weight.Medium)
        ink = self._style.place_label if loud else self._style.label
        spots = spots_near(self._frame.to_px(*area.label_at), (0, 28, -28, 56, -56, 84, -84))
        return Label(area.name, font, ink, self._style.land, spots)

    def _along(self, line: LineName) -> Iterator[Label]:
        """One label for each stretch; each may be left out by itself."""
        style, water = self._style, line.rank == 0
        if line.beside_bank and line.width_m * self._frame.px_per_m < NARROW_WATER_PX:
            return
        label = Label(
            line.name,
            style.font(15 if water else 13 if line.rank <= 2 else 12),
            style.water_label if water else style.label,
            style.water if water else style.land,
            (),
            3.0 if water else 0.0,
        )
        width, height = label_size(label)
        if not self._reaches_in(line.line_m, width):
            return
        every_px = WATER_NAME_EVERY_PX if water else ROAD_NAME_EVERY_PX
        pixels = self._frame.all_to_px(line.line_m)
        for spot in spots_along(pixels, width + 12, height, every_px):
            yield label.at(spot)

    def _reaches_in(self, line_m: Metres, width_px: float) -> bool:
        west, south = line_m.min(axis=0)
        east, north = line_m.max(axis=0)
        box = QRectF(west - 1, south - 1, east - west + 2, north - south + 2)
        long_enough = max(box.width(), box.height()) * self._frame.px_per_m > width_px
        return long_enough and box.intersects(self._frame.rect_m)

    def _place(self, place: PlaceName) -> Iterator[Label]:
        at = self._frame.to_px(*place.at_m)
        if self._frame.size_px.contains(at):
            spots = spots_near(at, (0, 20, -20))
            font = self._style.font(12)
            yield Label(place.name, font, self._style.label, self._style.land, spots)


def _camera_title(mark: CameraMark) -> str:
    return f"{mark.id} {mark.label}" if mark.label and mark.label != mark.id else mark.id
