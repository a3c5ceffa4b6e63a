"""A handover in the log: written and signed by one officer, accepted and signed by the next.

Facts, their view, and the acts. What the page says is gathered elsewhere and comes as text.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.clock import from_stored, to_stored
from app.duty.handover_page import HandoverPage, needs_word, page_from, section_from, sha256_of
from app.duty.shift_log import (
    REASON_LIMIT,
    ShiftEnded,
    ShiftStarted,
    checked_words,
    has_begun,
    turn_of,
)
from app.duty.shifts import Shift
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Fact, Log, Row

NOTES_LIMIT = 4_000  # characters: a page of the printed sheet

Written = Future[tuple[Entry, ...]]


class HandoverState(StrEnum):
    """How far a handover is."""

    WRITTEN = "written"  # it waits for whoever accepts it
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class HandoverWritten:
    """The outgoing officer signed the page. `page` is its text; `page_sha256` that text's hash."""

    kind: ClassVar[str] = "handover_written"
    handover_id: str
    ending: Shift
    beginning: Shift
    page: str

    @property
    def subject(self) -> str:
        return self.handover_id

    def body(self) -> Mapping[str, Any]:
        return {
            "shift_id": self.ending.id,
            "begins": to_stored(self.ending.starts_at),
            "ends": to_stored(self.ending.ends_at),
            "name": self.ending.name,
            "next_begins": to_stored(self.beginning.starts_at),
            "next_ends": to_stored(self.beginning.ends_at),
            "next_name": self.beginning.name,
            "page": self.page,
            "page_sha256": sha256_of(self.page),
        }


@dataclass(frozen=True, slots=True)
class HandoverReturned:
    """It was given back, with what is missing. Its page stays in the log."""

    kind: ClassVar[str] = "handover_returned"
    handover_id: str
    reason: str

    @property
    def subject(self) -> str:
        return self.handover_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An item's id, and when the incoming officer acknowledged it (as stored)."""

    item: str
    at: str


@dataclass(frozen=True, slots=True)
class HandoverAccepted:
    """The incoming officer signed: the page with this hash, each of its items, and what came in
    between (`since`: a section's text, empty if nothing did)."""

    kind: ClassVar[str] = "handover_accepted"
    handover_id: str
    page_sha256: str
    acknowledged: tuple[Acknowledged, ...]
    since: str = ""

    @property
    def subject(self) -> str:
        return self.handover_id

    def body(self) -> Mapping[str, Any]:
        return {
            "page_sha256": self.page_sha256,
            "acknowledged": [{"item": one.item, "at": one.at} for one in self.acknowledged],
            "since": self.since,
            "since_sha256": sha256_of(self.since) if self.since else "",
        }


@dataclass(frozen=True, slots=True)
class Handover:
    """One handover as it stands. Texts are empty where the law had them erased; then so are the
    hours of its shifts."""

    id: str
    state: HandoverState
    ending: Shift | None
    beginning: Shift | None
    page_text: str
    page_sha256: str
    written_at: datetime
    written_entry: str
    outgoing: str
    closed_at: datetime | None
    closed_entry: str
    incoming: str
    """Who accepted it, or gave it back; empty while it waits."""
    acknowledged: tuple[Acknowledged, ...]
    since: str
    reason: str

    @property
    def page(self) -> HandoverPage | None:
        """What was signed; None when it was erased."""
        return page_from(self.page_text) if self.page_text else None

    @property
    def is_open(self) -> bool:
        """Whether it waits for whoever accepts it."""
        return self.state is HandoverState.WRITTEN


