"""The way in when no password opens: the recovery code on paper, and a station's first officer.

Knows no window and no printer.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from app.duty.officer import Officer
from app.duty.officer_changes import checked_name, next_officer_id
from app.duty.officers import (
    OfficerChanged,
    OfficerEnrolled,
    officer_of,
    serving_officers,
)
from app.duty.passwords import Argon2, Hasher, check_password
from app.duty.sign_in import SignIn
from app.duty.sign_in_entries import (
    RECOVERY,
    PasswordSetBy,
    RecoveryCodeMade,
    recovery_hash,
)
from app.errors import KnownError, msg
from app.log import Actor, Fact, Log, Role
from app.log.rights import require

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 that are not mistaken for each other: no 0 and O, no 1 and I."""
GROUPS, GROUP_LETTERS = 5, 5  # 125 bits: no hash of it tells it


def new_code() -> str:
    """`7KQ2M-…`: five groups of five."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def typed_code(text: str) -> str:
    """A code as it was typed: small letters, spaces and hyphens do no harm."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


class Recovery:
    """One station's. Slow calls; any thread, off the Qt thread."""

    def __init__(self, log: Log, sign_in: SignIn, hasher: Hasher | None = None) -> None:
        self._log, self._sign_in = log, sign_in
        self._hasher = hasher or Argon2()

    def needs_founding(self) -> bool:
        """Whether nobody can ever sign in here: no password on this computer, no recovery code."""
        with self._log.reading() as db:
            has_code = bool(recovery_hash(db))
        return not has_code and self._sign_in.nobody_can()

    def found(self, officer: Officer, password: str) -> tuple[Officer, str]:
        """The station's first administrator and the recovery code, which is told this once.

        An officer without an id is enrolled; one who is on the list becomes administrator. Only
        for a station that needs it: KnownError otherwise, or for a name or password that will not
        do.
        """
        if not self.needs_founding():
            raise KnownError(
                msg("This station has its administrator already."),
                safe=msg("Nothing was changed."),
                do=msg("Sign in, or use the recovery code."),
            )
        first = replace(officer, name=checked_name(officer.name), role=Role.ADMINISTRATOR)
        with self._log.reading() as db:
            before = officer_of(db, officer.id)
            if before is None:
                first = replace(first, id=next_officer_id(db))
        is_new = before is None or not before.serves
        fact = OfficerEnrolled(first) if is_new else OfficerChanged(first)
        code, made = self._made()
        self._sign_in.set_password(first, password, by=PasswordSetBy.FOUNDING, also=(fact, made))
        return first, code

    def candidates(self) -> list[Officer]:
        """Who gets a new password by the code: the administrators; if there is none, everybody."""
        with self._log.reading() as db:
            known = serving_officers(db)
        return [one for one in known if one.role is Role.ADMINISTRATOR] or known

    def recover(self, code: str, officer_id: str, password: str) -> tuple[Officer, str]:
        """A new password for an administrator, and a new code: the one that was used is used up.

        KnownError: the code is wrong, one has to wait, the password will not do.
        """
        officer = next((one for one in self.candidates() if one.id == officer_id), None)
        if officer is None:
            raise KnownError(
                msg("The recovery code gives a new password to an administrator only."),
                safe=msg("Nothing was changed."),
                do=msg("Choose an administrator; an administrator then sets yours."),
            )
        self._require_code(code)
        check_password(password, officer.name)
        new, made = self._made()
        also: list[Fact] = [made]
        if officer.role is not Role.ADMINISTRATOR:
            officer = replace(officer, role=Role.ADMINISTRATOR)
            also.append(OfficerChanged(officer))
        by = PasswordSetBy.RECOVERY_CODE
        self._sign_in.set_password(officer, password, by=by, also=also)
        return officer, new

    def renew(self, actor: Actor) -> str:
        """Another code, asked for by an administrator; the one before opens nothing any more."""
        require(actor, RecoveryCodeMade.kind)
        code, made = self._made()
        self._log.append(made, actor=actor).result()
        return code

    def _require_code(self, code: str) -> None:
        self._sign_in.require_no_wait(RECOVERY)
        with self._log.reading() as db:
            hashed = recovery_hash(db)
        if not hashed:
            raise KnownError(
                msg("No recovery code was ever made for this station, or it was erased."),
                safe=msg("Nothing was changed."),
                do=msg("Sign in as administrator and make one in Setup › Officers."),
            )
        if not self._hasher.matches(typed_code(code), hashed):
            raise self._sign_in.refuse(RECOVERY, msg("The recovery code is not right."))

    def _made(self) -> tuple[str, RecoveryCodeMade]:
        code = new_code()
        return code, RecoveryCodeMade(self._hasher.hash(typed_code(code)))
