"""Feeds the map: turns cameras, incidents, units and the selection into the map's marks."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from datetime import datetime

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.duty.units import Unit, UnitState
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.projection import Points
from app.incidents.deadlines import Targets, next_deadline, urgency
from app.incidents.incident import Incident
from app.map.marks import CameraLook, CameraMark, IncidentMark, MapSelection, UnitMark
from app.map.view import MapView
from app.ui.words import deadline_words, map_urgency, unit_look

_NO_BREAK = "\u00a0"  # a time is not torn in two


class MapFeed:
    """One map's feeder. Hands the map only what is different from before."""

    def __init__(self, view: MapView, ground: Ground) -> None:
        self._view = view
        self._ground = ground
        self._looks: dict[str, CameraLook] = {}
        self._cameras: tuple[CameraMark, ...] = ()
        self._fields_of_view: dict[str, Points] = {}
        self._night_rims: dict[str, Points] = {}
        self._night = False
        self._walls: tuple[Points, ...] = ()
        self._hidden_wall = ""
        self._incidents: tuple[IncidentMark, ...] = ()

    def show_ground(
        self, ground: Ground, looks: dict[str, CameraLook], *, night: bool = False
    ) -> None:
        """The ground of another day or hour, and how its cameras are doing."""
        self._ground, self._looks, self._night = ground, dict(looks), night
        self.show_cameras()

    def show_basemap(self, basemap: Basemap) -> None:
        """The ground, and fields of view cut by its buildings."""
        self._ground.set_basemap(basemap)
        self._view.set_basemap(None if basemap.is_empty else basemap)
        self.show_cameras()

    def show_areas(self) -> None:
        self._view.set_areas(self._ground.areas)

    def show_cameras(self) -> None:
        """Every camera again: places, fields of view, looks."""
        ground, night = self._ground, self._night
        self._fields_of_view = {
            camera.id: ground.field_of_view(camera.id, night=night) for camera in ground.cameras
        }
        self._night_rims = {
            camera.id: ground.field_of_view(camera.id, night=True)[_rim_of(camera)]
            for camera in ground.cameras
            if camera.sees_less_at_night
        }
        self._show_cameras()
        self._show_walls()

    def show_walls(self, *, without: str = "") -> None:
        """Walls drawn by hand, but for one that is in a hand."""
        self._hidden_wall = without
        self._show_walls()

    def _show_walls(self) -> None:
        lines = self._ground.drawn_lines_m(without=self._hidden_wall)
        is_same = len(lines) == len(self._walls) and all(map(operator.is_, lines, self._walls))
        if not is_same:
            self._walls = lines
            self._view.set_walls(lines)

    def _show_cameras(self) -> None:
        self._cameras = tuple(
            CameraMark(
                id=camera.id,
                lat_deg=camera.lat_deg,
                lon_deg=camera.lon_deg,
                bearing_deg=camera.bearing_deg,
                look=self._looks.get(camera.id, CameraLook.CONNECTING),
                label=camera.id,
                field_of_view_m=self._fields_of_view[camera.id],
                night_rim_m=self._night_rims.get(camera.id),
            )
            for camera in self._ground.cameras
        )
        self._view.set_cameras(self._cameras)

    def show_looks(self, looks: dict[str, CameraLook]) -> None:
        """How the cameras are doing; nothing is redrawn when nothing changed."""
        if looks != self._looks:
            self._looks = dict(looks)
            self._show_cameras()

    def show_incidents(
        self, incidents: Sequence[Incident], now: datetime, targets: Targets
    ) -> None:
        """The open incidents that have a place."""
        marks = tuple(
            IncidentMark(
                id=incident.id,
                label=incident.number.split("/")[0],
                lat_deg=incident.report.lat_deg,
                lon_deg=incident.report.lon_deg,
                urgency=map_urgency(urgency(incident, now, targets)),
            )
            for incident in incidents
            if incident.report.lat_deg is not None and incident.report.lon_deg is not None
        )
        if marks != self._incidents:
            self._incidents = marks
            self._view.set_incidents(marks)

    def show_units(self, units: Sequence[Unit]) -> None:
        """Those in which somebody rides."""
        self._view.set_units(
            [
                UnitMark(unit.id, unit.call_sign, unit.lat_deg, unit.lon_deg, unit_look(unit.state))
                for unit in units
                if unit.state is not UnitState.OFF_DUTY
            ]
        )

    def select(
        self,
        incident: Incident | None,
        camera_ids: Sequence[str],
        now: datetime,
        targets: Targets,
        *,
        move: bool,
    ) -> None:
        """Ring the incident's place and number its cameras; `move` brings it to the middle."""
        if incident is None or incident.report.lat_deg is None or incident.report.lon_deg is None:
            self._view.select(None)
            return
        deadline = next_deadline(incident, targets)
        detail = incident.report.place
        if deadline is not None:
            due = deadline_words(deadline, now).text.replace(" ", _NO_BREAK)
            detail = f"{detail} · {due}"
        place = LatLon(incident.report.lat_deg, incident.report.lon_deg)
        self._view.select(
            MapSelection(
                lat_deg=place.lat_deg,
                lon_deg=place.lon_deg,
                title=f"{incident.number} {incident.category.name}",
                detail=detail,
                incident_id=incident.id,
                urgency=map_urgency(urgency(incident, now, targets)),
                camera_ids=tuple(camera_ids),
            )
        )
        if move:
            self._view.show_place(place)


def _rim_of(camera: Camera) -> slice:
    """An outline without the camera's own place, where it begins unless it looks all round."""
    return slice(None) if camera.field_of_view_deg >= 360 else slice(1, None)
