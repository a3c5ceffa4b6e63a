"""From an officer's request to the recorder's word and back: what counts, and what is said once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.log import Actor, Entry, Log, Role, entries_after, origin_of
from app.video.archive.index_reading import held_locks
from app.video.archive.locks import (
    FootageLock,
    LockState,
    footage_lock,
    footage_locks,
    request_lock,
    request_unlock,
)
from app.video.archive.segment import Span
from app.video.recorder.lock_keeping import keep_locks, wishes
from app.video.recorder.surroundings import RecorderSurroundings
from benchmarks.forgetful_disk import ForgetfulDisk
from tests.station_log import OFFICER, a_station_log
from tests.video.archive.material import EVENING
from tests.video.recorder.scripted import start_up, surroundings
from tests.video.recorder.test_retention import record

MINUTE = timedelta(minutes=1)
SUPERVISOR = Actor("officer-2", Role.SUPERVISOR)


@pytest.fixture
def around(tmp_path: Path) -> Iterator[RecorderSurroundings]:
    (tmp_path / "recordings").mkdir()
    disk = ForgetfulDisk(tmp_path)
    with surroundings(tmp_path / "recordings", disk, ScriptedClock(EVENING)) as made:
        start_up(made)
        yield made


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    (tmp_path / "station").mkdir()
    with a_station_log(tmp_path / "station") as made:
        yield made


def keep(around: RecorderSurroundings, log: Log, at_min: int = 60) -> int:
    """The recorder's look."""
    with log.reading() as db:
        wished = wishes(db)
    return keep_locks(around.index, wished, EVENING + at_min * MINUTE)


def take_in(around: RecorderSurroundings, log: Log) -> tuple[Entry, ...]:
    """The console's look."""
    with around.index.reading() as db:
        origin = origin_of(db) or ""
        entries = entries_after(db, origin, log.head(origin).n)
    return log.take_in(entries).result()


def lock_of(log: Log) -> FootageLock:
    with log.reading() as db:
        (lock,) = footage_locks(db)
    return lock


def ask(log: Log, **more: object) -> str:
    span = Span(EVENING + 0.5 * MINUTE, EVENING + 1.5 * MINUTE)
    (entry,) = request_lock(log, ("C01", "C02"), span, "คดี", actor=OFFICER, **more).result()  # type: ignore[arg-type]
    return str(entry.data()["lock_id"])


def test_a_lock_counts_when_the_recorder_has_said_so(
    around: RecorderSurroundings, log: Log
) -> None:
    record(around, "C01", 0, 3)
    ask(log, incident_id="inc-1")
    assert lock_of(log).state is LockState.REQUESTED
    assert keep(around, log) == 1
    (said,) = take_in(around, log)
    assert (said.kind, said.subject) == ("footage_locked", "inc-1")
    lock = lock_of(log)
    assert lock.state is LockState.LOCKED
    first, second = lock.locked
    assert (first.begins, first.ends) == (EVENING, EVENING + 2 * MINUTE - timedelta(milliseconds=1))
    assert first.size_bytes == 2_000_000
    assert second.begins == second.ends  # of C02 nothing was recorded
    with around.index.reading() as db:
        (held,) = held_locks(db)
    assert held.asked_by.startswith("console-1:")


def test_nothing_is_said_twice_while_the_console_is_away(
    around: RecorderSurroundings, log: Log
) -> None:
    lock_id = ask(log)
    assert [keep(around, log) for _ in range(3)] == [1, 0, 0]
    take_in(around, log)
    request_unlock(log, lock_id, "คดีสิ้นสุด", actor=SUPERVISOR).result()
    assert [keep(around, log) for _ in range(3)] == [1, 0, 0]
    (said,) = take_in(around, log)
    assert said.data() == {"lock_id": lock_id, "why": "asked"}
    with log.reading() as db:
        lock = footage_lock(db, lock_id)
        assert lock is not None
        assert lock.state is LockState.UNLOCKED
    assert keep(around, log) == 0


def test_a_lock_ends_at_its_end(around: RecorderSurroundings, log: Log) -> None:
    lock_id = ask(log, until=EVENING + 90 * MINUTE)
    assert keep(around, log, 60) == 1
    assert keep(around, log, 89) == 0
    assert keep(around, log, 90) == 1
    assert keep(around, log, 91) == 0
    assert [each.kind for each in take_in(around, log)] == ["footage_locked", "footage_unlocked"]
    with log.reading() as db:
        lock = footage_lock(db, lock_id)
    assert lock is not None
    assert lock.state is LockState.UNLOCKED


def test_one_asked_for_too_late_is_told_so_and_never_held(
    around: RecorderSurroundings, log: Log
) -> None:
    ask(log, until=EVENING + MINUTE)
    assert keep(around, log) == 1
    with around.index.reading() as db:
        assert held_locks(db) == []
    (said,) = take_in(around, log)
    assert said.kind == "footage_unlocked"


def test_a_lock_the_stations_log_forgot_goes_on_holding(
    around: RecorderSurroundings, log: Log, tmp_path: Path
) -> None:
    ask(log)
    keep(around, log)
    (tmp_path / "older").mkdir()
    with a_station_log(tmp_path / "older") as older:
        assert keep(around, older) == 0
    with around.index.reading() as db:
        assert len(held_locks(db)) == 1
