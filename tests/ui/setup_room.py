"""Setup › Cameras on a real station, without the rest of the window: log, office, pane."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.cameras.passwords import CameraPasswords
from app.clock import ScriptedClock
from app.duty.officers import officers
from app.duty.passwords import OfficerPasswords
from app.duty.recovery import Recovery
from app.duty.sign_in import SignIn
from app.errors import KnownError
from app.evidence.log_office import LogOffice
from app.evidence.office import EvidenceOffice
from app.incidents.deadlines import Targets
from app.log import Log
from app.station import Disk, Redactor, StationFolder, open_station
from app.station.secrets import FileSecrets
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.handover.roster_desk import RosterDesk
from app.ui.log_keeping import LogKeeping
from app.ui.officer_office import OfficerOffice
from app.ui.place_office import PlaceOffice
from app.ui.setup.camera_office import CameraOffice, OfficeParts
from app.ui.setup.log_pane import LogPane
from app.ui.setup.map_office import MapOffice
from app.ui.setup.officers_pane import OfficersPane
from app.ui.setup.places_pane import PlacesPane
from app.ui.setup.recording_pane import RecordingPane
from app.ui.setup.setup_place import SetupPlace
from app.ui.setup.shifts_pane import ShiftsPane
from app.ui.theme import Theme
from app.video.health_record import HealthRecord
from app.video.opener import OpenCvOpener
from app.video.recorder.recorder_watch import RecorderWatch
from app.views import all_views
from tests.ui.still_pictures import StillPictures


@dataclass(frozen=True)
class SetupRoom:
    """What a test of Setup needs in its hands."""

    root: Path
    log: Log
    desk: Desk
    secrets: FileSecrets
    pictures: StillPictures
    record: HealthRecord
    office: CameraOffice
    place: SetupPlace
    watch: RecorderWatch
    place_office: PlaceOffice
    keeping: LogKeeping

    @property
    def names(self) -> dict[str, str]:
        """The cameras on the register by id."""
        return {camera.id: camera.name for camera in self.desk.cameras()}

    def holding(self, text: str) -> list[Path]:
        """The files of the station in which this text stands."""
        files = [path for path in self.root.rglob("*") if path.is_file()]
        assert files
        return [path for path in files if text.encode() in path.read_bytes()]


@contextmanager
def setup_room(
    root: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[SetupRoom]:
    """Setup as it stands on a small screen, with the keyboard."""
    station = open_station(root)
    log = Log(station.database, origin="console", views=all_views(), clock=clock)
    log.open()
    with log.reading() as db:
        officer = officers(db)[0]
    desk = Desk(log, clock, officer, Targets())
    redactor, record = Redactor(), HealthRecord(root / "health", clock)
    secrets = FileSecrets(redactor)
    parts = OfficeParts(
        desk, log, clock, CameraPasswords(secrets, station.profile.station_id), redactor,
        OpenCvOpener(open_timeout_s=1.0, read_timeout_s=1.0), pictures, record,
    )  # fmt: skip
    office = CameraOffice(parts)
    watch = RecorderWatch(station, log, clock, _unexpected)
    background = Background(workers=1)
    recording = RecordingPane(theme, desk, station.profile, watch, background)
    maps = MapOffice(desk, log, station, Disk())
    place_office = PlaceOffice(desk, log, background, maps.projection)
    places = PlacesPane(theme, place_office)
    keeping = LogKeeping(LogOffice(_evidence(station, log, secrets, clock), all_views))
    pane = LogPane(theme, desk, keeping)
    sign_in = SignIn(log, OfficerPasswords(secrets, station.profile.station_id), clock)
    officer_office = OfficerOffice(desk, log, sign_in, Recovery(log, sign_in), background)
    officers_pane = OfficersPane(theme, officer_office)
    place = SetupPlace(
        *(theme, desk, station.profile, office, recording, maps, places, pane, officers_pane),
        ShiftsPane(theme, RosterDesk(desk, log)),
    )
    place.resize(1306, 700)
    place.fill()
    place.show()
    try:
        qtbot.waitUntil(lambda: QApplication.activeWindow() is place, timeout=5_000)
        yield SetupRoom(
            root, log, desk, secrets, pictures, record, office, place, watch, place_office, keeping
        )
    finally:
        keeping.stop()
        place.close()
        place.deleteLater()
        office.stop()
        maps.stop()
        background.stop()
        watch.stop()
        desk.leave()
        log.close()


def _evidence(
    station: StationFolder, log: Log, secrets: FileSecrets, clock: ScriptedClock
) -> EvidenceOffice:
    return EvidenceOffice(station, log, secrets, Disk(), clock, "test 1")


def _unexpected(error: KnownError) -> None:
    raise error
