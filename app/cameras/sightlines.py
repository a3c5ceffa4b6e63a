"""Which cameras see a place, the best first. Knows numbers only: no register, no streams, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.geo.coverage import is_hidden
from app.geo.walls import Walls

_ANGLE_COUNTS_M = 1.0  # a degree off the middle of the picture weighs as much as a metre away


@dataclass(frozen=True, slots=True)
class CameraView:
    """Where a camera stands (metres) and what it can see. Bearing is clockwise from grid north."""

    camera_id: str
    east_m: float
    north_m: float
    bearing_deg: float
    field_of_view_deg: float
    range_m: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a camera stands to a place. `angle_deg` is off its picture's middle, + to the right."""

    camera_id: str
    distance_m: float
    angle_deg: float
    in_view: bool
    hidden: bool  # a building stands between; only asked when the place is in view

    @property
    def visible(self) -> bool:
        """In the picture and not behind a building."""
        return self.in_view and not self.hidden


def who_sees(
    east_m: float, north_m: float, views: Sequence[CameraView], walls: Walls
) -> list[Sighting]:
    """Every camera's sighting of a place: those that see it first, near and central before far.

    Behind them those whose view a building cuts, then the rest by distance.
    """
    if not views:
        return []
    table = np.array([(view.east_m, view.north_m, view.bearing_deg, view.field_of_view_deg,
                       view.range_m) for view in views])  # fmt: skip
    away = np.array([east_m, north_m]) - table[:, :2]
    distance_m = np.hypot(away[:, 0], away[:, 1])
    bearing_deg = np.degrees(np.arctan2(away[:, 0], away[:, 1]))
    angle_deg = (bearing_deg - table[:, 2] + 180.0) % 360.0 - 180.0
    angle_deg[distance_m < 0.5] = 0.0  # right under the camera there is no direction
    in_view = (distance_m <= table[:, 4]) & (np.abs(angle_deg) <= table[:, 3] / 2)
    sightings = [
        Sighting(
            view.camera_id,
            float(distance_m[i]),
            float(angle_deg[i]),
            bool(in_view[i]),
            bool(in_view[i]) and is_hidden((view.east_m, view.north_m), (east_m, north_m), walls),
        )
        for i, view in enumerate(views)
    ]
    return sorted(sightings, key=_rank)


def _rank(sighting: Sighting) -> tuple[bool, bool, float, str]:
    worth_m = sighting.distance_m
    if sighting.in_view:
        worth_m += abs(sighting.angle_deg) * _ANGLE_COUNTS_M
    return not sighting.visible, not sighting.in_view, worth_m, sighting.camera_id
