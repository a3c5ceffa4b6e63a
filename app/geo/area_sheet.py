"""Areas while they are redrawn: corners that neighbours share are one corner and move together.

Every operation gives a new sheet and leaves the old one, so that going back costs nothing. Metres
on the station's grid; knows no log, no screen, and judges nothing: a sheet may hold a shape that
crosses itself (`area_checks` says so).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.geo.projection import Points

Ring = tuple[int, ...]  # corners by number, the first not repeated
Part = tuple[Ring, ...]  # the outer ring, then the holes
Shape = Any  # shapely Polygon or MultiPolygon, in metres

SAME_CORNER_M = 0.05
LEAST_CORNERS = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """One area's rings."""

    area_id: str
    parts: tuple[Part, ...]

    @property
    def rings(self) -> tuple[Ring, ...]:
        """All rings, outer and inner."""
        return tuple(ring for part in self.parts for ring in part)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Corners (N, 2) and the outlines that go through them. A corner no ring names is no more."""

    corners: Points
    outlines: tuple[Outline, ...]

    @classmethod
    def of(cls, shapes: Sequence[tuple[str, Shape]]) -> Sheet:
        """Areas by id. Corners nearer than `SAME_CORNER_M` become one, and a corner that lies on a
        neighbour's side becomes a corner of the neighbour too."""
        builder = _Builder(np.empty((0, 2)))
        raw = [(area_id, _rings_of(shape)) for area_id, shape in shapes]
        everything = [ring for _, parts in raw for part in parts for ring in part]
        tree = _tree(np.concatenate(everything) if everything else np.empty((0, 2)))
        outlines = tuple(
            Outline(area_id, builder.parts(_with_corners_on_sides(parts, tree)))
            for area_id, parts in raw
        )
        return cls(builder.corners(), outlines)

    def outline(self, area_id: str) -> Outline:
        """KeyError for an area that is not on the sheet."""
        for outline in self.outlines:
            if outline.area_id == area_id:
                return outline
        raise KeyError(area_id)

    def shape(self, area_id: str) -> Shape:
        """The area as shapely's (Multi)Polygon, whatever is wrong with it."""
        parts = [
            shapely.Polygon(
                self.corners[list(part[0])], [self.corners[list(hole)] for hole in part[1:]]
            )
            for part in self.outline(area_id).parts
        ]
        return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)

    def ring_m(self, ring: Ring) -> Points:
        """The corners of a ring (N, 2)."""
        return np.asarray(self.corners[list(ring)])

    def users(self, corner: int) -> tuple[str, ...]:
        """The areas that share a corner."""
        return tuple(
            outline.area_id
            for outline in self.outlines
            if any(corner in ring for ring in outline.rings)
        )

    # ------------------------------------------------------------------ corners

    def moved(self, corner: int, x_m: float, y_m: float) -> Sheet:
        """A corner elsewhere, in every area that shares it."""
        corners = self.corners.copy()
        corners[corner] = (x_m, y_m)
        return replace(self, corners=corners)

    def inserted(self, first: int, second: int, x_m: float, y_m: float) -> tuple[Sheet, int]:
        """A new corner on the side between two, in every ring that has this side; its number."""
        number = len(self.corners)
        corners = np.vstack((self.corners, (x_m, y_m)))
        sheet = Sheet(corners, self.outlines)
        return sheet._each_ring(lambda ring: _between(ring, first, second, number)), number

    def deleted(self, corner: int) -> Sheet:
        """Without a corner. A ring that would have fewer than three goes too: a hole is filled, a
        part is taken away. ValueError if an area would lose its last part."""
        sheet = self._each_ring(lambda ring: tuple(one for one in ring if one != corner))
        outlines = []
        for outline in sheet.outlines:
            parts = tuple(
                tuple(ring for ring in part if len(ring) >= LEAST_CORNERS)
                for part in outline.parts
                if len(part[0]) >= LEAST_CORNERS
            )
            if not parts:
                raise ValueError("an area keeps three corners at least")
            outlines.append(Outline(outline.area_id, parts))
        return Sheet(sheet.corners, tuple(outlines))

    # -------------------------------------------------------------- whole rings

    def with_area(self, area_id: str, points: Points) -> Sheet:
        """A new area of one ring."""
        return self._with_shapes([(area_id, shapely.Polygon(points))])

    def with_part(self, area_id: str, points: Points) -> Sheet:
        """The area, and a piece that lies apart from it."""
        return self._with_shapes([(area_id, _joined(self.shape(area_id), points))])

    def with_hole(self, area_id: str, points: Points) -> Sheet:
        """The area without what lies inside these corners. ValueError if nothing is left."""
        left = shapely.difference(self.shape(area_id), shapely.Polygon(points))
        return self._with_shapes([(area_id, _areal(left))])

    def split(self, area_id: str, line: Points, new_id: str) -> Sheet:
        """Cut along a line: the larger piece keeps its name, the rest is a new area. ValueError
        unless the line goes right through it."""
        whole = self.shape(area_id)
        cut = shapely.union(shapely.boundary(whole), shapely.LineString(line))
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all([cut])]))
        pieces = [face for face in faces if shapely.contains(whole, face.representative_point())]
        if len(pieces) < 2 or len(pieces) <= len(shapely.get_parts(whole)):
            raise ValueError("the line does not go through the area")
        largest = max(pieces, key=lambda piece: float(piece.area))
        rest = shapely.union_all([piece for piece in pieces if piece is not largest])
        return self._with_shapes([(area_id, largest), (new_id, _areal(rest))])

    def merged(self, area_id: str, other_id: str) -> Sheet:
        """The other area becomes part of the first and is no more."""
        both = shapely.union(self.shape(area_id), self.shape(other_id))
        rest = tuple(one for one in self.outlines if one.area_id != other_id)
        return Sheet(self.corners, rest)._with_shapes([(area_id, _areal(both))])

    def with_shape(self, area_id: str, shape: Shape) -> Sheet:
        """The area in another shape, for instance a repaired one."""
        return self._with_shapes([(area_id, _areal(shape))])

    # ---------------------------------------------------------------- internals

    def _with_shapes(self, shapes: Sequence[tuple[str, Shape]]) -> Sheet:
        builder = _Builder(self.corners)
        changed = {
            area_id: Outline(area_id, builder.parts(_rings_of(shape))) for area_id, shape in shapes
        }
        kept = [changed.pop(one.area_id, one) for one in self.outlines]
        return Sheet(builder.corners(), (*kept, *changed.values()))

    def _each_ring(self, change: Callable[[Ring], Ring]) -> Sheet:
        outlines = tuple(
            Outline(
                outline.area_id,
                tuple(tuple(change(ring) for ring in part) for part in outline.parts),
            )
            for outline in self.outlines
        )
        return Sheet(self.corners, outlines)


