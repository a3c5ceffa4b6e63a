"""Daylight, lamps, haze, wet ground and the camera's own look. Turns a canvas into a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.scenes.canvas import FINE, Canvas
from app.demo.simulated_cameras.scenes.lens import Lens
from app.demo.simulated_cameras.scenes.parts import Colour, Point
from app.demo.simulated_cameras.scenes.surfaces import noise

_MOONLIGHT = np.array([0.150, 0.125, 0.105], np.float32)  # blue, green, red
SODIUM: Colour = (0.34, 0.72, 1.0)
LED: Colour = (0.95, 0.98, 0.92)
WARM: Colour = (0.45, 0.78, 1.0)


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp; `reach_m` is where its light has fallen to a quarter."""

    at: Point
    tint: Colour
    power: float = 1.0
    reach_m: float = 6.0
    is_seen: bool = True  # a shop's lamp is inside: only its light comes out


class Lighting:
    """How a scene is lit at one time of day."""

    def __init__(self, *, night: bool, rain: bool, lamps: Sequence[Lamp] = ()) -> None:
        self.night = night
        self.rain = rain
        self.lamps = tuple(lamps)
        self._known: dict[tuple[int, int], tuple[float, float, float]] = {}

    def at(self, point: Point) -> tuple[float, float, float]:
        """Factor of blue, green and red for a thing at a place."""
        if not self.night:
            return (0.8, 0.8, 0.8) if self.rain else (1.0, 1.0, 1.0)
        cell = (round(point[0] * 2), round(point[1] * 2))
        if cell not in self._known:
            self._known[cell] = self._measured(point)
        return self._known[cell]

    def _measured(self, point: Point) -> tuple[float, float, float]:
        where = np.asarray(point, np.float32)
        light = _MOONLIGHT.copy()
        for lamp in self.lamps:
            distance = float(np.linalg.norm(where - np.asarray(lamp.at, np.float32)))
            light += _falloff(distance, lamp) * np.asarray(lamp.tint, np.float32)
        blue, green, red = np.minimum(light, 1.15).tolist()
        return (blue, green, red)


def develop(canvas: Canvas, lighting: Lighting, seed: int) -> NDArray[np.uint8]:
    """The canvas as the camera sees it, (H, W, 3) BGR."""
    lens = canvas.lens
    size = (lens.width_px, lens.height_px)
    colour = _smaller(canvas.colour, size)
    shine = _smaller(canvas.shine, size)
    if lighting.night:
        picture = colour * _lamplight(canvas, lighting)
        shine += _lamp_heads(lens, lighting)
        picture = np.maximum(picture, shine)
        picture += _bloom(shine)
    else:
        picture = _hazy(colour, canvas.depth_m, lighting)
    if lighting.rain:
        picture = _wet(picture, canvas)
    return _as_taken(picture, lighting, seed)


def _smaller(fine: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.float32]:
    assert fine.shape[1] == size[0] * FINE
    return cv2.resize(fine, size, interpolation=cv2.INTER_AREA).astype(np.float32)


def _falloff(distance: float, lamp: Lamp) -> float:
    return lamp.power / (1.0 + (distance / lamp.reach_m) ** 2) ** 2


def _lamplight(canvas: Canvas, lighting: Lighting) -> NDArray[np.float32]:
    where = canvas.lens.rays() * canvas.depth_m[:, :, None] + np.asarray(
        canvas.lens.eye, np.float32
    )
    light = np.empty_like(where)
    light[:] = _MOONLIGHT
    for lamp in lighting.lamps:
        square: NDArray[np.float32] = np.ones(where.shape[:2], np.float32)
        for axis in range(3):
            away = where[:, :, axis] - np.float32(lamp.at[axis])
            square += away * away * np.float32(1 / lamp.reach_m**2)
        strength = (lamp.power / (square * square)).astype(np.float32)
        for channel in range(3):
            light[:, :, channel] += strength * np.float32(lamp.tint[channel])
    limited: NDArray[np.float32] = np.float32(1.25) - np.float32(1.25) * np.exp(-light / 1.05)
    return limited.astype(np.float32, copy=False)


