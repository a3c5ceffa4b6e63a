"""Lines drawn piece by piece, each made a little longer where the line bends, so that bends close.

Qt strokes a path as one outline, in more than linear time: a thousand streets of four pixels cost
it twenty times as much as their pieces (measured). Knows no colours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from shiboken6 import wrapInstance

from app.map.marks import Metres

AT_ONCE = 200  # pieces in one call of Qt: the hand waits for no more of them
LAP_PX = 0.5  # pieces lie this far upon each other, or their smooth edges would show a seam
_MOST_MITRE = 0.25  # of half the width: a bend of 28°; a sharper one is cut off or rounded


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Pieces of lines in local metres, `(N, 4)`: from x, y to x, y."""

    pieces_m: NDArray[np.float64]
    mitres: NDArray[np.float64]  # how each end moves outward, in halves of the width
    laps: NDArray[np.float64]  # one outward at the ends that another piece joins
    boxes_m: NDArray[np.float64]  # west, south, east, north
    round_m: Metres  # (M, 2) free ends and sharp bends

    def __len__(self) -> int:
        return len(self.pieces_m)

    def in_sight(self, seen_m: QRectF) -> NDArray[np.intp]:
        """Which pieces come near the rectangle, in their order."""
        boxes = self.boxes_m
        inside = (boxes[:, 0] <= seen_m.right()) & (boxes[:, 2] >= seen_m.left())
        inside &= (boxes[:, 1] <= seen_m.bottom()) & (boxes[:, 3] >= seen_m.top())
        return np.flatnonzero(inside)

    def lengthened(
        self, seen: NDArray[np.intp], width_px: float, px_per_m: float
    ) -> NDArray[np.float64]:
        """Those pieces, ready to be drawn with flat ends at a width and a scale."""
        if width_px <= 1.0:
            return self.pieces_m[seen]  # a hairline has no corners
        half_m, lap_m = width_px / px_per_m / 2, LAP_PX / px_per_m
        longer = self.pieces_m[seen]
        longer += self.mitres[seen] * half_m
        longer += self.laps[seen] * lap_m
        return longer


def strokes_of(shapes: Sequence[Any]) -> Strokes:
    """The pieces of (Multi)LineStrings."""
    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    points, of_line = shapely.get_coordinates(parts, return_index=True)
    pieces, line = pieces_along(points, of_line)
    return join(pieces, line[1:] == line[:-1])


def pieces_along(
    points_m: Metres, of_line: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Pieces `(N, 4)` between the points of each line, none without length, and whose they are."""
    if len(points_m):
        new = np.ones(len(points_m), dtype=bool)
        new[1:] = (of_line[1:] != of_line[:-1]) | (points_m[1:] != points_m[:-1]).any(axis=1)
        points_m, of_line = points_m[new], of_line[new]
    goes_on = of_line[1:] == of_line[:-1]
    pieces = np.concatenate((points_m[:-1], points_m[1:]), axis=1)[goes_on]
    return pieces, of_line[:-1][goes_on]


def join(pieces_m: NDArray[np.float64], joined: NDArray[np.bool_]) -> Strokes:
    """Strokes of pieces, none without length; `joined` (N - 1): the next goes on from this one."""
    count = len(pieces_m)
    run = pieces_m[:, 2:] - pieces_m[:, :2]
    ahead = run / np.hypot(run[:, 0], run[:, 1])[:, np.newaxis]
    along = (ahead[:-1] * ahead[1:]).sum(axis=1)  # the cosine of each bend
    tangent = np.sqrt(np.clip((1 - along) / np.maximum(1 + along, 1e-9), 0, None))  # of half of it
    mitre = np.where(joined, np.minimum(tangent, _MOST_MITRE), 0.0)
    outward = np.concatenate((-ahead, ahead), axis=1)
    mitres, laps = np.zeros((count, 4)), np.zeros((count, 4))
    mitres[1:, :2] = outward[1:, :2] * mitre[:, np.newaxis]
    mitres[:-1, 2:] = outward[:-1, 2:] * mitre[:, np.newaxis]
    laps[1:, :2] = outward[1:, :2] * joined[:, np.newaxis]
    laps[:-1, 2:] = outward[:-1, 2:] * joined[:, np.newaxis]
    plain = joined & (tangent < _MOST_MITRE)
    starts = np.concatenate((np.ones(min(count, 1), dtype=bool), ~plain))
    ends = np.concatenate((~joined, np.ones(min(count, 1), dtype=bool)))
    low = np.minimum(pieces_m[:, :2], pieces_m[:, 2:])
    high = np.maximum(pieces_m[:, :2], pieces_m[:, 2:])
    return Strokes(
        pieces_m=pieces_m,
        mitres=mitres,
        laps=laps,
        boxes_m=np.concatenate((low, high), axis=1),
        round_m=np.concatenate((pieces_m[starts, :2], pieces_m[ends, 2:])),
    )


def draw_strokes(
    painter: QPainter,
    strokes: Strokes,
    seen_m: QRectF,
    px_per_m: float,
    line: QPen,
    check: Callable[[], None],
    seen: NDArray[np.intp] | None = None,
) -> None:
    """Draw what is in sight in metres, with a solid cosmetic pen; `check` may raise. A pen with
    round ends rounds the free ends and the sharp bends. `seen` are the pieces in sight, if known.
    """
    width_px, is_round = line.widthF(), line.capStyle() == Qt.PenCapStyle.RoundCap
    flat = QPen(line)
    flat.setCapStyle(Qt.PenCapStyle.FlatCap)  # else Qt takes the long way again
    painter.setPen(flat)
    seen = strokes.in_sight(seen_m) if seen is None else seen
    draw_pieces(painter, strokes.lengthened(seen, width_px, px_per_m), check)
    if is_round:
        painter.setPen(line)
        x, y = strokes.round_m[:, 0], strokes.round_m[:, 1]
        inside = (x >= seen_m.left()) & (x <= seen_m.right())
        inside &= (y >= seen_m.top()) & (y <= seen_m.bottom())
        points = np.ascontiguousarray(strokes.round_m[inside])
        for first in range(0, len(points), AT_ONCE):
            some = points[first : first + AT_ONCE]
            painter.drawPoints(cast(QPointF, wrapInstance(some.ctypes.data, QPointF)), len(some))
            check()


def draw_pieces(painter: QPainter, pieces: NDArray[np.float64], check: Callable[[], None]) -> None:
    """Lines `(N, 4)`, handed to Qt where they lie in memory."""
    pieces = np.ascontiguousarray(pieces, dtype=np.float64)
    for first in range(0, len(pieces), AT_ONCE):
        some = pieces[first : first + AT_ONCE]
        painter.drawLines(cast(QLineF, wrapInstance(some.ctypes.data, QLineF)), len(some))
        check()
