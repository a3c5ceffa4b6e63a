"""Where the pages of a paper lie in the preview. Plain numbers; knows no Qt and no picture.

Zoom 1.0 is the paper's own size on a screen of 96 dots an inch. Lengths in logical pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PX_PER_MM = 96 / 25.4
LEAST_ZOOM, MOST_ZOOM = 0.25, 8.0
ZOOM_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
GAP_PX = 14.0
_ROOM_PX = 16.0  # round all of them

SizeMm = tuple[float, float]


class ViewMode(StrEnum):
    """How pages are fitted to the window."""

    ONE = "one"
    TWO = "two"
    WIDTH = "width"


@dataclass(frozen=True, slots=True)
class PageBox:
    """Where one page lies; `number` from 0."""

    number: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """All pages, and the size of the whole."""

    boxes: tuple[PageBox, ...]
    width: float
    height: float

    def page_at(self, top: float) -> int:
        """The first page that reaches below this height; 0 where there is none."""
        return next((one.number for one in self.boxes if one.top + one.height > top), 0)


def columns_of(mode: ViewMode, count: int) -> int:
    """How many pages lie side by side."""
    return min(2, max(1, count)) if mode is ViewMode.TWO else 1


def lay_out(sizes: Sequence[SizeMm], zoom: float, columns: int) -> PageLayout:
    """Rows of pages, each page centred in its row."""
    boxes: list[PageBox] = []
    rows = [range(at, min(at + columns, len(sizes))) for at in range(0, len(sizes), columns)]
    widths = [sum(sizes[n][0] * PX_PER_MM * zoom for n in row) for row in rows]
    widths = [width + GAP_PX * (len(row) - 1) for width, row in zip(widths, rows, strict=True)]
    widest = max(widths, default=0.0)
    top = _ROOM_PX
    for row, width in zip(rows, widths, strict=True):
        left = _ROOM_PX + (widest - width) / 2
        tallest = 0.0
        for number in row:
            across, down = (side * PX_PER_MM * zoom for side in sizes[number])
            boxes.append(PageBox(number, left, top, across, down))
            left += across + GAP_PX
            tallest = max(tallest, down)
        top += tallest + GAP_PX
    height = top - GAP_PX + _ROOM_PX if boxes else 0.0
    return PageLayout(tuple(boxes), widest + 2 * _ROOM_PX if boxes else 0.0, height)


def fitting_zoom(
    sizes: Sequence[SizeMm], mode: ViewMode, width_px: float, height_px: float
) -> float:
    """The zoom at which the largest page (or two side by side) fits into a view of this size."""
    if not sizes:
        return 1.0
    columns = columns_of(mode, len(sizes))
    across = max(size[0] for size in sizes) * PX_PER_MM * columns
    room = max(1.0, width_px - 2 * _ROOM_PX - GAP_PX * (columns - 1))
    zoom = room / across
    if mode is not ViewMode.WIDTH:
        down = max(size[1] for size in sizes) * PX_PER_MM
        zoom = min(zoom, max(1.0, height_px - 2 * _ROOM_PX) / down)
    return within(zoom)


def within(zoom: float) -> float:
    """Between the least and the most."""
    return min(MOST_ZOOM, max(LEAST_ZOOM, zoom))


def next_zoom(zoom: float, by: int) -> float:
    """The next larger (`by` 1) or smaller (−1) of the round steps."""
    if by > 0:
        return next((step for step in ZOOM_STEPS if step > zoom * 1.001), MOST_ZOOM)
    return next((step for step in reversed(ZOOM_STEPS) if step < zoom * 0.999), LEAST_ZOOM)