class _Builder:
    """Gives places numbers, the same number to places that are the same."""

    def __init__(self, corners: Points) -> None:
        self._corners: list[Any] = list(corners)
        self._cells: dict[tuple[int, int], list[int]] = {}
        for number, corner in enumerate(corners):
            self._cells.setdefault(_cell(corner), []).append(number)

    def corners(self) -> Points:
        return np.array(self._corners, dtype=np.float64).reshape(-1, 2)

    def parts(self, parts: Iterable[Sequence[Points]]) -> tuple[Part, ...]:
        return tuple(tuple(self._ring(ring) for ring in part) for part in parts)

    def _ring(self, ring: Points) -> Ring:
        numbers = [self._number(place) for place in ring]
        distinct = [one for at, one in enumerate(numbers) if one != numbers[at - 1]]
        return tuple(distinct)

    def _number(self, place: Points) -> int:
        column, row = _cell(place)
        for near in ((column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)):
            for number in self._cells.get(near, ()):
                if float(np.hypot(*(self._corners[number] - place))) <= SAME_CORNER_M:
                    return number
        self._corners.append(np.asarray(place, dtype=np.float64))
        self._cells.setdefault((column, row), []).append(len(self._corners) - 1)
        return len(self._corners) - 1


def _cell(place: Points) -> tuple[int, int]:
    return int(np.floor(place[0] / SAME_CORNER_M)), int(np.floor(place[1] / SAME_CORNER_M))


def _rings_of(shape: Shape) -> list[list[Points]]:
    """Each part's rings, without the repeated first corner."""
    return [
        [shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(part)]
        for part in shapely.get_parts(shape)
        if not part.is_empty
    ]


def _tree(points: Points) -> tuple[shapely.STRtree, Points]:
    return shapely.STRtree(shapely.points(points)), points


def _with_corners_on_sides(
    parts: list[list[Points]], tree: tuple[shapely.STRtree, Points]
) -> list[list[Points]]:
    return [[_ring_with_corners(ring, *tree) for ring in part] for part in parts]


def _ring_with_corners(ring: Points, tree: shapely.STRtree, places: Points) -> Points:
    """The ring, and every known corner that lies on one of its sides but is not its own."""
    sides = shapely.linestrings(np.stack((ring, np.roll(ring, -1, axis=0)), axis=1))
    of_side, near = tree.query(sides, predicate="dwithin", distance=SAME_CORNER_M / 2)
    made = []
    for number, corner in enumerate(ring):
        made.append(corner)
        end = ring[(number + 1) % len(ring)]
        on_side = places[near[of_side == number]]
        away = np.minimum(np.hypot(*(on_side - corner).T), np.hypot(*(on_side - end).T))
        inner = on_side[away > SAME_CORNER_M]
        order = np.argsort(np.hypot(*(inner - corner).T))
        made.extend(inner[order])
    return np.array(made)


def _between(ring: Ring, first: int, second: int, number: int) -> Ring:
    for at, corner in enumerate(ring):
        following = ring[(at + 1) % len(ring)]
        if {corner, following} == {first, second}:
            return (*ring[: at + 1], number, *ring[at + 1 :])
    return ring


def _joined(shape: Shape, points: Points) -> Shape:
    """Kept as two parts while they lie apart; one where they touch or overlap."""
    added = shapely.Polygon(points)
    if shapely.is_valid(shape) and shapely.is_valid(added):
        return _areal(shapely.union(shape, added))
    return shapely.MultiPolygon([*shapely.get_parts(shape), added])


def _areal(shape: Shape) -> Shape:
    """Only what has a surface. ValueError if that is nothing."""
    parts: NDArray[Any] = shapely.get_parts(shape)
    polygons = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    if not polygons:
        raise ValueError("nothing is left of the area")
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
