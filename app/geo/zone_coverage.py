"""How much of a zone is seen, by one camera and by two, and where nobody looks. Metres, no cameras.

Counted is the zone outside buildings and no-go areas, and the length of its roads there. All is
reckoned square by square: cutting a town with thousands of houses in one piece takes half a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.geo.basemap import ROADS, Basemap, GroundKind
from app.geo.projection import Points

Shape = Any  # shapely geometry in the station's metres
Shapes = NDArray[np.object_]
Indexes = NDArray[np.intp]

CELL_M = 80.0
LEAST_SPOT_M2 = 60.0  # less is a strip along a wall, not a place where someone stands
_NARROW_M = 1.0  # half the width under which a blind spot is only a strip
_SURELY_WIDE_M2 = 2_000.0
_MOST_CELLS = 40_000
_BUILDINGS = (GroundKind.BUILDING, GroundKind.LANDMARK_BUILDING)
_NOTHING = shapely.Polygon()
_POLYGON, _MULTIPOLYGON = 3, 6  # shapely's type ids

Named = tuple[str, float, float]  # a place's name, east and north in metres


@dataclass(frozen=True, slots=True, eq=False)
class OpenGround:
    """What is to be seen of a zone, in squares: ground (C,), and pieces of road (R,) by square."""

    ground: Shapes
    roads: Shapes
    road_cell: Indexes
    places: tuple[Named, ...] = ()

    @classmethod
    def of(
        cls,
        zone: Shape,
        basemap: Basemap | None,
        no_go: Iterable[Shape] = (),
        places: Iterable[Named] = (),
    ) -> OpenGround:
        """The zone (metres) less what nobody walks on. Without a base map it is all open."""
        cells = _squares(zone)
        forbidden = np.array(list(no_go), dtype=object)
        closed = np.concatenate((_of_kinds(basemap, _BUILDINGS), forbidden))
        ground = _less(cells, closed)
        lines, of_cell = _clipped(_of_kinds(basemap, ROADS), _less(cells, forbidden))
        return cls(ground, lines, of_cell, (*places, *_names(basemap)))

    @property
    def ground_m2(self) -> float:
        """The surface of all of it."""
        return float(shapely.area(self.ground).sum())

    @property
    def road_m(self) -> float:
        """The length of all its roads."""
        return float(shapely.length(self.roads).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """What cameras see of a zone. Shapes are square by square, in the order of the open ground.

    Shares are 0 to 1, and 0 where there is nothing to see.
    """

    open_ground: OpenGround
    seen: Shapes
    seen_twice: Shapes
    blind: Shapes
    roads_seen: Shapes
    roads_seen_twice: Shapes
    ground_m2: float
    seen_m2: float
    seen_twice_m2: float
    road_m: float
    road_seen_m: float
    road_seen_twice_m: float

    @property
    def seen_share(self) -> float:
        """Of the ground, by one camera at least."""
        return self.seen_m2 / self.ground_m2 if self.ground_m2 else 0.0

    @property
    def seen_twice_share(self) -> float:
        """Of the ground, by two cameras at least."""
        return self.seen_twice_m2 / self.ground_m2 if self.ground_m2 else 0.0

    @property
    def road_seen_share(self) -> float:
        """Of the length of roads, by one camera at least."""
        return self.road_seen_m / self.road_m if self.road_m else 0.0

    @property
    def road_seen_twice_share(self) -> float:
        """Of the length of roads, by two cameras at least."""
        return self.road_seen_twice_m / self.road_m if self.road_m else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class BlindSpot:
    """Ground that no camera sees, and the named place next to it ("" where none is known)."""

    shape: Shape
    area_m2: float
    near: str


@dataclass(frozen=True, slots=True)
class Gain:
    """What one more camera would add: ground and road nobody sees yet, and what one sees now."""

    new_m2: float
    second_m2: float
    new_road_m: float
    second_road_m: float


def coverage(open_ground: OpenGround, views: Sequence[Points]) -> Coverage:
    """What these fields of view (N, 2) cover of the open ground."""
    ground, roads, of_cell = open_ground.ground, open_ground.roads, open_ground.road_cell
    once, twice = _layers(ground, _polygons(views))
    seen, seen_twice = _where(once, ground), _where(twice, ground)
    roads_seen, roads_twice = _where(once[of_cell], roads), _where(twice[of_cell], roads)
    blind = ground.copy()
    some = ~shapely.is_empty(once)
    blind[some] = shapely.difference(ground[some], once[some])
    return Coverage(
        open_ground=open_ground,
        seen=seen,
        seen_twice=seen_twice,
        blind=blind,
        roads_seen=roads_seen,
        roads_seen_twice=roads_twice,
        ground_m2=open_ground.ground_m2,
        seen_m2=float(shapely.area(seen).sum()),
        seen_twice_m2=float(shapely.area(seen_twice).sum()),
        road_m=open_ground.road_m,
        road_seen_m=float(shapely.length(roads_seen).sum()),
        road_seen_twice_m=float(shapely.length(roads_twice).sum()),
    )


def gain(now: Coverage, view: Points) -> Gain:
    """What a camera with this field of view would add to what is seen now."""
    shapes = _polygons([view])
    if not len(shapes):
        return Gain(0.0, 0.0, 0.0, 0.0)
    shape = shapes[0]
    met = np.flatnonzero(shapely.intersects(shape, now.open_ground.ground))
    roads = now.open_ground.roads
    on_roads = np.flatnonzero(shapely.intersects(shape, roads))
    once = shapely.area(shapely.intersection(now.seen[met], shape)).sum()
    twice = shapely.area(shapely.intersection(now.seen_twice[met], shape)).sum()
    new = shapely.area(shapely.intersection(now.blind[met], shape)).sum()
    crossed = shapely.length(shapely.intersection(roads[on_roads], shape)).sum()
    known = shapely.length(shapely.intersection(now.roads_seen[on_roads], shape)).sum()
    doubly = shapely.length(shapely.intersection(now.roads_seen_twice[on_roads], shape)).sum()
    return Gain(
        new_m2=float(new),
        second_m2=float(max(once - twice, 0.0)),
        new_road_m=float(max(crossed - known, 0.0)),
        second_road_m=float(max(known - doubly, 0.0)),
    )


def blind_spots(now: Coverage, least_m2: float = LEAST_SPOT_M2) -> tuple[BlindSpot, ...]:
    """Where nobody looks, the largest first, each called by the named place next to it.

    A blind stretch that passes several named places is one spot for each. Narrow strips along
    walls are left out.
    """
    spots: list[BlindSpot] = []
    blind = now.blind
    left = np.flatnonzero(~shapely.is_empty(blind))
    names = _nearest_names(blind[left], now.open_ground.places)
    for name in sorted(set(names)):
        pieces = blind[left[[at for at, one in enumerate(names) if one == name]]]
        for part in shapely.get_parts(shapely.union_all(pieces)):
            area_m2 = float(part.area)
            if area_m2 >= least_m2 and _is_wide(part, area_m2):
                spots.append(BlindSpot(part, area_m2, name))
    return tuple(sorted(spots, key=lambda spot: -spot.area_m2))


# -- squares -----------------------------------------------------------------------------------


def _squares(zone: Shape) -> Shapes:
    """The zone cut into squares of 80 m; larger ones for a province."""
    if zone.is_empty:
        return np.empty(0, dtype=object)
    west, south, east, north = zone.bounds
    size = max(CELL_M, float(np.sqrt((east - west) * (north - south) / _MOST_CELLS)))
    columns, rows = (np.arange(low, high, size) for low, high in ((west, east), (south, north)))
    x, y = (axis.ravel() for axis in np.meshgrid(columns, rows))
    boxes = shapely.box(x, y, x + size, y + size)
    shapely.prepare(zone)
    boxes = boxes[shapely.intersects(zone, boxes)]
    inner = shapely.contains_properly(zone, boxes)
    cut = boxes.copy()
    cut[~inner] = shapely.intersection(boxes[~inner], zone)
    whole: Shapes = cut[shapely.area(cut) > 0]
    return whole


def _less(cells: Shapes, closed: Shapes) -> Shapes:
    """The squares without what is closed in them."""
    if not len(closed) or not len(cells):
        return cells
    of_cell, at = shapely.STRtree(closed).query(cells, predicate="intersects")
    left = cells.copy()
    for cell, members in _grouped(of_cell, at):
        left[cell] = shapely.difference(cells[cell], shapely.union_all(closed[members]))
    return _areal(left)


def _clipped(lines: Shapes, cells: Shapes) -> tuple[Shapes, Indexes]:
    """The lines cut at the squares' edges, and the square of each piece."""
    if not len(lines) or not len(cells):
        return np.empty(0, dtype=object), np.empty(0, dtype=np.intp)
    of_cell, at = shapely.STRtree(lines).query(cells, predicate="intersects")
    pieces = shapely.intersection(lines[at], cells[of_cell])
    whole = shapely.length(pieces) > 0
    return pieces[whole], of_cell[whole].astype(np.intp)


