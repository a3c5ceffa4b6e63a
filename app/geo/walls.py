"""The walls that cut a view: building outlines in metres, found quickly near a place. No cameras.

Walls lie in square cells, so that looking 100 m far does not ask every wall of the town.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

CELL_M = 40.0

Points = NDArray[np.float64]  # (N, 2): east, north
Segments = NDArray[np.float64]  # (N, 4): east, north of both ends, in metres
Indexes = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Walls:
    """Wall segments and the cells they touch. Make it with `of_segments` or `of_buildings`."""

    segments: Segments
    owners: Indexes  # the building of each segment, -1 for a wall that stands alone
    buildings: NDArray[np.object_]
    boxes: Segments  # west, south, east, north of each building
    origin_cell: tuple[int, int]
    cells_shape: tuple[int, int]  # columns, rows
    starts: Indexes  # (cells + 1,): where each cell's members begin, row by row
    members: Indexes

    @classmethod
    def of_buildings(cls, buildings: NDArray[np.object_]) -> Walls:
        """The outlines, courtyards included, of shapely (multi)polygons in metres."""
        parts, owner_of_part = shapely.get_parts(buildings, return_index=True)
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
        same_ring = ring_of_point[1:] == ring_of_point[:-1]
        segments = np.hstack((points[:-1], points[1:]))[same_ring]
        owners = owner_of_part[part_of_ring[ring_of_point[:-1][same_ring]]]
        return cls._indexed(segments, owners.astype(np.intp), buildings)

    @classmethod
    def of(cls, buildings: NDArray[np.object_], lines: Sequence[Points]) -> Walls:
        """Buildings, and walls drawn by hand: lines (N, 2) in metres that belong to no building."""
        houses = cls.of_buildings(buildings)
        drawn = [np.hstack((line[:-1], line[1:])) for line in lines if len(line) > 1]
        if not drawn:
            return houses
        alone = np.vstack(drawn)
        segments = np.vstack((houses.segments, alone))
        owners = np.concatenate((houses.owners, np.full(len(alone), -1, dtype=np.intp)))
        return cls._indexed(segments, owners, buildings)

    @classmethod
    def of_segments(cls, segments: Segments) -> Walls:
        """Walls that belong to no building."""
        return cls._indexed(segments, np.full(len(segments), -1), np.empty(0, dtype=object))

    @classmethod
    def _indexed(cls, segments: Segments, owners: Indexes, buildings: Any) -> Walls:
        boxes = shapely.bounds(buildings).reshape(-1, 4)
        if len(segments) == 0:
            none = np.empty(0, dtype=np.intp)
            return cls(np.empty((0, 4)), none, buildings, boxes, (0, 0), (0, 0), none, none)
        low = np.floor(np.minimum(segments[:, :2], segments[:, 2:]) / CELL_M).astype(np.intp)
        high = np.floor(np.maximum(segments[:, :2], segments[:, 2:]) / CELL_M).astype(np.intp)
        origin = low.min(axis=0)
        columns, rows = high.max(axis=0) - origin + 1
        member, cell = _touched(low - origin, high - origin, int(columns))
        order = np.argsort(cell, kind="stable")
        starts = np.searchsorted(cell[order], np.arange(columns * rows + 1)).astype(np.intp)
        return cls(
            segments, owners, buildings, boxes, (int(origin[0]), int(origin[1])),
            (int(columns), int(rows)), starts, member[order],
        )  # fmt: skip

    def near(
        self,
        east_m: float,
        north_m: float,
        range_m: float,
        also_in: tuple[float, float] | None = None,
        *,
        indoor: bool = False,
    ) -> Segments:
        """The walls that may stand within `range_m` of a place; a few further ones come along.

        Walls of a building the place itself is in are left out: a camera hangs on its own wall.
        So are those of a building that holds `also_in`. `indoor`: what stands inside sees the
        walls around it.
        """
        box = (east_m - range_m, north_m - range_m, east_m + range_m, north_m + range_m)
        found = self._in_box(*box)
        own = np.empty(0, dtype=np.intp) if indoor else self._building_at(east_m, north_m)
        if also_in is not None:
            own = np.concatenate((own, self._building_at(*also_in)))
        if len(own):
            found = found[~np.isin(self.owners[found], own)]
        return self.segments[found]

    def has_house_at(self, east_m: float, north_m: float) -> bool:
        """Whether a place lies in a building."""
        return len(self._building_at(east_m, north_m)) > 0

    def _in_box(self, west: float, south: float, east: float, north: float) -> Indexes:
        columns, rows = self.cells_shape
        first_column = max(int(west // CELL_M) - self.origin_cell[0], 0)
        last_column = min(int(east // CELL_M) - self.origin_cell[0], columns - 1)
        first_row = max(int(south // CELL_M) - self.origin_cell[1], 0)
        last_row = min(int(north // CELL_M) - self.origin_cell[1], rows - 1)
        if last_column < first_column or last_row < first_row:
            return np.empty(0, dtype=np.intp)
        pieces = [
            self.members[
                self.starts[row * columns + first_column] : self.starts[
                    row * columns + last_column + 1
                ]
            ]
            for row in range(first_row, last_row + 1)
        ]
        return distinct(np.concatenate(pieces))

    def _building_at(self, east_m: float, north_m: float) -> Indexes:
        boxes = self.boxes
        inside = (boxes[:, 0] <= east_m) & (east_m <= boxes[:, 2])
        inside &= (boxes[:, 1] <= north_m) & (north_m <= boxes[:, 3])
        candidates = np.flatnonzero(inside)
        if not len(candidates):
            return candidates
        inside = shapely.intersects_xy(self.buildings[candidates], east_m, north_m)
        return np.asarray(candidates[inside])


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """The different values, sorted. `np.unique` would load numpy.ma, 40 ms of the start."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def _touched(low: Indexes, high: Indexes, columns: int) -> tuple[Indexes, Indexes]:
    """Every (segment, cell) pair whose boxes meet."""
    wide, tall = high[:, 0] - low[:, 0] + 1, high[:, 1] - low[:, 1] + 1
    count = wide * tall
    member = np.repeat(np.arange(len(low)), count)
    within = np.arange(len(member)) - np.repeat(np.cumsum(count) - count, count)
    column = low[member, 0] + within % wide[member]
    row = low[member, 1] + within // wide[member]
    return member.astype(np.intp), (row * columns + column).astype(np.intp)


NO_WALLS = Walls.of_segments(np.empty((0, 4)))
