"""Whether it is the officer: passwords checked, wrong ones slowed down, all of it in the log.

Knows no window. A check takes 50 to 100 ms, so it is made off the Qt thread.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

from app.clock import Clock
from app.duty.officer import Officer
from app.duty.officers import officer_of, serving_officers
from app.duty.passwords import OfficerPasswords, check_password
from app.duty.sign_in_entries import (
    STRANGER,
    OfficerPasswordSet,
    PasswordSetBy,
    SignInRefused,
    refusals,
)
from app.errors import KnownError, Message, msg
from app.log import Actor, Fact, Log, Role
from app.log.rights import require

FREE_TRIES = 3
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=5)
_NOTHING = msg("Nothing was changed.")
_AGAIN = msg("Look at the language of the keyboard and at Caps Lock, and type it again.")
SIGN_IN = Actor("sign-in", Role.PROGRAM)


def wait_after(times: int) -> timedelta:
    """How long one waits after so many wrong passwords in a row: three are free, then 5 s, doubled
    by each further one, at most five minutes; never for good."""
    if times < FREE_TRIES:
        return timedelta(0)
    doubled: int = 2 ** min(times - FREE_TRIES, 10)
    return min(_LONGEST_WAIT, _FIRST_WAIT * doubled)


class SignIn:
    """One station's sign-in on this computer. Any thread may ask; one is served at a time.

    Refusals are counted in the log, so that a restart does not give new tries.
    """

    def __init__(self, log: Log, passwords: OfficerPasswords, clock: Clock) -> None:
        self._log, self._passwords, self._clock = log, passwords, clock
        self._one_at_a_time = threading.Lock()
        self._met: dict[tuple[str, int], float] = {}

    def check(self, officer_id: str, password: str) -> Officer:
        """The officer whose password this is. KnownError: it is not, one has to wait, none is set.

        Takes as long for an officer whom nobody knows.
        """
        with self._one_at_a_time:
            with self._log.reading() as db:
                officer = officer_of(db, officer_id)
            known = officer is not None and officer.serves
            about = officer_id if known else STRANGER
            self.require_no_wait(about)
            is_right = self._passwords.matches(officer_id, password)
            if officer is not None and known and is_right:
                return officer
            if officer is not None and known and not self._passwords.has(officer_id):
                raise _no_password()
            raise self.refuse(about, msg("The password is not right."))

    def has_password(self, officer_id: str) -> bool:
        """Whether the officer can sign in on this computer."""
        return self._passwords.has(officer_id)

    def was_set_here(self, officer_id: str) -> bool:
        """Whether this log says that it was set: a folder of the same name may have stood here
        before, and its officers' passwords are still on this computer."""
        entries = self._log.entries_of(officer_id)
        return any(entry.kind == OfficerPasswordSet.kind for entry in entries)

    def nobody_can(self) -> bool:
        """Whether no officer of the station has a password on this computer."""
        with self._log.reading() as db:
            known = serving_officers(db)
        return not any(self._passwords.has(officer.id) for officer in known)

    # Wrong ones

    def require_no_wait(self, about: str) -> None:
        """KnownError with the time that is left, unless one may try now."""
        left_s = self.wait_s(about)
        if left_s > 0:
            raise KnownError(
                msg(
                    "Too many wrong ones: the next try is in {seconds} s.", seconds=int(left_s) + 1
                ),
                safe=_NOTHING,
                do=msg("Wait, then type it again. An administrator can set a new password."),
            )

    def wait_s(self, about: str) -> float:
        """Seconds until the next try for an officer, or for the recovery code.

        By the wall clock, and never longer than the wait is by a clock that nobody can set.
        """
        with self._log.reading() as db:
            refused = refusals(db, about)
        wait_s = wait_after(refused.times).total_seconds()
        if wait_s <= 0 or refused.last_at is None:
            return 0.0
        met_s = self._met.setdefault((about, refused.times), self._clock.monotonic())
        by_steady = wait_s - (self._clock.monotonic() - met_s)
        gone_s = (self._clock.now() - refused.last_at).total_seconds()
        by_wall = wait_s - gone_s if gone_s >= 0 else wait_s
        return max(0.0, min(by_steady, by_wall))

    def refuse(self, about: str, what: Message) -> KnownError:
        """Write down that it was wrong. What to raise; KnownError: the log cannot be written."""
        with self._log.reading() as db:
            times = refusals(db, about).times + 1
        self._log.append(SignInRefused(about, times), actor=SIGN_IN).result()
        wait_s = wait_after(times).total_seconds()
        if wait_s > 0:
            what = msg("{what} The next try is in {seconds} s.", what=what, seconds=round(wait_s))
        return KnownError(what, safe=_NOTHING, do=_AGAIN)

    # Setting them

    def set_password(
        self,
        officer: Officer,
        password: str,
        *,
        by: PasswordSetBy,
        actor: Actor = SIGN_IN,
        also: Sequence[Fact] = (),
    ) -> None:
        """Give an officer a password, or another one; `also` is recorded before it, all or none.

        KnownError: it will not do, the actor may not, it cannot be kept. Then the one before holds.
        """
        check_password(password, officer.name)
        for fact in (*also, OfficerPasswordSet(officer.id, by)):
            require(actor, fact.kind)
        with self._one_at_a_time:
            before = self._passwords.hashed(officer.id)
            self._passwords.put(officer.id, password)
            try:
                facts = (*also, OfficerPasswordSet(officer.id, by))
                self._log.append(*facts, actor=actor).result()
            except KnownError:
                self._passwords.put_back(officer.id, before)
                raise

    def change_own(self, officer_id: str, old: str, new: str) -> None:
        """An officer's own: the old one is asked for. KnownError as for the other two."""
        officer = self.check(officer_id, old)
        self.set_password(officer, new, by=PasswordSetBy.OWN)

    def forget(self, officer_id: str) -> None:
        """Of an officer who left. KnownError when it cannot be taken away."""
        self._passwords.forget(officer_id)


def _no_password() -> KnownError:
    return KnownError(
        msg("No password is set for this officer on this computer."),
        safe=_NOTHING,
        do=msg("Ask the administrator to set one (Setup › Officers), or use the recovery code."),
    )
