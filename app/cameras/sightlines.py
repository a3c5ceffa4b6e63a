"""Which cameras see a place, the best first. Knows numbers only: no register, no streams, no Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    night_range_m: float = 0.0
    indoor: bool = False

    def reach_m(self, *, night: bool) -> float:
        """How far it sees; at night perhaps less."""
        return self.night_range_m if night and self.night_range_m > 0 else self.range_m


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a camera stands to a place. `angle_deg` is off its picture's middle, + to the right.

    `able`: it works now, or recorded at the time that was asked for; None when nobody asked.
    """

    camera_id: str
    distance_m: float
    angle_deg: float
    in_view: bool
    hidden: bool  # a wall stands between; only asked when the place is in view
    able: bool | None = None

    @property
    def visible(self) -> bool:
        """In the picture and not behind a wall."""
        return self.in_view and not self.hidden


class Watchers:
    """Many cameras' views as one table, ready for every move of the pointer."""

    def __init__(self, views: Sequence[CameraView]) -> None:
        self.views = tuple(views)
        self._table = {
            night: np.array([_row(view, night) for view in self.views]).reshape(-1, 5)
            for night in (False, True)
        }

    def sightings(
        self,
        east_m: float,
        north_m: float,
        walls: Walls,
        *,
        night: bool = False,
        able: Collection[str] | None = None,
        visible_only: bool = False,
    ) -> list[Sighting]:
        """Every camera's sighting of a place, as `who_sees` ranks them, or the visible ones."""
        distance_m, angle_deg, in_view = self._geometry(east_m, north_m, night)
        asked = np.flatnonzero(in_view) if visible_only else range(len(self.views))
        sightings = []
        for i in asked:
            view = self.views[i]
            hidden = bool(in_view[i]) and _is_kept_from(view, east_m, north_m, walls)
            if hidden and visible_only:
                continue
            works = None if able is None else view.camera_id in able
            sightings.append(
                Sighting(
                    view.camera_id, float(distance_m[i]), float(angle_deg[i]), bool(in_view[i]),
                    hidden, works,
                )
            )  # fmt: skip
        return sorted(sightings, key=_rank)

    def _geometry(
        self, east_m: float, north_m: float, night: bool
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        table = self._table[night]
        away = np.array([east_m, north_m]) - table[:, :2]
        distance_m = np.hypot(away[:, 0], away[:, 1])
        bearing_deg = np.degrees(np.arctan2(away[:, 0], away[:, 1]))
        angle_deg = (bearing_deg - table[:, 2] + 180.0) % 360.0 - 180.0
        angle_deg[distance_m < 0.5] = 0.0  # right under the camera there is no direction
        in_view = (distance_m <= table[:, 4]) & (np.abs(angle_deg) <= table[:, 3] / 2)
        return distance_m, angle_deg, in_view


def who_sees(
    east_m: float,
    north_m: float,
    views: Sequence[CameraView],
    walls: Walls,
    *,
    night: bool = False,
    able: Collection[str] | None = None,
) -> list[Sighting]:
    """Every camera's sighting of a place: those that see it first, near and central before far.

    Behind them those that see it and are not `able`, then those whose view a wall cuts, then the
    rest by distance. `able` are the cameras that work now, or recorded then.
    """
    return Watchers(views).sightings(east_m, north_m, walls, night=night, able=able)


def _is_kept_from(view: CameraView, east_m: float, north_m: float, walls: Walls) -> bool:
    """Whether a wall stands in between; nothing outdoors is for a camera that stands inside."""
    if view.indoor and not walls.has_house_at(east_m, north_m):
        return True
    return is_hidden((view.east_m, view.north_m), (east_m, north_m), walls, indoor=view.indoor)


def _row(view: CameraView, night: bool) -> tuple[float, float, float, float, float]:
    reach_m = view.reach_m(night=night)
    return view.east_m, view.north_m, view.bearing_deg, view.field_of_view_deg, reach_m


def _rank(sighting: Sighting) -> tuple[bool, bool, bool, float, str]:
    worth_m = sighting.distance_m
    if sighting.in_view:
        worth_m += abs(sighting.angle_deg) * _ANGLE_COUNTS_M
    unable = sighting.able is False
    return not sighting.visible, unable, not sighting.in_view, worth_m, sighting.camera_id
