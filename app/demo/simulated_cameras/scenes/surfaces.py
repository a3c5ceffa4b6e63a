"""Painted flat surfaces: plaster, shop fronts, shutters, signs, roofs. In metres, knows no lens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.lettering import lettering
from app.demo.simulated_cameras.scenes.parts import Colour, shaded

Pixels = NDArray[np.uint8]
PX_PER_M = 48
_DARK_GLASS: Colour = (58, 52, 44)
_WARM: Colour = (150, 205, 245)  # what a shop's lamps look like from outside
_COOL: Colour = (235, 232, 215)


@dataclass(frozen=True, slots=True)
class Surface:
    """`colour` and `shine` (H, W, 3), `cover` (H, W): 255 where there is something."""

    colour: Pixels
    cover: Pixels
    shine: Pixels


@lru_cache(maxsize=32)
def noise(size: int, seed: int) -> NDArray[np.float32]:
    """Cloudy noise about zero, mostly within ±0.5, seamless at the edges, (size, size)."""
    rng = np.random.default_rng(seed)
    total: NDArray[np.float32] = np.zeros((size, size), np.float32)
    for octave in (4, 8, 16, 32, 64):
        grid = rng.normal(0, 1, (octave, octave)).astype(np.float32)
        wrapped = np.pad(grid, ((0, 1), (0, 1)), mode="wrap")
        step = np.linspace(0, octave, size, endpoint=False, dtype=np.float32)
        x, y = np.meshgrid(step, step)
        layer = cv2.remap(wrapped, x, y, cv2.INTER_LINEAR).astype(np.float32)
        total += layer / np.float32(octave**0.5)
    scaled: NDArray[np.float32] = total / (2.5 * total.std())
    return scaled


class Wall:
    """A rectangle of wall being painted; x right and y down in metres from its top left."""

    def __init__(self, width_m: float, height_m: float, colour: Colour) -> None:
        self.width_m, self.height_m = width_m, height_m
        size = (max(2, round(height_m * PX_PER_M)), max(2, round(width_m * PX_PER_M)))
        self.colour = np.empty((*size, 3), np.uint8)
        self.colour[:] = np.asarray(colour).clip(0, 255)
        self.shine = np.zeros((*size, 3), np.uint8)
        self.cover = np.full(size, 255, np.uint8)

    def surface(self) -> Surface:
        return Surface(self.colour, self.cover, self.shine)

    def area(self, x: float, y: float, w: float, h: float) -> tuple[slice, slice]:
        """The pixels of a rectangle in metres."""
        left, top = max(0, round(x * PX_PER_M)), max(0, round(y * PX_PER_M))
        return (
            slice(top, max(top, round((y + h) * PX_PER_M))),
            slice(left, max(left, round((x + w) * PX_PER_M))),
        )

    def fill(
        self, x: float, y: float, w: float, h: float, colour: Colour, shine: Colour | None = None
    ) -> None:
        """One colour; `shine` is what is seen of it in the dark."""
        at = self.area(x, y, w, h)
        self.colour[at] = np.asarray(colour).clip(0, 255)
        self.shine[at] = (0, 0, 0) if shine is None else np.asarray(shine).clip(0, 255)

    def fade(self, x: float, y: float, w: float, h: float, first: float, last: float) -> None:
        """Multiply, from one factor at the top to another at the bottom: shadows, dirt."""
        at = self.area(x, y, w, h)
        rows = self.colour[at].shape[0]
        if rows:
            factor = np.linspace(first, last, rows, dtype=np.float32)[:, None, None]
            self.colour[at] = np.clip(self.colour[at] * factor, 0, 255)

    def ribs(self, x: float, y: float, w: float, h: float, step_m: float, depth: float) -> None:
        """Horizontal slats."""
        at = self.area(x, y, w, h)
        rows = self.colour[at].shape[0]
        wave = (np.arange(rows) / (step_m * PX_PER_M)) % 1.0
        factor = (1 - depth * (wave > 0.72) + depth * 0.4 * (wave < 0.25))[:, None, None]
        self.colour[at] = np.clip(self.colour[at] * factor, 0, 255)

    def letter(
        self, text: str, x: float, y: float, w: float, h: float, ink: Colour, shine: float = 0.0
    ) -> None:
        """Lettering fitted into a rectangle."""
        at = self.area(x, y, w, h)
        rows, columns = self.colour[at].shape[:2]
        if rows < 4 or columns < 4:
            return
        mask = lettering(text, rows * 0.62, 700)
        scale = min(1.0, columns * 0.94 / mask.shape[1], rows / mask.shape[0])
        small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        full = np.zeros((rows, columns), np.uint8)
        top, left = (rows - small.shape[0]) // 2, (columns - small.shape[1]) // 2
        full[top : top + small.shape[0], left : left + small.shape[1]] = small
        alpha = full[:, :, None].astype(np.float32) / 255
        self.colour[at] = self.colour[at] * (1 - alpha) + np.asarray(ink) * alpha
        if shine:
            self.shine[at] = self.shine[at] * (1 - alpha) + np.asarray(ink) * alpha * shine

    def weather(self, seed: int, strength: float = 0.12) -> None:
        """Blotches everywhere and streaks that run down."""
        rows, columns = self.cover.shape
        tile = noise(256, seed % 8)
        blotch = cv2.resize(tile, (columns, rows), interpolation=cv2.INTER_LINEAR)
        streak = cv2.resize(tile[:8], (columns, rows), interpolation=cv2.INTER_LINEAR)
        factor = 1 + strength * (blotch + 0.7 * np.minimum(streak, 0.1))
        self.colour[:] = np.clip(self.colour * factor[:, :, None], 0, 255)


def sign(text: str, width_m: float, height_m: float, board: Colour, ink: Colour) -> Surface:
    """A signboard with a thin frame, lit from inside at night."""
    wall = Wall(width_m, height_m, shaded(board, 0.7))
    rim = 0.05
    inner = (rim, rim, width_m - 2 * rim, height_m - 2 * rim)
    wall.fill(*inner, board, shaded(board, 0.55))
    wall.letter(text, *inner, ink, 0.85)
    return wall.surface()


def stripes(width_m: float, height_m: float, one: Colour, other: Colour, step_m: float) -> Surface:
    """An awning's cloth; stripes run down."""
    wall = Wall(width_m, height_m, one)
    at = 0.0
    while at < width_m:
        wall.fill(at, 0, step_m / 2, height_m, other)
        at += step_m
    wall.fade(0, 0, width_m, height_m, 1.08, 0.86)
    wall.weather(3, 0.1)
    return wall.surface()


