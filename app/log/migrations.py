"""Brings a log's file up to this program's schema: backup first, newer files refused.

Knows no view: the views' tables are thrown away and rebuilt, never migrated.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlite_utils

from app.errors import KnownError, msg
from app.log import schema
from app.log.faults import DamagedLogError

BACKUP_PAGES_AT_ONCE = -1  # all of them: smaller steps never end while others write (FACTS, Log)

MIGRATIONS = sqlite_utils.Migrations("log")


@MIGRATIONS()
def m001_entries(db: sqlite_utils.Database) -> None:
    """The log itself, its guards, and which views are kept."""
    for statement in (
        schema.ENTRIES,
        schema.SUBJECT_INDEX,
        schema.CONTINUES_CHAIN,
        schema.SEQ_HAS_NO_GAPS,
        schema.NEVER_DELETED,
        schema.ONLY_ERASED,
        schema.KEPT_VIEWS,
        f"PRAGMA application_id = {schema.APPLICATION_ID}",
    ):
        db.conn.execute(statement)  # one by one: executescript would commit what atomic() began


def migrate(
    db: sqlite3.Connection,
    path: Path,
    now: datetime,
    migrations: sqlite_utils.Migrations = MIGRATIONS,
) -> Path | None:
    """Bring the open file `path` up to date; the backup's path when an older file was changed.

    KnownError when the file is another program's, or was written by a newer version of ours.
    """
    refuse_strangers(db, migrations)
    tables = sqlite_utils.Database(db)
    applied = migrations.applied(tables)
    if not migrations.pending(tables):
        return None
    backup = back_up(db, path, applied[-1].name, now) if applied else None
    migrations.apply(tables)
    return backup


def refuse_strangers(
    db: sqlite3.Connection, migrations: sqlite_utils.Migrations = MIGRATIONS
) -> None:
    """KnownError when the file is no log, or a log of a newer program. Reads only."""
    held = {(row[0], row[1]) for row in db.execute("SELECT type, name FROM sqlite_master")}
    ours = db.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    applied_in = sqlite_utils.Migrations.migrations_table
    disguised = {("view", "entries"), ("view", applied_in)} & held  # could compute for ever
    foreign = {name for kind, name in held if kind == "table"} - {applied_in}
    if disguised or (foreign and not ours):
        raise not_a_log()
    _refuse_newer(db, migrations)


def not_a_log() -> DamagedLogError:
    """The sentence for a file that something else made."""
    return DamagedLogError(
        msg("This file is not a station's log."),
        safe=msg("It was not changed."),
        do=msg("Choose a station folder made by this program."),
    )


def _refuse_newer(db: sqlite3.Connection, migrations: sqlite_utils.Migrations) -> None:
    tables = sqlite_utils.Database(db, recursive_triggers=False)
    applied = [migration.name for migration in migrations.applied(tables)]
    pending = {migration.name for migration in migrations.pending(tables)}
    known = names_of(migrations)
    unknown = [name for name in applied if name not in known]
    if not unknown:
        return
    newest_known = [name for name in known if name not in pending]
    raise KnownError(
        msg(
            "This station's log was written by a newer version of the program"
            " (its schema is {found}; this version knows {known}).",
            found=unknown[-1],
            known=(newest_known or known)[-1],
        ),
        safe=msg("It was not changed."),
        do=msg("Install the newer version of the program, then open the station again."),
    )


def names_of(migrations: sqlite_utils.Migrations) -> list[str]:
    """Every migration of the set, oldest first."""
    with closing(sqlite3.connect(":memory:")) as empty:
        return [migration.name for migration in migrations.pending(sqlite_utils.Database(empty))]


def back_up(db: sqlite3.Connection, path: Path, version: str, now: datetime) -> Path:
    """A whole copy beside the file, named by the schema it holds and the time; all or nothing."""
    target = path.with_name(f"{path.name}.{version}.{now:%Y%m%dT%H%M%SZ}.backup")
    partial = target.with_suffix(".partial")
    try:
        with closing(sqlite3.connect(partial)) as copy:
            db.backup(copy, pages=BACKUP_PAGES_AT_ONCE)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that the copy is one file
        partial.replace(target)
    except (sqlite3.Error, OSError):
        partial.unlink(missing_ok=True)
        raise
    return target
