"""Names for the gazetteer out of the base map: landmarks, roads, and where named roads meet.

They are proposals: a person looks at them and chooses. Knows the base map, no log, no screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely

from app.geo.basemap import ROADS, Basemap, GroundKind
from app.geo.coordinates import is_in_thailand
from app.geo.places import Place, PlaceKind
from app.geo.projection import Projection
from app.thai.text import normalise

MOST_PLACES = 5_000
_SAME_M = 300.0  # a name twice within this is one place
_ONE_JUNCTION_M = 60.0  # a dual carriageway crosses another in four points
_COMMUNITY_WORDS = ("ชุมชน", "บ้าน", "คุ้ม", "หมู่บ้าน")
_SHORT = (("ถนน", "ถ."), ("ซอย", "ซ."))
_JUNCTION_ROADS = ROADS[:4]

_Found = tuple[PlaceKind, str, tuple[str, ...], float, float]  # kind, name, aliases, east, north


def proposed_places(
    basemap: Basemap, known: Iterable[Place], projection: Projection
) -> tuple[Place, ...]:
    """Places the base map names and the gazetteer does not know, without ids.

    Landmarks first, then communities, roads and junctions; at most `MOST_PLACES`.
    """
    taken = _Taken()
    for place in known:
        for name in place.names:
            taken.add(name, *projection.point_to_metres(place.at))
    made: list[Place] = []
    for kind, name, aliases, east_m, north_m in _found(basemap):
        if len(made) >= MOST_PLACES:
            break
        if taken.has(name, east_m, north_m):
            continue
        taken.add(name, east_m, north_m)
        at = projection.point_to_degrees(east_m, north_m)
        if is_in_thailand(at):
            made.append(Place("", kind, name, "", aliases, at, basemap.sample))
    return tuple(made)


class _Taken:
    """Which names stand where already."""

    def __init__(self) -> None:
        self._places: dict[str, list[tuple[float, float]]] = {}

    def add(self, name: str, east_m: float, north_m: float) -> None:
        self._places.setdefault(_key(name), []).append((east_m, north_m))

    def has(self, name: str, east_m: float, north_m: float) -> bool:
        return any(
            np.hypot(east_m - east, north_m - north) <= _SAME_M
            for east, north in self._places.get(_key(name), ())
        )


def _found(basemap: Basemap) -> Iterator[_Found]:
    communities: list[_Found] = []
    for name, east_m, north_m in _named_points(basemap):
        if name.startswith(_COMMUNITY_WORDS):
            communities.append((PlaceKind.COMMUNITY, name, (), east_m, north_m))
        else:
            yield PlaceKind.LANDMARK, name, (), east_m, north_m
    yield from communities
    roads = _named_roads(basemap, ROADS)
    for name, line in roads.items():
        east_m, north_m = _middle(line)
        yield PlaceKind.ROAD, name, _shortened(name), east_m, north_m
    yield from _junctions(_named_roads(basemap, _JUNCTION_ROADS))


def _named_points(basemap: Basemap) -> Iterator[tuple[str, float, float]]:
    for point in basemap.points:
        yield point.name, point.east_m, point.north_m
    group = basemap.features.get(GroundKind.LANDMARK_BUILDING)
    if group is not None:
        middles = shapely.get_coordinates(shapely.point_on_surface(group.shapes)).tolist()
        for name, (east_m, north_m) in zip(group.names, middles, strict=True):
            if name:
                yield name, east_m, north_m


def _named_roads(basemap: Basemap, kinds: Sequence[GroundKind]) -> dict[str, Any]:
    """Each named road's pieces as one shape, by name, the largest roads first."""
    pieces: dict[str, list[Any]] = {}
    for kind in kinds:
        group = basemap.features.get(kind)
        if group is not None:
            for name, shape in zip(group.names, group.shapes, strict=True):
                if name:
                    pieces.setdefault(name, []).append(shape)
    return {name: shapely.union_all(found) for name, found in pieces.items()}


def _junctions(roads: dict[str, Any]) -> Iterator[_Found]:
    """Where two named roads meet; crossings of the same two close together are one."""
    names = list(roads)
    lines = np.array([roads[name] for name in names], dtype=object)
    if not len(lines):
        return
    first, second = shapely.STRtree(lines).query(lines, predicate="intersects")
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        if one >= other:
            continue
        met: list[Any] = []
        for place in shapely.get_coordinates(shapely.intersection(lines[one], lines[other])):
            if all(np.hypot(*(place - there)) > _ONE_JUNCTION_M for there in met):
                met.append(place)
        a, b = names[one], names[other]
        for place in met:
            aliases = (f"{a} ตัด {b}", f"{b} ตัด {a}")
            east_m, north_m = place.tolist()
            yield PlaceKind.JUNCTION, f"แยก{a}–{b}", aliases, east_m, north_m


def _middle(line: Any) -> tuple[float, float]:
    """Half way along the road's longest stretch."""
    parts = shapely.get_parts(shapely.line_merge(line) if line.geom_type != "LineString" else line)
    longest = max(parts, key=shapely.length)
    middle = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    return float(middle.x), float(middle.y)


def _shortened(name: str) -> tuple[str, ...]:
    """`ถนนสำราญ` is typed `ถ.สำราญ`, too."""
    return tuple(name.replace(whole, short, 1) for whole, short in _SHORT if name.startswith(whole))


def _key(name: str) -> str:
    return "".join(normalise(name).split())
