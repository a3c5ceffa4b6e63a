"""Recognises a damaged log before a console opens it. Knows what tells that there was a log, and
what was in it."""

from __future__ import annotations

from collections.abc import Sequence

from app.clock import Clock
from app.errors import KnownError, msg
from app.log.soundness import Damage, damage_of, is_behind
from app.station.backups.backup import Backup, backups_in
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
        backups = backups_in(folder.backups, folder.profile.station_id)
        had_a_log = folder.public_key_file.exists() or bool(backups)
        damage = damage_of(folder.database, is_expected=had_a_log)
        return damage or _behind(folder, backups[:1])
    finally:
        lock.release()


def _behind(folder: StationFolder, newest: Sequence[Backup]) -> Damage | None:
    for backup in newest:
        if is_behind(folder.database, backup.heads, backup.made_at):
            lacking = msg(
                "The log lacks entries that the backup {name} holds: it was emptied, set back,"
                " or is another station's.",
                name=backup.name,
            )
            return Damage((lacking,), can_open=True)
    return None
