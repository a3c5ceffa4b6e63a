"""A street of shop-houses, an alley behind it, and a junction. Invented; no real place is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.lighting import Lamp
from app.demo.simulated_cameras.scenes.movers import (
    Mover,
    Way,
    driver,
    motorcyclist,
    some_clothes,
    street_dog,
    strollers,
)
from app.demo.simulated_cameras.scenes.parts import Placed
from app.demo.simulated_cameras.scenes.place import (
    ASPHALT,
    PAVING,
    Circumstances,
    Place,
    View,
    dashes,
    flat,
    ground_rectangle,
    kerb,
    shop_row,
)
from app.demo.simulated_cameras.scenes.street_things import (
    building,
    lamp_post,
    planter,
    power_line,
    tree,
)
from app.demo.simulated_cameras.scenes.vehicles import PICKUP, VAN, car, motorcycle

_FRONT = 6.6
_LENGTH = (-6.0, 74.0)


def _paint(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    flat(canvas, (-60, 60), (-4, 400), (100, 108, 108))
    flat(canvas, (-_FRONT, _FRONT), (-4, 130), PAVING)
    flat(canvas, (-4.2, 4.2), (-4, 130), ASPHALT)
    dashes(canvas, 0.0, (0, 120), 4.0, 0.12)
    for x in (-3.9, 3.9):
        flat(canvas, (x - 0.06, x + 0.06), (-4, 120), (150, 156, 158))
    canvas.weather_ground(0.13, 21)
    for side in ((-_FRONT, -4.3), (4.3, _FRONT)):
        canvas.pave(ground_rectangle(side, (-2, 70)), 0.6)
    if not now.night and not now.rain:
        canvas.face(
            ((_FRONT, -4, 0), (3.2, -4, 0), (3.2, 74, 0), (_FRONT, 74, 0)), (40, 34, 30), alpha=0.34
        )
    building(canvas, (-14, 12), (100, 110), 14, (150, 152, 150))
    tree(canvas, -9, 88, 10, 2)
    tree(canvas, 8, 84, 9, 3)
    kerb(canvas, -4.3, (0, 74))
    kerb(canvas, 4.3, (0, 74))
    lamps = shop_row(canvas, -_FRONT, _LENGTH, 4) + shop_row(canvas, _FRONT, _LENGTH, 9)
    for y, paint, shape in ((46, (170, 170, 168), PICKUP), (33, (72, 66, 62), VAN)):
        canvas.face(ground_rectangle((-4.4, -2.2), (y - 2.8, y + 2.6)), (20, 20, 22), alpha=0.45)
        canvas.parts(car(Placed(-3.2, y, -1.57), paint, shape))
    for number, parked_y in enumerate((24.0, 23.1, 22.2, 20.9, 14.4, 13.5)):
        x = 3.75 if number < 4 else -3.8
        canvas.face(
            ground_rectangle((x - 0.9, x + 0.9), (parked_y - 0.3, parked_y + 0.4)),
            (20, 20, 22),
            alpha=0.35,
        )
        paint = ((60, 60, 150), (60, 56, 54), (140, 90, 60), (170, 170, 168))[number % 4]
        canvas.parts(motorcycle(Placed(x, parked_y, 0.25 if x > 0 else 2.9), paint))
    planter(canvas, 5.4, 17.5, 1.6, 4)
    power_line(canvas, [(-4.8, 76), (-4.8, 52), (-4.8, 30), (-5.4, 3), (-5.4, -15)])
    lamps += [lamp_post(canvas, 4.7, y, -1.5) for y in (58, 36, 15)]
    return lamps


def _movers(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    left, right = ((-5.3, 1, 0), (-5.3, 62, 0)), ((5.3, 1, 0), (5.3, 62, 0))
    across = ((-5.4, 26, 0), (-4.0, 27, 0), (4.4, 29, 0), (5.4, 40, 0))
    movers = strollers(rng, (left, right, left, across), 6, rain=rain)
    away, back = ((-1.9, -3.0, 0), (-1.9, 120, 0)), ((1.9, 120, 0), (1.9, -3.0, 0))
    riding = some_clothes(rng)
    return [
        *movers,
        motorcyclist(Way(away, 8.0, 6, 0), (70, 60, 160), riding, helmet=(60, 60, 190)),
        motorcyclist(
            Way(back, 7.0, 9, 8), (60, 56, 54), some_clothes(rng), passenger=some_clothes(rng)
        ),
        driver(Way(back, 8.5, 15, 20), (172, 174, 174), PICKUP),
        driver(Way(away, 8.0, 22, 3), (110, 80, 62)),
        street_dog(
            Way(((-5.8, 9, 0), (-3.0, 22, 0), (3.2, 25, 0), (5.8, 14, 0)), 1.5, 20), (86, 120, 150)
        ),
    ]


STREET = Place(View((-2.6, -3.0, 5.2), 7.0, 12.5, 62.0), _paint, _movers)
