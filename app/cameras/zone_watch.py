"""How well cameras watch over a zone: the question, frozen for any thread, and its answer.

Knows views, walls and open ground; no register, no log, no screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.cameras.sightlines import CameraView
from app.geo.basemap import Basemap
from app.geo.coverage import field_of_view
from app.geo.projection import Points
from app.geo.walls import Walls
from app.geo.zone_coverage import (
    BlindSpot,
    Coverage,
    Gain,
    Named,
    OpenGround,
    blind_spots,
    coverage,
    gain,
)

Shape = Any  # shapely geometry in the station's metres


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """What is seen of a zone, where nobody looks, and what one more camera would add."""

    coverage: Coverage
    blind_spots: tuple[BlindSpot, ...]

    def gain(self, view: Points) -> Gain:
        """What a camera with this field of view (N, 2) would add; a few milliseconds."""
        return gain(self.coverage, view)


@dataclass(frozen=True, slots=True, eq=False)
class CoverageQuestion:
    """Everything the answer depends on, as it stood when it was asked. Shapes are in metres."""

    zone: Shape
    no_go: tuple[Shape, ...]
    basemap: Basemap | None
    places: tuple[Named, ...]
    views: tuple[CameraView, ...]
    walls: Walls
    night: bool = False

    def answer(self) -> Watch:
        """Up to two seconds for 200 cameras: not in the window's thread."""
        open_ground = OpenGround.of(self.zone, self.basemap, self.no_go, self.places)
        outdoors = [view for view in self.views if not view.indoor]
        seen = coverage(open_ground, [view_of(v, self.walls, self.night) for v in outdoors])
        return Watch(seen, blind_spots(seen))


def view_of(view: CameraView, walls: Walls, night: bool = False) -> Points:
    """What a camera sees, cut by walls: (N, 2) metres.

    Nothing is known, and the outline empty, of one that stands inside a house no map has.
    """
    if view.indoor and not walls.has_house_at(view.east_m, view.north_m):
        return np.empty((0, 2))
    return field_of_view(
        view.east_m,
        view.north_m,
        view.bearing_deg,
        view.field_of_view_deg,
        view.reach_m(night=night),
        walls,
        indoor=view.indoor,
    )
