"""What a privacy mask hides: all of it, at any size, whatever was drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely import Point, Polygon

from app.cameras.masks import PrivacyMask
from app.video.mask_stencil import MaskStencil
from app.video.picture import Size

BLACK = (0, 0, 0, 255)
sizes = st.builds(Size, st.integers(1, 90), st.integers(1, 60))
shares = st.floats(0, 1, allow_nan=False, width=32)
corners = st.lists(st.tuples(shares, shares), min_size=3, max_size=7, unique=True)


def white(size: Size) -> NDArray[np.uint8]:
    return np.full((size.height_px, size.width_px, 4), 255, np.uint8)


def masked(size: Size, *masks: PrivacyMask) -> NDArray[np.uint8]:
    pixels = white(size)
    MaskStencil(masks, size).blacken(pixels)
    return pixels


def is_black(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((pixels == BLACK).all(axis=2))


@given(size=sizes, drawn=corners)
@settings(max_examples=60, deadline=None)
def test_every_pixel_whose_centre_lies_in_a_mask_is_black(
    size: Size, drawn: list[tuple[float, float]]
) -> None:
    width, height = size
    outline = Polygon([(x * width, y * height) for x, y in drawn])
    black = is_black(masked(size, PrivacyMask(tuple(drawn))))
    if not outline.is_valid:  # crosses itself: even-odd would be less, not more, than we blacken
        outline = outline.buffer(0)
    for row in range(height):
        for column in range(width):
            if outline.contains(Point(column + 0.5, row + 0.5)):
                assert black[row, column], (row, column)


@given(size=sizes, drawn=corners)
@settings(max_examples=60, deadline=None)
def test_what_lies_away_from_a_mask_is_left_as_it_was(
    size: Size, drawn: list[tuple[float, float]]
) -> None:
    width, height = size
    points = [(x * width, y * height) for x, y in drawn]
    around = Polygon(points).convex_hull.buffer(2 * math.sqrt(2))
    pixels = masked(size, PrivacyMask(tuple(drawn)))
    for row in range(height):
        for column in range(width):
            if not around.contains(Point(column + 0.5, row + 0.5)):
                assert (pixels[row, column] == 255).all(), (row, column)


def test_the_edge_of_a_mask_is_grown_so_that_nothing_shines_through() -> None:
    half = PrivacyMask(((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)))
    black = is_black(masked(Size(40, 40), half))
    assert black[9:31, 9:31].all()
    assert not black[:8].any()
    assert not black[:, 32:].any()


def test_a_mask_thinner_than_a_pixel_still_hides_what_it_covers() -> None:
    thin = PrivacyMask(((0.1, 0.51), (0.9, 0.51), (0.9, 0.512), (0.1, 0.512)))
    assert is_black(masked(Size(20, 10), thin))[5, 2:18].all()


def test_a_mask_that_crosses_itself_hides_what_it_encloses_twice() -> None:
    """A five-pointed star: its middle is enclosed twice, and even-odd would leave it open."""
    star = [(0.5 + 0.5 * math.sin(turn), 0.5 - 0.5 * math.cos(turn)) for turn in _fifths(2)]
    assert is_black(masked(Size(101, 101), PrivacyMask(tuple(star))))[50, 50]


def _fifths(step: int) -> list[float]:
    return [2 * math.pi * step * number / 5 for number in range(5)]


@pytest.mark.parametrize(
    "drawn",
    [
        (),
        ((0.1, 0.1),),
        ((0.1, 0.1), (0.9, 0.9)),
        ((0.1, 0.1), (0.9, 0.9), (0.1, 0.1)),
        ((0.1, 0.1), (0.9, 0.1), (math.nan, 0.9)),
        ((0.1, 0.1), (0.9, 0.1), (1e9, 0.9)),
    ],
)
def test_a_mask_that_is_no_polygon_hides_the_whole_picture(
    drawn: tuple[tuple[float, float], ...],
) -> None:
    assert is_black(masked(Size(16, 9), PrivacyMask(drawn))).all()


def test_two_masks_hide_both_places_and_nothing_between() -> None:
    left = PrivacyMask(((0, 0), (0.2, 0), (0.2, 1), (0, 1)))
    right = PrivacyMask(((0.8, 0), (1, 0), (1, 1), (0.8, 1)))
    black = is_black(masked(Size(50, 20), left, right))
    assert black[:, :10].all()
    assert black[:, 40:].all()
    assert not black[:, 12:38].any()
