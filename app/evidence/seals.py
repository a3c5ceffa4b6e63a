"""Seals of the log: the station's key signs where every chain stands. Facts, view, when one is due.

A chain shows every change inside it; that its end was cut off, or all of it written anew, only a
signature shows, by a key whose fingerprint is on paper in other hands (docs/evidence.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.clock import Clock, from_stored
from app.log import Actor, Connection, Entry, Head, Log, Role, all_heads
from app.log.seals import DAY_SEALED
from app.station.signing_key import SigningKey, fingerprint
from app.thai.dates import to_local

SEALER = Actor("sealer", Role.PROGRAM)
LOG = "log"
"""What a seal is about."""
FIRST_LINE = "smart-safety-zone seal 1"


def key_subject(fingerprint: str) -> str:
    """What the log calls a key by: `key-3f2a9c01…`."""
    return f"key-{fingerprint.replace(' ', '')}"


@dataclass(frozen=True, slots=True)
class SigningKeyMade:
    """From now on seals are by this key. `lost`: the fingerprint of the one before, if any."""

    kind: ClassVar[str] = "signing_key_made"
    fingerprint: str
    public_key_hex: str
    lost: str = ""

    @property
    def subject(self) -> str:
        return key_subject(self.fingerprint)

    def body(self) -> Mapping[str, Any]:
        return {
            "fingerprint": self.fingerprint,
            "public_key": self.public_key_hex,
            "lost": self.lost,
        }


@dataclass(frozen=True, slots=True)
class DaySealed:
    """The key's owner says where every chain stood. `statement` is what was signed, to the byte."""

    kind: ClassVar[str] = DAY_SEALED
    statement: str
    signature_hex: str

    @property
    def subject(self) -> str:
        return LOG

    def body(self) -> Mapping[str, Any]:
        return {"statement": self.statement, "signature": self.signature_hex}


def statement_of(station_id: str, day: str, public_key: bytes, heads: Sequence[Head]) -> str:
    """The lines that are signed: `key` in hexadecimal, then a line for each chain. No last newline.

    Nothing has to be sorted or spelt anew to check them: they stand in the entry as they are.
    """
    lines = [FIRST_LINE, f"station {station_id}", f"day {day}", f"key {public_key.hex()}"]
    lines += [f"head {head.origin} {head.n} {head.hash}" for head in heads]
    return "\n".join(lines)


def seal_log(log: Log, key: SigningKey, station_id: str, clock: Clock) -> Future[tuple[Entry, ...]]:
    """Seal everything that is in the log; the future holds the seal's entry.

    Nothing comes between the heads that are signed and the entry that says so. Waits for the entry
    that tells of a new key, if it is one: not for the Qt thread. Raises KnownError.
    """
    day = to_local(clock.now()).date().isoformat()
    log.write(lambda db: _key_made(db, key), actor=SEALER).result()
    return log.write(lambda db: [_sealed(key, station_id, day, all_heads(db))], actor=SEALER)


def _key_made(db: Connection, key: SigningKey) -> list[SigningKeyMade]:
    """What the log has to say of a key before its first seal; `lost` is who sealed last."""
    known = db.execute(
        "SELECT 1 FROM entries WHERE subject = ? LIMIT 1", (key_subject(key.fingerprint),)
    ).fetchone()
    if known:
        return []
    row = db.execute("SELECT statement FROM seals ORDER BY at DESC LIMIT 1").fetchone()
    public = public_key_of(row[0]) if row else None
    return [
        SigningKeyMade(key.fingerprint, key.public.hex(), fingerprint(public) if public else "")
    ]


def public_key_of(statement: str) -> bytes | None:
    """The key that a seal's statement is by; None if it names none."""
    lines = [line for line in statement.split("\n") if line.startswith("key ")]
    try:
        return bytes.fromhex(lines[0].removeprefix("key ")) if lines else None
    except ValueError:
        return None


def _sealed(key: SigningKey, station_id: str, day: str, where: Sequence[Head]) -> DaySealed:
    statement = statement_of(station_id, day, key.public, where)
    return DaySealed(statement, key.sign(statement.encode()).hex())


class SealsView:
    """The table `seals`: one row a seal, so that the last one is found at once."""

    tables = ("seals",)
    kinds = frozenset({DaySealed.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS seals(id TEXT PRIMARY KEY, at TEXT NOT NULL,"
            " statement TEXT NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        statement = entry.data().get("statement", "")
        db.execute("INSERT OR REPLACE INTO seals VALUES(?, ?, ?)", (entry.id, entry.at, statement))


def last_sealed_at(db: Connection) -> datetime | None:
    """When the log was sealed last; None if it never was."""
    row = db.execute("SELECT max(at) FROM seals").fetchone()
    return None if row[0] is None else from_stored(row[0])


def is_due(db: Connection, now: datetime) -> bool:
    """Whether the day that ended last, in Bangkok, is not sealed yet: nightly, or as soon as the
    console runs again."""
    last = last_sealed_at(db)
    return last is None or to_local(last).date() < to_local(now).date()
