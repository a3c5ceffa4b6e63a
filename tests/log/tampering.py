"""What someone with a sqlite3 shell can do: take the guards off, write, put them back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection, as any program would open one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


@contextmanager
def guards_off(path: Path) -> Iterator[sqlite3.Connection]:
    """Without triggers and constraints; afterwards every trigger stands as it stood."""
    with raw(path) as db:
        triggers = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA ignore_check_constraints = ON")
        yield db
        for _, sql in triggers:
            db.execute(sql)


@contextmanager
def types_off(path: Path) -> Iterator[sqlite3.Connection]:
    """Also without STRICT and NOT NULL: the table's text is changed, and changed back after."""
    with guards_off(path) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'entries'").fetchone()
        _rewrite(db, sql.replace(") STRICT", ")").replace(" NOT NULL", ""))
        with raw(path) as lax:
            lax.execute("PRAGMA ignore_check_constraints = ON")
            yield lax
        _rewrite(db, sql)


def _rewrite(db: sqlite3.Connection, sql: str) -> None:
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'entries'", (sql,))
    db.execute("PRAGMA writable_schema = RESET")
