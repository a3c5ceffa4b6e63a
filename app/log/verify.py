"""Checks a station's log: chains, bodies, guards, views. Reads only; the file may be hostile.

`verify` reads everything; `tail_check` only the newest entries, at every start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from app.log.entry_rows import COLUMNS
from app.log.faults import UNCHANGED, damaged, untrusted_file
from app.log.findings import Finding, Findings, Report
from app.log.verify_chain import ChainCheck, Place, from_the_beginning
from app.log.verify_file import check_definitions, check_indexes, open_untrusted
from app.log.verify_views import check_views
from app.log.view import View

TAIL_ENTRIES = 200

__all__ = ["Finding", "Report", "tail_check", "verify"]

_ALL = f"SELECT {COLUMNS} FROM entries NOT INDEXED WHERE seq > ? ORDER BY seq"


def verify(path: Path, views: Sequence[View] = ()) -> Report:
    """Check every entry of the log `path`, its guards, and these views against a rebuild.

    One unchanging state is read, also while the console writes. KnownError when the file is no
    log, is a newer program's, or cannot be read at all.
    """
    findings = Findings()
    with _reading(path) as db:
        db.execute("BEGIN")
        if not check_definitions(db, findings):
            return _report(ChainCheck(findings), findings)
        check = ChainCheck(findings)
        _stream(db, check, 0)
        check_indexes(db, findings)
        check_views(db, views, findings)
        return _report(check, findings)


def tail_check(path: Path, last_entries: int = TAIL_ENTRIES) -> Report:
    """Check the newest entries and the guards: milliseconds, whatever the size of the log."""
    findings = Findings()
    with _reading(path) as db:
        db.execute("BEGIN")
        if not check_definitions(db, findings):
            return _report(ChainCheck(findings), findings)
        newest = db.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()[0]
        after = max(0, newest - last_entries)

        def before(origin: bytes, n: int) -> Place:
            if n == 1:
                return from_the_beginning(origin, n)
            row = db.execute(
                "SELECT n, hash FROM entries WHERE origin = CAST(? AS TEXT) AND n = ?",
                (origin, n - 1),
            ).fetchone()
            return (row[0], row[1]) if row else (-1, b"")

        check = ChainCheck(findings, before, after)
        _stream(db, check, after)
        return _report(check, findings)


def _stream(db: sqlite3.Connection, check: ChainCheck, after: int) -> None:
    readable = db.text_factory
    db.text_factory = bytes  # as stored
    check.read(_rows(db, after))
    db.text_factory = readable


def _rows(db: sqlite3.Connection, after: int) -> Iterator[tuple[object, ...]]:
    """A generator, so that a damaged first page is met by whoever iterates."""
    yield from db.execute(_ALL, (after,))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with untrusted_file(UNCHANGED), closing(open_untrusted(path)) as db:
            yield db
    except sqlite3.Error as error:
        raise damaged(UNCHANGED) from error  # what else could make our own statements fail


def _report(check: ChainCheck, findings: Findings) -> Report:
    return Report(
        entries=check.entries,
        erased=check.erased,
        heads=check.heads(),
        findings=findings.in_order(),
        more=findings.unlisted,
        seals=tuple(check.seals),
    )
