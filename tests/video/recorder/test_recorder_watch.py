"""The console sees that a recorder runs, says how it is, and keeps locks while none does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.errors import KnownError
from app.log import Log
from app.station import Disk, RecorderLock, StationFolder
from app.video.archive.index_reading import IndexedFootage
from app.video.archive.locks import LockState, footage_locks, request_lock
from app.video.archive.segment import Span
from app.video.recorder.recorder_note import RecorderHealth, write_health
from app.video.recorder.recorder_watch import RecorderWatch, Recording
from app.video.recorder.starting import RecorderStarter, is_running
from tests.station_log import ADMINISTRATOR, OFFICER
from tests.video.cameras import until
from tests.video.recorder.stations import RecorderHere, a_station, kinds, station_log

CLOCK = SystemClock()


class Troubles(list[KnownError]):
    """What the watch complained of."""


@contextmanager
def watching(folder: StationFolder, *command: str) -> Iterator[tuple[RecorderWatch, Log]]:
    """A watch whose recorder is started by `command`; it is not beaten by a thread of its own."""
    log = station_log(folder)
    troubles = Troubles()
    starter = RecorderStarter(folder, CLOCK, command or (sys.executable, "-c", ""))
    watch = RecorderWatch(folder, log, CLOCK, troubles.append, starter)
    try:
        yield watch, log
    finally:
        watch.stop()
        log.close()
        until(lambda: starter.has_nothing_left, 5)
    assert troubles == []


def test_a_station_that_wants_no_recordings_is_left_alone(tmp_path: Path) -> None:
    folder = a_station(tmp_path / "station", recordings_enabled=False)
    with watching(folder, sys.executable, "-c", "raise SystemExit('started')") as (watch, _):
        watch.look()
        assert watch.recording is Recording.OFF
    assert not (folder.recordings / "recorder.lock").exists()


def test_a_missing_recorder_is_started_and_found_running(tmp_path: Path) -> None:
    folder = a_station(tmp_path / "station", sample=True)
    log = station_log(folder)
    watch = RecorderWatch(folder, log, CLOCK, Troubles().append)
    try:
        watch.start()
        until(lambda: watch.recording is Recording.RUNNING, 20)
        assert watch.health is not None
        until(lambda: log.head(_origin(folder)).n >= 1, 10)  # its first entry is here
    finally:
        watch.stop()  # a sample station: its recorder ends too
        log.close()
    assert not is_running(folder)
    assert kinds(folder)[0] == "recorder_started"
    assert kinds(folder)[-1] == "recorder_stopped"


def _origin(folder: StationFolder) -> str:
    footage = IndexedFootage(folder.recordings)
    with footage.reading() as db:
        row = None if db is None else db.execute("SELECT origin FROM entries LIMIT 1").fetchone()
    footage.close()
    return row[0] if row else "none"


def test_a_recorder_that_cannot_run_is_called_missing_not_recording(tmp_path: Path) -> None:
    folder = a_station(tmp_path / "station")
    with watching(folder) as (watch, _):
        watch.look()
        assert watch.recording is Recording.STARTING
        watch._missed_since = CLOCK.now() - timedelta(seconds=16)
        watch.look()
        assert watch.recording is Recording.MISSING


def test_who_stops_it_says_why_and_it_stays_stopped(tmp_path: Path) -> None:
    folder = a_station(tmp_path / "station")
    with watching(folder) as (watch, log):
        with RecorderHere(folder) as recorder:
            until(lambda: is_running(folder), 10)
            with pytest.raises(KnownError, match="without a reason"):
                watch.ask_to_stop("  ", ADMINISTRATOR)
            with pytest.raises(KnownError, match="may not"):
                watch.ask_to_stop("ย้ายดิสก์", OFFICER)
            assert is_running(folder)
            watch.ask_to_stop("ย้ายดิสก์", ADMINISTRATOR)
            recorder.wait_for_end()
        watch.look()
        assert watch.recording is Recording.HELD_BACK
        asked = [one for one in log.entries_of("recordings") if one.origin == "console-1"]
        assert [(one.kind, one.data()["why"]) for one in asked] == [
            ("recording_stop_requested", "ย้ายดิสก์")
        ]
        watch.resume()
        watch.look()
        assert watch.recording is Recording.STARTING


@pytest.mark.parametrize(
    ("interrupted", "told"), [("full", Recording.INTERRUPTED), ("", Recording.RUNNING)]
)
def test_a_recorder_with_no_room_is_not_called_recording(
    tmp_path: Path, interrupted: str, told: Recording
) -> None:
    folder = a_station(tmp_path / "station")
    lock = RecorderLock(folder)
    lock.acquire()  # as a running recorder does
    now = CLOCK.now()
    write_health(folder.recordings, RecorderHealth(1, now, now, interrupted=interrupted), Disk())
    with watching(folder) as (watch, _):
        watch.look()
        assert watch.recording is told
    lock.release()


def test_what_it_said_long_ago_is_not_how_it_is(tmp_path: Path) -> None:
    folder = a_station(tmp_path / "station")
    with watching(folder) as (watch, _):
        long_ago = CLOCK.now() - timedelta(seconds=6)
        write_health(folder.recordings, RecorderHealth(1, long_ago, long_ago), Disk())
        watch.look()
        assert watch.health is None


def test_a_lock_is_acknowledged_though_no_recorder_runs(tmp_path: Path) -> None:
    folder = a_station(tmp_path / "station", recordings_enabled=False)
    with watching(folder) as (watch, log):
        now = CLOCK.now()
        span = Span(now - timedelta(minutes=5), now)
        request_lock(log, ("C01",), span, "พนักงานสอบสวนขอ", actor=OFFICER).result()
        assert _state(log) is LockState.REQUESTED
        watch.start()  # looks at once, and brings in what the index says
        until(lambda: _state(log) is LockState.LOCKED, 10)
    assert not is_running(folder)


def _state(log: Log) -> LockState:
    with log.reading() as db:
        (lock,) = footage_locks(db)
    return lock.state
