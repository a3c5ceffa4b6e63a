"""A real station with a filled log, for the tests of backups."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.clock import ScriptedClock
from app.incidents.incident import NoteAdded
from app.log import Log
from app.station import Disk, create_station, open_station
from app.station.backups.making import BackupPlace, Made
from app.station.backups.restoring import Restore
from app.views import all_views
from tests.station.places import profile
from tests.station_log import MORNING, OFFICER, take

NEVER = threading.Event()


class BackedUp:
    """The station, its clock, and what can be done with its backups."""

    def __init__(self, root: Path, **said: object) -> None:
        self.clock = ScriptedClock(MORNING)
        self.folder = create_station(root, profile(**said))
        self.disk = Disk()

    @contextmanager
    def log(self) -> Iterator[Log]:
        """The log, open as a console has it."""
        profile = open_station(self.folder.root).profile
        log = Log(self.folder.database, origin=profile.origin, views=all_views(), clock=self.clock)
        log.open()
        try:
            yield log
        finally:
            log.close()

    def write(self, entries: int = 10) -> None:
        """Incidents with notes, a minute apart."""
        with self.log() as log:
            found = take(log, self.clock)
            for number in range(entries - 1):
                self.clock.advance(60)
                log.append(NoteAdded(found.id, f"บันทึก {number}"), actor=OFFICER).result()

    def place(self, folder: str | None = None) -> BackupPlace:
        """Where backups go; another folder if one is named."""
        station = open_station(self.folder.root)
        if folder is not None:
            station = replace(station, profile=replace(station.profile, backups_folder=folder))
        return BackupPlace(station, self.disk, self.clock, "test 1")

    def back_up(self) -> Made:
        """One more, an hour later."""
        self.clock.advance(3600)
        return self.place().make(NEVER)

    def back_up_ahead(self, entries: int = 20) -> tuple[Made, Made]:
        """Two on one day: the clock ran three hours ahead when the first was made, and was put
        right before the `entries` that only the second has."""
        self.clock.advance(3 * 3600)
        ahead = self.place().make(NEVER)
        self.clock.move_to(self.clock.now() - timedelta(hours=3))
        self.write(entries)
        return ahead, self.place().make(NEVER)

    @property
    def restore(self) -> Restore:
        """As a person's would be."""
        return Restore(open_station(self.folder.root), all_views(), self.disk, self.clock)

    def count(self) -> int:
        """How many entries the log has."""
        with self.log() as log:
            return log.count()


def ruin(path: Path) -> None:
    """Overwrite the middle of a database, and its first page."""
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
