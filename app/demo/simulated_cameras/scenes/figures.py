"""Living figures as parts: people, a dog. Poses only; knows no paths, no lens."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.demo.simulated_cameras.scenes.parts import (
    Ball,
    Colour,
    Part,
    Placed,
    Point,
    Stroke,
    shaded,
)

_HAIR: Colour = (28, 27, 30)
STRIDE_M = 1.35  # two steps


@dataclass(frozen=True, slots=True)
class Clothes:
    """What a person wears, and how tall they are."""

    shirt: Colour
    trousers: Colour
    skin: Colour = (112, 142, 186)
    height_m: float = 1.64
    skirt: bool = False
    bag: Colour | None = None
    hat: Colour | None = None
    umbrella: Colour | None = None


def walking(placed: Placed, walked_m: float, clothes: Clothes) -> list[Part]:
    """A person in the middle of a step; `walked_m` is how far they have come."""
    return _person(placed, math.tau * walked_m / STRIDE_M, clothes, swing=1.0)


def standing(placed: Placed, at_s: float, clothes: Clothes) -> list[Part]:
    """A person who shifts their weight now and then and moves one arm."""
    return _person(placed, 0.9 * math.sin(at_s * 0.7 + placed.x), clothes, swing=0.22)


def _person(placed: Placed, phase: float, clothes: Clothes, *, swing: float) -> list[Part]:
    tall = clothes.height_m
    hip_z = 0.51 * tall + 0.018 * math.cos(2 * phase) * swing
    neck_z, lean = hip_z + 0.30 * tall, 0.035 * swing
    far = -1.0 if math.sin(placed.heading_rad - 0.4) > 0 else 1.0  # any fixed order will do
    parts: list[Part] = []
    for side, tone in ((far, 0.78), (-far, 1.0)):
        stride = math.sin(phase if side > 0 else phase + math.pi)
        parts += _leg(placed, side, stride, hip_z, clothes, tone, swing)
    parts += _arm(
        placed, far, -math.sin(phase if far > 0 else phase + math.pi), neck_z, clothes, 0.8, swing
    )
    chest, waist = placed.at(lean, 0, neck_z - 0.1), placed.at(0, 0, hip_z + 0.02)
    if clothes.skirt:
        for drop, width in ((0.12, 0.3), (0.3, 0.34), (0.46, 0.38)):
            rim = placed.at(0, 0, hip_z - drop)
            parts.append(Stroke(waist, rim, width, clothes.trousers))
    else:
        parts.append(Stroke(waist, placed.at(0, 0, hip_z - 0.06), 0.27, clothes.trousers))
    parts.append(Stroke(waist, chest, 0.28, shaded(clothes.shirt, 0.94)))
    shoulder = 0.155
    parts.append(
        Stroke(
            placed.at(lean, shoulder, neck_z - 0.07),
            placed.at(lean, -shoulder, neck_z - 0.07),
            0.15,
            shaded(clothes.shirt, 1.06),
        )
    )
    if clothes.bag is not None:
        parts.append(
            Stroke(
                placed.at(-0.12, 0, neck_z - 0.16),
                placed.at(-0.13, 0, hip_z + 0.12),
                0.26,
                clothes.bag,
            )
        )
    near_swing = -math.sin(phase if far < 0 else phase + math.pi)
    parts += _arm(placed, -far, near_swing, neck_z, clothes, 1.0, swing)
    parts += _head(placed, lean, neck_z, clothes)
    return parts


def _leg(
    placed: Placed,
    side: float,
    stride: float,
    hip_z: float,
    clothes: Clothes,
    tone: float,
    swing: float,
) -> list[Part]:
    reach = 0.30 * stride * swing
    lift = 0.10 * max(0.0, stride) * swing * (1 - abs(stride))
    bend = 0.12 * (1 - stride) * 0.5 * swing
    hip = placed.at(0, 0.085 * side, hip_z)
    knee = placed.at(reach * 0.55 + bend * 0.5, 0.09 * side, hip_z * 0.53 + lift)
    ankle = placed.at(reach - bend * 0.4, 0.09 * side, 0.08 + lift)
    toe = placed.at(reach - bend * 0.4 + 0.15, 0.1 * side, 0.04 + lift)
    below = clothes.skin if clothes.skirt else clothes.trousers
    return [
        Stroke(hip, knee, 0.155, shaded(clothes.trousers, tone)),
        Stroke(knee, ankle, 0.105, shaded(below, tone * 0.96)),
        Stroke(ankle, toe, 0.08, shaded((45, 45, 48), tone)),
    ]


def _arm(
    placed: Placed,
    side: float,
    swung: float,
    neck_z: float,
    clothes: Clothes,
    tone: float,
    swing: float,
) -> list[Part]:
    shoulder = placed.at(0.02, 0.2 * side, neck_z - 0.08)
    elbow = placed.at(0.12 * swung * swing, 0.245 * side, neck_z - 0.36)
    hand = placed.at(0.24 * swung * swing + 0.07, 0.24 * side, neck_z - 0.58)
    return [
        Stroke(shoulder, elbow, 0.1, shaded(clothes.shirt, tone * 0.95)),
        Stroke(elbow, hand, 0.075, shaded(clothes.skin, tone * 0.92)),
    ]


def _head(placed: Placed, lean: float, neck_z: float, clothes: Clothes) -> list[Part]:
    centre = placed.at(lean + 0.02, 0, neck_z + 0.14)
    parts: list[Part] = [
        Stroke(placed.at(lean, 0, neck_z - 0.04), centre, 0.1, shaded(clothes.skin, 0.85)),
        Ball(centre, 0.108, clothes.skin),
        Ball(placed.at(lean - 0.025, 0, neck_z + 0.175), 0.108, clothes.hat or _HAIR),
    ]
    if clothes.hat is not None:
        parts.append(
            Stroke(
                placed.at(lean - 0.16, 0, neck_z + 0.2),
                placed.at(lean + 0.18, 0, neck_z + 0.2),
                0.06,
                clothes.hat,
            )
        )
    if clothes.umbrella is not None:
        parts += held_umbrella(placed, neck_z, clothes.umbrella)
    return parts


def held_umbrella(placed: Placed, neck_z: float, cloth: Colour) -> list[Part]:
    """An umbrella over a person's head."""
    top = neck_z + 0.62
    parts: list[Part] = [
        Stroke(placed.at(0.1, 0.2, neck_z - 0.3), placed.at(0.05, 0.05, top), 0.03, (60, 60, 60))
    ]
    for width, drop in ((0.5, 0.0), (0.44, 0.07), (0.3, 0.13)):
        tone, up = shaded(cloth, 0.85 + drop * 1.6), top - 0.16 + drop
        for along, left in ((width, 0.0), (0.0, width)):  # broad from every side
            ends = placed.at(-along, -left, up), placed.at(along, left, up)
            parts.append(Stroke(*ends, 0.16, tone))
    return parts


