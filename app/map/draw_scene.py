"""Paints what stands still above the base map: areas, fields of view, cameras, incidents."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from app.map.clusters import LOUDEST_FIRST
from app.map.dashes import Outlines, outlines_of
from app.map.density import draw_density
from app.map.draw_coverage import draw_coverage
from app.map.draw_ground import painting
from app.map.draw_walls import draw_walls
from app.map.frame import Frame
from app.map.marks import CameraLook, MapLayer, Metres, Urgency
from app.map.paths import line_path, polygon_path
from app.map.scene import PlacedArea, PlacedCameras, Scene
from app.map.scene_layers import SceneLayers, outline_of, view_ink
from app.map.scene_layout import DISCS_FROM_PX_PER_M, SceneLayout
from app.map.stamps import (
    SIDE_PX,
    camera_dot_stamp,
    camera_stamp,
    cluster_stamp,
    cluster_text,
    incident_stamp,
    press,
)
from app.map.strokes import draw_strokes
from app.map.style import MapStyle, pen

VIEWS_FROM_PX_PER_M = 0.15
VIEW_PLAIN_PX = 1.5  # what an outline may be off when seen from far: it is not seen
AREA_PLAIN_PX = 0.7
AREA_SPARE_PX = 4.0  # what a line reaches beyond its middle
PLAIN_BELOW_PX_PER_M = 0.6
DASHES_FROM_PX_PER_M = 0.1
_CHECK_EVERY = 64


def paint_scene(
    image: QImage,
    frame: Frame,
    part_px: QRect,
    scene: Scene,
    layout: SceneLayout,
    style: MapStyle,
    check: Callable[[], None],
) -> None:
    """One part of the still picture, whatever was there before; parts that touch show no seam.
    `check` may raise."""
    with painting(image) as painter:
        painter.setClipRect(part_px)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(part_px, Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        _ScenePainter(painter, frame, part_px, scene, layout, style, check).paint()


class _ScenePainter(SceneLayers):
    """One still picture, drawn where it is in sight."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        part_px: QRect,
        scene: Scene,
        layout: SceneLayout,
        style: MapStyle,
        check: Callable[[], None],
    ) -> None:
        super().__init__(painter, frame, scene, layout, style)
        self._part_px = part_px
        self._check = check

    def _paint_density(self) -> None:
        draw_density(self._painter, self._frame, self._scene.incidents, self._check)

    def _paint_walls(self) -> None:
        draw_walls(self._painter, self._frame, self._scene.walls, self._style)

    # ---------------------------------------------------------------- outlines

    def _paint_areas(self, layer: MapLayer) -> None:
        kind, ink, width_px, dash_px = outline_of(layer, self._style)
        scale = self._frame.px_per_m
        if scale < DASHES_FROM_PX_PER_M:
            dash_px = ()
        plain_m = _plainer_m(AREA_PLAIN_PX, scale)
        self._painter.setTransform(self._frame.transform)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._painter.opacity() < 1:
            self._paint_seen_through(kind, plain_m, pen(ink, width_px, dash_px=dash_px))
        else:
            spare_m = AREA_SPARE_PX / scale
            seen_m = self._part_m.adjusted(-spare_m, -spare_m, spare_m, spare_m)
            outlines = area_outlines(self._scene.areas, kind, plain_m)
            strokes = outlines.strokes
            if dash_px:
                strokes = outlines.dashed(seen_m, [length / scale for length in dash_px])
            line = pen(ink, width_px)
            line.setCapStyle(Qt.PenCapStyle.FlatCap)
            draw_strokes(self._painter, strokes, seen_m, scale, line, self._check)
        self._painter.resetTransform()

    def _paint_seen_through(self, kind: str, plain_m: int, line: QPen) -> None:
        """By paths: a line that is seen through would be spotted where pieces overlap."""
        self._painter.setPen(line)
        paths = area_paths(self._scene.areas, plain_m)
        for area, path in zip(self._scene.areas, paths, strict=True):
            if area.kind == kind and path.boundingRect().intersects(self._part_m):
                self._painter.drawPath(path)
                self._check()

    @property
    def _part_m(self) -> QRectF:
        part = self._part_px
        frame = self._frame.part(part.x(), part.y(), part.width(), part.height())
        return frame.rect_m

    def _paint_coverage(self) -> None:
        coverage = self._scene.coverage
        if coverage is not None:
            draw_coverage(
                self._painter, self._frame, self._part_m, coverage, self._style, self._check
            )

    def _paint_views(self) -> None:
        scale = self._frame.px_per_m
        if scale < VIEWS_FROM_PX_PER_M:
            return
        plain_m = _plainer_m(VIEW_PLAIN_PX, scale)
        paths = view_paths(self._scene.cameras, plain_m)
        boxes = view_boxes(self._scene.cameras, plain_m)
        rims = rim_paths(self._scene.cameras) if self._style.night_ranges and not plain_m else {}
        part_m, marks = self._part_m, self._scene.cameras.marks
        inks = {look: view_ink(look, self._style) for look in CameraLook}
        self._painter.setTransform(self._frame.transform)
        look = None  # what pen and brush are set for
        for index in self._layout.cameras[_meeting(boxes[self._layout.cameras], part_m)].tolist():
            path = paths[index]
            assert path is not None  # without one it has no box either
            if marks[index].look is not look:
                look = marks[index].look
                line, fill = inks[look]
                self._painter.setPen(line)
                self._painter.setBrush(fill)
            self._painter.drawPath(path)
            if index in rims:
                self._painter.setPen(pen(self._style.field_of_view, 1.2, 0.75, (4, 4)))
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                self._painter.drawPath(rims[index])
                look = None
            self._check()
        self._painter.resetTransform()

    # ------------------------------------------------------------------- marks

    def _paint_cameras(self) -> None:
        style, dpr, marks = self._style, self._frame.dpr, self._scene.cameras.marks
        discs = self._frame.px_per_m >= DISCS_FROM_PX_PER_M
        dots = {look: camera_dot_stamp(look, style, dpr) for look in CameraLook}
        for place, index in self._reaching(self._layout.cameras_px):
            mark = marks[int(self._layout.cameras[index])]
            if discs:
                stamp = camera_stamp(mark.look, mark.bearing_deg, style, dpr)
            else:
                stamp = dots[mark.look]
            press(self._painter, stamp, *place)

    def _paint_incidents(self) -> None:
        style, dpr, marks = self._style, self._frame.dpr, self._scene.incidents.marks
        grouped = self._layout.grouped
        diamonds = {urgency: incident_stamp(urgency, style, dpr) for urgency in Urgency}
        for place, index in self._reaching(self._layout.singles_px):
            urgency = marks[int(grouped.single[index])].urgency
            press(self._painter, diamonds[urgency], *place)
        table = grouped.clusters.table
        counts, ranks = table["count"].tolist(), table["rank"].tolist()
        boxes: dict[tuple[int, int], QImage] = {}  # a style takes long to look a stamp up by
        for place, index in self._reaching(self._layout.clusters_px):
            count, rank = of = counts[index], ranks[index]
            if of not in boxes:
                boxes[of] = cluster_stamp(cluster_text(count), LOUDEST_FIRST[rank], style, dpr)
            press(self._painter, boxes[of], *place)

    def _reaching(self, places_px: Metres) -> Iterator[tuple[tuple[float, float], int]]:
        """Pixels and positions in the list of those marks that reach into this part."""
        part = self._part_px.adjusted(-SIDE_PX, -SIDE_PX, SIDE_PX, SIDE_PX)
        x, y = places_px[:, 0], places_px[:, 1]
        inside = (x >= part.left()) & (x <= part.right()) & (y >= part.top()) & (y <= part.bottom())
        chosen = inside.nonzero()[0].tolist()
        for done, (index, place) in enumerate(zip(chosen, places_px[chosen].tolist(), strict=True)):
            if done % _CHECK_EVERY == 0:
                self._check()
            yield (place[0], place[1]), index