def _layers(ground: Shapes, views: Shapes) -> tuple[Shapes, Shapes]:
    """For each square what one view at least reaches there, and what two do."""
    once = np.full(len(ground), _NOTHING, dtype=object)
    twice = once.copy()
    if not len(views) or not len(ground):
        return once, twice
    boxes = shapely.box(*shapely.bounds(ground).T)
    shapely.prepare(views)
    of_cell, at = shapely.STRtree(views).query(boxes, predicate="intersects")
    clipped = _areal(shapely.intersection(views[at], boxes[of_cell]))
    for cell, members in _grouped(of_cell, np.arange(len(at))):
        shapes = clipped[members]
        once[cell] = shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
        if len(shapes) > 1:
            first, second = np.triu_indices(len(shapes), 1)
            shared = _areal(shapely.intersection(shapes[first], shapes[second]))
            twice[cell] = shapely.union_all(shared)
    return once, twice


def _areal(shapes: Shapes) -> Shapes:
    """Only what has a surface: where two things touch along a side, GEOS gives the side too."""
    mixed = ~np.isin(shapely.get_type_id(shapes), (_POLYGON, _MULTIPOLYGON))
    shapes[mixed] = [
        shapely.union_all([one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"])
        for shape in shapes[mixed]
    ]
    return shapes


def _where(views: Shapes, things: Shapes) -> Shapes:
    """What the views show of the things, one by one; nothing is reckoned where there is no view."""
    shown = np.full(len(things), _NOTHING, dtype=object)
    some = ~shapely.is_empty(views)
    shown[some] = shapely.intersection(things[some], views[some])
    return shown


def _grouped(of_cell: Any, members: Any) -> Iterable[tuple[int, Indexes]]:
    """Each square that has members, with them."""
    order = np.argsort(of_cell, kind="stable")
    cells, members = of_cell[order], members[order]
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    for start, some in zip(starts.tolist(), np.split(members, starts[1:]), strict=True):
        yield int(cells[start]), some


def _polygons(views: Sequence[Points]) -> Shapes:
    shapes = np.array([shapely.Polygon(view) for view in views if len(view) > 3], dtype=object)
    if len(shapes):
        broken = ~shapely.is_valid(shapes)
        shapes[broken] = shapely.buffer(shapes[broken], 0)
    return shapes


def _is_wide(part: Shape, area_m2: float) -> bool:
    return area_m2 > _SURELY_WIDE_M2 or not shapely.is_empty(shapely.buffer(part, -_NARROW_M))


def _nearest_names(pieces: Shapes, places: Sequence[Named]) -> list[str]:
    """For each piece the name of the place nearest to it."""
    if not places or not len(pieces):
        return [""] * len(pieces)
    at = shapely.points([(east, north) for _, east, north in places])
    nearest = shapely.STRtree(at).nearest(shapely.point_on_surface(pieces))
    return [places[int(position)][0] for position in nearest]


def _of_kinds(basemap: Basemap | None, kinds: Sequence[GroundKind]) -> Shapes:
    if basemap is None:
        return np.empty(0, dtype=object)
    groups = [basemap.features[kind].shapes for kind in kinds if kind in basemap.features]
    return np.concatenate(groups) if groups else np.empty(0, dtype=object)


def _names(basemap: Basemap | None) -> list[Named]:
    if basemap is None:
        return []
    named = [(point.name, point.east_m, point.north_m) for point in basemap.points]
    group = basemap.features.get(GroundKind.LANDMARK_BUILDING)
    if group is not None:
        for name, shape in zip(group.names, group.shapes, strict=True):
            if name:
                middle = shape.representative_point()
                named.append((name, float(middle.x), float(middle.y)))
    return named
