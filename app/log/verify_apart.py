"""Has the newer part of a large log's entries checked in a process of its own, beside the older.

Checking a million entries is seconds of nothing but reckoning, every night, and one core of two
would stand by. What that process has to say counts only if it read the very state that its caller
reads and found nothing: else the caller reads those entries itself.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.errors import KnownError
from app.log.entry_rows import COLUMNS, newest_seq
from app.log.findings import Findings
from app.log.process_apart import process_apart
from app.log.verify_chain import ChainCheck, Rows, Stretch, not_known
from app.log.verify_file import open_untrusted

LARGE = 100_000
"""Entries from which on it is worth a process, which takes half a second to start."""
_SHARE = 0.4  # of the entries: it begins later than its caller, and gives way to it
AT_ONCE = 100
"""Entries that are read at a time: they still lie near the processor when they are checked."""
_PAGES_KB = 256  # in memory while entries are read: each page once, and then it is in the way

_ENTRIES = f"SELECT {COLUMNS} FROM entries NOT INDEXED WHERE seq > ? AND seq <= ? ORDER BY seq"

_logger = logging.getLogger(__name__)


class Newer:
    """The entries after `after_seq`, which are being checked elsewhere."""

    def __init__(self, after_seq: int, answer: Connection) -> None:
        self.after_seq = after_seq
        self._answer = answer

    def stretch(self) -> Stretch | None:
        """Wait for it; None when the caller must read these entries itself."""
        try:
            said: Stretch | None = self._answer.recv()
        except EOFError:  # it could not even begin: no memory, no room
            _logger.warning("the process that checks newer entries ended without an answer")
            return None
        return said


@contextmanager
def newer_apart(path: Path, newest: int) -> Iterator[Newer | None]:
    """Begin to check the newer of the `newest` entries. At the end of the block no process is left
    of it. None for a small log, a single core, or in a process that may have none of its own: the
    nightly check's, which is to be in nobody's way."""
    if newest < LARGE or (os.cpu_count() or 1) < 2 or multiprocessing.current_process().daemon:
        yield None
        return
    after_seq = newest - round(newest * _SHARE)
    answer, theirs = multiprocessing.Pipe(duplex=False)
    arguments = (theirs, path, after_seq, newest)
    # gently: SQLite's own check of the indexes takes the longest and should wait for nobody
    with closing(answer), process_apart(_check, arguments, name="check of the log", gently=True):
        theirs.close()  # so that its end is seen here
        yield Newer(after_seq, answer)


def stored_entries(db: sqlite3.Connection, after_seq: int, up_to_seq: int) -> Iterator[Rows]:
    """Rows with the columns of `COLUMNS`, in order of `seq`, text as the bytes that are stored.
    Asks when it is first gone through, so that a damaged page is met there."""
    (usual_pages,), usual_text = db.execute("PRAGMA cache_size").fetchone(), db.text_factory
    db.execute(f"PRAGMA cache_size = -{_PAGES_KB}")
    db.text_factory = bytes
    last: Any = after_seq
    try:
        rows = db.execute(_ENTRIES, (after_seq, up_to_seq))
        while some := rows.fetchmany(AT_ONCE):
            last = some[-1][0]
            yield some
    except sqlite3.DatabaseError:
        yield from _up_to_the_damage(db, last, up_to_seq)
        raise
    finally:
        db.text_factory = usual_text
        db.execute(f"PRAGMA cache_size = {usual_pages}")


def _up_to_the_damage(db: sqlite3.Connection, after_seq: Any, up_to_seq: int) -> Iterator[Rows]:
    """The rows that were fetched together with one that cannot be read, each by itself. With a
    cursor the last of them would be lost: it looks ahead."""
    with contextlib.suppress(sqlite3.DatabaseError):
        while rows := db.execute(f"{_ENTRIES} LIMIT 1", (after_seq, up_to_seq)).fetchall():
            after_seq = rows[0][0]
            yield rows


def _check(answer: Connection, path: Path, after_seq: int, newest: int) -> None:
    """The other process."""
    with closing(answer), contextlib.suppress(OSError):  # who asked was killed
        answer.send(_checked(path, after_seq, newest))


def _checked(path: Path, after_seq: int, newest: int) -> Stretch | None:
    findings = Findings()
    check = ChainCheck(findings, not_known, after_seq)
    try:
        with closing(open_untrusted(path)) as db:
            db.execute("BEGIN")
            if newest_seq(db) != newest:  # something was written since, perhaps into older entries
                return None
            check.read(_while_wanted(stored_entries(db, after_seq, newest)))
    except (sqlite3.Error, KnownError):  # the caller meets it too, and can say so
        return None
    return None if findings.in_order() else check.stretch()


def _while_wanted(pieces: Iterator[Rows]) -> Iterator[Rows]:
    """As long as who asked is there: killed, it cannot say that it has ended."""
    asking = multiprocessing.parent_process()
    for some in pieces:
        if asking is not None and not asking.is_alive():
            return
        yield some
