"""The map's layers on paper: the order and inks of the screen, whole lines and true measures.

Lines get their width in the sheet's own pixels and shapes are moved there beforehand, for who sets
the sheet knows no pens that stay as wide as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from app.geo.basemap import LINES, ROADS, Basemap, GroundKind
from app.map.draw_coverage import SEEN_OPACITY
from app.map.draw_coverage import SEEN_TWICE_OPACITY as TWICE
from app.map.draw_walls import draw_walls
from app.map.frame import Frame
from app.map.ground_layers import GroundLayers
from app.map.marks import MapLayer, Metres
from app.map.paper.cut import (
    cut_polygons,
    joined_polygons,
    line_paths,
    outlines,
    polygon_paths,
)
from app.map.paper.hatch import hatch_path
from app.map.scene import Scene
from app.map.scene_layers import SceneLayers, outline_of, view_ink
from app.map.scene_layout import DISCS_FROM_PX_PER_M, SceneLayout
from app.map.shapes import INCIDENT_RADIUS_PX, draw_camera, draw_camera_dot, draw_incident
from app.map.style import MapStyle, colour, pen

MARK_REACH_PX = 20.0
VIEW_SPARE_PX = 4.0  # so that the cut edge of a view lies outside
HATCH_PX, HATCH_LINE_PX = 7, 0.6
_HERE = np.zeros(2)  # the shapes of a scene are in local metres already


class PaperGround(GroundLayers):
    """The base map, already cut to the sheet."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        basemap: Basemap,
        origin_m: Metres,
        style: MapStyle,
        lay_pictures: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(painter, frame.px_per_m, style, lay_pictures)
        self._frame = frame
        self._basemap = basemap
        self._origin_m = origin_m
        self._road_paths: dict[int, list[QPainterPath]] = {}  # a casing and its road lie alike

    def _fill(self, kind: GroundKind, fill: str, outline: str | None = None) -> None:
        group = self._basemap.features.get(kind)
        if group is None:
            return
        line = on_paper(pen(outline, 0.6)) if outline else QPen(Qt.PenStyle.NoPen)
        paths = polygon_paths(group.shapes, self._frame, self._origin_m)
        draw_paths(self._painter, paths, line, QBrush(colour(fill)))

    def _lines(self, kind: GroundKind, line: QPen) -> None:
        group = self._basemap.features.get(kind)
        if group is not None:
            paths_of = line_paths if kind in LINES else polygon_paths
            paths = paths_of(group.shapes, self._frame, self._origin_m)
            draw_paths(self._painter, paths, on_paper(line))

    def _road(self, rank: int, line: QPen) -> None:
        group = self._basemap.features.get(ROADS[rank])
        if group is None:
            return
        if rank not in self._road_paths:
            paths = line_paths(group.shapes, self._frame, self._origin_m)
            self._road_paths[rank] = list(paths)
        whole = on_paper(line)
        whole.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        whole.setCapStyle(Qt.PenCapStyle.RoundCap)
        draw_paths(self._painter, self._road_paths[rank], whole)


