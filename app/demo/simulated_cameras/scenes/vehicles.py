"""Vehicles as parts: cars, pickups, motorcycles, boats. Shapes only; knows no paths, no lens."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.demo.simulated_cameras.scenes.figures import Clothes, rider
from app.demo.simulated_cameras.scenes.parts import (
    Ball,
    Colour,
    Face,
    Part,
    Placed,
    Stroke,
    block,
    shaded,
)

_TYRE: Colour = (32, 31, 31)
_HUB: Colour = (142, 142, 140)
_GLASS: Colour = (84, 74, 62)
_HEADLAMP: Colour = (235, 245, 252)
_TAIL_LAMP: Colour = (40, 36, 205)


@dataclass(frozen=True, slots=True)
class CarShape:
    """Lengths of a car's parts in metres."""

    length_m: float = 4.3
    width_m: float = 1.72
    body_top_m: float = 0.92
    roof_m: float = 1.48
    cabin_rear: float = -1.55
    cabin_front: float = 0.75
    bed: bool = False  # a pickup's open back


SALOON = CarShape()
PICKUP = CarShape(5.1, 1.8, 1.02, 1.74, -0.55, 1.15, bed=True)
VAN = CarShape(4.8, 1.75, 1.1, 2.0, -2.25, 1.6)


def car(
    placed: Placed, paint: Colour, shape: CarShape = SALOON, *, lit: bool = False
) -> list[Part]:
    """A car, front along its heading. `lit` at night: its lamps shine."""
    half_l, half_w = shape.length_m / 2, shape.width_m / 2
    parts: list[Part] = list(_wheels(placed, half_l, half_w))
    body = (-half_l, half_l, -half_w, half_w)
    waist = (-half_l + 0.05, half_l - 0.12, -half_w + 0.03, half_w - 0.03)
    sill = block(placed, body, body, (0.28, 0.5), shaded(paint, 0.55))
    parts += sill[:4]
    parts += block(placed, body, waist, (0.5, shape.body_top_m), paint)
    parts += _lamps(placed, half_l, half_w, shape.body_top_m, lit=lit)
    parts += _cabin(placed, shape, half_w, paint)
    return parts


def _wheels(placed: Placed, half_l: float, half_w: float) -> list[Part]:
    parts: list[Part] = []
    for along in (-half_l * 0.62, half_l * 0.64):
        for side in (-1.0, 1.0):
            rims = [_disc(placed, along, side * (half_w + 0.005), 0.32, r, side) for r in (1, 0.55)]
            parts.append(Face(rims[0], _TYRE))
            parts.append(Face(rims[1], _HUB))
    return parts


def _disc(
    placed: Placed, along: float, left: float, radius: float, share: float, side: float
) -> tuple[tuple[float, float, float], ...]:
    angles = [side * -math.tau * step / 12 for step in range(12)]
    return tuple(
        placed.at(
            along + radius * share * math.cos(angle),
            left,
            radius + radius * share * math.sin(angle),
        )
        for angle in angles
    )


def _lamps(placed: Placed, half_l: float, half_w: float, top: float, *, lit: bool) -> list[Part]:
    parts: list[Part] = []
    for side in (-1.0, 1.0):
        left = side * (half_w - 0.22)
        for along, colour in ((half_l + 0.01, _HEADLAMP), (-half_l - 0.01, _TAIL_LAMP)):
            turn = 1.0 if along > 0 else -1.0
            low, high = top - 0.3, top - 0.12
            corners = (
                placed.at(along, left - 0.16 * turn, low),
                placed.at(along, left + 0.16 * turn, low),
                placed.at(along, left + 0.16 * turn, high),
                placed.at(along, left - 0.16 * turn, high),
            )
            parts.append(Face(corners, colour, shines=lit))
    return parts


