"""Paints a scene's standing part: colours, what shines, and how far each pixel is. Far to near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.scenes.lens import NEAR_M, Lens, Points
from app.demo.simulated_cameras.scenes.parts import Ball, Colour, Face, Part, Point, Stroke, facing
from app.demo.simulated_cameras.scenes.surfaces import Surface, noise

Pixels = NDArray[np.uint8]

FINE = 2  # the canvas is this many times finer than the picture, which smooths every edge
_SHIFT = 4  # OpenCV's sub-pixel bits
FAR_M = 5000.0


class Canvas:
    """`colour` and `shine` are (H × 2, W × 2, 3); `depth_m` is (H, W), along the lens's axis."""

    def __init__(
        self, lens: Lens, sky_top: Colour, sky_bottom: Colour, *, sky_shines: bool
    ) -> None:
        self.lens = lens
        self.fine = lens.resized(FINE)
        height, width = self.fine.height_px, self.fine.width_px
        self.shine = np.zeros((height, width, 3), np.uint8)
        self.depth_m = np.full((lens.height_px, lens.width_px), FAR_M, np.float32)
        horizon = self.fine.to_pixels(self.fine.to_camera(np.array([self._ahead(FAR_M)])))[0, 1]
        share = np.clip(np.arange(height) / max(1.0, horizon), 0, 1)[:, None, None]
        sky = np.asarray(sky_top) * (1 - share) + np.asarray(sky_bottom) * share
        self.colour = np.broadcast_to(sky, (height, width, 3)).astype(np.uint8, order="C")
        if sky_shines:  # over a town at night
            self.shine[: max(0, round(float(horizon)))] = self.colour[
                : max(0, round(float(horizon)))
            ]

    def _ahead(self, distance_m: float) -> Point:
        x, y, _ = self.lens.eye
        right, _, _ = self.lens.axes
        return (x - right[1] * distance_m, y + right[0] * distance_m, 0.0)

    def face(
        self, points: Sequence[Point], colour: Colour, *, shines: bool = False, alpha: float = 1.0
    ) -> None:
        """A flat polygon. With `alpha` under 1 it is a tint (a shadow, a pane) and has no depth."""
        seen = self.fine.clipped(np.asarray(points, float))
        if len(seen) < 3:
            return
        outline = _fixed(self.fine.to_pixels(seen))
        if alpha < 1.0:
            self._tint(outline, colour, alpha)
            return
        cv2.fillPoly(self.colour, [outline], colour, cv2.LINE_AA, _SHIFT)
        cv2.fillPoly(self.shine, [outline], colour if shines else (0, 0, 0), cv2.LINE_8, _SHIFT)
        self._deepen(seen)

    def glass(self, points: Sequence[Point], shine: Colour) -> None:
        """What a pane already drawn shines with in the dark; by day it stays as it is."""
        seen = self.fine.clipped(np.asarray(points, float))
        if len(seen) >= 3:
            outline = _fixed(self.fine.to_pixels(seen))
            cv2.fillPoly(self.shine, [outline], shine, cv2.LINE_8, _SHIFT)

    def parts(self, parts: Iterable[Part]) -> None:
        """Draw a thing in the order given; faces turned away are left out."""
        for part in parts:
            if isinstance(part, Face):
                if facing(part.points, self.lens.eye):
                    self.face(part.points, part.colour, shines=part.shines)
            elif isinstance(part, Stroke):
                self.stroke(part)
            else:
                self.ball(part)

    def stroke(self, rod: Stroke) -> None:
        """A rod, as thick as its middle looks."""
        seen = self.fine.to_camera(np.array([rod.start, rod.end]))
        if (seen[:, 2] < 1.0).any():
            return
        ends = _fixed(self.fine.to_pixels(seen))
        depth = float(seen[:, 2].mean())
        width = max(1, round(rod.width_m / depth * self.fine.focal_px))
        start, end = tuple(ends[0]), tuple(ends[1])
        cv2.line(self.colour, start, end, rod.colour, width, cv2.LINE_AA, _SHIFT)
        shine = rod.colour if rod.shines else (0, 0, 0)
        cv2.line(self.shine, start, end, shine, width, cv2.LINE_8, _SHIFT)
        if width >= 2 * FINE:
            near = [tuple(int(c) // FINE for c in end) for end in (start, end)]
            cv2.line(self.depth_m, near[0], near[1], (depth,), width // FINE, cv2.LINE_8, _SHIFT)

    def ball(self, ball: Ball) -> None:
        """A ball."""
        seen = self.fine.to_camera(np.array([ball.centre]))
        if seen[0, 2] < 1.0:
            return
        radius = ball.radius_m / seen[0, 2] * self.fine.focal_px
        centre = tuple(_fixed(self.fine.to_pixels(seen))[0])
        size = max(8, round(radius * 2**_SHIFT))
        cv2.circle(self.colour, centre, size, ball.colour, -1, cv2.LINE_AA, _SHIFT)
        shine = ball.colour if ball.shines else (0, 0, 0)
        cv2.circle(self.shine, centre, size, shine, -1, cv2.LINE_8, _SHIFT)
        if radius >= FINE:
            near = tuple(int(c) // FINE for c in centre)
            cv2.circle(
                self.depth_m, near, size // FINE, (float(seen[0, 2]),), -1, cv2.LINE_8, _SHIFT
            )

    def surface(self, corners: Sequence[Point], surface: Surface, shade: float = 1.0) -> None:
        """A painted rectangle; corners run from its top left clockwise, all before the lens."""
        seen, surface = _in_front(self.fine.to_camera(np.asarray(corners, float)), surface)
        if (seen[:, 2] < NEAR_M * 0.9).any():
            return
        pixels = self.fine.to_pixels(seen)
        height, width = self.colour.shape[:2]
        low = np.maximum(np.floor(pixels.min(axis=0)).astype(int) - 1, 0)
        high = np.minimum(np.ceil(pixels.max(axis=0)).astype(int) + 1, (width, height))
        if (high <= low).any():
            return
        size = (int(high[0] - low[0]), int(high[1] - low[1]))
        tall, wide = surface.colour.shape[:2]
        flat = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
        warp = cv2.getPerspectiveTransform(flat, (pixels - low).astype(np.float32))
        area = np.s_[low[1] : high[1], low[0] : high[0]]
        colour = cv2.warpPerspective(surface.colour, warp, size, flags=cv2.INTER_AREA)
        cover = cv2.warpPerspective(surface.cover, warp, size, flags=cv2.INTER_LINEAR)
        alpha = (cover.astype(np.float32) / 255)[:, :, None]
        self.colour[area] = self.colour[area] * (1 - alpha) + colour * (alpha * shade)
        shine = cv2.warpPerspective(surface.shine, warp, size, flags=cv2.INTER_LINEAR)
        self.shine[area] = self.shine[area] * (1 - alpha) + shine * alpha
        self._deepen(seen)

    def weather_ground(self, strength: float, seed: int) -> None:
        """Grain and blotches on the ground painted so far, at their true size."""
        x, y = self._ground[:2]
        grain = noise(256, seed)
        factor = _sampled(grain, x * 40, y * 40) * (0.5 * strength)
        factor += _sampled(grain, x * 6 + 31, y * 6) * (0.9 * strength)
        factor += _sampled(grain, x * 30, y * 2.2) * (0.45 * strength)
        _multiply(self.colour[self._horizon_row :], 1 + factor)

    def pave(self, points: Sequence[Point], slab_m: float, joint: float = 0.82) -> None:
        """Joints between slabs inside a polygon on the ground, fading where they get too fine."""
        found = self._ground_inside(points)
        if found is None:
            return
        area, inside = found
        x, y, far = (values[area] for values in self._ground)
        across, along = x * np.float32(1 / slab_m), y * np.float32(1 / slab_m)
        clear = np.clip(np.float32(slab_m * self.fine.focal_px / 14) / far, 0, 1) * inside
        column, row = np.floor(across), np.floor(along)
        lines = (across - column < 0.05) | (along - row < 0.07)
        tone = 0.06 * _sampled(noise(64, 5), column * 7, row * 7)
        factor = (1 + tone * clear) * (1 - np.float32(1 - joint) * lines * clear)
        _multiply(self.colour[self._horizon_row :][area], factor)

    def ripple(self, points: Sequence[Point], strength: float) -> None:
        """Waves and the sky's sheen on level water that was painted as this polygon."""
        found = self._ground_inside(points)
        if found is None:
            return
        area, inside = found
        x, y, far = (values[area] for values in self._ground)
        tile = noise(256, 77)
        log_far = np.log(far) * 420
        bearing = np.arctan2(x - self.lens.eye[0], y - self.lens.eye[1]) * 110
        waves = 0.3 * _sampled(tile, bearing, log_far / 6) + _sampled(tile, bearing * 3, log_far)
        sheen = 0.22 * np.clip(far / 300, 0, 1)
        _multiply(self.colour[self._horizon_row :][area], 1 + inside * (strength * waves + sheen))

    def _ground_inside(
        self, points: Sequence[Point]
    ) -> tuple[tuple[slice, slice], NDArray[np.float32]] | None:
        """Where in `_ground` a polygon lies: its rows and columns, and 1 inside it."""
        seen = self.fine.clipped(np.asarray(points, float))
        if len(seen) < 3:
            return None
        top = self._horizon_row
        outline = _fixed(self.fine.to_pixels(seen))
        x, y, wide, tall = cv2.boundingRect(outline >> _SHIFT)
        height, width = self.colour.shape[:2]
        area = (
            slice(max(0, y - top), max(0, min(height, y + tall + 1) - top)),
            slice(max(0, x), max(0, min(width, x + wide + 1))),
        )
        mask = np.zeros((height, width), np.uint8)
        cv2.fillPoly(mask, [outline], (1,), cv2.LINE_8, _SHIFT)
        inside = mask[top:][area].astype(np.float32)
        return (area, inside) if inside.size else None

    @cached_property
    def _horizon_row(self) -> int:
        """The first fine row all of whose pixels see the ground."""
        return int(np.argmax((self.fine.rays()[:, :, 2] < -1e-3).all(axis=1)))

    @cached_property
    def _ground(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """World x and y of every fine pixel below the horizon, and how far off it is."""
        rays = self.fine.rays()[self._horizon_row :]
        distance = np.minimum(-self.lens.eye[2] / rays[:, :, 2], FAR_M).astype(np.float32)
        east, north = rays[:, :, 0] * distance, rays[:, :, 1] * distance
        far = np.hypot(east, north)
        x, y = self.lens.eye[:2]
        return east + np.float32(x), north + np.float32(y), far

    def _tint(self, outline: NDArray[np.int32], colour: Colour, alpha: float) -> None:
        x, y, wide, tall = cv2.boundingRect(outline >> _SHIFT)
        x0, y0 = max(0, x - 2), max(0, y - 2)
        area = self.colour[y0 : max(0, y + tall + 2), x0 : max(0, x + wide + 2)]
        if not area.size:
            return
        tinted = area.copy()
        moved = outline - np.array([x0, y0], np.int32) * 2**_SHIFT
        cv2.fillPoly(tinted, [moved], colour, cv2.LINE_AA, _SHIFT)
        cv2.addWeighted(tinted, alpha, area, 1 - alpha, 0, dst=area)

    def _deepen(self, seen: Points) -> None:
        """Note the depth of a plane polygon, given in camera axes, in the picture's own pixels."""
        lens = self.lens
        pixels = lens.to_pixels(seen)
        low = np.maximum(np.floor(pixels.min(axis=0)).astype(int), 0)
        high = np.minimum(np.ceil(pixels.max(axis=0)).astype(int), (lens.width_px, lens.height_px))
        if (high <= low).any():
            return
        normal = np.cross(seen[1] - seen[0], seen[2] - seen[0])
        x = (np.arange(low[0], high[0]) + 0.5 - lens.width_px / 2) / lens.focal_px
        y = (np.arange(low[1], high[1]) + 0.5 - lens.height_px / 2) / lens.focal_px
        slope = normal[0] * x[None, :] + normal[1] * y[:, None] + normal[2]
        with np.errstate(divide="ignore", invalid="ignore"):
            depth = (normal @ seen[0]) / slope
        mask = np.zeros(depth.shape, np.uint8)
        cv2.fillPoly(mask, [_fixed(pixels - low)], (1,), cv2.LINE_8, _SHIFT)
        inside = (mask > 0) & (depth > 0)
        area = self.depth_m[low[1] : high[1], low[0] : high[0]]
        area[inside] = np.minimum(depth[inside], FAR_M)


def _multiply(pixels: Pixels, factor: NDArray[np.floating]) -> None:
    pixels[:] = np.clip(pixels * factor[:, :, None].astype(np.float32), 0, 255)


def _in_front(seen: Points, surface: Surface) -> tuple[Points, Surface]:
    """A painted rectangle without the columns that lie behind the lens, if it runs past it."""
    left, right = float(seen[[0, 3], 2].min()), float(seen[[1, 2], 2].min())
    if min(left, right) >= NEAR_M or max(left, right) <= NEAR_M:
        return seen, surface
    share = (NEAR_M - left) / (right - left)
    columns = round(share * surface.cover.shape[1])
    keep = slice(columns, None) if left < right else slice(None, max(1, columns))
    share = columns / surface.cover.shape[1]
    top, bottom = seen[0] + share * (seen[1] - seen[0]), seen[3] + share * (seen[2] - seen[3])
    corners = (top, seen[1], seen[2], bottom) if left < right else (seen[0], top, bottom, seen[3])
    cut = Surface(surface.colour[:, keep], surface.cover[:, keep], surface.shine[:, keep])
    return np.array(corners), cut


def _fixed(pixels: Points) -> NDArray[np.int32]:
    fixed: NDArray[np.int32] = np.round(np.clip(pixels, -30_000, 30_000) * 2**_SHIFT).astype(
        np.int32
    )
    return fixed


def _sampled(
    tile: NDArray[np.float32], x: NDArray[np.floating], y: NDArray[np.floating]
) -> NDArray[np.float32]:
    """A tile of noise, repeated without end."""
    size = tile.shape[0]
    at = (np.mod(x, size).astype(np.float32), np.mod(y, size).astype(np.float32))
    found = cv2.remap(tile, at[0], at[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return found.astype(np.float32, copy=False)
