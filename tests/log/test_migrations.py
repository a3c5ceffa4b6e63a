"""A log of an older program is copied before it is changed; one of a newer program is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils

from app.errors import KnownError
from app.log.connections import open_writer
from app.log.current import MIGRATION_NAMES, is_current
from app.log.erasure import backups_beside
from app.log.migrations import MIGRATIONS, m001_entries, migrate, names_of
from app.log.verify import tail_check, verify
from tests.log.material import NOON, OFFICER, log_in, reported
from tests.log.tampering import raw


def _next_version(break_it: bool = False) -> sqlite_utils.Migrations:
    newer = sqlite_utils.Migrations("log")
    newer()(m001_entries)

    @newer()
    def m002_seals(db: sqlite_utils.Database) -> None:
        db.conn.execute("CREATE TABLE seals (n INTEGER PRIMARY KEY) STRICT")
        if break_it:
            db.conn.execute("SELECT * FROM no_such_table")

    return newer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    log.close()
    return tmp_path / "station.db"


def test_a_new_file_is_made_without_a_backup(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    assert backups_beside(tmp_path / "station.db") == []
    with log.reading() as db:
        for name, value in (("journal_mode", "wal"), ("foreign_keys", 0)):
            assert db.execute(f"PRAGMA {name}").fetchone()[0] == value
    assert log._db is not None
    for name, value in (("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)):
        assert log._db.execute(f"PRAGMA {name}").fetchone()[0] == value
    log.close()


def test_an_older_log_is_copied_whole_before_it_is_changed(path: Path) -> None:
    with closing(open_writer(path)) as db:
        backup = migrate(db, path, NOON, _next_version())
        assert db.execute("SELECT count(*) FROM seals").fetchone()[0] == 0
    assert backup is not None
    assert backup.name == "station.db.m001_entries.20261122T050000Z.backup"
    assert backups_beside(path) == [backup]
    assert verify(backup).entries == 1
    with raw(backup) as db:
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    assert "seals" not in names
    with closing(open_writer(path)) as db:
        assert migrate(db, path, NOON, _next_version()) is None


def test_a_log_of_a_newer_program_is_refused_with_both_versions_and_left_as_it_was(
    path: Path,
) -> None:
    with closing(open_writer(path)) as db:
        migrate(db, path, NOON, _next_version())
    before = path.read_bytes()
    for attempt in (lambda: log_in(path.parent), lambda: verify(path), lambda: tail_check(path)):
        with pytest.raises(KnownError, match="newer version") as refused:
            attempt()
        assert "m002_seals" in str(refused.value)
        assert "m001_entries" in str(refused.value)
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_the_log_as_it_was_and_the_backup_beside_it(
    path: Path,
) -> None:
    with closing(open_writer(path)) as db, pytest.raises(Exception, match="no_such_table"):
        migrate(db, path, NOON, _next_version(break_it=True))
    assert len(backups_beside(path)) == 1
    log = log_in(path.parent)
    assert log.count() == 1
    log.close()


def test_no_backup_no_change(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = path.with_name("station.db.m001_entries.20261122T050000Z.partial")
    taken.mkdir()  # so that the copy cannot be written
    with closing(open_writer(path)) as db:
        with pytest.raises(Exception, match=r"unable to open|directory"):
            migrate(db, path, NOON, _next_version())
        assert [m.name for m in MIGRATIONS.applied(sqlite_utils.Database(db))] == ["m001_entries"]


def test_a_start_knows_without_migrating_that_the_file_is_up_to_date(tmp_path: Path) -> None:
    assert tuple(names_of(MIGRATIONS)) == MIGRATION_NAMES
    path = tmp_path / "station.db"
    with closing(sqlite3.connect(path)) as db:
        assert not is_current(db)
        migrate(db, path, datetime(2026, 11, 22, tzinfo=UTC))
        assert is_current(db)
        db.execute("INSERT INTO _sqlite_migrations(migration_set, name) VALUES ('log', 'm999')")
        assert not is_current(db)
