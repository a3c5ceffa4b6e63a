"""What the benchmarks take for a window, a picture, a settled map; on screens made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.screen import HEIGHT_PX, WIDTH_PX, Pixels
from benchmarks.what_shows import (
    CLOCK_AND_OFFICER,
    PICTURES,
    RAIL,
    STATION_NAME,
    Box,
    ever_moved,
    filled_at,
    is_console,
    is_covered,
    is_empty,
    is_picture,
    settled_at,
)

LETTERED = (STATION_NAME, CLOCK_AND_OFFICER, *RAIL)


def screen(shade: int) -> Pixels:
    """A screen of one grey."""
    return np.full((HEIGHT_PX, WIDTH_PX, 4), shade, np.uint8)


def write_in(pixels: Pixels, box: Box) -> None:
    """Thin bright strokes in the middle of a box, as letters have."""
    pixels[box.top + 12 : box.bottom - 12, box.left + 10 : box.right - 10 : 5, :3] = 230


def console() -> Pixels:
    pixels = screen(20)
    for box in LETTERED:
        write_in(pixels, box)
    return pixels


def test_a_white_screen_is_empty_and_no_window() -> None:
    assert is_empty(screen(255))
    assert not is_covered(screen(255))
    assert not is_console(screen(255))


def test_a_dark_window_without_letters_covers_the_screen_and_is_no_console() -> None:
    assert is_covered(screen(20))
    assert not is_console(screen(20))


def test_a_window_with_all_its_letters_is_the_console() -> None:
    assert is_console(console())


@pytest.mark.parametrize("missing", range(len(LETTERED)))
def test_a_window_that_lacks_one_word_is_not_painted_yet(missing: int) -> None:
    pixels = console()
    LETTERED[missing].of(pixels)[:] = 20
    assert not is_console(pixels)


@pytest.mark.parametrize("shade", [130, 255])
def test_a_bright_block_is_not_writing(shade: int) -> None:
    pixels = console()
    RAIL[2].of(pixels)[:] = shade
    assert not is_console(pixels)


def test_a_window_over_half_the_screen_is_not_painted_yet() -> None:
    pixels = console()
    pixels[450:] = 255
    assert not is_console(pixels)


def test_words_on_a_dark_tile_are_no_camera_picture_and_a_street_is() -> None:
    pixels = screen(8)
    tile = PICTURES[3]
    write_in(pixels, tile)
    assert not is_picture(tile.of(pixels))
    noise = np.random.default_rng(1).integers(0, 256, tile.of(pixels).shape, np.uint8)
    tile.of(pixels)[:] = noise
    assert is_picture(tile.of(pixels))


def test_a_map_is_settled_when_it_shows_for_good_what_it_shows_at_the_end() -> None:
    rng = np.random.default_rng(2)
    sharp = rng.integers(0, 200, (100, 100), np.uint8)
    other = rng.integers(0, 200, (100, 100), np.uint8)
    blank = np.full((100, 100), 20, np.uint8)
    assert settled_at([(1.0, blank), (2.0, sharp), (3.0, sharp)]) == 2.0
    assert settled_at([(1.0, sharp), (2.0, other), (3.0, sharp)]) == 3.0
    assert settled_at([(1.0, blank), (2.0, blank)]) is None


def test_a_table_is_filled_when_nearly_all_its_letters_are_there() -> None:
    full = np.zeros((200, 200), np.uint8)
    full[::3, ::4] = 230
    half = full.copy()
    half[100:] = 0
    assert filled_at([(1.0, half), (2.0, full), (3.0, full)]) == 2.0
    assert filled_at([(1.0, np.zeros_like(full))]) is None


def test_a_clock_that_stands_still_never_moved() -> None:
    before = np.zeros((22, 180), np.uint8)
    after = before.copy()
    after[5:15, 60:64] = 230
    assert not ever_moved([(1.0, before), (2.0, before)])
    assert ever_moved([(1.0, before), (2.0, after)])
