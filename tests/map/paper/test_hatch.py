"""The hatch lies inside its areas, keeps their holes free, and misses no stretch of any line."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.map.frame import Frame
from app.map.paper.hatch import hatch_path
from tests.map.oracle import as_shapes

FRAME = Frame(0.0, 0.0, 2.0, 800, 460)
EVERY_PX = 7.0
SHORTEST_PX = 0.3 * 2**0.5
"""A stretch that is shorter is not drawn: it would be a dot."""
ROUNDED_PX = 0.1 * 2**0.5
"""Ends are written with one digit behind the point."""
corners = st.tuples(st.floats(-180, 180), st.floats(-100, 100))


def drawn(*polygons: shapely.Polygon) -> shapely.MultiLineString:
    """The hatch's lines in pixels."""
    path = hatch_path(as_shapes(list(polygons)), FRAME, EVERY_PX)
    points = [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]
    ends = np.array(points).reshape(-1, 2, 2)
    return shapely.multilinestrings(shapely.linestrings(ends))


def by_geos(*polygons: shapely.Polygon) -> np.ndarray[Any, np.dtype[np.float64]]:
    """How long each stretch of a line within the areas is, by shapely's own cutting, in pixels."""
    whole = shapely.transform(shapely.union_all(polygons), FRAME.all_to_px)
    steps = np.arange(-2000, 4000) * EVERY_PX + 1e-6  # a side along a line is in or out, not half
    far = np.full(len(steps), 3000.0)
    feet, heads = np.column_stack((steps - far, far)), np.column_stack((steps + far, -far))
    ends = np.stack((feet, heads), axis=1)
    cut = shapely.intersection(whole, shapely.linestrings(ends))
    return np.asarray(shapely.length(shapely.get_parts(cut)), np.float64)


@settings(max_examples=40, deadline=None)
@given(st.lists(corners, min_size=3, max_size=9))
@example([(0.0, 0.0), (0.0, 15.0), (54.0, 54.0)])  # one side lies along a line
@example([(-26.0, -100.0), (-158.0, 6.0), (-159.0, 0.0)])
def test_it_is_as_long_as_geos_finds(points: list[tuple[float, float]]) -> None:
    whole = shapely.convex_hull(shapely.multipoints(points))
    if whole.geom_type != "Polygon" or whole.area < 400:
        return
    hole = shapely.affinity.scale(whole, 0.5, 0.5)
    holed = whole.difference(hole)
    lines = drawn(holed)
    stretches = by_geos(holed)
    kept = stretches[stretches >= SHORTEST_PX]
    on_the_edge = np.count_nonzero(np.abs(stretches - SHORTEST_PX) < 0.1)
    allowed = 0.5 + ROUNDED_PX * len(kept) + 2 * SHORTEST_PX * on_the_edge
    assert lines.length == pytest.approx(kept.sum(), abs=allowed)
    outside = lines.difference(shapely.transform(holed, FRAME.all_to_px).buffer(0.3))
    assert outside.length < 1


def test_squares_that_touch_are_hatched_as_one() -> None:
    left, right = shapely.box(-50, -40, 0, 40), shapely.box(0, -40, 50, 40)
    both = drawn(left, right)
    assert both.length == pytest.approx(drawn(shapely.box(-50, -40, 50, 40)).length, abs=3)


def test_nothing_to_hatch_is_nothing() -> None:
    path = hatch_path(np.empty(0, dtype=object), FRAME, EVERY_PX)
    assert path.isEmpty()
