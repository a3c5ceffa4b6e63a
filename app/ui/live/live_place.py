"""The Live place: composes map, cameras, open incidents, the selected one and intake; wires them.

Every pane tells facts or asks; here they are joined. Nothing else is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.drawn_walls import DrawnWallsView
from app.incidents.deadlines import Targets
from app.incidents.incident import Incident, Report
from app.incidents.place_finder import PlaceFinder
from app.log import Changed
from app.map.view import MapView
from app.thai.translation import explain
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.live.chosen_incident import ChosenIncident, ChosenPanes
from app.ui.live.duty_aids import DutyAids
from app.ui.live.incident_detail import IncidentDetail
from app.ui.live.incident_steps import IncidentSteps
from app.ui.live.incident_table import IncidentTable
from app.ui.live.intake_panel import IntakePanel
from app.ui.live.intake_room import intake_width
from app.ui.live.intake_steps import IntakeSteps
from app.ui.live.map_feed import MapFeed
from app.ui.live.map_pane import MapPane
from app.ui.live.split import LowerHalf, splitter
from app.ui.live.table_pane import TablePane
from app.ui.live.tending_steps import TendingSteps
from app.ui.live.upper_half import UpperHalf
from app.ui.map_style import map_style
from app.ui.recording_words import recorded_cameras
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.units.dispatch_steps import DispatchSteps
from app.ui.units.units_seat import SeatParts, UnitsSeat
from app.ui.wall.camera_acts import CameraActs
from app.ui.wall.camera_drag import drag_camera
from app.ui.wall.camera_grid import CameraGrid
from app.ui.wall.grid_pane import GridPane
from app.ui.wall.layout_steps import LayoutSteps
from app.ui.wall.still_keeper import StillKeeping
from app.ui.wall.wall_seat import WallSeat
from app.ui.widgets.painting import painted_later
from app.ui.words import camera_looks
from app.video.live import LivePictures
from app.video.recorder.recorder_watch import RecorderWatch

_NUMBER_MS = 20  # how long the number of a report just saved goes before all else
_OF_INCIDENTS = ("incident", "unit", "note", "report", "owner", "next_step", "escalated", "categor")
"""What the kinds have in their names that change the list of incidents."""


@dataclass(frozen=True, slots=True)
class LiveParts:
    """What the Live place stands on; made by the application."""

    desk: Desk
    selection: Selection
    ground: Ground
    finder: PlaceFinder
    pictures: LivePictures
    recorder: RecorderWatch
    background: Background
    stills: StillKeeping
    aids: DutyAids
    centre: LatLon
    sample: bool


class LivePlace(QWidget):
    """Map and cameras above, open incidents and the selected one below, intake over the right."""

    told = Signal(str)  # something went well, for the notice
    footage_requested = Signal(float, float)  # of a place on the map

    def __init__(self, theme: Theme, parts: LiveParts) -> None:
        super().__init__()
        self._theme = theme
        self._desk = parts.desk
        self._selection = parts.selection
        self._ground = parts.ground
        self._pictures = parts.pictures
        self._recorder = parts.recorder
        self._incidents: list[Incident] = []
        self.is_sample = parts.sample
        self._build(parts)
        self._connect()

    # Building

    def _build(self, parts: LiveParts) -> None:
        theme, style = self._theme, map_style(self._theme)
        self.map = MapView(parts.ground.projection, parts.centre, style)
        self._feed = MapFeed(self.map, parts.ground)
        self.grid = CameraGrid(theme, parts.pictures, parts.desk.clock)
        self.table = IncidentTable(theme, style)
        self.detail = IncidentDetail(theme, style)
        self._map_pane = MapPane(theme, self.map)
        self._grid_pane = GridPane(theme, self.grid)
        self.wall_seat = WallSeat(theme, self._grid_pane)
        self.layouts = LayoutSteps(
            self.grid, self._grid_pane.layout_button, self._grid_pane.form, parts.desk
        )
        self._table_pane = TablePane(theme, self.table)
        seat = SeatParts(parts.desk, parts.selection, parts.ground, parts.finder)
        self.units = UnitsSeat(theme, style, self._table_pane, seat)
        self.acts = CameraActs(theme, self.grid, parts, self.units)
        self.top_split = UpperHalf(self._map_pane, self.wall_seat)
        self.bottom_split = LowerHalf(self.units, self.detail, (61, 39))
        self.halves = splitter(Qt.Orientation.Vertical, self.top_split, self.bottom_split, (62, 38))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.halves)
        self.steps = IncidentSteps(self.detail, parts.desk)
        self.sending = DispatchSteps(self.detail, parts.desk, parts.ground)
        self.tending = TendingSteps(theme, self.detail, parts.desk)
        panes = ChosenPanes(self.detail, self._grid_pane, self._feed, self.sending)
        self.chosen = ChosenIncident(panes, parts.desk, parts.selection, parts.ground)
        self.overdue = parts.aids.overdue
        self.intake = IntakePanel(theme, parts.finder, sample=parts.sample, now=parts.desk.now)
        self.intake.setParent(self)
        self.intake.hide()
        self.bottom_split.lie_under(self.intake)
        self.reporting = IntakeSteps(
            self.intake, self.map, parts.desk, parts.ground, parts.finder, parts.aids.drafts
        )

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._selection.changed.connect(self._on_selection_changed)
        self.table.incident_chosen.connect(self._selection.choose)
        self._map_pane.footage_requested.connect(self.footage_requested)
        self.map.incident_clicked.connect(self._selection.choose)
        self.map.camera_clicked.connect(self._on_camera_clicked)
        self.map.camera_opened.connect(self.grid.toggle_single)
        self.map.camera_pulled.connect(self._on_camera_pulled)
        self.grid.camera_clicked.connect(self._on_camera_clicked)
        self.grid.camera_opened.connect(self.grid.toggle_single)
        self.layouts.left.connect(self.units.take_keyboard)
        self.wall_seat.moved.connect(self._on_wall_moved)
        self.acts.failed.connect(self._desk.failed)
        for steps in (self.steps, self.sending, self.tending):
            steps.done.connect(self.units.take_keyboard)
        for teller in (self.layouts, self.acts, self.sending, self.units, self.reporting):
            teller.told.connect(self.told)
        self.detail.seeing_requested.connect(self.chosen.toggle_seeing)
        self.reporting.reported.connect(self._on_reported)
        self.reporting.put_aside.connect(self.units.take_keyboard)
        self.reporting.look_requested.connect(self._selection.choose)

    # Filling

    def fill(self) -> None:
        """Read everything once, at the start."""
        self._show_areas()
        self._show_cameras()
        self.layouts.fill()
        self._show_incidents()
        self._show_units()
        self.units.fill()
        self.wall_seat.resume()
        self.overdue.read()
        self.reporting.resume()

    def show_basemap(self, basemap: Basemap) -> None:
        """The base map has been read."""
        self._feed.show_basemap(basemap)
        self.chosen.show()

    def tick(self) -> None:
        """Once a second: deadlines for the ear; what is seen, for the eye."""
        now, targets = self._desk.now(), self._desk.targets
        self.overdue.look(self._incidents, now, targets)
        self.grid.show_recording(recorded_cameras(self._recorder))
        self.units.tick()
        if self.isVisible() or self.map.isVisible():
            self._tick_seen(now, targets)

    def _tick_seen(self, now: datetime, targets: Targets) -> None:
        health, now_s = self._pictures.health, self._desk.clock.monotonic()
        self._feed.show_looks(camera_looks(self._ground.cameras, health, now_s))
        self._show_open(now, targets)
        self.detail.tick(now, targets)
        self.intake.tick()
        self.sending.tick()
        self.chosen.show_on_map()

    def _show_areas(self) -> None:
        self._ground.set_areas(self._desk.areas())
        self._feed.show_areas()

    def _show_cameras(self) -> None:
        cameras = self._desk.cameras()
        self._ground.set_cameras(cameras)
        self._ground.set_drawn_walls(self._desk.drawn_walls())
        self._feed.show_cameras()
        self.grid.set_cameras(cameras)
        self._grid_pane.show_count(len(cameras))

    def _show_units(self) -> None:
        self._feed.show_units(self._desk.units())

    def _show_incidents(self) -> None:
        now, targets = self._desk.now(), self._desk.targets
        self._incidents = self._desk.open_incidents()
        shift = self._desk.shifts.shift_at(now)
        self._table_pane.show_closed(self._desk.closed_since(shift.starts_at))
        self._show_open(now, targets)

    def _show_open(self, now: datetime, targets: Targets) -> None:
        chosen = self._selection.incident_id
        self._table_pane.show_incidents(self._incidents, now, targets, chosen)
        self._feed.show_incidents(self._incidents, now, targets)

    def _on_changed(self, changed: Changed, waits: bool = True) -> None:
        if waits and self.intake.is_saving:  # the number is waited for; a save may also hang
            QTimer.singleShot(_NUMBER_MS, self, lambda: self._on_changed(changed, waits=False))
            return
        kinds = " ".join(changed.kinds)
        if any(word in kinds for word in _OF_INCIDENTS):
            self._show_incidents()
            self._show_units()
        if self._selection.incident_id in changed.subjects:
            self.chosen.show()
        if {"camera_registered", "camera_changed", "camera_removed"} & changed.kinds:
            self._show_cameras()
        if {"area_drawn", "area_removed"} & changed.kinds:
            self._show_areas()
        if DrawnWallsView.kinds & changed.kinds:
            self._show_cameras()
            self.chosen.show()
        if {"wall_layout_saved", "wall_layout_removed"} & changed.kinds:
            self.layouts.fill()

    # The shared selection

    @property
    def selected(self) -> Incident | None:
        """The incident everyone is looking at."""
        return self.detail.incident

    def _on_selection_changed(self, incident_id: str) -> None:
        self.table.choose(incident_id)
        self.chosen.show_new()

    def show_selection(self) -> None:
        """Show what is selected already."""
        self.table.choose(self._selection.incident_id)
        self.chosen.show()

    def choose(self, incident_id: str) -> None:
        """Choose an incident for every pane."""
        self._selection.choose(incident_id)

    def step_selection(self, by: int) -> None:
        """The next or previous open incident."""
        self.table.step(by)

    def back(self) -> None:
        """Esc: out of a form, the whole screen, one camera, who sees it; nothing selected."""
        if self.intake.isVisible():
            self.close_intake()
        elif self.detail.is_asking:
            self.detail.show_story()
        elif self.wall_seat.leave_full() or self.grid.leave_single():
            return
        elif not self.chosen.leave_seeing():
            self._selection.choose("")

    def take_keyboard(self) -> None:
        """To the report that is being typed; else to what is worked through."""
        if self.intake.isHidden():
            self.units.take_keyboard()
        else:
            self.intake.take_keyboard()

    def let_go(self) -> None:
        """The window is going: the cameras come home, and ask for nothing more."""
        self.grid.let_go()
        self.wall_seat.come_home()
        self.units.close_window()

    # Cameras

    def _on_camera_clicked(self, camera_id: str) -> None:
        self.grid.select_camera(camera_id)
        camera = next((one for one in self._ground.cameras if one.id == camera_id), None)
        if camera is not None:
            self.reporting.take_camera(camera)

    def _on_camera_pulled(self, camera_id: str) -> None:
        """A camera's symbol is pulled off the map: onto a tile, perhaps."""
        camera = next(one for one in self._ground.cameras if one.id == camera_id)
        drag_camera(self._theme, self, camera_id, f"{camera.id} {camera.name}")

    def _on_wall_moved(self) -> None:
        if not self.wall_seat.is_away:
            self.units.take_keyboard()

    def show_failure(self, error: KnownError) -> bool:
        """Say it where the officer is typing, if anywhere. Whether somewhere was."""
        return (
            self.reporting.complain(error)
            or self.layouts.complain(error)
            or self.acts.complain(error)
            or self.detail.complain(explain(error))
            or self.units.complain(explain(error))
        )

    # Intake

    def open_intake(self, begun: Report | None = None) -> None:
        """F2: the panel over the right columns; map, list and the other tiles stay usable."""
        self._place_intake()
        self.reporting.open(begun)

    def close_intake(self) -> None:
        """Put it aside with what is in it."""
        self.reporting.close()

    def _on_reported(self, incident_id: str, dispatch: bool) -> None:
        with painted_later(self.top_split, self.units):
            self._selection.choose(incident_id)
        if dispatch:
            self.sending.ask_for_unit()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """What was not shown meanwhile."""
        self.tick()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The Menu key, from wherever the keyboard is; the mouse's own menus are the tiles'."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.acts.open_menu()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_intake()

    def _place_intake(self) -> None:
        width = intake_width(self, self.grid.tiles, self.intake, self._theme.px(580))
        self.intake.setGeometry(QRect(self.width() - width, 0, width, self.height()))
