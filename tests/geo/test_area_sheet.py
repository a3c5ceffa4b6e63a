"""Redrawing areas: neighbours keep their common border, nothing is lost, every step can go back."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from app.geo.area_checks import trouble_with
from app.geo.area_history import History
from app.geo.area_sheet import Sheet
from app.geo.basemap import Basemap, Features, GroundKind
from app.geo.snapping import SnapKind, Snapper

LEFT = shapely.box(0, 0, 100, 100)
RIGHT = shapely.box(100, 0, 200, 100)
BELOW = shapely.box(50, -100, 150, 0)  # its upper side has no corner where LEFT and RIGHT meet


def sheet() -> Sheet:
    return Sheet.of([("left", LEFT), ("right", RIGHT), ("below", BELOW)])


def corner_at(drawn: Sheet, x_m: float, y_m: float) -> int:
    away = np.hypot(*(drawn.corners - (x_m, y_m)).T)
    assert away.min() < 0.01
    return int(np.argmin(away))


def test_what_is_put_on_a_sheet_comes_off_it_unchanged() -> None:
    for area_id, shape in (("left", LEFT), ("right", RIGHT), ("below", BELOW)):
        assert shapely.equals(sheet().shape(area_id), shape)


def test_a_shared_corner_moves_in_all_three_areas() -> None:
    drawn = sheet()
    corner = corner_at(drawn, 100, 0)
    assert set(drawn.users(corner)) == {"left", "right", "below"}
    moved = drawn.moved(corner, 110, 20)
    shapes = [moved.shape(area_id) for area_id in ("left", "right", "below")]
    assert all(shapely.intersects_xy(shapely.boundary(shape), 110, 20) for shape in shapes)
    overlap = sum(
        shapely.intersection(one, other).area
        for at, one in enumerate(shapes)
        for other in shapes[at + 1 :]
    )
    assert overlap == pytest.approx(0, abs=1e-6)
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(shapely.union_all([LEFT, RIGHT, BELOW]).area)


def test_a_corner_put_into_a_shared_side_is_shared() -> None:
    drawn = sheet()
    ends = corner_at(drawn, 100, 0), corner_at(drawn, 100, 100)
    with_corner, number = drawn.inserted(*ends, 100, 40)
    assert set(with_corner.users(number)) == {"left", "right"}
    assert with_corner.shape("left").area == pytest.approx(LEFT.area)
    back = with_corner.deleted(number)
    assert shapely.equals(back.shape("left"), LEFT)


def test_an_area_keeps_three_corners() -> None:
    drawn = Sheet.of([("one", shapely.Polygon([(0, 0), (10, 0), (0, 10)]))])
    with pytest.raises(ValueError, match="three corners"):
        drawn.deleted(0)


def test_a_split_makes_two_that_are_the_whole() -> None:
    drawn = sheet().split("left", np.array([[30.0, -10.0], [60.0, 110.0]]), "new")
    both = shapely.union(drawn.shape("left"), drawn.shape("new"))
    assert both.area == pytest.approx(LEFT.area)
    assert drawn.shape("left").area >= drawn.shape("new").area
    assert shapely.intersection(drawn.shape("left"), drawn.shape("new")).area < 1e-6
    with pytest.raises(ValueError, match="go through"):
        sheet().split("left", np.array([[30.0, 20.0], [60.0, 80.0]]), "new")


def test_two_become_one() -> None:
    drawn = sheet().merged("left", "right")
    assert shapely.equals(drawn.shape("left"), shapely.box(0, 0, 200, 100))
    with pytest.raises(KeyError):
        drawn.outline("right")


def test_a_hole_and_a_part_that_lies_apart() -> None:
    drawn = sheet().with_hole("left", np.array([[20.0, 20], [40, 20], [40, 40], [20, 40]]))
    assert drawn.shape("left").area == pytest.approx(LEFT.area - 400)
    apart = drawn.with_part("left", np.array([[0.0, 200], [10, 200], [10, 210], [0, 210]]))
    assert apart.shape("left").geom_type == "MultiPolygon"
    assert apart.shape("left").area == pytest.approx(LEFT.area - 300)
    with pytest.raises(ValueError, match="nothing is left"):
        sheet().with_hole("left", np.array([[-1.0, -1], [101, -1], [101, 101], [-1, 101]]))


@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(-5e3, 5e3), st.floats(-5e3, 5e3)), max_size=12)
)
def test_every_step_goes_back_and_forward_again(steps: list[tuple[int, float, float]]) -> None:
    history = History(sheet())
    seen = [history.present]
    for corner, x_m, y_m in steps:
        history.add(history.present.moved(corner, x_m, y_m))
        seen.append(history.present)
    for state in reversed(seen):
        assert history.present is state
        history.undo()
    for state in seen[1:]:
        history.redo()
        assert history.present is state
    assert not history.can_redo


def test_a_shape_that_crosses_itself_is_told_with_its_place_and_a_repair() -> None:
    bow = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    trouble = trouble_with(bow)
    assert trouble is not None
    assert trouble.at_m == pytest.approx((50, 50))
    assert trouble.repaired is not None
    assert trouble_with(trouble.repaired) is None
    assert trouble.repaired.area == pytest.approx(5000)
    assert trouble_with(LEFT) is None


def roads() -> Basemap:
    shapes = np.empty(2, dtype=object)
    shapes[:] = [
        shapely.LineString([(0, 50), (300, 50)]),
        shapely.LineString([(150, 0), (150, 300)]),
    ]
    return Basemap(32648, {GroundKind.ROAD_2: Features(("ถนนเมืองใหม่", "ถนนสองนางสถิตย์"), shapes)})


def test_a_corner_is_preferred_to_a_crossing_a_crossing_to_a_side_a_side_to_a_road() -> None:
    snapper = Snapper([np.array([[0.0, 0], [100, 0], [100, 100], [0, 100]])], roads())
    found = {
        at: snapper.at(*at, 6.0) for at in ((99.0, 2.0), (152.0, 53.0), (40.0, 3.0), (200.0, 47.0))
    }
    kinds = [snap.kind if snap else None for snap in found.values()]
    assert kinds == [SnapKind.CORNER, SnapKind.JUNCTION, SnapKind.SIDE, SnapKind.ROAD]
    crossing = found[(152.0, 53.0)]
    assert crossing is not None
    assert (crossing.x_m, crossing.y_m) == pytest.approx((150, 50))
    assert set(crossing.names) == {"ถนนเมืองใหม่", "ถนนสองนางสถิตย์"}
    assert snapper.at(260, 200, 6.0) is None
    assert Snapper([], None).at(0, 0, 5) is None
