"""Footage that may not be deleted while it is needed: asked for here, acknowledged by the recorder.

The console asks in the station's log; the recorder locks in its index and says so in its own chain,
which the console takes in. Only then does a lock count (docs/recording.md, Locks).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.clock import from_stored, to_stored
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Log, Row, Said
from app.video.archive.segment import Span

REASON_LIMIT = 300  # characters: two lines on a sheet


class LockState(StrEnum):
    """How far a lock is. Only a `LOCKED` one counts."""

    REQUESTED = "requested"  # กำลังล็อก: the recorder has not acknowledged it yet
    LOCKED = "locked"
    UNLOCK_REQUESTED = "unlock_requested"  # still holds
    UNLOCKED = "unlocked"


@dataclass(frozen=True, slots=True)
class LockedFootage:
    """What the recorder locked of one camera: whole segments around the span, both streams.

    `begins` and `ends` are the keyframes around the wanted span; equal if there was no footage.
    """

    camera_id: str
    begins: datetime
    ends: datetime
    size_bytes: int


@dataclass(frozen=True, slots=True)
class FootageLock:
    """One lock: a span of some cameras, and who wants it kept why, until when (None: for ever)."""

    id: str
    camera_ids: tuple[str, ...]
    span: Span
    reason: str
    incident_id: str
    until: datetime | None
    actor: str
    asked_at: datetime
    state: LockState
    locked: tuple[LockedFootage, ...] = ()

    @property
    def about(self) -> str:
        """What its entries are about: the incident, so that it stands in its story; else itself."""
        return self.incident_id or self.id

    def holds_at(self, now: datetime) -> bool:
        """Whether its footage may not be deleted now; one that was only asked for holds too."""
        return self.state is not LockState.UNLOCKED and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class FootageLockRequested:
    """An officer wants footage kept."""

    kind: ClassVar[str] = "footage_lock_requested"
    lock_id: str
    camera_ids: tuple[str, ...]
    span: Span
    reason: str
    incident_id: str = ""
    until: datetime | None = None

    @property
    def subject(self) -> str:
        return self.incident_id or self.lock_id

    def body(self) -> Mapping[str, Any]:
        return {
            "lock_id": self.lock_id,
            "cameras": list(self.camera_ids),
            "begins": to_stored(self.span.begins),
            "ends": to_stored(self.span.ends),
            "reason": self.reason,
            "incident_id": self.incident_id,
            "until": None if self.until is None else to_stored(self.until),
        }


@dataclass(frozen=True, slots=True)
class FootageLocked:
    """The recorder's word: the index holds the lock, and nothing under it is deleted any more."""

    kind: ClassVar[str] = "footage_locked"
    lock_id: str
    about: str
    footage: tuple[LockedFootage, ...]

    @property
    def subject(self) -> str:
        return self.about

    def body(self) -> Mapping[str, Any]:
        return {
            "lock_id": self.lock_id,
            "footage": [
                {
                    "camera_id": one.camera_id,
                    "begins": to_stored(one.begins),
                    "ends": to_stored(one.ends),
                    "size_bytes": one.size_bytes,
                }
                for one in self.footage
            ],
        }


