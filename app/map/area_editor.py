"""Redrawing areas by hand: corners are pulled, put in and taken out; neighbours follow.

One item for everything: handles are painted in pixels, never a widget each. Knows sheets of metres
and the mouse; not the log, and not what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.geo.area_history import History
from app.geo.area_sheet import Ring, Sheet
from app.geo.snapping import Snap, Snapper
from app.map.frame import Frame
from app.map.live import into
from app.map.marks import Metres
from app.map.style import MapStyle, colour
from app.map.tool import Pointer

REACH_PX = 11.0
SNAP_PX = 12.0
HANDLE_PX = 8.0
MIDDLE_PX = 3.2
_MIDDLES_FROM_PX = 40.0  # a shorter side shows no handle for a new corner
_MOST_HANDLES = 4000  # beyond, come closer first


class Drawing(StrEnum):
    """What a click on the ground does."""

    CORNERS = "corners"  # nothing: corners are pulled
    AREA = "area"
    PART = "part"
    HOLE = "hole"
    SPLIT = "split"
    MERGE = "merge"  # one click: into the neighbour to be joined


@dataclass(frozen=True, slots=True)
class Held:
    """The corner in the hand, and where it began."""

    corner: int
    from_x_m: float
    from_y_m: float
    before: Sheet


class AreaEditor(QObject):
    """The tool. `changed` after every movement, `stepped` when a step is done, `drawn` when a line
    for `Drawing.SPLIT`, `HOLE`, `PART` or `AREA` is complete."""

    changed = Signal()
    stepped = Signal()
    drawn = Signal(object)  # corners (N, 2) in station metres
    refused = Signal(str)  # ValueError's words: the step was not taken

    def __init__(
        self,
        history: History,
        active: str,
        origin_m: Metres,
        snapper: Snapper,
        snap_words: Callable[[Snap], str],
        place_words: Callable[[float, float], str],
    ) -> None:
        super().__init__()
        self.history = history
        self.active = active
        self.snaps = True
        self.drawing = Drawing.CORNERS
        self._origin_m = origin_m
        self._snapper = snapper
        self._snap_words = snap_words
        self._place_words = place_words
        self._held: Held | None = None
        self._dragged: Sheet | None = None
        self._snap: Snap | None = None
        self._over: int | None = None
        self.chosen: int | None = None
        """The corner that keys work on."""
        self._line: list[tuple[float, float]] = []
        self._pointer: tuple[float, float] | None = None
        self.trouble_m: tuple[float, float] | None = None
        """Where the outline is faulty, in station metres."""

    @property
    def sheet(self) -> Sheet:
        """What is drawn now, also in the middle of a movement."""
        return self._dragged if self._dragged is not None else self.history.present

    @property
    def is_held(self) -> bool:
        """Whether a corner is in the hand."""
        return self._held is not None

    # --------------------------------------------------------------- steps

    def take(self, sheet: Sheet) -> None:
        """A step was taken."""
        self.history.add(sheet)
        self._forget_corner()
        self.stepped.emit()

    def undo(self) -> None:
        if self._line:
            self._line.pop()
            self.changed.emit()
            return
        self.history.undo()
        self._forget_corner()
        self.stepped.emit()

    def redo(self) -> None:
        self.history.redo()
        self._forget_corner()
        self.stepped.emit()

    def delete_corner(self) -> None:
        """Take out the chosen corner."""
        corner = self.chosen if self.chosen is not None else self._over
        if corner is None:
            return
        try:
            self.take(self.history.present.deleted(corner))
        except ValueError as error:
            self.refused.emit(str(error))

    def put_corner(self, east_m: float, north_m: float) -> None:
        """The chosen corner to typed coordinates; while a line is drawn, its next corner."""
        if self.drawing is not Drawing.CORNERS:
            self._line.append((east_m, north_m))
            self.changed.emit()
        elif self.chosen is not None:
            chosen = self.chosen
            self.take(self.history.present.moved(chosen, east_m, north_m))
            self.chosen = chosen

    def draw_line(self, drawing: Drawing) -> None:
        """What clicks do from now on."""
        self.drawing = drawing
        self._line = []
        self.changed.emit()

    def finish_line(self) -> None:
        """The line is complete."""
        line = np.array(self._line)
        least = 2 if self.drawing is Drawing.SPLIT else 3
        if len(line) >= least:
            self._line = []
            self.drawn.emit(line)

    @property
    def has_line(self) -> bool:
        """Whether a line is begun."""
        return bool(self._line)

    def drop(self) -> bool:
        """Let go what is in the hand or half drawn; whether anything was."""
        had = bool(self._line) or self._held is not None
        self._line, self._held, self._dragged, self._snap = [], None, None, None
        self.changed.emit()
        return had

    def _forget_corner(self) -> None:
        self.chosen = self._over = None

    # ---------------------------------------------------------------- the mouse

    def press(self, pointer: Pointer) -> bool:
        if self.drawing is not Drawing.CORNERS:
            return False
        corner = self._corner_at(pointer)
        sheet = self.history.present
        if corner is None:
            side = self._side_middle_at(pointer)
            if side is None:
                return False
            x_m, y_m = self._station(pointer)
            sheet, corner = sheet.inserted(*side, x_m, y_m)
        x_m, y_m = sheet.corners[corner].tolist()
        self._held = Held(corner, x_m, y_m, sheet)
        self.chosen = corner
        return True

    def drag(self, pointer: Pointer) -> None:
        if self._held is None:
            return
        x_m, y_m = self._placed(pointer, self._held.corner)
        self._dragged = self._held.before.moved(self._held.corner, x_m, y_m)
        self.changed.emit()

    def release(self, pointer: Pointer) -> None:
        held, dragged = self._held, self._dragged
        self._held, self._dragged, self._snap = None, None, None
        if held is not None and dragged is not None:
            self.history.add(dragged)
            self.chosen = held.corner
            self.stepped.emit()

    def hover(self, pointer: Pointer) -> None:
        if self.drawing is Drawing.CORNERS:
            self._over = self._corner_at(pointer)
            self._snap = None
        elif self.drawing is not Drawing.MERGE:
            self._pointer = self._placed(pointer, None)

    def click(self, pointer: Pointer, double: bool) -> bool:
        if self.drawing is Drawing.MERGE:
            self.drawn.emit(np.array([self._station(pointer)]))
            return True
        if self.drawing is not Drawing.CORNERS:
            if double:
                self.finish_line()
            else:
                self._line.append(self._placed(pointer, None))
                self.changed.emit()
            return True
        return double and self._insert_at(pointer)

    def _insert_at(self, pointer: Pointer) -> bool:
        """A double click on a side puts a corner there."""
        side = self._side_at(pointer)
        if side is None:
            return False
        x_m, y_m = self._station(pointer)
        sheet, corner = self.history.present.inserted(*side, x_m, y_m)
        self.history.add(sheet)
        self.chosen = corner
        self.stepped.emit()
        return True

    # ------------------------------------------------------------ where things are

    def _station(self, pointer: Pointer) -> tuple[float, float]:
        return pointer.x_m + float(self._origin_m[0]), pointer.y_m + float(self._origin_m[1])

    def _placed(self, pointer: Pointer, _corner: int | None) -> tuple[float, float]:
        """Where the hand means: snapped, unless Shift lifts it or snapping is off."""
        x_m, y_m = self._station(pointer)
        self._snap = None
        if self.snaps and not pointer.free:
            self._snap = self._snapper.at(x_m, y_m, SNAP_PX / pointer.px_per_m)
        if self._snap is not None:
            return self._snap.x_m, self._snap.y_m
        return x_m, y_m

    def _corner_at(self, pointer: Pointer) -> int | None:
        corners = _corners_of(self.sheet, self.active)
        if not len(corners):
            return None
        away = self.sheet.corners[corners] - self._station(pointer)
        distance = np.hypot(away[:, 0], away[:, 1]) * pointer.px_per_m
        nearest = int(np.argmin(distance))
        return int(corners[nearest]) if distance[nearest] <= REACH_PX else None

    def _side_middle_at(self, pointer: Pointer) -> tuple[int, int] | None:
        """The side whose middle handle is under the mouse."""
        starts, ends = _sides_of(self.sheet, self.active)
        corners = self.sheet.corners
        middles = (corners[starts] + corners[ends]) / 2 - self._station(pointer)
        long_enough = _lengths(corners, starts, ends) * pointer.px_per_m >= _MIDDLES_FROM_PX
        away = np.hypot(middles[:, 0], middles[:, 1]) * pointer.px_per_m
        away[~long_enough] = np.inf
        nearest = int(np.argmin(away))
        if away[nearest] > REACH_PX:
            return None
        return int(starts[nearest]), int(ends[nearest])

    def _side_at(self, pointer: Pointer) -> tuple[int, int] | None:
        starts, ends = _sides_of(self.sheet, self.active)
        first, second = self.sheet.corners[starts], self.sheet.corners[ends]
        here = np.array(self._station(pointer))
        along = second - first
        length_2 = np.maximum((along**2).sum(axis=1), 1e-9)
        share = np.clip(((here - first) * along).sum(axis=1) / length_2, 0, 1)
        away = np.hypot(*(first + along * share[:, None] - here).T) * pointer.px_per_m
        nearest = int(np.argmin(away))
        if away[nearest] > REACH_PX:
            return None
        return int(starts[nearest]), int(ends[nearest])

    # ----------------------------------------------------------------- painting

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        pixels = frame.all_to_px(self.sheet.corners - self._origin_m)
        before = self.history.first
        old = frame.all_to_px(before.corners - self._origin_m)
        self._draw_outlines(painter, before, old, QPen(colour(style.text_hint), 1.3), (6.0, 5.0))
        neighbours = QPen(colour(style.zone, 0.75), 1.6)
        self._draw_outlines(painter, self.sheet, pixels, neighbours, (), self.active)
        self._draw_active(painter, pixels, frame, style)
        self._draw_line(painter, frame, style)
        if self.trouble_m is not None:
            _draw_trouble(painter, self._pixel(frame, *self.trouble_m), style)
        if self._held is not None:
            self._draw_held(painter, pixels, frame, style)

    def _draw_outlines(
        self,
        painter: QPainter,
        sheet: Sheet,
        pixels: Metres,
        line: QPen,
        dash_px: tuple[float, ...],
        without: str = "",
    ) -> None:
        if dash_px:
            line.setDashPattern([length / line.widthF() for length in dash_px])
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for outline in sheet.outlines:
            if outline.area_id != without:
                for ring in outline.rings:
                    painter.drawPolygon(_polygon(pixels, ring))

    def _draw_active(
        self, painter: QPainter, pixels: Metres, frame: Frame, style: MapStyle
    ) -> None:
        if not any(one.area_id == self.active for one in self.sheet.outlines):
            return
        painter.setPen(QPen(colour(style.blue), 2.4))
        painter.setBrush(colour(style.blue, 0.06))
        for ring in self.sheet.outline(self.active).rings:
            painter.drawPolygon(_polygon(pixels, ring))
        if self.drawing is not Drawing.CORNERS:
            return
        corners = pixels[_corners_of(self.sheet, self.active)]
        starts, ends = _sides_of(self.sheet, self.active)
        long_enough = _lengths(pixels, starts, ends) >= _MIDDLES_FROM_PX
        middles = ((pixels[starts] + pixels[ends]) / 2)[long_enough]
        seen = _inside(corners, frame)
        if len(seen) > _MOST_HANDLES:
            return
        painter.setPen(QPen(colour(style.blue), 1.2))
        painter.setBrush(colour(style.ground))
        for x, y in _inside(middles, frame).tolist():
            painter.drawEllipse(QPointF(x, y), MIDDLE_PX, MIDDLE_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(colour(style.on_fill))
        half = HANDLE_PX / 2
        painter.drawRects(
            [
                QRectF(round(x) - half, round(y) - half, HANDLE_PX, HANDLE_PX)
                for x, y in seen.tolist()
            ]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for corner in {self.chosen, self._over} - {None}:
            x, y = pixels[corner].tolist()
            painter.setPen(QPen(colour(style.blue_fill), 3.0))
            painter.drawRect(QRectF(x - 6, y - 6, 12, 12))

    def _draw_held(self, painter: QPainter, pixels: Metres, frame: Frame, style: MapStyle) -> None:
        """The corner in the hand: a ring with cross hairs, what it snapped to, how far it went."""
        assert self._held is not None
        x, y = pixels[self._held.corner].tolist()
        at = QPointF(x, y)
        painter.setPen(
            QPen(colour(style.on_fill if style.ground != style.on_fill else style.text), 2)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 13, 13)
        for step in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawLine(at + step * 9, at + step * 19)
        place = self.sheet.corners[self._held.corner]
        moved_m = float(np.hypot(place[0] - self._held.from_x_m, place[1] - self._held.from_y_m))
        words = self._place_words(float(place[0]), float(place[1]))
        title = self._snap_words(self._snap) if self._snap is not None else ""
        draw_note(painter, at, title, f"{moved_m:.0f} m · {words}", frame, style)

    def _draw_line(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        if self.drawing is Drawing.CORNERS:
            return
        places = [*self._line, *([self._pointer] if self._pointer else [])]
        points = [self._pixel(frame, *place) for place in places]
        painter.setPen(QPen(colour(style.blue), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(colour(style.blue), 1.4))
        painter.setBrush(colour(style.on_fill))
        for point in points:
            painter.drawRect(QRectF(point.x() - 4, point.y() - 4, 8, 8))
        if self._snap is not None and points:
            draw_note(painter, points[-1], self._snap_words(self._snap), "", frame, style)

    def _pixel(self, frame: Frame, east_m: float, north_m: float) -> QPointF:
        return frame.to_px(east_m - float(self._origin_m[0]), north_m - float(self._origin_m[1]))


def draw_note(
    painter: QPainter, at: QPointF, title: str, detail: str, frame: Frame, style: MapStyle
) -> None:
    """A small box beside a place: a line in bold, a line under it."""
    lines = [(title, style.font(13, QFont.Weight.DemiBold), style.text)] if title else []
    if detail:
        lines.append((detail, style.font(12), style.text_secondary))
    if not lines:
        return
    metrics = [QFontMetricsF(font) for _, font, _ in lines]
    width = max(m.horizontalAdvance(text) for m, (text, _, _) in zip(metrics, lines, strict=True))
    height = sum(m.height() for m in metrics)
    box = into(QRectF(at.x() + 22, at.y() + 16, width + 18, height + 10), frame.size_px)
    painter.setPen(QPen(colour(style.tag_border), 1.2))
    painter.setBrush(colour(style.ground))
    painter.drawRoundedRect(box, 3, 3)
    top = box.top() + 5
    for m, (text, font, ink) in zip(metrics, lines, strict=True):
        painter.setFont(font)
        painter.setPen(colour(ink))
        painter.drawText(QPointF(box.left() + 9, top + m.ascent()), text)
        top += m.height()


def _draw_trouble(painter: QPainter, at: QPointF, style: MapStyle) -> None:
    painter.setPen(QPen(colour(style.red), 2.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, 11, 11)
    painter.drawLine(at + QPointF(-5, -5), at + QPointF(5, 5))
    painter.drawLine(at + QPointF(-5, 5), at + QPointF(5, -5))


def _corners_of(sheet: Sheet, area_id: str) -> np.ndarray:
    for outline in sheet.outlines:
        if outline.area_id == area_id:
            return np.array([corner for ring in outline.rings for corner in ring], dtype=np.intp)
    return np.empty(0, dtype=np.intp)


def _sides_of(sheet: Sheet, area_id: str) -> tuple[np.ndarray, np.ndarray]:
    rings = [np.array(ring) for ring in sheet.outline(area_id).rings]
    return np.concatenate(rings), np.concatenate([np.roll(ring, -1) for ring in rings])


def _lengths(places: Metres, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    along = places[ends] - places[starts]
    return np.asarray(np.hypot(along[:, 0], along[:, 1]))


def _inside(pixels: Metres, frame: Frame) -> Metres:
    x, y = pixels[:, 0], pixels[:, 1]
    seen = (x > -10) & (y > -10) & (x < frame.width_px + 10) & (y < frame.height_px + 10)
    return np.asarray(pixels[seen])


def _polygon(pixels: Metres, ring: Ring) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in pixels[list(ring)].tolist()])
