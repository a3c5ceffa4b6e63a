"""Where pages lie and how they are fitted: the paper's own size at 100 %, nothing beyond it."""

from __future__ import annotations

import pytest

from app.ui.papers.page_layout import (
    LEAST_ZOOM,
    MOST_ZOOM,
    PX_PER_MM,
    ViewMode,
    columns_of,
    fitting_zoom,
    lay_out,
    next_zoom,
)

A4 = (210.0, 297.0)
A3 = (420.0, 297.0)


def test_a_hundred_percent_is_the_papers_own_size() -> None:
    (box,) = lay_out([A4], 1.0, 1).boxes
    assert (box.width, box.height) == pytest.approx((210 * 96 / 25.4, 297 * 96 / 25.4))


def test_two_pages_lie_side_by_side_and_the_third_below() -> None:
    first, second, third = lay_out([A4, A4, A4], 0.5, 2).boxes
    assert first.top == second.top and second.left >= first.left + first.width
    assert third.top >= first.top + first.height
    assert first.left < third.left < second.left, "alone it stands in the middle"


@pytest.mark.parametrize("mode", list(ViewMode))
@pytest.mark.parametrize("sizes", [[A4], [A4, A4], [A3, A4, A3]])
def test_what_is_fitted_fits(mode: ViewMode, sizes: list[tuple[float, float]]) -> None:
    zoom = fitting_zoom(sizes, mode, 1000, 700)
    made = lay_out(sizes, zoom, columns_of(mode, len(sizes)))
    assert made.width <= 1000.5
    if mode is not ViewMode.WIDTH:
        assert max(box.height for box in made.boxes) <= 700
    else:
        widest = max(box.width for box in made.boxes)
        assert widest == pytest.approx(max(w for w, _ in sizes) * PX_PER_MM * zoom)


def test_one_page_alone_is_not_laid_out_for_two() -> None:
    assert columns_of(ViewMode.TWO, 1) == 1
    assert columns_of(ViewMode.TWO, 2) == 2
    assert columns_of(ViewMode.ONE, 9) == 1


def test_zoom_goes_in_round_steps_and_never_out_of_its_bounds() -> None:
    assert next_zoom(0.54, 1) == 0.67
    assert next_zoom(1.0, 1) == 1.25
    assert next_zoom(1.0, -1) == 0.9
    assert next_zoom(MOST_ZOOM, 1) == MOST_ZOOM
    assert next_zoom(LEAST_ZOOM, -1) == LEAST_ZOOM
    assert fitting_zoom([A4], ViewMode.ONE, 1, 1) == LEAST_ZOOM
    assert fitting_zoom([A4], ViewMode.WIDTH, 1e6, 1e6) == MOST_ZOOM


def test_nothing_to_show_takes_no_room() -> None:
    made = lay_out([], 1.0, 2)
    assert (made.boxes, made.width, made.height) == ((), 0.0, 0.0)
    assert made.page_at(100.0) == 0
