"""The Map place: composes map, layers, areas and who sees what, and wires them.

Every pane tells facts or asks; here they are joined. Nothing else is decided here.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QShowEvent

from app.geo.areas import Area, AreaKind
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon, as_decimal, as_mgrs
from app.geo.drawn_walls import DrawnWallsView
from app.incidents.incident import IncidentCorrected
from app.log import Changed
from app.map.file_outlines import FileOutlines
from app.map.marks import MapLayer
from app.map.measure import Measure
from app.map.sight_lines import SightLines
from app.ui.live.live_place import LiveParts
from app.ui.live.map_feed import MapFeed
from app.ui.map_desk import MapDesk
from app.ui.theme import Theme
from app.ui.zone_map.area_exchange import AreaExchange
from app.ui.zone_map.camera_steps import CameraSteps
from app.ui.zone_map.coverage_steps import CoverageSteps
from app.ui.zone_map.day_ground import DayGround
from app.ui.zone_map.group_steps import GroupSteps
from app.ui.zone_map.hours import Hours
from app.ui.zone_map.incident_marks import IncidentMarks
from app.ui.zone_map.map_days import MapDays
from app.ui.zone_map.map_dress import MapDress
from app.ui.zone_map.map_look import MapLook
from app.ui.zone_map.map_menu import open_map_menu
from app.ui.zone_map.map_panes import MapPanes, MapParts
from app.ui.zone_map.map_tools import MapTools
from app.ui.zone_map.place_steps import PlaceSteps
from app.ui.zone_map.seeing_steps import SeeingSteps
from app.ui.zone_map.view_history import ViewHistory
from app.ui.zone_map.wall_steps import WallSteps
from app.ui.zone_map.zone_steps import ZoneSteps


class MapPlace(MapPanes):
    """Joins the panes: what one tells, another shows."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    camera_chosen = Signal(str)
    camera_opened = Signal(str)
    footage_requested = Signal(object)  # LatLon
    incident_opened = Signal(str)

    def __init__(self, theme: Theme, parts: MapParts) -> None:
        super().__init__(theme, parts)
        self._parts = parts
        self.selection = parts.selection
        self._desk = parts.desk.desk
        self._pointer: LatLon | None = None
        self._build_steps()
        self._connect()

    def _build_steps(self) -> None:
        parts, view = self._parts, self.view
        self._feed = MapFeed(view, parts.ground)
        self.ground = DayGround(self, self._feed, parts)
        self.history = ViewHistory(view)
        self._lines = SightLines()
        self.outlines = FileOutlines()
        self.measure = Measure(view.ground.to_degrees)
        self.zones = ZoneSteps(view, self.card, parts.desk, parts.finder, parts.ground.projection)
        self.walls = WallSteps(
            view, self._feed, self.wall_card, parts.desk, parts.ground, parts.finder
        )
        self.cameras = CameraSteps(view, self.aim_card, parts.desk, parts.ground)
        self.who = SeeingSteps(
            view, self.seeing, self._lines, parts.ground, parts.finder, self.ground.looks
        )
        self.places = PlaceSteps(view, self.place_card, parts.desk, parts.ground, parts.finder)
        self.incidents = IncidentMarks(view, self.time_bar, self.layers, parts.desk)
        self.watch = CoverageSteps(view, self.coverage, parts.ground, parts.desk.background)
        self.cameras.watch = self.watch
        self.groups = GroupSteps(view, self.group_list, self.incidents, parts.selection)
        self.days = MapDays(view, self.bar, self.areas, self.layers, parts.desk, parts.ground)
        self.exchange = AreaExchange(self, parts.desk, parts.ground.projection, parts.centre)
        self.hours = Hours(self.coverage.hours, self._desk.now, parts.centre)
        self.zones.incidents_in = self.incidents.inside
        self.tools = MapTools(self)
        overlays = (self.outlines, self._lines)
        self._dress = MapDress(view, self.bar, self.layers, self._theme, overlays)

    def _connect(self) -> None:
        bar, view = self.bar, self.view
        bar.tool_chosen.connect(self.tools.choose)
        bar.snapping_toggled.connect(self.zones.set_snapping)
        bar.snapping_toggled.connect(self.walls.set_snapping)
        bar.undo_requested.connect(self.tools.undo)
        bar.redo_requested.connect(self.tools.redo)
        bar.back_requested.connect(self.go_back)
        bar.forward_requested.connect(self.go_forward)
        bar.window_requested.connect(self.toggle_window)
        self.go_to.taken.connect(self._on_taken)
        for part in (self.go_to, self.days, self.exchange):
            part.failed.connect(self.failed)
        self.days.shown.connect(self._on_areas)
        self.hours.changed.connect(self.ground.show_again)
        self.time_bar.today_requested.connect(self.days.show_today)
        self.history.changed.connect(self._on_history)
        self.layers.changed.connect(view.set_layers)
        self.layers.changed.connect(self.legend.show_layers)
        self.areas.edit_requested.connect(self.tools.edit_area)
        self.walls_panel.edit_requested.connect(self.tools.edit_wall)
        self.walls_panel.draw_requested.connect(self.tools.draw_wall)
        for drawing in (self.zones, self.walls):
            drawing.stepped.connect(bar.show_steps)
            drawing.stepped.connect(self.cards.settle)
        self.zones.stepped.connect(self._on_stepped)
        for steps in (self.zones, self.walls, self.cameras, self.places, self.exchange):
            steps.told.connect(self.told)
        self.measure.changed.connect(view.redraw)
        view.place_clicked.connect(self._on_place_clicked)
        view.incident_clicked.connect(self.selection.choose)
        view.camera_clicked.connect(self._on_camera_clicked)
        view.camera_opened.connect(self.open_camera)
        view.pointer_moved.connect(self._on_pointer_moved)
        self.seeing.camera_clicked.connect(self._on_camera_clicked)
        self.seeing.camera_opened.connect(self.open_camera)
        self.seeing.footage.clicked.connect(self.ask_footage)
        self.try_camera.clicked.connect(self.tools.try_a_camera)
        self.places.ended.connect(self._select_again)
        self.selection.changed.connect(self._on_selection)
        self._desk.changed.connect(self._on_changed)
        self._on_history()
        bar.show_steps(False, False)

    # Life

    def start(self) -> None:
        """Begin drawing."""
        self.view.start()

    def stop(self) -> bool:
        """End drawing; False when the threads missed their deadline."""
        return self.view.stop()

    def look(self) -> MapLook:
        """How it looks, to be remembered."""
        return self._dress.look()

    def restore(self, look: MapLook) -> None:
        """Look as it did."""
        self._dress.restore(look)

    def let_go(self) -> None:
        """The window is going: the map comes home."""
        if self._window is not None:
            self.toggle_window()
        self.watch.set_seen(False)
        self.exchange.leave()

    def fill(self) -> None:
        """Read everything."""
        self.days.fill()
        self.incidents.fill()
        self._select_again()
        self.ground.show_counts()

    def show_basemap(self, basemap: Basemap) -> None:
        """The base map has been read."""
        self._feed.show_basemap(basemap)
        self.layers.show_counts({MapLayer.PICTURES: len(basemap.pictures)})
        self.zones.set_basemap(basemap)
        self.who.set_basemap(basemap)
        self.days.fill()

    def tick(self) -> None:
        """Now and then: how the cameras are doing."""
        if self.isVisible() or self._window is not None:
            self._feed.show_looks(self.ground.looks())
            self.hours.follow()

    def _on_areas(self, areas: tuple[Area, ...]) -> None:
        """Other areas are shown: a drawing of those before is left."""
        if self.zones.is_drawing and self.days.day is not None:
            self.zones.leave()
        self.zones.set_areas(areas)
        self.ground.show()
        self.watch.set_zone(areas)
        self.exchange.set_areas(areas, self.days.words)

    def ask_again(self) -> None:
        """Who sees the place that was asked about, on the ground of another day or hour."""
        if self.selection.incident_id:
            self._select_again()
        elif self.who.place is not None:
            self.who.select(self.who.place)

    def save(self) -> None:
        """Ctrl+S: what is drawn or aimed."""
        if self.zones.is_drawing:
            self.card.ask_to_save()
        elif self.walls.is_drawing:
            self.walls.save()
        elif self.places.is_correcting:
            self.places.save()
        elif self.exchange.is_reading:
            self.areas_in.ask_to_save()
        else:
            self.cameras.save()

    def back(self) -> None:
        """Esc: out of what is open, one thing at a time."""
        if self.bar.leave_day() or self.go_to.leave():
            self.view.setFocus()
            return
        if self.groups.leave():
            return
        if self.cameras.is_aiming:
            self.cameras.leave()
        elif self.zones.is_drawing:
            self.zones.leave()
        elif self.walls.is_drawing:
            self.walls.leave()
        elif self.places.is_correcting:
            self.places.leave()
        elif self.exchange.leave():
            self.view.setFocus()
        elif self.view.tool is not None:
            if not self.measure.clear():
                self.tools.choose("select")
        elif self.who.clear():
            self._select_again()
        else:
            self.selection.choose("")

    def _on_stepped(self, can_undo: bool, _can_redo: bool) -> None:
        """The coverage follows the zone as it is drawn."""
        self.legend.show_drawing(self.zones.is_drawing)
        drawing = self.zones.drawing
        is_zone = drawing is not None and drawing.kind is AreaKind.ZONE and can_undo
        shape = drawing.shape(drawing.history.present) if drawing is not None and is_zone else None
        self.watch.show_drawn(shape if shape is not None and shape.is_valid else None)

    # Places

    def go_back(self) -> None:
        self.history.go(-1)

    def go_forward(self) -> None:
        self.history.go(1)

    def show_at(self, place: LatLon) -> None:
        """Bring a place to the middle and say who sees it."""
        self.history.note()
        self.view.show_place(place)
        self.who.select(place)

    def _on_taken(self, place: LatLon) -> None:
        self.show_at(place)
        self.view.setFocus()

    def _on_place_clicked(self, lat_deg: float, lon_deg: float) -> None:
        self.view.setFocus()
        self.who.select(LatLon(lat_deg, lon_deg))

    def _on_camera_clicked(self, camera_id: str) -> None:
        self.tools.camera_id = camera_id
        if self._stands_now(camera_id):
            self.camera_chosen.emit(camera_id)

    def open_camera(self, camera_id: str) -> None:
        """The picture of a camera; one of an earlier day that is no more has none."""
        if self._stands_now(camera_id):
            self.camera_opened.emit(camera_id)

    def _stands_now(self, camera_id: str) -> bool:
        """Whether a camera of the map's day is still in use, so that it has a picture."""
        return any(one.id == camera_id for one in self._parts.ground.cameras)

    def ask_footage(self) -> None:
        """R: the footage of the place that was clicked."""
        if self.who.place is not None:
            self.footage_requested.emit(self.who.place)

    def _on_pointer_moved(self, lat_deg: float, lon_deg: float) -> None:
        self._pointer = LatLon(lat_deg, lon_deg)
        dots_per_m = self.view.logicalDpiX() / 0.0254
        scale = round(dots_per_m / self.view.view_state().px_per_m, -1)
        words = (as_mgrs(self._pointer), as_decimal(self._pointer), f"1:{scale:,.0f}")
        self.time_bar.show_pointer(words)

    # The one selection

    @property
    def _is_busy(self) -> bool:
        """Whether something is drawn or moved, which a click or a menu must not disturb."""
        return self.zones.is_drawing or self.walls.is_drawing or self.places.is_correcting

    def _select_again(self) -> None:
        """What is chosen, shown as and where it is now."""
        self._on_selection(self.selection.incident_id)

    def _on_selection(self, incident_id: str) -> None:
        if self.places.is_correcting:
            return  # shown when the hand lets go
        incident = self._desk.incident(incident_id) if incident_id else None
        report = incident.report if incident is not None else None
        ids: tuple[str, ...] = ()
        if report is not None and report.lat_deg is not None and report.lon_deg is not None:
            ids = self.who.ask(LatLon(report.lat_deg, report.lon_deg))
        elif incident is None:
            self.who.clear()
        self._feed.select(incident, ids, self._desk.now(), self._desk.targets, move=False)

    def _on_changed(self, changed: Changed) -> None:
        kinds = " ".join(changed.kinds)
        if "incident" in kinds or "unit" in kinds:
            self.incidents.fill()
            self.ground.show_units()
        if IncidentCorrected.kind in changed.kinds and (
            self.selection.incident_id in changed.subjects
        ):
            self._select_again()
        if {"area_drawn", "area_removed"} & changed.kinds:
            self.days.fill()
        if {"camera_registered", "camera_changed", "camera_removed"} & changed.kinds:
            self._feed.show_cameras()
            self.watch.forget()
        if DrawnWallsView.kinds & changed.kinds:
            self.ground.show_again()
        self.ground.show_counts()

    def _on_history(self) -> None:
        self.bar.show_history(self.history.can_go_back, self.history.can_go_forward)

    # Qt

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The place under the pointer: copy it, its footage, who sees it."""
        at = self.view.mapFromGlobal(event.globalPos())
        on_map = self.view.rect().contains(at) and not self._is_busy
        if not on_map or self._pointer is None or event.reason() != event.Reason.Mouse:
            event.ignore()
            return
        open_map_menu(self, self._pointer, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the map ends a line. No shortcut: fields and buttons want it for themselves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_busy:
            self.tools.finish_line()
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        self.legend.show_layers(self.view.layers)
        self.tick()
        self.watch.set_seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self.watch.set_seen(self.is_away)
        self.go_to.leave()


def map_parts(live: LiveParts, desk: MapDesk) -> MapParts:
    """The Map place stands on what the Live place does, and on the map's desk."""
    return MapParts(desk, live.selection, live.ground, live.finder, live.pictures, live.centre)
