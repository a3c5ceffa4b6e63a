"""Finds and reads the stamps of the benchmark's clips on a screen. Knows no window and no program.

The picture is 32 units wide. The stamp is 14 × 4 cells of one unit, from (9, 10) on, row by row,
most significant bit first: 24 bits picture number, 8 bits camera, 24 bits check (the low ones of
the CRC-32 of those four bytes). A bit is white when it differs from (row + column) mod 2. A magenta
bar from (8, 15) to (24, 16.25) says where all of it is. `clips` paints them and shares no code.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.screen import Pixels

_COLUMNS, _ROWS = 14, 4
_BAR_UNITS, _BAR_LEFT, _BAR_TOP = 16.0, 8.0, 15.0
_CELLS_LEFT, _CELLS_TOP = 9.0, 10.0
_SHORTEST_BAR_PX = 40
_HALF_OR_MORE, _MAGENTA = np.uint32(0x80_80_80), np.uint32(0x80_00_80)  # red, green, blue
_LEAST_CONTRAST = 60
_SAME_BAR_PX = 3

Bits: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a picture says of itself."""

    camera: int
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A magenta bar on the screen, in pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    def is_like(self, other: Bar) -> bool:
        """Whether both are the bar of one tile."""
        return (
            abs(self.left - other.left) <= _SAME_BAR_PX
            and abs(self.right - other.right) <= _SAME_BAR_PX
            and abs(self.bottom - other.bottom) <= _SAME_BAR_PX
        )


def find_bars(pixels: Pixels) -> list[Bar]:
    """All bars on the screen, from the top down."""
    words = pixels.view(np.uint32)[:, :, 0]
    magenta = (words & _HALF_OR_MORE) == _MAGENTA
    rows = np.flatnonzero(magenta.sum(axis=1) >= _SHORTEST_BAR_PX)
    bars: list[Bar] = []
    for row in rows.tolist():
        for left, right in _runs(magenta[row]):
            _take_row(bars, int(row), left, right)
    return [bar for bar in bars if bar.bottom - bar.top >= 2]


def _runs(line: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where unbroken stretches begin and end, the long ones."""
    edges = np.flatnonzero(np.diff(line.astype(np.int8), prepend=0, append=0))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(left, right) for left, right in pairs if right - left >= _SHORTEST_BAR_PX]


def _take_row(bars: list[Bar], row: int, left: int, right: int) -> None:
    """Put a stretch under the bar it goes on with; a row spoilt by a moving picture may miss."""
    line = Bar(left, row, right, row + 1)
    for index, bar in enumerate(bars):
        grown = Bar(bar.left, bar.top, bar.right, row)
        if row - bar.bottom <= 1 and grown.is_like(line):
            wide = (min(bar.left, left), max(bar.right, right))
            bars[index] = Bar(wide[0], bar.top, wide[1], row + 1)
            return
    bars.append(line)


class StampReader:
    """Reads the stamps above given bars with one gather: some 5 µs a tile, so that the judge
    leaves the processor to what it judges. What looks as it did is not worked out again."""

    def __init__(self, bars: Sequence[Bar], screen: Pixels) -> None:
        """`screen`: the array that will be looked at, or one that lies in memory like it."""
        self.bars = tuple(bars)
        lines, columns, _ = screen.strides
        self._places = np.stack(
            [_cell_places(bar, lines, columns, screen.shape) for bar in self.bars]
        ) if self.bars else np.empty((0, _ROWS * _COLUMNS, 9), np.int64)  # fmt: skip
        self._flat = np.lib.stride_tricks.as_strided(
            screen, shape=(lines * (screen.shape[0] - 1) + columns * screen.shape[1],), strides=(1,)
        )
        chess = np.indices((_ROWS, _COLUMNS)).sum(axis=0).ravel() % 2
        self._chess: Bits = chess.astype(np.uint8)
        self._before = np.full((len(self.bars), _ROWS * _COLUMNS // 8), 0, np.uint8)
        self._seen = b""

    def look(self) -> list[tuple[int, Stamp]]:
        """Tile and stamp of every tile whose stamp is another than at the last look.

        A stamp that is not whole (half painted, dimmed, covered) is none.
        """
        cells = self._flat[self._places]
        seen = cells.tobytes()
        if seen == self._seen:
            return []
        self._seen = seen
        levels = cells.sum(axis=2, dtype=np.int32)
        darkest, brightest = levels.min(axis=1), levels.max(axis=1)
        white = levels * 2 > (darkest + brightest)[:, None]
        packed = np.packbits(white.astype(np.uint8) ^ self._chess, axis=1)
        changed = (packed != self._before).any(axis=1)
        changed &= brightest - darkest >= _LEAST_CONTRAST * 9
        stamps = []
        for tile in np.flatnonzero(changed).tolist():
            stamp = decoded(packed[tile].tobytes())
            if stamp is not None:
                self._before[tile] = packed[tile]
                stamps.append((int(tile), stamp))
        return stamps


def _cell_places(bar: Bar, lines: int, columns: int, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Byte offsets of the green of nine pixels in each cell's middle, (cells, 9)."""
    unit_px = (bar.right - bar.left) / _BAR_UNITS
    middles_x = bar.left + (np.arange(_COLUMNS) + 0.5 + _CELLS_LEFT - _BAR_LEFT) * unit_px
    middles_y = bar.top + (np.arange(_ROWS) + 0.5 + _CELLS_TOP - _BAR_TOP) * unit_px
    reach = max(1, round(unit_px * 0.2))
    offsets = np.array([-reach, 0, reach])
    x = np.clip(np.floor(middles_x[:, None] + offsets), 0, shape[1] - 1).astype(np.int64)
    y = np.clip(np.floor(middles_y[:, None] + offsets), 0, shape[0] - 1).astype(np.int64)
    places: NDArray[np.int64] = y[:, None, :, None] * lines + x[None, :, None, :] * columns + 1
    return places.reshape(_ROWS * _COLUMNS, 9)


def decoded(code: bytes) -> Stamp | None:
    """The stamp in seven bytes; None when they do not agree with each other."""
    said, check = code[:4], code[4:]
    if binascii.crc32(said) & 0xFF_FFFF != int.from_bytes(check, "big"):
        return None
    return Stamp(camera=said[3], number=int.from_bytes(said[:3], "big"))
