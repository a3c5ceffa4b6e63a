"""Takes in what another origin wrote: the same entries, hashes and all, once each, in their order.

The chain of the other origin is checked entry by entry: what does not continue it is refused, so
that a stranger's file cannot put words into this log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from app.errors import KnownError, msg
from app.log import chain
from app.log.connections import open_reader
from app.log.entry import Entry
from app.log.entry_rows import COLUMNS, entry_of, hash_at, head_of, insert
from app.log.faults import UNCHANGED, untrusted_file
from app.log.kept_views import KeptViews


def entries_after(db: sqlite3.Connection, origin: str, n: int, limit: int = 1000) -> list[Entry]:
    """What an origin wrote after its `n`th entry, in order; at most `limit` of them."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE origin = ? AND n > ? ORDER BY n LIMIT ?",
        (origin, n, limit),
    )
    return [entry_of(row) for row in rows]


def origin_of(db: sqlite3.Connection) -> str | None:
    """Which origin wrote here last; None while the file holds no entry, or is not a log yet."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries'").fetchone():
        return None
    row = db.execute("SELECT origin FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    return row[0] if row else None


def origin_in(path: Path) -> str | None:
    """Which origin writes the log `path`; None while it is not there or holds no entry.

    KnownError when the file is something else, or cannot be read.
    """
    if not path.is_file():
        return None
    with untrusted_file(UNCHANGED), closing(open_reader(path)) as db:
        return origin_of(db)


def take_in(
    db: sqlite3.Connection, entries: Iterable[Entry], views: KeptViews, *, own_origin: str
) -> tuple[Entry, ...]:
    """Append those that are not there yet, and bring the views up to each. KnownError refuses all:
    an entry that does not follow the one before it, or was changed, or claims to be ours."""
    return tuple(_taken_in(db, entries, views, own_origin))


def _taken_in(
    db: sqlite3.Connection, entries: Iterable[Entry], views: KeptViews, own_origin: str
) -> Iterator[Entry]:
    for entry in entries:
        if entry.origin == own_origin:
            raise _refused(entry)
        head = head_of(db, entry.origin)
        if entry.n <= head.n:
            if not _is_here(db, entry):
                raise _refused(entry)  # its file was set back, and went on differently
            continue
        if entry.n != head.n + 1 or entry.prev != head.hash or not is_sound(entry):
            raise _refused(entry)
        own = insert(
            db,
            head,
            at=entry.at,
            actor=entry.actor,
            subject=entry.subject,
            kind=entry.kind,
            body=entry.body,
            body_hash=entry.body_hash,
            own_hash=entry.hash,
        )
        views.apply(db, own)
        yield own


def _is_here(db: sqlite3.Connection, entry: Entry) -> bool:
    return hash_at(db, entry.origin, entry.n) == entry.hash


def is_sound(entry: Entry) -> bool:
    """Whether its hashes are those of what it says."""
    own_hash = chain.entry_hash(
        prev=entry.prev,
        origin=entry.origin,
        n=entry.n,
        at=entry.at,
        actor=entry.actor,
        subject=entry.subject,
        kind=entry.kind,
        body_hash=entry.body_hash,
    )
    return own_hash == entry.hash and (
        entry.body is None or chain.body_hash(entry.body) == entry.body_hash
    )


def _refused(entry: Entry) -> KnownError:
    return KnownError(
        msg("The entry {entry} of another program does not continue its chain.", entry=entry.id),
        safe=msg("It was not taken into the station's log, which is unchanged."),
        do=msg("Run verify on the file it came from."),
    )
