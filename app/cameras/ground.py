"""The station's ground as it stands now: which areas hold a place, which cameras see it, how far.

Knows cameras, areas and walls; no log, no screen. Whoever changes one of them says so with `set_…`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from app.cameras.camera import Camera
from app.cameras.sightlines import CameraView, Sighting, who_sees
from app.geo.areas import Area, AreaKind
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.coverage import field_of_view
from app.geo.lookup import AreaIndex
from app.geo.projection import Points, Projection
from app.geo.walls import NO_WALLS, Walls


class Ground:
    """Answers about places. Used from one thread; every answer takes a few milliseconds at most."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self._areas = AreaIndex(())
        self._cameras: tuple[Camera, ...] = ()
        self._views: tuple[CameraView, ...] = ()
        self._walls: Walls = NO_WALLS

    def set_areas(self, areas: Iterable[Area]) -> None:
        """The areas that hold from now on."""
        self._areas = AreaIndex(areas)

    def set_basemap(self, basemap: Basemap) -> None:
        """The buildings that cut sight lines."""
        self._walls = basemap.walls

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        """The cameras that may see something."""
        self._cameras = tuple(cameras)
        lonlat = np.array([(camera.lon_deg, camera.lat_deg) for camera in cameras])
        metres = self.projection.to_metres(lonlat.reshape(-1, 2))
        self._views = tuple(
            CameraView(
                camera.id,
                float(east_m),
                float(north_m),
                camera.bearing_deg,
                camera.field_of_view_deg,
                camera.range_m,
            )
            for camera, (east_m, north_m) in zip(self._cameras, metres, strict=True)
        )

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas that hold now."""
        return self._areas.areas

    @property
    def cameras(self) -> tuple[Camera, ...]:
        """The cameras in use."""
        return self._cameras

    def areas_at(self, place: LatLon) -> dict[AreaKind, tuple[Area, ...]]:
        """For each kind of area those that hold the place, with the version used."""
        return self._areas.containing(place)

    def who_sees(self, place: LatLon) -> list[Sighting]:
        """The cameras that see the place, the best first."""
        east_m, north_m = self.projection.point_to_metres(place)
        sightings = who_sees(east_m, north_m, self._views, self._walls)
        return [sighting for sighting in sightings if sighting.visible]

    def field_of_view(self, camera_id: str) -> Points:
        """What a camera sees, cut by buildings: (N, 2) metres. KeyError for an unknown camera."""
        for view in self._views:
            if view.camera_id == camera_id:
                return field_of_view(
                    view.east_m,
                    view.north_m,
                    view.bearing_deg,
                    view.field_of_view_deg,
                    view.range_m,
                    self._walls,
                )
        raise KeyError(camera_id)

    def distance_m(self, one: LatLon, other: LatLon) -> float:
        """How far two places are apart on the station's grid, in metres."""
        east, north = np.subtract(
            self.projection.point_to_metres(one), self.projection.point_to_metres(other)
        )
        return float(np.hypot(east, north))
