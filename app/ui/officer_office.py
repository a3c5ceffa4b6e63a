"""What the Setup place may do with officers: enrol, change, permit, set passwords, let go.

Acts return at once; their answers come in the Qt thread. Knows no widget.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.duty.officer import Officer
from app.duty.officer_changes import change, enrol, let_go, permit, take_back
from app.duty.officers import officer_of, officers
from app.duty.passwords import check_password
from app.duty.recovery import Recovery
from app.duty.sign_in import SignIn
from app.duty.sign_in_entries import OfficerPasswordSet, PasswordSetBy
from app.log import Actor, Log, Permission
from app.log.rights import require
from app.ui.background import Background, WhenFailed
from app.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class ListedOfficer:
    """One officer, and whether there is a password on this computer."""

    officer: Officer
    has_password: bool


@dataclass(frozen=True, slots=True)
class OfficerDraft:
    """What the form asks for. A new officer has no id yet; an empty password changes none."""

    officer: Officer
    may_watch: bool
    may_take_out: bool
    password: str


class OfficerOffice:
    """Where officers are put on the list and taken off it."""

    def __init__(
        self, desk: Desk, log: Log, sign_in: SignIn, recovery: Recovery, background: Background
    ) -> None:
        self.desk = desk
        self._log, self._sign_in, self._recovery = log, sign_in, recovery
        self._background = background

    def read(self, *, done: Callable[[list[ListedOfficer]], Any], failed: WhenFailed) -> None:
        """Every officer, those who serve before those who left."""

        def work() -> list[ListedOfficer]:
            with self._log.reading() as db:
                known = officers(db)
            known.sort(key=lambda one: not one.serves)
            return [ListedOfficer(one, self._sign_in.has_password(one.id)) for one in known]

        self._background.run(work, done, failed)

    def save(
        self, draft: OfficerDraft, *, done: Callable[[Officer], Any], failed: WhenFailed
    ) -> None:
        """Enrol a new officer or change one; `done` gets the officer as it stands now."""
        work = functools.partial(self._save, draft, self.desk.officer.actor)
        self._background.run(work, done, failed)

    def _save(self, draft: OfficerDraft, actor: Actor) -> Officer:
        """What is wrong with the password is said before anything is written."""
        if draft.password:
            check_password(draft.password, draft.officer.name)
            require(actor, OfficerPasswordSet.kind)
        act = change if draft.officer.id else enrol
        written = act(self._log, draft.officer, actor=actor).result()
        officer_id = draft.officer.id or written[0].subject
        for permission, allowed in (
            (Permission.FOOTAGE, draft.may_watch),
            (Permission.EXPORT, draft.may_take_out),
        ):
            if (permission in self._now(officer_id).permissions) is not allowed:
                permit(self._log, officer_id, permission, allowed, actor=actor).result()
        officer = self._now(officer_id)
        if draft.password:
            by = PasswordSetBy.ADMINISTRATOR
            self._sign_in.set_password(officer, draft.password, by=by, actor=actor)
        return officer

    def _now(self, officer_id: str) -> Officer:
        with self._log.reading() as db:
            officer = officer_of(db, officer_id)
        assert officer is not None  # it was written a moment ago, and nobody is ever deleted
        return officer

    def let_go(
        self, officer: Officer, reason: str, *, done: Callable[[Officer], Any], failed: WhenFailed
    ) -> None:
        """The officer leaves; the password goes, everything that was recorded stays."""
        actor = self.desk.officer.actor

        def work() -> Officer:
            let_go(self._log, officer.id, reason, actor=actor).result()
            self._sign_in.forget(officer.id)
            return officer

        self._background.run(work, done, failed)

    def take_back(
        self, officer: Officer, *, done: Callable[[Officer], Any], failed: WhenFailed
    ) -> None:
        """The officer is back, under the same id; a password is set anew."""
        actor = self.desk.officer.actor

        def work() -> Officer:
            take_back(self._log, officer.id, actor=actor).result()
            return replace(officer, left_at="")

        self._background.run(work, done, failed)

    def renew_code(self, *, done: Callable[[str], Any], failed: WhenFailed) -> None:
        """Another recovery code; `done` gets it, told this once."""
        work = functools.partial(self._recovery.renew, self.desk.officer.actor)
        self._background.run(work, done, failed)
