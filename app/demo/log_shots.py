"""Pictures of Setup › Log and backups, and of the window that a damaged log opens."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from app.clock import SystemClock
from app.demo.demo_station import demo_profile
from app.demo.people import OFFICERS
from app.demo.play import Play, Steps, Until
from app.duty.officers import OfficerEnrolled
from app.incidents.incident import NoteAdded
from app.log import Actor, Log, Role
from app.station import Disk, StationFolder, create_station
from app.station.backups.damage import look_over
from app.station.backups.making import BackupPlace
from app.thai.translation import Language, set_language
from app.ui.damaged_log import DamagedLog
from app.ui.log_keeping import LogKeeping, Work
from app.ui.theme import load_theme
from app.views import all_views

_DEMO = Actor("demo", Role.PROGRAM)
_NOTES = 40


class LogShots:
    """Backs up and checks the sample station once; then each picture shows both."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play = play
        self._pictures = pictures

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names. Setup is shown already."""
        setup = self._play.window.setup
        setup.show_log()
        keeping = setup.log.keeping
        if keeping.state.last is None:
            keeping.back_up()
            yield Until(lambda: self._is_idle(keeping), "the backup did not end", 60.0)
            keeping.check()
            yield Until(lambda: self._is_idle(keeping), "the check did not end", 60.0)
        yield self._play.wait(0.3)
        self._play.picture(self._pictures / f"setup_log_{name}.png")

    def damaged(self) -> Steps:
        """The window before the console, on a sample station of its own."""
        with tempfile.TemporaryDirectory(prefix="damaged-") as folder:
            station = _damaged_station(Path(folder) / "station")
            clock = SystemClock()
            damage = look_over(station, Disk(), clock)
            if damage is None:
                raise RuntimeError("a ruined log was not recognised")
            for language in Language:
                set_language(language)
                window = DamagedLog(station, damage, load_theme(), all_views(), clock)
                window.show()
                yield Until(window.put_back.isEnabled, "no restore was rehearsed", 30.0)
                yield self._play.wait(0.2)
                path = self._pictures / f"damaged_log_{language.value}.png"
                window.grab().save(str(path))
                window.let_go()

    def _is_idle(self, keeping: LogKeeping) -> bool:
        return keeping.state.work is Work.NOTHING


def _damaged_station(root: Path) -> StationFolder:
    """Some entries, a backup, some more; then the first page of the file is overwritten."""
    station = create_station(root, demo_profile())
    clock = SystemClock()
    for _ in range(2):
        log = Log(station.database, origin=station.profile.origin, views=all_views(), clock=clock)
        log.open()
        notes = [NoteAdded("inc-1", f"ตัวอย่าง {number}") for number in range(_NOTES)]
        log.append(*map(OfficerEnrolled, OFFICERS), *notes, actor=_DEMO).result()
        log.close()
        if not station.backups.exists():
            BackupPlace(station, Disk(), clock, "demo").make(threading.Event())
    content = bytearray(station.database.read_bytes())
    content[100:4096] = bytes(3996)
    station.database.write_bytes(content)
    return station
