"""Taking a report: gives the form places from map and cameras, and its report to the log.

Knows where the panel's words come from, not where the panel stands.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.coordinates import LatLon, as_decimal
from app.incidents.incident import IncidentReported, Report
from app.incidents.place_finder import PlaceFinder
from app.log import Entry
from app.map.view import MapView
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.live.intake_panel import IntakePanel


class IntakeSteps(QObject):
    """Opens the panel, fills its place, saves what it holds."""

    told = Signal(str)
    reported = Signal(str, bool)  # incident id; whether a unit is to be sent at once
    put_aside = Signal()

    def __init__(
        self, panel: IntakePanel, map_view: MapView, desk: Desk, ground: Ground, finder: PlaceFinder
    ) -> None:
        super().__init__(panel)
        self._panel, self._map = panel, map_view
        self._desk, self._ground, self._finder = desk, ground, finder
        panel.saved.connect(self._on_saved)
        panel.place_found.connect(self._on_place_found)
        panel.closed.connect(self.close)
        map_view.place_clicked.connect(self._on_place_clicked)

    def open(self) -> None:
        """F2: ready to type, with whatever was put aside still in it."""
        self._panel.begin(self._desk.next_number())

    def close(self) -> None:
        """Put it aside with what is in it."""
        self._panel.hide()
        self._map.set_pin(None)
        self.put_aside.emit()

    def take_camera(self, camera: Camera) -> None:
        """Where the camera stands is where it happens, if a report is being taken."""
        if self._panel.isVisible():
            place = LatLon(camera.lat_deg, camera.lon_deg)
            self._panel.take_place(f"{camera.id} {camera.name}", place)

    def complain(self, error: KnownError) -> bool:
        """Say it where the officer is typing. Whether anything is being typed."""
        if self._panel.isVisible():
            self._panel.complain(explain(error))
            return True
        return False

    def _on_place_clicked(self, lat_deg: float, lon_deg: float) -> None:
        if self._panel.isVisible():
            place = LatLon(lat_deg, lon_deg)
            self._panel.take_place(self._finder.name_of(place) or as_decimal(place), place)

    def _on_place_found(self, place: LatLon | None) -> None:
        self._map.set_pin(place, tr("Being reported"))
        names = {camera.id: camera.name for camera in self._ground.cameras}
        seeing = self._ground.who_sees_at(place, self._desk.now()) if place else ()
        self._panel.show_seeing([f"{one.camera_id} {names[one.camera_id]}" for one in seeing])
        if place is not None:
            self._map.show_place(place)

    def _on_saved(self, report: Report, dispatch: bool) -> None:
        then = self._on_reported_to_send if dispatch else self._on_reported
        try:
            self._desk.report(report, then)
        except KnownError as error:
            self._panel.complain(explain(error))

    def _on_reported(self, entries: tuple[Entry, ...], dispatch: bool = False) -> None:
        reported = next(entry for entry in entries if entry.kind == IncidentReported.kind)
        self._panel.clear()
        self.close()
        self.reported.emit(reported.subject, dispatch)
        self.told.emit(tr("Saved as {number}", number=reported.data()["number"]))

    def _on_reported_to_send(self, entries: tuple[Entry, ...]) -> None:
        self._on_reported(entries, dispatch=True)
