"""A whole recorder on real RTSP: what the officer finds recorded, and why something is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest

from app.cameras.camera import StreamKind
from app.cameras.register import register, remove
from app.clock import SystemClock
from app.demo.simulated_cameras import Fault, FaultSettings, Login, SimulatedFleet
from app.errors import KnownError
from app.station import FileSecrets, ProgramLog, Redactor, StationFolder
from app.video.archive.footage import Footage
from app.video.archive.segment import Gap, GapCause, Segment
from app.video.picture import Size
from app.video.recorder.recorder_note import RecorderHealth, read_health
from tests.station_log import ADMINISTRATOR
from tests.video.archive.material import recorded_of
from tests.video.cameras import until
from tests.video.recorder.stations import (
    RecorderHere,
    a_station,
    camera_of,
    footage_of,
    kinds,
    plays_whole,
    recording,
    specs,
    station_log,
    stop,
    wait_until_recording,
)

NOW = SystemClock()
DAY = timedelta(days=1)
_TRIES = 3


@pytest.fixture
def fleet() -> Iterator[SimulatedFleet]:
    made = SimulatedFleet(specs(2), own_ports=True)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def station(tmp_path: Path, fleet: SimulatedFleet) -> StationFolder:
    return a_station(tmp_path / "station", [camera_of(fleet, specs(2)[0])])


def details(note: RecorderHealth | None) -> list[str]:
    return [] if note is None else [stream.detail for stream in note.streams]


def all_of(footage: Footage, kind: StreamKind = StreamKind.MAIN) -> list[Segment]:
    return footage.segments("C01", kind, NOW.now() - DAY, NOW.now() + DAY)


def test_segments_follow_each_other_and_every_picture_can_be_seen(station: StationFolder) -> None:
    with closing(footage_of(station)) as footage:
        with RecorderHere(station):
            until(lambda: len([one for one in all_of(footage) if not one.is_growing]) >= 3, 20)
        segments = all_of(footage)
        assert [one.id for one in segments] == sorted(one.id for one in segments)
        for before, after in pairwise(segments):
            assert abs((after.begins - before.ends).total_seconds()) < 0.3
        for one in segments:
            assert not one.is_growing
            assert one.size == Size(320, 180)
            assert one.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()
            assert plays_whole(one)
            assert one.clock_ahead_ms is None or abs(one.clock_ahead_ms) < 500
        (span,) = recorded_of(footage, "C01", NOW.now() - DAY, NOW.now() + DAY)
        assert span.duration_s >= 6
    of_this_disk = "recording_disk_low"  # how full it is where the tests run
    told = [kind for kind in kinds(station) if kind != of_this_disk]
    assert told == ["recorder_started", "recordings_sealed", "recorder_stopped"]


def test_a_growing_segment_is_seen_about_a_second_behind_live(station: StationFolder) -> None:
    with closing(footage_of(station)) as footage, RecorderHere(station):
        wait_until_recording(station)
        until(lambda: any(one.duration_ms >= 1000 for one in all_of(footage)), 5)
        newest = all_of(footage)[-1]
        assert (NOW.now() - newest.ends).total_seconds() < 3


def test_both_streams_of_a_camera_are_recorded(tmp_path: Path, fleet: SimulatedFleet) -> None:
    folder = a_station(tmp_path / "station", [camera_of(fleet, specs()[0], sub=True)])
    with closing(footage_of(folder)) as footage:
        with RecorderHere(folder):
            until(lambda: footage.streams("C01") == frozenset(StreamKind), 10)
            until(lambda: all_of(footage, StreamKind.SUB), 10)
        assert all_of(footage)[0].path.parent.name == "main"
        assert all_of(footage, StreamKind.SUB)[0].path.parent.name == "sub"


def test_a_lost_camera_is_a_gap_of_the_network_and_recorded_again(
    station: StationFolder, fleet: SimulatedFleet
) -> None:
    with closing(footage_of(station)) as footage, RecorderHere(station):
        wait_until_recording(station)

        def gaps() -> list[Gap]:
            return footage.gaps("C01", NOW.now() - DAY, NOW.now() + DAY)

        for _ in range(_TRIES):
            at = NOW.now()
            fleet.fault("S01", Fault.REFUSE)
            until(lambda: gaps() and gaps()[-1].cause is GapCause.NETWORK, 15)
            until(lambda: "refused" in details(read_health(station.recordings)), 15)
            fleet.heal("S01")
            until(lambda: gaps()[-1].ends, 15)
            gap = gaps()[-1]
            if at - gap.begins < timedelta(seconds=1):
                break  # else it was lost before: its cameras had no time on this machine
        assert (gap.cause, gap.detail) == (GapCause.NETWORK, "refused")
        before = [one for one in all_of(footage) if one.begins < gap.begins][-1]
        assert abs((gap.begins - before.ends).total_seconds()) < 0.01
        assert not recorded_of(footage, "C01", gap.begins, gap.ends)


def test_a_frozen_camera_is_a_gap_of_the_camera(
    station: StationFolder, fleet: SimulatedFleet
) -> None:
    with closing(footage_of(station)) as footage, RecorderHere(station):
        wait_until_recording(station)
        fleet.fault("S01", Fault.FREEZE)

        def causes() -> list[GapCause]:
            return [one.cause for one in footage.gaps("C01", NOW.now(), NOW.now() + DAY)]

        until(causes, 15)  # one of the start may be over
        assert causes()[-1] is GapCause.CAMERA


def test_a_camera_that_changes_its_size_gets_a_new_segment_without_a_gap(
    station: StationFolder, fleet: SimulatedFleet
) -> None:
    with closing(footage_of(station)) as footage:
        with RecorderHere(station):
            wait_until_recording(station)
            fleet.fault("S01", Fault.SIZE, FaultSettings(width_px=640, height_px=360))
            until(lambda: all_of(footage)[-1].size == Size(640, 360), 10)
            until(lambda: all_of(footage)[-1].duration_ms > 500, 10)
        for one in all_of(footage):
            assert plays_whole(one)
        assert len(recorded_of(footage, "C01", NOW.now() - DAY, NOW.now() + DAY)) == 1


def test_a_camera_that_changes_its_codec_is_recorded_in_it(
    station: StationFolder, fleet: SimulatedFleet
) -> None:
    with closing(footage_of(station)) as footage:
        with RecorderHere(station):
            wait_until_recording(station)
            fleet.fault("S01", Fault.CODEC)
            until(lambda: all_of(footage)[-1].codec == "HEVC", 15)
            until(lambda: all_of(footage)[-1].duration_ms > 500, 10)
        last = all_of(footage)[-1]
        assert plays_whole(last)


def test_a_camera_registered_later_is_recorded_and_one_removed_is_not(
    station: StationFolder, fleet: SimulatedFleet
) -> None:
    log = station_log(station)
    try:
        with closing(footage_of(station)) as footage, RecorderHere(station):
            wait_until_recording(station)
            register(log, camera_of(fleet, specs(2)[1]), actor=ADMINISTRATOR).result()
            wait_until_recording(station, 2)
            remove(log, "C01", "ย้ายกล้อง", actor=ADMINISTRATOR).result()
            until(lambda: recording(station) == {"C02"}, 10)
            assert footage.gaps("C01", NOW.now(), NOW.now() + DAY) == []
    finally:
        log.close()


def test_who_stopped_it_stands_in_the_gap_and_in_the_chain(station: StationFolder) -> None:
    with closing(footage_of(station)) as footage:
        with RecorderHere(station) as here:
            wait_until_recording(station)
            stop(station, by="officer-7")
            here.wait_for_end()
        (gap,) = footage.gaps("C01", NOW.now(), NOW.now() + DAY)
        assert (gap.cause, gap.detail, gap.ends) == (GapCause.STOPPED, "officer-7", None)
        assert kinds(station)[-1] == "recorder_stopped"
        until(lambda: NOW.now() - gap.begins > timedelta(seconds=1.5))
        with RecorderHere(station):
            until(lambda: not footage.gaps("C01", NOW.now(), NOW.now() + DAY), 10)
        gaps = footage.gaps("C01", NOW.now() - DAY, NOW.now())  # a slow start is one, before it
        (closed,) = (one for one in gaps if one.begins == gap.begins)
        assert (closed.cause, closed.detail) == (GapCause.STOPPED, "officer-7")
        assert closed.ends is not None


def test_two_recorders_never_run_in_one_station(station: StationFolder) -> None:
    with RecorderHere(station):
        wait_until_recording(station)
        second = RecorderHere(station)
        with pytest.raises(KnownError, match="already running"), second:
            second.wait_for_end()


def test_the_note_tells_how_the_recorder_is(station: StationFolder) -> None:
    with RecorderHere(station):
        wait_until_recording(station)
        until(lambda: (note := read_health(station.recordings)) and note.bytes_per_s > 0, 5)
        note = read_health(station.recordings)
        assert note is not None
        assert note.is_fresh(NOW.now())
        assert note.recording("C01")
        assert note.disks[0].days_left is not None
        assert note.interrupted == ""


PASSWORD = "รหัส@ลับ:9/x"


def test_a_password_is_used_and_stands_nowhere(tmp_path: Path) -> None:
    """A camera behind Digest: recorded with its password; with a wrong one a gap that says so."""
    spec = specs(1, login=Login.DIGEST, username="admin", password=PASSWORD)[0]
    fleet = SimulatedFleet([spec])
    fleet.start()
    try:
        folder = a_station(tmp_path / "station", [camera_of(fleet, spec)])
        secrets = FileSecrets(Redactor())
        secrets.put("station-1", "camera/C01", PASSWORD)
        log = ProgramLog(folder.logs, "recorder", Redactor())  # that knows no secret
        log.start()
        try:
            with RecorderHere(folder), closing(footage_of(folder)) as footage:
                wait_until_recording(folder)
                fleet.fault("S01", Fault.WRONG_PASSWORD)
                day = NOW.now() + DAY
                until(lambda: [one.detail for one in footage.gaps("C01", NOW.now(), day)], 15)
                until(lambda: footage.gaps("C01", NOW.now(), day)[-1].detail != "stopped", 15)
                gap = footage.gaps("C01", NOW.now(), day)[-1]
                assert (gap.cause, gap.detail) == (GapCause.CAMERA, "wrong_password")
        finally:
            log.stop()
        left = [path for path in folder.root.rglob("*") if path.is_file()]
        assert any(path.name == "recorder.log" and path.stat().st_size for path in left)
        for form in (PASSWORD, quote(PASSWORD, safe=""), quote(PASSWORD)):
            assert [path for path in left if form.encode() in path.read_bytes()] == []
    finally:
        fleet.stop()
