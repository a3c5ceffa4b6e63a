"""Erasing what an entry says: the one change the log allows, and only the body, never the fact.

Leaves no copy of the text: not in the row, the views, the write-ahead log, nor old backups.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import KnownError, msg
from app.log import rights
from app.log.connections import BUSY_TIMEOUT_MS
from app.log.entry import Entry
from app.log.entry_rows import entry_by_id

TRUNCATE_PATIENCE_MS = 2000  # how long the writer waits for readers of the old state, once

_UNCHANGED = msg("Nothing was erased.")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """An entry's body was erased; the entry, its time and its place in the chain remain."""

    entry_id: str
    reason: str
    erased_kind: str

    @property
    def kind(self) -> str:
        return rights.ERASED

    @property
    def subject(self) -> str:
        return self.entry_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason, "kind": self.erased_kind}


def erasable(db: sqlite3.Connection, entry_id: str, reason: str) -> Entry:
    """The entry to erase; KnownError when there is no such, nothing left in it, or no reason."""
    if not reason.strip():
        raise KnownError(msg("An erasure needs a reason."), safe=_UNCHANGED)
    entry = entry_by_id(db, entry_id)
    if entry is None:
        raise KnownError(
            msg("There is no entry {entry} in this log.", entry=entry_id), safe=_UNCHANGED
        )
    if entry.body is None:
        raise KnownError(msg("Entry {entry} is erased already.", entry=entry_id), safe=_UNCHANGED)
    return entry


def clear_body(db: sqlite3.Connection, entry: Entry) -> None:
    """Take the body out of the row; the trigger allows it because an `erased` entry names it."""
    db.execute("UPDATE entries SET body = NULL WHERE seq = ?", (entry.seq,))


class WriteAheadLog:
    """Empties the `-wal` file after an erasure, so that the erased bytes are gone from the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._owed = True  # an earlier run may have been killed before it could

    def truncate(self, db: sqlite3.Connection) -> None:
        """Right after an erasure: also removes backups, which hold the text too."""
        self._owed = True
        for backup in backups_beside(self._path):
            backup.unlink(missing_ok=True)
        self._try(db, TRUNCATE_PATIENCE_MS)

    def truncate_if_owed(self, db: sqlite3.Connection) -> None:
        """After any later write: what a reader held up is done as soon as it lets go."""
        if self._owed:
            self._try(db, 0)

    def _try(self, db: sqlite3.Connection, patience_ms: int) -> None:
        try:
            db.execute(f"PRAGMA busy_timeout = {patience_ms}")
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        except sqlite3.Error as error:
            _logger.warning("the write-ahead log could not be emptied yet: %s", error)
            return
        self._owed = bool(busy)
        if busy:
            _logger.info("the write-ahead log is emptied when its readers are done")


def backups_beside(path: Path) -> list[Path]:
    """The copies that migrations left beside a log, in order of name."""
    return sorted(path.parent.glob(f"{path.name}.*.backup"))
