"""Finds tiles on a screen and reads the stamps in them that say when their picture was taken.

The layout of a stamp: 13 × 8 cells, row by row, most significant bit first, between 4 % and 96 % of
the picture's width and 22 % and 94 % of its height: 24 bits picture number, 8 bits camera, 48 bits
Unix time in milliseconds, 24 bits check (the low ones of the CRC-32 of those ten bytes). A bit is
white when it differs from (row + column) mod 2. Around the cells is grey. The simulated cameras
paint them; no code is shared with that, nor with the program whose screen it is.
"""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.screen import Pixels

_COLUMNS, _ROWS = 13, 8
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.04, 0.96, 0.22, 0.94
_SHAPE = 16 / 9
_GROUND, _NEAR_GROUND = 109, 6  # luma 110 of 16…235, on a screen
_NARROWEST_PX = 96
_READABLE = 24.0  # grey levels between a black cell and a white one
_LIT = 70.0  # of the ground: 109 where the picture is bright, 37 or less where it is dimmed


@dataclass(frozen=True, slots=True)
class TimedStamp:
    """What a picture says of itself."""

    camera: int
    number: int
    unix_ms: int


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a picture is on the screen."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Look:
    """What one tile showed at one moment.

    `is_lit`: at full brightness, as what happens now is shown; dimmed, or no picture, otherwise.
    `fingerprint` differs when the picture differs, also where no stamp can be read.
    """

    is_lit: bool
    stamp: TimedStamp | None
    fingerprint: bytes


def find_tiles(pixels: Pixels) -> dict[int, Tile]:
    """The tile of each camera whose stamp can be read now, by the camera's number."""
    found: dict[int, Tile] = {}
    for tile in _candidates(pixels):
        stamp = TileReader({0: tile}, pixels).look()[0].stamp
        if stamp is not None:
            found[stamp.camera] = tile
    return found


def _candidates(pixels: Pixels) -> list[Tile]:
    """Wherever an unbroken band of ground, as under a stamp, ends below."""
    levels = pixels[:, :, :3].astype(np.int16)
    ground: NDArray[np.bool_] = np.abs(levels - _GROUND).max(axis=2) <= _NEAR_GROUND
    bottoms: dict[tuple[int, int], list[int]] = {}
    for row in np.flatnonzero(ground.sum(axis=1) >= _NARROWEST_PX).tolist():
        edges = np.flatnonzero(np.diff(ground[row].astype(np.int8), prepend=0, append=0))
        for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if right - left >= _NARROWEST_PX:
                bottoms.setdefault((left, right), []).append(row)
    tiles = []
    for (left, right), rows in bottoms.items():
        ends = [row for row in rows if row + 1 not in rows]
        height = round((right - left) / _SHAPE)
        tiles += [Tile(left, end + 1 - height, right - left, height) for end in ends]
    return [tile for tile in tiles if tile.top >= 0]


class TileReader:
    """Reads given tiles, all with one gather: the judge leaves the processor to what it judges."""

    def __init__(self, tiles: Mapping[int, Tile], screen: Pixels) -> None:
        """`screen`: the array that will be looked at again and again."""
        self.cameras = tuple(tiles)
        lines, columns, _ = screen.strides
        size = lines * (screen.shape[0] - 1) + columns * screen.shape[1]
        self._flat = np.lib.stride_tricks.as_strided(screen, shape=(size,), strides=(1,))
        offsets = [_cells(tile) * (columns, lines) for tile in tiles.values()]
        self._cells = np.stack([one.sum(axis=-1) + 1 for one in offsets])
        edges = [_edges(tile) * (columns, lines) for tile in tiles.values()]
        grounds = np.stack([one.sum(axis=-1) for one in edges])
        self._grounds = grounds[:, :, None] + np.arange(3)
        self._chess = np.indices((_ROWS, _COLUMNS)).sum(axis=0).ravel() % 2 == 1

    def look(self) -> list[Look]:
        """What each tile shows now, in the order of `cameras`."""
        cells = self._flat[self._cells].mean(axis=2)
        grounds = np.median(self._flat[self._grounds].max(axis=2), axis=1)
        darkest, brightest = cells.min(axis=1), cells.max(axis=1)
        white = cells > ((darkest + brightest) / 2)[:, None]
        packed = np.packbits(white ^ self._chess, axis=1)
        looks = []
        for row, ground, contrast in zip(packed, grounds, brightest - darkest, strict=True):
            said = row.tobytes()
            stamp = _decoded(said) if contrast >= _READABLE else None
            looks.append(Look(bool(ground >= _LIT), stamp, said))
        return looks


def _cells(tile: Tile) -> NDArray[np.int64]:
    """x and y of five pixels in the middle of each cell, (cells, 5, 2)."""
    cell_w = (_RIGHT - _LEFT) * tile.width / _COLUMNS
    cell_h = (_BOTTOM - _TOP) * tile.height / _ROWS
    index = np.arange(_ROWS * _COLUMNS)
    x = tile.left + _LEFT * tile.width + (index % _COLUMNS + 0.5) * cell_w
    y = tile.top + _TOP * tile.height + (index // _COLUMNS + 0.5) * cell_h
    steps = np.array([(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]) * (cell_w * 0.2, cell_h * 0.2)
    places: NDArray[np.int64] = np.floor(np.stack([x, y], axis=1)[:, None] + steps).astype(np.int64)
    return places


def _edges(tile: Tile) -> NDArray[np.int64]:
    """x and y of the ground left, right and below of the cells, (60, 2)."""
    along = np.linspace(0.3, 0.9, 20)
    sides = [np.stack([np.full(20, at), along], axis=1) for at in (0.02, 0.98)]
    below = np.stack([along, np.full(20, 0.97)], axis=1)
    places = np.concatenate([*sides, below]) * (tile.width, tile.height) + (tile.left, tile.top)
    whole: NDArray[np.int64] = np.floor(places).astype(np.int64)
    return whole


def _decoded(packed: bytes) -> TimedStamp | None:
    said, check = packed[:10], int.from_bytes(packed[10:13], "big")
    if binascii.crc32(said) & 0xFF_FFFF != check:
        return None
    unix_ms = int.from_bytes(said[4:10], "big")
    return TimedStamp(camera=said[3], number=int.from_bytes(said[:3], "big"), unix_ms=unix_ms)
