"""Puts a log back: rehearsed in a folder of its own, told to a person, then exchanged.

A backup is checked from its first entry to its last; to it comes what the damaged file still holds
and the backup does not. Nothing of the station changes before `carry_out`. The caller holds the
station's lock.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.clock import Clock, from_stored
from app.errors import KnownError, Message, msg
from app.log import Actor, Log, Role, View
from app.log.faults import DamagedLogError
from app.log.salvage import Salvaged, salvage
from app.log.soundness import is_behind
from app.log.verify import verify
from app.station.backups.backup import (
    DATABASE,
    Backup,
    DamagedBackupError,
    damaged_backup,
    sha256_of,
)
from app.station.backups.exchange import NOTE, exchange
from app.station.backups.facts import LogRestored
from app.station.disk import Disk, telling
from app.station.folder import StationFolder
from app.station.profile import new_origin
from app.station.profile_file import change_profile
from app.thai.dates import buddhist_year, to_local

RESTORER = Actor("restore", Role.PROGRAM)
_WORKING = ".restoring-"
_SAFE = msg("Nothing of the station was changed.")
_SPARE_BYTES = 50_000_000

Told = Callable[[Message, int, int], None]  # what is done, how much of it, of how much (0: unknown)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a restore would give. `database` is the restored log, whole and closed."""

    backup: Backup | None
    salvaged: Salvaged
    database: Path

    @property
    def loses(self) -> bool:
        """Whether entries are gone, or may be."""
        return self.salvaged.lost != 0

    def sentences(self) -> tuple[Message, ...]:
        """For a person who has to decide."""
        said = self.salvaged
        if self.backup is None:
            lines = [msg("Without a backup: {count} entries can be read from the damaged file.",
                         count=said.taken_over)]  # fmt: skip
        else:
            lines = [
                msg("The backup {name} is whole: {count} entries.",
                    name=self.backup.name, count=said.kept),
                msg("{count} more can be taken over from the damaged file.",
                    count=said.taken_over),
            ]  # fmt: skip
        if said.lost is None:
            lines.append(
                msg("How many are lost nobody can say: whatever was recorded after {time}.",
                    time=_shown(said.newest_at))
            )  # fmt: skip
        elif said.lost:
            lines.append(
                msg("{count} entries are lost, recorded after {time}.",
                    count=said.lost, time=_shown(said.newest_at))
            )  # fmt: skip
        else:
            lines.append(msg("Nothing is lost."))
        if said.lost != 0:
            lines.append(
                msg("What the recorder wrote meanwhile is taken in again from its own chain.")
            )
            lines.append(
                msg("Report numbers that were given after that are given again to others.")
            )
        return tuple(lines)


