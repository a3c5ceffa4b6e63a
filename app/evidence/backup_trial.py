"""Tries a backup as a restore would: its bytes, every entry, and that it opens as a station."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import Message, msg
from app.evidence.log_check import check_in_own_process
from app.evidence.log_check_worker import CheckOrder
from app.log import Log, View
from app.station.backups.backup import Backup, damaged_backup, sha256_of
from app.station.disk import reading_trouble
from app.station.folder import open_station


@dataclass(frozen=True, slots=True)
class Trial:
    """A backup that can be put back. `since`: how many entries the log has beyond it."""

    backup: Backup
    entries: int
    since: int

    def sentence(self) -> Message:
        """For a person."""
        return msg(
            "The backup {name} can be put back: {count} entries, all whole;"
            " {since} entries were recorded since.",
            name=self.backup.name,
            count=self.entries,
            since=self.since,
        )


def try_backup(
    backup: Backup,
    log: Log,
    scratch: Path,
    stop: threading.Event,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Trial:
    """Read all of it, in a process of its own. `scratch`: where that may write for as long.

    Raises KnownError that says what is wrong with it, and CheckStoppedError.
    """
    open_station(backup.folder, read_only=True)
    try:
        digest = sha256_of(backup.database)
    except OSError as error:
        raise reading_trouble(error, backup.database) from error
    if digest != backup.sha256:
        raise damaged_backup(backup, msg("its bytes are not those that were written"))
    found = check_in_own_process(CheckOrder(backup.database, no_views), scratch, stop, told)
    if not found.ok:
        raise damaged_backup(backup, found.findings[0])
    if any(log.head(head.origin).n < head.n for head in backup.heads):
        raise damaged_backup(backup, msg("it holds entries that this log never had"))
    return Trial(backup, found.entries, max(0, log.count() - found.entries))


def no_views() -> Sequence[View]:
    """What is copied are the entries; the views are made anew from them."""
    return ()
