"""Entries from rows of the table, and the two lookups every part of this room needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import starmap

from app.log.chain import GENESIS
from app.log.entry import Entry

_STORED = "origin, n, at, actor, subject, kind, body, body_hash, prev, hash"
COLUMNS = f"seq, {_STORED}"
_INSERT = f"INSERT INTO entries ({_STORED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Head:
    """Where an origin's chain stands: its newest `n` (0: none yet) and that entry's hash."""

    origin: str
    n: int
    hash: str


def insert(
    db: sqlite3.Connection,
    head: Head,
    *,
    at: str,
    actor: str,
    subject: str,
    kind: str,
    body: str | None,
    body_hash: str,
    own_hash: str,
) -> Entry:
    """Put the entry that follows `head` into the table; the file's own guards check it again."""
    fields = (
        head.origin,
        head.n + 1,
        at,
        actor,
        subject,
        kind,
        body,
        body_hash,
        head.hash,
        own_hash,
    )
    seq = db.execute(_INSERT, fields).lastrowid
    assert seq is not None  # the INSERT has just set it
    return Entry(seq, *fields)


def newest_seq(db: sqlite3.Connection) -> int:
    """The place of the newest entry in the file's own order; 0 when there is none."""
    newest: int = db.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()[0]
    return newest


def entry_of(row: Iterable[object]) -> Entry:
    """The entry of a row selected with `COLUMNS`, in their order."""
    return Entry(*row)  # type: ignore[arg-type]  # STRICT columns: SQLite holds the types


_TYPES = tuple(
    (int, str, int, str, str, str, str, body, str, str, str) for body in (str, type(None))
)


def typed_entry(row: Iterable[object]) -> Entry | None:
    """As `entry_of`, for a file that may be anything: None when a field is of another type."""
    fields = tuple(row)
    return entry_of(fields) if tuple(map(type, fields)) in _TYPES else None


def head_of(db: sqlite3.Connection, origin: str) -> Head:
    """The newest entry of an origin's chain."""
    row = db.execute(
        "SELECT n, hash FROM entries WHERE origin = ? ORDER BY n DESC LIMIT 1", (origin,)
    ).fetchone()
    return Head(origin, row[0], row[1]) if row else Head(origin, 0, GENESIS)


_ORIGINS = (  # hops from name to name along the index: a million entries cost nothing
    "WITH RECURSIVE named(origin) AS (SELECT min(origin) FROM entries UNION ALL SELECT"
    " (SELECT min(origin) FROM entries WHERE origin > named.origin) FROM named"
    " WHERE named.origin IS NOT NULL) SELECT origin FROM named WHERE origin IS NOT NULL"
)


def all_heads(db: sqlite3.Connection) -> list[Head]:
    """Where every chain stands, by the name of its origin."""
    return [head_of(db, row[0]) for row in db.execute(_ORIGINS).fetchall()]


def entry_by_id(db: sqlite3.Connection, entry_id: str) -> Entry | None:
    """The entry `origin:n`, or None."""
    origin, _, n = entry_id.rpartition(":")
    if not (n.isascii() and n.isdigit() and len(n) < 19):
        return None
    row = row_at(db, origin, int(n))
    return entry_of(row) if row else None


def row_at(db: sqlite3.Connection, origin: str, n: int) -> tuple[object, ...] | None:
    """What stands at this place of an origin's chain, as it is stored, in the order of `COLUMNS`;
    None for nothing."""
    row: tuple[object, ...] | None = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE origin = ? AND n = ?", (origin, n)
    ).fetchone()
    return row


def hash_at(db: sqlite3.Connection, origin: str, n: int) -> str | None:
    """The hash that stands at this place of an origin's chain; None for nothing."""
    row = db.execute("SELECT hash FROM entries WHERE origin = ? AND n = ?", (origin, n)).fetchone()
    return None if row is None else row[0]


def entries_in_order(db: sqlite3.Connection, kinds: Iterable[str]) -> Iterator[Entry]:
    """Every entry of these kinds in order of `seq`, streamed."""
    wanted = sorted(kinds)
    marks = ", ".join("?" * len(wanted))
    rows = db.cursor()
    rows.row_factory = None  # plain tuples: a million of them are read
    rows.execute(f"SELECT {COLUMNS} FROM entries WHERE kind IN ({marks}) ORDER BY seq", wanted)
    return starmap(Entry, rows)
