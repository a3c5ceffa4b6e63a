"""A log of an older program is copied before it is changed; one of a newer program is refused."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils

from app.clock import to_stored
from app.errors import KnownError
from app.log import chain
from app.log.connections import open_writer
from app.log.current import MIGRATION_NAMES, is_current
from app.log.erasure import backups_beside
from app.log.migrations import MIGRATIONS, m001_entries, migrate, names_of
from app.log.salvage import salvage
from app.log.soundness import damage_of
from app.log.verify import tail_check, verify
from app.log.verify_file import current_definitions, definitions
from tests.log.material import NOON, OFFICER, closed, log_in, noted, reported, views
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


def _file_of(path: Path, newest: str) -> None:
    """A file as the program left it whose newest step was this one, with three entries in it."""
    later = MIGRATION_NAMES[MIGRATION_NAMES.index(newest) + 1 :]
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        MIGRATIONS.apply(sqlite_utils.Database(db), stop_before=list(later))
        prev = chain.GENESIS
        for n, fact in enumerate((reported("1"), noted("1"), closed("1")), start=1):
            body = chain.encode_body(fact.body(), chain.new_salt())
            said = chain.body_hash(body)
            fields = ("console", n, to_stored(NOON), OFFICER.id, fact.subject, fact.kind)
            own = chain.entry_hash(
                prev=prev, origin="console", n=n, at=to_stored(NOON), actor=OFFICER.id,
                subject=fact.subject, kind=fact.kind, body_hash=said,
            )  # fmt: skip
            db.execute(
                "INSERT INTO entries (origin, n, at, actor, subject, kind, body, body_hash, prev,"
                " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*fields, body, said, prev, own),
            )
            prev = own


@pytest.mark.parametrize("newest", MIGRATION_NAMES)
def test_a_file_of_every_older_program_opens_and_is_whole(tmp_path: Path, newest: str) -> None:
    path = tmp_path / "station.db"
    _file_of(path, newest)
    assert verify(path).entries == 3
    assert damage_of(path, is_expected=True) is None
    log = log_in(tmp_path)
    assert [entry.kind for entry in log.entries_of("1")] == [
        "incident_reported", "note_added", "incident_closed",
    ]  # fmt: skip
    log.append(reported("2"), actor=OFFICER).result()
    log.close()
    report = verify(path, views())
    assert report.ok, report.findings
    assert len(backups_beside(path)) == (newest != MIGRATION_NAMES[-1])


@pytest.mark.parametrize("newest", MIGRATION_NAMES)
def test_an_older_programs_backup_can_be_put_back(tmp_path: Path, newest: str) -> None:
    older, made = tmp_path / "older.db", tmp_path / "made.db"
    _file_of(older, newest)
    shutil.copyfile(older, made)
    found = salvage(made, older, views(), NOON)
    assert (found.kept, found.lost) == (3, 0)
    assert verify(made, views()).ok


def test_the_newest_definitions_are_those_that_the_migrations_leave() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        MIGRATIONS.apply(sqlite_utils.Database(db))
        assert definitions(db, ("entries", "kept_views")) == current_definitions()
