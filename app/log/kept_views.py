"""Keeps the views' tables true to the entries: creates, applies, notices change, rebuilds.

Knows no thread and begins no transaction: it works inside the one it is called in.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from typing import Any

from app.log.connections import REBUILDING_KB
from app.log.entry import Entry
from app.log.made_apart import is_worth_it, made_apart
from app.log.replay import by_kind, replay
from app.log.schema import KEPT_VIEWS
from app.log.view import View

_NO_VIEWS = frozenset({"entries", "kept_views", "_sqlite_migrations"})  # the log's own
_Part = tuple[str, str]  # of a database: table, index, view or trigger, and its name


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

    def tidy(self, db: sqlite3.Connection) -> bool:
        """Let a view do a little of what can wait; whether any has more to do."""
        return any(view.tidy(db) for view in self._views if hasattr(view, "tidy"))

    @contextmanager
    def in_haste(self) -> Iterator[None]:
        """While it lasts, what `tidy` can do later is left to it."""
        hasty: list[Any] = [view for view in self._views if hasattr(view, "in_haste")]
        for view in hasty:
            view.in_haste = True
        try:
            yield
        finally:
            for view in hasty:
                view.in_haste = False

    def bring_up_to_date(self, db: sqlite3.Connection) -> tuple[str, ...]:
        """Rebuild views whose definition changed, or of which a table or an index is gone; drop
        what no view owns.

        The entries must be committed. Returns the tables that were rebuilt although entries had
        been there before.
        """
        db.execute(KEPT_VIEWS.replace("TABLE", "TABLE IF NOT EXISTS", 1))
        stored = _stored(db)
        for tables in set(stored) - {key_of(view) for view in self._views}:
            _drop(db, [table for table in tables.split(",") if table not in _NO_VIEWS])
            db.execute("DELETE FROM kept_views WHERE tables = ?", (tables,))
        there = {(row[0], row[1]) for row in db.execute("SELECT type, name FROM sqlite_master")}
        stale = [view for view in self._views if not _is_current(view, stored, there)]
        self._rebuild(db, stale)
        had_entries = db.execute("SELECT EXISTS (SELECT 1 FROM entries)").fetchone()[0]
        return tuple(table for view in stale for table in view.tables) if had_entries else ()

    def rebuild(self, db: sqlite3.Connection, tables: Collection[str] = ()) -> tuple[str, ...]:
        """Throw away and make again every view, or only those that one of these tables belongs to.

        The entries must be committed.
        """
        wanted = set(tables)
        views = [view for view in self._views if not wanted or wanted & set(view.tables)]
        self._rebuild(db, views)
        return tuple(table for view in views for table in view.tables)

    def rebuild_wanting(self, db: sqlite3.Connection, kind: str) -> None:
        """Throw away and make again those that want `kind`, from what this transaction sees."""
        views = self._by_kind.get(kind, ())
        _create_anew(db, views)
        with _much_in_memory(db):
            replay(db, db, views)

    def _rebuild(self, db: sqlite3.Connection, views: Sequence[View]) -> None:
        apart = [view for view in views if getattr(view, "takes_long", False)]
        here = [view for view in views if view not in apart]
        with _much_in_memory(db):
            if not apart or not here or not is_worth_it(db):
                _create_anew(db, views)
                replay(db, db, views)
                return
            with made_apart(db, apart) as made:  # before the old ones go: of gigabytes that is long
                _create_anew(db, views)
                replay(db, db, here)
                if not made.move_into(db):
                    replay(db, db, apart)


def _stored(db: sqlite3.Connection) -> dict[str, str]:
    """Tables and fingerprints, also where a damaged byte left no text: that fits no view, so what
    it stood for is made anew."""
    rows = db.execute("SELECT CAST(tables AS BLOB), CAST(fingerprint AS BLOB) FROM kept_views")
    return {_readable(tables): _readable(made) for tables, made in rows}


def _readable(stored: bytes | None) -> str:
    return (stored or b"").decode("utf-8", errors="replace")


def _create_anew(db: sqlite3.Connection, views: Sequence[View]) -> None:
    for view in views:
        _drop(db, view.tables)
        _drop(db, [name for _, name in _made_by(view)])  # an index went along with a renamed table
        view.create(db)
        db.execute(
            "INSERT OR REPLACE INTO kept_views (tables, fingerprint) VALUES (?, ?)",
            (key_of(view), fingerprint(view)),
        )


@contextmanager
def _much_in_memory(db: sqlite3.Connection) -> Iterator[None]:
    (usual,) = db.execute("PRAGMA cache_size").fetchone()
    db.execute(f"PRAGMA cache_size = -{REBUILDING_KB}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = {usual}")


def key_of(view: View) -> str:
    """What a view is stored under: its tables."""
    return ",".join(view.tables)


def fingerprint(view: View) -> str:
    """SHA-256 of the SQL it creates, the kinds it wants and its `version` (1 if it names none)."""
    return _fingerprint(view, _made_by(view))


def _made_by(view: View) -> dict[_Part, str]:
    """What it creates, with its SQL; empty for what SQLite makes by itself."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        view.create(empty)
        rows = empty.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): sql or "" for kind, name, sql in rows}


def _fingerprint(view: View, made: Mapping[_Part, str]) -> str:
    version = getattr(view, "version", 1)
    parts = [str(version), *sorted(view.kinds), *sorted(made.values())]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _is_current(view: View, stored: Mapping[str, str], there: Set[_Part]) -> bool:
    made = _made_by(view)
    return stored.get(key_of(view)) == _fingerprint(view, made) and made.keys() <= there


def _drop(db: sqlite3.Connection, names: Sequence[str]) -> None:
    """Whatever goes by these names: somebody may have put a view in the place of a table."""
    for name in reversed(names):  # the last may refer to the first
        kind = db.execute(
            "SELECT type FROM sqlite_master WHERE name = ? COLLATE NOCASE"
            " AND name NOT GLOB 'sqlite_*'",
            (name,),
        ).fetchone()
        if kind is not None:
            quoted = name.replace('"', '""')
            db.execute(f'DROP {kind[0]} "{quoted}"')


def _refuse_shared_tables(views: Sequence[View]) -> None:
    tables = [table for view in views for table in view.tables]
    twice = {table for table in tables if tables.count(table) > 1}
    reserved = {table for table in tables if table in _NO_VIEWS or "," in table}
    if twice or reserved:
        raise ValueError(f"tables that no view may have: {sorted(twice | reserved)}")
