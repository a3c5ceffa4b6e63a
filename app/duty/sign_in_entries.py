"""Who took the console, locked it, was refused, had a password set. Never a password in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.clock import from_stored
from app.duty.officer import AboutOfficer
from app.log import Connection, Entry

RECOVERY = "recovery-code"
"""What entries about the recovery code are about."""
STRANGER = "officer-unknown"
"""What a refused sign-in is about when there is no such officer: what was typed is not kept."""


class SignedInBy(StrEnum):
    """How it was known who took the console."""

    PASSWORD = "password"
    RECOVERY_CODE = "recovery_code"
    NOBODY_ASKED = "nobody_asked"
    """The station's file says that nobody is asked, or it is a sample station."""


class PasswordSetBy(StrEnum):
    """Why an officer has a password, or another one."""

    OWN = "own"
    ADMINISTRATOR = "administrator"
    RECOVERY_CODE = "recovery_code"
    FOUNDING = "founding"
    """The first one of a station."""


class LockedBecause(StrEnum):
    """Why the console was locked."""

    ASKED = "asked"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class OfficerSignedIn(AboutOfficer):
    """An officer took the console."""

    kind: ClassVar[str] = "officer_signed_in"
    by: SignedInBy = SignedInBy.PASSWORD

    def body(self) -> Mapping[str, Any]:
        return {"by": self.by}


@dataclass(frozen=True, slots=True)
class OfficerSignedOut(AboutOfficer):
    """An officer left the console; `followed_by` whom took it at once, if anybody."""

    kind: ClassVar[str] = "officer_signed_out"
    followed_by: str = ""

    def body(self) -> Mapping[str, Any]:
        return {"followed_by": self.followed_by}


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """A wrong password, or a wrong recovery code. `times`: how often in a row."""

    kind: ClassVar[str] = "sign_in_refused"
    about: str
    times: int

    @property
    def subject(self) -> str:
        return self.about

    def body(self) -> Mapping[str, Any]:
        return {"times": self.times}


@dataclass(frozen=True, slots=True)
class OfficerPasswordSet(AboutOfficer):
    """An officer has a password, or another one. Where its hash is kept, no entry says."""

    kind: ClassVar[str] = "officer_password_set"
    by: PasswordSetBy

    def body(self) -> Mapping[str, Any]:
        return {"by": self.by}


@dataclass(frozen=True, slots=True)
class ConsoleLocked(AboutOfficer):
    """Pictures and alarms stay; nothing can be done until the officer is back, or another."""

    kind: ClassVar[str] = "console_locked"
    because: LockedBecause

    def body(self) -> Mapping[str, Any]:
        return {"because": self.because}


@dataclass(frozen=True, slots=True)
class ConsoleUnlocked(AboutOfficer):
    """The officer who holds the console is back."""

    kind: ClassVar[str] = "console_unlocked"

    def body(self) -> Mapping[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class RecoveryCodeMade:
    """Another recovery code holds from now on. The code is random and long enough that its hash
    gives it to nobody, so the hash may travel with the station: a code on paper must open it on a
    computer that has nothing else."""

    kind: ClassVar[str] = "recovery_code_made"
    hash: str

    @property
    def subject(self) -> str:
        return RECOVERY

    def body(self) -> Mapping[str, Any]:
        return {"hash": self.hash}


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often in a row somebody was refused, and when for the last time."""

    times: int = 0
    last_at: datetime | None = None


class SignInsView:
    """The tables `sign_ins` (refusals in a row) and `recovery_code` (the one that holds).

    An erased entry still counts by its kind; the recovery code of an erased one is gone.
    """

    tables = ("sign_ins", "recovery_code")
    kinds = frozenset(
        {
            OfficerSignedIn.kind,
            SignInRefused.kind,
            OfficerPasswordSet.kind,
            ConsoleUnlocked.kind,
            RecoveryCodeMade.kind,
        }
    )

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS sign_ins(about TEXT PRIMARY KEY, refused INTEGER NOT NULL,"
            " refused_at TEXT NOT NULL) STRICT"
        )
        db.execute(
            "CREATE TABLE IF NOT EXISTS recovery_code(entry_id TEXT PRIMARY KEY,"
            " hash TEXT NOT NULL, made_at TEXT NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        if entry.kind == SignInRefused.kind:
            db.execute(
                "INSERT INTO sign_ins VALUES(?, 1, ?) ON CONFLICT(about) DO UPDATE SET"
                " refused = refused + 1, refused_at = excluded.refused_at",
                (entry.subject, entry.at),
            )
            return
        db.execute("DELETE FROM sign_ins WHERE about = ?", (entry.subject,))
        if entry.kind == RecoveryCodeMade.kind:
            db.execute("DELETE FROM recovery_code")
            data = entry.data()
            if data:
                row = (entry.id, data["hash"], entry.at)
                db.execute("INSERT INTO recovery_code VALUES(?, ?, ?)", row)


def refusals(db: Connection, about: str) -> Refusals:
    """How often in a row an officer, or the recovery code, was refused."""
    row = db.execute(
        "SELECT refused, refused_at FROM sign_ins WHERE about = ?", (about,)
    ).fetchone()
    return Refusals() if row is None else Refusals(row[0], from_stored(row[1]))


def recovery_hash(db: Connection) -> str:
    """The hash of the recovery code that holds; empty if there is none."""
    row = db.execute("SELECT hash FROM recovery_code").fetchone()
    return "" if row is None else str(row[0])
