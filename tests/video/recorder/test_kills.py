"""SIGKILL of a real recorder: every finished second plays, the index is true, it goes on at once;
and the recorder does not care what becomes of the console."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock, SystemClock
from app.demo.simulated_cameras import SimulatedFleet
from app.log import Head
from app.station import Disk, StationFolder
from app.video.archive.index_reading import IndexedFootage
from app.video.archive.locks import LockState, footage_locks, request_lock
from app.video.archive.segment import GapCause, Span
from app.video.recorder.recorder_note import read_health
from app.video.recorder.starting import (
    RecorderStarter,
    ask_recorder_to_stop,
    is_running,
    keep_locks_without_recorder,
)
from tests.station_log import OFFICER
from tests.video.cameras import until
from tests.video.recorder.scripted import check_invariants, start_up, surroundings
from tests.video.recorder.stations import (
    ROOT,
    RecorderProcess,
    a_station,
    camera_of,
    footage_of,
    kinds,
    specs,
    station_log,
    wait_until_recording,
)

NOW = SystemClock()
DAY = timedelta(days=1)
KILLS = int(os.environ.get("RECORDER_KILLS", "2"))
MOST_LOST_S = 1.5


@pytest.fixture
def fleet() -> Iterator[SimulatedFleet]:
    made = SimulatedFleet(specs(2))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def station(tmp_path: Path, fleet: SimulatedFleet) -> StationFolder:
    return a_station(tmp_path / "station", [camera_of(fleet, one) for one in specs(2)])


def test_a_killed_recorder_leaves_every_finished_second_and_a_true_index(
    station: StationFolder,
) -> None:
    with RecorderProcess(station) as recorder, closing(footage_of(station)) as footage:
        for _ in range(KILLS):
            wait_until_recording(station, 2)
            until(lambda: _growing_ms(footage) > 1500, 10)
            killed_at = NOW.now()
            recorder.kill()
            recorder.start()
            until(lambda at=killed_at: _is_again(station, at), 15)
            for camera_id in ("C01", "C02"):
                ended = _ended_before(footage, camera_id, killed_at)
                assert (killed_at - ended).total_seconds() <= MOST_LOST_S
        assert recorder.end() == 0
        gaps = footage.gaps("C01", NOW.now() - DAY, NOW.now())
        assert {one.cause for one in gaps} == {GapCause.SOFTWARE}
        assert len(gaps) <= KILLS + 1  # the end too; less than a second is no gap
    with surroundings(station.recordings, Disk(), ScriptedClock(NOW.now())) as around:
        start_up(around)
        check_invariants(around)
    assert kinds(station).count("recorder_started") == KILLS + 1


def _growing_ms(footage: IndexedFootage) -> int:
    at = NOW.now()
    found = footage.segments("C01", StreamKind.MAIN, at - DAY, at + DAY)
    return max((one.duration_ms for one in found if one.is_growing), default=0)


def _is_again(station: StationFolder, killed_at: datetime) -> bool:
    note = read_health(station.recordings)
    return (
        note is not None
        and note.started_at > killed_at
        and note.recording("C01")
        and note.recording("C02")
    )


def _ended_before(footage: IndexedFootage, camera_id: str, at: datetime) -> datetime:
    found = footage.segments(camera_id, StreamKind.MAIN, at - DAY, at)
    return max(one.ends for one in found)


def test_a_recorder_started_by_a_console_outlives_it_and_stops_when_asked(
    station: StationFolder,
) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom app.clock import SystemClock\n"
        "from app.station import open_station\n"
        "from app.video.recorder.starting import RecorderStarter\n"
        "starter = RecorderStarter(open_station(Path(sys.argv[1])), SystemClock())\n"
        "assert starter.ensure()\nprint('started', flush=True)\ntime.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(station.root)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as console:
        assert console.stdout is not None
        assert console.stdout.readline() == "started\n"
        wait_until_recording(station, 2)
        console.kill()
    note = read_health(station.recordings)
    assert note is not None
    try:
        count = len(list(station.recordings.rglob("*.mp4")))
        until(lambda: _total(station) > 0 and count, 5)
        before = _total(station)
        until(lambda: _total(station) > before, 5)
        assert is_running(station)
        assert not RecorderStarter(station, NOW).ensure()
        secrets = Path(f"/proc/{note.pid}/cmdline")
        if secrets.exists():
            assert b"record" in secrets.read_bytes()
    finally:
        ask_recorder_to_stop(station, "officer-3", "เลิกใช้")
        try:
            until(lambda: not is_running(station), 15)
        except AssertionError:
            with suppress(ProcessLookupError):
                os.kill(note.pid, signal.SIGKILL)
            raise
    with closing(footage_of(station)) as footage:
        (gap,) = footage.gaps("C01", NOW.now(), NOW.now() + DAY)
    assert (gap.cause, gap.detail) == (GapCause.STOPPED, "officer-3")


def _total(station: StationFolder) -> int:
    with closing(footage_of(station)) as footage:
        return footage.total_bytes()


def test_a_recorder_that_cannot_run_is_not_started_every_second(station: StationFolder) -> None:
    clock = ScriptedClock(NOW.now())
    starter = RecorderStarter(station, clock, [sys.executable, "-c", "raise SystemExit(2)"])
    started = 0
    for _ in range(300):
        clock.advance(1.0)
        started += starter.ensure()
        until(lambda: starter.has_nothing_left, 10)
    assert 4 <= started <= 8


def test_with_no_recorder_the_console_takes_the_lock_itself(station: StationFolder) -> None:
    log = station_log(station)
    try:
        span = Span(NOW.now() - DAY, NOW.now())
        request_lock(log, ("C01",), span, "คดี", actor=OFFICER).result()

        def heads(origin: str) -> Head:
            return Head(origin, 0, "")

        with log.reading() as db:
            assert keep_locks_without_recorder(station, NOW, db, heads)
        with closing(footage_of(station)) as footage:
            (held,) = footage.locks_held()
            assert held.camera_ids == ("C01",)
        assert not is_running(station)
        with RecorderProcess(station):
            until(lambda: is_running(station), 10)
            with log.reading() as db:
                assert not keep_locks_without_recorder(station, NOW, db, heads)
                assert footage_locks(db)[0].state is LockState.REQUESTED
    finally:
        log.close()
