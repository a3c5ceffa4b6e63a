"""Recognises a damaged log before a console opens it. Knows what tells that there was a log."""

from __future__ import annotations

from app.clock import Clock
from app.errors import KnownError
from app.log.soundness import Damage, damage_of
from app.station.backups.backup import backups_in
from app.station.backups.exchange import finish_exchange
from app.station.disk import Disk
from app.station.folder import StationFolder
from app.station.lock import ConsoleLock


def look_over(folder: StationFolder, disk: Disk, clock: Clock) -> Damage | None:
    """What is wrong with the station's log; None when nothing is, or another console has it.

    An exchange that a power cut interrupted is finished first. Raises KnownError.
    """
    lock = ConsoleLock(folder, disk=disk, clock=clock)
    try:
        lock.acquire()
    except KnownError:
        return None  # whoever opens it is told
    try:
        finish_exchange(folder, disk)
        return damage_of(folder.database, is_expected=_had_a_log(folder))
    finally:
        lock.release()


def _had_a_log(folder: StationFolder) -> bool:
    """A key that sealed it, or a backup of it."""
    return folder.public_key_file.exists() or bool(
        backups_in(folder.backups, folder.profile.station_id)
    )