def shop_house(
    width_m: float, floors: int, plaster: Colour, text: str, seed: int, *, is_open: bool
) -> Surface:
    """A Thai shop-house front: shop and sign below, shutters or glass above, a parapet on top."""
    rng = np.random.default_rng(seed)
    floor_m, ground_m, parapet_m = 3.0, 3.7, 0.9
    height_m = ground_m + floors * floor_m + parapet_m
    wall = Wall(width_m, height_m, plaster)
    wall.weather(seed, 0.16)
    wall.fill(0, parapet_m - 0.15, width_m, 0.22, shaded(plaster, 1.12))
    wall.fade(0, parapet_m + 0.07, width_m, 0.5, 0.68, 1.0)
    for floor in range(floors):
        _upper_floor(wall, parapet_m + floor * floor_m, floor_m, plaster, rng)
    top = height_m - ground_m
    board = SIGN_COLOURS[int(rng.integers(len(SIGN_COLOURS)))]
    _ground_floor(wall, top, ground_m, rng, is_open=is_open)
    _sign_on(wall, text, top, board, lit=is_open)
    edge = shaded(plaster, 0.72)
    wall.fill(0, 0, 0.1, height_m, edge)
    wall.fill(width_m - 0.1, 0, 0.1, height_m, edge)
    wall.fade(0, height_m - 0.6, width_m, 0.6, 1.0, 0.72)
    return wall.surface()


SIGN_COLOURS: tuple[tuple[Colour, Colour], ...] = (
    ((60, 52, 168), (235, 240, 245)),
    ((150, 96, 40), (240, 240, 240)),
    ((62, 120, 52), (225, 240, 240)),
    ((225, 228, 226), (120, 50, 40)),
    ((60, 190, 226), (50, 40, 120)),
    ((90, 60, 60), (120, 210, 235)),
)


