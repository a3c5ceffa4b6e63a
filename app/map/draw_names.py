"""Writes the names of a still picture, each as a small picture of its own. Knows no units.

The window leaves out a name that the selection, a unit or the callout would cover in part: half a
name reads as another name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage

from app.map.draw_ground import painting
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
from app.map.scene_layout import SceneLayout
from app.map.shapes import INCIDENT_RADIUS_PX
from app.map.style import MapStyle

CAMERA_NAMES_FROM_PX_PER_M = 2.0
PLACE_NAMES_FROM_PX_PER_M = 0.5
INCIDENT_NAMES_UP_TO = 200  # marks in the picture; beyond, numbers would be noise
ROAD_NAME_EVERY_PX = 360.0
SHORTEST_NAME_PX = 30.0
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
    layout: SceneLayout,
    style: MapStyle,
    check: Callable[[], None],
) -> tuple[Name, ...]:
    """Every name that finds room between the marks and the names before it."""
    inside, occupied = frame.size_px, layout.occupied(frame)
    names = []
    for label in _Wanted(frame, scene, ground, layout, style).all():
        check()
        names += [_written(placed, frame) for placed in place_labels([label], occupied, inside)]
    return tuple(names)


def _written(placed: PlacedLabel, frame: Frame) -> Name:
    turned = round(placed.spot.turned_deg, 1)
    image, boxes = _letters(placed.label.at(_NOWHERE), turned, frame.dpr)
    x_m, y_m = frame.to_m(placed.spot.x_px, placed.spot.y_px)
    return Name(placed.label.text, x_m, y_m, image, boxes)


_NOWHERE = Spot(0.0, 0.0)


def _letters(label: Label, turned_deg: float, dpr: float) -> tuple[QImage, tuple[QRectF, ...]]:
    """A name's picture and the boxes it covers; written once for all the pictures it stands in."""
    ink = (label.text, label.font.toString(), label.ink, label.halo, label.spread_px)
    key = (*ink, turned_deg, dpr)
    if key not in _written_before:
        if len(_written_before) >= _KEPT:
            _written_before.clear()
        _written_before[key] = _write(label, turned_deg, dpr)
    return _written_before[key]


_KEPT = 2000
_written_before: dict[tuple[object, ...], tuple[QImage, tuple[QRectF, ...]]] = {}


def _write(label: Label, turned_deg: float, dpr: float) -> tuple[QImage, tuple[QRectF, ...]]:
    at_middle = Spot(0.0, 0.0, turned_deg)
    width_px, height_px = label_size(label)
    boxes = covering_boxes(at_middle, width_px, height_px)
    half_x = math.ceil(max(box.right() for box in boxes)) + 2
    half_y = math.ceil(max(box.bottom() for box in boxes)) + 2
    size = (round(2 * half_x * dpr), round(2 * half_y * dpr))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    with painting(image) as painter:
        painter.translate(half_x, half_y)
        draw_label(painter, PlacedLabel(label, at_middle, width_px, height_px))
    return image, tuple(boxes)


class _Wanted:
    """The labels that would like to stand in one picture, in order of worth."""

    def __init__(
        self,
        frame: Frame,
        scene: Scene,
        ground: Ground | None,
        layout: SceneLayout,
        style: MapStyle,
    ) -> None:
        self._frame = frame
        self._scene = scene
        self._ground = ground
        self._layout = layout
        self._style = style

    def all(self) -> Iterator[Label]:
        """Incident numbers, areas, cameras, water, roads, places."""
        incidents = self._layout.grouped.single
        if len(incidents) <= INCIDENT_NAMES_UP_TO and not self._layout.grouped.clusters:
            yield from (self._incident(index) for index in incidents.tolist()[::-1])
        yield from (self._area(area) for area in self._scene.areas if self._is_named(area))
        if self._frame.px_per_m >= CAMERA_NAMES_FROM_PX_PER_M:
            yield from (self._camera(index) for index in self._layout.cameras.tolist())
        if self._ground is None:
            return
        for index in self._lines_in_sight(self._ground).tolist():
            yield from self._along(self._ground.line_names[index])
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
        if line.beside_bank and line.width_m * self._frame.px_per_m < NARROW_WATER_PX:
            return
        label, width, height = _label_along(line.name, line.rank, self._style)
        if not self._is_long_enough(line.line_m, width):
            return
        every_px = ROAD_NAME_EVERY_PX if line.rank else WATER_NAME_EVERY_PX
        pixels = self._frame.all_to_px(line.line_m)
        for spot in spots_along(pixels, width + 12, height, every_px):
            yield label.at(spot)

    def _lines_in_sight(self, ground: Ground) -> NDArray[np.intp]:
        """Those that come into the picture and are long enough for the shortest of names."""
        seen, boxes = self._frame.rect_m, ground.line_boxes
        long_m = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        inside = (boxes[:, 0] < seen.right()) & (boxes[:, 2] > seen.left())
        inside &= (boxes[:, 1] < seen.bottom()) & (boxes[:, 3] > seen.top())
        return np.flatnonzero(inside & (long_m * self._frame.px_per_m > SHORTEST_NAME_PX))

    def _is_long_enough(self, line_m: Metres, width_px: float) -> bool:
        return float(np.ptp(line_m, axis=0).max()) * self._frame.px_per_m > width_px

    def _place(self, place: PlaceName) -> Iterator[Label]:
        at = self._frame.to_px(*place.at_m)
        if self._frame.size_px.contains(at):
            spots = spots_near(at, (0, 20, -20))
            font = self._style.font(12)
            yield Label(place.name, font, self._style.label, self._style.land, spots)


@lru_cache(maxsize=8192)
def _label_along(name: str, rank: int, style: MapStyle) -> tuple[Label, float, float]:
    """A road's or (rank 0) a water's name without its spots, its width and height in pixels."""
    water = rank == 0
    label = Label(
        name,
        style.font(15 if water else 13 if rank <= 2 else 12),
        style.water_label if water else style.label,
        style.water if water else style.land,
        (),
        3.0 if water else 0.0,
    )
    return label, *label_size(label)


def _camera_title(mark: CameraMark) -> str:
    return f"{mark.id} {mark.label}" if mark.label and mark.label != mark.id else mark.id
