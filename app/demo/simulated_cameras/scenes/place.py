"""What a drawn place is: a view, its standing part, its lamps and who passes. Holds no place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.lighting import Lamp
from app.demo.simulated_cameras.scenes.movers import Mover
from app.demo.simulated_cameras.scenes.parts import Colour, Point, shaded
from app.demo.simulated_cameras.scenes.surfaces import PX_PER_M, Surface, shop_house, stripes

ASPHALT: Colour = (116, 113, 110)
PAVING: Colour = (158, 168, 176)
PAINT: Colour = (196, 202, 204)
KERB_RED: Colour = (64, 60, 160)
PLASTERS: tuple[Colour, ...] = (
    (168, 186, 196), (176, 196, 190), (150, 180, 200), (178, 178, 176), (156, 168, 186),
    (180, 190, 172), (142, 160, 172), (190, 184, 170), (150, 158, 190),
)  # fmt: skip
CLOTHS: tuple[tuple[Colour, Colour], ...] = (
    ((84, 110, 60), (196, 200, 200)), ((130, 86, 52), (200, 200, 196)),
    ((66, 66, 150), (196, 200, 204)), ((90, 140, 170), (80, 120, 150)),
    ((110, 100, 70), (130, 124, 92)),
)  # fmt: skip
SHOP_LIGHT: Colour = (0.62, 0.85, 1.0)
SHOP_NAMES = (
    "ร้านทองเยาวราช", "ก๋วยเตี๋ยวเรือ", "มือถือ-ซ่อม", "ขายยา", "โชห่วยป้าแดง", "ผ้าไหมมุกดาหาร",
    "กาแฟโบราณ", "ตัดผมชาย", "อะไหล่ยนต์", "ข้าวมันไก่", "น้ำดื่มชื่นใจ", "แว่นตา", "หมูยอ แหนม",
    "เครื่องเขียน", "เสื้อผ้าเด็ก", "ส้มตำปลาแดก",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The time of day and the weather a place is painted in."""

    night: bool
    rain: bool


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera hangs and looks."""

    eye: Point
    yaw_deg: float
    pitch_deg: float
    field_of_view_deg: float


@dataclass(frozen=True, slots=True)
class Place:
    """`paint` draws the standing part far to near and returns the lamps that light it."""

    view: View
    paint: Callable[[Canvas, Circumstances], Sequence[Lamp]]
    movers: Callable[[np.random.Generator, bool], Sequence[Mover]]


def flat(canvas: Canvas, x: tuple[float, float], y: tuple[float, float], colour: Colour) -> None:
    """A rectangle on the ground."""
    canvas.face(ground_rectangle(x, y), colour)


def ground_rectangle(x: tuple[float, float], y: tuple[float, float]) -> tuple[Point, ...]:
    """The corners of a rectangle on the ground."""
    return ((x[0], y[0], 0), (x[1], y[0], 0), (x[1], y[1], 0), (x[0], y[1], 0))


def dashes(canvas: Canvas, x: float, y: tuple[float, float], step_m: float, wide_m: float) -> None:
    """A broken line along a road."""
    at = y[0]
    while at < y[1]:
        flat(canvas, (x - wide_m / 2, x + wide_m / 2), (at, at + step_m / 2), PAINT)
        at += step_m


def kerb(canvas: Canvas, x: float, y: tuple[float, float], other: Colour = KERB_RED) -> None:
    """A painted kerb along a road, 15 cm high."""
    at, odd = y[1], False
    while at > y[0]:
        low = max(y[0], at - 2.0)
        colour = other if odd else PAINT
        flat(canvas, (x - 0.12, x + 0.12), (low, at), shaded(colour, 0.92))
        inside = -0.12 if x > 0 else 0.12
        wall = (
            (x + inside, low, 0),
            (x + inside, at, 0),
            (x + inside, at, 0.16),
            (x + inside, low, 0.16),
        )
        canvas.face(wall, shaded(colour, 0.66))
        at, odd = low, not odd


def shop_row(
    canvas: Canvas, x: float, y: tuple[float, float], seed: int, *, floors: tuple[int, int] = (1, 2)
) -> list[Lamp]:
    """Shop-houses along y whose fronts stand at `x` and face the middle; the light they spill."""
    rng = np.random.default_rng(seed)
    fronts = []
    at = y[0]
    while at < y[1] - 1:
        width = float(rng.choice([3.6, 4.0, 4.4]))
        fronts.append((at, at + width))
        at += width
    lamps: list[Lamp] = []
    toward = 1.0 if x < 0 else -1.0
    for number, (low, high) in reversed(list(enumerate(fronts))):
        is_open = bool(rng.random() < 0.62)
        count = int(rng.integers(floors[0], floors[1] + 1))
        plaster = PLASTERS[int(rng.integers(len(PLASTERS)))]
        name = SHOP_NAMES[(seed * 5 + number) % len(SHOP_NAMES)]
        front = shop_house(high - low, count, plaster, name, seed * 31 + number, is_open=is_open)
        tall = front.colour.shape[0] / PX_PER_M
        _front(canvas, x, (low, high), tall, front, 1.0 if toward > 0 else 0.8)
        if is_open or rng.random() < 0.5:
            cloth = CLOTHS[int(rng.integers(len(CLOTHS)))]
            _awning(
                canvas, x, toward, (low + 0.1, high - 0.1), stripes(high - low, 1.6, *cloth, 0.5)
            )
        if is_open:
            lamps.append(
                Lamp((x + toward * 0.7, (low + high) / 2, 2.3), SHOP_LIGHT, 0.8, 3.0, is_seen=False)
            )
    return lamps


def shops_across(
    canvas: Canvas, x: tuple[float, float], y: float, seed: int, *, floors: tuple[int, int] = (1, 2)
) -> list[Lamp]:
    """Shop-houses along x at `y`, their fronts towards the camera; the light they spill."""
    rng = np.random.default_rng(seed)
    lamps: list[Lamp] = []
    low, number = x[0], 0
    while low < x[1] - 2:
        high = low + float(rng.choice([3.8, 4.2]))
        is_open = bool(rng.random() < 0.65)
        count = int(rng.integers(floors[0], floors[1] + 1))
        plaster = PLASTERS[int(rng.integers(len(PLASTERS)))]
        name = SHOP_NAMES[(seed * 7 + number) % len(SHOP_NAMES)]
        front = shop_house(high - low, count, plaster, name, seed * 37 + number, is_open=is_open)
        tall = front.colour.shape[0] / PX_PER_M
        canvas.surface(((low, y, tall), (high, y, tall), (high, y, 0), (low, y, 0)), front)
        if is_open:
            cloth = stripes(high - low, 1.6, *CLOTHS[int(rng.integers(len(CLOTHS)))], 0.5)
            out = y - 1.5
            top = ((low, y, 3.1), (high, y, 3.1), (high, out, 2.6), (low, out, 2.6))
            canvas.surface(top, cloth)
            lamps.append(
                Lamp(((low + high) / 2, y - 0.7, 2.3), SHOP_LIGHT, 0.8, 3.0, is_seen=False)
            )
        low, number = high, number + 1
    return lamps


def _front(
    canvas: Canvas, x: float, y: tuple[float, float], tall: float, front: Surface, shade: float
) -> None:
    left, right = (y[0], y[1]) if x < 0 else (y[1], y[0])
    if x > 0 or canvas.lens.eye[1] < y[1]:
        end = y[0]
        depth = x - 8.0 if x < 0 else x + 8.0
        wall = ((x, end, 0), (depth, end, 0), (depth, end, tall), (x, end, tall))
        canvas.face(wall, (120, 130, 136))
    corners = ((x, left, tall), (x, right, tall), (x, right, 0.0), (x, left, 0.0))
    canvas.surface(corners, front, shade)


def _awning(
    canvas: Canvas, x: float, toward: float, y: tuple[float, float], cloth: Surface
) -> None:
    left, right = y if x < 0 else (y[1], y[0])
    out = x + toward * 1.5
    corners = ((x, left, 3.1), (x, right, 3.1), (out, right, 2.6), (out, left, 2.6))
    canvas.surface(corners, cloth)
    valance = ((out, left, 2.6), (out, right, 2.6), (out, right, 2.36), (out, left, 2.36))
    canvas.surface(valance, cloth, 0.8)
