"""Where a name can be written along a road or a river, for all lines at once. Knows no colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.map.frame import Frame
from app.map.marks import Metres

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
_PROBES = np.linspace(-0.5, 0.5, 9)  # of a name's width: where its line is looked at


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Many lines end to end, so that places on all of them are found in one call."""

    points_m: Metres
    along_m: Floats  # of each point, growing from line to line
    starts_m: Floats  # where each line begins on that scale
    lengths_m: Floats
    boxes_m: Floats  # west, south, east, north of each line

    def in_sight(self, frame: Frame, shortest_px: float) -> Indices:
        """Those that come into the picture and are long enough for the shortest of names."""
        seen, boxes = frame.rect_m, self.boxes_m
        inside = (boxes[:, 0] < seen.right()) & (boxes[:, 2] > seen.left())
        inside &= (boxes[:, 1] < seen.bottom()) & (boxes[:, 3] > seen.top())
        return np.flatnonzero(inside & (self.reach_px(frame.px_per_m) > shortest_px))

    def reach_px(self, px_per_m: float) -> Floats:
        """How far each line reaches, east or north."""
        boxes = self.boxes_m
        widest = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        return np.asarray(widest * px_per_m)


@dataclass(frozen=True, slots=True, eq=False)
class LineSpots:
    """The middles of names in pixels, how far each is turned clockwise, and on which of the lines
    asked for it lies; line by line, from the middle of each outward."""

    owner: Indices
    x_px: Floats
    y_px: Floats
    turned_deg: Floats


def lines_of(lines_m: Sequence[Metres]) -> Lines:
    """Lines (N, 2) of two points or more."""
    points = np.concatenate([np.empty((0, 2)), *lines_m])
    counts = np.array([len(line) for line in lines_m], dtype=np.intp)
    first = np.cumsum(counts) - counts
    steps = np.zeros(len(points))
    steps[1:] = np.hypot(*np.diff(points, axis=0).T)
    steps[first] = 1.0  # between two lines; no name is looked for there
    along = np.cumsum(steps)
    boxes = [(*line.min(axis=0), *line.max(axis=0)) for line in lines_m]
    return Lines(
        points_m=points,
        along_m=along,
        starts_m=along[first],
        lengths_m=along[first + counts - 1] - along[first],
        boxes_m=np.array(boxes, dtype=np.float64).reshape(-1, 4),
    )


def spots_along(
    lines: Lines, chosen: Indices, frame: Frame, width_px: Floats, height_px: Floats,
    every_px: Floats,
) -> LineSpots:  # fmt: skip
    """Spots in the picture where a name lies nearly straight; widths, heights and how often a name
    comes again are those of the chosen lines.

    They depend on the whole line and the scale only, so names stay put while the map is moved.
    """
    scale = frame.px_per_m
    length_px = lines.lengths_m[chosen] * scale
    rooms = 1 + 2 * ((length_px - width_px) / 2 // every_px)
    count = np.where(length_px < width_px, 0, rooms).astype(np.intp)
    owner = np.repeat(np.arange(len(chosen)), count)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    outward = np.where(nth % 2, -(nth + 1) // 2, nth // 2)
    middle_px = length_px[owner] / 2 + outward * every_px[owner]
    middle_m = lines.starts_m[chosen][owner] + middle_px / scale
    at = frame.all_to_px(_places(lines, middle_m))
    seen = (at[:, 0] >= 0) & (at[:, 0] <= frame.width_px)
    seen &= (at[:, 1] >= 0) & (at[:, 1] <= frame.height_px)
    owner, middle_m = owner[seen], middle_m[seen]
    probes_m = middle_m[:, np.newaxis] + _PROBES * (width_px[owner] / scale)[:, np.newaxis]
    pixels = frame.all_to_px(_places(lines, probes_m.ravel())).reshape(-1, len(_PROBES), 2)
    return _straight(owner, pixels, width_px[owner], height_px[owner])


def _places(lines: Lines, along_m: Floats) -> Metres:
    if not len(along_m):
        return np.empty((0, 2))
    x = np.interp(along_m, lines.along_m, lines.points_m[:, 0])
    return np.stack((x, np.interp(along_m, lines.along_m, lines.points_m[:, 1])), axis=1)


def _straight(owner: Indices, pixels: Floats, width_px: Floats, height_px: Floats) -> LineSpots:
    """Those where the line does not bend away by a third of the letters' height."""
    x, y = pixels[:, :, 0], pixels[:, :, 1]
    run_x, run_y = x[:, -1] - x[:, 0], y[:, -1] - y[:, 0]
    chord = np.hypot(run_x, run_y)
    across = (x - x[:, :1]) * run_y[:, np.newaxis] - (y - y[:, :1]) * run_x[:, np.newaxis]
    bend = np.abs(across).max(axis=1, initial=0.0) / np.maximum(chord, 1e-9)
    good = (chord >= 0.9 * width_px) & (bend <= height_px / 3)
    turned = np.degrees(np.arctan2(run_y, run_x))
    turned = np.where(turned > 90, turned - 180, np.where(turned <= -90, turned + 180, turned))
    return LineSpots(owner[good], x.mean(axis=1)[good], y.mean(axis=1)[good], turned[good])
