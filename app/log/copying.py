"""A whole copy of a log that is in use, made while others write, and whether a copy is good.

Knows no folder of backups and no schedule: that is `app/station/backups`.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError, Message, msg
from app.log import rights
from app.log.connections import open_reader
from app.log.entry_rows import Head, all_heads
from app.log.faults import UNCHANGED, damaged, untrusted_file
from app.log.verify import tail_check
from app.log.verify_file import open_untrusted
from app.log.writer import LetIn, Writer

PAGES_AT_ONCE = 1024
"""4 MB: after each step the caller may stop it, or let the disk catch up."""

_PAGES_A_TURN = 64
"""A quarter of a megabyte: a report that is saved meanwhile waits a millisecond for it, no more."""
_MOST_BEGINNINGS = 3
_BUSY_S = 0.01

_VERSIONS_AT = 18

Step = Callable[[int, int], None]  # pages left, of how many; what it raises ends the copying


@dataclass(frozen=True, slots=True)
class CopyFound:
    """What a good copy holds: how many entries, the newest's time, where each chain stands, and
    the newest `erased` entry (0: none); a copy that does not know it still has the erased text."""

    entries: int
    newest_at: str
    erased_seq: int
    heads: tuple[Head, ...]


def copy_log(source: Path, target: Path, step: Step = lambda left, total: None) -> None:
    """Write what the log `source` holds now to the new file `target`. Raises KnownError.

    One reading lasts from the first page to the last: with it SQLite takes the pages of one state
    in steps, whatever is committed meanwhile; without it every commit would begin the copy anew.
    """
    with untrusted_file(UNCHANGED), closing(open_reader(source)) as db, _new(target) as copy:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()

        def told(status: int, left: int, total: int) -> None:
            step(left, total)

        db.backup(copy, pages=PAGES_AT_ONCE, progress=told, sleep=_BUSY_S)
        db.execute("ROLLBACK")
    _make_one_file(target)


def copy_beside_writing(
    writer: Writer, target: Path, step: Step, meanwhile: AbstractContextManager[None]
) -> bool:
    """Write what the log holds when it returns to the new file `target`, through the connection
    that writes. Raises KnownError; False if that begins anew again and again. The thread that
    writes is in `meanwhile` as long as it lasts.

    A reading as long as the copying holds the write-ahead log back: of all that is saved meanwhile
    nothing is moved into the database until it ends, and then all at once, which whoever saves
    waits for. What this connection commits, SQLite brings to the pages that were copied already
    (https://sqlite.org/c3ref/backup_finish.html); only a rollback makes it begin anew.
    """
    copying = _Beside(target, meanwhile)
    future = writer.submit_steps(copying.work)
    future.add_done_callback(lambda _: copying.news.put(None))
    try:
        while (news := copying.news.get()) is not None:
            step(*news)
            copying.goes_on.set()
    except BaseException:
        copying.is_unwanted = True
        copying.goes_on.set()
        wait([future])
        raise
    try:
        with untrusted_file(UNCHANGED):
            future.result()
    except _BeginsAnewError:
        return False
    _make_one_file(target)
    return True


class _BeginsAnewError(Exception):
    """The copying began anew too often, or nobody wants it any more."""


class _Beside:
    """`work` is the writer's; the rest is for both threads."""

    def __init__(self, target: Path, meanwhile: AbstractContextManager[None]) -> None:
        self._target, self._meanwhile = target, meanwhile
        self._beginnings = 0
        self._done = self._told = 0
        self.news: queue.SimpleQueue[tuple[int, int] | None] = queue.SimpleQueue()
        self.goes_on = threading.Event()
        self.is_unwanted = False

    def work(self, db: sqlite3.Connection, let_in: LetIn) -> None:
        """All of it, a turn at a time."""
        self.goes_on.set()

        def told(status: int, left: int, total: int) -> None:
            self._note(total - left, total)
            let_in(self.goes_on)
            if self.is_unwanted or self._beginnings > _MOST_BEGINNINGS:
                raise _BeginsAnewError

        with self._meanwhile, _new(self._target) as copy:
            db.backup(copy, pages=_PAGES_A_TURN, progress=told, sleep=_BUSY_S)

    def _note(self, done: int, total: int) -> None:
        if done < self._done:
            self._beginnings += 1
            self._told = 0
        self._done = done
        if done - self._told >= PAGES_AT_ONCE:
            self._told = done
            self.goes_on.clear()
            self.news.put((total - done, total))


@contextmanager
def _new(target: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{target.absolute().as_uri()}?nolock=1", uri=True)) as copy:
        copy.isolation_level = None
        copy.execute("PRAGMA journal_mode = OFF")  # it is whole or thrown away
        copy.execute("PRAGMA synchronous = OFF")  # the caller syncs
        yield copy


def _make_one_file(target: Path) -> None:
    """Say in its header that it has no write-ahead log (https://sqlite.org/fileformat.html, "File
    format version numbers"): SQLite itself would need locks for that, which not every share has.
    """
    with target.open("r+b") as file:
        file.seek(_VERSIONS_AT)
        file.write(b"\x01\x01")


def check_copy(path: Path) -> CopyFound:
    """Open a copy as a stranger's file and look at all of it but the words. Raises KnownError.

    Its application id, guards and newest entries, then every page and every row of the file.
    """
    report = tail_check(path)
    if not report.ok:
        raise _not_good(report.findings[0].sentence)
    try:
        with untrusted_file(UNCHANGED), closing(open_untrusted(path)) as db:
            (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
            if said != "ok":
                raise _not_good(str(said))
            return _found(db)
    except sqlite3.Error as error:
        raise damaged(UNCHANGED) from error


def _found(db: sqlite3.Connection) -> CopyFound:
    newest = db.execute("SELECT seq, at FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    erased = db.execute(
        "SELECT coalesce(max(seq), 0) FROM entries WHERE kind = ?", (rights.ERASED,)
    ).fetchone()[0]
    heads = tuple(all_heads(db))
    return CopyFound(newest[0] if newest else 0, newest[1] if newest else "", erased, heads)


def _not_good(detail: str | Message) -> KnownError:
    return KnownError(
        msg("The copy of the log is not good: {detail}", detail=detail),
        safe=msg("The log itself is unchanged, and older backups are kept."),
        do=msg("Let the whole log be checked: Setup › Log and backups."),
    )
