"""The log file as a stranger reads it: plain sqlite3, none of our code."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def entries(station: Path, kind: str, subject: str = "%") -> list[dict[str, Any]]:
    """The bodies of the entries of a kind, oldest first, each with its subject."""
    with closing(sqlite3.connect(f"file:{station / 'station.db'}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT subject, at, actor, body FROM entries WHERE kind = ? AND subject LIKE ?"
            " ORDER BY seq",
            (kind, subject),
        ).fetchall()
    return [
        {"subject": about, "at": at, "actor": actor, **json.loads(body)}
        for about, at, actor, body in rows
    ]