class HandoversView:
    """The table `handovers`: one row a handover."""

    tables = ("handovers",)
    kinds = frozenset({HandoverWritten.kind, HandoverReturned.kind, HandoverAccepted.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS handovers(id TEXT PRIMARY KEY, state TEXT NOT NULL,"
            " begins TEXT, ends TEXT, name TEXT NOT NULL, next_begins TEXT, next_ends TEXT,"
            " next_name TEXT NOT NULL, page TEXT NOT NULL, page_sha256 TEXT NOT NULL,"
            " written_at TEXT NOT NULL, written_entry TEXT NOT NULL, outgoing TEXT NOT NULL,"
            " closed_at TEXT, closed_entry TEXT NOT NULL, incoming TEXT NOT NULL,"
            " acknowledged TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS handovers_by_time ON handovers(written_at)")
        db.execute(
            "CREATE INDEX IF NOT EXISTS handovers_open ON handovers(written_at)"
            " WHERE state = 'written'"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        """An erased one still counts: that a handover was written, given back or accepted."""
        data = entry.data()
        if entry.kind == HandoverWritten.kind:
            self._written(db, entry, data)
            return
        accepted = entry.kind == HandoverAccepted.kind
        db.execute(
            "UPDATE handovers SET state = ?, closed_at = ?, closed_entry = ?, incoming = ?,"
            " acknowledged = ?, since = ?, reason = ? WHERE id = ?",
            (
                HandoverState.ACCEPTED if accepted else HandoverState.RETURNED,
                entry.at,
                entry.id,
                entry.actor,
                json.dumps(data.get("acknowledged", []), ensure_ascii=False),
                data.get("since", ""),
                data.get("reason", ""),
                entry.subject,
            ),
        )

    def _written(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        db.execute(
            "INSERT OR REPLACE INTO handovers"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '', '', '[]', '', '')",
            (
                entry.subject,
                HandoverState.WRITTEN,
                data.get("begins"),
                data.get("ends"),
                data.get("name", ""),
                data.get("next_begins"),
                data.get("next_ends"),
                data.get("next_name", ""),
                data.get("page", ""),
                data.get("page_sha256", ""),
                entry.at,
                entry.id,
                entry.actor,
            ),
        )


def open_handover(db: Connection) -> Handover | None:
    """The handover that waits for whoever accepts it; the newest, should there be several."""
    row = db.execute(
        "SELECT * FROM handovers WHERE state = 'written' ORDER BY written_at DESC, id LIMIT 1"
    ).fetchone()
    return _handover(row) if row is not None else None


def handover(db: Connection, handover_id: str) -> Handover | None:
    """One handover."""
    row = db.execute("SELECT * FROM handovers WHERE id = ?", (handover_id,)).fetchone()
    return _handover(row) if row is not None else None


def past_handovers(db: Connection, limit: int, before: datetime | None = None) -> list[Handover]:
    """Those that are accepted or were given back, the newest first."""
    rows = db.execute(
        "SELECT * FROM handovers WHERE state <> 'written' AND (? IS NULL OR written_at < ?)"
        " ORDER BY written_at DESC, id LIMIT ?",
        (*(2 * [None if before is None else to_stored(before)]), limit),
    )
    return [_handover(row) for row in rows]


def _handover(row: Row) -> Handover:
    return Handover(
        id=row["id"],
        state=HandoverState(row["state"]),
        ending=_shift(row["begins"], row["ends"], row["name"]),
        beginning=_shift(row["next_begins"], row["next_ends"], row["next_name"]),
        page_text=row["page"],
        page_sha256=row["page_sha256"],
        written_at=from_stored(row["written_at"]),
        written_entry=row["written_entry"],
        outgoing=row["outgoing"],
        closed_at=None if row["closed_at"] is None else from_stored(row["closed_at"]),
        closed_entry=row["closed_entry"],
        incoming=row["incoming"],
        acknowledged=tuple(Acknowledged(**one) for one in json.loads(row["acknowledged"])),
        since=row["since"],
        reason=row["reason"],
    )


def _shift(begins: str | None, ends: str | None, name: str) -> Shift | None:
    if begins is None or ends is None:
        return None
    return Shift(from_stored(begins), from_stored(ends), name)


def write_handover(
    log: Log, ending: Shift, beginning: Shift, page: str, *, actor: Actor
) -> Written:
    """Sign the page as the outgoing officer. Through the future: KnownError if one waits already,
    or this shift was handed over."""

    def decide(db: Connection) -> list[Fact]:
        if open_handover(db) is not None:
            raise KnownError(
                msg("A handover has been written already and waits for whoever accepts it."),
                safe=msg("Nothing was changed."),
                do=msg("Accept it, or give it back with what is missing."),
            )
        turn = turn_of(db, ending.id)
        if turn is not None and turn.ended_at is not None:
            raise KnownError(
                msg("This shift has been handed over already."), safe=msg("Nothing was changed.")
            )
        return [HandoverWritten(f"handover-{secrets.token_hex(6)}", ending, beginning, page)]

    return log.write(decide, actor=actor)


def return_handover(log: Log, handover_id: str, reason: str, *, actor: Actor) -> Written:
    """Give it back. KnownError at once without a reason."""
    words = checked_words(reason, REASON_LIMIT)
    if not words:
        raise KnownError(
            msg("A handover is not given back without a reason."),
            safe=msg("Nothing was changed."),
            do=msg("Type what is missing or wrong."),
        )

    def decide(db: Connection) -> list[Fact]:
        _waiting(db, handover_id)
        return [HandoverReturned(handover_id, words)]

    return log.write(decide, actor=actor)


def accept_handover(
    log: Log,
    handover_id: str,
    page_sha256: str,
    acknowledged: Collection[Acknowledged],
    since: str,
    *,
    actor: Actor,
) -> Written:
    """Sign as the incoming officer: the shift ends, the next begins, in one write.

    Through the future, KnownError: it does not wait any more, is another page than was shown, an
    item was not acknowledged, or both officers are one.
    """

    def decide(db: Connection) -> list[Fact]:
        found = _waiting(db, handover_id)
        if found.outgoing == actor.id:
            raise KnownError(
                msg("Who hands a shift over cannot accept it."),
                safe=msg("The handover is still there."),
                do=msg("Let the officer of the next shift sign."),
            )
        if found.page_sha256 != page_sha256:
            raise KnownError(
                msg("The handover is not the one that was shown."),
                safe=msg("The handover is still there."),
                do=msg("Read it again."),
            )
        _require_all(found, acknowledged, since)
        facts: list[Fact] = [HandoverAccepted(handover_id, page_sha256, tuple(acknowledged), since)]
        if found.ending is not None:
            facts.append(ShiftEnded(found.ending, found.outgoing, handover_id))
        if found.beginning is not None and not has_begun(turn_of(db, found.beginning.id)):
            facts.append(ShiftStarted(found.beginning, actor.id, handover_id))
        return facts

    return log.write(decide, actor=actor)


def _waiting(db: Connection, handover_id: str) -> Handover:
    found = handover(db, handover_id)
    if found is None or not found.is_open:
        raise KnownError(
            msg("This handover does not wait any more: it was accepted or given back."),
            safe=msg("Nothing was changed."),
        )
    return found


def _require_all(found: Handover, acknowledged: Collection[Acknowledged], since: str) -> None:
    known = {one.item for one in acknowledged}
    page = found.page
    rows = [*(page.rows if page else ()), *(section_from(since).rows if since else ())]
    missing = [row for row in rows if needs_word(row) and row.id not in known]
    if missing:
        raise KnownError(
            msg("{count} items are not acknowledged yet.", count=len(missing)),
            safe=msg("The handover is still there."),
            do=msg("Acknowledge each of them (Space)."),
        )
