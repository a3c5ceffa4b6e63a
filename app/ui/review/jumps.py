"""Ways into the Review place: an incident, a place on the map, a camera just now, or nothing yet.

Knows what stands where; the panes show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.clock import from_stored
from app.geo.coordinates import LatLon, as_decimal
from app.incidents.incident import Incident

if TYPE_CHECKING:
    from app.ui.review.review_place import ReviewParts, ReviewPlace

BEFORE_INCIDENT = timedelta(minutes=2)
_A_LITTLE_AGO = timedelta(seconds=30)


class Jumps(QObject):
    """Opens the place on something."""

    def __init__(self, place: ReviewPlace, parts: ReviewParts) -> None:
        super().__init__(place)
        self._place, self._parts = place, parts
        self.has_begun = False
        """Whether anything was opened: the place then stays as it was left."""

    def begin(self) -> None:
        """Opened without a place: the first cameras of the register, a little while ago."""
        if not self.has_begun:
            self.has_begun = True
            at = self._now() - _A_LITTLE_AGO
            self._place.places.open_place(None, "", at)
            self._place.transport.open_at(at)

    def incident(self, incident: Incident) -> None:
        """Two minutes before it happened, at the cameras that see its place."""
        report = incident.report
        place = None
        if report.lat_deg is not None and report.lon_deg is not None:
            place = LatLon(report.lat_deg, report.lon_deg)
        happened = from_stored(report.happened_from) if report.happened_from else None
        at = min(happened or incident.reported_at, incident.reported_at)
        self.place(place, report.place, at - BEFORE_INCIDENT, incident)

    def place(
        self,
        place: LatLon | None,
        name: str,
        at: datetime,
        incident: Incident | None = None,
        camera_ids: Sequence[str] | None = None,
    ) -> None:
        """Footage of a place at a time; A and B of what was looked at before go."""
        self.has_begun = True
        if place is not None and not name:
            name = self._parts.finder.name_of(place) or as_decimal(place)
        self._place.transport.clear_span()
        self._place.places.open_place(place, name, at, incident, camera_ids)
        self._place.transport.open_at(at)
        self._place.evidence.show_kept()

    def camera(self, camera_id: str, ago: timedelta) -> None:
        """What this camera showed a little while ago, played on from there."""
        cameras = {camera.id: camera for camera in self._parts.ground.cameras}
        if camera_id not in cameras:
            return
        camera = cameras[camera_id]
        at = LatLon(camera.lat_deg, camera.lon_deg)
        name = f"{camera.id} {camera.name}"
        self.place(at, name, self._now() - ago, camera_ids=(camera_id,))
        self._place.grid.set_tile_count(1)
        self._place.transport.play(1.0)

    def _now(self) -> datetime:
        return self._parts.desk.desk.now()
