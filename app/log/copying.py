"""A whole copy of a log that is in use, made while others write, and whether a copy is good.

Knows no folder of backups and no schedule: that is `app/station/backups`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError, Message, msg
from app.log import rights
from app.log.connections import open_reader
from app.log.entry_rows import Head, all_heads
from app.log.faults import UNCHANGED, damaged, untrusted_file
from app.log.verify import tail_check
from app.log.verify_file import open_untrusted

PAGES_AT_ONCE = 1024
"""4 MB: after each step the caller may stop it, or let the disk catch up."""

_VERSIONS_AT = 18

Step = Callable[[int, int], None]  # pages left, of how many; what it raises ends the copying


@dataclass(frozen=True, slots=True)
class CopyFound:
    """What a good copy holds: how many entries, the newest's time, where each chain stands, and
    the newest `erased` entry (0: none); a copy with fewer entries still has the erased text."""

    entries: int
    newest_at: str
    erased_seq: int
    heads: tuple[Head, ...]


def copy_log(source: Path, target: Path, step: Step = lambda left, total: None) -> None:
    """Write what the log `source` holds now to the new file `target`. Raises KnownError.

    One reading lasts from the first page to the last: with it SQLite takes the pages of one state
    in steps, whatever is committed meanwhile; without it every commit would begin the copy anew.
    """
    with (
        untrusted_file(UNCHANGED),
        closing(open_reader(source)) as db,
        closing(sqlite3.connect(f"{target.absolute().as_uri()}?nolock=1", uri=True)) as copy,
    ):
        copy.isolation_level = None
        copy.execute("PRAGMA journal_mode = OFF")  # it is whole or thrown away
        copy.execute("PRAGMA synchronous = OFF")  # the caller syncs
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()

        def told(status: int, left: int, total: int) -> None:
            step(left, total)

        db.backup(copy, pages=PAGES_AT_ONCE, progress=told, sleep=0.01)
        db.execute("ROLLBACK")
    _make_one_file(target)


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
