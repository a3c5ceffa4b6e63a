"""Who passes by, when and where: every place is a pure function of the time. Draws nothing.

Main and sub stream of a camera are painted apart and still show the same people at the same spots.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from app.demo.simulated_cameras.scenes.figures import STRIDE_M, Clothes, dog, standing, walking
from app.demo.simulated_cameras.scenes.parts import Colour, Placed, Point
from app.demo.simulated_cameras.scenes.shape import Shape, made_at, shape_of
from app.demo.simulated_cameras.scenes.stage import Actor, Glow
from app.demo.simulated_cameras.scenes.vehicles import (
    SALOON,
    CarShape,
    car,
    long_boat,
    motorcycle,
)

_HEADLIGHT: Colour = (150, 172, 185)
_TAIL_LIGHT: Colour = (14, 10, 105)

# half the length and width of what each covers of the ground
_PERSON_M, _DOG_M = (0.24, 0.24), (0.34, 0.14)
_MOTORCYCLE_M, _BOAT_M = (0.85, 0.3), (4.2, 0.8)
_POSES = 24  # of a step: enough for the eye, few enough to keep

Mover = Callable[[float, bool], Actor | None]  # (Unix time, night) → what is there, if anything


@dataclass(frozen=True, slots=True)
class Way:
    """A path on the ground that is gone along again and again, with a pause between."""

    points: tuple[Point, ...]
    speed_m_s: float
    pause_s: float = 0.0
    start_s: float = 0.0

    def where(self, at_s: float) -> tuple[Placed, float] | None:
        """Place, heading and metres gone; None in the pause."""
        lengths = _lengths(self.points)
        round_s = sum(lengths) / self.speed_m_s + self.pause_s
        gone = ((at_s + self.start_s) % round_s) * self.speed_m_s
        rest = gone
        for (start, end), length in zip(pairwise(self.points), lengths, strict=True):
            if rest < length:
                share = rest / length
                x, y, z = (a + (b - a) * share for a, b in zip(start, end, strict=True))
                heading = math.atan2(end[1] - start[1], end[0] - start[0])
                return Placed(x, y, heading, z), gone
            rest -= length
        return None


@lru_cache(maxsize=256)
def _lengths(points: tuple[Point, ...]) -> tuple[float, ...]:
    return tuple(math.dist(a, b) for a, b in pairwise(points))


def walker(way: Way, clothes: Clothes) -> Mover:
    """A person on a way."""

    def at(at_s: float, night: bool) -> Actor | None:
        found = way.where(at_s)
        if found is None:
            return None
        placed, gone = found
        step = int(gone / STRIDE_M * _POSES) % _POSES
        return _person(placed, lambda sector: _walking(sector, step, clothes))

    return at


def bystander(x: float, y: float, heading_rad: float, clothes: Clothes, z: float = 0.0) -> Mover:
    """A person who stays where they are: a seller, an angler, a guard."""

    def at(at_s: float, night: bool) -> Actor | None:
        turn = 0.35 * math.sin(at_s * 0.11 + x * 3)
        placed = Placed(x, y, heading_rad + turn, z)
        step = int((at_s * 0.7 + x) / math.tau * _POSES) % _POSES
        return _person(placed, lambda sector: _standing(sector, step, clothes))

    return at


def _person(placed: Placed, shape: Callable[[int], Shape]) -> Actor:
    return Actor(placed, 1.6, 0.4, shape)


def street_dog(way: Way, coat: Colour) -> Mover:
    """A dog on a way."""

    def at(at_s: float, night: bool) -> Actor | None:
        found = way.where(at_s)
        if found is None:
            return None
        placed, gone = found
        step = int(gone / 0.75 * _POSES) % (_POSES * 10)
        return Actor(placed, 0.5, 0.4, lambda sector: _dog(sector, step, coat))

    return at


def motorcyclist(
    way: Way,
    paint: Colour,
    clothes: Clothes,
    *,
    helmet: Colour | None = None,
    passenger: Clothes | None = None,
) -> Mover:
    """A motorcycle on a way, lamp on at night."""

    def at(at_s: float, night: bool) -> Actor | None:
        found = way.where(at_s)
        if found is None:
            return None
        placed, _ = found
        ahead = placed.heading_rad
        glows = (
            Glow(placed.at(0.55, 0, 0.88), 1.1, _HEADLIGHT, ahead),
            Glow(placed.at(2.6, 0, 0.05), 1.5, _dim(_HEADLIGHT)),
            Glow(placed.at(-0.78, 0, 0.62), 0.4, _TAIL_LIGHT, ahead + math.pi),
        )

        def shape(sector: int) -> Shape:
            return _motorcycle(sector, paint, clothes, helmet, passenger, night)

        return Actor(placed, 1.3, 1.0, shape, glows if night else ())

    return at


def driver(way: Way, paint: Colour, form: CarShape = SALOON) -> Mover:
    """A car on a way, lamps on at night."""

    def at(at_s: float, night: bool) -> Actor | None:
        found = way.where(at_s)
        if found is None:
            return None
        placed, _ = found
        half_l, half_w = form.length_m / 2, form.width_m / 2
        glows = _car_glows(placed, half_l, half_w) if night else ()

        def shape(sector: int) -> Shape:
            return _car(sector, paint, form, night)

        return Actor(placed, form.roof_m, half_l, shape, glows)

    return at


def boatman(way: Way, hull: Colour, roof: Colour | None) -> Mover:
    """A boat on a way, rocking a little."""

    def at(at_s: float, night: bool) -> Actor | None:
        found = way.where(at_s)
        if found is None:
            return None
        placed, _ = found
        rocking = replace(placed, z=placed.z + 0.06 * math.sin(at_s * 1.3))
        glows = (Glow(placed.at(3.5, 0, 1.3), 2.6, _HEADLIGHT),) if night else ()
        return Actor(rocking, 0.0, 5.0, lambda sector: _boat(sector, hull, roof), glows)

    return at


@lru_cache(maxsize=4096)
def _walking(sector: int, step: int, clothes: Clothes) -> Shape:
    return shape_of(walking(made_at(sector), step / _POSES * STRIDE_M, clothes), sector, _PERSON_M)


@lru_cache(maxsize=1024)
def _standing(sector: int, step: int, clothes: Clothes) -> Shape:
    return shape_of(
        standing(made_at(sector), step / _POSES * math.tau / 0.7, clothes), sector, _PERSON_M
    )


@lru_cache(maxsize=1024)
def _dog(sector: int, step: int, coat: Colour) -> Shape:
    return shape_of(dog(made_at(sector), step / _POSES * 0.75, coat), sector, _DOG_M)


@lru_cache(maxsize=512)
def _motorcycle(
    sector: int,
    paint: Colour,
    clothes: Clothes,
    helmet: Colour | None,
    passenger: Clothes | None,
    lit: bool,
) -> Shape:
    parts = motorcycle(made_at(sector), paint, clothes, helmet=helmet, passenger=passenger, lit=lit)
    return shape_of(parts, sector, _MOTORCYCLE_M)


@lru_cache(maxsize=512)
def _car(sector: int, paint: Colour, form: CarShape, lit: bool) -> Shape:
    half_m = (form.length_m / 2, form.width_m / 2)
    return shape_of(car(made_at(sector), paint, form, lit=lit), sector, half_m)


@lru_cache(maxsize=256)
def _boat(sector: int, hull: Colour, roof: Colour | None) -> Shape:
    return shape_of(long_boat(made_at(sector), hull, roof, 0.0), sector, _BOAT_M)


def _car_glows(placed: Placed, half_l: float, half_w: float) -> tuple[Glow, ...]:
    glows: list[Glow] = []
    ahead = placed.heading_rad
    for side in (-1.0, 1.0):
        left = side * (half_w - 0.2)
        glows.append(Glow(placed.at(half_l + 0.05, left, 0.75), 1.5, _HEADLIGHT, ahead))
        glows.append(Glow(placed.at(half_l + 3.2, left, 0.05), 2.2, _dim(_HEADLIGHT)))
        glows.append(Glow(placed.at(-half_l - 0.05, left, 0.75), 0.6, _TAIL_LIGHT, ahead + math.pi))
    return tuple(glows)


def _dim(colour: Colour) -> Colour:
    return (colour[0] * 0.34, colour[1] * 0.34, colour[2] * 0.34)


_SHIRTS: tuple[Colour, ...] = (
    (190, 190, 188), (120, 82, 58), (70, 70, 150), (64, 62, 60), (110, 148, 100),
    (84, 138, 176), (168, 150, 110), (96, 96, 178), (150, 128, 150), (60, 92, 66),
)  # fmt: skip
_TROUSERS: tuple[Colour, ...] = (
    (66, 54, 46), (92, 74, 58), (44, 44, 48), (88, 102, 112), (58, 70, 84), (104, 84, 64),
)  # fmt: skip
_SKINS: tuple[Colour, ...] = ((112, 142, 186), (92, 120, 164), (128, 160, 204))


def some_clothes(rng: np.random.Generator, *, rain: bool = False) -> Clothes:
    """What somebody in the street wears; an umbrella for some when it rains."""
    umbrellas: tuple[Colour, ...] = ((60, 50, 150), (120, 80, 50), (70, 110, 70), (70, 70, 74))
    woman = rng.random() < 0.5
    return Clothes(
        shirt=_SHIRTS[int(rng.integers(len(_SHIRTS)))],
        trousers=_TROUSERS[int(rng.integers(len(_TROUSERS)))],
        skin=_SKINS[int(rng.integers(len(_SKINS)))],
        height_m=float(rng.uniform(1.52, 1.66) if woman else rng.uniform(1.6, 1.76)),
        skirt=bool(woman and rng.random() < 0.45),
        bag=(50, 46, 44) if rng.random() < 0.3 else None,
        hat=(92, 146, 172) if rng.random() < 0.2 else None,
        umbrella=umbrellas[int(rng.integers(4))] if rain and rng.random() < 0.7 else None,
    )


def strollers(
    rng: np.random.Generator, ways: tuple[tuple[Point, ...], ...], count: int, *, rain: bool
) -> list[Mover]:
    """`count` people spread over the ways, both directions, beside one another."""
    movers: list[Mover] = []
    for index in range(count):
        points = ways[index % len(ways)]
        if rng.random() < 0.5:
            points = points[::-1]
        aside = float(rng.uniform(-0.7, 0.7))
        moved = tuple((x + aside, y + aside * 0.6, z) for x, y, z in points)
        way = Way(
            moved,
            float(rng.uniform(1.0, 1.45)),
            pause_s=float(rng.uniform(2, 9)),
            start_s=float(rng.uniform(0, 120)),
        )
        movers.append(walker(way, some_clothes(rng, rain=rain)))
    return movers
