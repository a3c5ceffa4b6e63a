"""Makes some views in a process of its own, beside the log, while its caller makes the others.

A rebuild of a million incidents is minutes of processor time, and views know nothing of each other:
two of them may be made on two cores. What that process makes is one file beside the log's, which
the log takes over and throws away.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.log.connections import open_reader, open_scratch
from app.log.full_text import look_anew
from app.log.process_apart import process_apart
from app.log.replay import replay
from app.log.view import View

LARGE = 50_000
"""Entries from which on it is worth a process, which takes half a second to start."""
_SUFFIX = "-being-made"

_logger = logging.getLogger(__name__)


class MadeApart:
    """Views that are being made by another process."""

    def __init__(self, process: BaseProcess, made: Path) -> None:
        self._process = process
        self._made = made

    def move_into(self, db: sqlite3.Connection) -> bool:
        """Wait for them and put their rows into `db`, where their tables stand as they are created.

        False when they could not be made (no memory, no room): nothing was changed then.
        """
        self._process.join()
        if self._process.exitcode != 0:
            _logger.warning("views made apart ended with code %s", self._process.exitcode)
            return False
        with closing(open_reader(self._made)) as made:
            made.row_factory = None
            for table in _real_tables(made):
                db.execute(f'DELETE FROM "{table}"')  # what creating it put there
                rows = made.execute(f'SELECT * FROM "{table}"')
                marks = ", ".join("?" * len(rows.description))
                db.executemany(f'INSERT INTO "{table}" VALUES({marks})', rows)
        look_anew(db)
        return True


def is_worth_it(db: sqlite3.Connection) -> bool:
    """Whether the log is large and a second processor is there."""
    (entries,) = db.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()
    return bool(entries >= LARGE) and (os.cpu_count() or 1) > 1


@contextmanager
def made_apart(db: sqlite3.Connection, views: Sequence[View]) -> Iterator[MadeApart]:
    """Begin to make these views from what is committed in the log of `db`. At the end of the block
    no process and no file is left of it."""
    log = _path_of(db)
    made = _path_beside(log)
    remove_left_over(log)
    try:
        with process_apart(_make, (log, made, tuple(views)), name="views of the log") as process:
            yield MadeApart(process, made)
    finally:
        remove_left_over(log)


def _path_of(db: sqlite3.Connection) -> Path:
    return Path(db.execute("PRAGMA database_list").fetchone()[2])


def remove_left_over(log: Path) -> None:
    """Take away what a program that was killed meanwhile has left beside its log."""
    try:
        _path_beside(log).unlink(missing_ok=True)
    except OSError as error:  # held open elsewhere: the process that is to write it will say so too
        _logger.warning("%s could not be removed: %s", _path_beside(log).name, error)


def _path_beside(log: Path) -> Path:
    return log.with_name(log.name + _SUFFIX)


def _make(log: Path, made: Path, views: Sequence[View]) -> None:
    """The other process: the views' tables in a file of their own, which nobody else looks at."""
    with closing(open_reader(log)) as source, closing(open_scratch(made)) as target:
        for view in views:
            view.create(target)
        target.execute("BEGIN")
        replay(source, target, views)
        target.execute("COMMIT")


def _real_tables(made: sqlite3.Connection) -> list[str]:
    """Those that hold rows: also the ones in which a full-text index keeps what it knows."""
    rows = made.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
    )
    return [row[0] for row in rows]
