"""Where incidents crowd, as a picture of warmth: counted in cells, smoothed, see-through.

Only numpy: the blur is a few running sums. Knows no colours but its own and draws no names.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.map.frame import Frame
from app.map.marks import Metres
from app.map.scene import PlacedIncidents

CELL_PX = 4
REACH_PX = 26.0  # one incident warms this far: what an eye takes for one place
_WARM = np.array(
    [(0, 76, 195, 138), (60, 242, 179, 61), (150, 255, 122, 110), (215, 255, 255, 255)]
)
_STOPS = np.array([0.0, 0.35, 0.7, 1.0])  # of the warmest cell: alpha, red, green, blue


def draw_density(
    painter: QPainter, frame: Frame, incidents: PlacedIncidents, check: Callable[[], None]
) -> None:
    """Paint the warmth of the whole picture; nothing where there are no incidents."""
    warmth = density(frame, incidents.at)
    check()
    if warmth.max() <= 0:
        return
    pixels = warmth_pixels(warmth)
    height, width = warmth.shape
    image = QImage(pixels.data, width, height, QImage.Format.Format_ARGB32_Premultiplied)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, width * CELL_PX, height * CELL_PX), image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)


def density(frame: Frame, places_m: Metres) -> NDArray[np.float64]:
    """Smoothed counts (rows, columns) in cells of `CELL_PX`; as many as incidents altogether."""
    columns, rows = -(-frame.width_px // CELL_PX), -(-frame.height_px // CELL_PX)
    pixels = frame.all_to_px(places_m)
    column = np.floor(pixels[:, 0] / CELL_PX).astype(np.int64)
    row = np.floor(pixels[:, 1] / CELL_PX).astype(np.int64)
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    flat = row[inside] * columns + column[inside]
    counts = np.bincount(flat, minlength=rows * columns).reshape(rows, columns)
    radius = max(1, round(REACH_PX / CELL_PX / 2))
    warmth = counts.astype(np.float64)
    for _ in range(3):  # three boxes are near enough a bell
        warmth = _box(_box(warmth, radius).T, radius).T
    return warmth


def warmth_pixels(warmth: NDArray[np.float64]) -> NDArray[np.uint32]:
    """Premultiplied ARGB, the warmest cell white."""
    share = warmth / warmth.max()
    alpha, red, green, blue = (np.interp(share, _STOPS, _WARM[:, band]) for band in range(4))
    by = alpha / 255
    parts = [np.round(band).astype(np.uint32) for band in (alpha, red * by, green * by, blue * by)]
    packed = parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3]
    return np.ascontiguousarray(packed, dtype=np.uint32)


def _box(values: NDArray[np.float64], radius: int) -> NDArray[np.float64]:
    """The mean of each cell and its neighbours along a row; nothing comes from outside."""
    width = 2 * radius + 1
    padded = np.pad(values, ((0, 0), (radius + 1, radius)))
    sums = padded.cumsum(axis=1)
    return np.asarray((sums[:, width:] - sums[:, :-width]) / width)
