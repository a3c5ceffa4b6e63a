"""A narrow alley between houses. Invented; no real place is drawn."""

from __future__ import annotations

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
from app.demo.simulated_cameras.scenes.parts import Colour, Placed, Stroke, shaded
from app.demo.simulated_cameras.scenes.place import (
    Circumstances,
    Place,
    View,
    flat,
    ground_rectangle,
)
from app.demo.simulated_cameras.scenes.street_things import (
    building,
    planter,
    power_line,
    tree,
)
from app.demo.simulated_cameras.scenes.surfaces import Wall
from app.demo.simulated_cameras.scenes.vehicles import motorcycle

_PLASTER: tuple[Colour, ...] = (
    (164, 180, 186),
    (150, 166, 180),
    (172, 176, 170),
    (146, 170, 168),
    (176, 188, 196),
)
_ROOFS: tuple[Colour, ...] = ((96, 92, 130), (110, 104, 92), (92, 108, 84))
_GATES: tuple[Colour, ...] = ((90, 100, 70), (60, 62, 96), (120, 118, 112))


def _paint_alley(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    flat(canvas, (-40, 40), (-4, 200), (96, 112, 112))
    flat(canvas, (-2.6, 2.6), (-4, 90), (150, 154, 156))
    flat(canvas, (-2.6, -2.2), (-4, 90), (104, 106, 104))
    canvas.weather_ground(0.2, 44)
    canvas.pave(ground_rectangle((-2.2, 2.6), (-3, 60)), 2.4)
    if not now.night and not now.rain:
        canvas.face(
            ((2.6, -4, 0), (-0.6, -4, 0), (-0.4, 80, 0), (2.6, 80, 0)), (34, 30, 28), alpha=0.34
        )
    building(canvas, (-6, 8), (78, 84), 9, (160, 166, 168))
    tree(canvas, 6.5, 60, 8, 8)
    for y in (46.0, 33.0, 20.0, 8.0, -4.0):
        _house(canvas, -2.6, (y, y + 11.4), int(y) + 9)
        _house(canvas, 2.6, (y - 2, y + 9.6), int(y) + 40)
        if y == 33.0:
            tree(canvas, -5.2, y + 6, 6.4, int(y))
    for x, y, w in ((-2.0, 25, 1.1), (2.1, 17, 1.4), (-2.0, 13.2, 0.9)):
        planter(canvas, x, y, w, int(y))
    for x, y, heading in ((2.0, 25.5, 1.5), (2.05, 12.0, 1.7)):
        canvas.face(ground_rectangle((x - 0.3, x + 0.4), (y - 1, y + 1)), (20, 20, 22), alpha=0.4)
        canvas.parts(motorcycle(Placed(x, y, heading), (80, 60, 60) if y > 20 else (60, 60, 160)))
    _washing(canvas, 15.6)
    power_line(canvas, [(-2.35, 70), (-2.35, 38), (-2.35, 12.5), (-2.35, -10)], 6.8)
    lamps = []
    for y in (38.0, 12.5):
        canvas.parts(
            [
                Stroke((-2.35, y, 5.2), (-1.2, y, 5.5), 0.07, (110, 112, 110)),
                Stroke((-1.2, y, 5.5), (-0.8, y, 5.46), 0.15, (190, 190, 188)),
            ]
        )
        lamps.append(Lamp((-0.9, y, 5.4), WARM, 1.7, 7.0))
    lamps += [Lamp((2.2, 21, 2.6), WARM, 0.8, 3.0), Lamp((0, 3, 6.5), WARM, 1.1, 6.0)]
    return lamps


def _house(canvas: Canvas, x: float, y: tuple[float, float], seed: int) -> None:
    """A house behind its wall, on one side of an alley."""
    rng = np.random.default_rng(seed)
    plaster = _PLASTER[int(rng.integers(len(_PLASTER)))]
    left, right = y if x < 0 else (y[1], y[0])
    back = x - 1.6 if x < 0 else x + 1.6
    depth = back - 7 if x < 0 else back + 7
    turn = 0.8 if x < 0 else -0.8
    end = y[0] + 0.8
    canvas.face(
        ((back, end, 0), (depth, end, 0), (depth, end, 5.6), (back, end, 5.6)),
        shaded(plaster, 0.72),
    )
    corners = (
        (back, left + turn, 5.6),
        (back, right - turn, 5.6),
        (back, right - turn, 0),
        (back, left + turn, 0),
    )
    upper = _upper_floor(y[1] - y[0] - 1.6, plaster, seed, rng)
    canvas.surface(corners, upper.surface(), 1.0 if x < 0 else 0.8)
    eave = back + (0.7 if x < 0 else -0.7)
    canvas.face(
        (
            (eave, left + turn * 0.4, 5.4),
            (eave, right - turn * 0.4, 5.4),
            (depth, right, 7.6),
            (depth, left, 7.6),
        ),
        _ROOFS[int(rng.integers(len(_ROOFS)))],
    )
    canvas.surface(
        ((x, left, 2.0), (x, right, 2.0), (x, right, 0), (x, left, 0)),
        _fence(y[1] - y[0], plaster, seed + 1, rng).surface(),
        1.0 if x < 0 else 0.82,
    )


def _upper_floor(wide: float, plaster: Colour, seed: int, rng: np.random.Generator) -> Wall:
    """Two barred windows under their ledges; in one of two there is light."""
    wall = Wall(wide, 5.6, plaster)
    wall.weather(seed, 0.08)
    for column in range(2):
        at = 0.8 + column * wide / 2
        lit = rng.random() < 0.5
        wall.fill(at, 0.9, 1.9, 1.4, (66, 60, 54), (96, 150, 190) if lit else None)
        for bar in range(6):
            wall.fill(at + bar * 0.32, 0.9, 0.05, 1.4, (150, 152, 150))
        wall.fill(at - 0.15, 2.3, 2.2, 0.12, shaded(plaster, 0.8))
    return wall


def _fence(wide: float, plaster: Colour, seed: int, rng: np.random.Generator) -> Wall:
    """The wall along the alley, with a gate of bars somewhere in it."""
    wall = Wall(wide, 2.0, shaded(plaster, 0.96))
    wall.weather(seed, 0.10)
    wall.fade(0, 1.3, wide, 0.7, 1.0, 0.66)
    wall.fill(0, 0, wide, 0.12, shaded(plaster, 1.12))
    gate = float(rng.uniform(2.0, wide - 4.6))
    tint = _GATES[int(rng.integers(len(_GATES)))]
    wall.fill(gate, 0.1, 2.8, 1.9, tint)
    for bar in range(15):
        wall.fill(gate + bar * 0.2, 0.1, 0.06, 1.9, shaded(tint, 0.6))
    return wall


def _washing(canvas: Canvas, y: float) -> None:
    """Clothes on a line across the alley."""
    rng = np.random.default_rng(3)
    canvas.parts([Stroke((-2.6, y, 4.1), (2.6, y, 4.0), 0.02, (60, 60, 60))])
    tints: tuple[Colour, ...] = (
        (180, 150, 120),
        (110, 110, 190),
        (200, 200, 200),
        (120, 170, 190),
        (140, 150, 110),
    )
    for number in range(6):
        x = -2.1 + number * 0.75
        w, h = float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.5, 0.85))
        colour = tints[number % 5]
        canvas.face(
            ((x, y, 4.05 - h), (x + w, y, 4.03 - h), (x + w, y, 4.05), (x, y, 4.07)), colour
        )


def _movers_alley(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    lane = ((-0.9, 2, 0), (-0.6, 58, 0))
    other = ((1.0, 56, 0), (0.7, 4, 0))
    return [
        *strollers(rng, (lane, other), 3, rain=rain),
        bystander(1.7, 22.6, 3.4, some_clothes(rng)),
        motorcyclist(
            Way(((0.6, 64, 0), (0.4, -3, 0)), 5.0, 18, 7), (70, 60, 60), some_clothes(rng)
        ),
        street_dog(
            Way(((-1.8, 14, 0), (0.6, 20, 0), (-1.2, 32, 0), (1.2, 24, 0), (-1.8, 14, 0)), 1.2, 8),
            (96, 132, 164),
        ),
    ]


ALLEY = Place(View((0.9, -2.0, 4.4), -4.0, 13.0, 60.0), _paint_alley, _movers_alley)
