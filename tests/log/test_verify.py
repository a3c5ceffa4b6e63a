"""Whoever changes the file is found out, by entry or by table; a ruined file is no traceback."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KnownError, Message
from app.log.entry_rows import Head
from app.log.findings import Report
from app.log.verify import tail_check, verify
from tests.log.material import (
    ADMINISTRATOR,
    OFFICER,
    PROGRAM,
    Told,
    closed,
    log_in,
    noted,
    reported,
    views,
)
from tests.log.tampering import guards_off, raw, types_off
from tests.station.places import ordinary_user


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of two origins, 44 entries, one of them erased."""
    folder = tmp_path_factory.mktemp("sound")
    console = log_in(folder)
    for n in range(10):
        number = f"2569-{n:04}"
        console.append(reported(number), noted(number), closed(number), actor=OFFICER).result()
    console.erase("console:5", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    console.close()
    recorder = log_in(folder, origin="recorder")
    for n in range(10):
        recorder.append(Told("camera_lost", f"C{n:02}", {}), actor=PROGRAM).result()
    recorder.close()
    console = log_in(folder)
    console.append(reported("last"), noted("last"), closed("last"), actor=OFFICER).result()
    console.close()
    return folder / "station.db"


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "station.db"))


def _named(report: Report) -> str | None:
    assert report.first_bad is not None
    return report.first_bad.entry_id


def test_an_untouched_log_is_found_whole_and_left_as_it_was(sound: Path) -> None:
    before = sound.read_bytes()
    report = verify(sound, views())
    assert report.ok, report.findings
    assert (report.entries, report.erased) == (44, 1)
    assert [(head.origin, head.n) for head in report.heads] == [("console", 34), ("recorder", 10)]
    assert tail_check(sound).ok
    assert tail_check(sound, 7).entries == 7
    assert sound.read_bytes() == before


