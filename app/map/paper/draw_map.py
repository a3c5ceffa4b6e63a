"""Draws one map on paper: base map, grid, areas and views, names, numbered cameras, incident.

Runs on any thread; letters need a running QGuiApplication that knows Sarabun. The same order gives
the same bytes, in every process.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from app.errors import Message
from app.geo.ground_pictures import trouble_error
from app.map.draw_names import place_names
from app.map.draw_rasters import RasterStack
from app.map.frame import Frame
from app.map.ground import Ground, build_names
from app.map.ground_layers import ROAD_WIDTH_M
from app.map.labels import PlacedLabel, draw_label
from app.map.marks import Urgency
from app.map.paper.cut import cut_basemap, named_where_seen, spare_px
from app.map.paper.furniture import draw_frame, draw_furniture, furnish
from app.map.paper.grid import draw_figures, draw_grid, grid_figures, grid_name, grid_of
from app.map.paper.layers import PaperGround, PaperScene, draw_view
from app.map.paper.legend import legend_of
from app.map.paper.order import DPI, PX_MM, PaperMapOrder
from app.map.paper.pictures import SheetPicture, draw_mark, picture_of, with_picture
from app.map.scene_layout import lay_out_scene
from app.map.shapes import RANK_RADIUS_PX, draw_incident, draw_rank, pointer
from app.map.style import MapStyle, colour
from app.sheets.map_on_paper import MapOnPaper

RING_RADIUS_PX = 15.0
INCIDENT_RADIUS_PX = 8.0
HALO_PX = 2.4
_CLAMP_PX = 20.0  # how far inside the edge a camera outside the sheet is numbered
_CLAMP_TOP_PX = 34.0  # the grid's figures stand above
_EDGE_TRIES, _EDGE_STEP_PX = 12, 8.0
_TITLE = "Map"


def map_on_paper(order: PaperMapOrder) -> MapOnPaper:
    """The map as SVG and what is to be said about it. Takes some 50–200 ms."""
    picture = _Picture(order)
    return MapOnPaper(
        svg=picture.svg(),
        width_mm=order.frame.width_px * PX_MM,
        height_mm=order.frame.height_px * PX_MM,
        scale=order.scale,
        attribution=picture.furniture.note,
        legend=legend_of(order, seeing=bool(picture.ranks)),
        grid_name=grid_name(order),
        grid=picture.grid,
        bar=picture.furniture.bar,
        point_scale=order.factors.point_scale,
        true_north_deg=order.factors.true_north_deg,
        sample=any(area.sample for area in order.scene.areas),
        thai_digits=order.thai_digits,
        lacking=picture.lacking,
    )


@dataclass(frozen=True, slots=True)
class _Disc:
    """A camera's number on the sheet; `away_deg` is the way to one that stands outside, clockwise
    from up."""

    rank: int
    at: QPointF
    away_deg: float | None = None


class _Picture:
    """One map while it is drawn."""

    def __init__(self, order: PaperMapOrder) -> None:
        self._order = order
        self._frame, self._style = order.frame, order.style
        self._layout = lay_out_scene(order.frame, order.scene)
        self.furniture = furnish(order)
        self.grid = grid_of(order)
        index_of = {mark.id: index for index, mark in enumerate(order.scene.cameras.marks)}
        self.ranks = tuple(
            (rank, index_of[id_]) for rank, id_ in enumerate(order.seeing, start=1)
            if id_ in index_of
        )  # fmt: skip
        self._photo, self.lacking = _photo_of(order)
        self._incident_px: QPointF | None = None
        if order.incident_at is not None:
            place = order.ground.place(order.incident_at.lat_deg, order.incident_at.lon_deg)
            self._incident_px = order.frame.to_px(*place)

    def svg(self) -> bytes:
        """Everything, the lowest first."""
        order, frame, style = self._order, self._frame, self._style
        written = QByteArray()
        with _painting(written, frame, style) as painter:
            names = self._paint_ground(painter)
            draw_grid(painter, frame, self.grid, style)
            marks = order.scene.cameras.marks
            numbered = frozenset(marks[index].id for _, index in self.ranks)
            PaperScene(painter, frame, order.scene, self._layout, style, numbered).paint()
            painter.setOpacity(1.0)
            self._paint_seeing_views(painter)
            furniture = self.furniture.boxes
            taken = [*furniture, *self._mark_boxes()]
            figures = grid_figures(frame, self.grid, order.grid, taken, style)
            taken += [figure.box for figure in figures]
            _paint_names(painter, self._placed(names, taken))
            self._paint_incident(painter)
            self._paint_ranks(painter)
            draw_figures(painter, figures, style)
            draw_furniture(painter, self.furniture, style)
            draw_frame(painter, frame, style)
        svg = bytes(written.data())
        return svg if self._photo is None else with_picture(svg, self._photo)

    def _paint_ground(self, painter: QPainter) -> Ground | None:
        """Land and base map; gives back the names that go with it."""
        order, frame = self._order, self._frame
        painter.fillRect(frame.size_px, colour(self._style.land))
        if order.basemap is None or order.basemap.is_empty:
            return None
        spare = spare_px(frame.px_per_m, ROAD_WIDTH_M[0])
        cut = cut_basemap(order.basemap, frame, order.origin_m, spare)
        lay = None if self._photo is None else partial(draw_mark, painter)
        PaperGround(painter, frame, cut, order.origin_m, self._style, lay).paint()
        return build_names(cut, order.origin_m)

    def _paint_seeing_views(self, painter: QPainter) -> None:
        line, fill = (
            QPen(colour(self._style.blue, 0.95), 1.0),
            QBrush(colour(self._style.blue, 0.16)),
        )
        for _, index in self.ranks:
            draw_view(painter, self._frame, self._order.scene, index, line, fill)

    def _placed(self, names: Ground | None, taken: list[QRectF]) -> Iterator[PlacedLabel]:
        layout, style = self._layout, self._style
        areas = named_where_seen(self._order.scene.areas, self._frame)
        scene = replace(self._order.scene, areas=areas)
        return place_names(self._frame, scene, names, layout, style, _go_on, taken)

    def _mark_boxes(self) -> list[QRectF]:
        boxes = [_square(disc.at, RANK_RADIUS_PX + 1) for disc in self._discs()]
        if self._incident_px is not None:
            boxes.append(_square(self._incident_px, RING_RADIUS_PX))
        return boxes

    def _discs(self) -> list[_Disc]:
        """Where the numbers stand: upon their cameras, and for one outside at the sheet's edge, as
        near to it as there is room beside the others."""
        sheet = self._frame.size_px
        at_px = self._frame.all_to_px(self._order.scene.cameras.at)
        here: list[_Disc] = []
        outside: list[_Disc] = []
        for rank, index in self.ranks:
            at = QPointF(*at_px[index].tolist())
            (here if sheet.contains(at) else outside).append(_Disc(rank, at))
        room = sheet.adjusted(_CLAMP_PX, _CLAMP_TOP_PX, -_CLAMP_PX, -_CLAMP_PX)
        for disc in outside:
            here.append(_at_the_edge(disc, room, here))
        return sorted(here, key=lambda disc: disc.rank)

    def _paint_ranks(self, painter: QPainter) -> None:
        for disc in reversed(self._discs()):
            if disc.away_deg is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(self._style.blue_fill))
                painter.drawPolygon(pointer(disc.at, disc.away_deg, RANK_RADIUS_PX))
            draw_rank(painter, disc.at, disc.rank, self._style)

    def _paint_incident(self, painter: QPainter) -> None:
        """The place in a red ring; paper knows no colours for how urgent it was."""
        at = self._incident_px
        if at is None:
            return
        painter.setPen(QPen(colour(self._style.red), 1.6))
        painter.setBrush(colour(self._style.red, 0.10))
        painter.drawEllipse(at, RING_RADIUS_PX, RING_RADIUS_PX)
        draw_incident(painter, at, Urgency.ACT_NOW, self._style, INCIDENT_RADIUS_PX)


def _photo_of(order: PaperMapOrder) -> tuple[SheetPicture | None, tuple[Message, ...]]:
    """The pictures of the ground, where they are wanted and there are some; what is wrong with
    those that could not be drawn."""
    basemap = order.basemap
    if basemap is None or not basemap.pictures or order.scene.picture_strength <= 0:
        return None, ()
    stack = RasterStack(basemap.pictures, basemap.epsg, order.origin_m)
    photo = picture_of(stack, order.frame, order.style)
    return photo, tuple(trouble_error(name, trouble).what for name, trouble in stack.troubles)


def _paint_names(painter: QPainter, names: Iterator[PlacedLabel]) -> None:
    for placed in names:
        draw_label(painter, placed, HALO_PX)


@contextmanager
def _painting(written: QByteArray, frame: Frame, style: MapStyle) -> Iterator[QPainter]:
    """A painter whose lines become SVG in `written`, in true millimetres, cut at the edge."""
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(frame.width_px, frame.height_px))
    generator.setViewBox(frame.size_px)
    generator.setResolution(DPI)
    generator.setTitle(_TITLE)
    generator.setDescription("")
    painter = QPainter(generator)
    try:
        painter.setFont(style.font(12))  # else the file names the letters of this desk's screens
        painter.setClipRect(frame.size_px)
        yield painter
    finally:
        painter.end()
        buffer.close()


def _at_the_edge(disc: _Disc, room: QRectF, others: Sequence[_Disc]) -> _Disc:
    """The nearest place along the room's edge that no other number has taken."""
    x = min(max(disc.at.x(), room.left()), room.right())
    y = min(max(disc.at.y(), room.top()), room.bottom())
    along = QPointF(0, 1) if x in (room.left(), room.right()) else QPointF(1, 0)
    steps = sorted(range(-_EDGE_TRIES, _EDGE_TRIES + 1), key=lambda step: (abs(step), step))
    tries = [QPointF(x, y) + along * (step * _EDGE_STEP_PX) for step in steps]
    free = (
        at
        for at in tries
        if room.contains(at) and not any(_overlap(at, other.at) for other in others)
    )
    at = next(free, QPointF(x, y))
    away = disc.at - at
    return replace(disc, at=at, away_deg=math.degrees(math.atan2(away.x(), -away.y())))


def _overlap(one: QPointF, other: QPointF) -> bool:
    return math.hypot(one.x() - other.x(), one.y() - other.y()) < 2 * RANK_RADIUS_PX + 2


def _square(at: QPointF, radius: float) -> QRectF:
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)


def _go_on() -> None:
    """A printed map is never unwanted half-way."""
