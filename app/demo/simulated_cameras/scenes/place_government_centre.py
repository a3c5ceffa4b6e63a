"""The gate of a government centre. Invented; no real place is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.figures import Clothes
from app.demo.simulated_cameras.scenes.lighting import LED, SODIUM, WARM, Lamp
from app.demo.simulated_cameras.scenes.movers import (
    Mover,
    Way,
    bystander,
    driver,
    motorcyclist,
    some_clothes,
    strollers,
)
from app.demo.simulated_cameras.scenes.parts import Colour, Placed, Stroke, block, shaded
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
)
from app.demo.simulated_cameras.scenes.street_things import (
    lamp_post,
    palm,
    planter,
    tree,
)
from app.demo.simulated_cameras.scenes.surfaces import Wall, sign, tiled_roof
from app.demo.simulated_cameras.scenes.vehicles import PICKUP, SALOON, VAN, car

_WHITE: Colour = (196, 202, 204)
_LAWN: Colour = (86, 132, 104)


def _paint_centre(canvas: Canvas, now: Circumstances) -> Sequence[Lamp]:
    flat(canvas, (-3000, 3000), (-6, 4000), _LAWN)
    flat(canvas, (-120, 120), (-6, 9.5), PAVING)
    flat(canvas, (-5.2, 5.2), (-6, 60), ASPHALT)
    flat(canvas, (-40, 40), (40, 52), ASPHALT)
    dashes(canvas, 0.0, (17, 40), 3.0, 0.14)
    flat(canvas, (-5.0, -0.3), (9.2, 9.6), PAINT)
    canvas.weather_ground(0.13, 91)
    canvas.pave(ground_rectangle((-40, -5.4), (-4, 9.4)), 0.6)
    canvas.pave(ground_rectangle((5.4, 40), (-4, 9.4)), 0.6)
    for tree_x in (-44, -36, 37, 45):
        tree(canvas, tree_x, 66, 10, abs(tree_x))
    _offices(canvas, 60.0)
    for number, x in enumerate((-30, -26.5, -23, -19.5, 18, 21.5, 25, 32)):
        paint: Colour = ((170, 170, 168), (66, 62, 60), (140, 140, 138), (60, 60, 120))[number % 4]
        canvas.face(ground_rectangle((x - 1, x + 1), (41.2, 46)), (20, 20, 22), alpha=0.4)
        canvas.parts(car(Placed(x, 43.6, -1.57), paint, (SALOON, PICKUP, VAN)[number % 3]))
    for palm_x in (-15, -10, 10, 15, 21):
        palm(canvas, palm_x, 30 + (palm_x % 3), 6.4, abs(palm_x))
    _flag(canvas, 8.2, 26.0)
    kerb(canvas, -5.3, (10, 40))
    kerb(canvas, 5.3, (10, 40))
    _name_wall(canvas)
    lamps = [lamp_post(canvas, x, 21, 1.6 if x < 0 else -1.6) for x in (-6.4, 6.4)]
    lamps += [lamp_post(canvas, x, 38, 1.6 if x < 0 else -1.6) for x in (-6.4, 6.4)]
    lamps += _guard_house(canvas)
    planter(canvas, -8.6, 8.6, 3.0, 41)
    return [
        *lamps,
        Lamp((12, 10, 0.8), WARM, 1.4, 3.0, is_seen=False),
        Lamp((0, 54, 6), LED, 1.6, 9.0, is_seen=False),
        Lamp((0, 2, 8), SODIUM, 1.5, 9.0),
    ]


def _offices(canvas: Canvas, y: float) -> None:
    wall = Wall(56, 13.5, (186, 194, 198))
    wall.weather(6, 0.08)
    for floor in range(4):
        top = 1.3 + floor * 3.1
        for bay in range(18):
            lit = (floor * 5 + bay * 7) % 11 == 0
            wall.fill(
                0.8 + bay * 3.05, top, 2.3, 1.7, (96, 84, 70), (130, 170, 190) if lit else None
            )
            wall.fill(1.9 + bay * 3.05, top, 0.08, 1.7, (170, 172, 170))
        wall.fill(0, top + 1.9, 56, 0.2, shaded(_WHITE, 1.05))
        wall.fade(0, top + 2.1, 56, 0.4, 0.75, 1.0)
    canvas.surface(((-28, y, 13.5), (28, y, 13.5), (28, y, 0), (-28, y, 0)), wall.surface())
    roof = tiled_roof(60, 6, (84, 92, 146), None)
    canvas.surface(((-24, y + 6, 18), (24, y + 6, 18), (30, y - 1, 13.4), (-30, y - 1, 13.4)), roof)
    for x in (-5.0, -1.7, 1.7, 5.0):
        canvas.parts([Stroke((x, y - 4, 0), (x, y - 4, 9.6), 0.8, _WHITE)])
    canvas.face(
        ((-6.4, y - 4.2, 9.4), (6.4, y - 4.2, 9.4), (6.4, y - 4.2, 10.3), (-6.4, y - 4.2, 10.3)),
        _WHITE,
    )
    canvas.face(
        ((-6.8, y - 4.2, 10.3), (6.8, y - 4.2, 10.3), (0, y - 4.2, 13.6)), shaded(_WHITE, 0.93)
    )


def _flag(canvas: Canvas, x: float, y: float) -> None:
    canvas.parts([Stroke((x, y, 0), (x, y, 11), 0.11, (196, 198, 198))])
    red, white, blue = (60, 44, 172), (214, 216, 216), (98, 52, 46)
    top = 10.8
    for colour, share in ((red, 1), (white, 1), (blue, 2), (white, 1), (red, 1)):
        low = top - 0.3 * share
        canvas.face(
            ((x, y, low), (x + 2.6, y, low - 0.18), (x + 2.6, y, top - 0.18), (x, y, top)), colour
        )
        top = low


def _name_wall(canvas: Canvas) -> None:
    y = 12.6
    extent = (-5.4, 5.4, -0.3, 0.3)
    canvas.parts(block(Placed(13, y, 0.0), extent, extent, (0.0, 2.7), (150, 160, 172)))
    board = sign("ศูนย์ราชการ (ตัวอย่าง)", 9.6, 1.2, (88, 84, 120), (120, 200, 235))
    canvas.surface(
        ((8.2, y - 0.32, 2.5), (17.8, y - 0.32, 2.5), (17.8, y - 0.32, 1.3), (8.2, y - 0.32, 1.3)),
        board,
    )
    planter(canvas, 13, 11.4, 8.0, 31)


def _guard_house(canvas: Canvas) -> list[Lamp]:
    """The guard's box and the barrier over one lane."""
    x, y = -7.0, 13.4
    extent = (-1.1, 1.1, -1.1, 1.1)
    canvas.parts(block(Placed(x, y, 0.0), extent, extent, (0.0, 2.6), (190, 196, 198)))
    for corners in (
        (
            (x - 0.8, y - 1.12, 1.1),
            (x + 0.8, y - 1.12, 1.1),
            (x + 0.8, y - 1.12, 2.1),
            (x - 0.8, y - 1.12, 2.1),
        ),
        (
            (x + 1.12, y - 0.8, 1.1),
            (x + 1.12, y + 0.8, 1.1),
            (x + 1.12, y + 0.8, 2.1),
            (x + 1.12, y - 0.8, 2.1),
        ),
    ):
        canvas.face(corners, (92, 84, 70))
        canvas.glass(corners, (120, 180, 215))
    eave = (-1.5, 1.5, -1.5, 1.5)
    canvas.parts(block(Placed(x, y, 0.0), eave, (-0.4, 0.4, -0.4, 0.4), (2.6, 3.4), (84, 92, 146)))
    canvas.parts([Stroke((-5.0, 11.6, 0), (-5.0, 11.6, 1.1), 0.34, (50, 150, 200))])
    for step in range(9):
        start, end = -5.0 + step * 0.55, -5.0 + (step + 1) * 0.55
        colour: Colour = (56, 52, 176) if step % 2 else (206, 208, 208)
        canvas.parts([Stroke((start, 11.6, 1.0), (end, 11.6, 1.0), 0.11, colour)])
    return [Lamp((x + 1.6, y - 1.6, 2.5), LED, 1.2, 4.0, is_seen=False)]


