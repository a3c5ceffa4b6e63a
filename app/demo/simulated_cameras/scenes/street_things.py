"""What stands in a street: lamp posts, power poles, trees, umbrellas, stalls, railings. Static."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.lighting import LED, SODIUM, Lamp
from app.demo.simulated_cameras.scenes.parts import (
    Ball,
    Colour,
    Face,
    Part,
    Placed,
    Point,
    Stroke,
    block,
    shaded,
)

CONCRETE: Colour = (150, 156, 158)
STEEL: Colour = (120, 122, 120)
LEAF: Colour = (62, 96, 74)


def lamp_post(canvas: Canvas, x: float, y: float, arm_x: float, height_m: float = 6.5) -> Lamp:
    """A street lamp whose arm reaches `arm_x` to the side; the lamp it carries."""
    top = (x, y, height_m)
    head = (x + arm_x, y, height_m + 0.25)
    canvas.parts(
        [
            Stroke((x, y, 0), (x, y, 0.9), 0.2, shaded(STEEL, 0.8)),
            Stroke((x, y, 0), top, 0.12, STEEL),
            Stroke(top, head, 0.08, STEEL),
            Stroke(head, (x + arm_x * 1.3, y, height_m + 0.22), 0.16, shaded(STEEL, 1.15)),
        ]
    )
    return Lamp((x + arm_x * 1.15, y, height_m + 0.12), SODIUM, 1.7, 9.5)


def garden_lamp(canvas: Canvas, x: float, y: float, z: float = 0.0) -> Lamp:
    """A low lamp with a globe, as on a promenade."""
    canvas.parts(
        [
            Stroke((x, y, z), (x, y, z + 3.0), 0.1, (58, 62, 58)),
            Stroke((x, y, z), (x, y, z + 0.5), 0.22, (58, 62, 58)),
            Ball((x, y, z + 3.2), 0.24, (225, 235, 238)),
        ]
    )
    return Lamp((x, y, z + 3.2), LED, 2.2, 7.5)


def power_line(canvas: Canvas, poles: Sequence[tuple[float, float]], height_m: float = 8.5) -> None:
    """Concrete poles with the thick bundles of cable of a Thai street, sagging between."""
    for x, y in sorted(poles, key=lambda pole: -pole[1]):
        canvas.parts(
            [
                Stroke((x, y, 0), (x, y, height_m), 0.28, CONCRETE),
                Stroke((x - 0.9, y, height_m - 0.4), (x + 0.9, y, height_m - 0.4), 0.13, CONCRETE),
                Stroke(
                    (x + 0.2, y, height_m - 2.2), (x + 0.2, y, height_m - 1.5), 0.4, (88, 92, 92)
                ),
            ]
        )
    rng = np.random.default_rng(len(poles))
    for (xa, ya), (xb, yb) in pairwise(poles):
        for wire in range(9):
            drop = 0.45 if wire < 3 else 1.9 + 0.16 * wire
            side = (-0.8, 0.0, 0.8)[wire] if wire < 3 else float(rng.uniform(-0.12, 0.2))
            sag = float(rng.uniform(0.3, 0.55)) * (1.0 if wire < 3 else 1.5)
            ends = ((xa + side, ya, height_m - drop), (xb + side, yb, height_m - drop))
            canvas.parts(_sagging(ends, sag, 0.014 if wire < 3 else 0.028))


def _sagging(ends: tuple[Point, Point], sag_m: float, width_m: float) -> list[Part]:
    steps = 14
    line = []
    for step in range(steps + 1):
        share = step / steps
        x, y, z = (a + (b - a) * share for a, b in zip(*ends, strict=True))
        line.append((x, y, z - sag_m * 4 * share * (1 - share)))
    return [Stroke(a, b, width_m, (38, 38, 38)) for a, b in pairwise(line)]


def tree(
    canvas: Canvas, x: float, y: float, height_m: float, seed: int, leaf: Colour = LEAF
) -> None:
    """A broad-leaved tree: a trunk and a crown of many leaf clusters, light from above."""
    rng = np.random.default_rng(seed)
    canvas.parts([Stroke((x, y, 0), (x + 0.1, y, height_m * 0.6), 0.3, (62, 78, 90))])
    radius = height_m * 0.36
    centre_z = height_m * 0.72
    clusters = []
    for _ in range(420):
        direction = rng.normal(0, 1, 3)
        direction /= np.linalg.norm(direction)
        reach = radius * float(rng.uniform(0.35, 1.0))
        dx, dy, dz = (direction * reach * (1.15, 0.9, 0.78)).tolist()
        clusters.append((dx, dy, dz))
    for dx, dy, dz in sorted(clusters, key=lambda c: (-c[1], c[2])):
        tone = 0.72 + 0.42 * (dz / radius) + 0.12 * (-dx / radius) + float(rng.uniform(-0.18, 0.18))
        size = radius * float(rng.uniform(0.06, 0.13))
        canvas.parts([Ball((x + dx, y + dy, centre_z + dz), size, shaded(leaf, max(0.35, tone)))])


def palm(canvas: Canvas, x: float, y: float, height_m: float, seed: int) -> None:
    """A coconut palm."""
    rng = np.random.default_rng(seed)
    canvas.parts(_sagging(((x, y, 0), (x + 0.6, y, height_m)), 0.25, 0.24))
    canvas.parts([Stroke((x, y, 0), (x + 0.6, y, height_m), 0.2, (86, 100, 110))])
    for frond in range(13):
        angle = math.tau * frond / 13 + float(rng.uniform(-0.2, 0.2))
        previous = (x + 0.6, y, height_m)
        for step in range(1, 6):
            reach = 2.3 * step / 5
            drop = 0.5 * step / 5 - 1.9 * (step / 5) ** 2
            point = (
                x + 0.6 + reach * math.cos(angle),
                y + reach * math.sin(angle),
                height_m + drop,
            )
            tone = 0.75 + 0.3 * math.sin(angle) + 0.05 * step
            canvas.parts([Stroke(previous, point, 0.34 - 0.05 * step, shaded(LEAF, tone))])
            previous = point


def parasol(
    canvas: Canvas, x: float, y: float, cloth: Colour, other: Colour, size_m: float
) -> None:
    """A market umbrella in two colours."""
    rim_z, top_z = 2.05, 2.05 + size_m * 0.3
    canvas.parts([Stroke((x, y, 0), (x, y, top_z), 0.05, (180, 180, 178))])
    sides = 12
    faces = []
    for side in range(sides):
        a, b = (math.tau * (side + turn) / sides + 0.2 for turn in (0, 1))
        rim = [(x + size_m * math.cos(t), y + size_m * math.sin(t), rim_z) for t in (a, b)]
        middle = (a + b) / 2
        tone = 0.86 + 0.2 * math.cos(middle - 3.9)
        faces.append((math.sin(middle), rim, shaded(cloth if side % 2 else other, tone)))
    for _, rim, colour in sorted(faces, key=lambda face: -face[0]):
        canvas.face((rim[0], rim[1], (x, y, top_z)), colour)
    for _, rim, colour in faces:
        low = [(px, py, pz - 0.16) for px, py, pz in rim]
        if (rim[0][1] + rim[1][1]) / 2 < y:
            canvas.face((rim[0], rim[1], low[1], low[0]), shaded(colour, 0.8))


def stall(canvas: Canvas, x: float, y: float, w: float, d: float, seed: int, cloth: Colour) -> None:
    """A market stall: a table with its cloth and heaps of goods."""
    rng = np.random.default_rng(seed)
    table = Placed(x, y, 0.0)
    extent = (-w / 2, w / 2, -d / 2, d / 2)
    shadow = [
        (x + dx * w * 0.56, y + dy * d * 0.66, 0.0)
        for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    canvas.face(shadow, (30, 32, 36), alpha=0.4)
    canvas.parts(block(table, extent, extent, (0.04, 0.8), cloth))
    for row in (0.28, -0.28):
        for step in range(int(w / 0.34)):
            across = -w / 2 + 0.2 + step * 0.34
            goods = GOODS[int(rng.integers(len(GOODS)))]
            for _ in range(9):
                heap = (
                    x + across + float(rng.uniform(-0.13, 0.13)),
                    y + row * d + float(rng.uniform(-0.14, 0.14)),
                    0.84 + float(rng.uniform(0, 0.1)),
                )
                tone = float(rng.uniform(0.75, 1.15))
                canvas.parts([Ball(heap, float(rng.uniform(0.05, 0.085)), shaded(goods, tone))])


GOODS: tuple[Colour, ...] = (
    (60, 150, 90), (50, 120, 200), (60, 70, 180), (90, 180, 210), (70, 110, 70),
    (150, 130, 160), (80, 150, 190), (140, 190, 200), (60, 60, 110),
)  # fmt: skip


def railing(canvas: Canvas, points: Sequence[Point], height_m: float, paint: Colour) -> None:
    """A steel railing along a line, posts every two metres."""
    for start, end in pairwise(points):
        length = math.dist(start, end)
        for part in np.linspace(0, 1, max(2, round(length / 2.0) + 1)).tolist():
            x, y, z = (a + (b - a) * part for a, b in zip(start, end, strict=True))
            canvas.parts([Stroke((x, y, z), (x, y, z + height_m), 0.09, paint)])
        for level in (0.3, 0.55, 0.8, 1.0):
            up = height_m * level
            width = 0.08 if level == 1.0 else 0.045
            pieces = max(1, round(length / 3))
            for piece in range(pieces):
                ends = []
                for share in (piece / pieces, (piece + 1) / pieces):
                    x, y, z = (a + (b - a) * share for a, b in zip(start, end, strict=True))
                    ends.append((x, y, z + up))
                canvas.parts([Stroke(ends[0], ends[1], width, shaded(paint, 0.7 + 0.4 * level))])


def planter(canvas: Canvas, x: float, y: float, w: float, seed: int) -> None:
    """A concrete planter with bushes."""
    rng = np.random.default_rng(seed)
    extent = (-w / 2, w / 2, -0.35, 0.35)
    canvas.parts(block(Placed(x, y, 0.0), extent, extent, (0.0, 0.45), CONCRETE))
    for _ in range(int(w * 16)):
        dx, dy = float(rng.uniform(-w / 2, w / 2)), float(rng.uniform(-0.3, 0.3))
        dz = float(rng.uniform(0.45, 0.95))
        tone = 0.6 + 0.6 * (dz - 0.45) + float(rng.uniform(-0.1, 0.1))
        canvas.parts([Ball((x + dx, y + dy, dz), 0.14, shaded(LEAF, tone))])


def building(
    canvas: Canvas, x: tuple[float, float], y: tuple[float, float], height_m: float, colour: Colour
) -> None:
    """A plain block in the background, with rows of windows on the side towards the camera."""
    middle = Placed((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, 0.0)
    half_x, half_y = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    extent = (-half_x, half_x, -half_y, half_y)
    canvas.parts(block(middle, extent, extent, (0.0, height_m), colour))
    columns, floors = int((x[1] - x[0]) / 2.2), int(height_m / 3)
    for floor in range(floors):
        for column in range(columns):
            left = x[0] + 0.6 + column * 2.2
            low = 1.0 + floor * 3.0
            corners = [
                (left, y[0], low),
                (left + 1.2, y[0], low),
                (left + 1.2, y[0], low + 1.3),
                (left, y[0], low + 1.3),
            ]
            lit = (floor * 7 + column * 3 + int(height_m)) % 5 == 0
            canvas.parts([Face(tuple(corners), (74, 68, 60))])
            if lit:
                canvas.glass(corners, (96, 150, 190))
