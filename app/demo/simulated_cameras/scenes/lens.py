"""A pinhole camera in a flat world. Metres: x right, y ahead, z up; pixels: x right, y down."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

NEAR_M = 0.4  # nothing nearer is drawn


@dataclass(frozen=True)
class Lens:
    """Where a camera stands and looks. Yaw 0 looks along y, to the right is more; pitch is down."""

    width_px: int
    height_px: int
    eye: tuple[float, float, float]
    yaw_deg: float
    pitch_deg: float
    field_of_view_deg: float
    focal_px: float = field(init=False)
    axes: Points = field(init=False)  # rows: right, down, ahead

    def __post_init__(self) -> None:
        yaw, pitch = math.radians(self.yaw_deg), math.radians(self.pitch_deg)
        sin_y, cos_y, sin_p, cos_p = math.sin(yaw), math.cos(yaw), math.sin(pitch), math.cos(pitch)
        right = (cos_y, -sin_y, 0.0)
        down = (-sin_y * sin_p, -cos_y * sin_p, -cos_p)
        ahead = (sin_y * cos_p, cos_y * cos_p, -sin_p)
        focal = self.width_px / 2 / math.tan(math.radians(self.field_of_view_deg) / 2)
        object.__setattr__(self, "focal_px", focal)
        object.__setattr__(self, "axes", np.array([right, down, ahead]))

    def to_camera(self, points: Points) -> Points:
        """(N, 3) world points as (N, 3): right, down and ahead of the eye, in metres."""
        seen: Points = (points - np.asarray(self.eye)) @ self.axes.T
        return seen

    def to_pixels(self, seen: Points) -> Points:
        """(N, 3) points from `to_camera`, all nearer than nothing, as (N, 2) pixels."""
        centre = np.array([self.width_px / 2, self.height_px / 2])
        pixels: Points = seen[:, :2] / seen[:, 2:3] * self.focal_px + centre
        return pixels

    def clipped(self, points: Points) -> Points:
        """A polygon (N, 3) of the world, cut to what can be seen and a margin around it.

        In camera axes; may be empty. The margin keeps pixels within what OpenCV can draw.
        """
        seen = self.to_camera(points)
        wide = 3.0 * self.width_px / 2 / self.focal_px
        for normal in ((0, 0, 1), (1, 0, wide), (-1, 0, wide), (0, 1, wide), (0, -1, wide)):
            seen = _cut(seen, np.array(normal, float), NEAR_M if normal[2] == 1 else 0.0)
        return seen

    def rays(self) -> NDArray[np.float32]:
        """(H, W, 3): the world direction of every pixel's ray, one metre along the axis."""
        x = (np.arange(self.width_px) + 0.5 - self.width_px / 2) / self.focal_px
        y = (np.arange(self.height_px) + 0.5 - self.height_px / 2) / self.focal_px
        right, down, ahead = self.axes
        across = (x[:, None] * right + ahead).astype(np.float32)
        rays: NDArray[np.float32] = across[None] + (y[:, None] * down).astype(np.float32)[:, None]
        return rays

    def resized(self, factor: float) -> Lens:
        """The same view in a picture `factor` times as large."""
        return Lens(
            round(self.width_px * factor),
            round(self.height_px * factor),
            self.eye,
            self.yaw_deg,
            self.pitch_deg,
            self.field_of_view_deg,
        )


def _cut(polygon: Points, normal: Points, least: float) -> Points:
    """The part of a polygon on one side of a plane (Sutherland and Hodgman, 1974)."""
    if not len(polygon):
        return polygon
    height = polygon @ normal - least
    if (height >= 0).all():
        return polygon
    kept: list[Points] = []
    for here, after, h, h_after in zip(
        polygon, np.roll(polygon, -1, axis=0), height, np.roll(height, -1), strict=True
    ):
        if h >= 0:
            kept.append(here)
        if (h >= 0) != (h_after >= 0):
            kept.append(here + (after - here) * (h / (h - h_after)))
    return np.array(kept).reshape(-1, 3)
