"""Who holds the desk, and whether its hands are bound. Outlives a window; knows no widget.

While nobody holds it, or it is locked, the desk's officer may look and record nothing: the log
itself refuses, whatever a screen may have forgotten.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.duty.officer import Officer
from app.duty.officers import officer_of, serving_officers
from app.duty.recovery import Recovery
from app.duty.sign_in import SIGN_IN, SignIn
from app.duty.sign_in_entries import (
    ConsoleLocked,
    ConsoleUnlocked,
    LockedBecause,
    OfficerSignedIn,
    OfficerSignedOut,
    SignedInBy,
)
from app.errors import KnownError, msg
from app.log import Changed, Fact, Log, Role
from app.station.profile import Profile
from app.thai.translation import tr
from app.ui.background import Background, WhenFailed
from app.ui.desk import Desk

_OFFICERS = frozenset({"officer_enrolled", "officer_changed", "officer_left"}) | {
    f"{permission}_{word}"
    for permission in ("footage", "export")
    for word in ("granted", "withdrawn")
}


@dataclass(frozen=True, slots=True)
class Hold:
    """How the console is held."""

    holder: Officer | None = None
    locked_at: datetime | None = None
    because: LockedBecause = LockedBecause.ASKED

    @property
    def is_bound(self) -> bool:
        """Whether nothing can be done before a password is typed."""
        return self.holder is None or self.locked_at is not None


def nobody() -> Officer:
    """Who sits at a console that nobody has taken."""
    return Officer("nobody", tr("Nobody is signed in"), "", Role.VIEWER, False, False)


class DeskGuard(QObject):
    """Takes officers on and off the desk. Slow things happen in the background; `failed` is told
    of what was refused."""

    changed = Signal()
    about_to_change = Signal()
    """The officer at the desk is still who it was: what is to stand under that name, now."""

    def __init__(
        self,
        desk: Desk,
        log: Log,
        profile: Profile,
        sign_in: SignIn,
        recovery: Recovery,
        background: Background,
    ) -> None:
        super().__init__()
        self._desk, self._log, self._profile = desk, log, profile
        self.sign_in, self.recovery = sign_in, recovery
        self._background = background
        self.hold = Hold()
        self.needs_founding = False
        """Whether the station has yet to get its first administrator."""
        self.sample_password = ""
        """What every officer of a sample station signs in with, to be shown."""
        desk.changed.connect(self._on_changed)

    # At the start

    def begin(self) -> None:
        """Before the window is made: the first officer where nobody is asked, else nobody."""
        with self._log.reading() as db:
            known = serving_officers(db)
        if known and not self._profile.asks_for_password:
            self.hold = Hold(known[0])
        self._desk.officer = self.hold.holder or nobody()

    def announce(self) -> None:
        """After the window is seen: into the log who has it; whether a first officer is needed."""
        holder = self.hold.holder
        if holder is not None:
            self._record(OfficerSignedIn(holder.id, SignedInBy.NOBODY_ASKED))
        else:
            self._background.run(
                self.recovery.needs_founding, self._on_looked, self._desk.failed.emit
            )

    def _on_looked(self, needs_founding: bool) -> None:
        if needs_founding and self.hold.holder is None:
            self.needs_founding = True
            self.changed.emit()

    def officers(self) -> list[Officer]:
        """Who may sign in."""
        with self._log.reading() as db:
            return serving_officers(db)

    # Lock and unlock

    def lock(self, because: LockedBecause = LockedBecause.ASKED) -> None:
        """Bind the hands. KnownError where nobody could unlock it again."""
        holder = self.hold.holder
        if holder is None or self.hold.is_bound:
            return
        if not self.sign_in.has_password(holder.id):
            raise KnownError(
                msg(
                    "The console cannot be locked: {officer} has no password.", officer=holder.name
                ),
                safe=msg("Everything goes on as it was."),
                do=msg("Set one in Setup › Officers."),
            )
        self.about_to_change.emit()
        self._record(ConsoleLocked(holder.id, because))
        self._now(Hold(holder, self._desk.now(), because))

    def lock_idle(self) -> None:
        """Nobody was there for a while. A console that nobody could unlock stays open."""
        holder = self.hold.holder
        if holder is not None and self.sign_in.has_password(holder.id):
            self.lock(LockedBecause.IDLE)

    def unlock(self, password: str, failed: WhenFailed) -> None:
        """The officer who holds the console is back."""
        holder = self.hold.holder
        if holder is not None:
            self.take(holder.id, password, failed)

    # Taking and leaving

    def take(self, officer_id: str, password: str, failed: WhenFailed) -> None:
        """An officer takes the console, from whoever has it; who has it already unlocks it."""
        work = functools.partial(self._take, officer_id, password, self.hold)
        self._background.run(work, self._on_taken, failed)

    def _take(self, officer_id: str, password: str, hold: Hold) -> Officer:
        """In a thread. What cannot be written down has not happened."""
        officer = self.sign_in.check(officer_id, password)
        before = hold.holder
        facts: list[Fact] = []
        if before is not None and before.id == officer.id:
            if hold.is_bound:
                facts.append(ConsoleUnlocked(officer.id))
        else:
            if before is not None:
                facts.append(OfficerSignedOut(before.id, followed_by=officer.id))
            facts.append(OfficerSignedIn(officer.id))
        self._log.append(*facts, actor=SIGN_IN).result()
        return officer

    def _on_taken(self, officer: Officer) -> None:
        if self.hold.holder != officer and not self.hold.is_bound:
            self.about_to_change.emit()
        self._now(Hold(officer))

    def hand_to(self, officer: Officer) -> None:
        """Who took the shift over has the desk: the handover asked for the password already."""
        before = self.hold.holder
        if before is not None and before.id == officer.id:
            return
        self.about_to_change.emit()
        if before is not None:
            self._record(OfficerSignedOut(before.id, followed_by=officer.id))
        self._record(OfficerSignedIn(officer.id))
        self._now(Hold(officer))

    def leave(self) -> None:
        """The officer goes, and nobody comes yet. KnownError where nobody could come."""
        holder = self.hold.holder
        if holder is None:
            return
        if self.sign_in.nobody_can():
            raise KnownError(
                msg("Nobody could sign in again: no officer has a password on this computer."),
                safe=msg("Everything goes on as it was."),
                do=msg("Set one in Setup › Officers."),
            )
        if not self.hold.is_bound:
            self.about_to_change.emit()
        self._record(OfficerSignedOut(holder.id))
        self._now(Hold())

    # The first officer, and the code on paper

    def found(
        self, officer: Officer, password: str, done: Callable[[str], Any], failed: WhenFailed
    ) -> None:
        """The station's first administrator; `done` gets the recovery code, told this once."""
        work = functools.partial(self.recovery.found, officer, password)
        self._let_in(work, SignedInBy.PASSWORD, done, failed)

    def recover(
        self,
        code: str,
        officer_id: str,
        password: str,
        done: Callable[[str], Any],
        failed: WhenFailed,
    ) -> None:
        """A new password by the code on paper; `done` gets the new code, told this once."""
        work = functools.partial(self.recovery.recover, code, officer_id, password)
        self._let_in(work, SignedInBy.RECOVERY_CODE, done, failed)

    def _let_in(
        self,
        work: Callable[[], tuple[Officer, str]],
        by: SignedInBy,
        done: Callable[[str], Any],
        failed: WhenFailed,
    ) -> None:
        before = self.hold.holder

        def act() -> tuple[Officer, str]:
            officer, code = work()
            facts: list[Fact] = [OfficerSignedIn(officer.id, by)]
            if before is not None:
                facts.insert(0, OfficerSignedOut(before.id, followed_by=officer.id))
            self._log.append(*facts, actor=SIGN_IN).result()
            return officer, code

        def let_in(result: tuple[Officer, str]) -> None:
            self.needs_founding = False
            self._now(Hold(result[0]))
            done(result[1])

        self._background.run(act, let_in, failed)

    def change_own(
        self, old: str, new: str, done: Callable[[object], Any], failed: WhenFailed
    ) -> None:
        """Another password for who holds the console."""
        holder = self.hold.holder
        if holder is not None:
            work = functools.partial(self.sign_in.change_own, holder.id, old, new)
            self._background.run(work, done, failed)

    # What others change

    def _on_changed(self, changed: Changed) -> None:
        """Role and permissions hold at once; who left the station leaves the console."""
        holder = self.hold.holder
        if holder is None or not _OFFICERS & changed.kinds or holder.id not in changed.subjects:
            return
        with self._log.reading() as db:
            officer = officer_of(db, holder.id)
        if officer is None or not officer.serves:
            self._record(OfficerSignedOut(holder.id))
            self._now(Hold())
        elif officer != holder:
            self._now(Hold(officer, self.hold.locked_at, self.hold.because))

    def _record(self, fact: Fact) -> None:
        self._desk.follow(self._log.append(fact, actor=SIGN_IN))

    def _now(self, hold: Hold) -> None:
        self.hold = hold
        officer = hold.holder or nobody()
        self._desk.officer = officer.with_hands_bound() if hold.is_bound else officer
        self.changed.emit()
