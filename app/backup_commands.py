"""`main.py backup` and `main.py restore`: a log backed up and put back without a window."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from app.clock import SystemClock
from app.errors import KnownError, Message, msg
from app.log import Actor, Log, Role
from app.station import ConsoleLock, Disk, StationFolder, open_station
from app.station.backups.backup import Backup, backups_in, best_first, read_backup
from app.station.backups.exchange import finish_exchange
from app.station.backups.facts import BackupMade
from app.station.backups.making import BackupPlace, Made
from app.station.backups.restoring import Restore
from app.station.version import VERSION
from app.thai.translation import Language, say
from app.views import all_views

BACKUP_COMMAND = Actor("commands", Role.PROGRAM)
PROGRAM = f"smart-safety-zone {VERSION}"


def back_up(station: Path, to: Path | None) -> list[Message]:
    """Make one backup; what there is to say. Raises KnownError.

    With a console open its entry is written by that console, which finds the backup.
    """
    folder = open_station(station)
    if to is not None:
        wanted = str(to.expanduser().absolute())
        folder = replace(folder, profile=replace(folder.profile, backups_folder=wanted))
    place = BackupPlace(folder, Disk(), SystemClock(), PROGRAM)
    made = place.make(threading.Event())
    _record(folder, place, made)
    backup = made.backup
    lines = [
        msg("The log was backed up and the backup checked: {path}", path=str(backup.folder)),
        msg("It holds {count} entries, station.toml and the public key; no passwords, no footage.",
            count=backup.entries),
    ]  # fmt: skip
    if place.shares_disk:
        lines.append(msg("It lies on the station's own disk: copy it to another one too."))
    return lines


def _record(folder: StationFolder, place: BackupPlace, made: Made) -> None:
    """As an entry, unless a console has the station."""
    lock = ConsoleLock(folder)
    try:
        lock.acquire()
    except KnownError:
        return
    try:
        log = _log(folder)
        log.open()
        try:
            backup = made.backup
            fact = BackupMade(
                backup.name, str(backup.folder.parent), backup.entries, backup.size_bytes,
                backup.sha256, place.shares_disk, made.removed,
            )  # fmt: skip
            log.append(fact, actor=BACKUP_COMMAND).result()
        finally:
            log.close()
    finally:
        lock.release()


def put_back(
    station: Path,
    chosen: Path | None,
    tell: Callable[[Sequence[Message]], None],
    *,
    rehearse: bool,
    accept_loss: bool = False,
) -> list[Message]:
    """Restore the log, or only say what that would give; what there is to say after it. KnownError.

    What would be lost is told before anything is exchanged, and a person has to agree to it.
    """
    folder = open_station(station)
    disk, clock = Disk(), SystemClock()
    lock = ConsoleLock(folder)
    lock.acquire()
    try:
        finish_exchange(folder, disk)
        restore = Restore(folder, all_views(), disk, clock)
        rehearsal, passed_over = restore.rehearse_best(_backups(folder, chosen), _show)
        tell([*passed_over, *rehearsal.sentences()])
        if rehearse:
            restore.clean()
            return [msg("This was a rehearsal: nothing of the station was changed.")]
        if rehearsal.loses and not (accept_loss or _loss_is_accepted()):
            restore.clean()
            raise _not_accepted()
        after = restore.carry_out(rehearsal)
        return [
            msg("The log was put back. The damaged file is kept in {path}.",
                path=str(after.put_aside))
        ]  # fmt: skip
    finally:
        lock.release()


def _loss_is_accepted() -> bool:
    """Typed by somebody who can have read what would be lost."""
    if not _is_at_terminal():
        return False
    question = msg("Put the log back with this loss?")
    return click.confirm(" · ".join(say(question, language) for language in Language))


def _is_at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _not_accepted() -> KnownError:
    return KnownError(
        msg("Entries would be lost, and nobody has agreed to that."),
        safe=msg("Nothing of the station was changed."),
        do=msg("Run it at a terminal, read what would be lost, answer yes; or add --accept-loss."),
    )


def _backups(folder: StationFolder, chosen: Path | None) -> list[Backup]:
    """The one that was named, else all there are, the best first."""
    if chosen is not None:
        return [read_backup(chosen)]
    return best_first(backups_in(folder.backups, folder.profile.station_id))


def _show(what: Message, done: int, total: int) -> None:
    """Progress for whoever looks on; not among what is said at the end."""
    if sys.stderr.isatty():
        sys.stderr.write(
            f"\r{what.english()} {done}/{total}   " if total else f"\n{what.english()}"
        )


def _log(folder: StationFolder) -> Log:
    return Log(
        folder.database, origin=folder.profile.origin, views=all_views(), clock=SystemClock()
    )
