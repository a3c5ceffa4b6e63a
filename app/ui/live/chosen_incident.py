"""The selected incident in the panes of Live: what it says, where it lies, which cameras see it.

Knows no list and no form; what is selected is said by the shared selection.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.cameras.ground import Ground
from app.geo.coordinates import LatLon
from app.incidents.incident import Incident
from app.ui.desk import Desk
from app.ui.live.incident_detail import IncidentDetail
from app.ui.live.map_feed import MapFeed
from app.ui.selection import Selection
from app.ui.units.dispatch_steps import DispatchSteps
from app.ui.wall.camera_grid import Seen
from app.ui.wall.grid_pane import GridPane


@dataclass(frozen=True, slots=True)
class ChosenPanes:
    """Where it is shown."""

    detail: IncidentDetail
    grid_pane: GridPane
    feed: MapFeed
    sending: DispatchSteps


class ChosenIncident:
    """Shows it. The cameras that see it stand before the others until somebody says otherwise."""

    def __init__(
        self, panes: ChosenPanes, desk: Desk, selection: Selection, ground: Ground
    ) -> None:
        self._panes, self._desk = panes, desk
        self._selection, self._ground = selection, ground
        self._seeing: tuple[Seen, ...] = ()
        self._may_lead = True

    def show_new(self) -> None:
        """Another one: the map comes to it, and who sees it leads."""
        self._may_lead = True
        self.show(move=True)

    def show(self, *, move: bool = False) -> None:
        """What is selected, as it stands now; with `move` the map comes to it."""
        incident_id = self._selection.incident_id
        incident = self._desk.incident(incident_id) if incident_id else None
        if incident is None:
            self._panes.detail.show_nothing()
            self._seeing = ()
            self._panes.grid_pane.show_seeing("", ())
        else:
            self._show(incident)
        self.show_on_map(move=move)

    def _show(self, incident: Incident) -> None:
        desk, detail = self._desk, self._panes.detail
        names = {desk.officer.id: desk.officer.name, **desk.actor_names()}
        self._seeing = self._who_sees(incident)
        story, times = desk.story(incident.id)
        detail.show_incident(incident, story, times, names)
        self._panes.sending.show_units()
        detail.show_seeing(len(self._seeing), lead=self._may_lead)
        detail.tick(desk.now(), desk.targets)
        if self._may_lead:
            self._panes.grid_pane.show_seeing(incident.number, self._seeing)

    def show_on_map(self, *, move: bool = False) -> None:
        """Its mark, its deadline and the lines to the cameras that see it."""
        ids = [seen.camera_id for seen in self._seeing]
        now, targets = self._desk.now(), self._desk.targets
        self._panes.feed.select(self._panes.detail.incident, ids, now, targets, move=move)

    def _who_sees(self, incident: Incident) -> tuple[Seen, ...]:
        report = incident.report
        if report.lat_deg is None or report.lon_deg is None:
            return ()
        at = LatLon(report.lat_deg, report.lon_deg)
        sightings = self._ground.who_sees_at(at, self._desk.now())
        return tuple(Seen(one.camera_id, one.distance_m) for one in sightings)

    # Whether those that see it lead

    @property
    def is_led(self) -> bool:
        """Whether cameras that see the selected place stand before the others."""
        return self._may_lead and bool(self._seeing)

    def leave_seeing(self) -> bool:
        """The layout as it was before those that see the place; whether they led."""
        if not self.is_led:
            return False
        self._may_lead = False
        self._panes.grid_pane.show_seeing("", ())
        self._panes.detail.show_seeing(len(self._seeing), lead=False)
        return True

    def toggle_seeing(self) -> None:
        """The cameras that see the place before all others, or the layout as it was."""
        if not self.leave_seeing():
            self._may_lead = True
            self.show()
