"""Of a large log a second process checks the newer entries: what is said of it stays the same."""

from __future__ import annotations

import contextlib
import multiprocessing
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pytest

from app.log import verify_apart
from app.log.verify import verify
from app.log.verify_apart import Newer
from app.log.verify_chain import Stretch
from tests.log.material import (
    ADMINISTRATOR,
    OFFICER,
    PROGRAM,
    Told,
    closed,
    log_in,
    noted,
    reported,
)
from tests.log.tampering import guards_off, raw

_ENTRIES = 40


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two origins in turn; what an older entry said is erased by a newer one; two seals."""
    folder = tmp_path_factory.mktemp("sound")
    for turn in range(4):
        with closing(log_in(folder)) as console:
            number = f"2569-{turn:04}"
            console.append(reported(number), noted(number), closed(number), actor=OFFICER).result()
            console.append(Told("day_sealed", number, {"of": turn}), actor=PROGRAM).result()
            if turn == 3:
                console.erase("console:2", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
        with closing(log_in(folder, origin="recorder")) as recorder:
            for n in range(5):
                recorder.append(Told("camera_lost", f"C{n:02}", {}), actor=PROGRAM).result()
    with closing(log_in(folder)) as console:
        assert console.count() < _ENTRIES
        while console.count() < _ENTRIES:
            console.append(noted("2569-0003"), actor=OFFICER).result()
    return folder / "station.db"


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "station.db"))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Stretch | None]]:
    """What second processes have said; any log is large, and of 40 entries 22 are older."""
    monkeypatch.setattr(verify_apart, "LARGE", 1)
    monkeypatch.setattr(verify_apart, "_SHARE", 0.45)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    said: list[Stretch | None] = []
    waited = Newer.stretch

    def heard(self: Newer) -> Stretch | None:
        said.append(waited(self))
        return said[-1]

    monkeypatch.setattr(Newer, "stretch", heard)
    yield said


def _alone(path: Path) -> object:
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(verify_apart, "LARGE", 1 << 40)
        return verify(path)


def test_a_sound_log_is_found_so_by_both_and_the_report_is_that_of_one(
    sound: Path, answers: list[Stretch | None]
) -> None:
    told: list[tuple[int, int]] = []
    report = verify(sound, told=lambda done, total: told.append((done, total)))
    (stretch,) = answers
    assert stretch is not None and stretch.entries == 18  # of 40
    assert report.ok and (report.entries, report.erased) == (_ENTRIES, 1)
    assert len(report.seals) == 4
    assert {head.origin for head in report.seals[3].heads} == {"console", "recorder"}
    assert report == _alone(sound)
    assert told == [(_ENTRIES, _ENTRIES)]


_WRONG = {
    "an older body": "UPDATE entries SET body = replace(body, 'salt', 'Salt') WHERE seq = 5",
    "the last older entry": "UPDATE entries SET hash = body_hash WHERE seq = 22",
    "the first newer entry": "UPDATE entries SET prev = body_hash WHERE seq = 23",
    "a newer body": "UPDATE entries SET body = replace(body, 'salt', 'Salt') WHERE seq = 30",
    "the newest time": "UPDATE entries SET at = '2026-11-22T05:00:00.001Z' WHERE seq = 40",
    "an older entry gone": "DELETE FROM entries WHERE seq = 22",
    "a newer entry gone": "DELETE FROM entries WHERE seq = 23",
    "an older one emptied": "UPDATE entries SET body = NULL WHERE seq = 6",
    "a newer one emptied": "UPDATE entries SET body = NULL WHERE seq = 33",
    "an entry put far away": "UPDATE entries SET seq = 4000 WHERE seq = 12",
    "one chain's first newer entry": "UPDATE entries SET n = n + 100 WHERE seq ="
    " (SELECT min(seq) FROM entries WHERE seq > 22 AND origin = 'console')",
}


@pytest.mark.parametrize("statement", _WRONG.values(), ids=_WRONG)
def test_what_is_wrong_is_named_as_when_one_reads_it_all(
    path: Path, statement: str, answers: list[Stretch | None]
) -> None:
    with guards_off(path) as db:
        db.execute(statement)
    report = verify(path)
    assert not report.ok
    assert len(answers) == 1
    assert report == _alone(path)


def test_what_is_written_meanwhile_is_not_mixed_in(
    path: Path, answers: list[Stretch | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process would see an older entry emptied, and this one its erasing not."""
    begin = verify_apart.process_apart

    def erased_before(*arguments: object, **names: object) -> object:
        with closing(log_in(path.parent)) as console:
            console.erase("console:1", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
        return begin(*arguments, **names)  # type: ignore[arg-type]

    monkeypatch.setattr(verify_apart, "process_apart", erased_before)
    report = verify(path)
    assert answers == [None]
    assert report.ok and (report.entries, report.erased) == (_ENTRIES, 1)


def _checked_in_a_process(path: Path, entries: Synchronized[int]) -> None:
    verify_apart.LARGE = 1
    entries.value = verify(path).entries


def test_a_check_that_is_a_process_of_its_own_needs_no_other(path: Path) -> None:
    """The console's nightly one: a daemon, which may have no children."""
    spawn = multiprocessing.get_context("spawn")
    entries = spawn.Value("i", 0)
    process = spawn.Process(target=_checked_in_a_process, args=(path, entries), daemon=True)
    process.start()
    process.join(30)
    assert process.exitcode == 0
    assert entries.value == _ENTRIES


def test_a_process_that_dies_leaves_the_whole_check_to_its_caller(
    path: Path, answers: list[Stretch | None], monkeypatch: pytest.MonkeyPatch, expected_log: object
) -> None:
    expected_log("ended without an answer")  # type: ignore[operator]
    monkeypatch.setattr(verify_apart, "_check", exit)
    assert verify(path) == _alone(path)
    assert answers == [None]


@pytest.mark.parametrize("seq", [5, 35])
def test_a_page_that_cannot_be_read_is_named_by_its_first_entry_and_leaves_no_process(
    path: Path, seq: int, answers: list[Stretch | None]
) -> None:
    with raw(path) as db:
        (page_bytes,) = db.execute("PRAGMA page_size").fetchone()
        (body,) = db.execute("SELECT body FROM entries WHERE seq = ?", (seq,)).fetchone()
    page = path.read_bytes().index(body.encode()) // page_bytes
    with path.open("r+b") as file:
        file.seek(page * page_bytes)
        file.write(b"\xff" * 8)
    report = verify(path)
    assert report.first_bad is not None
    assert report.first_bad.entry_id == f"seq {_first_unreadable(path)}"
    assert "cannot be read" in report.first_bad.what.english()
    assert len(answers) == (seq == 35)  # else there is nothing to wait for


def _first_unreadable(path: Path) -> int:
    """Asked one by one, as nobody does who checks a log."""
    seq = 1
    with raw(path) as db, contextlib.suppress(sqlite3.DatabaseError):
        while db.execute("SELECT body FROM entries WHERE seq = ?", (seq,)).fetchone():
            seq += 1
    return seq
