"""Reads a log with SQLite's own module and checks its chains with SHA-256 alone.

Knows of the program only what docs/schema.md says.
"""

from __future__ import annotations

import hashlib
import sqlite3

_FIELDS = "prev, origin, n, at, actor, subject, kind, body_hash"


def held(db: sqlite3.Connection) -> set[str]:
    """Every entry as `origin:n hash`."""
    rows = db.execute("SELECT origin || ':' || n || ' ' || hash FROM entries")
    return {row[0] for row in rows}


def broken_links(db: sqlite3.Connection) -> int:
    """How many entries do not follow the one before, or are not what their hashes say."""
    broken = 0
    newest: dict[str, tuple[int, str]] = {}
    for row in db.execute(f"SELECT {_FIELDS}, hash, body FROM entries ORDER BY seq"):
        prev, origin, n, *_, body_hash, own, body = row
        before = newest.get(origin, (0, "0" * 64))
        said = "\x1f".join(str(field) for field in row[:8])
        good = (n - 1, prev) == before and hashlib.sha256(said.encode()).hexdigest() == own
        if body is not None:
            good = good and hashlib.sha256(body.encode()).hexdigest() == body_hash
        broken += not good
        newest[origin] = (n, own)
    return broken