def _upper_floor(
    wall: Wall, top: float, floor_m: float, plaster: Colour, rng: np.random.Generator
) -> None:
    width = wall.width_m
    style = int(rng.integers(3))
    count = 2 if style < 2 else 1
    opening_w = (width - 0.5) / count - 0.35
    lit = rng.random() < 0.4
    for index in range(count):
        x = 0.4 + index * (opening_w + 0.35)
        y, h = top + 0.75, floor_m - 1.45
        if style == 0:  # wooden louvres
            wood: Colour = ((92, 112, 70), (60, 74, 104), (108, 96, 66))[int(rng.integers(3))]
            wall.fill(x, y, opening_w, h, wood)
            wall.ribs(x, y, opening_w, h, 0.11, 0.22)
            wall.fill(x + opening_w / 2 - 0.03, y, 0.06, h, shaded(wood, 0.6))
        else:
            wall.fill(x, y, opening_w, h, _DARK_GLASS, shaded(_WARM, 0.62) if lit else None)
            wall.fade(x, y, opening_w, h, 1.5, 0.9)
            for pane in range(3):
                wall.fill(x + pane * opening_w / 3, y, 0.05, h, (150, 150, 146))
        wall.fill(x - 0.08, y + h, opening_w + 0.16, 0.1, shaded(plaster, 1.1))
        wall.fade(x, y + h + 0.1, opening_w, 0.5, 0.82, 1.0)
    wall.fill(0, top + floor_m - 0.28, width, 0.2, shaded(plaster, 1.06))
    wall.fade(0, top + floor_m - 0.08, width, 0.25, 0.7, 0.95)
    if rng.random() < 0.6:  # an air conditioner with its stain
        x = float(rng.uniform(0.4, width - 1.3))
        wall.fill(x, top + floor_m - 0.92, 0.85, 0.58, (196, 200, 198))
        wall.fill(x + 0.08, top + floor_m - 0.84, 0.42, 0.42, (120, 122, 120))
        wall.fade(x + 0.2, top + floor_m - 0.3, 0.4, 1.2, 0.75, 0.95)


def _ground_floor(
    wall: Wall, top: float, ground_m: float, rng: np.random.Generator, *, is_open: bool
) -> None:
    x, w = 0.3, wall.width_m - 0.6
    y, h = top + 0.95, ground_m - 0.95
    if not is_open:
        grey: Colour = ((150, 152, 150), (172, 160, 140), (128, 140, 146))[int(rng.integers(3))]
        wall.fill(x, y, w, h, grey)
        wall.ribs(x, y, w, h, 0.1, 0.16)
        wall.fade(x, y, w, 0.5, 0.6, 1.0)
        return
    lamp = _WARM if rng.random() < 0.5 else _COOL
    wall.fill(x, y, w, h, (46, 50, 58), shaded(lamp, 0.5))
    wall.fill(x, y + 0.15, w, 0.09, shaded(lamp, 0.95), lamp)
    for shelf in range(4):
        level = y + 0.55 + shelf * 0.5
        for _ in range(14):
            goods = tuple(float(c) for c in rng.uniform(50, 170, 3))
            at = float(rng.uniform(x, x + w - 0.3))
            size = float(rng.uniform(0.12, 0.32))
            tint: Colour = (goods[0], goods[1], goods[2])
            wall.fill(at, level - size, 0.26, size, tint, shaded(tint, 0.55))
        wall.fill(x, level, w, 0.05, (70, 78, 88), (50, 60, 70))
    wall.fade(x, y, w, h, 1.0, 0.75)


def _sign_on(wall: Wall, text: str, top: float, board: tuple[Colour, Colour], *, lit: bool) -> None:
    ground, ink = board
    glow = shaded(ground, 0.6) if lit else None
    wall.fill(0.2, top + 0.12, wall.width_m - 0.4, 0.72, ground, glow)
    wall.letter(text, 0.25, top + 0.14, wall.width_m - 0.5, 0.68, ink, 0.8 if lit else 0.0)
    wall.fade(0.2, top + 0.84, wall.width_m - 0.4, 0.35, 0.6, 0.95)


def tiled_roof(width_m: float, height_m: float, tile: Colour, border: Colour | None) -> Surface:
    """Rows of roof tiles, with the border of a temple's roof if it has one."""
    wall = Wall(width_m, height_m, tile)
    wall.weather(11, 0.2)
    wall.ribs(0, 0, width_m, height_m, 0.22, 0.2)
    if border is not None:
        for inset, colour in ((0.0, shaded(border, 0.9)), (0.22, tile)):
            wall.fill(0, height_m - 0.55 + inset, width_m, 0.25, colour)
        wall.fill(0, 0, 0.35, height_m, border)
        wall.fill(width_m - 0.35, 0, 0.35, height_m, border)
    return wall.surface()