def _lamp_heads(lens: Lens, lighting: Lighting) -> NDArray[np.float32]:
    heads = np.zeros((lens.height_px, lens.width_px, 3), np.float32)
    for lamp in lighting.lamps:
        seen = lens.to_camera(np.array([lamp.at]))
        if seen[0, 2] < 1.0 or not lamp.is_seen:
            continue
        x, y = lens.to_pixels(seen)[0].round().astype(int).tolist()
        radius = max(1, round(0.16 * lamp.power**0.5 / seen[0, 2] * lens.focal_px))
        tint = [channel * 255 * min(1.0, lamp.power) for channel in lamp.tint]
        cv2.circle(heads, (x, y), radius, tint, -1, cv2.LINE_AA)
    return heads


def _bloom(light: NDArray[np.float32]) -> NDArray[np.float32]:
    height = light.shape[0]
    small = cv2.resize(light, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    near = cv2.GaussianBlur(small, (0, 0), height * 0.004 + 0.4)
    wide = cv2.GaussianBlur(small, (0, 0), height * 0.018)
    glow = 0.55 * near + 0.65 * wide
    shape = (light.shape[1], light.shape[0])
    return cv2.resize(glow, shape, interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _hazy(
    colour: NDArray[np.float32], depth_m: NDArray[np.float32], lighting: Lighting
) -> NDArray[np.float32]:
    reach_m = 180.0 if lighting.rain else 900.0
    air = np.array([196, 192, 186] if lighting.rain else [222, 214, 204], np.float32)
    share = (1 - np.exp(-depth_m / reach_m))[:, :, None].astype(np.float32)
    share = np.minimum(share, 0.55 if not lighting.rain else 0.8)
    share[depth_m >= 4000] *= 0.35
    hazy: NDArray[np.float32] = colour * (1 - share) + air * share
    return hazy * (0.9 if lighting.rain else 1.1)


def _wet(picture: NDArray[np.float32], canvas: Canvas) -> NDArray[np.float32]:
    """Wet ground mirrors what stands behind it, drawn out downwards."""
    height = picture.shape[0]
    lens = canvas.lens
    rays = lens.rays()
    up = lens.eye[2] + rays[:, :, 2] * canvas.depth_m
    ground = ((np.abs(up) < 0.12) & (canvas.depth_m < 4000)).astype(np.float32)
    ground = cv2.GaussianBlur(ground, (0, 0), 1.0)[:, :, None]
    length = max(3, height // 5)
    kernel = np.zeros((2 * length + 1, 1), np.float32)
    kernel[length:] = np.exp(-np.arange(length + 1) / (length / 2.2))[::-1, None][: length + 1]
    kernel[length:] = kernel[length:][::-1]
    mirrored = cv2.filter2D(picture, -1, kernel[::-1] / kernel.sum())
    ripple = 1 + 0.5 * cv2.resize(noise(128, 9), (picture.shape[1], height))[:, :, None]
    wet: NDArray[np.float32] = picture * (1 - 0.42 * ground) + mirrored * ripple * ground * 0.48
    return wet


def _as_taken(picture: NDArray[np.float32], lighting: Lighting, seed: int) -> NDArray[np.uint8]:
    """Muted colours, darker corners, a little grain: a street camera, not a photograph."""
    height, width = picture.shape[:2]
    grey = picture.mean(axis=2, keepdims=True)
    picture = grey + (picture - grey) * (0.86 if lighting.night else 0.9)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    corner = 1 - 0.26 * np.clip((x * x + y * y) / 2 - 0.25, 0, 1)
    grain = np.random.default_rng(seed).normal(0, 2.6 if lighting.night else 1.6, (height, width))
    taken = picture * corner[:, :, None] + grain[:, :, None].astype(np.float32)
    return np.clip(taken, 0, 255).astype(np.uint8)
