"""The gate of a temple on a town street. Invented; no real place is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.figures import Clothes
from app.demo.simulated_cameras.scenes.lighting import SODIUM, WARM, Lamp
from app.demo.simulated_cameras.scenes.movers import (
    Mover,
    Way,
    bystander,
    driver,
    motorcyclist,
    some_clothes,
    street_dog,
    strollers,
    walker,
)
from app.demo.simulated_cameras.scenes.parts import Ball, Colour, Placed, Stroke, block, shaded
from app.demo.simulated_cameras.scenes.place import (
    ASPHALT,
    PAINT,
    PAVING,
    Circumstances,
    Place,
    View,
    flat,
    ground_rectangle,
    kerb,
)
from app.demo.simulated_cameras.scenes.street_things import (
    garden_lamp,
    lamp_post,
    planter,
    tree,
)
from app.demo.simulated_cameras.scenes.surfaces import Wall, sign, tiled_roof
from app.demo.simulated_cameras.scenes.vehicles import PICKUP, motorcycle

_GOLD: Colour = (76, 158, 198)
_WHITE: Colour = (196, 202, 204)
_TILE: Colour = (62, 84, 168)
_GREEN: Colour = (78, 110, 62)
_SAFFRON = Clothes((40, 118, 206), (40, 118, 206), height_m=1.66, skirt=True)


def _paint_temple(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    flat(canvas, (-3000, 3000), (-6, 4000), (134, 142, 146))
    flat(canvas, (-90, 90), (2.5, 10.5), ASPHALT)
    flat(canvas, (-3.4, 3.4), (10.5, 60), PAVING)
    for dash_x in range(-60, 60, 4):
        flat(canvas, (dash_x, dash_x + 2), (6.4, 6.55), PAINT)
    canvas.weather_ground(0.12, 81)
    canvas.pave(ground_rectangle((-40, 40), (10.7, 60)), 0.8)
    for tree_x in (-26, -19, 20, 27):
        tree(canvas, tree_x, 52, 11, abs(tree_x))
    _chedi(canvas, 10.5, 42.0)
    _ubosot(canvas, 34.0)
    for side in (-13.0, 14.0):
        tree(canvas, side, 25, 6.4, round(abs(side)))
    _temple_wall(canvas, 17.0)
    _temple_gate(canvas, 17.0)
    for x in (-7.5, 7.5):
        planter(canvas, x, 15.2, 3.0, round(x) + 20)
    kerb(canvas, -60, (10.4, 10.6))
    lamps = [garden_lamp(canvas, x, 14.6) for x in (-5.4, 5.4)]
    for number, x in enumerate((-9.8, -9.0, -8.2, 9.0)):
        paint: Colour = ((60, 60, 150), (150, 150, 150), (60, 56, 54), (140, 92, 60))[number]
        canvas.face(ground_rectangle((x - 0.35, x + 0.4), (11.2, 13)), (20, 20, 22), alpha=0.35)
        canvas.parts(motorcycle(Placed(x, 12.0, 1.8), paint))
    lamps += [
        Lamp((0, 15.2, 3.4), WARM, 1.3, 5.0, is_seen=False),
        Lamp((-6, 29, 3), WARM, 1.6, 7.0, is_seen=False),
    ]
    lamps += [
        Lamp((6, 29, 3), WARM, 1.6, 7.0, is_seen=False),
        Lamp((10.5, 36.4, 3), WARM, 2.2, 8.0, is_seen=False),
        Lamp((-3, 3, 8), SODIUM, 1.4, 9.0),
    ]
    lamps += [lamp_post(canvas, -16, 11.4, 0.1), lamp_post(canvas, 16, 11.4, 0.1)]
    return lamps


def _chedi(canvas: Canvas, x: float, y: float) -> None:
    """A bell-shaped chedi on its terraces."""
    for step, (half, low, high) in enumerate(((4.2, 0, 1.2), (3.5, 1.2, 2.3), (2.9, 2.3, 3.2))):
        extent = (-half, half, -half, half)
        colour = _WHITE if step != 1 else shaded(_WHITE, 0.94)
        canvas.parts(block(Placed(x, y, 0.0), extent, extent, (low, high), colour))
    for step in range(40):
        share = step / 39
        radius = 2.4 * (1 - share) ** 1.5 * (0.75 + 0.25 * math.cos(share * 3.2)) + 0.07
        z = 3.3 + 9.0 * share
        gold = share > 0.4
        colour = shaded(_GOLD if gold else _WHITE, 0.96 + 0.08 * (step % 2 if gold else 0))
        canvas.parts([Stroke((x - radius, y, z), (x + radius, y, z), 0.34, colour)])
        canvas.parts(
            [Stroke((x - radius, y, z), (x - radius * 0.4, y, z), 0.3, shaded(colour, 1.08))]
        )
        canvas.parts(
            [Stroke((x + radius * 0.45, y, z), (x + radius, y, z), 0.3, shaded(colour, 0.8))]
        )


def _ubosot(canvas: Canvas, y: float) -> None:
    """The ordination hall, seen from its front: columns, a stepped gable roof with gold edges."""
    wall = Wall(12, 5.4, _WHITE)
    wall.weather(4, 0.1)
    for bay in range(3):
        x = 2.0 + bay * 3.2
        wall.fill(x, 1.6, 1.6, 3.4, (56, 52, 92), (46, 70, 110))
        wall.fill(x - 0.15, 1.4, 1.9, 0.25, _GOLD)
        wall.fill(x + 0.75, 1.6, 0.1, 3.4, _GOLD)
    canvas.surface(((-6, y, 5.4), (6, y, 5.4), (6, y, 0), (-6, y, 0)), wall.surface())
    for x in (-5.4, -1.9, 1.9, 5.4):
        canvas.parts(
            [
                Stroke((x, y - 1.6, 0), (x, y - 1.6, 5.2), 0.5, _WHITE),
                Stroke((x, y - 1.6, 4.9), (x, y - 1.6, 5.2), 0.62, _GOLD),
            ]
        )
    for half, eave, ridge, back in (
        (7.4, 5.0, 9.4, 0.0),
        (6.0, 6.3, 10.8, 1.5),
        (4.6, 7.8, 12.2, 3.0),
    ):
        _gable(canvas, half, eave, ridge, y - 2.0 + back)


def _gable(canvas: Canvas, half: float, eave: float, ridge: float, y: float) -> None:
    """One step of a temple roof as seen from its gable end."""
    for side in (-1.0, 1.0):
        canvas.face(
            ((0, y, ridge), (side * half, y, eave), (side * half, y + 9, eave), (0, y + 9, ridge)),
            shaded(_TILE, 1.0 if side < 0 else 0.82),
        )
    canvas.face(((-half, y, eave), (half, y, eave), (0, y, ridge)), shaded(_TILE, 0.72))
    inner = 0.72
    canvas.face(
        (
            (-half * inner, y - 0.02, eave + 0.2),
            (half * inner, y - 0.02, eave + 0.2),
            (0, y - 0.02, eave + 0.2 + (ridge - eave) * inner),
        ),
        shaded(_GREEN, 0.9),
    )
    for side in (-1.0, 1.0):
        for start, end in (((0, ridge), (side * half, eave)),):
            canvas.parts(
                [Stroke((start[0], y - 0.05, start[1]), (end[0], y - 0.05, end[1]), 0.34, _GOLD)]
            )
        tip = (side * (half + 0.5), y - 0.05, eave + 0.8)
        canvas.parts([Stroke((side * half, y - 0.05, eave), tip, 0.2, _GOLD)])
    canvas.parts(
        [
            Stroke((0, y - 0.05, ridge), (0, y - 0.5, ridge + 1.2), 0.2, _GOLD),
            Ball((0, y - 0.08, eave + (ridge - eave) * 0.34), 0.42, _GOLD),
        ]
    )


def _temple_wall(canvas: Canvas, y: float) -> None:
    for low, high in ((-40.0, -3.4), (3.4, 40.0)):
        wall = Wall(high - low, 1.9, _WHITE)
        wall.weather(7, 0.14)
        wall.fade(0, 1.3, high - low, 0.6, 1.0, 0.7)
        at = 0.4
        while at < high - low - 1.6:
            wall.fill(at, 0.55, 1.5, 0.75, shaded(_WHITE, 0.82))
            wall.fill(at + 0.55, 0.72, 0.4, 0.4, _GOLD)
            at += 2.4
        wall.fill(0, 0, high - low, 0.22, shaded(_TILE, 0.9))
        canvas.surface(((low, y, 1.9), (high, y, 1.9), (high, y, 0), (low, y, 0)), wall.surface())


def _temple_gate(canvas: Canvas, y: float) -> None:
    for x in (-2.9, 2.9):
        extent = (-0.6, 0.6, -0.6, 0.6)
        canvas.parts(block(Placed(x, y, 0.0), extent, extent, (0.0, 4.4), _WHITE))
        canvas.parts(block(Placed(x, y, 0.0), extent, extent, (0.0, 0.5), shaded(_GOLD, 0.8)))
        canvas.parts([Stroke((x, y - 0.6, 1.2), (x, y - 0.6, 3.8), 0.34, shaded(_GOLD, 0.9))])
    board = sign("วัดตัวอย่างริมโขง", 5.0, 0.8, (56, 52, 130), (130, 205, 235))
    canvas.surface(
        ((-2.5, y - 0.3, 4.5), (2.5, y - 0.3, 4.5), (2.5, y - 0.3, 3.7), (-2.5, y - 0.3, 3.7)),
        board,
    )
    roof = tiled_roof(8.4, 1.8, _TILE, _GOLD)
    canvas.surface(((-3.2, y, 6.0), (3.2, y, 6.0), (4.3, y - 0.9, 4.6), (-4.3, y - 0.9, 4.6)), roof)
    canvas.surface(((-1.6, y, 7.1), (1.6, y, 7.1), (2.4, y - 0.6, 6.0), (-2.4, y - 0.6, 6.0)), roof)
    for x, low, high in (
        (-4.3, 4.6, 5.4),
        (4.3, 4.6, 5.4),
        (-2.4, 6.0, 6.7),
        (2.4, 6.0, 6.7),
        (0, 7.1, 8.3),
    ):
        lean = 0.35 if x > 0 else -0.35 if x < 0 else 0.0
        canvas.parts([Stroke((x, y - 0.6, low), (x + lean, y - 0.6, high), 0.16, _GOLD)])


def _movers_temple(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    through = ((-0.6, 12, 0), (-0.4, 30, 0))
    pavement = ((-24, 12.6, 0), (24, 12.2, 0))
    return [
        *strollers(rng, (pavement, through, pavement), 5, rain=rain),
        walker(Way(((0.8, 31, 0), (0.6, 12.5, 0), (16, 12.9, 0)), 1.0, 25), _SAFFRON),
        walker(Way(((1.3, 33, 0), (1.2, 13.5, 0), (16, 13.7, 0)), 1.0, 25), _SAFFRON),
        bystander(-4.4, 14.0, -1.4, some_clothes(rng)),
        driver(Way(((-60, 4.4, 0), (60, 4.4, 0)), 8.0, 12), (168, 166, 160)),
        driver(Way(((60, 8.6, 0), (-60, 8.6, 0)), 7.0, 18, 6), (66, 66, 130), PICKUP),
        motorcyclist(
            Way(((60, 9.4, 0), (-60, 9.4, 0)), 7.0, 5, 9),
            (70, 60, 60),
            some_clothes(rng),
            passenger=some_clothes(rng),
        ),
        street_dog(
            Way(((-6, 13, 0), (2, 13.6, 0), (5, 11.6, 0), (-6, 13, 0)), 1.1, 14), (110, 140, 170)
        ),
    ]


TEMPLE = Place(View((-4.5, -6.5, 5.6), 11.0, 7.5, 64.0), _paint_temple, _movers_temple)
