"""The one window: header, rail, six places, status bar. Composes and wires, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.errors import KnownError
from app.geo.basemap import Basemap
from app.log import Changed
from app.station.profile import Profile
from app.station.signing_key import KeyShown
from app.thai.translation import Language, language
from app.ui.actions import Action, Shortcuts
from app.ui.coming_place import ComingPlace
from app.ui.finding import Finder
from app.ui.footage_jumps import FootageJumps
from app.ui.header import Header
from app.ui.live.live_place import LiveParts, LivePlace
from app.ui.log_keeping import LogKeeping
from app.ui.log_place.in_window import log_place_of
from app.ui.log_place.log_desk import LogDesk
from app.ui.log_place.log_place import LogPlace
from app.ui.log_words import alarm_words, chain_words
from app.ui.map_desk import MapDesk
from app.ui.notices import Notice
from app.ui.palette import Palette
from app.ui.rail import Rail, places
from app.ui.recording_words import recording_words
from app.ui.review.review_place import ReviewParts, ReviewPlace
from app.ui.setup.camera_office import CameraOffice
from app.ui.setup.log_pane import LogPane
from app.ui.setup.places_pane import PlacesPane
from app.ui.setup.recording_pane import RecordingPane
from app.ui.setup.setup_place import SetupPlace
from app.ui.setup.sound_box import SoundBox
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.status_bar import StatusBar
from app.ui.theme import Theme
from app.ui.window_actions import actions_for_wall, actions_of
from app.ui.words import counts_as_well
from app.ui.zone_map.map_look import MapLook
from app.ui.zone_map.map_place import MapPlace, map_parts

WIDE_PX = 1600
SMALLEST = QSize(1180, 640)


@dataclass(frozen=True, slots=True)
class StationState:
    """What the window is told about the station when it opens."""

    profile: Profile
    keeping: LogKeeping
    """What is known of the log, and doing something about it."""
    key: Callable[[], KeyShown] | None = None
    """What there is to tell of the signing key."""


class MainWindow(QMainWindow):
    """Closing it is a request: the application stops things in order and then lets it go."""

    close_requested = Signal()
    language_requested = Signal(str)
    text_size_requested = Signal(int)  # percent

    def __init__(
        self,
        theme: Theme,
        parts: LiveParts,
        state: StationState,
        office: CameraOffice,
        review: ReviewParts,
        map_desk: MapDesk,
        log_desk: LogDesk,
    ) -> None:
        super().__init__()
        self._theme, self._parts, self._office = theme, parts, office
        self._review_parts = review
        self._map_desk, self._log_desk = map_desk, log_desk
        self._basemap: Basemap | None = None
        self._map_look: MapLook | None = None
        self._state = state
        self._may_close = self._is_filled = False
        self._build()
        self._connect()
        self.show_place("live")
        self.header.tick(parts.desk.now())

    # Building

    def _build(self) -> None:
        theme, profile = self._theme, self._state.profile
        thai = language() is Language.THAI
        self.setWindowTitle(f"{profile.name_th if thai else profile.name_en} – Smart Safety Zone")
        self.header = Header(theme, profile, self._parts.desk.officer)
        self.rail = Rail(theme)
        self.live = LivePlace(theme, self._parts)
        self.status = StatusBar(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.live)
        self._places: dict[str, QWidget] = {"live": self.live}
        self._lay_out()
        self.footage = FootageJumps(self, self._parts.desk)
        self.actions_known: Sequence[Action] = actions_of(self)
        self.notice = Notice(theme, self)

    @cached_property
    def setup(self) -> SetupPlace:
        """Built when it is first wanted, as everything that is not the Live place."""
        theme, parts, profile = self._theme, self._parts, self._state.profile
        recording = RecordingPane(theme, parts.desk, profile, parts.recorder, parts.background)
        log = LogPane(theme, parts.desk, self._state.keeping)
        maps, places = self._map_desk.maps, PlacesPane(theme, self._map_desk.places)
        setup = SetupPlace(
            theme, parts.desk, profile, self._office, recording, maps, places, log, self._state.key
        )
        setup.console.add_box(SoundBox(theme, self.live.overdue))
        setup.map_requested.connect(self._on_map_requested)
        setup.told.connect(self.notice.tell)
        setup.language_requested.connect(self.language_requested)
        setup.text_size_requested.connect(self.text_size_requested)
        setup.fill()
        return setup

    @cached_property
    def review(self) -> ReviewPlace:
        """Built when it is first wanted."""
        review = ReviewPlace(self._theme, self._review_parts)
        review.told.connect(self.notice.tell)
        review.failed.connect(self.notice.warn)
        review.live_requested.connect(self.footage.live)
        self._tell_late(review)
        return review

    @cached_property
    def map(self) -> MapPlace:
        """Built when it is first wanted."""
        made = MapPlace(self._theme, map_parts(self._parts, self._map_desk))
        made.told.connect(self.notice.tell)
        made.failed.connect(self.notice.warn)
        made.footage_requested.connect(self.footage.place)
        made.camera_opened.connect(self._on_camera_opened)
        made.camera_chosen.connect(self.live.grid.select_camera)
        made.layers.bring_requested.connect(self.bring_map)
        if self._map_look is not None:
            made.restore(self._map_look)
        self._tell_late(made)
        made.start()
        return made

    @cached_property
    def log(self) -> LogPlace:
        """Built when it is first wanted."""
        made = log_place_of(self, self._theme, self._parts, self._log_desk)
        self._tell_late(made)
        return made

    def remembered_map(self) -> MapLook | None:
        """How the Map place looks, or looked when the window was last closed."""
        return self.map.look() if "map" in vars(self) else self._map_look

    def restore_map(self, look: MapLook) -> None:
        """How the Map place looked; it is built when it is first wanted."""
        self._map_look = look
        if "map" in vars(self):
            self.map.restore(look)

    @cached_property
    def palette_card(self) -> Palette:
        parts = self._parts
        live, see = self.live, self.footage.place
        finder = Finder(parts.desk, parts.ground, parts.finder, live, see, self._log_desk)
        return Palette(self._theme, self, finder.with_actions(self.actions_known), finder.tell_more)

    @cached_property
    def sheet(self) -> ShortcutSheet:
        return ShortcutSheet(self._theme, self, self.actions_known)

    def _place(self, place_id: str) -> QWidget:
        """The widget of a place, built when it is first shown."""
        if place_id not in self._places:
            known = {place.id: place for place in places()}
            made: QWidget
            match place_id:
                case "setup":
                    made = self.setup
                case "review":
                    made = self.review
                case "map":
                    made = self.map
                case "log":
                    made = self.log
                case _:
                    made = ComingPlace(self._theme, known[place_id])
            self._places[place_id] = made
            self._stack.addWidget(made)
        return self._places[place_id]

    def _lay_out(self) -> None:
        window = QWidget()
        window.setObjectName("window")
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(window)
        for bar in (self.header, self.status):
            bar.setMinimumWidth(1)  # they fit themselves to the window, not the window to them
        self.setMinimumSize(SMALLEST)

    def _connect(self) -> None:
        self.header.intake_requested.connect(self.open_intake)
        self.header.search_requested.connect(self.open_palette)
        self.rail.place_requested.connect(self.show_place)
        self.rail.shortcuts_requested.connect(self.open_shortcuts)
        self.live.told.connect(self.notice.tell)
        self.live.overdue.supervisor_wanted.connect(self.notice.warn_of)
        self._parts.desk.failed.connect(self._on_failed)
        self._parts.desk.changed.connect(self._on_changed)
        self._state.keeping.changed.connect(self._show_chain)
        self._shortcuts = Shortcuts(self, self.actions_known)
        self.live.wall_seat.window_opened.connect(self._on_wall_window_opened)
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    # What the officer asks for

    @property
    def place_id(self) -> str:
        """The present place."""
        return next(
            id_ for id_, place in self._places.items() if place is self._stack.currentWidget()
        )

    def show_place(self, place_id: str) -> None:
        """One of the six places."""
        self._stack.setCurrentWidget(self._place(place_id))
        self.rail.show_place(place_id)
        self._shortcuts.show_place(place_id)
        self.status.show_actions(
            [
                action
                for action in self.actions_known
                if action.bar and place_id == (action.place or "live")
            ]
        )
        if place_id == "live":
            self.live.table.setFocus()
        elif place_id == "review":
            self.review.grid.setFocus()
        elif place_id == "map":
            self.map.view.setFocus()

    def bring_map(self) -> None:
        """Where a base map is brought: Setup › Map."""
        self.show_place("setup")
        self.setup.show_map()

    def open_intake(self) -> None:
        if "palette_card" in self.__dict__:
            self.palette_card.hide()
        self.show_place("live")
        self.live.open_intake()

    def open_palette(self) -> None:
        self.palette_card.open_with()

    def open_shortcuts(self) -> None:
        self.sheet.open(self.place_id)

    def toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def switch_language(self) -> None:
        """Thai to English and back."""
        other = Language.ENGLISH if language() is Language.THAI else Language.THAI
        self.language_requested.emit(other.value)

    @property
    def text_percent(self) -> int:
        """The text size of this window."""
        return self._theme.text_percent

    # What the application tells

    def fill(self) -> None:
        """Read the log once, after the first paint."""
        self.live.fill()
        self._is_filled = True
        for place in self._made("review", "map", "log"):
            place.fill()
        self._show_chain()
        self._on_tick()

    def show_selection(self) -> None:
        """Show what is selected already; after a change of language."""
        self.live.show_selection()

    def show_basemap(self, basemap: Basemap) -> None:
        self._basemap = basemap
        self.live.show_basemap(basemap)
        for place in self._made("review", "map", "log"):
            place.show_basemap(basemap)

    def show_disk(self, used_pct: float) -> None:
        self.header.show_disk(used_pct)

    def warn(self, error: KnownError) -> None:
        """A quiet notice of what went wrong, what is safe and what to do."""
        self.notice.warn(error)

    def let_go(self) -> None:
        """Everything has stopped: the next close is real."""
        self._may_close = True
        self._timer.stop()
        for place in self._made("review", "map", "log"):
            place.let_go()
        self.live.let_go()

    def stop_maps(self) -> bool:
        """End the maps' drawing threads; False when one missed its deadline."""
        return all([self.live.map.stop(), *(one.stop() for one in self._made("map", "log"))])

    def _tell_late(self, place: Any) -> None:
        """A place that was built late hears what the others were told."""
        if self._is_filled:
            place.fill()
        if self._basemap is not None:
            place.show_basemap(self._basemap)

    def _made(self, *names: str) -> list[Any]:
        """Those of the places that were wanted so far."""
        return [vars(self)[name] for name in names if name in vars(self)]

    # Slots

    def _on_failed(self, error: KnownError) -> None:
        if not self.live.show_failure(error):
            self.notice.warn(error)

    def _on_map_requested(self) -> None:
        self.show_place("map")

    def _on_camera_opened(self, camera_id: str) -> None:
        """A camera's picture over the whole grid, from the map."""
        self.show_place("live")
        self.live.grid.select_camera(camera_id)
        self.live.grid.toggle_single(camera_id)

    def _on_wall_window_opened(self, window: QWidget) -> None:
        Shortcuts(window, actions_for_wall(self))

    def _on_changed(self, changed: Changed) -> None:
        self._show_chain()
        if "setup" in self._places:
            self.setup.fill()

    def _on_tick(self) -> None:
        self.header.tick(self._parts.desk.now())
        now_s = self._parts.desk.clock.monotonic()
        cameras = self._parts.ground.cameras
        health = self._parts.pictures.health
        well = [counts_as_well(health(camera.id), now_s) for camera in cameras]
        self.header.show_cameras(sum(well), len(well))
        self.header.show_recorder(recording_words(self._parts.recorder))
        self.live.tick()
        self.header.show_overdue(self.live.overdue.words())
        if "map" in vars(self):
            self.map.tick()

    def _show_chain(self) -> None:
        state = self._state.keeping.state
        self.status.show_chain(*chain_words(state, self._parts.desk.entry_count()))
        self.header.show_log(alarm_words(state))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit(self.width() >= self._theme.px(WIDE_PX))
        if "palette_card" in self.__dict__ and self.palette_card.isVisible():
            self.palette_card.place()
        if self.notice.isVisible():
            self.notice.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()
