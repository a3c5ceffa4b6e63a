"""The window's six places: each built when it is first shown, and told what others were told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.geo.basemap import Basemap
from app.ui.ground_picture_views import GroundPictureViews
from app.ui.live.live_place import LiveParts, LivePlace
from app.ui.log_place.in_window import log_place_of
from app.ui.log_place.log_desk import LogDesk
from app.ui.log_place.log_place import LogPlace
from app.ui.map_desk import MapDesk
from app.ui.review.review_place import ReviewParts, ReviewPlace
from app.ui.setup.camera_office import CameraOffice
from app.ui.setup.log_pane import LogPane
from app.ui.setup.officers_pane import OfficersPane
from app.ui.setup.places_pane import PlacesPane
from app.ui.setup.recording_pane import RecordingPane
from app.ui.setup.setup_place import SetupPlace
from app.ui.setup.sound_box import SoundBox
from app.ui.station_state import StationState
from app.ui.theme import Theme
from app.ui.widgets.least_room import LeastRoom
from app.ui.zone_map.map_look import MapLook
from app.ui.zone_map.map_place import MapPlace, map_parts

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.papers.papers_place import PapersPlace


@dataclass(frozen=True, slots=True)
class PlaceParts:
    """What the places stand on."""

    live: LiveParts
    state: StationState
    office: CameraOffice
    review: ReviewParts
    maps: MapDesk
    log: LogDesk


class WindowPlaces:
    """Live is there from the start, whatever else is wanted comes later."""

    def __init__(self, window: MainWindow, theme: Theme, parts: PlaceParts) -> None:
        self._window, self._theme, self._parts = window, theme, parts
        self.stack = QStackedWidget()
        self.live = LivePlace(theme, parts.live)
        self._rooms: dict[str, LeastRoom] = {}
        self._put("live", self.live)
        self._pictures = GroundPictureViews(parts.maps.maps)
        self._pictures.take_all(self.live)
        self._basemap: Basemap | None = None
        self._map_look: MapLook | None = None
        self._is_filled = False

    # What there is

    @cached_property
    def setup(self) -> SetupPlace:
        """Cameras, recording, the map, places, the log, this console."""
        parts, window = self._parts, self._window
        desk, profile = parts.live.desk, parts.state.profile
        recording = RecordingPane(
            self._theme, desk, profile, parts.live.recorder, parts.live.background
        )
        made = SetupPlace(
            self._theme, desk, profile, parts.office, recording, parts.maps.maps,
            PlacesPane(self._theme, parts.maps.places),
            LogPane(self._theme, desk, parts.state.keeping), self._officers(),
            window.duty.new_shifts_pane(), parts.state.key,
        )  # fmt: skip
        made.console.add_box(SoundBox(self._theme, self.live.overdue))
        made.map_requested.connect(window.show_map)
        made.told.connect(window.notice.tell)
        made.language_requested.connect(window.language_requested)
        made.text_size_requested.connect(window.text_size_requested)
        made.sections.currentRowChanged.connect(window.show_keys)
        made.fill()
        return made

    def _officers(self) -> OfficersPane:
        officers = OfficersPane(self._theme, self._parts.state.officers)
        officers.code_made.connect(self._window.sign_in.show_code)
        return officers

    @cached_property
    def review(self) -> ReviewPlace:
        """Recorded footage."""
        made, window = ReviewPlace(self._theme, self._parts.review), self._window
        made.told.connect(window.notice.tell)
        made.failed.connect(window.notice.warn)
        made.live_requested.connect(window.footage.live)
        self._pictures.take_all(made)
        self._tell_late(made)
        return made

    @cached_property
    def map(self) -> MapPlace:
        """The zone map with its tools."""
        made = MapPlace(self._theme, map_parts(self._parts.live, self._parts.maps))
        window = self._window
        made.told.connect(window.notice.tell)
        made.failed.connect(window.notice.warn)
        made.footage_requested.connect(window.footage.place)
        made.camera_opened.connect(window.open_camera)
        made.camera_chosen.connect(self.live.grid.select_camera)
        made.layers.bring_requested.connect(window.bring_map)
        made.bar.print_requested.connect(window.papers_room.open_zone_map)
        if self._map_look is not None:
            made.restore(self._map_look)
        made.layers.changed.connect(self._pictures.follow)
        self._pictures.take_all(made)
        self._tell_late(made)
        made.start()
        return made

    @cached_property
    def log(self) -> LogPlace:
        """All incidents, and what is searched among them."""
        made = log_place_of(self._window, self._theme, self._parts.live, self._parts.log)
        made.map_made.connect(self._pictures.take)
        self._tell_late(made)
        return made

    @cached_property
    def papers(self) -> PapersPlace:
        """Sheets, what was printed, the print queue."""
        made = self._window.papers_room.new_place()
        if self._is_filled:
            made.fill()
        return made

    @property
    def shown_id(self) -> str:
        """The place that is shown now."""
        shown = self.stack.currentWidget()
        return next(id_ for id_, room in self._rooms.items() if room is shown)

    def is_made(self, name: str) -> bool:
        """Whether a place was wanted so far."""
        return name in vars(self)

    def made(self, *names: str) -> list[Any]:
        """Those of the places that were wanted so far."""
        return [vars(self)[name] for name in names if name in vars(self)]

    # What happens to them

    def show(self, place_id: str) -> None:
        """This place, with the keyboard where its hand begins."""
        was_made = self.is_made(place_id)
        self.stack.setCurrentWidget(self._room(place_id))
        if place_id == "live":
            self.live.take_keyboard()
        elif place_id == "review":
            self.review.grid.setFocus()
        elif place_id == "map":
            self.map.view.setFocus()
        elif place_id == "papers":
            self.papers.list.setFocus()
        elif place_id == "handover":
            self._window.duty.place.list.setFocus()
        elif place_id == "setup" and was_made:
            self.setup.fill()  # it hears of nothing while nobody looks

    def fill(self) -> None:
        """Read the log once, after the first paint."""
        self.live.fill()
        self._is_filled = True
        for place in self.made("review", "map", "log", "papers"):
            place.fill()

    def show_basemap(self, basemap: Basemap) -> None:
        """The base map was read, or is another now."""
        self._basemap = basemap
        self.live.show_basemap(basemap)
        for place in self.made("review", "map", "log"):
            place.show_basemap(basemap)

    def map_look(self) -> MapLook | None:
        """How the Map place looks, or looked when the window was last closed."""
        return self.map.look() if self.is_made("map") else self._map_look

    def restore_map(self, look: MapLook) -> None:
        """How the Map place looked; it is built when it is first wanted."""
        self._map_look = look
        self._pictures.follow(look.looks())
        if self.is_made("map"):
            self.map.restore(look)

    def let_go(self) -> None:
        """The window is going: ask for nothing more, hold nothing."""
        for place in self.made("review", "map", "log", "papers"):
            place.let_go()
        self.live.let_go()

    def stop_maps(self) -> bool:
        """End the maps' drawing threads; False when one missed its deadline."""
        return all([self.live.map.stop(), *(one.stop() for one in self.made("map", "log"))])

    def _room(self, place_id: str) -> LeastRoom:
        if place_id not in self._rooms:
            is_duty = place_id == "handover"
            self._put(place_id, self._window.duty.place if is_duty else getattr(self, place_id))
        return self._rooms[place_id]

    def _put(self, place_id: str, place: QWidget) -> None:
        room = self._rooms[place_id] = LeastRoom(place)
        self.stack.addWidget(room)

    def _tell_late(self, place: Any) -> None:
        """A place that was built late hears what the others were told."""
        if self._is_filled:
            place.fill()
        if self._basemap is not None:
            place.show_basemap(self._basemap)
