"""A covered-stall market with umbrellas and lanterns. Invented; no real place is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.lighting import WARM, Lamp
from app.demo.simulated_cameras.scenes.movers import (
    Mover,
    Way,
    bystander,
    motorcyclist,
    some_clothes,
    street_dog,
    strollers,
)
from app.demo.simulated_cameras.scenes.parts import Ball, Colour, Stroke
from app.demo.simulated_cameras.scenes.place import (
    PAVING,
    Circumstances,
    Place,
    View,
    flat,
    ground_rectangle,
    shops_across,
)
from app.demo.simulated_cameras.scenes.street_things import parasol, stall, tree
from app.demo.simulated_cameras.scenes.surfaces import Wall, sign, tiled_roof

_ROWS = (30.0, 24.5, 19.0, 13.5, 8.5)
_COLUMNS = (-9.6, -6.6, 3.4, 6.6, 9.8)
_CLOTHS: tuple[Colour, ...] = (
    (96, 70, 60), (70, 70, 140), (70, 110, 80), (150, 150, 152), (60, 120, 150),
)  # fmt: skip
_UMBRELLAS: tuple[tuple[Colour, Colour], ...] = (
    ((66, 60, 168), (190, 196, 200)), ((150, 92, 52), (196, 196, 190)),
    ((76, 128, 74), (110, 150, 100)), ((70, 150, 196), (60, 110, 170)),
    ((140, 120, 150), (110, 90, 130)),
)  # fmt: skip


def _paint(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    flat(canvas, (-80, 80), (-6, 300), PAVING)
    canvas.weather_ground(0.16, 71)
    canvas.pave(ground_rectangle((-40, 40), (-3, 60)), 0.7, 0.86)
    lamps = shops_across(canvas, (-40, -13.5), 40, 5) + shops_across(canvas, (13.5, 42), 40, 8)
    tree(canvas, -15, 38, 6, 4)
    tree(canvas, 16, 37, 6.5, 6)
    lamps += _hall(canvas, 38.0)
    rng = np.random.default_rng(12)
    for row, y in enumerate(_ROWS):
        _lanterns(canvas, y + 2.4, lamps if row % 2 == 0 else None)
        for column, x in enumerate(_COLUMNS):
            seed = row * 10 + column
            stall(canvas, x, y, 2.5, 1.3, seed, _CLOTHS[seed % len(_CLOTHS)])
            canvas.parts([Ball((x, y + 0.1, 1.86), 0.06, (190, 226, 245), shines=True)])
            if (row + column) % 5 != 3:
                cloth, other = _UMBRELLAS[(seed * 3 + row) % len(_UMBRELLAS)]
                size = float(rng.uniform(1.35, 1.65))
                parasol(canvas, x + float(rng.uniform(-0.3, 0.3)), y + 0.5, cloth, other, size)
            if (row + column) % 2 == 0:
                lamps.append(Lamp((x, y - 0.2, 1.9), WARM, 1.0, 2.4, is_seen=False))
    return lamps


def _hall(canvas: Canvas, y: float) -> list[Lamp]:
    """The market hall: a long roof, open below, its name on the front."""
    front = Wall(27, 4.2, (84, 88, 92))
    front.weather(9, 0.2)
    for bay in range(9):
        x = 0.3 + bay * 3.0
        front.fill(x, 0.5, 2.5, 3.7, (52, 56, 62), (56, 84, 104))
        front.fill(x + 0.1, 0.75, 2.3, 0.1, (200, 220, 235), (180, 215, 240))
        for level in (1.8, 2.6, 3.3):
            for item in range(7):
                tint = float(60 + (bay * 37 + item * 53) % 110)
                front.fill(
                    x + 0.15 + item * 0.32,
                    level,
                    0.26,
                    0.42,
                    (tint, 110, 170 - tint / 2),
                    (tint * 0.6, 74, 110 - tint / 3),
                )
        front.fill(x - 0.3, 0, 0.3, 4.2, (168, 176, 180))
    canvas.surface(((-13.5, y, 4.2), (13.5, y, 4.2), (13.5, y, 0), (-13.5, y, 0)), front.surface())
    roof = tiled_roof(28.4, 4.4, (76, 82, 138), None)
    canvas.surface(
        ((-12, y + 4, 8.0), (12, y + 4, 8.0), (14.4, y - 1.4, 4.3), (-14.4, y - 1.4, 4.3)), roof
    )
    board = sign("ตลาดอินโดจีน (ตัวอย่าง)", 11.0, 1.3, (52, 58, 150), (150, 215, 240))
    canvas.surface(
        ((-5.5, y - 1.5, 5.7), (5.5, y - 1.5, 5.7), (5.5, y - 1.5, 4.4), (-5.5, y - 1.5, 4.4)),
        board,
    )
    return [Lamp((x, y - 2, 3.4), WARM, 1.1, 4.0, is_seen=False) for x in (-9.0, 0.0, 9.0)]


def _lanterns(canvas: Canvas, y: float, lamps: list[Lamp] | None) -> None:
    """A string of paper lanterns across the way."""
    previous = (-8.5, y, 4.3)
    for step in range(1, 18):
        share = step / 17
        point = (-8.5 + 17 * share, y, 4.3 - 1.0 * math.sin(math.pi * share))
        canvas.parts([Stroke(previous, point, 0.02, (50, 50, 52))])
        if step < 17:
            colour: Colour = ((70, 76, 210), (90, 190, 230), (70, 140, 225))[step % 3]
            below = (point[0], y, point[2] - 0.24)
            canvas.parts([Ball(below, 0.19, colour, shines=True)])
        previous = point
    if lamps is not None:
        lamps += [
            Lamp((x, y, 3.2), (0.3, 0.6, 1.0), 0.7, 3.6, is_seen=False) for x in (-4.0, 0.0, 4.0)
        ]


def _movers(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    aisle, beside = ((-1.6, 2, 0), (-1.2, 35, 0)), ((0.6, 35, 0), (0.2, 2, 0))
    crossing = ((-12, 22, 0), (-2, 21.8, 0), (12, 22, 0))
    low = ((-12, 11, 0), (12, 11.2, 0))
    sellers = [
        bystander(x, y + 1.05, -1.5, some_clothes(rng))
        for x, y in ((-6.6, 24.5), (3.4, 19), (-9.6, 13.5), (6.6, 13.5), (3.4, 8.5), (9.8, 24.5))
    ]
    return [
        *strollers(rng, (aisle, beside, crossing, aisle, low, beside), 8, rain=rain),
        *sellers,
        motorcyclist(
            Way(((-0.4, 37, 0), (-0.6, -4, 0)), 2.4, 25, 4), (70, 64, 150), some_clothes(rng)
        ),
        street_dog(
            Way(((1.2, 9, 0), (-2.2, 16, 0), (1.5, 28, 0), (1.2, 9, 0)), 1.1, 6), (70, 96, 120)
        ),
    ]


MARKET = Place(View((-1.0, -2.5, 5.6), 3.0, 13.0, 64.0), _paint, _movers)
