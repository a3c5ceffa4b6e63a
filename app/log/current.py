"""Whether a log's file is of this very program's schema: asked at every start, without migrating.

Knows the names of the migrations, not what they do; so a start that has nothing to migrate does
not load what migrates (a tenth of a second).
"""

from __future__ import annotations

import sqlite3

from app.log import schema

MIGRATION_NAMES = ("m001_entries",)
"""Every migration of `migrations.py`, oldest first; a test holds the two together."""

_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'log' ORDER BY id"
_DISGUISED = (
    "SELECT count(*) FROM sqlite_master"
    " WHERE type = 'view' AND name IN ('entries', '_sqlite_migrations')"
)


def is_current(db: sqlite3.Connection) -> bool:
    """True when there is nothing to migrate and nothing strange; False leaves it to `migrate`."""
    if db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        return False
    if db.execute(_DISGUISED).fetchone()[0]:
        return False
    try:
        applied = tuple(row[0] for row in db.execute(_APPLIED))
    except sqlite3.OperationalError:  # no such table: a file that nobody has migrated yet
        return False
    return applied == MIGRATION_NAMES
