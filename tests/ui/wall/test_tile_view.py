"""Digital zoom: what the pointer points at stays there, and nothing beside the picture is seen."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.wall.tile_view import LARGEST_SCALE, WHOLE, TileView, TileViews

FRACTION = st.floats(0.0, 1.0)
NOTCHES = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(0.2, 5.0), FRACTION, FRACTION),
        st.tuples(st.just("move"), st.floats(-2, 2), st.floats(-2, 2), st.just(0.0)),
    ),
    max_size=30,
)


@given(NOTCHES)
def test_however_it_is_turned_and_pulled_the_part_lies_inside_the_picture(
    acts: list[tuple[str, float, float, float]],
) -> None:
    view = WHOLE
    for what, a, b, c in acts:
        view = view.zoomed(a, b, c) if what == "zoom" else view.moved(a, b)
        left, top, side = view.part
        assert 1.0 <= view.scale <= LARGEST_SCALE
        assert left >= -1e-9 and top >= -1e-9
        assert left + side <= 1 + 1e-9 and top + side <= 1 + 1e-9
        assert view.scale <= view.detail < 2 * view.scale


@given(scale=st.floats(2.0, 4.0), x=FRACTION, y=FRACTION, factor=st.floats(1.0, 2.0))
def test_what_the_pointer_points_at_stays_under_it(
    scale: float, x: float, y: float, factor: float
) -> None:
    before = TileView(scale, 0.5, 0.5)
    after = before.zoomed(factor, x, y)
    for at, start, end in ((x, before.part.left, after.part.left),
                           (y, before.part.top, after.part.top)):  # fmt: skip
        assert math.isclose(start + at * before.part.side, end + at * after.part.side, abs_tol=1e-9)


def test_the_whole_picture_has_nothing_farther_and_cannot_be_pulled() -> None:
    assert WHOLE.zoomed(0.5, 0.1, 0.9) == WHOLE
    assert WHOLE.moved(0.3, -0.3) == WHOLE
    assert TileView(1.01, 0.2, 0.2) == WHOLE, "nearly whole is whole"


def test_as_far_out_as_in_is_the_whole_picture_again() -> None:
    view = WHOLE
    for _ in range(6):
        view = view.zoomed(1.25, 0.9, 0.1)
    for _ in range(6):
        view = view.zoomed(1 / 1.25, 0.2, 0.7)
    assert view == WHOLE


def test_a_view_stays_with_its_camera_and_comes_back_at_the_next_start() -> None:
    views, near = TileViews(), TileView(2.4, 0.3, 0.6)
    views.keep("C01", near)
    views.keep("C02", near)
    views.keep("C02", WHOLE)
    again = TileViews()
    again.restore(views.stored())
    assert again.of("C01") == near
    assert again.of("C02") == again.of("C99") == WHOLE
    assert list(views.stored()) == ["C01"], "what is whole need not be remembered"


@pytest.mark.parametrize(
    "numbers", [(math.nan, 0.5, 0.5), (math.inf, 0.5, 0.5), (2.0, math.nan, -math.inf), (-3, 9, 9)]
)
def test_remembered_numbers_that_make_no_sense_are_made_to(
    numbers: tuple[float, float, float],
) -> None:
    view = TileView(*numbers)
    left, top, side = view.part
    assert 0 <= left <= left + side <= 1 and 0 <= top <= top + side <= 1
