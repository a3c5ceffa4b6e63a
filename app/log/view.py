"""What a view is: tables built from entries inside the same transaction, rebuilt at any time."""

from __future__ import annotations

import sqlite3
from typing import Protocol

from app.log.entry import Entry

Connection = sqlite3.Connection  # rooms name it from here: only this room imports sqlite3
Row = sqlite3.Row


class View(Protocol):
    """One room's tables. `apply` must depend on nothing but the entry and these tables.

    No clock, no random, no other view: a rebuild from the entries must give the same rows.
    `db` is inside the log's transaction: one `execute` a statement, never `executescript`, `commit`
    or `rollback` (executescript commits; the log notices and refuses).

    A view may have `version: int`; raise it when `apply` changes but the tables do not, and the
    next open rebuilds it. A changed `create` or `kinds` is noticed without it. With `takes_long`
    true it is made in a process of its own when a large log is rebuilt: it must be picklable. If it
    has `at_once(db)`, a context manager, all entries come once more within that: what it does for
    each may wait until its end. If it has `tidy(db) -> bool`, that is called while nobody writes,
    each time in a transaction of its own, until it is False: a little work that leaves the rows as
    they are. If it has `in_haste: bool`, that is true while the log is copied beside the writing:
    what `tidy` can do later is left to it.
    """

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables, dropped and made again by a rebuild. Parents before children."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of entry it wants to see."""
        ...

    def create(self, db: Connection) -> None:
        """Make its tables and indexes (`CREATE TABLE IF NOT EXISTS … STRICT`)."""
        ...

    def apply(self, db: Connection, entry: Entry) -> None:
        """Bring its tables up to this entry. Called in order of `seq`.

        An erased entry comes too, with `body` None and `data()` empty: its kind, subject and time
        still count (a unit released stays released), what it said is gone.
        """
        ...
