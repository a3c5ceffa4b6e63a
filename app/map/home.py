"""Where a map is at home: the whole zone in its window, until somebody looks elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.geo.areas import AreaKind
from app.map.canvas import MapCanvas
from app.map.frame import Frame
from app.map.marks import Metres, ViewState
from app.map.scene import PlacedArea

START_PX_PER_M = 0.9
"""Where no zone is drawn, about the station's own middle."""
_SHARE = 0.92  # of the window: what the whole zone takes of it


class Home:
    """Of one map. A window that changes its size, and a zone that is drawn anew, keep it there."""

    def __init__(self, canvas: MapCanvas, middle_m: tuple[float, float]) -> None:
        self._canvas = canvas
        self._middle_m = middle_m
        self._corners_m: tuple[tuple[float, float], tuple[float, float]] | None = None
        self._shown: Frame | None = None
        canvas.view_changed.connect(self._follow)

    def set_areas(self, areas: Sequence[PlacedArea]) -> None:
        """These are drawn; the zones among them are home."""
        rings = [ring for area in areas if area.kind == AreaKind.ZONE for ring in area.rings]
        corners = None
        if rings:
            places = np.concatenate(rings)
            corners = _pair(places.min(axis=0)), _pair(places.max(axis=0))
        if corners != self._corners_m:
            self._corners_m = corners
            if self.is_here:
                self.go()

    def go(self) -> None:
        """Look there."""
        self._shown = None
        if self._corners_m is None:
            self._canvas.look_at(*self._middle_m, START_PX_PER_M)
        else:
            frame, ((left, bottom), (right, top)) = self._canvas.frame_now, self._corners_m
            fits = min(
                frame.width_px / max(right - left, 1.0), frame.height_px / max(top - bottom, 1.0)
            )
            self._canvas.look_at((left + right) / 2, (bottom + top) / 2, fits * _SHARE)
        self._shown = self._canvas.frame_now

    def restore(self, state: ViewState, at_m: tuple[float, float]) -> None:
        """Look where a remembered state looked, at `at_m`, or home if it was there."""
        if state.is_home:
            self.go()
        else:
            self._canvas.look_at(*at_m, state.px_per_m)

    @property
    def is_here(self) -> bool:
        """Whether nobody has looked elsewhere since."""
        now, shown = self._canvas.frame_now, self._shown
        return shown is not None and (now.x_m, now.y_m, now.px_per_m) == (
            shown.x_m, shown.y_m, shown.px_per_m,
        )  # fmt: skip

    def _follow(self) -> None:
        if self.is_here and self._canvas.frame_now != self._shown:
            self.go()


def _pair(place: Metres) -> tuple[float, float]:
    return float(place[0]), float(place[1])