class Restore:
    """One station's. `views` are every room's."""

    def __init__(
        self, folder: StationFolder, views: Sequence[View], disk: Disk, clock: Clock
    ) -> None:
        self._folder = folder
        self._views = views
        self._disk = disk
        self._clock = clock

    def rehearse(
        self, backup: Backup | None, told: Told = lambda what, done, total: None
    ) -> Rehearsal:
        """Make the log that a restore would leave, beside the station's. Raises KnownError.

        Without a backup only what the damaged file still holds. One of another station is
        refused: its log would stand in the place of this one's.
        """
        own = self._folder.profile.station_id
        if backup is not None and backup.station_id != own:
            raise _of_another_station(backup, own)
        self.clean()
        working = self._folder.root / f"{_WORKING}{secrets.token_hex(4)}"
        with telling(self._folder.root):
            working.mkdir()
        database = working / DATABASE
        try:
            if backup is not None:
                self._copy(backup, database, told)
            salvaged = self._salvage(database, told)
            if not salvaged.entries:
                raise _nothing_left()
            self._check(database, told)
        except BaseException:
            shutil.rmtree(working, ignore_errors=True)
            raise
        if backup is not None and is_behind(
            self._folder.database, backup.heads, backup.made_at
        ):  # its own end was cut off, and how much of it nobody knows
            salvaged = replace(salvaged, lost=None)
        return Rehearsal(backup, salvaged, database)

    def rehearse_best(
        self, backups: Sequence[Backup], told: Told = lambda what, done, total: None
    ) -> tuple[Rehearsal, tuple[Message, ...]]:
        """With the first of these that is good, else with what the damaged file holds; and why the
        others were passed over. Raises KnownError: one of another station is not passed over."""
        passed_over: list[Message] = []
        for backup in backups:
            try:
                return self.rehearse(backup, told), tuple(passed_over)
            except DamagedBackupError as error:
                passed_over.append(error.what)
        return self.rehearse(None, told), tuple(passed_over)

    def carry_out(self, rehearsal: Rehearsal) -> StationFolder:
        """Exchange, as rehearsed; the station as it then is. Raises KnownError.

        When entries were lost, this console goes on under a new name: the old chain simply ends,
        and whoever still has its lost entries can hand them in.
        """
        aside = self._folder.put_aside / f"{self._clock.now():%Y%m%dT%H%M%SZ}"
        folder = self._under_a_new_name() if rehearsal.loses else self._folder
        before = self._folder.profile.origin if rehearsal.loses else ""
        fact = LogRestored(
            rehearsal.backup.name if rehearsal.backup else "",
            rehearsal.salvaged.kept,
            rehearsal.salvaged.taken_over,
            rehearsal.salvaged.lost,
            rehearsal.salvaged.newest_at,
            aside.relative_to(folder.root).as_posix(),
            before,
        )
        log = Log(
            rehearsal.database,
            origin=folder.profile.origin,
            views=self._views,
            clock=self._clock,
        )
        log.open()
        try:
            log.append(fact, actor=RESTORER).result()
        finally:
            log.close()
        exchange(folder, rehearsal.database, aside, self._disk)
        self.clean()
        return folder

    def clean(self) -> None:
        """Take away what rehearsals left; not while an exchange still has to be finished."""
        if (self._folder.root / NOTE).exists():
            return
        for left in self._folder.root.glob(f"{_WORKING}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _copy(self, backup: Backup, database: Path, told: Told) -> None:
        told(msg("Copying the backup…"), 0, 0)
        free = self._disk.space(self._folder.root).free_bytes
        if free < 2 * backup.size_bytes + _SPARE_BYTES:
            raise KnownError(
                msg("There is no room to put back the backup: {needed} MB are needed.",
                    needed=(2 * backup.size_bytes + _SPARE_BYTES) // 1_000_000),
                safe=_SAFE,
                do=msg("Free some space on the station's disk, then try again."),
            )  # fmt: skip
        with telling(backup.database):
            shutil.copyfile(backup.database, database)
            digest = sha256_of(database)
        if digest != backup.sha256:
            raise damaged_backup(backup, msg("its bytes are not those that were written"))
        told(msg("Checking the backup…"), 0, backup.entries)
        try:
            report = verify(
                database, told=lambda done, total: told(msg("Checking the backup…"), done, total)
            )
        except DamagedLogError as error:
            raise damaged_backup(backup, error.what) from error
        if not report.ok:
            raise damaged_backup(backup, report.findings[0].sentence)

    def _salvage(self, database: Path, told: Told) -> Salvaged:
        told(msg("Reading what the damaged file still holds…"), 0, 0)
        damaged = self._folder.database if self._folder.database.exists() else None
        return salvage(
            database,
            damaged,
            self._views,
            self._clock.now(),
            lambda done: told(msg("Reading what the damaged file still holds…"), done, 0),
        )

    def _check(self, database: Path, told: Told) -> None:
        """The result as a whole, though each part was looked at."""
        report = verify(
            database, told=lambda done, total: told(msg("Checking the result…"), done, total)
        )
        if not report.ok:
            raise KnownError(
                msg("The restored log is not whole: {finding}",
                    finding=report.findings[0].sentence),
                safe=_SAFE,
                do=msg("Choose an older backup."),
            )  # fmt: skip

    def _under_a_new_name(self) -> StationFolder:
        profile = self._folder.profile
        renamed = replace(profile, origin=new_origin(profile.station_id, secrets.token_hex(3)))
        change_profile(self._folder.profile_file, renamed, self._disk)
        return replace(self._folder, profile=renamed)


def _nothing_left() -> KnownError:
    return KnownError(
        msg("Not one entry can be read from the damaged file."),
        safe=_SAFE,
        do=msg("Look for a backup on other disks, and choose its folder."),
    )


def _of_another_station(backup: Backup, own: str) -> KnownError:
    return KnownError(
        msg("The backup {name} is of the station {other}, but this is the station {own}.",
            name=backup.name, other=backup.station_id, own=own),
        safe=_SAFE,
        do=msg("Choose a backup of this station."),
    )  # fmt: skip


def _shown(stored: str) -> str:
    """A stored time as both languages read it; a dash when there is none."""
    if not stored:
        return "–"
    local = to_local(from_stored(stored))
    return f"{local:%d/%m}/{buddhist_year(local)} {local:%H:%M:%S}"
