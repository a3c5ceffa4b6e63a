"""Which part of a camera's picture its tile shows: digital zoom and pan that stay. No painting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

LARGEST_SCALE = 8.0
_NEARLY_WHOLE = 1.02
"""Closer to the whole picture than this is the whole picture: a wheel never hits 1 exactly."""


class Part(NamedTuple):
    """A part of a picture, in fractions of its width and height."""

    left: float
    top: float
    side: float


@dataclass(frozen=True, slots=True)
class TileView:
    """The picture enlarged `scale` times (1 to 8) around (`centre_x`, `centre_y`), fractions of it.

    The part that is seen always lies inside the picture.
    """

    scale: float = 1.0
    centre_x: float = 0.5
    centre_y: float = 0.5

    def __post_init__(self) -> None:
        scale = self.scale if self.scale >= _NEARLY_WHOLE else 1.0  # NaN is the whole picture too
        object.__setattr__(self, "scale", min(scale, LARGEST_SCALE))
        for name in ("centre_x", "centre_y"):
            object.__setattr__(self, name, self._inside(getattr(self, name)))

    def _inside(self, centre: float) -> float:
        half = 0.5 / self.scale
        return min(max(centre, half), 1.0 - half) if math.isfinite(centre) else 0.5

    @property
    def is_zoomed(self) -> bool:
        """Whether less than the whole picture is seen."""
        return self.scale > 1.0

    @property
    def part(self) -> Part:
        """What is seen of the picture."""
        side = 1.0 / self.scale
        return Part(self.centre_x - side / 2, self.centre_y - side / 2, side)

    @property
    def detail(self) -> int:
        """How many times as large a picture it needs: 1, 2, 4 or 8, so that it is seldom asked."""
        return 1 << math.ceil(math.log2(self.scale))

    def zoomed(self, factor: float, at_x: float = 0.5, at_y: float = 0.5) -> TileView:
        """`factor` times as close; what lies at (`at_x`, `at_y`) of the tile stays there."""
        scale = min(max(self.scale * factor, 1.0), LARGEST_SCALE)
        shift = 1.0 / self.scale - 1.0 / scale
        return TileView(
            scale, self.centre_x + (at_x - 0.5) * shift, self.centre_y + (at_y - 0.5) * shift
        )

    def moved(self, by_x: float, by_y: float) -> TileView:
        """The picture pulled by fractions of the tile; no farther than its edge."""
        return TileView(
            self.scale, self.centre_x - by_x / self.scale, self.centre_y - by_y / self.scale
        )


WHOLE = TileView()
Stored = Mapping[str, tuple[float, float, float]]


class TileViews:
    """The view of every camera that is zoomed, whichever tile, page or window shows it."""

    def __init__(self) -> None:
        self._views: dict[str, TileView] = {}

    def of(self, camera_id: str) -> TileView:
        """How this camera is seen."""
        return self._views.get(camera_id, WHOLE)

    def keep(self, camera_id: str, view: TileView) -> None:
        """Remember how a camera is seen."""
        if view.is_zoomed:
            self._views[camera_id] = view
        else:
            self._views.pop(camera_id, None)

    def stored(self) -> dict[str, tuple[float, float, float]]:
        """Scale and centre by camera, for the next start."""
        return {
            camera_id: (view.scale, view.centre_x, view.centre_y)
            for camera_id, view in self._views.items()
        }

    def restore(self, stored: Stored) -> None:
        """Take back what `stored` gave; numbers that make no sense are made to."""
        self._views.clear()
        for camera_id, numbers in stored.items():
            self.keep(camera_id, TileView(*numbers))
