"""Checks a station's log: chains, bodies, guards, views. Reads only; the file may be hostile.

`verify` reads everything; `tail_check` only the newest entries, at every start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from app.errors import msg
from app.log.entry_rows import Head, hash_at, newest_seq
from app.log.faults import UNCHANGED, damaged, is_damage, untrusted_file
from app.log.findings import Finding, Findings, Report
from app.log.index_check import IndexCheck
from app.log.verify_apart import AT_ONCE, newer_apart, stored_entries
from app.log.verify_chain import ChainCheck, Place, Rows, from_the_beginning
from app.log.verify_file import check_definitions, open_untrusted
from app.log.verify_views import check_views
from app.log.view import View

TAIL_ENTRIES = 200
_TELL_EVERY = 20_000  # entries
_NOT_LARGER = (1 << 63) - 1  # no integer of SQLite's is

_INDEX = "entries INDEXED BY sqlite_autoindex_entries_1"
_NEXT_ORIGIN = (
    f"SELECT CAST(origin AS BLOB) FROM {_INDEX} WHERE origin > CAST(? AS TEXT)"
    " ORDER BY origin LIMIT 1"
)
_HEAD_OF = f"SELECT n, hash FROM {_INDEX} WHERE origin = CAST(? AS TEXT) ORDER BY n DESC LIMIT 1"

Told = Callable[[int, int], None]  # entries read so far, of how many

__all__ = ["Finding", "Report", "tail_check", "verify"]


def verify(
    path: Path,
    views: Sequence[View] = (),
    *,
    written_down: Sequence[Head] = (),
    scratch: Path | None = None,
    told: Told = lambda done, total: None,
) -> Report:
    """Check every entry of the log `path`, its guards, and these views against a rebuild.

    `written_down`: heads that were kept elsewhere; the log must still hold them. `scratch`: the
    folder for the rebuilt views, as large as theirs; the system's own if not given. One unchanging
    state is read, also while the console writes. KnownError when the file is no log, is a newer
    program's, or cannot be read at all.
    """
    findings = Findings()
    with _reading(path) as db:
        db.execute("BEGIN")
        if not check_definitions(db, findings):
            return _report(ChainCheck(findings), findings)
        check = ChainCheck(findings)
        _read_all(db, check, path, told, findings)
        _check_written_down(db, written_down, findings)
        if not check.is_cut_short:  # else nothing can be rebuilt, and a sound entry would be named
            check_views(db, views, findings, scratch)
        return _report(check, findings)


def tail_check(path: Path, last_entries: int = TAIL_ENTRIES) -> Report:
    """Check the newest entries and the guards: milliseconds, whatever the size of the log."""
    findings = Findings()
    with _reading(path) as db:
        db.execute("BEGIN")
        if not check_definitions(db, findings):
            return _report(ChainCheck(findings), findings)
        newest = newest_seq(db)
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
        check.read(stored_entries(db, after, newest))
        check.finish()
        if not check.is_cut_short:
            _check_index(db, check, findings)
        return _report(check, findings)


def _check_index(db: sqlite3.Connection, check: ChainCheck, findings: Findings) -> None:
    """Whether the index by which the next entry is held against its chain can be read there, and
    leads to the entries that were read: else nothing can be appended."""
    found = {}
    before = b""
    while row := db.execute(_NEXT_ORIGIN, (before,)).fetchone():
        if row[0] <= before:  # an index out of order might lead round in a circle
            break
        before = row[0]
        found[_text(before)] = db.execute(_HEAD_OF, (before,)).fetchone()
    for head in check.heads():
        if found.get(head.origin) != (head.n, head.hash):
            what = msg("The file is damaged: {detail}", detail="sqlite_autoindex_entries_1")
            findings.add(Finding(what))


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", errors="replace")


def _read_all(
    db: sqlite3.Connection, check: ChainCheck, path: Path, told: Told, findings: Findings
) -> None:
    """Every entry: of a large log the newer ones in another process, if that finds them sound."""
    try:
        newest = newest_seq(db)
    except sqlite3.DatabaseError:  # the last page cannot be read: met again on the way there
        newest = _NOT_LARGER
    with newer_apart(path, newest) as newer, IndexCheck(path) as indexes:
        middle = newest if newer is None else newer.after_seq
        check.read(
            _pieces(db, 0, middle, lambda done: told(done * newest // max(1, middle), newest))
        )
        if newer is not None and not check.is_cut_short:
            stretch = newer.stretch()
            if stretch is None or not check.join(stretch):
                check.read(_pieces(db, middle, newest, lambda done: told(middle + done, newest)))
        check.finish()
        indexes.tell(findings)


def _pieces(
    db: sqlite3.Connection, after_seq: int, up_to_seq: int, told: Callable[[int], None]
) -> Iterator[Rows]:
    """A generator, so that a damaged first page is met by whoever iterates."""
    done = said = 0
    for some in stored_entries(db, after_seq, up_to_seq):
        yield some
        done += len(some)
        if done >= said + _TELL_EVERY or len(some) < AT_ONCE:
            told(done)
            said = done


def _check_written_down(
    db: sqlite3.Connection, written_down: Sequence[Head], findings: Findings
) -> None:
    """Whether the log holds what was written down elsewhere while it was its newest."""
    for head in written_down:
        name = f"{head.origin}:{head.n}"
        try:
            stored = hash_at(db, head.origin, head.n)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            what = msg("It cannot be looked up: an index of the log cannot be read.")
            findings.add(Finding(what, name))
            continue
        if stored is None:
            what = msg("It was written down elsewhere and is no longer in the log.")
            findings.add(Finding(what, name))
        elif stored != head.hash:
            what = msg("It is not the entry that was written down elsewhere.")
            findings.add(Finding(what, name))


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
        restored=tuple(check.restored),
    )
