"""Redrawing areas by hand: corners are pulled, put in and taken out; neighbours follow.

One item for everything: handles are painted in pixels, never a widget each. Knows sheets of metres
and the mouse; not the log, and not what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter

from app.geo.area_history import History
from app.geo.area_sheet import Sheet
from app.geo.snapping import Snap, Snapper
from app.map.draw_editor import (
    MIDDLES_FROM_PX,
    Drawn,
    EditorPainter,
    HeldCorner,
    corners_of,
    side_lengths,
    sides_of,
)
from app.map.frame import Frame
from app.map.marks import Metres
from app.map.style import MapStyle
from app.map.tool import Pointer

REACH_PX = 11.0
SNAP_PX = 12.0


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
        history: History[Sheet],
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
        self._line, self._pointer = [], None
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

    @property
    def hand_m(self) -> tuple[float, float] | None:
        """The corner in the hand, the chosen one, or the last of a line."""
        corner = self._held.corner if self._held is not None else self.chosen
        if self._line:
            x_m, y_m = self._line[-1]
        elif corner is not None:
            x_m, y_m = self.sheet.corners[corner].tolist()
        else:
            return None
        return x_m - float(self._origin_m[0]), y_m - float(self._origin_m[1])

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
        corners = corners_of(self.sheet, self.active)
        if not len(corners):
            return None
        away = self.sheet.corners[corners] - self._station(pointer)
        distance = np.hypot(away[:, 0], away[:, 1]) * pointer.px_per_m
        nearest = int(np.argmin(distance))
        return int(corners[nearest]) if distance[nearest] <= REACH_PX else None

    def _side_middle_at(self, pointer: Pointer) -> tuple[int, int] | None:
        """The side whose middle handle is under the mouse."""
        starts, ends = sides_of(self.sheet, self.active)
        corners = self.sheet.corners
        middles = (corners[starts] + corners[ends]) / 2 - self._station(pointer)
        long_enough = side_lengths(corners, starts, ends) * pointer.px_per_m >= MIDDLES_FROM_PX
        away = np.hypot(middles[:, 0], middles[:, 1]) * pointer.px_per_m
        away[~long_enough] = np.inf
        nearest = int(np.argmin(away))
        if away[nearest] > REACH_PX:
            return None
        return int(starts[nearest]), int(ends[nearest])

    def _side_at(self, pointer: Pointer) -> tuple[int, int] | None:
        starts, ends = sides_of(self.sheet, self.active)
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
        held = None
        if self._held is not None:
            place = self.sheet.corners[self._held.corner]
            away = place - (self._held.from_x_m, self._held.from_y_m)
            words = self._place_words(float(place[0]), float(place[1]))
            held = HeldCorner(self._held.corner, float(np.hypot(*away)), words)
        drawn = Drawn(
            sheet=self.sheet,
            first=self.history.first,
            active=self.active,
            shows_handles=self.drawing is Drawing.CORNERS,
            marked=frozenset({self.chosen, self._over} - {None}),
            line=(*self._line, *((self._pointer,) if self._pointer else ())),
            snapped=self._snap_words(self._snap) if self._snap is not None else "",
            held=held,
            trouble_m=self.trouble_m,
        )
        EditorPainter(painter, frame, style, self._origin_m).paint(drawn)
