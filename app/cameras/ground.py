"""The station's ground as it stands now: which areas hold a place, which cameras see it, how far.

Knows cameras, areas and walls; no log, no screen. Whoever changes one of them says so with `set_…`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import numpy as np
import shapely

from app.cameras.camera import Camera
from app.cameras.sightlines import CameraView, Sighting, Watchers
from app.cameras.zone_watch import CoverageQuestion, view_of
from app.geo.areas import Area, AreaKind
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.daylight import is_dark
from app.geo.drawn_walls import DrawnWall
from app.geo.lookup import AreaIndex
from app.geo.places import Place
from app.geo.projection import Points, Projection
from app.geo.walls import NO_WALLS, Walls


class Ground:
    """Answers about places. Used from one thread; every answer takes a few milliseconds at most.

    Coverage takes longer: `for_coverage` hands on what it needs, frozen, to a background thread.
    """

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self._areas = AreaIndex(())
        self._cameras: tuple[Camera, ...] = ()
        self._watchers = Watchers(())
        self._basemap: Basemap | None = None
        self.drawn_walls: tuple[DrawnWall, ...] = ()
        self._drawn: tuple[Points, ...] = ()
        self._walls: Walls = NO_WALLS
        self._places: tuple[Place, ...] = ()

    def set_areas(self, areas: Iterable[Area]) -> None:
        """The areas that hold from now on."""
        self._areas = AreaIndex(areas)

    def set_basemap(self, basemap: Basemap) -> None:
        """The buildings that cut sight lines, and the roads."""
        self._basemap = basemap
        self._set_walls()

    def set_drawn_walls(self, walls: Iterable[DrawnWall]) -> None:
        """Walls that somebody drew by hand."""
        self.drawn_walls = tuple(walls)
        self._drawn = tuple(self.projection.to_metres(wall.lonlat()) for wall in self.drawn_walls)
        self._set_walls()

    def set_places(self, places: Iterable[Place]) -> None:
        """The named places that blind spots are called by."""
        self._places = tuple(places)

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        """The cameras that may see something."""
        self._cameras = tuple(cameras)
        self._watchers = Watchers(self._views_of(self._cameras))

    def on_another_day(
        self, areas: Iterable[Area], cameras: Sequence[Camera], walls: Iterable[DrawnWall]
    ) -> Ground:
        """The same houses, roads and names under the areas, cameras and walls of another day."""
        then = Ground(self.projection)
        then._basemap, then._places = self._basemap, self._places
        then.set_drawn_walls(walls)
        then.set_areas(areas)
        then.set_cameras(cameras)
        return then

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

    def who_sees(
        self, place: LatLon, *, night: bool = False, able: Collection[str] | None = None
    ) -> list[Sighting]:
        """The cameras that see the place, the best first.

        `able` are the cameras that work now, or that recorded at the time that is asked about;
        the others come last.
        """
        east_m, north_m = self.projection.point_to_metres(place)
        return self._watchers.sightings(
            east_m, north_m, self._walls, night=night, able=able, visible_only=True
        )

    def who_sees_at(self, place: LatLon, at: datetime) -> list[Sighting]:
        """The cameras that see the place at that time, by day or in the dark, the best first."""
        return self.who_sees(place, night=is_dark(at, place))

    def sightings(
        self, place: LatLon, *, night: bool = False, able: Collection[str] | None = None
    ) -> list[Sighting]:
        """Every camera's sighting of the place: those that see it, those a wall keeps from it, and
        the rest by distance."""
        east_m, north_m = self.projection.point_to_metres(place)
        return self._watchers.sightings(east_m, north_m, self._walls, night=night, able=able)

    def drawn_lines_m(self, *, without: str = "") -> tuple[Points, ...]:
        """The walls drawn by hand as lines (N, 2) in metres, but for one that is in a hand."""
        pairs = zip(self.drawn_walls, self._drawn, strict=True)
        return tuple(line for wall, line in pairs if wall.id != without)

    @property
    def walls(self) -> Walls:
        """The walls that cut sight lines."""
        return self._walls

    def view_of(self, camera_id: str) -> CameraView:
        """Where a camera stands and looks, in metres. KeyError for an unknown camera."""
        for view in self._watchers.views:
            if view.camera_id == camera_id:
                return view
        raise KeyError(camera_id)

    def field_of_view(self, camera_id: str, *, night: bool = False) -> Points:
        """What a camera sees, cut by walls: (N, 2) metres. KeyError for an unknown camera."""
        for view in self._watchers.views:
            if view.camera_id == camera_id:
                return view_of(view, self._walls, night)
        raise KeyError(camera_id)

    def field_of_view_if(self, camera: Camera, *, night: bool = False) -> Points:
        """What a camera would see if it stood as this record says: (N, 2) metres."""
        [view] = self._views_of((camera,))
        return view_of(view, self._walls, night)

    def for_coverage(self, zone: Area, *, night: bool = False) -> CoverageQuestion:
        """What a background thread needs to say how much of an area is seen."""
        no_go = [area for area in self._areas.areas if area.kind is AreaKind.NO_GO]
        metres = self.projection.to_metres
        named = [
            (place.name_th, *self.projection.point_to_metres(place.at)) for place in self._places
        ]
        return CoverageQuestion(
            shapely.transform(zone.shape, metres),
            tuple(shapely.transform(area.shape, metres) for area in no_go),
            self._basemap,
            tuple(named),
            self._watchers.views,
            self._walls,
            night,
        )

    def distance_m(self, one: LatLon, other: LatLon) -> float:
        """How far two places are apart on the station's grid, in metres."""
        east, north = np.subtract(
            self.projection.point_to_metres(one), self.projection.point_to_metres(other)
        )
        return float(np.hypot(east, north))

    def _set_walls(self) -> None:
        walls = self._basemap.walls if self._basemap is not None else NO_WALLS
        self._walls = Walls.of(walls.buildings, self._drawn) if self._drawn else walls

    def _views_of(self, cameras: Sequence[Camera]) -> tuple[CameraView, ...]:
        lonlat = np.array([(camera.lon_deg, camera.lat_deg) for camera in cameras])
        metres = self.projection.to_metres(lonlat.reshape(-1, 2))
        return tuple(
            CameraView(
                camera.id,
                float(east_m),
                float(north_m),
                camera.bearing_deg,
                camera.field_of_view_deg,
                camera.range_m,
                camera.night_range_m,
                camera.indoor,
            )
            for camera, (east_m, north_m) in zip(cameras, metres, strict=True)
        )
