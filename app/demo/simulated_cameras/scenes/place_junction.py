"""A junction with zebra crossings. Invented; no real place is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.lighting import SODIUM, Lamp
from app.demo.simulated_cameras.scenes.movers import (
    Mover,
    Way,
    driver,
    motorcyclist,
    some_clothes,
    strollers,
)
from app.demo.simulated_cameras.scenes.parts import Ball, Colour, Placed, Stroke, block
from app.demo.simulated_cameras.scenes.place import (
    ASPHALT,
    PAINT,
    PAVING,
    Circumstances,
    Place,
    View,
    dashes,
    flat,
    ground_rectangle,
    kerb,
    shop_row,
    shops_across,
)
from app.demo.simulated_cameras.scenes.street_things import (
    building,
    lamp_post,
    power_line,
    tree,
)
from app.demo.simulated_cameras.scenes.vehicles import PICKUP, VAN, motorcycle

_CROSSING = (16.0, 25.0)  # the road that comes from the left and right, in y


def _paint_junction(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    near, far = _CROSSING
    flat(canvas, (-3000, 3000), (-4, 4000), PAVING)
    flat(canvas, (-4.6, 4.6), (-4, 200), ASPHALT)
    flat(canvas, (-90, 90), (near, far), ASPHALT)
    dashes(canvas, 0.0, (-2, near - 4), 3.0, 0.14)
    dashes(canvas, 0.0, (far + 4, 120), 4.0, 0.14)
    for dash_x in range(-60, 60, 4):
        if abs(dash_x) > 8:
            flat(canvas, (dash_x, dash_x + 2), (20.4, 20.55), PAINT)
    for step in range(9):
        x = -4.2 + step * 0.97
        for y in (near - 3.4, far + 0.6):
            flat(canvas, (x, x + 0.5), (y, y + 2.8), PAINT)
    for step in range(8):
        y = near + 0.5 + step * 1.05
        for x in (-8.4, 5.6):
            flat(canvas, (x, x + 2.8), (y, y + 0.5), PAINT)
    flat(canvas, (-4.4, -0.2), (near - 4.4, near - 4.0), PAINT)
    flat(canvas, (0.2, 4.4), (far + 4.0, far + 4.5), PAINT)
    canvas.weather_ground(0.14, 33)
    for side in ((-90.0, -4.7), (4.7, 90.0)):
        canvas.pave(ground_rectangle(side, (far + 0.2, far + 5)), 0.6)
        canvas.pave(ground_rectangle(side, (-3, near - 0.2)), 0.6)
    building(canvas, (-7, 12), (120, 130), 13, (150, 150, 148))
    kerb(canvas, -4.7, (far + 5, 90))
    kerb(canvas, 4.7, (far + 5, 90))
    lamps = shop_row(canvas, -7.2, (far + 5, 84), 15) + shop_row(canvas, 7.2, (far + 5, 84), 22)
    lamps += shops_across(canvas, (-48, -7.2), far + 5, 6, floors=(1, 2))
    lamps += shops_across(canvas, (7.2, 48), far + 5, 12, floors=(1, 2))
    tree(canvas, -20, far + 3.2, 5.5, 5)
    lamps += [lamp_post(canvas, x, far + 1.6, -2.0 if x > 0 else 2.0, 7.5) for x in (-7, 7)]
    lamps.append(Lamp((-4.0, 6.0, 8.0), SODIUM, 1.7, 10.0))  # above the camera, out of the picture
    _signal(canvas, 5.4, far + 1.4)
    _signal(canvas, -5.4, near - 1.2)
    power_line(canvas, [(-52, far + 3.4), (-26, far + 3.4), (-5.6, far + 3.4), (30, far + 3.4)])
    for number, x in enumerate((10.2, 11.1, 12.0, -11.4)):
        paint: Colour = ((60, 60, 150), (150, 150, 150), (60, 56, 54), (140, 92, 60))[number]
        canvas.face(
            ground_rectangle((x - 0.35, x + 0.4), (far + 1.2, far + 2.9)), (20, 20, 22), alpha=0.35
        )
        canvas.parts(motorcycle(Placed(x, far + 2.1, 1.9), paint))
    return lamps


def _signal(canvas: Canvas, x: float, y: float) -> None:
    """A traffic light, green towards the camera."""
    head = Placed(x, y, math.pi / 2, 3.2)
    canvas.parts([Stroke((x, y, 0), (x, y, 3.3), 0.13, (70, 76, 78))])
    extent = (-0.12, 0.12, -0.19, 0.19)
    canvas.parts(block(head, extent, extent, (0.0, 1.05), (40, 44, 44)))
    lit: tuple[tuple[float, Colour, bool], ...] = (
        (0.86, (40, 40, 78), False), (0.53, (40, 74, 80), False), (0.2, (140, 225, 90), True),
    )  # fmt: skip
    for up, colour, shines in lit:
        canvas.parts([Ball((x, y - 0.14, 3.2 + up), 0.13, colour, shines=shines)])


def _movers_junction(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    crossing = ((-9, 14, 0), (-4.6, 14, 0), (4.6, 13.6, 0), (9, 12, 0))
    far_side = ((-30, 27.6, 0), (-5, 27.4, 0), (5, 27.2, 0), (30, 27.6, 0))
    return [
        *strollers(rng, (crossing, far_side, far_side), 6, rain=rain),
        driver(Way(((-60, 18.2, 0), (60, 18.2, 0)), 8.0, 9), (168, 168, 166)),
        driver(Way(((60, 22.8, 0), (-60, 22.8, 0)), 7.5, 14, 11), (66, 60, 120), PICKUP),
        driver(
            Way(((2.1, 130, 0), (2.1, 26, 0), (5, 19, 0), (60, 18.2, 0)), 8.0, 12, 30),
            (92, 84, 70),
            VAN,
        ),
        motorcyclist(
            Way(((60, 23.6, 0), (-60, 23.6, 0)), 8.0, 4),
            (150, 60, 60),
            some_clothes(rng),
            helmet=(40, 40, 44),
        ),
        motorcyclist(
            Way(((-2.4, -4, 0), (-2.4, 120, 0)), 7.0, 6, 9),
            (60, 60, 170),
            some_clothes(rng),
            passenger=some_clothes(rng),
        ),
        motorcyclist(
            Way(((-60, 17, 0), (-6, 17.4, 0), (1.8, 26, 0), (1.8, 120, 0)), 7.0, 11, 22),
            (70, 70, 70),
            some_clothes(rng),
            helmet=(190, 190, 190),
        ),
    ]


JUNCTION = Place(View((-7.5, -1.5, 6.6), 17.0, 15.0, 68.0), _paint_junction, _movers_junction)
