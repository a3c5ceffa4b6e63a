"""What things in a scene are made of: faces, strokes and balls in world metres. Draws nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Colour = tuple[float, float, float]  # blue, green, red, 0–255
Point = tuple[float, float, float]

_SUN = (-0.45, -0.55, 0.70)  # the direction to the sun, unit length: from behind, to the left


@dataclass(frozen=True, slots=True)
class Face:
    """A flat polygon. One that shines keeps its colour in the dark."""

    points: tuple[Point, ...]
    colour: Colour
    shines: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A round rod from `start` to `end`."""

    start: Point
    end: Point
    width_m: float
    colour: Colour
    shines: bool = False


@dataclass(frozen=True, slots=True)
class Ball:
    """A ball."""

    centre: Point
    radius_m: float
    colour: Colour
    shines: bool = False


Part = Face | Stroke | Ball


def shaded(colour: Colour, factor: float) -> Colour:
    """The colour, darker or lighter."""
    blue, green, red = (min(255.0, channel * factor) for channel in colour)
    return (blue, green, red)


def sunlit(colour: Colour, normal: Point) -> Colour:
    """The colour of a face in daylight: the sky from everywhere, the sun from one side."""
    sun = max(0.0, sum(a * b for a, b in zip(normal, _SUN, strict=True)))
    return shaded(colour, 0.66 + 0.22 * max(0.0, normal[2]) + 0.42 * sun)


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing's own axes in the world: along its heading, to its left, up."""

    x: float
    y: float
    heading_rad: float  # 0 = along x, counted towards y
    z: float = 0.0

    def at(self, along: float, left: float, up: float) -> Point:
        """A point of the thing in the world."""
        cos, sin = math.cos(self.heading_rad), math.sin(self.heading_rad)
        return (
            self.x + along * cos - left * sin,
            self.y + along * sin + left * cos,
            self.z + up,
        )

    def turned(self, along: float, left: float) -> Point:
        """A horizontal direction of the thing in the world."""
        cos, sin = math.cos(self.heading_rad), math.sin(self.heading_rad)
        return (along * cos - left * sin, along * sin + left * cos, 0.0)


def block(
    placed: Placed,
    bottom: tuple[float, float, float, float],
    top: tuple[float, float, float, float],
    heights: tuple[float, float],
    colour: Colour,
) -> list[Face]:
    """A block with sloping sides as the faces that can be seen from above, back to front unsorted.

    `bottom` and `top` are (rear, front, right, left) extents along and across the thing.
    """
    low, high = heights

    def ring(extent: tuple[float, float, float, float], up: float) -> list[Point]:
        rear, front, right, left = extent
        corners = ((rear, right), (front, right), (front, left), (rear, left))
        return [placed.at(along, across, up) for along, across in corners]

    below, above = ring(bottom, low), ring(top, high)
    outward = ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))
    faces = []
    for side, (along, left) in enumerate(outward):
        after = (side + 1) % 4
        points = (below[side], below[after], above[after], above[side])
        faces.append(Face(points, sunlit(colour, placed.turned(along, left))))
    faces.append(Face(tuple(above), sunlit(colour, (0.0, 0.0, 1.0))))
    return faces


def facing(points: Sequence[Point], eye: Point) -> bool:
    """Whether a face whose corners run counter-clockwise, seen from outside, shows that side."""
    a, b, c = points[0], points[1], points[2]
    ux, uy, uz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    vx, vy, vz = c[0] - a[0], c[1] - a[1], c[2] - a[2]
    normal = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
    return sum(n * (e - p) for n, e, p in zip(normal, eye, a, strict=True)) > 0
