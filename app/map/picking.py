"""Which mark an officer means with a click. Knows places and pixels only."""

from __future__ import annotations

import numpy as np

from app.map.frame import Frame
from app.map.marks import Metres

REACH_PX = 14.0


def nearest(frame: Frame, places_m: Metres, x_px: float, y_px: float) -> tuple[int, float] | None:
    """Index and distance in pixels of the mark nearest the pixel, or None when none is in reach."""
    if not len(places_m):
        return None
    x_m, y_m = frame.to_m(x_px, y_px)
    with np.errstate(invalid="ignore"):
        away_px = np.hypot(places_m[:, 0] - x_m, places_m[:, 1] - y_m) * frame.px_per_m
    index = int(np.argmin(away_px))
    return (index, float(away_px[index])) if away_px[index] <= REACH_PX else None
