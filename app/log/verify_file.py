"""Opens a file that may be anything, and checks the log's table and guards before it is read.

A hostile file may hold a view or trigger that never ends: nothing is selected from a table whose
definition is not, letter by letter, the program's own.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.errors import KnownError, msg
from app.log import schema
from app.log.connections import open_reader
from app.log.current import is_current
from app.log.faults import DamagedLogError
from app.log.findings import Finding, Findings

Definitions = dict[str, str]  # name → the SQL it was made with

_OWN_TABLES = ("entries", "kept_views")


def open_untrusted(path: Path) -> sqlite3.Connection:
    """A read-only connection to what claims to be a log; KnownError when it is none."""
    if not path.is_file():
        raise KnownError(
            msg("There is no log here: {file}", file=path.name),
            do=msg("Choose a station folder made by this program."),
        )
    try:
        return _opened(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _FOLDER_IS_READ_ONLY:
            raise
    db = _opened(path, "immutable=1")  # nobody can be writing there
    if _has_newer_entries_beside(path):
        db.close()
        raise _newer_entries_not_read(path)
    return db


def _has_newer_entries_beside(path: Path) -> bool:
    """Whether there is a write-ahead log, which `immutable` passes over: what was entered last
    stands only there when the console was not closed."""
    wal = _wal_of(path)
    return wal.exists() and wal.stat().st_size > 0


def _newer_entries_not_read(path: Path) -> KnownError:
    return KnownError(
        msg("The newest entries are in {file}, which cannot be read in a folder that is read-only.",
            file=_wal_of(path).name),
        safe=msg("Nothing was checked."),
        do=msg("Copy the whole station folder to a disk that can be written to, and check that."),
    )  # fmt: skip


def _wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


_FOLDER_IS_READ_ONLY = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def _opened(path: Path, access: str) -> sqlite3.Connection:
    db = open_reader(path, access)
    try:
        db.row_factory = None
        db.text_factory = _readable
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        _refuse_strangers(db)
    except BaseException:
        db.close()
        raise
    return db


def _refuse_strangers(db: sqlite3.Connection) -> None:
    if not is_current(db):
        from app.log.migrations import refuse_strangers  # slow to load, and seldom needed

        refuse_strangers(db)


def _readable(stored: bytes) -> str:
    return stored.decode("utf-8", errors="replace")


def check_definitions(db: sqlite3.Connection, findings: Findings) -> bool:
    """Compare table, index and guards with the program's own; whether entries may be read."""
    expected, held = _expected(db), definitions(db, _OWN_TABLES)
    if "entries" not in expected:
        raise DamagedLogError(
            msg("This file is not a station's log."),
            safe=msg("It was not changed."),
            do=msg("Choose a station folder made by this program."),
        )
    for name in expected:
        if name not in held:
            what = msg("The part “{name}” of the log was taken out of the file.", name=name)
            findings.add(Finding(what))
        elif held[name] != expected[name]:
            what = msg("The part “{name}” of the log was changed in the file.", name=name)
            findings.add(Finding(what))
    for name in held.keys() - expected.keys():
        what = msg("The part “{name}” was added to the log by something else.", name=name)
        findings.add(Finding(what))
    return held.get("entries") == expected["entries"]


def definitions(
    db: sqlite3.Connection, tables: tuple[str, ...], database: str = "main"
) -> Definitions:
    """Tables, indexes and triggers of the named tables, as they are written in the file."""
    rows = db.execute(f"SELECT name, tbl_name, sql FROM {database}.sqlite_master")
    return {name: sql for name, table, sql in rows if table in tables and sql is not None}


def current_definitions() -> Definitions:
    """What the newest schema writes into a file."""
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in schema.STATEMENTS:
            empty.execute(statement)
        return definitions(empty, _OWN_TABLES)


def _expected(db: sqlite3.Connection) -> Definitions:
    """What this file's migrations make of an empty database."""
    if is_current(db):
        return current_definitions()
    import sqlite_utils  # both slow to load: at every start the newest entries are checked

    from app.log.migrations import MIGRATIONS

    pending = MIGRATIONS.pending(sqlite_utils.Database(db, recursive_triggers=False))
    with closing(sqlite3.connect(":memory:")) as empty:
        MIGRATIONS.apply(
            sqlite_utils.Database(empty), stop_before=[migration.name for migration in pending]
        )
        return definitions(empty, _OWN_TABLES)