def _plainer_m(allowed_px: float, px_per_m: float) -> int:
    """How many metres an outline may be off at this scale: 0, or a power of two, so that few
    different ones are made."""
    if px_per_m >= PLAIN_BELOW_PX_PER_M:
        return 0
    return int(2 ** math.floor(math.log2(max(1.0, allowed_px / px_per_m))))


@lru_cache(maxsize=32)
def area_outlines(areas: tuple[PlacedArea, ...], kind: str, plain_m: int) -> Outlines:
    """The outlines of one kind in pieces, made once for every picture they stand in."""
    rings = [ring for area in areas if area.kind == kind for ring in area.rings]
    return outlines_of([_closed(_plainer(ring, plain_m)) for ring in rings])


def _closed(ring: Metres) -> Metres:
    return ring if (ring[0] == ring[-1]).all() else np.concatenate((ring, ring[:1]))


@lru_cache(maxsize=8)
def area_paths(areas: tuple[PlacedArea, ...], plain_m: int) -> tuple[QPainterPath, ...]:
    """The outlines, made once for every picture they stand in."""
    return tuple(polygon_path([_plainer(ring, plain_m) for ring in area.rings]) for area in areas)


@lru_cache(maxsize=8)
def view_paths(cameras: PlacedCameras, plain_m: int) -> tuple[QPainterPath | None, ...]:
    """What each camera sees; made once for many pictures."""
    return tuple(
        None if view is None or len(view) < 3 else polygon_path([_plainer(view, plain_m)])
        for view in cameras.views
    )


@lru_cache(maxsize=8)
def view_boxes(cameras: PlacedCameras, plain_m: int) -> NDArray[np.float64]:
    """West, south, east, north of each; of a camera that sees nothing, nowhere."""
    boxes = np.full((len(cameras.views), 4), np.nan)
    for index, path in enumerate(view_paths(cameras, plain_m)):
        if path is not None:
            boxes[index] = path.boundingRect().getCoords()
    return boxes


def _meeting(boxes: NDArray[np.float64], part_m: QRectF) -> NDArray[np.intp]:
    """Which boxes share ground with the rectangle, in their order."""
    inside = (boxes[:, 0] < part_m.right()) & (boxes[:, 2] > part_m.left())
    inside &= (boxes[:, 1] < part_m.bottom()) & (boxes[:, 3] > part_m.top())
    return np.flatnonzero(inside)


@lru_cache(maxsize=4)
def rim_paths(cameras: PlacedCameras) -> dict[int, QPainterPath]:
    """Where the sight of those cameras ends at night that see less far then, by their number."""
    return {
        number: line_path(rim)
        for number, rim in enumerate(cameras.night_rims)
        if rim is not None and len(rim) > 1
    }


def _plainer(ring: Metres, plain_m: int) -> Metres:
    if not plain_m or len(ring) < 8:
        return ring
    plain = shapely.simplify(shapely.linearrings(ring), plain_m, preserve_topology=True)
    return np.asarray(shapely.get_coordinates(plain))
