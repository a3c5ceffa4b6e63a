"""Keeps the log trustworthy while a console is open: checks it, backs it up, writes its head down.

One thing at a time, in a background thread of its own; tells what it knows, knows no widget.
"""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import KnownError, Message, msg
from app.evidence.backup_trial import Trial
from app.evidence.log_check import CheckStoppedError
from app.evidence.log_office import KEEPER, LogOffice
from app.evidence.log_verified import LastCheck
from app.log import Actor, Changed
from app.log.rights import ERASED
from app.log.verify import tail_check
from app.station.backups.backup import Backup
from app.station.backups.making import BackupStoppedError
from app.ui.background import Background, WhenFailed

_LOOK_EVERY_MS = 60_000
_FIRST_WORK = 5  # looks: a start is left in peace
_AGAIN_AFTER = 15  # looks, before what failed is tried again

_logger = logging.getLogger(__name__)


class Work(StrEnum):
    """What it is at."""

    NOTHING = ""
    CHECK = "check"
    BACKUP = "backup"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class LogState:
    """What is known of the log. `tail_whole`: what the look at the newest entries said, None until
    it was taken; `heads_away`, `backup_trouble`: what keeps heads or backups from being written."""

    tail_whole: bool | None = None
    last: LastCheck | None = None
    work: Work = Work.NOTHING
    heads_away: KnownError | None = None
    backup_trouble: KnownError | None = None

    @property
    def whole(self) -> bool | None:
        """Whether the log is whole as far as is known; None while nobody has looked."""
        if self.tail_whole is None:
            return None
        return self.tail_whole and (self.last is None or self.last.stands)


