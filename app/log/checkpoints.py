"""Moves what is committed from the write-ahead log into the database, off the way of whoever saves.

SQLite would do it by itself at the end of every commit that makes the write-ahead log longer than a
thousand pages; that commit would then wait until all of them are on the disk twice. Here a thread
does it beside the writer, which starts the write-ahead log from its beginning at its next commit.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

from app.log.connections import BUSY_TIMEOUT_MS

PAUSE_S = 0.25
"""After a commit: what is saved in a burst is moved once, and nobody who has just saved waits."""
LONG_PAGES = 4096
"""16 MB: with as many pages in the write-ahead log, and nearly all of them moved, the writer itself
moves the few that are left between two commits. Beside a writer that never rests nothing would ever
be moved to the end, and a file that grows takes twice as long to be on the disk as one that is
written from its beginning again."""
TOO_LONG_PAGES = 8 * LONG_PAGES
"""128 MB: the writer even waits until the thread is done with what it is moving."""
_QUICK_S, _MOST_PASSES = 0.03, 5
_STOPS_WITHIN_S = 60.0

_logger = logging.getLogger(__name__)


class Checkpoints:
    """One thread with a connection of its own, from `start` to `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._committed = threading.Event()
        self._ended = threading.Event()
        self._left_to_writer = 0  # pages of a write-ahead log that is long
        self._held_back = 0
        self._moving = threading.Lock()  # two at once, and SQLite lets the second do nothing
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, with what is in the write-ahead log from earlier."""
        self._ended.clear()
        self._committed.set()
        self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)
        self._thread.start()

    @property
    def is_held_back(self) -> bool:
        """Whether a reader (a backup, a check) keeps much from being moved."""
        return self._held_back >= LONG_PAGES

    def committed(self, db: sqlite3.Connection) -> None:
        """Called by the writer after a commit, with its own connection."""
        self._committed.set()
        if not self._left_to_writer:
            return
        if self._moving.acquire(blocking=self._left_to_writer >= TOO_LONG_PAGES):
            try:
                _move(db)
                self._left_to_writer = 0
            finally:
                self._moving.release()

    def close(self) -> None:
        """End the thread and its connection; returns when that is done."""
        self._ended.set()
        self._committed.set()
        if self._thread is not None:
            self._thread.join(_STOPS_WITHIN_S)

    def _run(self) -> None:
        try:
            with closing(_opened(self._path)) as db:
                while not self._ended.is_set():
                    self._committed.wait()
                    if self._ended.wait(PAUSE_S):
                        return
                    self._committed.clear()
                    with self._moving:
                        there, moved = _move_until_quick(db)
                        is_long = there >= LONG_PAGES and moved > there - LONG_PAGES // 2
                        self._left_to_writer = there if is_long else 0
                        self._held_back = there - moved
        except sqlite3.Error as error:  # the writer's own commits meet the same disk and say so
            _logger.warning("nothing moves the write-ahead log into the database: %s", error)


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    db.execute("PRAGMA synchronous = FULL")
    return db


def _move_until_quick(db: sqlite3.Connection) -> tuple[int, int]:
    """What is written while much is moved is moved too, so that only a little is left."""
    there = moved = 0
    for _ in range(_MOST_PASSES):
        began_s = time.monotonic()
        there, moved = _move(db)
        if time.monotonic() - began_s < _QUICK_S:
            break
    return there, moved


def _move(db: sqlite3.Connection) -> tuple[int, int]:
    """Move what no reader holds back: how many pages there are, and how many of them are moved."""
    try:
        _, there, moved = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.Error as error:  # a full disk: tried again after the next commit
        _logger.warning("the write-ahead log could not be moved into the database: %s", error)
        return 0, 0
    return int(there), int(moved)
