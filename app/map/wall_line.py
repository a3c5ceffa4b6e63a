"""Drawing a wall by hand: a line of corners that are put, pulled, put in between and taken out.

Knows metres and the mouse; not what a wall is for, and not the log.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPen

from app.geo.area_history import History
from app.geo.snapping import Snap, Snapper
from app.map.draw_walls import draw_walls
from app.map.frame import Frame
from app.map.lengths import length_text
from app.map.marks import Metres
from app.map.note import draw_note
from app.map.style import MapStyle, colour
from app.map.tool import Pointer

REACH_PX = 11.0
SNAP_PX = 12.0
LEAST_CORNERS = 2

Corner = tuple[float, float]  # station metres
Line = tuple[Corner, ...]


class WallLine(QObject):
    """The tool. While `is_open` a click puts the next corner at the end of the line."""

    changed = Signal()
    stepped = Signal()
    refused = Signal()

    def __init__(
        self,
        history: History[Line],
        origin_m: Metres,
        snapper: Snapper,
        snap_words: Callable[[Snap], str],
    ) -> None:
        super().__init__()
        self.history = history
        self.is_open = len(history.present) < LEAST_CORNERS
        self.snaps = True
        self.chosen: int | None = None
        """The corner that keys work on."""
        self._origin_m, self._snapper, self._snap_words = origin_m, snapper, snap_words
        self._held: int | None = None
        self._dragged: Line | None = None
        self._pointer: Corner | None = None
        self._snap: Snap | None = None

    @property
    def line(self) -> Line:
        """What is drawn now, also in the middle of a movement."""
        return self._dragged if self._dragged is not None else self.history.present

    @property
    def is_held(self) -> bool:
        """Whether a corner is in the hand."""
        return self._held is not None

    @property
    def hand_m(self) -> Corner | None:
        """The corner in the hand, the chosen one, or the last of the line, in local metres."""
        marked = self._held if self._held is not None else self.chosen
        at = len(self.line) - 1 if marked is None else marked
        if at < 0:
            return None
        x_m, y_m = self.line[at]
        return x_m - float(self._origin_m[0]), y_m - float(self._origin_m[1])

    # Steps

    def undo(self) -> None:
        self.history.undo()
        self._after_step()

    def redo(self) -> None:
        self.history.redo()
        self._after_step()

    def finish(self) -> bool:
        """The line is complete: its corners can be pulled. Whether it was being drawn."""
        was_open, self.is_open = self.is_open, len(self.line) < LEAST_CORNERS
        self._pointer = None
        self.changed.emit()
        return was_open

    def put_corner(self, east_m: float, north_m: float) -> None:
        """A typed place: the next corner, or the chosen one."""
        if self.is_open:
            self._take((*self.line, (east_m, north_m)))
        elif self.chosen is not None:
            self._take(_with(self.line, self.chosen, (east_m, north_m)))

    def delete_corner(self) -> None:
        """Take out the chosen corner, or the last one while the line is drawn."""
        line = self.line
        at = len(line) - 1 if self.is_open else self.chosen
        if at is None or at < 0:
            return
        if not self.is_open and len(line) <= LEAST_CORNERS:
            self.refused.emit()
            return
        self._take(line[:at] + line[at + 1 :])

    def drop(self) -> bool:
        """Let go what is in the hand; whether anything was."""
        had = self._held is not None
        self._held = self._dragged = self._snap = None
        self.changed.emit()
        return had

    def _take(self, line: Line) -> None:
        self.history.add(line)
        self._after_step()

    def _after_step(self) -> None:
        self.chosen = None
        self.is_open = self.is_open or len(self.line) < LEAST_CORNERS
        self.stepped.emit()

    # The mouse

    def press(self, pointer: Pointer) -> bool:
        if self.is_open:
            return False
        self._held = self.chosen = self._corner_at(pointer)
        return self._held is not None

    def drag(self, pointer: Pointer) -> None:
        if self._held is not None:
            self._dragged = _with(self.history.present, self._held, self._placed(pointer))
            self.changed.emit()

    def release(self, pointer: Pointer) -> None:
        held, dragged = self._held, self._dragged
        self._held = self._dragged = self._snap = None
        if dragged is not None:
            self.history.add(dragged)
            self.chosen = held
            self.stepped.emit()

    def hover(self, pointer: Pointer) -> None:
        if self.is_open:
            self._pointer = self._placed(pointer)
            self.changed.emit()

    def click(self, pointer: Pointer, double: bool) -> bool:
        if self.is_open:
            if double:  # its first click has put the corner
                self.finish()
            else:
                self._take((*self.line, self._placed(pointer)))
            return True
        return double and self._insert_at(pointer)

    def _insert_at(self, pointer: Pointer) -> bool:
        """A double click on a side puts a corner there."""
        here, corners = np.array(self._station(pointer)), np.array(self.line)
        along = corners[1:] - corners[:-1]
        length_2 = np.maximum((along**2).sum(axis=1), 1e-9)
        share = np.clip(((here - corners[:-1]) * along).sum(axis=1) / length_2, 0, 1)
        away = np.hypot(*(corners[:-1] + along * share[:, None] - here).T) * pointer.px_per_m
        nearest = int(np.argmin(away))
        if away[nearest] > REACH_PX:
            return False
        line = self.line
        self._take((*line[: nearest + 1], self._station(pointer), *line[nearest + 1 :]))
        self.chosen = nearest + 1
        return True

    def _station(self, pointer: Pointer) -> Corner:
        return pointer.x_m + float(self._origin_m[0]), pointer.y_m + float(self._origin_m[1])

    def _placed(self, pointer: Pointer) -> Corner:
        """Where the hand means: snapped, unless Shift lifts it or snapping is off."""
        x_m, y_m = self._station(pointer)
        self._snap = None
        if self.snaps and not pointer.free:
            self._snap = self._snapper.at(x_m, y_m, SNAP_PX / pointer.px_per_m)
        return (self._snap.x_m, self._snap.y_m) if self._snap is not None else (x_m, y_m)

    def _corner_at(self, pointer: Pointer) -> int | None:
        away = np.array(self.line) - self._station(pointer)
        distance = np.hypot(away[:, 0], away[:, 1]) * pointer.px_per_m
        nearest = int(np.argmin(distance))
        return nearest if distance[nearest] <= REACH_PX else None

    # Painting

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        first = np.array(self.history.first).reshape(-1, 2) - self._origin_m
        if len(first) > 1 and self.line != self.history.first:
            draw_walls(painter, frame, [first], style, style.text_hint)
        ends = (self._pointer,) if self.is_open and self._pointer is not None else ()
        line = np.array([*self.line, *ends]).reshape(-1, 2) - self._origin_m
        if not len(line):
            return
        draw_walls(painter, frame, [line], style, style.blue)
        for number, (x, y) in enumerate(frame.all_to_px(line).tolist()):
            marked = number == self.chosen
            painter.setPen(QPen(colour(style.blue), 1.6))
            painter.setBrush(colour(style.blue if marked else style.on_fill))
            painter.drawRect(QRectF(x - 4.5, y - 4.5, 9, 9))
        at = line[self._held] if self._held is not None else line[-1]
        snapped = self._snap_words(self._snap) if self._snap is not None else ""
        spot = QPointF(*frame.to_px(float(at[0]), float(at[1])).toTuple())
        draw_note(painter, spot, length_text(line_length_m(line)), snapped, frame, style)


def line_length_m(corners: Metres) -> float:
    """How long a line (N, 2) is on the station's grid."""
    return float(np.hypot(*np.diff(corners, axis=0).T).sum()) if len(corners) > 1 else 0.0


def _with(line: Line, at: int, corner: Corner) -> Line:
    return (*line[:at], corner, *line[at + 1 :])
