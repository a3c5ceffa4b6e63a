"""What a camera sees, against an independent oracle: shadows subtracted by shapely."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate

from app.geo.coverage import field_of_view, is_hidden
from app.geo.walls import NO_WALLS, Walls

AT = (470_000.0, 1_829_000.0)


def houses(*corners: tuple[float, float, float, float]) -> Walls:
    """Boxes given from the camera, in metres east and north."""
    shapes = [shapely.box(AT[0] + w, AT[1] + s, AT[0] + e, AT[1] + n) for w, s, e, n in corners]
    return Walls.of_buildings(np.array(shapes, dtype=object))


def seen(
    walls: Walls, bearing_deg: float = 0.0, angle_deg: float = 70.0, range_m: float = 60.0
) -> shapely.Polygon:
    polygon = shapely.Polygon(field_of_view(*AT, bearing_deg, angle_deg, range_m, walls))
    assert polygon.is_valid
    return polygon


def oracle(walls: Walls, bearing_deg: float, angle_deg: float, range_m: float) -> shapely.Geometry:
    """A fine wedge minus, for each wall, the quadrilateral of its shadow."""
    angles = np.radians(bearing_deg + np.linspace(-angle_deg / 2, angle_deg / 2, 2000))
    rim = np.column_stack((np.sin(angles), np.cos(angles))) * range_m + AT
    left = shapely.Polygon([AT, *rim])
    shadows = []
    for x1, y1, x2, y2 in walls.segments:
        far = [(x2 + (x2 - AT[0]) * 1e4, y2 + (y2 - AT[1]) * 1e4),
               (x1 + (x1 - AT[0]) * 1e4, y1 + (y1 - AT[1]) * 1e4)]  # fmt: skip
        shadow = shapely.Polygon([(x1, y1), (x2, y2), *far])
        if shadow.area > 0:
            shadows.append(shadow.buffer(0))
    return left.difference(shapely.union_all(shadows))


def test_with_nothing_in_the_way_the_view_is_a_whole_wedge() -> None:
    view = seen(NO_WALLS, bearing_deg=90.0, angle_deg=60.0, range_m=50.0)
    assert view.area == pytest.approx(math.pi * 50**2 / 6, rel=0.001)
    assert view.contains(shapely.Point(AT[0] + 49, AT[1]))
    assert not view.contains(shapely.Point(AT[0] - 1, AT[1]))


def test_a_house_hides_what_stands_behind_it_and_nothing_beside_it() -> None:
    view = seen(houses((-5, 20, 5, 30)))
    assert view.contains(shapely.Point(AT[0], AT[1] + 19))
    assert not view.intersects(shapely.Point(AT[0], AT[1] + 40))
    assert view.contains(shapely.Point(AT[0] + 15, AT[1] + 40))


def test_a_camera_on_a_house_looks_out_over_its_own_wall() -> None:
    view = seen(houses((-5, -8, 5, 0.4)))
    assert view.area == pytest.approx(seen(NO_WALLS).area)


def test_a_camera_that_sees_all_round_has_no_seam() -> None:
    view = seen(NO_WALLS, angle_deg=360.0, range_m=30.0)
    assert view.area == pytest.approx(math.pi * 30**2, rel=0.002)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_view_is_the_wedge_less_the_shadows(data: st.DataObject) -> None:
    place = st.floats(-70, 70)
    size = st.floats(3, 20)
    house = st.tuples(place, place, size, size, st.floats(0, 90))
    found = data.draw(st.lists(house, max_size=12))
    shapes = [
        rotate(shapely.box(AT[0] + x, AT[1] + y, AT[0] + x + w, AT[1] + y + h), turn)
        for x, y, w, h, turn in found
    ]
    shapes = [shape for shape in shapes if shape.distance(shapely.Point(AT)) > 1.0]
    walls = Walls.of_buildings(np.array(shapes, dtype=object))
    bearing = data.draw(st.floats(0, 360))
    angle = data.draw(st.floats(20, 120))
    view = shapely.Polygon(field_of_view(*AT, bearing, angle, 60.0, walls)).buffer(0)
    right = oracle(walls, bearing, angle, 60.0)
    assert view.symmetric_difference(right).area <= 0.01 * right.area + 0.5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-40, 40), st.floats(5, 80), st.floats(2, 15)), max_size=10),
    st.floats(-30, 30), st.floats(10, 90),
)  # fmt: skip
def test_a_place_is_hidden_exactly_when_the_line_to_it_meets_a_house(
    found: list[tuple[float, float, float]], east: float, north: float
) -> None:
    walls = houses(*((x, y, x + size, y + size) for x, y, size in found))
    target = (AT[0] + east, AT[1] + north)
    line = shapely.LineString([AT, target])
    here, there = shapely.Point(AT), shapely.Point(target)
    hidden = False
    for house in walls.buildings:
        if house.contains(here) or house.contains(there):
            continue
        depth = line.intersection(house).length
        if min(house.distance(here), house.distance(there)) < 0.1 or 0 < depth < 0.01:
            return  # on a wall's face or grazing a corner two ways of counting may differ
        if 0 < house.distance(line) < 0.01:
            return
        hidden = hidden or depth > 0
    assert is_hidden(AT, target, walls) == hidden


def test_what_happens_inside_a_house_is_shown_by_the_camera_that_sees_the_house() -> None:
    walls = houses((-5, 20, 5, 30), (-5, 40, 5, 50))
    assert not is_hidden(AT, (AT[0], AT[1] + 25), walls)
    assert is_hidden(AT, (AT[0], AT[1] + 45), walls)


def test_a_wall_drawn_by_hand_hides_like_a_house() -> None:
    line = np.array([(AT[0] - 5, AT[1] + 20), (AT[0] + 5, AT[1] + 20)])
    walls = Walls.of(houses((30, 10, 40, 20)).buildings, [line])
    assert len(walls.segments) == 5
    assert is_hidden(AT, (AT[0], AT[1] + 40), walls)
    assert not is_hidden(AT, (AT[0], AT[1] + 15), walls)
    assert not seen(walls).intersects(shapely.Point(AT[0], AT[1] + 40))


def test_what_stands_indoors_sees_no_further_than_its_walls() -> None:
    walls = houses((-5, -5, 5, 5))
    assert is_hidden(AT, (AT[0], AT[1] + 20), walls, indoor=True)
    assert not is_hidden(AT, (AT[0], AT[1] + 4), walls, indoor=True)
    assert not is_hidden(AT, (AT[0], AT[1] + 20), walls)
    view = shapely.Polygon(field_of_view(*AT, 0.0, 70.0, 60.0, walls, indoor=True))
    assert shapely.box(AT[0] - 5, AT[1] - 5, AT[0] + 5, AT[1] + 5).buffer(0.01).contains(view)
