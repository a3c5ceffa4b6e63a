"""Takes over from a damaged log what it still holds and a whole copy of it does not.

The copy's chains say what comes next: an entry of the damaged file that continues them, hash by
hash, is what was recorded, wherever it was read. The first that does not is where it ends. Writes
to the copy alone; the damaged file is only read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import KnownError
from app.log import rights
from app.log.connections import open_writer, transaction
from app.log.current import is_current
from app.log.entry import Entry
from app.log.entry_rows import COLUMNS, entry_by_id, head_of, insert, newest_seq, typed_entry
from app.log.erasure import clear_body
from app.log.faults import UNCHANGED, untrusted_file
from app.log.findings import Findings
from app.log.kept_views import KeptViews
from app.log.losses import lost_entries
from app.log.taking_in import is_sound
from app.log.verify_file import check_definitions, open_untrusted
from app.log.view import View

_AT_ONCE = 5_000
_NO_END = 2**63 - 1

Told = Callable[[int], None]  # entries taken over so far


@dataclass(frozen=True, slots=True)
class Salvaged:
    """`kept`: entries of the copy; `taken_over`: those that the damaged file added. `lost`: how
    many of its entries are not among them, None when nobody can say. `newest_at`: of the newest
    entry there is now."""

    kept: int
    taken_over: int
    lost: int | None
    newest_at: str

    @property
    def entries(self) -> int:
        """How many the log has now."""
        return self.kept + self.taken_over


def salvage(
    copy: Path,
    damaged: Path | None,
    views: Sequence[View],
    now: datetime,
    told: Told = lambda done: None,
) -> Salvaged:
    """Bring the log `copy` as far as `damaged` allows, and make its views anew.

    `copy` may be a file that is not there yet: then everything comes from the damaged one.
    Raises KnownError: the copy cannot be written.
    """
    with untrusted_file(UNCHANGED), closing(open_writer(copy)) as db:
        if not is_current(db):
            from app.log.migrations import migrate  # slow to load, and seldom needed

            migrate(db, copy, now)
        kept = newest_seq(db)
        _take_over(db, damaged, kept, told)
        entries = newest_seq(db)
        with transaction(db):
            _make_views(db, KeptViews(views), len([t for view in views for t in view.tables]))
        newest = db.execute("SELECT at FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        return Salvaged(
            kept,
            entries - kept,
            lost_entries(db, damaged),
            newest[0] if newest else "",
        )


def _make_views(db: sqlite3.Connection, views: KeptViews, tables: int) -> None:
    """All of them anew: what the copy's own say is as old as the copy, and nobody compared it."""
    if len(views.bring_up_to_date(db)) < tables:
        views.rebuild(db)


class _ErasureMissingError(Exception):
    """An entry without a body was taken over, and nothing after it that erased it."""

    def __init__(self, seq: int) -> None:
        super().__init__(seq)
        self.seq = seq


def _take_over(db: sqlite3.Connection, damaged: Path | None, kept: int, told: Told) -> None:
    """All that continues the copy. It ends before an entry whose erasure cannot be taken over too:
    a body that is gone, and no entry that says why, is what tampering looks like."""
    last = _NO_END
    while True:
        try:
            with transaction(db):
                _take_until(db, damaged, kept, last, told)
            return
        except _ErasureMissingError as missing:
            last = missing.seq - 1


def _take_until(
    db: sqlite3.Connection, damaged: Path | None, kept: int, last: int, told: Told
) -> None:
    """Those up to the damaged file's seq `last`. Raises _ErasureMissingError, with the first."""
    without_body: dict[str, int] = {}
    for done, entry in enumerate(_following(db, damaged, kept, last), start=1):
        _take(db, entry)
        if entry.body is None:
            without_body[entry.id] = entry.seq
        if entry.kind == rights.ERASED:
            without_body.pop(entry.subject, None)
        if done % _AT_ONCE == 0:
            told(done)
    if without_body:
        raise _ErasureMissingError(min(without_body.values()))


def _following(
    db: sqlite3.Connection, damaged: Path | None, after: int, last: int
) -> Iterator[Entry]:
    """The damaged file's entries that continue the chains of `db`, up to the first that does not.

    Whoever iterates puts each into `db` before the next is asked for.
    """
    if damaged is None:
        return
    try:
        with untrusted_file(), closing(open_untrusted(damaged)) as source:
            if not check_definitions(source, Findings()):
                return  # its table is not ours: nothing is selected from it
            for entry in _readable(source, after, last):
                head = head_of(db, entry.origin)
                continues = entry.n == head.n + 1 and entry.prev == head.hash
                if not (continues and is_sound(entry)):
                    return
                yield entry
    except (sqlite3.DatabaseError, KnownError):
        return  # from here on it cannot be read


def _readable(source: sqlite3.Connection, after: int, last: int) -> Iterator[Entry]:
    rows = source.execute(
        f"SELECT {COLUMNS} FROM entries NOT INDEXED WHERE seq > ? AND seq <= ? ORDER BY seq",
        (after, last),
    )
    for row in rows:
        entry = typed_entry(row)
        if entry is None:
            return
        yield entry


def _take(db: sqlite3.Connection, entry: Entry) -> None:
    """The entry as it was written; the copy's own guards look at it again."""
    insert(
        db,
        head_of(db, entry.origin),
        at=entry.at,
        actor=entry.actor,
        subject=entry.subject,
        kind=entry.kind,
        body=entry.body,
        body_hash=entry.body_hash,
        own_hash=entry.hash,
    )
    if entry.kind == rights.ERASED:
        erased = entry_by_id(db, entry.subject)
        if erased is not None and erased.body is not None:
            clear_body(db, erased)