@dataclass(frozen=True, slots=True)
class FootageUnlockRequested:
    """A supervisor says that footage need not be kept any more."""

    kind: ClassVar[str] = "footage_unlock_requested"
    lock_id: str
    about: str
    reason: str

    @property
    def subject(self) -> str:
        return self.about

    def body(self) -> Mapping[str, Any]:
        return {"lock_id": self.lock_id, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class FootageUnlocked:
    """The recorder's word: the lock is gone from the index. `why`: asked, or its end has come."""

    kind: ClassVar[str] = "footage_unlocked"
    lock_id: str
    about: str
    why: str

    @property
    def subject(self) -> str:
        return self.about

    def body(self) -> Mapping[str, Any]:
        return {"lock_id": self.lock_id, "why": self.why}


SAID = (
    Said(FootageLockRequested.kind, ("reason",)),
    Said(FootageUnlockRequested.kind, ("reason",)),
)


class FootageLocksView:
    """The table `footage_locks`: one row a lock, also those that are over."""

    tables = ("footage_locks",)
    kinds = frozenset(
        {
            FootageLockRequested.kind,
            FootageLocked.kind,
            FootageUnlockRequested.kind,
            FootageUnlocked.kind,
        }
    )

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS footage_locks(id TEXT PRIMARY KEY, cameras TEXT NOT NULL,"
            " begins TEXT NOT NULL, ends TEXT NOT NULL, reason TEXT NOT NULL,"
            " incident_id TEXT NOT NULL, until TEXT, actor TEXT NOT NULL, asked_at TEXT NOT NULL,"
            " state TEXT NOT NULL, locked TEXT NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if not data:  # erased: that it was locked and unlocked cannot be known any more
            return
        lock_id = data["lock_id"]
        match entry.kind:
            case FootageLockRequested.kind:
                db.execute(
                    "INSERT OR IGNORE INTO footage_locks"
                    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')",
                    (lock_id, json.dumps(data["cameras"]), data["begins"], data["ends"],
                     data["reason"], data["incident_id"], data["until"], entry.actor, entry.at,
                     LockState.REQUESTED),
                )  # fmt: skip
            case FootageLocked.kind:
                db.execute(
                    "UPDATE footage_locks SET locked = ?, state ="
                    " CASE state WHEN ? THEN ? ELSE state END WHERE id = ?",
                    (json.dumps(data["footage"]), LockState.REQUESTED, LockState.LOCKED, lock_id),
                )
            case FootageUnlockRequested.kind:
                _set_state(db, lock_id, LockState.UNLOCK_REQUESTED)
            case _:
                _set_state(db, lock_id, LockState.UNLOCKED)


def _set_state(db: Connection, lock_id: str, state: LockState) -> None:
    db.execute(
        "UPDATE footage_locks SET state = ? WHERE id = ? AND state <> ?",
        (state, lock_id, LockState.UNLOCKED),
    )


def footage_locks(db: Connection, span: Span | None = None) -> list[FootageLock]:
    """Every lock that is not over, oldest first; only those that touch `span` if it is given."""
    rows = db.execute(
        "SELECT * FROM footage_locks WHERE state <> ? ORDER BY asked_at, id", (LockState.UNLOCKED,)
    )
    locks = [_lock(row) for row in rows]
    return [lock for lock in locks if span is None or lock.span.overlaps(span)]


def footage_lock(db: Connection, lock_id: str) -> FootageLock | None:
    """One lock, also one that is over."""
    row = db.execute("SELECT * FROM footage_locks WHERE id = ?", (lock_id,)).fetchone()
    return _lock(row) if row else None


def request_lock(
    log: Log,
    camera_ids: tuple[str, ...],
    span: Span,
    reason: str,
    *,
    incident_id: str = "",
    until: datetime | None = None,
    actor: Actor,
) -> Future[tuple[Entry, ...]]:
    """Ask for a lock; the entry's body names it. KnownError at once if it makes no sense."""
    if not camera_ids or span.ends <= span.begins:
        raise KnownError(
            msg("There is no footage between these two times."),
            safe=msg("Nothing was locked."),
            do=msg("Set A before B, and choose at least one camera."),
        )
    fact = FootageLockRequested(
        f"lock-{secrets.token_hex(6)}",
        camera_ids,
        span,
        checked_reason(reason),
        incident_id=incident_id,
        until=until,
    )
    return log.append(fact, actor=actor)


def request_unlock(
    log: Log, lock_id: str, reason: str, *, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Ask to let it go. KnownError at once without a reason, through the future if it is over."""
    reason = checked_reason(reason)

    def decide(db: Connection) -> list[FootageUnlockRequested]:
        lock = footage_lock(db, lock_id)
        if lock is None or lock.state is LockState.UNLOCKED:
            raise KnownError(
                msg("This footage is not locked any more."), safe=msg("Nothing was changed.")
            )
        return [FootageUnlockRequested(lock_id, lock.about, reason)]

    return log.write(decide, actor=actor)


def checked_reason(reason: str) -> str:
    """The reason as it is stored. KnownError when there is none, or it cannot be printed."""
    reason = " ".join(reason.split())
    if not reason:
        raise KnownError(
            msg("Footage is not locked, unlocked or taken out without a reason."),
            safe=msg("Nothing was changed."),
            do=msg("Type why: who asks for it, and for which case."),
        )
    if len(reason) > REASON_LIMIT or not reason.isprintable():
        raise KnownError(
            msg("The reason is too long or holds characters that cannot be printed."),
            safe=msg("Nothing was changed; what you typed is still here."),
            do=msg("Type it again, in up to {limit} characters.", limit=REASON_LIMIT),
        )
    return reason


def _lock(row: Row) -> FootageLock:
    return FootageLock(
        id=row["id"],
        camera_ids=tuple(json.loads(row["cameras"])),
        span=Span(from_stored(row["begins"]), from_stored(row["ends"])),
        reason=row["reason"],
        incident_id=row["incident_id"],
        until=None if row["until"] is None else from_stored(row["until"]),
        actor=row["actor"],
        asked_at=from_stored(row["asked_at"]),
        state=LockState(row["state"]),
        locked=tuple(
            LockedFootage(
                one["camera_id"],
                from_stored(one["begins"]),
                from_stored(one["ends"]),
                one["size_bytes"],
            )
            for one in json.loads(row["locked"])
        ),
    )
