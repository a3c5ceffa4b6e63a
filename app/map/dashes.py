"""Dashed outlines cut into their dashes where they are in sight. Knows no colours.

Qt's own dashes run along the whole outline, out of sight too, and begin anew with each piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from app.map.marks import Metres
from app.map.strokes import Strokes, join, pieces_along


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """Lines as pieces in local metres, and how far along its own line each piece begins."""

    strokes: Strokes
    starts_m: NDArray[np.float64]
    goes_on: NDArray[np.bool_]  # (N - 1): the next piece continues this one

    def dashed(self, seen_m: QRectF, pattern_m: Sequence[float]) -> Strokes:
        """The dashes near the rectangle. The pattern is dash, gap, dash, …, in metres; it begins
        with the line, so that dashes stay where they are while the map is moved."""
        seen = self.strokes.in_sight(seen_m)
        pieces, from_m = self.strokes.pieces_m[seen], self.starts_m[seen]
        run = pieces[:, 2:] - pieces[:, :2]
        length_m = np.hypot(run[:, 0], run[:, 1])
        pattern = _Pattern(pattern_m)
        first, past = pattern.edges_between(from_m, from_m + length_m)
        cuts = np.maximum(past - first, 0)
        owner = np.repeat(np.arange(len(seen)), cuts + 1)
        nth = np.arange(len(owner)) - np.repeat(np.cumsum(cuts + 1) - (cuts + 1), cuts + 1)
        edge = first[owner] + nth
        is_first, is_last = nth == 0, nth == cuts[owner]
        begin = np.where(is_first, 0.0, pattern.at_m(edge - 1) - from_m[owner])
        end = np.where(is_last, length_m[owner], pattern.at_m(edge) - from_m[owner])
        inked = (pattern.is_dash(edge - 1)) & (end - begin > 1e-6)
        unit = run / length_m[:, np.newaxis]
        origin, ahead = pieces[owner, :2], unit[owner]
        dashes = np.concatenate(
            (origin + ahead * begin[:, np.newaxis], origin + ahead * end[:, np.newaxis]), axis=1
        )
        goes_on = np.zeros(len(owner), dtype=bool)
        goes_on[:-1] = is_last[:-1] & is_first[1:] & self._follow(seen)[owner[:-1]]
        kept = np.flatnonzero(inked)
        return join(dashes[kept], (np.diff(kept) == 1) & goes_on[kept[:-1]])

    def _follow(self, seen: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether the next piece in sight continues each one."""
        follow = np.zeros(len(seen), dtype=bool)
        if len(seen):
            follow[:-1] = (np.diff(seen) == 1) & self.goes_on[seen[:-1]]
        return follow


def outlines_of(lines_m: Sequence[Metres]) -> Outlines:
    """Outlines of polylines or closed rings (N, 2)."""
    points = np.concatenate([np.empty((0, 2)), *lines_m])
    of_line = np.repeat(np.arange(len(lines_m)), [len(line) for line in lines_m])
    pieces, line = pieces_along(points, of_line)
    length_m = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1])
    before_m = np.cumsum(length_m) - length_m
    goes_on = line[1:] == line[:-1]
    first = np.concatenate((np.ones(min(len(line), 1), dtype=bool), ~goes_on))
    own = np.cumsum(first) - 1
    return Outlines(join(pieces, goes_on), before_m - before_m[first][own], goes_on)


class _Pattern:
    """Edges numbered along a line: the even ones begin a dash, the odd ones a gap."""

    def __init__(self, pattern_m: Sequence[float]) -> None:
        self._edges = np.concatenate(([0.0], np.cumsum(pattern_m)[:-1]))
        self._period = float(sum(pattern_m))

    def edges_between(
        self, from_m: NDArray[np.float64], to_m: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first edge beyond `from_m`, and the first that is not before `to_m`."""
        return self._count(from_m, "right"), self._count(to_m, "left")

    def _count(self, along_m: NDArray[np.float64], side: str) -> NDArray[np.int64]:
        turns = np.floor(along_m / self._period)
        within = along_m - turns * self._period
        inside = np.searchsorted(self._edges, within, side=side)  # type: ignore[call-overload]
        return np.asarray(turns * len(self._edges) + inside, dtype=np.int64)

    def at_m(self, edge: NDArray[np.int64]) -> NDArray[np.float64]:
        """How far along an edge lies."""
        turns, nth = np.divmod(edge, len(self._edges))
        return np.asarray(turns * self._period + self._edges[nth])

    def is_dash(self, edge: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether ink follows the edge."""
        return np.asarray(edge % len(self._edges) % 2 == 0)
