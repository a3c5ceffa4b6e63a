"""Blackens what a camera may not show, at any size of its picture. Knows no decoder.

Fails closed: every pixel that a mask touches is black, and one pixel around it, into which scaling
may have blended what lies under the edge; a mask that is no polygon blackens the whole picture.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.cameras.masks import PrivacyMask
from app.video.picture import Pixels, Size

_BLACK = np.array([0, 0, 0, 255], np.uint8).view(np.uint32)[0]  # BGRA
_Flags = NDArray[np.bool_]


class _Patch(NamedTuple):
    """A rectangle of the picture, and which of its pixels are black."""

    rows: slice
    columns: slice
    black: _Flags


class MaskStencil:
    """Masks drawn for one size of picture, so that each picture costs only the blackening."""

    def __init__(self, masks: tuple[PrivacyMask, ...], size: Size) -> None:
        self._masks = masks
        self._size = size
        self._patches = [_patch(mask, size) for mask in masks]

    def is_for(self, masks: tuple[PrivacyMask, ...], size: Size) -> bool:
        """Whether it was drawn for these masks at this size."""
        return self._size == size and self._masks == masks

    def blacken(self, pixels: Pixels) -> None:
        """`pixels`: (height, width, 4) uint8 BGRA of this stencil's size, C-contiguous."""
        whole = pixels.view(np.uint32)[..., 0]
        for patch in self._patches:
            np.copyto(whole[patch.rows, patch.columns], _BLACK, where=patch.black)


def _patch(mask: PrivacyMask, size: Size) -> _Patch:
    black = _grown(_touched(mask, size)) if _is_polygon(mask) else _everything(size)
    places = np.nonzero(black)
    rows, columns = _span(places[0]), _span(places[1])
    return _Patch(rows, columns, np.ascontiguousarray(black[rows, columns]))


def _is_polygon(mask: PrivacyMask) -> bool:
    inside = all(math.isfinite(x) and 0 <= x <= 1 and 0 <= y <= 1 for x, y in mask.corners)
    return inside and len(set(mask.corners)) >= 3


def _everything(size: Size) -> _Flags:
    return np.ones((size.height_px, size.width_px), np.bool_)


def _touched(mask: PrivacyMask, size: Size) -> _Flags:
    """Pixels whose centre lies inside (by the non-zero rule), and those an edge runs through."""
    width, height = size
    corners = np.array(mask.corners) * (width, height)
    winding = np.zeros((height, width + 1), np.int32)
    touched = np.zeros((height, width), np.bool_)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        _wind(winding, start, end)
        _trace(touched, start, end)
    touched |= np.cumsum(winding[:, :width], axis=1) != 0
    return touched


def _wind(winding: NDArray[np.int32], start: NDArray[np.float64], end: NDArray[np.float64]) -> None:
    """Note in every row where an edge is crossed from left to right, and in which direction."""
    (x0, y0), (x1, y1) = (start, end) if start[1] <= end[1] else (end, start)
    rows = np.arange(math.ceil(y0 - 0.5), math.ceil(y1 - 0.5))  # whose centres it passes
    if rows.size:
        crossed_at = x0 + (rows + 0.5 - y0) * (x1 - x0) / (y1 - y0)
        columns = np.clip(np.ceil(crossed_at - 0.5), 0, winding.shape[1] - 1).astype(np.intp)
        winding[rows, columns] += 1 if start[1] <= end[1] else -1


def _trace(touched: _Flags, start: NDArray[np.float64], end: NDArray[np.float64]) -> None:
    """Mark the pixels along an edge, looking twice in each."""
    steps = 2 * math.ceil(np.abs(end - start).max()) + 2
    columns, rows = np.linspace(start, end, steps).astype(np.intp).T
    height, width = touched.shape
    touched[np.minimum(rows, height - 1), np.minimum(columns, width - 1)] = True


def _grown(black: _Flags) -> _Flags:
    """One pixel more in all eight directions."""
    tall = black.copy()
    tall[1:] |= black[:-1]
    tall[:-1] |= black[1:]
    grown = tall.copy()
    grown[:, 1:] |= tall[:, :-1]
    grown[:, :-1] |= tall[:, 1:]
    return grown


def _span(places: NDArray[np.intp]) -> slice:
    return slice(int(places.min()), int(places.max()) + 1)
