"""The console: the only place where things are built and wired, started and stopped in order."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal

from app.bugs import Bugs
from app.cameras.ground import Ground
from app.cameras.passwords import CameraPasswords
from app.clock import Clock
from app.collector import Collector
from app.duty.console import ConsoleStarted, ConsoleStopped
from app.errors import KnownError
from app.evidence.log_office import LogOffice
from app.evidence.office import EvidenceOffice
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.places import all_places
from app.geo.projection import Projection
from app.geo.town import town_of
from app.incidents.deadlines import Targets
from app.incidents.place_finder import PlaceFinder
from app.log import Actor, Changed, Log, Role
from app.station import (
    ConsoleLock,
    Disk,
    ProgramLog,
    Redactor,
    StationFolder,
    secret_store,
)
from app.station.version import VERSION
from app.thai.translation import Language, say, set_language, tr
from app.ui import window_state
from app.ui.attachments.attachment_desk import AttachmentDesk
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.evidence_keeping import EvidenceKeeping
from app.ui.first_paint import FirstPaint
from app.ui.handover.duty import Duty, open_duty
from app.ui.live.duty_aids import DutyAids
from app.ui.live.live_place import LiveParts
from app.ui.log_keeping import LogKeeping
from app.ui.log_place.log_desk import LogDesk
from app.ui.main_window import MainWindow
from app.ui.map_desk import MapDesk
from app.ui.papers.papers_room import PapersRoom
from app.ui.review.footage_room import FootageRoom
from app.ui.selection import Selection
from app.ui.setup.camera_office import CameraOffice, OfficeParts
from app.ui.setup.map_office import MapOffice
from app.ui.sign_in.desk_guard import nobody
from app.ui.sign_in.entrance import Entrance
from app.ui.station_state import StationState
from app.ui.theme import Theme
from app.ui.unfinished import resume, unfinished
from app.ui.wall.still_keeper import StillKeeping
from app.ui.window_places import PlaceParts
from app.ui.window_state import WindowState
from app.video.connection_log import ConnectionLog
from app.video.health import Health
from app.video.health_record import HealthRecord
from app.video.opener import OpenCvOpener
from app.video.recorder.recorder_watch import RecorderWatch
from app.video.workers.pictures import WorkerPictures
from app.views import all_views
from app.watching import Watching

if TYPE_CHECKING:
    from app.demo.simulated_cameras import SimulatedFleet

PROGRAM = "smart-safety-zone"
CONSOLE = Actor("console", Role.PROGRAM)
_DISK_EVERY_MS = 30_000

_logger = logging.getLogger(__name__)


class Console(QObject):
    """One console on one station. `start` shows the window; `stop` ends everything in order."""

    ended = Signal()
    _recorder_troubled = Signal(object)  # KnownError, on a thread of the recorder's watch

    def __init__(
        self, folder: StationFolder, theme: Theme, clock: Clock, desk: Path | None = None
    ) -> None:
        super().__init__()
        self.folder, self._desk_folder = folder, desk
        self._theme, self._clock = theme, clock
        self._disk, self._redactor = Disk(), Redactor()
        profile = folder.profile
        self._secrets = secret_store(profile.secrets, self._redactor)
        self._passwords = CameraPasswords(self._secrets, profile.station_id)
        self.lock = ConsoleLock(folder, disk=self._disk, clock=clock)
        self._program_log = ProgramLog(folder.logs, "console", self._redactor)
        self.log = Log(folder.database, origin=profile.origin, views=all_views(), clock=clock)
        self.connections = ConnectionLog(self.log, CONSOLE, clock)
        self._health_record = HealthRecord(folder.root / "health", clock)
        self._opener = OpenCvOpener()
        self.pictures = WorkerPictures(clock, self._on_camera_state)
        self.recorder = RecorderWatch(folder, self.log, clock, self._recorder_troubled.emit)
        self._recorder_troubled.connect(self._on_known_error, Qt.ConnectionType.QueuedConnection)
        self.ground = Ground(Projection(profile.epsg))
        self.finder = PlaceFinder(self.ground, town_of(profile))
        self.selection = Selection()
        self._background = Background()
        program = f"{PROGRAM} {VERSION}"
        self.evidence = EvidenceOffice(folder, self.log, self._secrets, self._disk, clock, program)
        self._keeping = EvidenceKeeping(self.evidence, self._background)
        self.log_keeping = LogKeeping(LogOffice(self.evidence, all_views))
        self.fleet: SimulatedFleet | None = None
        self._stopped = False
        self._bugs = Bugs(self._tell_of_bug, self.stop)
        self.desk: Desk
        self.entrance: Entrance
        self.duty: Duty
        self.office: CameraOffice
        self.map_desk: MapDesk
        self.footage: FootageRoom
        self.window: MainWindow
        self._state: StationState
        self._basemap: Basemap | None = None
        self._collector = Collector(self)
        self._disk_timer = QTimer(self, interval=_DISK_EVERY_MS)
        self._disk_timer.timeout.connect(self._show_disk)

    # Start, in this order

    def start(self) -> None:
        """Take the station and show the window. Raises KnownError, with nothing left taken.

        What the first picture of the window does not need waits until that picture is seen.
        """
        self.lock.acquire()
        try:
            self._program_log.start()
            self.log.open()
            self._open_desk()
        except BaseException:
            self.log.close()
            self._program_log.stop()
            self.lock.release()
            raise
        remembered = window_state.load(self._state_file())
        if remembered is not None:
            set_language(Language(remembered.language))
            self._take_text_size(remembered.text_percent)
        self._show_window(remembered)
        self._bugs.catch()

    def _start_sample(self) -> None:
        """The sample station's cameras, its shift, and passwords that are no secret."""
        from app.demo.sample_start import SAMPLE_PASSWORD, start_sample  # never for a real station

        self.fleet = start_sample(self.log, self.folder.profile, self._clock)
        self.entrance.give_everybody(SAMPLE_PASSWORD)

    def _open_desk(self) -> None:
        folder, profile = self.folder, self.folder.profile
        log, background = self.log, self._background
        targets = Targets.for_time_to_scene(profile.time_to_scene_target_min)
        self.desk = Desk(self.log, self._clock, nobody(), targets)
        self.desk.duty.check_in_min = profile.check_in_min
        self.desk.changed.connect(self._on_changed)
        self.aids = DutyAids(self.desk, self._background, self._state_file("draft"), CONSOLE)
        self.entrance = Entrance(self.desk, log, profile, self._secrets, self._clock, background)
        self.duty = open_duty(
            *(self.desk, self.log, self._background, self.entrance, self.ground, self.pictures),
            *(self.recorder, self.log_keeping, folder, self._state_file("handover")),
        )
        kept = self._state_file("papers")
        self.papers = PapersRoom(self.desk, log, folder, self.ground, background, kept)
        self._state = StationState(
            *(profile, self.entrance.guard, self.entrance.office, self.log_keeping, self.duty),
            AttachmentDesk(self.desk, self.log, self._background, self._disk, folder.evidence),
            self.papers,
            key=self.evidence.key_shown,
        )
        self.maps = MapOffice(self.desk, self.log, self.folder, self._disk)
        self.maps.basemap_read.connect(self._on_basemap)
        self.maps.failed.connect(self._on_known_error)
        self.map_desk = MapDesk(self.desk, self.log, self._background, self.maps)
        self.log_desk = LogDesk(self.desk, self.log, self._background)
        self.footage = FootageRoom(self.desk, log, background, self.evidence, self._clock)
        self._watching = Watching(self.desk, self._passwords, self.pictures, self.footage)
        self.desk.changed.connect(self._watching.on_changed)
        self.office = CameraOffice(
            OfficeParts(
                *(self.desk, self.log, self._clock, self._passwords, self._redactor),
                *(self._opener, self.pictures, self._health_record, self._disk),
            )
        )
        self.office.passwords_changed.connect(self._watching.set_streams)

    def _show_window(self, remembered: WindowState | None) -> None:
        self.window = self._new_window()
        self.window.resize(self.window.screen().availableSize().boundedTo(QSize(1600, 900)))
        if remembered is not None:
            window_state.apply(self.window, remembered)
        self._first_paint = FirstPaint(self.window, self._after_first_paint)
        if remembered is None or remembered.maximized:
            self.window.showMaximized()
        else:
            self.window.show()

    def _new_window(self) -> MainWindow:
        parts = LiveParts(
            desk=self.desk,
            selection=self.selection,
            ground=self.ground,
            finder=self.finder,
            pictures=self.pictures,
            recorder=self.recorder,
            background=self._background,
            stills=StillKeeping(self._background, self._disk, self.folder.evidence),
            aids=self.aids,
            centre=LatLon(*self.folder.profile.centre),
            sample=self.folder.profile.sample,
        )
        footage = self.footage.parts(parts)
        places = PlaceParts(parts, self._state, self.office, footage, self.map_desk, self.log_desk)
        window = MainWindow(self._theme, places)
        window.close_requested.connect(self.stop)
        window.language_requested.connect(self.set_language)
        window.text_size_requested.connect(self.set_text_size)
        window.setStyleSheet(self._theme.stylesheet())  # last: else every widget is styled twice
        window.live.map.start()
        return window

    def _after_first_paint(self) -> None:
        """What need not be there for the first picture of the window."""
        if self._stopped:
            return
        self._collector.begin()
        profile = self.folder.profile
        started = ConsoleStarted(profile.origin, VERSION, self.desk.officer.id)
        self.log.append(started, actor=CONSOLE)
        self.entrance.start()
        self._read_places()
        self.window.fill()
        self._show_disk()
        self._disk_timer.start()
        self._keeping.start(self._on_known_error)
        self.log_keeping.start(self._on_known_error)
        if profile.sample:
            self._start_sample()
        for warning in self.folder.warnings:
            self.window.notice.warn_of(say(warning))
        self._watching.set_streams()
        self.pictures.start()
        self.recorder.start()
        self.office.start()
        self.maps.read()
        _logger.info("console started on %s", self.folder.profile.station_id)

    # While it runs

    def _read_places(self) -> None:
        with self.log.reading() as db:
            self.finder.set_places(all_places(db))

    def _on_camera_state(self, camera_id: str, health: Health) -> None:
        """On the camera's own thread: into the log, and into the week's record."""
        self.connections(camera_id, health)
        self._health_record.changed(camera_id, health)

    def _on_changed(self, changed: Changed) -> None:
        if {"place_named", "place_removed"} & changed.kinds:
            self._read_places()

    def _on_basemap(self, basemap: Basemap) -> None:
        self._basemap = basemap
        self.papers.set_basemap(basemap)
        self.window.places.show_basemap(basemap)

    def _on_known_error(self, error: KnownError) -> None:
        self.window.warn(error)

    def _show_disk(self) -> None:
        self.window.show_disk(self._disk.space(self.folder.root).used_percent)

    def set_language(self, name: str) -> None:
        """Another language: a new window in place of the old one, everything kept."""
        self._exchange_window(lambda: set_language(Language(name)))

    def set_text_size(self, percent: int) -> None:
        """Larger or smaller text, the same way."""
        self._exchange_window(lambda: self._take_text_size(percent))

    def _take_text_size(self, percent: int) -> None:
        self._theme = self._theme.at(percent)

    def _exchange_window(self, change: Callable[[], None]) -> None:
        old = self.window
        state, begun = window_state.capture(old), unfinished(old)
        self.office.trials.cancel()
        change()
        self.window = self._new_window()
        self.window.setGeometry(old.geometry())
        window_state.apply(self.window, state)
        self.window.fill()
        if self._basemap is not None:
            self.window.places.show_basemap(self._basemap)
        self.window.show_selection()
        resume(self.window, begun)
        self._show_disk()
        self.window.setWindowState(old.windowState())
        self.window.show()
        self.window.activateWindow()  # without a window manager nobody else gives it the keyboard
        self._retire(old)

    def _retire(self, window: MainWindow) -> None:
        window.let_go()
        window.places.stop_maps()
        window.close()
        window.deleteLater()

    # Stop, in this order

    def stop(self) -> None:
        """Close everything, the window first for the eye; each part has its line in the log."""
        if self._stopped:
            return
        self._stopped = True
        window_state.save(self._state_file(), window_state.capture(self.window))
        self._collector.stop()
        self._disk_timer.stop()
        self._keeping.stop()
        self.log_keeping.stop()
        self.aids.stop()
        self.entrance.stop()
        self.duty.leave()
        self.recorder.ask_to_end()
        self.connections.stop()
        self.window.let_go()
        self.window.hide()
        self.office.let_go()
        _logger.info("stopping: map")
        self.maps.stop()
        self.log_desk.stop()
        self.window.places.stop_maps()
        self.footage.stop_playing()
        _logger.info("stopping: cameras")
        stragglers = self.pictures.stop(deadline_s=3.0)
        if stragglers:
            _logger.warning("cameras that would not stop: %s", ", ".join(stragglers))
        _logger.info("stopping: camera office")
        self.office.stop()
        self.footage.stop()
        self.papers.stop()
        _logger.info("stopping: background")
        self._background.stop()
        self.footage.close()
        _logger.info("stopping: recorder watch")
        self.recorder.stop()
        if self.fleet is not None:
            _logger.info("stopping: simulated cameras")
            self.fleet.stop()
        self._close_log(stragglers)
        _logger.info("stopped")
        self._program_log.stop()
        self.lock.release()
        self._bugs.let_go()
        self.window.close()
        self.ended.emit()

    def _close_log(self, stragglers: tuple[str, ...]) -> None:
        """The last entry, then the log; a full disk must not keep the window open."""
        self.desk.leave()
        stopped = ConsoleStopped(self.folder.profile.origin, stragglers)
        try:
            self.log.append(stopped, actor=CONSOLE).result()
        except KnownError as error:
            _logger.warning("the stop could not be written: %s", error)
        _logger.info("stopping: log")
        self.log.close()

    @property
    def bugs(self) -> int:
        """How many bugs were met while it ran."""
        return self._bugs.met

    def _tell_of_bug(self) -> None:
        if not self._stopped:
            self.window.notice.warn_of(
                tr("Something in the program went wrong. It goes on; the details are in its log.")
            )

    def _state_file(self, of: str = "window") -> Path:
        """Beside the secrets, not in the station's folder: it is this desk's, not the station's."""
        config = self._desk_folder or platformdirs.user_config_path(PROGRAM, appauthor=False)
        return config / f"{of}-{self.folder.profile.station_id}.json"