def test_a_log_in_use_is_checked_in_one_state(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    assert verify(tmp_path / "station.db", views()).ok
    log.append(noted("1"), actor=OFFICER).result()
    assert verify(tmp_path / "station.db", views()).entries == 2
    log.close()


@pytest.mark.skipif(os.name == "nt", reason="folders are not made read-only this way there")
def test_a_log_on_a_read_only_disk_can_be_checked(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        assert verify(path, views()).ok
    finally:
        path.parent.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="folders are not made read-only this way there")
def test_newest_entries_that_cannot_be_read_there_are_not_passed_over(tmp_path: Path) -> None:
    console = log_in(tmp_path)
    console.append(reported("1"), actor=OFFICER).result()
    files = ("station.db", "station.db-wal")  # as after a power cut: what is in memory is gone
    content = {name: (tmp_path / name).read_bytes() for name in files}
    console.close()
    with ordinary_user() as folder:
        path = folder / "station.db"
        for name in files:
            (folder / name).write_bytes(content[name])
        folder.chmod(0o500)
        try:
            with pytest.raises(KnownError, match=r"station\.db-wal, which cannot be read"):
                verify(path, views())
        finally:
            folder.chmod(0o700)
        assert verify(path, views(), scratch=folder).entries == 1


_OTHER = {
    "origin": "'elsewhere'",
    "n": "n + 100",
    "at": "'2026-11-22T05:00:00.001Z'",
    "actor": "'officer-08'",
    "subject": "subject || '0'",
    "kind": "'unit_formed'",
    "body": "replace(body, 'salt', 'Salt')",
    "body_hash": "hash",
    "prev": "body_hash",
    "hash": "body_hash",
    "seq": "seq + 1000",
}


@pytest.mark.parametrize("column", sorted(_OTHER))
@pytest.mark.parametrize("entry_id", ["console:1", "console:17", "recorder:4", "console:34"])
def test_any_changed_field_is_named_by_its_entry(path: Path, column: str, entry_id: str) -> None:
    with guards_off(path) as db:
        db.execute(
            f"UPDATE entries SET {column} = {_OTHER[column]} WHERE origin || ':' || n = ?",
            (entry_id,),
        )
        (seq, now_called) = db.execute(
            "SELECT seq, origin || ':' || n FROM entries WHERE origin || ':' || n = ? OR n > 100"
            " OR origin = 'elsewhere' ORDER BY n > 100 OR origin = 'elsewhere' DESC",
            (entry_id,),
        ).fetchone()
        follower = db.execute(
            "SELECT origin || ':' || n FROM entries ORDER BY seq LIMIT 1 OFFSET"
            " (SELECT count(*) FROM entries WHERE seq < ?)",
            (seq,),
        ).fetchone()[0]
    report = verify(path, views())
    assert not report.ok
    if column == "seq" and entry_id != "console:34":
        # moved to the end: what is named first is the gap it left, then the entry itself
        assert now_called in {finding.entry_id for finding in report.findings} | {follower}
    else:
        assert _named(report) == now_called
    if entry_id == "console:34":
        assert not tail_check(path, 3).ok


def test_an_entry_cut_out_is_noticed_and_so_is_a_shortened_middle(path: Path) -> None:
    with guards_off(path) as db:
        db.execute("DELETE FROM entries WHERE seq = 20")
    report = verify(path)
    assert _named(report) == "console:21"
    with guards_off(path) as db:
        db.execute("UPDATE entries SET seq = -seq WHERE seq > 20")
        db.execute("UPDATE entries SET seq = -seq - 1 WHERE seq < 0")
    assert _named(verify(path)) == "console:21"


def test_a_body_taken_out_without_an_erasing_entry_is_named(path: Path) -> None:
    with guards_off(path) as db:
        db.execute("UPDATE entries SET body = NULL WHERE n IN (3, 30) AND origin = 'console'")
    report = verify(path)
    assert [finding.entry_id for finding in report.findings] == ["console:3", "console:30"]


@pytest.mark.parametrize("column", ["origin", "n", "at", "actor", "kind", "hash", "body"])
@pytest.mark.parametrize("value", [None, 2.5, b"\xff\x00"])
def test_a_value_that_cannot_be_there_is_a_finding(path: Path, column: str, value: object) -> None:
    with types_off(path) as db:
        db.execute(f"UPDATE entries SET {column} = ? WHERE seq = 8", (value,))
    report = verify(path, views())
    assert not report.ok
    assert report.first_bad is not None
    assert report.first_bad.entry_id in {"console:8", "seq 8", "2.5:8", "\ufffd\x00:8"}


def test_text_that_is_no_text_is_a_finding(path: Path) -> None:
    with guards_off(path) as db:
        db.execute("UPDATE entries SET subject = CAST(x'ff41' AS TEXT) WHERE seq = 8")
    assert _named(verify(path, views())) == "console:8"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE incidents SET text = 'x' WHERE number = '2569-0003'", "“incidents” lacks 1"),
        ("UPDATE incidents SET text = upper(text) || ' ' ", "“incidents” lacks 11"),
        ("DELETE FROM incident_notes", "“incident_notes” lacks 11 rows and has 0"),
        ("INSERT INTO kind_counts VALUES ('z', 1)", "“kind_counts” lacks 0 rows and has 1"),
        ("DROP TABLE kind_counts", "“kind_counts” is missing"),
        ("CREATE TRIGGER t AFTER INSERT ON incidents BEGIN SELECT 1; END", "“incidents” is miss"),
    ],
)
def test_a_view_that_differs_from_its_entries_is_named(
    path: Path, statement: str, said: str
) -> None:
    with raw(path) as db:
        db.execute(statement)
    report = verify(path, views())
    assert any(said in finding.what.english() for finding in report.findings)
    assert verify(path).ok  # the entries themselves are whole


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TRIGGER entries_are_never_changed", "entries_are_never_changed” of the log was tak"),
        ("DROP INDEX entries_subject", "“entries_subject” of the log was taken out"),
        ("CREATE TRIGGER t AFTER INSERT ON entries BEGIN SELECT 1; END", "“t” was added"),
    ],
)
def test_a_guard_taken_off_is_named(path: Path, statement: str, said: str) -> None:
    with raw(path) as db:
        db.execute(statement)
    for report in (verify(path), tail_check(path)):
        assert any(said in finding.what.english() for finding in report.findings)


