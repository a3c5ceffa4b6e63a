"""Reads a database that somebody else made (a map in MBTiles): nothing in it is trusted or run.

Here because only this room opens databases. Knows nothing of what is inside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_LARGEST_VALUE_BYTES = 16_000_000
_STEPS_A_CALL = 100_000
_MOST_STEPS = 200_000_000  # a query of a few seconds; a map's index answers in a few thousand


class ForeignFileError(Exception):
    """The file is no database, is damaged, or asks for more than reading."""


class ForeignFile:
    """One read-only connection; any thread may use it, one at a time."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
            self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE_BYTES)
            self._db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            self._db.execute("PRAGMA trusted_schema = OFF")
            self._db.execute("PRAGMA cell_size_check = ON")
            self._db.execute("PRAGMA query_only = ON")
        except sqlite3.Error as error:
            raise ForeignFileError(str(error)) from error

    def rows(self, sql: str, values: Sequence[Any] = (), most: int = 10_000) -> list[Any]:
        """Up to `most` rows of one query. Raises ForeignFileError, also for one without end."""
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += _STEPS_A_CALL
            return int(steps > _MOST_STEPS)

        try:
            self._db.set_progress_handler(count, _STEPS_A_CALL)
            return self._db.execute(sql, tuple(values)).fetchmany(most)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise ForeignFileError(str(error)) from error

    def close(self) -> None:
        """Let the file go."""
        self._db.close()
