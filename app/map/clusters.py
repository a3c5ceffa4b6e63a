"""Many incidents as few marks: neighbours in a square of the ground become one with a number.

Squares are fixed to the ground, so a group stays together while the map is drawn to and fro. Knows
places and loudness, no pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.map.marks import Metres, Urgency

CROWDED_FROM = 300  # marks in one picture; fewer are drawn one by one, however close they stand
CELL_PX = 52.0
LEAST_MEMBERS = 3  # two marks can lie beside each other
LOUDEST_FIRST = (Urgency.ACT_NOW, Urgency.WATCH, Urgency.IN_HAND, Urgency.CLOSED)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several incidents: their middle in local metres, how many, and how loud the loudest is.

    `cell` is the square of the ground they stand in, counted at the scale it was drawn for.
    """

    x_m: float
    y_m: float
    count: int
    urgency: Urgency
    cell: tuple[int, int]
    px_per_m: float

    def members(self, places_m: Metres) -> NDArray[np.intp]:
        """Which of these places stand in its square."""
        return np.flatnonzero((_cells(places_m, self.px_per_m) == self.cell).all(axis=1))


CLUSTER_ROW = np.dtype([("at", "<f8", 2), ("count", "<i8"), ("rank", "u1"), ("cell", "<i8", 2)])
"""How a cluster lies in a table; `rank` is its place in `LOUDEST_FIRST`."""


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """The groups of one picture, the quietest first. A table: a thousand values would take longer
    to make than the picture they stand in."""

    table: NDArray[Any]  # (N,) of CLUSTER_ROW
    px_per_m: float

    @property
    def at(self) -> Metres:
        """Their middles, (N, 2)."""
        return np.asarray(self.table["at"])

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, index: int) -> Cluster:
        (x_m, y_m), count, rank, (column, row) = self.table[index].tolist()
        return Cluster(x_m, y_m, count, LOUDEST_FIRST[rank], (column, row), self.px_per_m)

    def __iter__(self) -> Iterator[Cluster]:
        return (self[index] for index in range(len(self)))


NO_CLUSTERS = Clusters(np.empty(0, CLUSTER_ROW), 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Those that stand alone (their indices, the quietest first), and the groups."""

    single: NDArray[np.intp]
    clusters: Clusters = NO_CLUSTERS


def group(
    places_m: Metres, loudness: NDArray[np.int8], seen: NDArray[np.intp], px_per_m: float
) -> Grouped:
    """What to draw of the incidents `seen`. `loudness` is 0 for the loudest, of every incident."""
    if len(seen) <= CROWDED_FROM:
        return Grouped(_quietest_first(seen, loudness))
    cells = _cells(places_m[seen], px_per_m)
    keys = cells[:, 0] * 1_000_003 + cells[:, 1]
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=keys[order[0]] - 1))
    counts = np.diff(starts, append=len(order))
    crowded = counts >= LEAST_MEMBERS
    sorted_seen = seen[order]
    middle_x = np.add.reduceat(places_m[sorted_seen, 0], starts) / counts
    middle_y = np.add.reduceat(places_m[sorted_seen, 1], starts) / counts
    loudest = np.minimum.reduceat(loudness[sorted_seen], starts)[crowded]
    alone = sorted_seen[~np.repeat(crowded, counts)]
    table = np.empty(len(loudest), CLUSTER_ROW)
    table["at"] = np.stack((middle_x, middle_y), axis=1)[crowded]
    table["count"] = counts[crowded]
    table["rank"] = loudest
    table["cell"] = cells[order][starts][crowded]
    quietest_first = np.argsort(-loudest, kind="stable")
    return Grouped(_quietest_first(alone, loudness), Clusters(table[quietest_first], px_per_m))


def _cells(places_m: Metres, px_per_m: float) -> NDArray[np.int64]:
    """The square of the ground each place stands in, (N, 2)."""
    return np.floor(places_m * (px_per_m / CELL_PX)).astype(np.int64)


def _quietest_first(seen: NDArray[np.intp], loudness: NDArray[np.int8]) -> NDArray[np.intp]:
    """So that the loudest lie on top; of the same loudness the first of the list."""
    return np.asarray(seen[np.argsort(loudness[seen], kind="stable")][::-1])
