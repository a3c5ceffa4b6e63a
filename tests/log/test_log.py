"""Appending, reading, telling: what every other room relies on."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.log import Actor, Changed, Connection, Entry, Log, Role
from tests.conftest import ExpectedLog
from tests.log.material import (
    NOON,
    OFFICER,
    PROGRAM,
    CountingView,
    IncidentView,
    Told,
    all_views,
    closed,
    log_in,
    noted,
    reported,
)


def test_what_an_officer_reports_is_in_the_log_and_on_the_list(log: Log) -> None:
    (entry,) = log.append(reported("2569-0001", "ลักทรัพย์"), actor=OFFICER).result()

    assert entry.id == "console:1"
    assert entry.at == "2026-11-22T05:00:00.000Z"
    assert entry.actor == "officer-07"
    assert entry.data() == {"text": "ลักทรัพย์"}
    with log.reading() as db:
        assert db.execute("SELECT text FROM incidents").fetchone()["text"] == "ลักทรัพย์"
    assert (log.head().n, log.head().hash, log.count()) == (1, entry.hash, 1)


def test_each_entry_names_the_hash_of_the_one_before(log: Log) -> None:
    first, second = log.append(reported("1"), noted("1"), actor=OFFICER).result()
    (third,) = log.append(closed("1"), actor=OFFICER).result()
    assert (second.prev, third.prev) == (first.hash, second.hash)
    assert first.prev == "0" * 64


def test_the_same_words_twice_have_different_hashes(log: Log) -> None:
    first, second = log.append(noted("1"), noted("1"), actor=OFFICER).result()
    assert first.body_hash != second.body_hash


def test_a_time_given_is_the_time_kept(log: Log) -> None:
    at = datetime(2026, 11, 21, 23, 59, 59, 999_999, tzinfo=UTC)
    (entry,) = log.append(reported("1"), actor=OFFICER, at=at).result()
    assert entry.at == "2026-11-21T23:59:59.999Z"


def test_numbers_given_inside_the_writer_are_never_given_twice(log: Log) -> None:
    def next_one(db: Connection) -> list[Told]:
        number = db.execute("SELECT count(*) FROM incidents").fetchone()[0] + 1
        return [reported(f"2569-{number:04}")]

    def officer_at_work(futures: list[Future[tuple[Entry, ...]]]) -> None:
        futures.extend(log.write(next_one, actor=OFFICER) for _ in range(60))

    waiting: list[list[Future[tuple[Entry, ...]]]] = [[], []]
    threads = [threading.Thread(target=officer_at_work, args=(part,)) for part in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    given = [future.result()[0].subject for part in waiting for future in part]
    assert sorted(given) == [f"2569-{n:04}" for n in range(1, 121)]
    assert log.head().n == 120


@pytest.mark.expected_log("a job of the log failed")
def test_who_decides_inside_the_writer_may_read_but_not_write(log: Log) -> None:
    def meddle(db: Connection) -> list[Told]:
        db.execute("INSERT INTO kind_counts VALUES ('incident_reported', 1000000)")
        return [reported("1")]

    with pytest.raises(RuntimeError, match="may not write"):
        log.write(meddle, actor=OFFICER).result()
    assert log.count() == 0
    log.append(reported("1"), actor=OFFICER).result()


@pytest.mark.expected_log("a job of the log failed")
def test_a_job_that_ends_the_transaction_is_found_out(log: Log) -> None:
    def commit(db: Connection) -> list[Told]:
        db.commit()
        return [reported("1")]

    with pytest.raises((RuntimeError, sqlite3.Error)):
        log.write(commit, actor=OFFICER).result()
    log.append(reported("2"), actor=OFFICER).result()


def test_of_several_facts_all_are_kept_or_none(log: Log) -> None:
    with pytest.raises(KnownError):
        log.append(reported("1"), Told("area_drawn", "zone", {}), actor=OFFICER).result()
    assert log.count() == 0
    assert all_views(log)["incidents"] == []


def test_nothing_to_say_writes_nothing_and_tells_nobody(log: Log) -> None:
    told: list[Changed] = []
    log.subscribe(told.append)
    assert log.write(lambda db: [], actor=OFFICER).result() == ()
    assert told == []


def test_listeners_hear_of_a_change_before_whoever_waited_goes_on(log: Log) -> None:
    told: list[Changed] = []
    unsubscribe = log.subscribe(told.append)
    log.append(reported("1"), noted("1"), actor=OFFICER).result()
    assert told == [Changed(frozenset({"incident_reported", "note_added"}), frozenset({"1"}))]
    unsubscribe()
    unsubscribe()
    log.append(reported("2"), actor=OFFICER).result()
    assert len(told) == 1


def test_a_listener_that_fails_breaks_neither_the_log_nor_the_others(
    log: Log, expected_log: ExpectedLog
) -> None:
    def broken(changed: Changed) -> None:
        raise ZeroDivisionError

    told: list[Changed] = []
    log.subscribe(broken)
    log.subscribe(told.append)
    expected_log("a listener of the log failed")
    log.append(reported("1"), actor=OFFICER).result()
    assert len(told) == 1


class _BrokenView(CountingView):
    def apply(self, db: Connection, entry: Entry) -> None:
        super().apply(db, entry)
        if entry.subject == "13":
            raise ZeroDivisionError


@pytest.mark.expected_log("a job of the log failed")
def test_a_view_that_fails_takes_its_entry_back_and_the_next_goes_through(tmp_path: Path) -> None:
    log = log_in(tmp_path, kept=[IncidentView(), _BrokenView()])
    with pytest.raises(ZeroDivisionError):
        log.append(reported("13"), actor=OFFICER).result()
    (entry,) = log.append(reported("14"), actor=OFFICER).result()
    assert (entry.n, log.count()) == (1, 1)
    with log.reading() as db:
        assert db.execute("SELECT n FROM kind_counts").fetchone()[0] == 1
    log.close()


def test_one_reading_sees_one_state_though_others_write(log: Log) -> None:
    log.append(reported("1"), actor=OFFICER).result()
    with log.reading() as db:
        before = db.execute("SELECT count(*) FROM incidents").fetchone()[0]
        log.append(reported("2"), actor=OFFICER).result()
        with log.reading() as inner:
            assert inner.execute("SELECT count(*) FROM incidents").fetchone()[0] == before
    with log.reading() as db:
        assert db.execute("SELECT count(*) FROM incidents").fetchone()[0] == 2


def test_a_reader_cannot_write(log: Log) -> None:
    with pytest.raises(RuntimeError, match="may not write"), log.reading() as db:
        db.execute("UPDATE incidents SET state = 'closed'")


def test_threads_that_come_and_go_leave_no_open_reader(log: Log) -> None:
    def look() -> None:
        with log.reading() as db:
            db.execute("SELECT 1").fetchone()

    for _ in range(20):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    log.count()
    assert len(log._readers._readers) <= 2


def test_closing_finishes_what_is_queued(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    futures = [log.append(reported(str(n)), actor=OFFICER) for n in range(50)]
    log.close()
    log.close()
    assert [future.result()[0].n for future in futures] == list(range(1, 51))
    again = log_in(tmp_path)
    assert again.count() == 50
    again.close()


def test_after_closing_the_officer_is_told_and_nothing_hangs(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.close()
    with pytest.raises(KnownError, match="closed"):
        log.append(reported("1"), actor=OFFICER).result(timeout=5)
    with pytest.raises(KnownError, match="closed"), log.reading():
        pass


def test_the_chain_goes_on_after_a_restart(tmp_path: Path) -> None:
    first = log_in(tmp_path)
    (before,) = first.append(reported("1"), actor=OFFICER).result()
    first.close()
    second = log_in(tmp_path)
    (after,) = second.append(closed("1"), actor=OFFICER).result()
    assert (after.n, after.prev) == (2, before.hash)
    assert [entry.kind for entry in second.entries_of("1")] == [
        "incident_reported",
        "incident_closed",
    ]
    second.close()


def test_another_program_has_a_chain_of_its_own(tmp_path: Path) -> None:
    console = log_in(tmp_path)
    console.append(reported("1"), actor=OFFICER).result()
    console.close()
    recorder = log_in(tmp_path, origin="recorder")
    (entry,) = recorder.append(Told("camera_lost", "C01", {}), actor=PROGRAM).result()
    assert (entry.id, entry.seq, entry.prev) == ("recorder:1", 2, "0" * 64)
    recorder.close()


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ({"text": "ก\ud800"}, "half a character"),
        ({"lat": float("nan")}, "not a number"),
        ({"lat": float("inf")}, "not a number"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_a_sentence(
    log: Log, says: dict[str, Any], sentence: str
) -> None:
    head = log.head()
    with pytest.raises(KnownError, match=sentence):
        log.append(Told("note_added", "1", says), actor=OFFICER).result()
    assert log.head() == head


@pytest.mark.parametrize("subject", ["a\x1fb", "a\x00b", "a\nb", "\ud83d", ""])
def test_a_subject_that_would_blur_the_hash_is_refused(log: Log, subject: str) -> None:
    with pytest.raises(KnownError, match=r"cannot be stored|is empty"):
        log.append(noted(subject), actor=OFFICER).result()
    with pytest.raises(KnownError, match=r"cannot be stored|is empty"):
        log.append(noted("1"), actor=Actor(subject, Role.DUTY_OFFICER)).result()
    assert log.count() == 0


def test_anything_an_officer_can_type_comes_back_letter_for_letter(log: Log) -> None:
    text = "ກະລຸນາ 👮‍♂️ \u202eกลับ\x1f\x00\n'; DROP TABLE entries; -- " + "น้ำ" * 40_000
    (entry,) = log.append(noted("1", text), actor=OFFICER).result()
    assert log.entries_of("1") == [entry]
    assert entry.data()["text"] == text


@pytest.mark.expected_log("a job of the log failed")
def test_erased_entries_are_written_by_erase_alone(log: Log) -> None:
    admin = Actor("officer-01", Role.ADMINISTRATOR)
    with pytest.raises(ValueError, match="erase"):
        log.append(Told("erased", "console:1", {}), actor=admin).result()


def test_an_origin_with_a_colon_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="colon"):
        Log(tmp_path / "station.db", origin="a:b", views=[], clock=ScriptedClock(NOON))
    assert list(tmp_path.iterdir()) == []
