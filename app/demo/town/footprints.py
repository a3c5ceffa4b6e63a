"""Packs the sample town's blocks with lanes and houses, the same every time. Knows no files.

A block is cut in two again and again; wide cuts become lanes, what is left becomes lots.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from app.demo.town.plan import ALONG_RIVER, GROUNDS, HALF_WIDTH_M, TO_RIVER, Ground, on_grid

SEED = 2565
LANE_FROM_M = 92.0  # a block longer than this is cut by a lane
SMALL_LANE_FROM_M = 56.0
CENTRE = (-180.0, 30.0)
DENSE_M, OPEN_M = 620.0, 1250.0  # from here on there are gardens, and from here mostly


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the plan, in plan metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def wide(self) -> float:
        return self.east - self.west

    @property
    def tall(self) -> float:
        return self.north - self.south


@dataclass(slots=True)
class Packing:
    """What packing makes: lanes (rank, two ends) and lots with a footprint each."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    lanes: list[tuple[int, tuple[float, float, float, float]]] = field(default_factory=list)
    lots: list[Block] = field(default_factory=list)


def packed_town() -> Packing:
    """All blocks between the streets, packed. Deterministic."""
    packing = Packing()
    columns = [(street.at, HALF_WIDTH_M[street.rank]) for street in ALONG_RIVER]
    rows = sorted((street.at, HALF_WIDTH_M[street.rank]) for street in TO_RIVER)
    for (west, west_half), (east, east_half) in itertools.pairwise(columns):
        for (south, south_half), (north, north_half) in itertools.pairwise(rows):
            block = Block(
                west + west_half, south + south_half, east - east_half, north - north_half
            )
            grain = packing.chance.uniform(12.5, 18.0)
            _fill(packing, block, grain, lanes_left=3)
    return packing


def _fill(packing: Packing, block: Block, grain: float, lanes_left: int) -> None:
    ground = _ground_in(block)
    if ground is not None:
        for part in _around(block, ground):
            _fill(packing, part, grain, lanes_left - 1)
        return
    chance = packing.chance
    long, short = max(block.wide, block.tall), min(block.wide, block.tall)
    if min(long, short) < 5.0:
        return
    ends_early = long < 34 and chance.random() < 0.07  # a larger house, or a yard
    if long < grain * chance.uniform(1.2, 1.75) or ends_early:
        packing.lots.append(block)
        return
    lane = lanes_left > 0 and (long > LANE_FROM_M or (long > SMALL_LANE_FROM_M and short > 50.0))
    gap = HALF_WIDTH_M[5] if lane else 0.0
    first, second, cut = _halves(block, chance.uniform(0.4, 0.6), gap)
    if lane:
        packing.lanes.append((4 if lanes_left == 3 and long > 150 else 5, cut))
    for half in (first, second):
        _fill(packing, half, grain, lanes_left - 1 if lane else lanes_left)


def _halves(
    block: Block, share: float, gap: float
) -> tuple[Block, Block, tuple[float, float, float, float]]:
    """A block cut across its long side, and the line of the cut (drawn out to the streets)."""
    reach = 4.0  # into the street, not across a lane
    if block.wide >= block.tall:
        at = block.west + block.wide * share
        cut = (at, block.south - reach, at, block.north + reach)
        first = Block(block.west, block.south, at - gap, block.north)
        return first, Block(at + gap, block.south, block.east, block.north), cut
    at = block.south + block.tall * share
    cut = (block.west - reach, at, block.east + reach, at)
    first = Block(block.west, block.south, block.east, at - gap)
    return first, Block(block.west, at + gap, block.east, block.north), cut


def _ground_in(block: Block) -> Ground | None:
    for ground in GROUNDS:
        east = min(ground.east, block.east) - max(ground.west, block.west)
        north = min(ground.north, block.north) - max(ground.south, block.south)
        if east > 0 and north > 0:
            return ground
    return None


def _around(block: Block, ground: Ground) -> list[Block]:
    """What is left of a block beside a ground, with a lane's width between."""
    gap = 2 * HALF_WIDTH_M[5]
    west, east = max(block.west, ground.west), min(block.east, ground.east)
    parts = [
        Block(block.west, block.south, ground.west - gap, block.north),
        Block(ground.east + gap, block.south, block.east, block.north),
        Block(west, block.south, east, ground.south - gap),
        Block(west, ground.north + gap, east, block.north),
    ]
    return [part for part in parts if part.wide > 6 and part.tall > 6]


def house_shapes(lots: list[Block]) -> NDArray[np.object_]:
    """A footprint for most lots, in UTM metres: set back on each side, some with a corner open."""
    chance = np.random.default_rng(SEED)
    edges = np.array([(lot.west, lot.south, lot.east, lot.north) for lot in lots])
    edges = edges[chance.random(len(edges)) > _emptiness(edges)]
    count = len(edges)
    room = np.minimum(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1])
    setback = chance.uniform(0.6, 0.19 * np.clip(room, 6, 22)[:, None], (count, 4))
    edges = edges + setback * (1, 1, -1, -1)
    wide, tall = edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1]
    notched = (np.minimum(wide, tall) > 8.5) & (chance.random(count) < 0.24)
    plain = _rectangles(edges[~notched])
    angled = _with_corner_open(edges[notched], chance)
    return np.concatenate((plain, angled))


def _emptiness(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance that a lot has no house: small in the middle, larger towards the fields."""
    middle = (edges[:, :2] + edges[:, 2:]) / 2
    away = np.hypot(*(middle - CENTRE).T)
    rural = np.clip((away - DENSE_M) / (OPEN_M - DENSE_M), 0, 1)
    return np.asarray(0.07 + 0.68 * rural**1.4)


def _rectangles(edges: NDArray[np.float64]) -> NDArray[np.object_]:
    corners = edges[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    return _polygons(corners)


def _with_corner_open(
    edges: NDArray[np.float64], chance: np.random.Generator
) -> NDArray[np.object_]:
    west, south, east, north = edges.T
    across = west + (east - west) * chance.uniform(0.35, 0.7, len(edges))
    up = south + (north - south) * chance.uniform(0.35, 0.7, len(edges))
    corners = np.stack(
        [west, south, east, south, east, up, across, up, across, north, west, north], axis=1
    ).reshape(-1, 6, 2)
    middle = np.stack(((west + east) / 2, (south + north) / 2), axis=1)[:, None, :]
    turned = chance.choice([-1.0, 1.0], (len(edges), 1, 2))  # any of the four corners may be open
    return _polygons(middle + (corners - middle) * turned)


def _polygons(corners: NDArray[np.float64]) -> NDArray[np.object_]:
    shape = corners.shape
    return np.asarray(shapely.polygons(on_grid(corners.reshape(-1, 2)).reshape(shape)))
