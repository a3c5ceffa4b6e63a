"""SQLite's faults of disk and file as sentences the officer can act on. Knows no thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import KnownError, Message, msg


class DamagedLogError(KnownError):
    """The file of the log is past reading, or is none: a backup may be put back."""


_STILL_HERE = msg("Nothing was saved; what you typed is still here. The log is unchanged.")
UNCHANGED = msg("The log is unchanged.")  # for those who only read


def known_error(error: sqlite3.Error, safe: Message = _STILL_HERE) -> KnownError | None:
    """The sentence for a fault of disk or file; None for anything else, which is a bug."""
    code = getattr(error, "sqlite_errorcode", None)  # absent when Python's own layer complains
    if code is None:
        return None
    if is_table_gone(error):
        sentences: tuple[Message, Message] | None = _TABLE_GONE
    else:
        sentences = _SENTENCES.get(code & 0xFF)  # the low byte; the rest: which I/O call it was
    if sentences is None:
        return None
    what, do = sentences
    kind = DamagedLogError if code & 0xFF in _DAMAGE else KnownError
    return kind(what, safe=safe, do=do)


def is_table_gone(error: BaseException) -> bool:
    """Whether a statement named a table or an index that is not there: somebody took it away."""
    is_error = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return is_error and str(error).startswith(("no such table: ", "no such index: "))


def is_damage(error: BaseException) -> bool:
    """Whether it tells of bytes that are past reading, in the file or on the disk."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (*_DAMAGE, sqlite3.SQLITE_IOERR)


@contextmanager
def known_faults(safe: Message = _STILL_HERE) -> Iterator[None]:
    """Turn SQLite's disk and file faults inside the block into KnownErrors; let bugs pass."""
    try:
        yield
    except sqlite3.Error as error:
        known = known_error(error, safe)
        if known is None:
            raise
        raise known from error


@contextmanager
def untrusted_file(safe: Message = _STILL_HERE) -> Iterator[None]:
    """`known_faults` for a file that may be anything: its very schema may not be text."""
    try:
        with known_faults(safe):
            yield
    except UnicodeDecodeError as error:  # sqlite3 decoding SQLite's own complaint about the schema
        raise damaged(safe) from error


def damaged(safe: Message) -> DamagedLogError:
    """The sentence for a file that is past reading."""
    what, do = _SENTENCES[sqlite3.SQLITE_CORRUPT]
    return DamagedLogError(what, safe=safe, do=do)


@contextmanager
def only_reads() -> Iterator[None]:
    """Where code is given a connection to read from: its attempt to write is a bug, not a fault."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_READONLY:
            raise  # also the extended codes: those tell of the file, not of the statement
        raise RuntimeError("whoever reads the log may not write") from error


_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_TABLE_GONE = (
    msg("A table that is made from the log is gone."),
    msg("Start the program again: it makes the table anew from the entries."),
)
_SENTENCES: dict[int, tuple[Message, Message]] = {
    sqlite3.SQLITE_FULL: (
        msg("The disk is full."),
        msg("Make room on the disk, then save again."),
    ),
    sqlite3.SQLITE_IOERR: (
        msg("The disk could not be read or written."),
        msg("Check the disk and its cable, then try again; copy the station folder soon."),
    ),
    sqlite3.SQLITE_READONLY: (
        msg("The station's log may not be written: it is read-only."),
        msg("Allow this user to write in the station folder, then try again."),
    ),
    sqlite3.SQLITE_PERM: (
        msg("The station's log may not be written: it is read-only."),
        msg("Allow this user to write in the station folder, then try again."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        msg("The station's log cannot be opened."),
        msg("Check that the station folder is there and may be read and written."),
    ),
    sqlite3.SQLITE_BUSY: (
        msg("Another program is holding the station's log."),
        msg("Close the other program, then try again."),
    ),
    sqlite3.SQLITE_LOCKED: (
        msg("Another program is holding the station's log."),
        msg("Close the other program, then try again."),
    ),
    sqlite3.SQLITE_CORRUPT: (
        msg("The file of the station's log is damaged."),
        msg("Keep the file as it is, run verify on it, and go back to the newest backup."),
    ),
    sqlite3.SQLITE_NOTADB: (
        msg("This file is not a station's log."),
        msg("Choose a station folder made by this program."),
    ),
    sqlite3.SQLITE_TOOBIG: (
        msg("The text is too long to be saved."),
        msg("Shorten it, then save again."),
    ),
}
