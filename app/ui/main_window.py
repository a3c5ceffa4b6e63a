"""The one window: header, rail, six places, status bar. Composes and wires, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.errors import KnownError
from app.log import Changed
from app.thai.translation import Language, language
from app.ui.actions import Action
from app.ui.attachments.attachment_steps import AttachmentSteps
from app.ui.finding import Finder
from app.ui.footage_jumps import FootageJumps
from app.ui.handover.duty import DutyOfWindow
from app.ui.header import Header
from app.ui.live.live_place import LivePlace
from app.ui.log_place.log_place import LogPlace
from app.ui.log_words import alarm_words, chain_words
from app.ui.manual.manual_window import ManualWindow
from app.ui.notices import Notice
from app.ui.palette import Palette
from app.ui.papers.papers_of_window import PapersOfWindow
from app.ui.rail import Rail
from app.ui.recording_words import recording_words
from app.ui.review.review_place import ReviewPlace
from app.ui.setup.setup_place import SetupPlace
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.sign_in.sign_in_room import SignInRoom
from app.ui.status_bar import StatusBar
from app.ui.theme import Theme
from app.ui.window_actions import actions_of
from app.ui.window_keys import WindowKeys
from app.ui.window_places import PlaceParts, WindowPlaces
from app.ui.words import counts_as_well

if TYPE_CHECKING:
    from app.ui.papers.papers_place import PapersPlace
from app.ui.zone_map.map_place import MapPlace

WIDE_PX = 1600
SMALLEST = QSize(1180, 640)


class MainWindow(QMainWindow):
    """Closing it is a request: the application stops things in order and then lets it go."""

    close_requested = Signal()
    language_requested = Signal(str)
    text_size_requested = Signal(int)  # percent

    def __init__(self, theme: Theme, parts: PlaceParts) -> None:
        super().__init__()
        self._theme = theme
        self._place_parts, self._parts, self._state = parts, parts.live, parts.state
        self._may_close = False
        self._build()
        self._connect()
        self.show_place("live")
        self.sign_in.settle()
        self.header.tick(self._parts.desk.now())

    # The places

    @property
    def live(self) -> LivePlace:
        return self.places.live

    @property
    def review(self) -> ReviewPlace:
        return self.places.review

    @property
    def map(self) -> MapPlace:
        return self.places.map

    @property
    def log(self) -> LogPlace:
        return self.places.log

    @property
    def papers(self) -> PapersPlace:
        return self.places.papers

    @property
    def setup(self) -> SetupPlace:
        return self.places.setup

    # Building

    def _build(self) -> None:
        theme, profile = self._theme, self._state.profile
        thai = language() is Language.THAI
        self.setWindowTitle(f"{profile.name_th if thai else profile.name_en} – Smart Safety Zone")
        self.header = Header(theme, profile, self._parts.desk.officer)
        self.rail = Rail(theme)
        self.places = WindowPlaces(self, theme, self._place_parts)
        self.status = StatusBar(theme)
        self.sign_in = SignInRoom(theme, self, self._state.guard, self._parts.desk, profile)
        self._lay_out()
        self.footage = FootageJumps(self, self._parts.desk)
        self.duty = DutyOfWindow(self, theme, self._state.duty)
        self.files = AttachmentSteps(self, theme, self._state.files)
        self.notice = Notice(theme, self)
        self.papers_room = PapersOfWindow(self, theme, self._state.papers, self._parts)
        self.actions_known: Sequence[Action] = actions_of(self)

    @cached_property
    def palette_card(self) -> Palette:
        parts = self._parts
        live, see = self.live, self.footage.place
        log_desk = self._place_parts.log
        finder = Finder(
            parts.desk, parts.ground, parts.finder, live, see, log_desk, self.search_log
        )
        return Palette(self._theme, self, finder.with_actions(self.actions_known), finder.tell_more)

    @cached_property
    def sheet(self) -> ShortcutSheet:
        return ShortcutSheet(self._theme, self, self.actions_known)

    @cached_property
    def manual(self) -> ManualWindow:
        return ManualWindow(self._theme, self)

    def _lay_out(self) -> None:
        window = QWidget()
        window.setObjectName("window")
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.sign_in.strip)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.places.stack, 1)
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
        self.live.overdue.supervisor_wanted.connect(self.notice.warn_of)
        for part in (self.live, self.sign_in):
            part.told.connect(self.notice.tell)
        self.sign_in.failed.connect(self.notice.warn)
        self._parts.desk.failed.connect(self._on_failed)
        self._parts.desk.done.connect(self.notice.end_refusal)
        self.notice.clear_of = lambda: self.live.detail  # what can be done next stands there
        self._parts.desk.changed.connect(self._on_changed)
        self._state.keeping.changed.connect(self._show_chain)
        self._keys = WindowKeys(self)
        self.live.units.codes_requested.connect(self.edit_radio_codes)
        self._timer = QTimer(self)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    # What the officer asks for

    @property
    def place_id(self) -> str:
        """The present place."""
        return self.places.shown_id

    def show_place(self, place_id: str) -> None:
        """One of the six places."""
        self.places.show(place_id)
        self.rail.show_place(place_id)
        self._keys.show()

    def show_keys(self) -> None:
        """Look again which keys stand at the foot."""
        self._keys.show()

    def bring_map(self) -> None:
        """Where a base map is brought: Setup › Map."""
        self.show_place("setup")
        self.setup.show_map()

    def open_intake(self) -> None:
        if self._parts.desk.refuses("incident_reported"):
            return
        if "palette_card" in self.__dict__:
            self.palette_card.hide()
        self.show_place("live")
        self.live.open_intake()

    def open_palette(self) -> None:
        self.palette_card.open_with()

    def open_shortcuts(self) -> None:
        self.sheet.open(self._keys.of)

    def open_manual(self) -> None:
        """The page of what is being done here."""
        reports = self.place_id == "live" and self.live.intake.isVisible()
        self.manual.open("intake" if reports else self.place_id)

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
        self.places.fill()
        self.duty.read()
        self._show_chain()
        self._on_tick()

    def show_selection(self) -> None:
        """Show what is selected already; after a change of language."""
        self.live.show_selection()

    def show_disk(self, used_pct: float) -> None:
        self.header.show_disk(used_pct)

    def warn(self, error: KnownError) -> None:
        """A quiet notice of what went wrong, what is safe and what to do."""
        self.notice.warn(error)

    def let_go(self) -> None:
        """Everything has stopped: the next close is real."""
        self._may_close = True
        self._timer.stop()
        self.sign_in.let_go()
        self.places.let_go()

    # Slots

    def _on_failed(self, error: KnownError) -> None:
        if not self.live.show_failure(error):
            self.notice.refuse(error)

    def search_log(self, text: str) -> None:
        """The Log place, with this in its field."""
        self.show_place("log")
        self.log.look_for(text)

    def show_map(self) -> None:
        self.show_place("map")

    def open_camera(self, camera_id: str) -> None:
        """A camera's picture over the whole grid, from the map."""
        self.show_place("live")
        self.live.grid.select_camera(camera_id)
        self.live.grid.toggle_single(camera_id)

    def edit_radio_codes(self) -> None:
        """Where the station's radio codes are set: Setup › Radio codes."""
        self.show_place("setup")
        self.setup.show_radio_codes()

    def _on_changed(self, changed: Changed) -> None:
        self._show_chain()
        if self.place_id == "setup":
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
        if self.places.is_made("map"):
            self.map.tick()

    def _show_chain(self) -> None:
        state = self._state.keeping.state
        self.status.show_chain(*chain_words(state, self._parts.desk.entry_count()))
        self.header.show_log(alarm_words(state))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit(self.width() >= self._theme.px(WIDE_PX))
        made = [self.__dict__[name] for name in ("palette_card", "sheet") if name in self.__dict__]
        for card in (*made, self.files.card, self.notice):
            if card.isVisible():
                card.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()
