"""Opens SQLite connections: the one that writes, and one read-only for each thread that reads."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import KnownError, msg
from app.log.faults import UNCHANGED, known_faults, only_reads, untrusted_file

BUSY_TIMEOUT_MS = 5000
WRITER_CACHE_KB = 64 * 1024
"""Taken only as it is needed: random ids fall on other pages of an index with every entry."""
READER_CACHE_KB = 16 * 1024
"""For each thread that reads: the upper pages of the search's index are asked for at every key."""
REBUILDING_KB = 256 * 1024
"""While views are made, at most: with less, where a table is large, the same page is written again
and again."""
READER_DEADLINE_S = 2.0  # how long close() waits for a thread to finish what it is reading

_logger = logging.getLogger(__name__)


def open_writer(path: Path) -> sqlite3.Connection:
    """The connection that writes. It commits only what is committed by hand. KnownError if not."""
    with untrusted_file(UNCHANGED):
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            _prepare_writer(db)
        except BaseException:
            db.close()
            raise
    return db


def _prepare_writer(db: sqlite3.Connection) -> None:
    db.row_factory = sqlite3.Row
    db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":  # what a file system without shared memory answers
        raise KnownError(
            msg("The log cannot be kept safely on this kind of disk."),
            safe=msg("It was not changed."),
            do=msg("Move the station folder to a disk inside this computer."),
        )
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA wal_autocheckpoint = 0")  # checkpoints.py does it, in a thread of its own
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")
    db.execute("PRAGMA temp_store = MEMORY")  # no erased text in temporary files
    db.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KB}")


def open_reader(path: Path, access: str = "mode=ro") -> sqlite3.Connection:
    """A connection that cannot write, nor create the file. Raises sqlite3.Error."""
    db = sqlite3.connect(
        f"{path.resolve().as_uri()}?{access}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,  # close() comes from another thread
    )
    db.row_factory = sqlite3.Row
    db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute(f"PRAGMA cache_size = -{READER_CACHE_KB}")
    return db


def open_scratch(path: Path) -> sqlite3.Connection:
    """A new file for views made once more: whole or thrown away, so nothing waits for the disk."""
    db = sqlite3.connect(path, isolation_level=None)
    db.row_factory = sqlite3.Row  # as views know it
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute(f"PRAGMA cache_size = -{REBUILDING_KB}")
    db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the write lock is taken at once, so that nothing is read and then stale."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        if not db.in_transaction:
            raise RuntimeError("a job ended the log's transaction")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # some faults have rolled back already
            db.execute("ROLLBACK")
        raise


@contextmanager
def nothing_written(db: sqlite3.Connection) -> Iterator[None]:
    """Where code is given the connection that writes, to read from: that it wrote is a bug.

    `PRAGMA query_only` would refuse it at once, and has every statement compiled anew.
    """
    before = _state_of(db)
    yield
    if _state_of(db) != before:
        raise RuntimeError("whoever reads the log may not write")


def _state_of(db: sqlite3.Connection) -> tuple[int, int]:
    """Other after anything was written: how many rows were changed, and the tables' version."""
    return db.total_changes, db.execute("PRAGMA schema_version").fetchone()[0]


@dataclass
class _Reader:
    db: sqlite3.Connection
    thread: threading.Thread
    file: tuple[int, int] | None
    in_use: threading.Lock = field(default_factory=threading.Lock)
    depth: int = 0


class Readers:
    """One read-only connection for each thread, closed with the log or after its thread ended.

    A file that was exchanged meanwhile (a backup was put back) is opened anew at the next reading.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._readers: dict[int, _Reader] = {}
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One unchanging state of the log for as long as the block lasts; blocks may nest."""
        with known_faults(UNCHANGED), only_reads():
            reader = self._of_this_thread()
            if reader.depth:
                yield reader.db
                return
            with reader.in_use:
                reader.depth = 1
                reader.db.execute("BEGIN")
                try:
                    yield reader.db
                finally:
                    reader.depth = 0
                    reader.db.execute("ROLLBACK")

    def close(self) -> None:
        """Close every connection; one still in use is named and left to its thread."""
        with self._guard:
            self._closed = True
            readers = list(self._readers.values())
            self._readers.clear()
        for reader in readers:
            self._close_one(reader)

    def _close_one(self, reader: _Reader) -> None:
        if reader.thread is threading.current_thread() and reader.depth:
            raise RuntimeError("the log is closed from inside one of its own readings")
        if reader.in_use.acquire(timeout=READER_DEADLINE_S):
            reader.db.close()
            reader.in_use.release()
        else:
            _logger.warning("thread %s was still reading the log", reader.thread.name)

    def _of_this_thread(self) -> _Reader:
        thread = threading.current_thread()
        with self._guard:
            if self._closed:
                raise closed_error()
            reader = self._readers.get(threading.get_ident())
            if reader is not None and not reader.depth and self._is_another(reader.file):
                reader.db.close()
                reader = None
            if reader is None or reader.thread is not thread:
                self._close_orphans()
                file = _file_at(self._path)
                reader = _Reader(open_reader(self._path), thread, file)
                self._readers[threading.get_ident()] = reader
            return reader

    def _is_another(self, file: tuple[int, int] | None) -> bool:
        now = _file_at(self._path)
        return now is not None and now != file

    def _close_orphans(self) -> None:
        """Connections of threads that have ended (their idents are given out again)."""
        for ident, reader in list(self._readers.items()):
            if not reader.thread.is_alive() or ident == threading.get_ident():
                reader.db.close()
                del self._readers[ident]


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file stands under a path; None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def closed_error() -> KnownError:
    """What a thread hears that comes while the program is being closed."""
    return KnownError(
        msg("The station's log is closed."),
        safe=msg("Nothing was saved; what you typed is still here."),
        do=msg("Open the station again."),
    )