def _movers_centre(rng: np.random.Generator, rain: bool) -> Sequence[Mover]:
    guard = Clothes((110, 80, 60), (60, 48, 40), hat=(60, 48, 40))
    pavement = ((-26, 7.4, 0), (26, 7.0, 0))
    inside = ((6.6, 12, 0), (6.4, 38, 0))
    return [
        *strollers(rng, (pavement, inside, pavement), 5, rain=rain),
        bystander(-5.9, 11.0, -0.6, guard),
        driver(Way(((2.4, 50, 0), (2.4, -8, 0)), 5.0, 16, 3), (174, 174, 172), PICKUP),
        driver(Way(((60, 50, 0), (-60, 50, 0)), 6.0, 14), (80, 70, 60)),
        motorcyclist(
            Way(((3.4, 48, 0), (3.2, -8, 0)), 6.0, 9, 11),
            (60, 56, 150),
            some_clothes(rng),
            helmet=(60, 60, 60),
        ),
        motorcyclist(
            Way(((1.2, -8, 0), (0.9, 20, 0), (-1.8, 46, 0)), 5.0, 20, 18),
            (150, 90, 60),
            some_clothes(rng),
            helmet=(190, 190, 190),
        ),
    ]


GOVERNMENT_CENTRE = Place(View((-1.5, -5.5, 6.2), 7.0, 9.0, 64.0), _paint_centre, _movers_centre)
