"""Where what was found lies: the newest of it on a map, and the chosen incident ringed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.cameras.ground import Ground
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.incidents.beside import PlacedIncident
from app.incidents.deadlines import urgency
from app.incidents.incident import Incident
from app.map.marks import IncidentMark, MapLayer, Urgency, ViewState
from app.map.view import MapView
from app.thai.translation import tr
from app.ui.desk import Desk
from app.ui.live.map_feed import MapFeed
from app.ui.map_style import map_style
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.words import map_urgency

_DEGREE_M = 111_320.0  # of latitude
_FILLED = 0.85  # of the map by what was found
_LEAST_PX = 80
_HIDDEN = (MapLayer.CAMERAS, MapLayer.VIEWS, MapLayer.UNITS, MapLayer.BEATS, MapLayer.TAMBONS)


class LogMap(QFrame):
    """A map of found incidents. `start` and `stop` are its owner's duty."""

    incident_clicked = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, ground: Ground, centre: LatLon) -> None:
        super().__init__()
        self._desk, self._ground = desk, ground
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = SectionHead(theme, "map", tr("Where they lie"))
        self._count = voiced("", "hint")
        self._head.add_right(self._count)
        column.addWidget(self._head)
        self.view = MapView(ground.projection, centre, map_style(theme))
        for layer in _HIDDEN:
            self.view.set_layer_shown(layer, False)
        column.addWidget(self.view, 1)
        self._feed = MapFeed(self.view, ground)
        self._is_fitted = False
        self.view.incident_clicked.connect(self.incident_clicked)
        self.view.set_areas(ground.areas)

    def show_basemap(self, basemap: Basemap) -> None:
        """The base map has been read."""
        self.view.set_basemap(None if basemap.is_empty else basemap)

    def show_areas(self) -> None:
        """The areas as they are now."""
        self.view.set_areas(self._ground.areas)

    def show_places(
        self, places: Sequence[PlacedIncident], open_ones: Mapping[str, Incident], found: int
    ) -> None:
        """Marks for these, of so many that were found; the first ones bring the map to where they
        lie."""
        self.view.set_incidents([self._mark(one, open_ones.get(one.id)) for one in places])
        self._count.setText(
            tr("{count:,} on the map", count=len(places))
            if len(places) == found
            else tr("{count:,} on the map of {all:,}", count=len(places), all=found)
        )

        self._look_at(places)

    def _look_at(self, places: Sequence[PlacedIncident]) -> None:
        if self._is_fitted or not places or self.view.width() < _LEAST_PX:
            return
        self._is_fitted = True
        south, north = _most_of([one.lat_deg for one in places])
        west, east = _most_of([one.lon_deg for one in places])
        middle = LatLon((south + north) / 2, (west + east) / 2)
        wide_m = (east - west) * _DEGREE_M * math.cos(math.radians(middle.lat_deg))
        fits = min(
            self.view.width() * _FILLED / max(wide_m, 1.0),
            self.view.height() * _FILLED / max((north - south) * _DEGREE_M, 1.0),
        )
        px_per_m = min(self.view.view_state().px_per_m, fits)
        self.view.restore_view_state(ViewState(middle.lat_deg, middle.lon_deg, px_per_m))

    def select(self, incident: Incident | None, *, move: bool) -> None:
        """Ring the chosen incident; `move` brings it to the middle."""
        self._feed.select(incident, (), self._desk.now(), self._desk.targets, move=move)

    def _mark(self, one: PlacedIncident, incident: Incident | None) -> IncidentMark:
        pressing = (
            map_urgency(urgency(incident, self._desk.now(), self._desk.targets))
            if incident is not None
            else Urgency.CLOSED
        )
        return IncidentMark(one.id, one.number.split("/")[0], one.lat_deg, one.lon_deg, pressing)


def _most_of(degrees: list[float]) -> tuple[float, float]:
    """From where to where nine of ten lie: one far away must not take the others out of sight."""
    ordered = sorted(degrees)
    cut = len(ordered) // 20
    return ordered[cut], ordered[-1 - cut]
