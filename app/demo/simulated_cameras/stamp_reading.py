"""Reads the stamp in a picture, for benchmarks and tests. Shares no code with what paints it.

The layout stands in `stamp_picture`. Works on decoded, scaled, dimmed or greyscale pictures down to
320 × 180 and on what a window shows, as long as the cells are not covered.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LEAST_CONTRAST = 24.0  # grey levels between the darkest and the brightest cell


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a picture says of itself."""

    number: int  # of the picture, modulo 2**24
    camera_number: int
    unix_ms: int  # when it was painted


def read_stamp(pixels: NDArray[np.uint8]) -> Stamp | None:
    """The stamp in `pixels`, (H, W) grey or (H, W, 3 or 4) colour; None where there is none."""
    grey = pixels if pixels.ndim == 2 else pixels[:, :, 1]  # green: most of the brightness
    height, width = grey.shape
    if height < 48 or width < 80:
        return None
    cell_w, cell_h = 0.92 * width / 13, 0.72 * height / 8
    levels = np.empty(104)
    for index in range(104):
        row, column = divmod(index, 13)
        x, y = 0.04 * width + column * cell_w, 0.22 * height + row * cell_h
        inside = grey[
            round(y + 0.3 * cell_h) : round(y + 0.7 * cell_h) + 1,
            round(x + 0.3 * cell_w) : round(x + 0.7 * cell_w) + 1,
        ]
        levels[index] = inside.mean()
    darkest, brightest = levels.min(), levels.max()
    if brightest - darkest < _LEAST_CONTRAST:
        return None
    white = levels > (darkest + brightest) / 2
    return _decoded(white)


def _decoded(white: NDArray[np.bool_]) -> Stamp | None:
    value = 0
    for index, is_white in enumerate(white):
        row, column = divmod(index, 13)
        value = value << 1 | (int(is_white) ^ (row + column) & 1)
    said, checksum = divmod(value, 1 << 24)
    if binascii.crc32(said.to_bytes(10, "big")) & 0xFF_FFFF != checksum:
        return None
    return Stamp(
        number=said >> 56, camera_number=said >> 48 & 0xFF, unix_ms=said & 0xFFFF_FFFF_FFFF
    )
