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
from app.demo.simulated_cameras.scenes.shape import Shape, made_at, sector_of

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]
_SHIFT = 4
_SUN_SHADOW = (0.45, 0.5)  # how far a shadow reaches in x and y for each metre of height


@dataclass(frozen=True, slots=True)
class Glow:
    """Light around a lamp that moves: its size in metres at its own place."""

    at: Point
    radius_m: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Actor:
    """One thing at one moment; its shape is asked for only if it may be in the picture.

    `shape` makes it for a sector of headings; `half_m` is half its length and width, for its
    shadow.
    """

    placed: Placed
    height_m: float
    half_m: tuple[float, float]
    shape: Callable[[int], Shape]
    glows: Sequence[Glow] = ()

    @property
    def at(self) -> Point:
        return (self.placed.x, self.placed.y, self.placed.z)


@dataclass(frozen=True, slots=True)
class Stage:
    """A finished background and what is needed to draw on it."""

    lens: Lens
    lighting: Lighting
    background: Pixels
    depth_m: NDArray[np.float32]

    def draw(self, picture: Pixels, actors: Sequence[Actor]) -> None:
        """All actors, the farthest first, into `picture`, a copy of the background."""
        ahead = self.lens.axes[2]
        eye = np.asarray(self.lens.eye)
        ranked = sorted(actors, key=lambda actor: -float((np.asarray(actor.at) - eye) @ ahead))
        for actor in ranked:
            self._draw_one(picture, actor)

    def _draw_one(self, picture: Pixels, actor: Actor) -> None:
        if not self._may_be_seen(actor):
            return
        shape = actor.shape(sector_of(actor.placed.heading_rad))
        seen = self._placed(shape, actor.placed)
        depth = float(seen[:, 2].min())
        if depth < NEAR_M * 3:
            return
        pixels = self.lens.to_pixels(seen)
        box = self._box(pixels, 0.35 / depth * self.lens.focal_px + 2)
        if box is None:
            return
        self._shadow(picture, actor)
        self._paint(picture, shape.parts, self.lighting.at(actor.at), pixels, seen[:, 2])
        self._hide(picture, box, depth)
        for glow in actor.glows:
            self._glow(picture, glow)

    def _placed(self, shape: Shape, placed: Placed) -> Points:
        """The shape's points in camera axes."""
        turn = placed.heading_rad - made_at(shape.sector).heading_rad
        cos, sin = math.cos(turn), math.sin(turn)
        turned = np.array([(cos, -sin, 0.0), (sin, cos, 0.0), (0.0, 0.0, 1.0)])
        origin = self.lens.to_camera(np.array([(placed.x, placed.y, placed.z)]))
        seen: Points = shape.points @ (self.lens.axes @ turned).T + origin
        return seen

    def _may_be_seen(self, actor: Actor) -> bool:
        right, _, ahead = self.lens.to_camera(np.array([actor.at]))[0].tolist()
        if ahead < 1.0:
            return False
        margin_m = 2.0 + actor.half_m[0] + (6.0 if actor.glows else 0.0)
        return bool(abs(right) - margin_m < ahead * self.lens.width_px / 2 / self.lens.focal_px)

    def _box(self, pixels: NDArray[np.float64], margin: float) -> tuple[slice, slice] | None:
        height, width = self.depth_m.shape
        low, high = pixels.min(axis=0) - margin, pixels.max(axis=0) + margin
        x0, y0 = max(0, int(low[0])), max(0, int(low[1]))
        x1, y1 = min(width, int(high[0]) + 1), min(height, int(high[1]) + 1)
        return (slice(y0, y1), slice(x0, x1)) if x1 > x0 and y1 > y0 else None

    def _paint(
        self,
        picture: Pixels,
        parts: Sequence[Part],
        light: tuple[float, float, float],
        pixels: Points,
        depths: Points,
    ) -> None:
        fixed = np.round(np.clip(pixels, -20_000, 20_000) * 2**_SHIFT).astype(np.int32)
        points = fixed.tolist()
        scales = (self.lens.focal_px / depths).tolist()
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

    def _hide(self, picture: Pixels, box: tuple[slice, slice], depth: float) -> None:
        nearer = self._nearer(box, depth - 0.35)
        if cv2.hasNonZero(nearer):
            cv2.copyTo(self.background[box], nearer, picture[box])

    def _nearer(self, box: tuple[slice, slice], depth: float) -> Mask:
        """255 where what stands there is nearer than `depth`."""
        nearer: Mask = (self.depth_m[box] < depth).view(np.uint8) * np.uint8(255)
        return nearer

    def _shadow(self, picture: Pixels, actor: Actor) -> None:
        sun = not self.lighting.night and not self.lighting.rain
        seen = self.lens.to_camera(_shadow_outline(actor, long=sun))
        if (seen[:, 2] < NEAR_M).any():
            return
        pixels = self.lens.to_pixels(seen)
        box = self._box(pixels, 2)
        if box is None:
            return
        area = picture[box]
        mask: Mask = np.zeros(area.shape[:2], np.uint8)
        moved = np.round((pixels - (box[1].start, box[0].start)) * 2**_SHIFT).astype(np.int32)
        cv2.fillConvexPoly(mask, cv2.convexHull(moved), (255,), cv2.LINE_AA, _SHIFT)
        mask[self._nearer(box, float(seen[:, 2].min()) - 1.0) > 0] = 0
        strength = 0.45 if sun else 0.3
        cut = cv2.multiply(area, cv2.merge([mask, mask, mask]), scale=strength / 255)
        cv2.subtract(area, cut, dst=area)

    def _glow(self, picture: Pixels, glow: Glow) -> None:
        seen = self.lens.to_camera(np.array([glow.at]))
        if seen[0, 2] < NEAR_M * 3:
            return
        x, y = self.lens.to_pixels(seen)[0].round().astype(int).tolist()
        height, width = self.depth_m.shape
        if not (0 <= x < width and 0 <= y < height) or self.depth_m[y, x] < seen[0, 2] - 0.6:
            return
        radius = min(height // 3, max(3, round(glow.radius_m / seen[0, 2] * self.lens.focal_px)))
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


def _shadow_outline(actor: Actor, *, long: bool) -> Points:
    """Points (N, 3) on the ground whose hull is the shadow: under the thing, or drawn out too."""
    x, y, ground = actor.at
    cos, sin = math.cos(actor.placed.heading_rad), math.sin(actor.placed.heading_rad)
    along, across = actor.half_m
    foot = []
    for step in range(8):
        angle = math.tau * step / 8
        dx, dy = along * math.cos(angle), across * math.sin(angle)
        foot.append((x + dx * cos - dy * sin, y + dx * sin + dy * cos, ground))
    if not long:
        return np.array(foot)
    reach_x, reach_y = (actor.height_m * reach for reach in _SUN_SHADOW)
    return np.array(foot + [(px + reach_x, py + reach_y, pz) for px, py, pz in foot])


def _lit(colour: Colour, light: tuple[float, float, float]) -> Colour:
    return (colour[0] * light[0], colour[1] * light[1], colour[2] * light[2])


def _shows_its_front(a: list[int], b: list[int], c: list[int]) -> bool:
    """Whether corners that run counter-clockwise seen from outside do so in the picture."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0