def test_the_entries_replaced_by_a_view_that_never_ends_are_not_read(path: Path) -> None:
    with raw(path) as db:
        db.execute("ALTER TABLE entries RENAME TO old")
        db.execute(
            "CREATE VIEW entries AS WITH RECURSIVE c(seq) AS"
            " (SELECT 1 UNION ALL SELECT seq + 1 FROM c) SELECT seq FROM c"
        )
    with pytest.raises(KnownError, match="not a station's log"):
        verify(path)


def test_the_table_taken_out_is_a_finding(path: Path) -> None:
    with raw(path) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DROP TABLE entries")
    assert not verify(path).ok
    assert not tail_check(path).ok


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_log_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "station.db"
    path.write_bytes(content)
    for check in (verify, tail_check):
        with pytest.raises(KnownError):
            check(path)
    with pytest.raises(KnownError, match="no log here"):
        verify(tmp_path / "nothing.db")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with raw(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE songs (name)")
    with pytest.raises(KnownError, match="not a station's log"):
        verify(tmp_path / "other.db")


def test_flipped_bytes_anywhere_never_end_in_a_traceback(sound: Path, tmp_path: Path) -> None:
    whole = sound.read_bytes()
    seed = 20261122
    chance = random.Random(seed)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 20, 500))):
            broken[chance.randrange(16, len(broken))] ^= 1 << chance.randrange(8)
        path = tmp_path / "broken.db"
        path.write_bytes(broken)
        assert _answer(verify, path, views())
        assert _answer(tail_check, path)


def _zeroed(path: Path, name: str) -> None:
    """One page of a table or an index, its last leaf, as a disk may give it back."""
    with raw(path) as db:
        pages = db.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", (name,)
        ).fetchall()
    content = bytearray(path.read_bytes())
    start = (pages[-1][0] - 1) * 4096
    content[start : start + 4096] = bytes(4096)
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["entries", "entries_subject", "sqlite_autoindex_entries_1"])
def test_a_page_that_is_gone_is_a_finding_that_hides_no_other(path: Path, name: str) -> None:
    with guards_off(path) as db:
        db.execute("UPDATE entries SET kind = 'unit_formed' WHERE seq = 2")
        (digest,) = db.execute("SELECT hash FROM entries WHERE seq = 30").fetchone()
    _zeroed(path, name)
    report = verify(path, views(), written_down=[Head("console", 30, digest)])
    assert _named(report) == "console:2"
    assert len(report.findings) > 1


def test_of_a_page_that_is_gone_its_first_entry_is_named(path: Path) -> None:
    _zeroed(path, "entries")
    with raw(path) as db, contextlib.suppress(sqlite3.DatabaseError):
        last = 0
        while db.execute("SELECT 1 FROM entries WHERE seq = ?", (last + 1,)).fetchone():
            last += 1
    assert last > 10
    assert _named(verify(path, views())) == f"seq {last + 1}"


def _answer(check: Callable[..., Report], *asked: object) -> tuple[Message, ...]:
    try:
        return check(*asked).sentences()
    except KnownError as error:
        return error.sentences


def test_every_flipped_byte_of_an_entrys_body_is_found(sound: Path, tmp_path: Path) -> None:
    whole = sound.read_bytes()
    with raw(sound) as db:
        (body,) = db.execute("SELECT body FROM entries WHERE seq = 40").fetchone()
    start = whole.index(body.encode())
    for offset in range(0, len(body.encode()), 7):
        broken = bytearray(whole)
        broken[start + offset] ^= 1
        path = tmp_path / "broken.db"
        path.write_bytes(broken)
        report = verify(path, views())
        assert report.first_bad is not None
        assert report.first_bad.entry_id == _id_of(sound, 40)


def _id_of(path: Path, seq: int) -> str:
    with raw(path) as db:
        found: str = db.execute(
            "SELECT origin || ':' || n FROM entries WHERE seq = ?", (seq,)
        ).fetchone()[0]
    return found


def test_a_truncated_file_is_a_sentence_or_a_finding(sound: Path, tmp_path: Path) -> None:
    whole = sound.read_bytes()
    for length in range(100, len(whole), 4096):
        path = tmp_path / "short.db"
        path.write_bytes(whole[:length])
        try:
            assert not verify(path, views()).ok
        except KnownError:
            pass
        except sqlite3.Error as error:  # pragma: no cover
            pytest.fail(f"a raw {error!r} reached the officer")