class LogKeeping(QObject):
    """Looks once a minute what is due."""

    changed = Signal()
    backed_up = Signal(object)  # Backup
    checked = Signal(object)  # LastCheck
    tried = Signal(object)  # Trial

    def __init__(self, office: LogOffice) -> None:
        super().__init__()
        self.office = office
        self.state = LogState()
        self.progress = (0, 0)
        """How far the present work is, of how much; of nothing while that is not known."""
        self._background = Background(workers=1)
        self._stop = threading.Event()
        self._failed: WhenFailed = _note
        self._looks = 0
        self._rest_until = 0
        self._has_erased = False
        self._unsubscribe: Callable[[], None] = lambda: None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self, failed: WhenFailed) -> None:
        """After the window's first paint; `failed` hears of what somebody must do."""
        self._failed = failed
        self._unsubscribe = self.office.evidence.log.subscribe(self._on_written)
        self._background.run(self._begin, self._on_begun, self._on_unreadable)
        self._timer.start()

    def stop(self) -> None:
        """End what is under way and look no more. Before the log is closed."""
        self._timer.stop()
        self._unsubscribe()
        self._stop.set()
        self._background.stop()

    # What a person asks for

    def check(self, actor: Actor = KEEPER) -> None:
        """Check the whole log now."""
        work = functools.partial(self.office.check, self._stop, self._told, actor)
        self._run(Work.CHECK, work, self._on_checked, self._on_failed)

    def back_up(self, actor: Actor = KEEPER) -> None:
        """Make a backup now."""
        work = functools.partial(self.office.back_up, self._stop, self._told, actor)
        self._run(Work.BACKUP, work, self._on_backed_up, self._on_backup_failed)

    def try_backup(self, backup: Backup, failed: WhenFailed) -> None:
        """See whether a backup could be put back."""
        work = functools.partial(self.office.try_backup, backup, self._stop, self._told)
        self._run(
            Work.TRIAL, work, self._on_tried, functools.partial(self._on_trial_failed, failed)
        )

    # What is due

    def look(self) -> None:
        """Once a minute: heads first, then what is due, one thing at a time."""
        self._looks += 1
        self._background.run(self._write_heads, self._on_heads, self._on_heads_away)
        rests = self._looks < max(_FIRST_WORK, self._rest_until)
        if self.state.work is Work.NOTHING and not rests:
            self._background.run(self._due, self._on_due, self._on_failed)

    def _begin(self) -> LogState:
        whole = tail_check(self.office.evidence.folder.database).ok
        return LogState(whole, self.office.last_check())

    def _due(self) -> Work:
        if self.office.check_is_due():
            return Work.CHECK
        self.office.note_others()
        if self._has_erased or self.office.backup_is_due():
            return Work.BACKUP
        return Work.NOTHING

    def _write_heads(self) -> None:
        self.office.write_heads()

    # Told back

    def _on_begun(self, state: LogState) -> None:
        self._show(tail_whole=state.tail_whole, last=state.last)

    def _on_unreadable(self, error: KnownError) -> None:
        _logger.error("the newest entries of the log cannot be read: %s", error)
        self._show(tail_whole=False)
        self._failed(error)

    def _on_due(self, work: Work) -> None:
        if self.state.work is not Work.NOTHING:
            return
        if work is Work.CHECK:
            self.check()
        elif work is Work.BACKUP:
            self.back_up()

    def _on_heads(self, _: object) -> None:
        self._show(heads_away=None)

    def _on_heads_away(self, error: KnownError) -> None:
        """Quietly: Setup says it, and it is tried again at every look."""
        if str(error) != str(self.state.heads_away):
            _logger.warning("the head of the log could not be written down: %s", error)
        self._show(heads_away=error)

    def _on_checked(self, last: LastCheck | None) -> None:
        if last is None:
            self._show(work=Work.NOTHING)
            return
        self._show(work=Work.NOTHING, last=last)
        self.checked.emit(last)
        if not last.said.ok:
            _logger.error("the log was checked and is not whole")
            self._failed(not_whole(last))

    def _on_backed_up(self, made: Any) -> None:
        self._has_erased = False
        self._show(work=Work.NOTHING, backup_trouble=None)
        if made is not None:
            self.backed_up.emit(made.backup)

    def _on_backup_failed(self, error: KnownError) -> None:
        is_new = str(error) != str(self.state.backup_trouble)
        self._rest_until = self._looks + _AGAIN_AFTER
        self._show(work=Work.NOTHING, backup_trouble=error)
        if is_new:
            _logger.warning("no backup could be made: %s", error)
            self._failed(error)

    def _on_tried(self, trial: Trial | None) -> None:
        self._show(work=Work.NOTHING)
        if trial is not None:
            self.tried.emit(trial)

    def _on_trial_failed(self, failed: WhenFailed, error: KnownError) -> None:
        self._show(work=Work.NOTHING)
        failed(error)

    def _on_failed(self, error: KnownError) -> None:
        self._rest_until = self._looks + _AGAIN_AFTER
        self._show(work=Work.NOTHING)
        self._failed(error)

    # Between the above

    def _run(
        self,
        work: Work,
        act: Callable[[], Any],
        done: Callable[[Any], None],
        failed: WhenFailed,
    ) -> None:
        if self.state.work is not Work.NOTHING:
            return
        self.progress = (0, 0)
        self._show(work=work)
        self._background.run(functools.partial(_or_nothing, act), done, failed)

    def _told(self, done: int, total: int) -> None:
        """In the background's thread."""
        self.progress = (done, total)

    def _on_written(self, changed: Changed) -> None:
        """In the log's thread: what was erased is not to stay in backups."""
        if ERASED in changed.kinds:
            self._has_erased = True

    def _show(self, **values: Any) -> None:
        state = replace(self.state, **values)
        if state != self.state:
            self.state = state
            self.changed.emit()


def _or_nothing(act: Callable[[], Any]) -> Any:
    """What came of it; None when it was stopped because the console closes."""
    try:
        return act()
    except (CheckStoppedError, BackupStoppedError):
        return None


def not_whole(last: LastCheck) -> KnownError:
    """What is told, loudly, of a check that found something: what, where, what is safe, what to
    do."""
    said = last.said
    first: Message = said.findings[0]
    if last.stands:
        return KnownError(
            msg("A table made from the log was damaged and has been made anew: {finding}",
                finding=first),
            safe=msg("The log itself is whole: nothing was lost."),
            do=msg("If it happens again, have this computer's disk looked at."),
        )  # fmt: skip
    return KnownError(
        msg("THE LOG IS NOT WHOLE. {finding}", finding=first),
        safe=msg("Footage, evidence and backups are files of their own; work can go on."),
        do=msg("Leave the station's folder as it is and tell who looks after it: Setup › Log and"
               " backups says more."),
    )  # fmt: skip


def _note(error: KnownError) -> None:
    """Until somebody listens, the program's log alone does."""
