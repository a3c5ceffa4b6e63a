"""A piece of ground and the picture it fills: metres to pixels and back. Knows no Qt widget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QTransform

from app.map.marks import Metres


@dataclass(frozen=True, slots=True)
class Frame:
    """What is looked at: its middle in local metres, its scale, its size in logical pixels."""

    x_m: float
    y_m: float
    px_per_m: float
    width_px: int
    height_px: int
    dpr: float = 1.0

    @property
    def width_m(self) -> float:
        return self.width_px / self.px_per_m

    @property
    def height_m(self) -> float:
        return self.height_px / self.px_per_m

    @property
    def left_m(self) -> float:
        return self.x_m - self.width_m / 2

    @property
    def bottom_m(self) -> float:
        return self.y_m - self.height_m / 2

    @property
    def rect_m(self) -> QRectF:
        """The ground shown; its `top()` is the south edge, since metres grow northward."""
        return QRectF(self.left_m, self.bottom_m, self.width_m, self.height_m)

    @property
    def size_px(self) -> QRectF:
        """The picture's own rectangle, from 0, 0, in logical pixels."""
        return QRectF(0, 0, self.width_px, self.height_px)

    @property
    def transform(self) -> QTransform:
        """From local metres to logical pixels, north up."""
        scale = self.px_per_m
        top_m = self.bottom_m + self.height_m
        return QTransform(scale, 0.0, 0.0, -scale, -self.left_m * scale, top_m * scale)

    def to_px(self, x_m: float, y_m: float) -> QPointF:
        """The pixel of a place."""
        top_m = self.bottom_m + self.height_m
        return QPointF((x_m - self.left_m) * self.px_per_m, (top_m - y_m) * self.px_per_m)

    def all_to_px(self, places_m: Metres) -> NDArray[np.float64]:
        """The pixels of many places: (N, 2) x rightward, y downward."""
        top_m = self.bottom_m + self.height_m
        pixels = np.empty_like(places_m)
        pixels[:, 0] = (places_m[:, 0] - self.left_m) * self.px_per_m
        pixels[:, 1] = (top_m - places_m[:, 1]) * self.px_per_m
        return pixels

    def to_m(self, x_px: float, y_px: float) -> tuple[float, float]:
        """The place under a pixel."""
        top_m = self.bottom_m + self.height_m
        return self.left_m + x_px / self.px_per_m, top_m - y_px / self.px_per_m

    def grown(self, factor: float) -> Frame:
        """The same ground with more around it, pixel on pixel at the same scale.

        Sizes and margins are multiples of 4, so that they are whole device pixels at 125–200 %.
        """
        width = 4 * round(self.width_px * factor / 4)
        height = 4 * round(self.height_px * factor / 4)
        margin_x, margin_y = ((width - self.width_px) // 8 * 4, (height - self.height_px) // 8 * 4)
        left_m = self.left_m - margin_x / self.px_per_m
        top_m = self.bottom_m + self.height_m + margin_y / self.px_per_m
        x_m = left_m + width / 2 / self.px_per_m
        y_m = top_m - height / 2 / self.px_per_m
        return Frame(x_m, y_m, self.px_per_m, width, height, self.dpr)

    def part(self, left_px: int, top_px: int, width_px: int, height_px: int) -> Frame:
        """The ground of a part of the picture, at the same scale, pixel on pixel."""
        x_m, y_m = self.to_m(left_px + width_px / 2, top_px + height_px / 2)
        return Frame(x_m, y_m, self.px_per_m, width_px, height_px, self.dpr)

    @property
    def device_px(self) -> tuple[int, int]:
        """Width and height of the picture in device pixels."""
        return round(self.width_px * self.dpr), round(self.height_px * self.dpr)

    def in_device(self, part_px: QRect) -> QRect:
        """A part of the picture in device pixels."""
        lengths = (part_px.x(), part_px.y(), part_px.width(), part_px.height())
        return QRect(*(round(length * self.dpr) for length in lengths))

    def holds(self, other: Frame, spare_px: float = 0.0) -> bool:
        """Whether `other` lies inside, with at least `spare_px` to go on each side."""
        spare_m = spare_px / other.px_per_m
        inner = other.rect_m.adjusted(-spare_m, -spare_m, spare_m, spare_m)
        return self.rect_m.contains(inner)

    def as_sharp_as(self, other: Frame) -> bool:
        """Whether both show a metre by the same number of device pixels."""
        same_scale = abs(self.px_per_m / other.px_per_m - 1) < 1e-9
        return same_scale and self.dpr == other.dpr
