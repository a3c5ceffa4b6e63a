"""Parts made ready to be drawn many times: points in one array, turned and placed at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.demo.simulated_cameras.scenes.lens import Points
from app.demo.simulated_cameras.scenes.parts import Face, Part, Placed, Point, Stroke

FOOT_POINTS = 8
SECTORS = 16  # a thing is made for this many headings (its sunny side), then turned the rest


@dataclass(frozen=True, slots=True)
class Shape:
    """A thing about its own place.

    `points` (8 + N, 3) hold the outline of what it covers of the ground, then the corners of all
    parts in order.
    """

    points: Points
    parts: tuple[Part, ...]
    sector: int


def shape_of(parts: Sequence[Part], sector: int, half_m: tuple[float, float]) -> Shape:
    """The shape of parts that were made at `made_at(sector)`; half its length and width."""
    own = made_at(sector)
    angles = [math.tau * step / FOOT_POINTS for step in range(FOOT_POINTS)]
    points = [own.at(half_m[0] * math.cos(a), half_m[1] * math.sin(a), 0.0) for a in angles]
    points += [point for part in parts for point in corners_of(part)]
    return Shape(np.array(points, float), tuple(parts), sector)


def sector_of(heading_rad: float) -> int:
    """The sector a heading falls into."""
    return round(heading_rad / math.tau * SECTORS) % SECTORS


def made_at(sector: int) -> Placed:
    """Where the parts of a shape are made: the origin, turned into a sector's middle."""
    return Placed(0.0, 0.0, math.tau * sector / SECTORS)


def corners_of(part: Part) -> tuple[Point, ...]:
    """The points of a part that are to be projected."""
    if isinstance(part, Face):
        return part.points
    if isinstance(part, Stroke):
        return (part.start, part.end)
    return (part.centre,)
