"""Lets SQLite compare the log's indexes and constraints with its rows, beside the reading of them.

In a thread and with a connection of its own: it is one long statement, which the reading of the
entries need not wait for.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import TracebackType

from app.errors import KnownError, msg
from app.log.faults import is_damage
from app.log.findings import Finding, Findings
from app.log.verify_file import open_untrusted

_INDEX_PAGES_KB = 131_072
"""In memory: every row is looked up in every index, and subjects stand in no order. Twice the index
by subjects of two million entries, for the rows go through it too."""


class IndexCheck:
    """For a `with` block: begins at once; what it found is told by `tell`, which waits for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._guard = threading.Lock()
        self._details: list[str] = []
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="index check", daemon=True)

    def __enter__(self) -> IndexCheck:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            with self._guard:
                if self._db is not None:
                    self._db.interrupt()
        self._thread.join()

    def tell(self, findings: Findings) -> None:
        """Add what was found. Raises what kept it from looking, unless that is the damage itself:
        the entries were read all the same, and which of them is the first bad one is worth more."""
        self._thread.join()
        if self._fault is not None:
            if not is_damage(self._fault):
                raise self._fault
            findings.add(Finding(msg("An index of the log cannot be read.")))
        for detail in self._details:
            findings.add(Finding(msg("The file is damaged: {detail}", detail=detail)))

    def _run(self) -> None:
        try:
            with closing(open_untrusted(self._path)) as db:
                with self._guard:
                    self._db = db
                try:
                    db.execute(f"PRAGMA cache_size = -{_INDEX_PAGES_KB}")
                    rows = db.execute("PRAGMA integrity_check('entries')").fetchall()
                finally:
                    with self._guard:
                        self._db = None
            self._details = [str(row[0]) for row in rows if row[0] != "ok"]
        except (sqlite3.Error, KnownError, UnicodeDecodeError) as error:
            self._fault = error