def _cabin(placed: Placed, shape: CarShape, half_w: float, paint: Colour) -> list[Part]:
    rear, front, top = shape.cabin_rear, shape.cabin_front, shape.roof_m
    slope_r = 0.12 if shape.bed or shape is VAN else 0.55
    slope_f = 0.3 if shape is VAN else 0.68
    low = (rear, front, -half_w + 0.05, half_w - 0.05)
    high = (rear + slope_r, front - slope_f, -half_w + 0.2, half_w - 0.2)
    parts: list[Part] = []
    if shape.bed:
        bed = (-shape.length_m / 2 + 0.1, rear - 0.05, -half_w + 0.12, half_w - 0.12)
        up = shape.body_top_m + 0.005
        corners = [(bed[0], bed[2]), (bed[1], bed[2]), (bed[1], bed[3]), (bed[0], bed[3])]
        parts.append(Face(tuple(placed.at(a, b, up) for a, b in corners), (52, 52, 54)))
    glass = block(placed, low, high, (shape.body_top_m, top - 0.06), _GLASS)
    parts += glass[:4]
    for along_low, along_high in (
        (rear, rear + slope_r),
        (front, front - slope_f),
        ((rear + front) / 2, (rear + front) / 2),
    ):
        for side in (-1.0, 1.0):
            parts.append(
                Stroke(
                    placed.at(along_low, side * (half_w - 0.06), shape.body_top_m),
                    placed.at(along_high, side * (half_w - 0.2), top - 0.05),
                    0.07,
                    shaded(paint, 0.8),
                )
            )
    parts += block(placed, high, high, (top - 0.07, top), shaded(paint, 1.04))
    return parts


def motorcycle(
    placed: Placed,
    paint: Colour,
    clothes: Clothes | None = None,
    *,
    helmet: Colour | None = None,
    passenger: Clothes | None = None,
    lit: bool = False,
) -> list[Part]:
    """A small motorcycle, ridden or parked."""
    parts: list[Part] = []
    for along in (-0.6, 0.62):
        parts.append(Stroke(placed.at(along, 0, 0.06), placed.at(along, 0, 0.5), 0.1, _TYRE))
        for side in (-1.0, 1.0):
            rims = [_disc(placed, along, side * 0.05, 0.29, share, side) for share in (1, 0.62)]
            parts += [Face(rims[0], _TYRE), Face(rims[1], shaded(_HUB, 0.8))]
    parts += [
        Stroke(placed.at(-0.62, 0, 0.62), placed.at(0.05, 0, 0.5), 0.2, shaded(paint, 0.85)),
        Stroke(placed.at(0.05, 0, 0.42), placed.at(0.42, 0, 0.72), 0.17, paint),
        Stroke(placed.at(0.62, 0, 0.3), placed.at(0.42, 0, 0.98), 0.09, shaded(_HUB, 0.8)),
        Stroke(placed.at(0.42, 0, 0.7), placed.at(0.44, 0, 0.98), 0.2, paint),
        Stroke(placed.at(-0.6, 0, 0.74), placed.at(0.02, 0, 0.72), 0.15, (38, 38, 40)),
        Stroke(placed.at(0.38, 0.33, 1.02), placed.at(0.38, -0.33, 1.02), 0.05, (50, 50, 50)),
        Ball(placed.at(-0.74, 0, 0.62), 0.06, _TAIL_LAMP, shines=lit),
        Ball(placed.at(0.5, 0, 0.88), 0.085, _HEADLAMP, shines=lit),
    ]
    if passenger is not None:
        parts += rider(placed, passenger, None, -0.48)
    if clothes is not None:
        parts += rider(placed, clothes, helmet, -0.1)
    return parts


def long_boat(placed: Placed, hull: Colour, roof: Colour | None, rocking_m: float) -> list[Part]:
    """A river boat with a raised bow, seen from the bank."""
    up = placed.z + rocking_m
    at = Placed(placed.x, placed.y, placed.heading_rad, up)
    low, high = (-3.6, 3.4, -0.45, 0.45), (-4.0, 4.6, -0.75, 0.75)
    parts: list[Part] = list(block(at, low, high, (0.0, 0.62), hull))
    parts.append(Stroke(at.at(4.2, 0, 0.5), at.at(5.2, 0, 1.15), 0.16, shaded(hull, 0.9)))
    deck = [at.at(a, b, 0.63) for a, b in ((-3.9, -0.68), (4.3, -0.68), (4.3, 0.68), (-3.9, 0.68))]
    parts.append(Face(tuple(deck), (58, 74, 92)))
    if roof is not None:
        parts += [
            Stroke(at.at(along, side, 0.6), at.at(along, side, 1.9), 0.06, _HUB)
            for along in (-2.6, -0.8, 1.0, 2.6)
            for side in (-0.62, 0.62)
        ]
        parts += block(at, (-3, 3, -0.8, 0.8), (-2.9, 2.9, -0.7, 0.7), (1.9, 2.02), roof)
    return parts
