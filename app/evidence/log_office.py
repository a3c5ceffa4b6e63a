"""What keeps the log trustworthy while a console is open: checks, backups, heads kept elsewhere.

Each act is for a background thread; says when it is due; knows no window and no timer.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.errors import KnownError
from app.evidence.backup_trial import Trial, try_backup
from app.evidence.head_file import HeadFile, refuse_inside
from app.evidence.log_check import NoAnswerError, check_in_own_process
from app.evidence.log_check_worker import CheckOrder
from app.evidence.log_verified import LastCheck, LogVerified, last_check
from app.evidence.office import EvidenceOffice
from app.evidence.seals import is_due
from app.log import Actor, Connection, Entry, Role, View, entry_of
from app.log.entry_rows import COLUMNS
from app.station.backups.backup import Backup
from app.station.backups.facts import BACKUPS, BackupFailed, BackupMade
from app.station.backups.making import BackupPlace, Made
from app.thai.dates import to_local

KEEPER = Actor("log-keeper", Role.PROGRAM)
_RECENT = 100
_SEAL_FIRST_MIN = 10
_WATCHES_DIFFER = timedelta(minutes=5)

Told = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Nobody wants to hear how far it is."""


@dataclass(slots=True)
class LogOffice:
    """One station's. `views` makes every room's views (a function that a process can import)."""

    evidence: EvidenceOffice
    views: Callable[[], Sequence[View]]
    heads_until: str = field(default="", init=False)
    """The time of the newest seal that is known to stand in the file of heads."""

    @property
    def place(self) -> BackupPlace:
        """Where backups go."""
        office = self.evidence
        return BackupPlace(office.folder, office.disk, office.clock, office.program)

    # Checking

    def last_check(self) -> LastCheck | None:
        """What the newest check of the whole log said."""
        with self.evidence.log.reading() as db:
            return last_check(db)

    def check_is_due(self) -> bool:
        """Whether the whole log was not checked yet since midnight in Bangkok. Shortly after it the
        night's seal comes first, so that it is checked too."""
        last = self.last_check()
        now = self.evidence.clock.now()
        local = to_local(now)
        if last is not None and to_local(last.at).date() >= local.date():
            return False
        with self.evidence.log.reading() as db:
            is_sealed = not is_due(db, now)
        return is_sealed or local.hour > 0 or local.minute >= _SEAL_FIRST_MIN

    def check(
        self, stop: threading.Event, told: Told = _silent, actor: Actor = KEEPER
    ) -> LastCheck:
        """Check everything, make damaged views anew, and record it. Raises KnownError when that
        cannot be recorded, or when the check did not come to its end, which says nothing of the
        log; CheckStoppedError when it was stopped."""
        folder = self.evidence.folder
        heads = folder.head_file
        order = CheckOrder(
            folder.database, self.views, heads if heads is not None and heads.is_file() else None
        )
        try:
            found = check_in_own_process(order, folder.root, stop, told)
        except NoAnswerError:
            raise
        except KnownError as error:
            fact = LogVerified.refusal(error)
        else:
            if found.damaged_tables:
                self.evidence.log.rebuild(found.damaged_tables, "they differed from a rebuild")
            fact = LogVerified.of(found, found.damaged_tables)
        self.evidence.log.append(fact, actor=actor).result()
        last = self.last_check()
        assert last is not None  # it was written just now
        return last

    # The head of the log, elsewhere

    def write_heads(self) -> bool:
        """Write what is missing in the file of heads; whether there is such a file.

        Raises KnownError: its medium is away. To be asked again; it costs nothing when nothing is
        new.
        """
        path = self.evidence.folder.head_file
        if path is None:
            return False
        with self.evidence.log.reading() as db:
            newest = db.execute("SELECT max(at) FROM seals").fetchone()[0]
            if newest is not None and newest != self.heads_until:
                refuse_inside(path, self.evidence.folder.root)
                self.heads_until = HeadFile(path, self.evidence.disk).bring_up_to_date(db)
        return True

    # Backups

    def backup_is_due(self) -> bool:
        """Whether none was made since the hour at which the station wants one. What was made while
        the clock was ahead has a date that says nothing."""
        now = self.evidence.clock.now()
        due = last_due(now, self.evidence.folder.profile.backups_hour)
        return not any(due <= one.made_at <= now + _WATCHES_DIFFER for one in self.place.backups())

    def next_backup(self) -> datetime:
        """When the next one is due."""
        hour = self.evidence.folder.profile.backups_hour
        return last_due(self.evidence.clock.now(), hour) + timedelta(days=1)

    def back_up(self, stop: threading.Event, told: Told = _silent, actor: Actor = KEEPER) -> Made:
        """Make one now and record it, or that it failed. Raises KnownError, BackupStoppedError."""
        place = self.place
        last = self.last_check()
        try:
            made = place.make(
                stop,
                told,
                prunes=last is None or last.stands,
                copier=self.evidence.log.copy,
            )
        except KnownError as error:
            with contextlib.suppress(KnownError):  # the disk that is full may be the log's own
                self._note_failure(BackupFailed.of(str(place.path), error), actor)
            raise
        self._note(made.backup, made.removed, actor)
        return made

    def note_others(self) -> int:
        """Record the backups that lie there and no entry tells of: `main.py backup` made them while
        this console had the log. How many."""
        known = {entry.data().get("name") for entry in self.recent()}
        new = [one for one in reversed(self.place.backups()[:_RECENT]) if one.name not in known]
        for backup in new:
            self._note(backup, (), KEEPER)
        return len(new)

    def last_failure(self) -> Entry | None:
        """The newest entry about backups, if it tells of a failure."""
        newest = next(iter(self.recent()), None)
        return newest if newest is not None and newest.kind == BackupFailed.kind else None

    def recent(self) -> list[Entry]:
        """What the log tells of its backups, the newest first."""
        with self.evidence.log.reading() as db:
            return _recent(db)

    def try_backup(self, backup: Backup, stop: threading.Event, told: Told = _silent) -> Trial:
        """Open a backup and check all of it. Raises KnownError: it is damaged."""
        return try_backup(backup, self.evidence.log, self.evidence.folder.root, stop, told)

    def _note(self, backup: Backup, removed: tuple[str, ...], actor: Actor) -> None:
        fact = BackupMade(
            backup.name, str(backup.folder.parent), backup.entries, backup.size_bytes,
            backup.sha256, self.place.shares_disk, removed,
        )  # fmt: skip
        self.evidence.log.append(fact, actor=actor).result()

    def _note_failure(self, fact: BackupFailed, actor: Actor) -> None:
        """Once for each reason: it is tried again every few minutes."""
        last = self.last_failure()
        if last is None or last.data() != dict(fact.body()):
            self.evidence.log.append(fact, actor=actor).result()


def last_due(now: datetime, hour: int) -> datetime:
    """The last time that the clock in Bangkok struck this hour."""
    local = to_local(now)
    struck = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return struck if struck <= local else struck - timedelta(days=1)


def _recent(db: Connection) -> list[Entry]:
    rows = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE subject = ? ORDER BY seq DESC LIMIT ?",
        (BACKUPS, _RECENT),
    )
    return [entry_of(row) for row in rows]
