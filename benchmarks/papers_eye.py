"""Measures a printed map as somebody with a ruler would: by the pixels of its page at 600 dpi.

Reads the stored PDF with pdfium itself; knows nothing of how the map was drawn, but what a reader
sees: a black frame, a black bar, thin lines from edge to edge, a red mark where it happened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from benchmarks.papers_grid import OnGrid

DPI = 600
MM = DPI / 25.4
"""Pixels a millimetre."""
_BLACK = 110
_SHORTEST_BAR_MM = 8
_ROUND = (10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000)
_INSIDE_MM = 1.2
"""From the frame: its stroke, and what is cut off by it."""
Grey = NDArray[np.uint8]


class UnseenError(Exception):
    """What is to be measured cannot be seen; the message says what."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the map lies on the page, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Measured:
    """`bar_mm` is how long the bar is; lines and the mark in mm from the frame's upper left."""

    bar_mm: float
    mark_mm: tuple[float, float]
    upright_mm: tuple[float, ...]
    level_mm: tuple[float, ...]


def page_pixels(pdf: bytes, number: int, dpi: float = DPI) -> Grey:
    """A page as (height, width, 3), red first."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[number]
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
        pixels: Grey = np.array(bitmap.to_numpy()[:, :, :3])
        bitmap.close()
        page.close()
        return pixels
    finally:
        document.close()


def measure(pixels: Grey) -> Measured:
    """The map on a page. Raises UnseenError."""
    grey: Grey = (pixels.sum(axis=2, dtype=np.uint16) // 3).astype(np.uint8)
    frame = map_frame(grey)
    inset = round(_INSIDE_MM * MM)
    rows = slice(frame.top + inset, frame.bottom - inset)
    columns = slice(frame.left + inset, frame.right - inset)
    inside, colours = grey[rows, columns], pixels[rows, columns].astype(np.int16)
    x, y = _mark(colours)
    return Measured(
        bar_mm=_bar_px(inside) / MM,
        mark_mm=((x + inset) / MM, (y + inset) / MM),
        upright_mm=tuple((at + inset) / MM for at in _lines(inside.T)),
        level_mm=tuple((at + inset) / MM for at in _lines(inside)),
    )


def map_frame(grey: Grey) -> Frame:
    """The outermost black rectangle, at least half the page wide."""
    wide = grey.shape[1] // 2
    level = [
        at for at in np.flatnonzero((grey < _BLACK).sum(axis=1) > wide) if _run(grey[at]) > wide
    ]
    if len(level) < 2 or level[-1] - level[0] < 20 * MM:
        raise UnseenError("no black frame round a map")
    top, bottom = int(level[0]), int(level[-1])
    upright = np.flatnonzero((grey[top:bottom] < _BLACK).mean(axis=0) > 0.97)
    if len(upright) < 2 or upright[-1] - upright[0] < wide:
        raise UnseenError("the map's frame is open at its sides")
    return Frame(int(upright[0]), top, int(upright[-1]), bottom)


def scale_error_pct(measured: Measured, scale: int) -> float:
    """By how much the bar is not as long as it says. It stands for a round number of metres, the
    one that it is nearest to."""
    ratios = [measured.bar_mm / (metres * 1000 / scale) for metres in _ROUND]
    return 100 * min(abs(ratio - 1) for ratio in ratios)


def grid_error_mm(measured: Measured, scale: int, place: OnGrid) -> float:
    """How far the worst line is from where the grid has it, seen from the mark of the place, which
    is known. Raises UnseenError: there are too few lines to say."""
    mm_a_metre = 1000 / scale / place.scale
    upright = [(at - measured.mark_mm[0]) / mm_a_metre + place.east_m for at in measured.upright_mm]
    level = [(measured.mark_mm[1] - at) / mm_a_metre + place.north_m for at in measured.level_mm]
    if len(upright) < 2 or not level:
        raise UnseenError(f"{len(upright)} lines upright and {len(level)} level")
    gaps = np.diff(sorted(upright))
    step = min(_ROUND, key=lambda metres: abs(metres - float(np.median(gaps))))
    missing = [gap for gap in gaps if abs(gap - step) > step / 4]
    if missing:
        raise UnseenError(f"a line is missing: gaps of {[round(float(gap)) for gap in gaps]} m")
    return max(abs(at - step * round(at / step)) * mm_a_metre for at in (*upright, *level))


def _run(line: Grey) -> int:
    """The longest run of black."""
    return _longest(line < _BLACK)[1]


def _longest(black: NDArray[np.bool_]) -> tuple[int, int]:
    """Where the longest run begins, and how long it is."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], black, [False])).astype(np.int8)))
    if not len(edges):
        return 0, 0
    lengths = edges[1::2] - edges[::2]
    best = int(lengths.argmax())
    return int(edges[2 * best]), int(lengths[best])


def _bar_px(inside: Grey) -> float:
    """The longest black level run in the map, its half-covered pixels at both ends counted so."""
    rows = np.flatnonzero((inside < _BLACK).sum(axis=1) > _SHORTEST_BAR_MM * MM)
    runs = [(*_longest(inside[at] < _BLACK), at) for at in rows]
    longest = max((length for _, length, _ in runs), default=0)
    if longest < _SHORTEST_BAR_MM * MM:
        raise UnseenError("no black bar in the map")
    bar = [one for one in runs if one[1] >= longest - 2]
    begins, length, row = min(bar, key=lambda one: float(inside[one[2]][one[0] :][: one[1]].mean()))
    line = inside[row].astype(float)
    dark = float(np.median(line[begins : begins + length]))
    around = np.concatenate((line[begins - 6 : begins - 3], line[begins + length + 3 :][:3]))
    light = float(np.median(around))
    ends = np.concatenate((line[begins - 2 : begins + 2], line[begins + length - 2 :][:4]))
    covered = np.clip((light - ends) / (light - dark), 0, 1).sum()
    return length - 4 + float(covered)


def _mark(colours: NDArray[np.int16]) -> tuple[float, float]:
    """The middle of what is red."""
    red, green, blue = colours[:, :, 0], colours[:, :, 1], colours[:, :, 2]
    rows, columns = np.nonzero((red > 130) & (green < 90) & (blue < 90))
    if len(rows) < 200:
        raise UnseenError("no red mark in the map")
    return float(columns.min() + columns.max() + 1) / 2, float(rows.min() + rows.max() + 1) / 2


def _lines(inside: Grey) -> list[float]:
    """Level lines that go from edge to edge: darker than what lies on both sides of them."""
    reach = 6
    grey = inside.astype(np.int16)
    sides = np.minimum(grey[: -2 * reach], grey[2 * reach :])
    shown = ((sides - grey[reach:-reach]) > 12).mean(axis=1)
    found: list[float] = []
    rows = np.flatnonzero(shown > 0.6)
    for group in np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1):
        if len(group):
            near = slice(max(0, group[0] - 3), group[-1] + 4)
            weights = shown[near] - shown[near].min()
            at = np.arange(near.start, near.stop)[: len(weights)]
            found.append(float((weights * at).sum() / weights.sum()) + reach + 0.5)
    return found
