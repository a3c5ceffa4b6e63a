"""What is committed goes into the database beside the writer; the write-ahead log stays short."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.log import Log, checkpoints
from app.log.verify import verify
from tests.conftest import ExpectedLog
from tests.log.material import OFFICER, log_in, noted, reported, views

_FRAME_BYTES = 4096 + 24  # https://sqlite.org/fileformat.html, "The Write-Ahead Log"


def _is_in_the_database(folder: Path, words: str) -> bool:
    return words.encode() in (folder / "station.db").read_bytes()


def _within(seconds: float, happened: Callable[[], bool]) -> bool:
    until_s = time.monotonic() + seconds
    while not (done := happened()) and time.monotonic() < until_s:
        time.sleep(0.01)
    return done


def test_one_short_commit_reaches_the_database_while_the_log_is_open(
    log: Log, tmp_path: Path
) -> None:
    log.append(reported("1"), noted("1", "เขียนแล้ว"), actor=OFFICER).result()
    assert _within(10, lambda: _is_in_the_database(tmp_path, "เขียนแล้ว"))


def test_the_write_ahead_log_begins_anew_although_the_writer_never_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "LONG_PAGES", 200)
    monkeypatch.setattr(checkpoints, "TOO_LONG_PAGES", 1000)
    monkeypatch.setattr(checkpoints, "PAUSE_S", 0.01)
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    began_anew = False
    for noted_so_far in range(1, 4001):  # as long as a busy machine keeps the thread waiting
        log.append(noted("1", "ก" * 20_000), actor=OFFICER).result()
        in_use = (tmp_path / "station.db-wal").stat().st_size // _FRAME_BYTES
        began_anew = in_use < noted_so_far * 15 / 2  # a note alone is 15 pages
        if began_anew and noted_so_far >= 400:
            break
    log.close()
    assert began_anew


def test_a_reader_holds_it_back_and_nobody_else_waits(log: Log, tmp_path: Path) -> None:
    log.append(reported("1"), actor=OFFICER).result()
    with log.reading() as db:
        before = db.execute("SELECT count(*) FROM entries").fetchone()[0]
        log.append(noted("1", "ระหว่างอ่าน"), actor=OFFICER).result(timeout=10)
        time.sleep(2 * checkpoints.PAUSE_S)
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] == before
        assert not _is_in_the_database(tmp_path, "ระหว่างอ่าน")
    log.append(noted("1", "หลังอ่าน"), actor=OFFICER).result()
    assert _within(10, lambda: _is_in_the_database(tmp_path, "หลังอ่าน"))


def test_whoever_saves_is_told_before_the_writer_moves_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving, moved = threading.Event(), threading.Event()

    def move(self: checkpoints.Checkpoints, db: sqlite3.Connection) -> None:
        moving.set()
        moved.wait(10)

    monkeypatch.setattr(checkpoints.Checkpoints, "committed", move)
    log = log_in(tmp_path)
    try:
        log.append(reported("1"), actor=OFFICER).result(timeout=5)
        assert moving.wait(5)
    finally:
        moved.set()
        log.close()


def test_what_goes_wrong_then_is_noted_and_saving_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLog
) -> None:
    expected_log("nothing was settled")

    def fail(self: checkpoints.Checkpoints, db: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(checkpoints.Checkpoints, "committed", fail)
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result(timeout=5)
    log.append(noted("1"), actor=OFFICER).result(timeout=5)
    log.close()


def test_a_failing_disk_is_noted_and_saving_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLog
) -> None:
    expected_log("write-ahead log")

    def refuse(path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(checkpoints, "_opened", refuse)
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    log.close()
    assert verify(tmp_path / "station.db", views()).ok


def test_nothing_runs_after_the_log_is_closed_and_one_file_is_left(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    log.close()
    assert not (tmp_path / "station.db-wal").exists()
    log.open()
    log.append(noted("1", "เปิดอีกครั้ง"), actor=OFFICER).result()
    assert _within(10, lambda: _is_in_the_database(tmp_path, "เปิดอีกครั้ง"))
    log.close()
    assert not (tmp_path / "station.db-wal").exists()
