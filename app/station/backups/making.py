"""Makes one backup: copied while the console writes, opened, looked through, then given its name.

All or nothing: what is not yet known to be good has a hidden name and is taken away. Called in a
background thread.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import platform
from app.clock import Clock
from app.errors import KnownError, msg
from app.log.copying import Step, check_copy, copy_log
from app.station.backups.backup import (
    DATABASE,
    NOTE,
    Backup,
    backups_in,
    best_first,
    name_of,
    read_backup,
    sha256_of,
)
from app.station.backups.pruning import superfluous
from app.station.disk import Disk, disk_trouble, telling
from app.station.folder import StationFolder
from app.station.profile import default_of_field

UNFINISHED = ".making-"
_LEAST_SPARE_BYTES = 50_000_000
_SYNC_EVERY_BYTES = 4_000_000  # a report that is saved meanwhile waits for no more than this
_LONGEST_REST_S = 0.2
_PAGE_BYTES = 4096
_SAFE = msg("The log itself is unchanged, and older backups are kept.")

Told = Callable[[int, int], None]  # how much is done, of how much
Copier = Callable[[Path, Step], None]  # a whole copy into a new file; what the step raises ends it


class BackupStoppedError(Exception):
    """Somebody wanted it to end; nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Made:
    """The backup, and the names of the older ones that went."""

    backup: Backup
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where a station's backups lie, and whether that is wise. `program`: name and version."""

    folder: StationFolder
    disk: Disk
    clock: Clock
    program: str

    @property
    def path(self) -> Path:
        """The folder that holds the backups."""
        return self.folder.backups

    @property
    def is_default(self) -> bool:
        """Whether nobody has chosen one."""
        return self.folder.profile.backups_folder == default_of_field("backups_folder")

    @property
    def shares_disk(self) -> bool:
        """Whether it lies on the disk of the station itself: one broken disk, and both are gone."""
        there = self.path
        while not there.exists() and there != there.parent:
            there = there.parent
        try:
            return there.stat().st_dev == self.folder.root.stat().st_dev
        except OSError:
            return False

    def backups(self) -> list[Backup]:
        """What lies there, the newest first."""
        return backups_in(self.path, self.folder.profile.station_id)

    def make(
        self,
        stop: threading.Event,
        told: Told = lambda done, total: None,
        *,
        prunes: bool = True,
        copier: Copier | None = None,
    ) -> Made:
        """Make one now. Raises KnownError and BackupStoppedError; then nothing has changed.

        `prunes`: whether older ones may go; not while the log is known to be damaged. `copier`:
        `Log.copy` of whoever has the log open, which writes the copy between two reports; not onto
        another disk or a share, for one that hangs must keep nobody from saving.
        """
        self._prepare()
        self._check_room(prunes)
        now = self.clock.now()
        name = name_of(self.folder.profile.station_id, now)
        unfinished = self.path / f"{UNFINISHED}{name}"
        try:
            with telling(self.path):
                unfinished.mkdir()
            if copier is None or not self.shares_disk:
                copier = self._copied_from_file
            backup = self._fill(unfinished, now, stop, told, copier)
            self.disk.write(unfinished / NOTE, backup.note(self.program))
            self.disk.sync_tree(unfinished)
            self.disk.rename(unfinished, self.path / name)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        made = read_backup(self.path / name)
        return Made(made, self._prune(made) if prunes else ())

    def _prepare(self) -> None:
        """The place must be there: a folder is made only inside the station. On a disk that is not
        connected it would be made where the disk should be."""
        if not self.path.is_dir():
            if not self.path.resolve().is_relative_to(self.folder.root.resolve()):
                raise KnownError(
                    msg("The folder for backups is not there: {path}", path=str(self.path)),
                    safe=_SAFE,
                    do=msg(
                        "Connect its disk, make that folder, or choose another in station.toml."
                    ),
                )
            self.disk.make_folders(self.path)
        pattern = f"{UNFINISHED}{self.folder.profile.station_id}-*"
        for left in self.path.glob(pattern):  # of a console that was killed
            shutil.rmtree(left, ignore_errors=True)

    def _check_room(self, prunes: bool) -> None:
        needed = self._needed_bytes()
        if self.disk.space(self.path).free_bytes >= needed:
            return
        if prunes:
            self._make_room()
        free = self.disk.space(self.path).free_bytes
        if free < needed:
            raise KnownError(
                msg(
                    "There is no room for a backup in {path}: {needed} MB are needed,"
                    " {free} MB are free.",
                    path=str(self.path),
                    needed=-(-needed // 1_000_000),
                    free=free // 1_000_000,
                ),
                safe=_SAFE,
                do=msg("Free some space on that disk, or choose another in station.toml."),
            )

    def _needed_bytes(self) -> int:
        """As much as the log, and something to spare: the disk is not filled to the last byte."""
        files = (self.folder.database.with_name(f"{DATABASE}{end}") for end in ("", "-wal"))
        size = sum(file.stat().st_size for file in files if file.exists())
        return size + max(_LEAST_SPARE_BYTES, size // 20)

    def _make_room(self) -> None:
        """Take away early what the new one would take the place of; never the best there is, for
        the new one may fail."""
        best = next(iter(best_first(self.backups())), None)
        for one in superfluous(self.backups(), best, None):
            shutil.rmtree(one.folder, ignore_errors=True)

    def _copied_from_file(self, target: Path, step: Step) -> None:
        copy_log(self.folder.database, target, step)

    def _fill(
        self, unfinished: Path, now: datetime, stop: threading.Event, told: Told, copier: Copier
    ) -> Backup:
        database = unfinished / DATABASE
        self._copy(copier, database, stop, told)
        found = check_copy(database)
        for file in (self.folder.profile_file, self.folder.public_key_file):
            if file.exists():
                with telling(file):
                    content = file.read_bytes()
                self.disk.write(unfinished / file.name, content)
        with telling(database):
            digest = sha256_of(database, lambda: _go_on(stop))
            size = database.stat().st_size
        return Backup(
            unfinished, self.folder.profile.station_id, now, found.entries, found.newest_at,
            found.erased_seq, found.heads, size, digest,
        )  # fmt: skip

    def _copy(self, copier: Copier, target: Path, stop: threading.Event, told: Told) -> None:
        """The pages, a few at a time: what has been written goes to the disk meanwhile, so that
        whoever saves a report never waits for a gigabyte."""
        synced = 0

        def step(left: int, total: int) -> None:
            nonlocal synced
            _go_on(stop)
            told(total - left, total)
            if (total - left - synced) * _PAGE_BYTES >= _SYNC_EVERY_BYTES:
                synced = total - left
                began_s = time.monotonic()
                platform.sync_file(target)
                time.sleep(min(_LONGEST_REST_S, time.monotonic() - began_s))  # others' turn

        try:
            copier(target, step)
            platform.sync_file(target)
        except OSError as error:
            raise disk_trouble(error, target) from error

    def _prune(self, just_made: Backup) -> tuple[str, ...]:
        removed = []
        for one in superfluous(self.backups(), just_made, just_made.erased_seq):
            shutil.rmtree(one.folder, ignore_errors=True)
            if not one.folder.exists():
                removed.append(one.name)
        return tuple(removed)


def _go_on(stop: threading.Event) -> None:
    if stop.is_set():
        raise BackupStoppedError
