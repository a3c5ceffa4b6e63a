"""Paints pictures that carry their number and capture time in cells. `stamp_reading` reads them.

The two share no code, so that neither can hide the other's mistake. Layout: 13 × 8 cells, row by
row, most significant bit first, between 4 % and 96 % of the width and 22 % and 94 % of the height
(what a wall draws over a picture stays above): 24 bits picture number, 8 bits camera, 48 bits Unix
time in milliseconds, 24 bits CRC (the low 24 of CRC-32 over those 10 bytes). A bit is white when
it differs from (row + column) mod 2, so that a flat picture is no stamp.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.spec import StreamSize

COLUMNS, ROWS = 13, 8
LEFT, RIGHT, TOP, BOTTOM = 0.04, 0.96, 0.22, 0.94
_BLACK, _WHITE, _GROUND, _NO_COLOUR = 16, 235, 110, 128


class StampPainter:
    """A painter for `DrawnSource`: no scene, only the stamp."""

    def __init__(self, size: StreamSize, camera_number: int) -> None:
        self._camera_number = camera_number & 0xFF
        width, height = size.width_px, size.height_px
        self._yuv = np.full((height * 3 // 2, width), _NO_COLOUR, np.uint8)
        self._yuv[:height] = _GROUND
        self._columns = np.linspace(LEFT * width, RIGHT * width, COLUMNS + 1).round().astype(int)
        self._rows = np.linspace(TOP * height, BOTTOM * height, ROWS + 1).round().astype(int)

    def prepare(self, at_s: float) -> None:
        """Nothing takes long here."""

    def paint(self, number: int, at_s: float) -> NDArray[np.uint8]:
        """The stamp of picture `number` taken at Unix time `at_s`, I420."""
        cells = stamp_cells(number, self._camera_number, round(at_s * 1000))
        levels = np.where(cells, _WHITE, _BLACK).astype(np.uint8)
        wide = np.repeat(levels, np.diff(self._columns), axis=1)
        area = np.repeat(wide, np.diff(self._rows), axis=0)
        yuv = self._yuv.copy()
        yuv[self._rows[0] : self._rows[-1], self._columns[0] : self._columns[-1]] = area
        return yuv


def stamp_cells(number: int, camera_number: int, unix_ms: int) -> NDArray[np.bool_]:
    """The cells, (8, 13), True = white."""
    said = (number & 0xFF_FFFF).to_bytes(3, "big") + bytes([camera_number])
    said += unix_ms.to_bytes(6, "big")
    said += (zlib.crc32(said) & 0xFF_FFFF).to_bytes(3, "big")
    bits = np.unpackbits(np.frombuffer(said, np.uint8)).reshape(ROWS, COLUMNS).astype(bool)
    chess: NDArray[np.bool_] = np.indices((ROWS, COLUMNS)).sum(axis=0) % 2 == 1
    cells: NDArray[np.bool_] = np.logical_xor(bits, chess)
    return cells
