"""A promenade on the Mekong and a ferry pier, the far bank behind. Invented places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.lighting import LED, WARM, Lamp
from app.demo.simulated_cameras.scenes.movers import (
    Mover,
    Way,
    boatman,
    bystander,
    motorcyclist,
    some_clothes,
    street_dog,
    strollers,
)
from app.demo.simulated_cameras.scenes.parts import (
    Colour,
    Face,
    Placed,
    Point,
    Stroke,
    block,
    shaded,
)
from app.demo.simulated_cameras.scenes.place import (
    PAVING,
    Circumstances,
    Place,
    View,
    flat,
    ground_rectangle,
)
from app.demo.simulated_cameras.scenes.street_things import (
    garden_lamp,
    palm,
    planter,
    railing,
    tree,
)
from app.demo.simulated_cameras.scenes.surfaces import sign, tiled_roof
from app.demo.simulated_cameras.scenes.vehicles import long_boat

_WATER: Colour = (150, 142, 126)  # the Mekong carries silt
_LEVEL_M = -3.5
_RAIL: Colour = (150, 152, 146)


def _far_bank(canvas: Canvas, along: tuple[Point, Point], seed: int) -> None:
    """Hills, trees and a few houses on a line across the water."""
    rng = np.random.default_rng(seed)
    (xa, ya, _), (xb, yb, _) = along
    for layer, (tall, tone) in enumerate(((95.0, 1.28), (52.0, 1.08), (17.0, 0.8))):
        steps = 60
        outline: list[Point] = [(xa, ya, _LEVEL_M)]
        height = 0.6
        for step in range(steps + 1):
            share = step / steps
            height = float(np.clip(height + rng.normal(0, 0.06 if layer < 2 else 0.16), 0.35, 1.0))
            outline.append((xa + (xb - xa) * share, ya + (yb - ya) * share, tall * height))
        outline.append((xb, yb, _LEVEL_M))
        colour = shaded((112, 112, 92) if layer == 2 else (160, 142, 122), tone)
        canvas.face(outline, colour)
    for _ in range(70):
        share = float(rng.uniform(0.02, 0.98))
        x, y = xa + (xb - xa) * share, ya + (yb - ya) * share
        wide, tall = float(rng.uniform(5, 12)), float(rng.uniform(3, 8))
        dx, dy = (xb - xa) / 900 * wide, (yb - ya) / 900 * wide
        wall = ((x, y, 1), (x + dx, y + dy, 1), (x + dx, y + dy, 1 + tall), (x, y, 1 + tall))
        tone = float(rng.uniform(0.9, 1.2))
        canvas.face(wall, shaded((172, 178, 180), tone))
        if rng.random() < 0.8:
            lamp = ((x, y, 2), (x + dx / 3, y + dy / 3, 2), (x + dx / 3, y + dy / 3, 5), (x, y, 5))
            canvas.glass(lamp, (130, 190, 235))


def _water(canvas: Canvas, corners: Sequence[Point]) -> None:
    canvas.face(corners, _WATER)
    canvas.ripple(corners, 0.16)


def _paint_riverside(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    shore = 5.0
    _water(
        canvas,
        (
            (shore, -20, _LEVEL_M),
            (900, -20, _LEVEL_M),
            (900, 1500, _LEVEL_M),
            (shore, 1500, _LEVEL_M),
        ),
    )
    _far_bank(canvas, ((760.0, 120.0, 0.0), (-700.0, 1900.0, 0.0)), 5)
    flat(canvas, (-120, shore), (-10, 600), (112, 128, 120))
    flat(canvas, (-5.2, shore), (-10, 260), PAVING)
    flat(canvas, (-5.2, -4.6), (-10, 260), shaded(PAVING, 0.8))
    flat(canvas, (1.0, 1.5), (-10, 260), (112, 120, 160))
    canvas.weather_ground(0.10, 55)
    canvas.pave(ground_rectangle((-4.6, shore), (-3, 120)), 0.8)
    for tree_y in (150, 120, 96, 78, 62):
        tree(canvas, -9 - (tree_y % 7), tree_y, 8, tree_y)
    palm(canvas, -7.4, 48, 8, 4)
    tree(canvas, -9, 36, 7.2, 36)
    palm(canvas, -6.9, 24, 7, 9)
    lamps = []
    far_rail = [(shore - 0.35, 180.0, 0.0), (shore - 0.35, 26.0, 0.0)]
    railing(canvas, far_rail, 1.15, _RAIL)
    for lamp_y in (104, 84, 66, 50, 36, 24):
        lamps.append(garden_lamp(canvas, shore - 1.1, lamp_y))
        if lamp_y in (66, 36):
            planter(canvas, -3.8, lamp_y + 3, 1.8, lamp_y)
    for y in (44.0, 29.0, 18.0):
        _bench(canvas, 3.2, y)
    railing(canvas, [(shore - 0.35, 26.0, 0.0), (shore - 0.35, 4.0, 0.0)], 1.15, _RAIL)
    lamps.append(garden_lamp(canvas, shore - 1.1, 13))
    planter(canvas, -3.9, 16, 1.8, 16)
    return lamps


def _bench(canvas: Canvas, x: float, y: float) -> None:
    place = Placed(x, y, 1.57)
    for along in (-0.7, 0.7):
        canvas.parts(
            [Stroke(place.at(along, 0, 0), place.at(along, 0, 0.42), 0.12, (110, 112, 110))]
        )
    extent = (-0.95, 0.95, -0.25, 0.25)
    canvas.parts(block(place, extent, extent, (0.4, 0.47), (72, 96, 128)))


def _movers_riverside(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    near, middle = ((3.4, 3, 0), (3.2, 95, 0)), ((-0.6, 3, 0), (-0.4, 95, 0))
    wide = ((-3.0, 4, 0), (-2.6, 70, 0))
    return [
        *strollers(rng, (near, middle, wide, middle), 8, rain=rain),
        bystander(4.2, 27.5, 0.1, some_clothes(rng)),
        bystander(4.2, 28.6, 0.3, some_clothes(rng)),
        street_dog(
            Way(((2, 6, 0), (3.4, 40, 0), (-1, 50, 0), (1.6, 6, 0)), 1.9, 5), (120, 150, 178)
        ),
        motorcyclist(
            Way(((-4.0, 120, 0), (-3.9, -4, 0)), 5.0, 25, 5), (60, 70, 160), some_clothes(rng)
        ),
        boatman(
            Way(((60, 20, _LEVEL_M), (70, 330, _LEVEL_M)), 4.0, 12, 16),
            (66, 96, 120),
            (90, 100, 150),
        ),
        boatman(
            Way(((170, 520, _LEVEL_M), (120, 40, _LEVEL_M)), 5.0, 20), (90, 90, 80), (150, 120, 80)
        ),
    ]


RIVERSIDE = Place(View((-2.4, -3.0, 5.4), 20.0, 9.0, 66.0), _paint_riverside, _movers_riverside)


def _paint_pier(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    bank = 13.0
    _water(canvas, ((-700, bank, -2.5), (700, bank, -2.5), (700, 1200, -2.5), (-700, 1200, -2.5)))
    _far_bank(canvas, ((-800.0, 780.0, 0.0), (800.0, 760.0, 0.0)), 8)
    flat(canvas, (-120, 120), (-10, bank), (140, 148, 152))
    canvas.weather_ground(0.14, 61)
    canvas.pave(ground_rectangle((-30, 30), (-3, bank)), 1.2)
    for x, y, roof in (
        (-13.0, 28.0, (150, 110, 70)),
        (13.5, 40.0, (84, 96, 150)),
        (-22.0, 46.0, None),
    ):
        place = Placed(x, y, 1.2 if x < 0 else 1.9, -2.5)
        canvas.parts(long_boat(place, (70, 100, 126) if x < 0 else (96, 92, 70), roof, 0.0))
    deck: list[Point] = [(-3.0, bank, 0), (3.0, bank, 0), (3.0, 46, 0), (-3.0, 46, 0)]
    for y in (44.0, 34.0, 24.0):
        for x in (-2.7, 2.7):
            canvas.parts([Stroke((x, y, -2.6), (x, y, 0), 0.35, (96, 102, 104))])
    canvas.face(deck, (122, 138, 150))
    canvas.face(((-3, bank, -0.4), (-3, 46, -0.4), (-3, 46, 0), (-3, bank, 0)), (88, 96, 104))
    for plank in range(44):
        y = bank + plank * 0.75
        flat(canvas, (-3.0, 3.0), (y, y + 0.06), (92, 104, 114))
    lamps = [Lamp((0, 39, 2.8), LED, 1.4, 6.0), Lamp((-2.9, 26, 3.4), WARM, 1.2, 6.0)]
    _shelter(canvas)
    for x in (-2.9, 2.9):
        railing(canvas, [(x, 37.0, 0.0), (x, bank, 0.0)], 1.1, (160, 130, 96))
    railing(canvas, [(-30.0, bank - 0.3, 0.0), (-3.0, bank - 0.3, 0.0)], 1.1, _RAIL)
    railing(canvas, [(3.0, bank - 0.3, 0.0), (30.0, bank - 0.3, 0.0)], 1.1, _RAIL)
    lamps += [garden_lamp(canvas, x, bank - 1.4) for x in (-9.5, 9.5)]
    _arch(canvas, bank - 0.6)
    palm(canvas, -12.0, 10.6, 7.2, 3)
    planter(canvas, 7.0, 10.8, 2.0, 6)
    return lamps


def _shelter(canvas: Canvas) -> None:
    """The roof over the landing at the end of the pier."""
    for x in (-2.5, 2.5):
        for y in (45.0, 38.0):
            canvas.parts([Stroke((x, y, 0), (x, y, 3.0), 0.2, (170, 174, 172))])
    roof = tiled_roof(7.0, 3.4, (86, 84, 140), None)
    canvas.surface(((-3.4, 42, 4.6), (3.4, 42, 4.6), (3.7, 37.4, 3.0), (-3.7, 37.4, 3.0)), roof)
    canvas.parts(
        [
            Face(
                ((-3.7, 37.4, 2.8), (3.7, 37.4, 2.8), (3.7, 37.4, 3.0), (-3.7, 37.4, 3.0)),
                (170, 176, 180),
            )
        ]
    )


def _arch(canvas: Canvas, y: float) -> None:
    """The gate with the pier's name."""
    for x in (-3.3, 3.3):
        canvas.parts([Stroke((x, y, 0), (x, y, 3.6), 0.3, (176, 180, 180))])
    board = sign("ท่าเรือข้ามฟาก (ตัวอย่าง)", 6.9, 0.8, (140, 84, 40), (235, 240, 240))
    canvas.surface(((-3.45, y, 4.1), (3.45, y, 4.1), (3.45, y, 3.3), (-3.45, y, 3.3)), board)


def _movers_pier(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    out = ((-0.8, 3, 0), (-0.6, 36, 0))
    quay = ((-24, 9.5, 0), (24, 9.0, 0))
    return [
        *strollers(rng, (out, quay, out, quay), 7, rain=rain),
        bystander(2.3, 31, 0.2, some_clothes(rng)),
        bystander(-5.0, 11.4, 1.5, some_clothes(rng)),
        boatman(
            Way(((-120, 62, -2.5), (130, 90, -2.5)), 4.5, 8, 20), (72, 100, 126), (150, 110, 66)
        ),
        boatman(Way(((190, 190, -2.5), (-180, 150, -2.5)), 6.0, 14), (96, 96, 84), (70, 80, 150)),
        motorcyclist(Way(((-30, 7, 0), (30, 6.4, 0)), 5.0, 30, 9), (70, 66, 64), some_clothes(rng)),
    ]


PIER = Place(View((-3.6, -1.5, 6.0), 7.0, 12.0, 64.0), _paint_pier, _movers_pier)