def dog(placed: Placed, walked_m: float, coat: Colour) -> list[Part]:
    """A street dog at a trot."""
    phase = math.tau * walked_m / 0.75
    parts: list[Part] = []
    for along in (-0.22, 0.22):
        for side, tone in ((1, 0.75), (-1, 0.95)):
            swung = 0.12 * math.sin(phase + (math.pi if side * along > 0 else 0.0))
            parts.append(
                Stroke(
                    placed.at(along, 0.07 * side, 0.34),
                    placed.at(along + swung, 0.07 * side, 0.03),
                    0.065,
                    shaded(coat, tone),
                )
            )
    tail = 0.1 * math.sin(phase * 1.7)
    parts += [
        Stroke(placed.at(-0.27, 0, 0.42), placed.at(-0.45, tail, 0.58), 0.05, coat),
        Stroke(placed.at(-0.24, 0, 0.4), placed.at(0.22, 0, 0.42), 0.2, coat),
        Stroke(placed.at(0.22, 0, 0.46), placed.at(0.36, 0, 0.58), 0.13, coat),
        Ball(placed.at(0.4, 0, 0.6), 0.095, shaded(coat, 1.06)),
        Stroke(placed.at(0.42, 0, 0.58), placed.at(0.54, 0, 0.55), 0.075, shaded(coat, 0.85)),
    ]
    return parts


def rider(placed: Placed, clothes: Clothes, helmet: Colour | None, seat_along: float) -> list[Part]:
    """A person sitting on a motorcycle."""
    parts: list[Part] = []
    for side, tone in ((1.0, 0.8), (-1.0, 1.0)):
        knee = placed.at(seat_along + 0.34, 0.2 * side, 0.66)
        hip = placed.at(seat_along, 0.12 * side, 0.8)
        foot = placed.at(seat_along + 0.2, 0.2 * side, 0.32)
        parts += [
            Stroke(hip, knee, 0.16, shaded(clothes.trousers, tone)),
            Stroke(knee, foot, 0.12, shaded(clothes.trousers, tone * 0.9)),
        ]
    chest = placed.at(seat_along + 0.1, 0, 1.28)
    parts.append(Stroke(placed.at(seat_along, 0, 0.84), chest, 0.3, clothes.shirt))
    for side, tone in ((1.0, 0.85), (-1.0, 1.0)):
        shoulder = placed.at(seat_along + 0.1, 0.19 * side, 1.3)
        elbow: Point = placed.at(seat_along + 0.28, 0.27 * side, 1.06)
        parts += [
            Stroke(placed.at(seat_along + 0.08, 0, 1.3), shoulder, 0.16, clothes.shirt),
            Stroke(shoulder, elbow, 0.1, shaded(clothes.shirt, tone)),
            Stroke(elbow, placed.at(seat_along + 0.55, 0.26 * side, 1.02), 0.08, clothes.skin),
        ]
    head = placed.at(seat_along + 0.14, 0, 1.52)
    parts.append(Ball(head, 0.12, clothes.skin))
    parts.append(
        Ball(placed.at(seat_along + 0.1, 0, 1.56), 0.135 if helmet else 0.11, helmet or _HAIR)
    )
    return parts
