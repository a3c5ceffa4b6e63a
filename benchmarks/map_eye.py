"""Judges pictures of the map: did the ground move, is it sharp. Knows pixels and the town only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 3): red, green, blue
_EDGE_SLACK_PX = 1.6  # antialiasing, and the map's snapping to whole device pixels
_LEAST_POND_PX = 30
_SAME_LEVELS = 16
_SAME_MOST = 0.004  # of the pixels; a cursor's blink, not a name that came later


@dataclass(frozen=True, slots=True)
class View:
    """What the judge believes the map shows: its middle in UTM metres and its scale."""

    east_m: float
    north_m: float
    px_per_m: float
    width_px: int
    height_px: int

    def pixel(self, east_m: float, north_m: float) -> tuple[float, float]:
        """Where a place must be: x rightward, y downward."""
        x = self.width_px / 2 + (east_m - self.east_m) * self.px_per_m
        y = self.height_px / 2 - (north_m - self.north_m) * self.px_per_m
        return x, y


def is_same(one: Pixels, other: Pixels) -> bool:
    """Whether two pictures show the same."""
    apart = np.abs(one.astype(np.int16) - other).max(axis=2) > _SAME_LEVELS
    return float(apart.mean()) <= _SAME_MOST


def sharp_beacons(picture: Pixels, view: View, beacons: NDArray[np.float64]) -> tuple[int, int]:
    """How many ponds (east, north, side, cleared side: metres) in sight have sharp edges where
    they must be, and how many large enough to judge are in sight."""
    good = seen = 0
    for east_m, north_m, side_m, clear_m in beacons.tolist():
        x, y = view.pixel(east_m, north_m)
        reach = clear_m / 2 * view.px_per_m
        inside = reach < x < view.width_px - reach and reach < y < view.height_px - reach
        if side_m * view.px_per_m < _LEAST_POND_PX or not inside or _is_on_glass(view, x, y):
            continue
        seen += 1
        margin = (clear_m - side_m) / 2 * view.px_per_m * 0.7
        good += _has_sharp_edges(picture, x, y, side_m / 2 * view.px_per_m, margin)
    return good, seen


def _is_on_glass(view: View, x: float, y: float) -> bool:
    """Near the corners stand north, the scale bar and notes."""
    return (x > view.width_px - 330 or x < 330) and (y > view.height_px - 120 or y < 120)


def _has_sharp_edges(picture: Pixels, x: float, y: float, half: float, margin: float) -> bool:
    """Most of its rows and columns change from water to land within two pixels at the right
    place. Some may be crossed by an outline or a name."""
    steps = (np.linspace(-0.7, 0.7, 15) * half).tolist()
    good = 0
    for step in steps:
        row = picture[round(y + step), :, 2].astype(float)
        column = picture[:, round(x + step), 2].astype(float)
        good += _has_edges(row, x - half, x + half, margin)
        good += _has_edges(column, y - half, y + half, margin)
    return good >= len(steps)  # of twice as many


def _has_edges(line: NDArray[np.float64], first: float, last: float, margin: float) -> bool:
    """Whether a line of pixels steps up at `first` and down at `last`, and nowhere slowly."""
    low = line[int(first - margin) : int(first) - 2]
    high = line[int(first) + 3 : int(last) - 2]
    if not len(low) or len(high) < 2:
        return False
    ground, water = float(np.median(low)), float(np.median(high))
    if water - ground < 12:
        return False
    end = len(line) - last
    return _steps(line, first, ground, water) and _steps(line[::-1], end, ground, water)


def _steps(line: NDArray[np.float64], at: float, ground: float, water: float) -> bool:
    """From a tenth to nine tenths within the slack."""
    start = max(0, int(at) - 6)
    share = (line[start : int(at) + 8] - ground) / (water - ground)
    risen = np.flatnonzero(share > 0.9)
    lifted = np.flatnonzero(share > 0.1)
    if not len(risen) or not len(lifted):
        return False
    first, full = start + int(lifted[0]), start + int(risen[0])
    return abs(first - at) <= _EDGE_SLACK_PX + 1 and full - first <= _EDGE_SLACK_PX


def follows(before: Pixels, after: Pixels, right_px: int, down_px: int) -> float:
    """The share of the picture, away from its rim, that moved by these pixels.

    Names may come and go at the rim and where something lies upon them; blank ground proves
    nothing and is not counted.
    """
    height, width = before.shape[:2]
    rim = 130
    old = before[rim : height - rim, rim : width - rim].astype(np.int16)
    new = after[rim + down_px : height - rim + down_px, rim + right_px : width - rim + right_px]
    ground = np.median(old[::16, ::16].reshape(-1, 3), axis=0)
    told = np.abs(old - ground).max(axis=2) > 8
    if not told.any():
        return 0.0
    same = np.abs(old - new).max(axis=2) <= 24
    return float(same[told].mean())
