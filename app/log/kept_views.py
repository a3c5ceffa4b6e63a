"""Keeps the views' tables true to the entries: creates, applies, notices change, rebuilds.

Knows no thread and begins no transaction: it works inside the one it is called in.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing

from app.log.entry import Entry
from app.log.entry_rows import entries_in_order
from app.log.view import View

REBUILDING_KB = 256 * 1024
"""Kept in memory while views are made, at most: with less, where a table is large, the same page is
written again and again."""


class KeptViews:
    """All views of one log, in the order they were given."""

    def __init__(self, views: Sequence[View]) -> None:
        self._views = tuple(views)
        _refuse_shared_tables(self._views)
        self._by_kind: dict[str, tuple[View, ...]] = by_kind(self._views)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that some view wants."""
        return frozenset(self._by_kind)

    def apply(self, db: sqlite3.Connection, entry: Entry) -> None:
        """Bring every view that wants this kind up to the entry."""
        for view in self._by_kind.get(entry.kind, ()):
            view.apply(db, entry)

    def bring_up_to_date(self, db: sqlite3.Connection) -> tuple[str, ...]:
        """Rebuild views whose definition changed or whose tables are gone; drop what no view owns.

        Returns the tables that were rebuilt although entries had been there before.
        """
        stored = dict(db.execute("SELECT tables, fingerprint FROM kept_views"))
        for tables in set(stored) - {key_of(view) for view in self._views}:
            _drop(db, tables.split(","))
            db.execute("DELETE FROM kept_views WHERE tables = ?", (tables,))
        stale = [view for view in self._views if not _is_current(db, view, stored)]
        self._rebuild(db, stale)
        had_entries = db.execute("SELECT EXISTS (SELECT 1 FROM entries)").fetchone()[0]
        return tuple(table for view in stale for table in view.tables) if had_entries else ()

    def rebuild(self, db: sqlite3.Connection, kind: str | None = None) -> tuple[str, ...]:
        """Throw away and make again every view, or only those that want `kind`."""
        views = self._views if kind is None else self._by_kind.get(kind, ())
        self._rebuild(db, views)
        return tuple(table for view in views for table in view.tables)

    def rebuild_tables(self, db: sqlite3.Connection, tables: Collection[str]) -> tuple[str, ...]:
        """Throw away and make again the views that one of these tables belongs to."""
        views = [view for view in self._views if set(view.tables) & set(tables)]
        self._rebuild(db, views)
        return tuple(table for view in views for table in view.tables)

    def _rebuild(self, db: sqlite3.Connection, views: Sequence[View]) -> None:
        for view in views:
            _drop(db, view.tables)
            view.create(db)
            db.execute(
                "INSERT OR REPLACE INTO kept_views (tables, fingerprint) VALUES (?, ?)",
                (key_of(view), fingerprint(view)),
            )
        (usual,) = db.execute("PRAGMA cache_size").fetchone()
        db.execute(f"PRAGMA cache_size = -{REBUILDING_KB}")
        try:
            replay(db, db, views)
        finally:
            db.execute(f"PRAGMA cache_size = {usual}")


def replay(source: sqlite3.Connection, target: sqlite3.Connection, views: Sequence[View]) -> None:
    """Give the views' tables in `target` every entry of `source`, in order."""
    wanting = by_kind(views)
    if not wanting:
        return
    for entry in entries_in_order(source, wanting):
        for view in wanting[entry.kind]:
            view.apply(target, entry)


def by_kind(views: Iterable[View]) -> dict[str, tuple[View, ...]]:
    """Kind → the views that want it, in their order."""
    wanting: dict[str, tuple[View, ...]] = {}
    for view in views:
        for kind in view.kinds:
            wanting[kind] = (*wanting.get(kind, ()), view)
    return wanting


def key_of(view: View) -> str:
    """What a view is stored under: its tables."""
    return ",".join(view.tables)


def fingerprint(view: View) -> str:
    """SHA-256 of the SQL it creates, the kinds it wants and its `version` (1 if it names none)."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        view.create(empty)
        statements = sorted(row[0] or "" for row in empty.execute("SELECT sql FROM sqlite_master"))
    version = getattr(view, "version", 1)
    parts = [str(version), *sorted(view.kinds), *statements]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _is_current(db: sqlite3.Connection, view: View, stored: dict[str, str]) -> bool:
    if stored.get(key_of(view)) != fingerprint(view):
        return False
    names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return names.issuperset(view.tables)


def _drop(db: sqlite3.Connection, tables: Sequence[str]) -> None:
    for table in reversed(tables):  # the last may refer to the first
        db.execute(f'DROP TABLE IF EXISTS "{table}"')


def _refuse_shared_tables(views: Sequence[View]) -> None:
    tables = [table for view in views for table in view.tables]
    twice = {table for table in tables if tables.count(table) > 1}
    reserved = {table for table in tables if table in {"entries", "kept_views"} or "," in table}
    if twice or reserved:
        raise ValueError(f"tables that no view may have: {sorted(twice | reserved)}")
