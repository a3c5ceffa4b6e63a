"""Place and cameras of a review: who sees it, who is chosen, what each recorded. Joins the panes.

Knows what stands where; when it is played is the transport's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.cameras.bookmarks import Bookmark
from app.cameras.ground import Ground
from app.geo.coordinates import LatLon
from app.incidents.incident import Incident
from app.ui.footage_desk import FootageDesk
from app.ui.review.camera_list import ListedCamera
from app.ui.review.near_cameras import NearCamera, coverage, near_cameras, window_around
from app.ui.review.place_pane import PlacePane
from app.ui.review.recorded import Recorded
from app.ui.review.review_grid import COUNTS, ReviewGrid
from app.ui.review.timeline import Timeline
from app.ui.review.timeline_rows import IncidentFlag, timeline_of
from app.ui.review.timeline_scale import seconds
from app.video.archive.locks import FootageLock

MOST = COUNTS[-1]
FIRST = 4  # cameras of the register, where no place is chosen
_HERE_M = 400.0  # an incident this near to the place stands on its timeline


class PlaceSteps(QObject):
    """Keeps pane, grid and timeline of one mind about the cameras."""

    chosen_changed = Signal()

    def __init__(
        self,
        parent: QObject,
        pane: PlacePane,
        grid: ReviewGrid,
        timeline: Timeline,
        desk: FootageDesk,
        ground: Ground,
    ) -> None:
        super().__init__(parent)
        self._pane, self._grid, self._timeline = pane, grid, timeline
        self.desk, self._ground = desk, ground
        self.place: LatLon | None = None
        self.place_name = ""
        self.incident: Incident | None = None
        now = desk.desk.now()
        self._at = now
        self._window = window_around(now, now)
        self._near: list[NearCamera] = []
        self._recorded: Mapping[str, Recorded] = {}
        self._locks: Sequence[FootageLock] = ()
        self._marks: Sequence[Bookmark] = ()
        self._incidents: Sequence[Incident] = ()
        pane.camera_toggled.connect(self.toggle)
        pane.place_taken.connect(self._on_place_taken)
        pane.camera_clicked.connect(self._on_camera_clicked)
        timeline.camera_clicked.connect(self._on_camera_clicked)
        desk.recorded_read.connect(self._on_recorded)
        desk.incidents_read.connect(self._on_incidents)

    # Choosing

    def open_place(
        self,
        place: LatLon | None,
        name: str,
        at: datetime,
        incident: Incident | None = None,
        camera_ids: Sequence[str] | None = None,
    ) -> None:
        """Everything about this place around that time: without a choice, the cameras that saw it,
        the best first; without a place, the first of the register."""
        self.place, self.place_name, self.incident = place, name, incident
        self._at = at
        self._near = near_cameras(self._ground, place, at)
        self._pane.show_place(place, name)
        self._pane.show_incident(incident)
        seeing = [one.camera_id for one in self._near if one.sees][:MOST]
        if camera_ids is None:
            first = [one.camera_id for one in self._near][:FIRST]
            camera_ids = seeing if place is not None else first
        self.choose(camera_ids)
        self.desk.watch_for(name, incident.id if incident else "", "")
        self.read()

    def choose(self, camera_ids: Sequence[str]) -> None:
        """These cameras on the tiles, as many tiles as they need."""
        chosen = tuple(dict.fromkeys(camera_ids))[:MOST]
        self._grid.choose(chosen)
        if len(self._grid.chosen) > self._grid.tile_count or self._grid.tile_count > 4:
            self._grid.set_tile_count(max(4, len(self._grid.chosen)))
        self._show()
        self.chosen_changed.emit()

    def toggle(self, camera_id: str) -> None:
        """Choose a camera, or let it go."""
        chosen = list(self._grid.chosen)
        if camera_id in chosen:
            chosen.remove(camera_id)
        elif len(chosen) < MOST:
            chosen.append(camera_id)
        self.choose(chosen)

    def take_register(self) -> None:
        """Cameras or areas have changed."""
        self._grid.set_cameras({camera.id: camera for camera in self._ground.cameras})
        self._near = near_cameras(self._ground, self.place, self._at)
        self._pane.show_ground()
        if self.place is None and not self._grid.chosen:
            self.choose([one.camera_id for one in self._near][:FIRST])
        self._show()

    def look_around(self, at: datetime) -> None:
        """What each camera saw and recorded is told for the time that is looked at."""
        if not self._window.holds(at):
            self._at = at
            self._near = near_cameras(self._ground, self.place, at)
            self._window = window_around(at, self.desk.desk.now())
            self._show_list()

    # Reading

    def read(self) -> None:
        """Ask the index again."""
        self.desk.read_recorded([one.camera_id for one in self._near])

    def show_log(self, *, incidents: bool) -> None:
        """Locks and marks as the log has them now; incidents are read in the background."""
        self._locks, self._marks = self.desk.locks(), self.desk.marks()
        self._show_timeline()
        if incidents:
            self.desk.read_incidents()

    def _on_incidents(self, incidents: list[Incident]) -> None:
        self._incidents = incidents
        self._show_timeline()

    @property
    def recorded(self) -> Mapping[str, Recorded]:
        """What the index said last."""
        return self._recorded

    @property
    def has_footage(self) -> bool | None:
        """Whether any camera ever recorded; None before the index was asked."""
        if not self._recorded:
            return None
        return any(len(one.recorded) for one in self._recorded.values())

    def _on_recorded(self, recorded: dict[str, Recorded]) -> None:
        self._recorded = recorded
        self._show()

    # Showing

    def _show(self) -> None:
        self._show_timeline()
        self._show_list()

    def _show_timeline(self) -> None:
        names = {one.camera_id: one.name for one in self._near}
        chosen = self._grid.chosen
        order = [*chosen, *(one for one in names if one not in chosen)]
        cameras = [
            (id_, names.get(id_, ""), chosen.index(id_) + 1 if id_ in chosen else 0)
            for id_ in order
        ]
        timeline = timeline_of(cameras, self._recorded, self._locks, self._marks, self._flags())
        self._timeline.show_timeline(timeline, self.desk.desk.now())
        self._timeline.show_selected(self._grid.selected)

    def _flags(self) -> list[IncidentFlag]:
        return [
            IncidentFlag(one.id, seconds(one.reported_at), one.number, one.category.name)
            for one in self._incidents
            if self._is_here(one)
        ]

    def _is_here(self, incident: Incident) -> bool:
        report = incident.report
        if self.place is None or (self.incident is not None and incident.id == self.incident.id):
            return True
        if report.lat_deg is None or report.lon_deg is None:
            return False
        there = LatLon(report.lat_deg, report.lon_deg)
        return self._ground.distance_m(self.place, there) <= _HERE_M

    def _show_list(self) -> None:
        chosen = self._grid.chosen
        seen_before = True
        rows: list[ListedCamera] = []
        for one in self._near:
            is_first_near = seen_before and not one.sees and bool(rows)
            seen_before = one.sees
            rank = chosen.index(one.camera_id) + 1 if one.camera_id in chosen else 0
            row = self._timeline.data.row_of(one.camera_id) if self._recorded else None
            rows.append(ListedCamera(one, rank, coverage(row, self._window), is_first_near))
        self._pane.show_cameras(rows, self.place, self._window)

    # Slots

    def _on_place_taken(self, place: LatLon, name: str) -> None:
        self.open_place(place, name, self._at)
        self._grid.setFocus()

    def _on_camera_clicked(self, camera_id: str) -> None:
        if camera_id in self._grid.chosen:
            self._grid.select(camera_id)
            self._timeline.show_selected(camera_id)
