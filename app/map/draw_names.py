"""Writes the names of a still picture, each as a small picture of its own. Knows no units.

The window leaves out a name that the selection, a unit or the callout would cover in part: half a
name reads as another name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage

from app.map.along_lines import spots_along
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
    """Every name that finds room between the marks and the names before it, as its picture."""
    placed = place_names(frame, scene, ground, layout, style, check)
    return tuple([_written(one, frame) for one in placed])


def place_names(
    frame: Frame,
    scene: Scene,
    ground: Ground | None,
    layout: SceneLayout,
    style: MapStyle,
    check: Callable[[], None],
    taken: Iterable[QRectF] = (),
) -> Iterator[PlacedLabel]:
    """The same names as labels, and where they stand; none upon what is `taken`, in pixels."""
    inside, occupied = frame.size_px, layout.occupied(frame)
    for box in taken:
        occupied.take((box.left(), box.top(), box.right(), box.bottom()))
    for label in _Wanted(frame, scene, ground, layout, style, check).all():
        check()
        yield from place_labels([label], occupied, inside)


def _written(placed: PlacedLabel, frame: Frame) -> Name:
    turned = round(placed.spot.turned_deg, 1)
    image, boxes = letters(placed.label.at(_NOWHERE), turned, frame.dpr)
    x_m, y_m = frame.to_m(placed.spot.x_px, placed.spot.y_px)
    return Name(placed.label.text, x_m, y_m, image, boxes)


_NOWHERE = Spot(0.0, 0.0)


def letters(label: Label, turned_deg: float, dpr: float) -> tuple[QImage, tuple[QRectF, ...]]:
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
    boxes = [
        QRectF(QPointF(left, top), QPointF(right, bottom))
        for left, top, right, bottom in covering_boxes(at_middle, width_px, height_px)
    ]
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
        check: Callable[[], None],
    ) -> None:
        self._check = check
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
        yield from self._along_lines(self._ground)
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
        size_px = label_size(Label(text, font, ink, self._style.land, ()))
        spots = spots_around(at, *size_px, away_px)
        return Label(text, font, ink, self._style.land, spots, size_px=size_px)

    def _at(self, places_m: Metres, index: int) -> QPointF:
        return self._frame.to_px(float(places_m[index, 0]), float(places_m[index, 1]))

    def _is_named(self, area: PlacedArea) -> bool:
        if _LAYER_OF_NAMED.get(area.kind) not in self._scene.shown:
            return False
        corners = np.concatenate(area.rings)
        return float(np.ptp(corners[:, 0])) * self._frame.px_per_m > 60

    def _area(self, area: PlacedArea) -> Label:
        spots = spots_near(self._frame.to_px(*area.label_at), (0, 28, -28, 56, -56, 84, -84))
        return replace(_area_label(area, self._style), spots=spots)

    def _along_lines(self, ground: Ground) -> Iterator[Label]:
        """One label for each stretch; each may be left out by itself."""
        frame, lines = self._frame, ground.lines
        labels = _line_labels(ground, self._style)
        seen = lines.in_sight(frame, SHORTEST_NAME_PX)
        labels.measure(seen, self._check)
        narrow = labels.beside_bank_m[seen] * frame.px_per_m < NARROW_WATER_PX
        long_enough = lines.reach_px(frame.px_per_m)[seen] > labels.width_px[seen]
        seen = seen[long_enough & ~narrow]
        width, height = labels.width_px[seen], labels.height_px[seen]
        spots = spots_along(lines, seen, frame, width + 12, height, labels.every_px[seen])
        for owner, x, y, turned in zip(
            seen[spots.owner].tolist(), spots.x_px.tolist(), spots.y_px.tolist(),
            spots.turned_deg.tolist(), strict=True,
        ):  # fmt: skip
            yield labels.label(owner).at(Spot(x, y, turned))

    def _place(self, place: PlaceName) -> Iterator[Label]:
        at = self._frame.to_px(*place.at_m)
        if self._frame.size_px.contains(at):
            spots = spots_near(at, (0, 20, -20))
            font = self._style.font(12)
            yield Label(place.name, font, self._style.label, self._style.land, spots)


@lru_cache(maxsize=500)
def _area_label(area: PlacedArea, style: MapStyle) -> Label:
    """An area's name without its spots, measured once for all the pictures it stands in."""
    loud = area.kind == "community"
    font = style.font(14 if loud else 12, QFont.Weight.Medium)
    ink = style.place_label if loud else style.label
    label = Label(area.name, font, ink, style.land, ())
    return replace(label, size_px=label_size(label))


class _LineLabels:
    """The labels of all named lines in one style, measured when a line first comes into sight."""

    def __init__(self, ground: Ground, style: MapStyle) -> None:
        self._lines, self._style = ground.line_names, style
        self._labels: dict[int, Label] = {}
        water = np.array([line.rank == 0 for line in self._lines], dtype=bool)
        self.every_px = np.where(water, WATER_NAME_EVERY_PX, ROAD_NAME_EVERY_PX)
        self.beside_bank_m = np.array(
            [line.width_m if line.beside_bank else np.inf for line in self._lines]
        )
        self.width_px, self.height_px = np.zeros((2, len(self._lines)))

    def measure(self, chosen: NDArray[np.intp], check: Callable[[], None]) -> None:
        """Know the sizes of these."""
        for index in chosen[self.width_px[chosen] == 0.0].tolist():
            check()
            size_px = self.label(index).size_px
            assert size_px is not None
            self.width_px[index], self.height_px[index] = size_px

    def label(self, index: int) -> Label:
        """The name of a line, without its spots."""
        if index not in self._labels:
            self._labels[index] = _label_along(self._lines[index], self._style)
        return self._labels[index]


@lru_cache(maxsize=2)
def _line_labels(ground: Ground, style: MapStyle) -> _LineLabels:
    return _LineLabels(ground, style)


def _label_along(line: LineName, style: MapStyle) -> Label:
    """A road's or (rank 0) a water's name without its spots."""
    water = line.rank == 0
    label = Label(
        line.name,
        style.font(15 if water else 13 if line.rank <= 2 else 12),
        style.water_label if water else style.label,
        style.water if water else style.land,
        (),
        3.0 if water else 0.0,
    )
    return replace(label, size_px=label_size(label))


def _camera_title(mark: CameraMark) -> str:
    return f"{mark.id} {mark.label}" if mark.label and mark.label != mark.id else mark.id
