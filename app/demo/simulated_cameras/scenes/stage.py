"""Draws what moves over a finished background: behind what stands nearer, with shadow and lamps."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.scenes.lens import NEAR_M, Lens, Points
from app.demo.simulated_cameras.scenes.lighting import Lighting
from app.demo.simulated_cameras.scenes.parts import Ball, Colour, Part, Placed, Point, Stroke
from app.demo.simulated_cameras.scenes.shape import FOOT_POINTS, Shape, made_at, sector_of

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]
_SHIFT = 4
_SUN_SHADOW = (0.45, 0.5)  # how far a shadow reaches in x and y for each metre of height


@dataclass(frozen=True, slots=True)
class Glow:
    """Light around a lamp that moves: its size in metres at its own place.

    A lamp that shines one way is seen only from the half of the world it shines into.
    """

    at: Point
    radius_m: float
    colour: Colour
    heading_rad: float | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One thing at one moment; its shape is asked for, by sector, only if it may be seen."""

    placed: Placed
    height_m: float
    reach_m: float  # half its length
    shape: Callable[[int], Shape]
    glows: Sequence[Glow] = ()


class Stage:
    """A finished background, (H, W, 3) BGR with its depth (H, W), and what draws on it."""

    def __init__(
        self, lens: Lens, lighting: Lighting, background: Pixels, depth_m: NDArray[np.float32]
    ) -> None:
        self.background = background
        self._lens = lens
        self.lighting = lighting
        self.depth_m = depth_m
        self._centre = np.array([lens.width_px, lens.height_px]) * (2**_SHIFT / 2)
        self._half_wide = lens.width_px / 2 / lens.focal_px
        sun = not lighting.night and not lighting.rain
        self._sun = np.array([(*_SUN_SHADOW, 0.0)]) @ lens.axes.T if sun else None

    def draw(self, picture: Pixels, actors: Sequence[Actor]) -> None:
        """All actors, the farthest first, into `picture`, a copy of the background."""
        if not actors:
            return
        where = np.array([(a.placed.x, a.placed.y, a.placed.z) for a in actors])
        seen = self._lens.to_camera(where)
        for index in np.argsort(-seen[:, 2]).tolist():
            actor, (right, _, ahead) = actors[index], seen[index].tolist()
            margin_m = 2.0 + actor.reach_m + (6.0 if actor.glows else 0.0)
            if ahead > 1.0 and abs(right) - margin_m < ahead * self._half_wide:
                self._draw_one(picture, actor, seen[index])

    def _draw_one(self, picture: Pixels, actor: Actor, origin: Points) -> None:
        placed = actor.placed
        shape = actor.shape(sector_of(placed.heading_rad))
        turn = placed.heading_rad - made_at(shape.sector).heading_rad
        cos, sin = math.cos(turn), math.sin(turn)
        turned = np.array([(cos, sin, 0.0), (-sin, cos, 0.0), (0.0, 0.0, 1.0)])
        seen: Points = shape.points @ (turned @ self._lens.axes.T) + origin
        depths = seen[:, 2]
        depth = float(depths.min())
        if depth < NEAR_M * 3:
            return
        fixed = self._fixed(seen)
        self._shadow(picture, seen[:FOOT_POINTS], fixed[:FOOT_POINTS], actor.height_m)
        body = fixed[FOOT_POINTS:]
        box = self._box(body, 0.2 / depth * self._lens.focal_px + 2)
        if box is not None:
            light = self.lighting.at((placed.x, placed.y, placed.z))
            self._paint(picture, shape.parts, light, body, depths[FOOT_POINTS:])
            nearer = self._nearer(box, depth - 0.35)
            if cv2.hasNonZero(nearer):
                cv2.copyTo(self.background[box], nearer, picture[box])
        for glow in actor.glows:
            self._glow(picture, glow)

    def _fixed(self, seen: Points) -> NDArray[np.int32]:
        """Pixels in OpenCV's fixed point; nothing so near the lens as to leave its range."""
        pixels = seen[:, :2] * (self._lens.focal_px * 2**_SHIFT / seen[:, 2:3]) + self._centre
        fixed: NDArray[np.int32] = np.rint(pixels).astype(np.int32)
        return fixed

    def _box(self, fixed: NDArray[np.int32], margin: float) -> tuple[slice, slice] | None:
        """Rows and columns that hold the points and a margin, inside the picture."""
        x, y, wide, tall = cv2.boundingRect(fixed)
        height, width = self.depth_m.shape
        more = round(margin)
        x0, y0 = max(0, (x >> _SHIFT) - more), max(0, (y >> _SHIFT) - more)
        x1 = min(width, (x + wide >> _SHIFT) + more + 1)
        y1 = min(height, (y + tall >> _SHIFT) + more + 1)
        return (slice(y0, y1), slice(x0, x1)) if x1 > x0 and y1 > y0 else None

    def _paint(
        self,
        picture: Pixels,
        parts: Sequence[Part],
        light: tuple[float, float, float],
        fixed: NDArray[np.int32],
        depths: Points,
    ) -> None:
        points = fixed.tolist()
        scales = (self._lens.focal_px / depths).tolist()
        at = 0
        for part in parts:
            colour = part.colour if part.shines else _lit(part.colour, light)
            if isinstance(part, Stroke):
                width = max(1, round(part.width_m * scales[at]))
                cv2.line(picture, points[at], points[at + 1], colour, width, cv2.LINE_AA, _SHIFT)
                at += 2
            elif isinstance(part, Ball):
                radius = max(10, round(part.radius_m * scales[at] * 2**_SHIFT))
                cv2.circle(picture, points[at], radius, colour, -1, cv2.LINE_AA, _SHIFT)
                at += 1
            else:
                after = at + len(part.points)
                if _shows_its_front(*points[at : at + 3]):
                    cv2.fillConvexPoly(picture, fixed[at:after], colour, cv2.LINE_AA, _SHIFT)
                at = after

    def _nearer(self, box: tuple[slice, slice], depth: float) -> Mask:
        """255 where what stands there is nearer than `depth`."""
        nearer: Mask = (self.depth_m[box] < depth).view(np.uint8) * np.uint8(255)
        return nearer

    def _shadow(
        self, picture: Pixels, foot: Points, outline: NDArray[np.int32], height_m: float
    ) -> None:
        """What the foot covers, drawn out away from the sun if there is one."""
        nearest = float(foot[:, 2].min())
        if self._sun is not None and height_m:
            tip = foot + self._sun * height_m
            if float(tip[:, 2].min()) < NEAR_M:
                return
            hull = cv2.convexHull(np.concatenate([outline, self._fixed(tip)]))
            outline = hull.astype(np.int32, copy=False)
        box = self._box(outline, 2)
        if box is None or box[0].stop - box[0].start < 7:
            return  # out of the picture, or too far off for a shadow to be seen
        area = picture[box]
        mask: Mask = np.zeros(area.shape[:2], np.uint8)
        corner = np.array((box[1].start << _SHIFT, box[0].start << _SHIFT), np.int32)
        cv2.fillConvexPoly(mask, outline - corner, (255,), cv2.LINE_AA, _SHIFT)
        mask[self.depth_m[box] < nearest - 1.0] = 0
        strength = 0.3 if self._sun is None else 0.45
        cut = cv2.multiply(area, cv2.cvtColor(mask, cv2.COLOR_GRAY2BGR), scale=strength / 255)
        cv2.subtract(area, cut, dst=area)

    def _glow(self, picture: Pixels, glow: Glow) -> None:
        if glow.heading_rad is not None:
            east, north = self._lens.eye[0] - glow.at[0], self._lens.eye[1] - glow.at[1]
            if east * math.cos(glow.heading_rad) + north * math.sin(glow.heading_rad) < 0:
                return
        seen = self._lens.to_camera(np.array([glow.at]))
        if seen[0, 2] < NEAR_M * 3:
            return
        x, y = self._lens.to_pixels(seen)[0].round().astype(int).tolist()
        height, width = self.depth_m.shape
        if not (0 <= x < width and 0 <= y < height) or self.depth_m[y, x] < seen[0, 2] - 0.6:
            return
        radius = min(height // 3, max(3, round(glow.radius_m / seen[0, 2] * self._lens.focal_px)))
        patch = _glow_patch(radius, glow.colour)
        x0, y0 = max(0, x - radius), max(0, y - radius)
        x1, y1 = min(width, x + radius), min(height, y + radius)
        part = patch[y0 - y + radius : y1 - y + radius, x0 - x + radius : x1 - x + radius]
        area = picture[y0:y1, x0:x1]
        cv2.add(area, part, dst=area)


@lru_cache(maxsize=128)
def _glow_patch(radius: int, colour: Colour) -> Pixels:
    step = (np.arange(2 * radius) + 0.5 - radius) / radius
    distance = np.hypot(step[None, :], step[:, None])
    strength = np.clip(1 - distance, 0, 1) ** 2.6 + 0.8 * np.clip(1 - distance * 3.4, 0, 1)
    patch: Pixels = np.clip(strength[:, :, None] * np.asarray(colour), 0, 255).astype(np.uint8)
    return patch


def _lit(colour: Colour, light: tuple[float, float, float]) -> Colour:
    return (colour[0] * light[0], colour[1] * light[1], colour[2] * light[2])


def _shows_its_front(a: list[int], b: list[int], c: list[int]) -> bool:
    """Whether corners that run counter-clockwise seen from outside do so in the picture."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0
