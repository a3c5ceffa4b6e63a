"""Says what a screen shows, from its pixels alone. Knows the design's measures, not the program.

The boxes are those of `docs/measurements.md` for a window of 1600 × 900 at text size 100 %:
header 44 px high, rail of six buttons 60 px high, map and cameras above, incidents below.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.screen import Pixels

_WHITE = 255  # the empty screen
_UNCOVERED_MOST = 0.02  # the pointer and white letters are no hole in the window
_BRIGHT, _DARK = 120, 80  # green of letters and of the grounds they stand on (dark theme)
_LETTERS_MOST = 0.4  # more than this is a filled area, not writing
_COLOURS_OF_A_PICTURE = 300  # letters on a plain tile have some 60 shades, a street thousands
_MOVED_LEAST = 0.005
_SAME_MOST = 0.02
_FILLED_LEAST = 0.9
_ROWS_EDGES = 2000  # strokes in a table with at least some rows

Shades: TypeAlias = NDArray[np.uint8]
"""The green channel of a part of the screen: brightness enough, and a quarter of the memory."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the screen, in pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, pixels: Pixels) -> Pixels:
        """The part, not copied."""
        return pixels[self.top : self.bottom, self.left : self.right]

    def shades(self, pixels: Pixels) -> Shades:
        """A copy of its brightness, every second pixel of every second line."""
        return self.of(pixels)[::2, ::2, 1].copy()


STATION_NAME = Box(0, 0, 270, 44)
CLOCK_AND_OFFICER = Box(1240, 0, 1600, 44)
RAIL = tuple(Box(4, 44 + 60 * row, 56, 104 + 60 * row) for row in range(6))
MAP = Box(70, 90, 630, 550)
INCIDENTS = Box(70, 625, 980, 860)
_LETTERED = {STATION_NAME: 150, CLOCK_AND_OFFICER: 150} | dict.fromkeys(RAIL, 60)


def _picture_boxes() -> tuple[Box, ...]:
    """The middle of the first eight tiles of the layout 4 × 3."""
    left, top, width, height = 652, 84, 236, 158
    return tuple(
        Box(
            left + column * width + 40,
            top + row * height + 25,
            left + column * width + 196,
            top + row * height + 110,
        )
        for row in range(2)
        for column in range(4)
    )


PICTURES = _picture_boxes()


def is_empty(pixels: Pixels) -> bool:
    """Whether the screen shows nothing but its own white."""
    return _white_share(pixels) > 1 - _UNCOVERED_MOST


def is_covered(pixels: Pixels) -> bool:
    """Whether a window covers the whole screen with a ground of its own."""
    return _white_share(pixels) < _UNCOVERED_MOST


def _white_share(pixels: Pixels) -> float:
    some = pixels[::8, ::8, :3]
    return float((some == _WHITE).all(axis=2).mean())


def is_console(pixels: Pixels) -> bool:
    """Whether the console's window is painted: ground, station, clock and six lettered places."""
    return is_covered(pixels) and all(
        shows_letters(box.of(pixels), strokes) for box, strokes in _LETTERED.items()
    )


def shows_letters(part: Pixels, strokes_least: int) -> bool:
    """Whether there is writing: thin bright strokes on a dark ground, neither blank nor filled."""
    shades = part[:, :, 1]
    bright = shades >= _BRIGHT
    dark_share = float((shades <= _DARK).mean())
    return (
        strokes(bright) >= strokes_least
        and float(bright.mean()) <= _LETTERS_MOST
        and dark_share >= 1 - _LETTERS_MOST - 0.1
    )


def strokes(bright: NDArray[np.bool_]) -> int:
    """How often, going along the lines, bright begins or ends."""
    return int(np.count_nonzero(bright[:, 1:] != bright[:, :-1]))


def is_picture(part: Pixels) -> bool:
    """Whether a tile shows a camera's picture and not words on a plain ground."""
    some = np.ascontiguousarray(part[::2, ::2]).view(np.uint32)
    return len(np.unique(some & 0xFFFFFF)) >= _COLOURS_OF_A_PICTURE


def has_moved(before: Shades, after: Shades) -> bool:
    """Whether something in this part of the screen is another than before."""
    return _difference(before, after) > _MOVED_LEAST


def _difference(before: Shades, after: Shades) -> float:
    return float((np.abs(before.astype(np.int16) - after) > 12).mean())


def settled_at(history: list[tuple[float, Shades]]) -> float | None:
    """From when on this part showed what it shows at the end; None if that is a plain ground."""
    last = history[-1][1]
    if len(np.unique(last)) < 8:
        return None
    settled: float | None = None
    for at_ms, shades in history:
        if _difference(shades, last) > _SAME_MOST:
            settled = None
        elif settled is None:
            settled = at_ms
    return settled


def filled_at(history: list[tuple[float, Shades]]) -> float | None:
    """When this part first held nine tenths of its last strokes; None if those are no table."""
    last = strokes(history[-1][1] >= _BRIGHT)
    if last < _ROWS_EDGES:
        return None
    enough = last * _FILLED_LEAST
    return next((at for at, shades in history if strokes(shades >= _BRIGHT) >= enough), None)


def ever_moved(history: list[tuple[float, Shades]]) -> bool:
    """Whether anything in this part changed while it was watched."""
    return any(has_moved(before, after) for (_, before), (_, after) in pairwise(history))