class PaperScene(SceneLayers):
    """Areas, views and marks. Warmth is a picture on screen and is left out here."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        scene: Scene,
        layout: SceneLayout,
        style: MapStyle,
        numbered: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(painter, frame, scene, layout, style)
        self._numbered = numbered  # cameras that are drawn with their number instead

    def _paint_density(self) -> None:
        """A picture of warmth says little on paper, and the file is to stay small."""

    def _paint_coverage(self) -> None:
        coverage = self._scene.coverage
        if coverage is None:
            return
        frame, green = self._frame, self._style.green_state
        for shapes, opacity in ((coverage.seen, SEEN_OPACITY), (coverage.seen_twice, TWICE)):
            parts = joined_polygons(shapes, frame, VIEW_SPARE_PX)
            fill = QBrush(colour(green, opacity))
            paths = polygon_paths(parts, frame, _HERE)
            draw_paths(self._painter, paths, QPen(Qt.PenStyle.NoPen), fill)
        blind = cut_polygons(coverage.blind, frame, VIEW_SPARE_PX)
        lines = hatch_path(blind, frame, HATCH_PX)
        if not lines.isEmpty():
            draw_paths(
                self._painter, (lines,), QPen(colour(self._style.amber, 0.75), HATCH_LINE_PX)
            )

    def _paint_walls(self) -> None:
        seen = self._frame.rect_m
        low, high = (seen.left(), seen.top()), (seen.right(), seen.bottom())
        near = [
            wall
            for wall in self._scene.walls
            if (wall.max(axis=0) >= low).all() and (wall.min(axis=0) <= high).all()
        ]
        draw_walls(self._painter, self._frame, near, self._style)

    def _paint_areas(self, layer: MapLayer) -> None:
        kind, ink, width_px, dash_px = outline_of(layer, self._style)
        rings = [ring for area in self._scene.areas if area.kind == kind for ring in area.rings]
        lines = outlines(rings, self._frame, MARK_REACH_PX)
        line = on_paper(pen(ink, width_px, dash_px=dash_px))
        draw_paths(self._painter, line_paths(lines, self._frame, _HERE), line)

    def _paint_views(self) -> None:
        marks = self._scene.cameras.marks
        for index in self._layout.cameras.tolist():
            if marks[index].id not in self._numbered:
                line, fill = view_ink(marks[index].look, self._style)
                draw_view(self._painter, self._frame, self._scene, index, line, fill)

    def _paint_cameras(self) -> None:
        discs = self._frame.px_per_m >= DISCS_FROM_PX_PER_M
        for index, at in self._on_sheet(self._layout.cameras.tolist(), self._layout.cameras_px):
            mark = self._scene.cameras.marks[index]
            if mark.id in self._numbered:
                continue
            if discs:
                draw_camera(self._painter, at, mark.look, mark.bearing_deg, self._style)
            else:
                draw_camera_dot(self._painter, at, mark.look, self._style)

    def _paint_incidents(self) -> None:
        layout, marks = self._layout, self._scene.incidents.marks
        for index, at in self._on_sheet(layout.grouped.single.tolist(), layout.singles_px):
            radius = INCIDENT_RADIUS_PX * 0.8
            draw_incident(self._painter, at, marks[index].urgency, self._style, radius)

    def _on_sheet(self, indices: list[int], places_px: Metres) -> Iterable[tuple[int, QPointF]]:
        sheet = self._frame.size_px
        room = sheet.adjusted(-MARK_REACH_PX, -MARK_REACH_PX, MARK_REACH_PX, MARK_REACH_PX)
        for index, (x, y) in zip(indices, places_px.tolist(), strict=True):
            if room.contains(QPointF(x, y)):
                yield index, QPointF(x, y)


def draw_view(
    painter: QPainter, frame: Frame, scene: Scene, index: int, line: QPen, fill: QBrush
) -> None:
    """What one camera sees, as far as it comes onto the sheet."""
    view = scene.cameras.views[index]
    if view is not None and len(view) > 2:
        shapes = cut_polygons(shapely.polygons(view), frame, VIEW_SPARE_PX)
        if len(shapes):
            draw_paths(painter, polygon_paths(shapes, frame, _HERE), on_paper(line), fill)


def draw_paths(
    painter: QPainter,
    paths: Iterable[QPainterPath],
    line: QPen,
    fill: QBrush | Qt.BrushStyle = Qt.BrushStyle.NoBrush,
) -> None:
    """All of them in one ink."""
    painter.setPen(line)
    painter.setBrush(fill)
    for path in paths:
        painter.drawPath(path)


def on_paper(line: QPen) -> QPen:
    """The same pen, its width a length on the sheet."""
    true = QPen(line)
    true.setCosmetic(False)
    return true
