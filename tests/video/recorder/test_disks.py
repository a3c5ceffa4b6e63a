"""Disks that fill, fail and vanish: what is recorded meanwhile, and what is said of it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras import SimulatedFleet
from app.errors import KnownError
from app.station import Disk, GrowingFile, Space, StationFolder, open_station
from app.station.disk import Buffer, disk_trouble
from app.video.archive.locks import request_lock
from app.video.archive.segment import GapCause, Span
from app.video.recorder.recorder_note import read_health
from tests.station_log import OFFICER
from tests.video.cameras import until
from tests.video.recorder.stations import (
    QUICK,
    RecorderHere,
    a_station,
    camera_of,
    footage_of,
    kinds,
    plays_whole,
    recording,
    specs,
    station_log,
    wait_until_recording,
)

pytestmark = pytest.mark.expected_log("^recording (full|gone)$")

NOW = SystemClock()
DAY = timedelta(days=1)
MB = 1_000_000


@pytest.fixture(scope="module")
def fleet() -> Iterator[SimulatedFleet]:
    made = SimulatedFleet(specs(2))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def station(tmp_path: Path, fleet: SimulatedFleet) -> StationFolder:
    return a_station(tmp_path / "station", [camera_of(fleet, specs(1)[0])])


class FillingDisk(Disk):
    """Says how much is free as a disk of `size_bytes` would, of which recordings are all there is;
    `fails` lets every write of a growing file fail with that errno."""

    def __init__(self, root: Path, size_bytes: int) -> None:
        super().__init__(lambda _: None)
        object.__setattr__(self, "root", root)
        object.__setattr__(self, "size_bytes", size_bytes)
        object.__setattr__(self, "fails", 0)

    root: Path
    size_bytes: int
    fails: int

    def let(self, **changes: int) -> None:
        for name, value in changes.items():
            object.__setattr__(self, name, value)

    def space(self, path: Path) -> Space:
        used = sum(_size(each) for each in self.root.rglob("*.mp4"))
        return Space(max(0, self.size_bytes - used), self.size_bytes)

    def create(self, path: Path) -> GrowingFile:
        self.make_folders(path.parent)
        if self.fails:
            raise disk_trouble(OSError(self.fails, os.strerror(self.fails)), path)
        return _FailingFile(path, self)


class _FailingFile(GrowingFile):
    def __init__(self, path: Path, disk: FillingDisk) -> None:
        super().__init__(path)
        self._disk = disk

    def write(self, data: Buffer) -> int:
        if self._disk.fails:
            super().write(memoryview(data)[: len(data) // 2])  # the rest found no room
            raise OSError(self._disk.fails, os.strerror(self._disk.fails))
        return super().write(data)


def _size(path: Path) -> int:
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def interrupted(station: StationFolder) -> str:
    """Why nothing is recorded, by the recorder's note."""
    note = read_health(station.recordings)
    return note.interrupted if note is not None else ""


def segments(station: StationFolder) -> list[Path]:
    return sorted(station.recordings.rglob("*.mp4"))


def test_a_full_disk_goes_on_by_deleting_the_oldest(station: StationFolder) -> None:
    disk = FillingDisk(station.recordings, 10 * MB)
    limits = replace(QUICK, segment_s=1.0, reserve_bytes=1000)
    with RecorderHere(station, disk=disk, limits=limits):
        until(lambda: len(segments(station)) >= 4, 15)
        first = segments(station)[0]
        used = disk.size_bytes - disk.space(station.root).free_bytes
        disk.let(size_bytes=used + 1000)  # and the reserve is all that is free
        until(lambda: not first.exists(), 10)
        assert recording(station) == {"C01"}
    assert "footage_deleted" in kinds(station)
    assert "recording_interrupted" not in kinds(station)


def test_with_only_locked_footage_left_recording_stops_loudly_and_goes_on_when_there_is_room(
    station: StationFolder,
) -> None:
    disk = FillingDisk(station.recordings, 10 * MB)
    limits = replace(QUICK, segment_s=1.0, reserve_bytes=100_000)
    log = station_log(station)
    try:
        with (
            RecorderHere(station, disk=disk, limits=limits),
            closing(footage_of(station)) as footage,
        ):
            until(lambda: len(segments(station)) >= 3, 15)
            span = Span(NOW.now() - DAY, NOW.now() + DAY)
            request_lock(log, ("C01",), span, "คดีลักทรัพย์", actor=OFFICER).result()
            until(lambda: footage.locks_held(), 5)
            before = segments(station)
            disk.let(size_bytes=disk.size_bytes - disk.space(station.root).free_bytes + 100)
            until(lambda: "recording_interrupted" in kinds(station), 15)
            until(
                lambda: (note := read_health(station.recordings)) and note.interrupted == "full", 5
            )
            until(lambda: footage.gaps("C01", NOW.now(), NOW.now() + DAY), 10)
            assert footage.gaps("C01", NOW.now(), NOW.now() + DAY)[0].cause is GapCause.DISK
            assert all(path.exists() for path in before)
            disk.let(size_bytes=100 * MB)
            until(lambda: "recording_resumed" in kinds(station), 10)
            wait_until_recording(station)
    finally:
        log.close()
    assert "footage_deleted" not in kinds(station)


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO])
def test_a_write_that_fails_in_the_middle_of_a_segment_keeps_what_was_synced(
    station: StationFolder, fault: int
) -> None:
    disk = FillingDisk(station.recordings, 100 * MB)
    recorder = RecorderHere(station, disk=disk, limits=replace(QUICK, segment_s=30))
    with recorder, closing(footage_of(station)) as footage:
        until(lambda: (one := segments(station)) and one[0].stat().st_size > 10_000, 10)
        disk.let(fails=fault)
        until(lambda: footage.gaps("C01", NOW.now(), NOW.now() + DAY), 10)
        (gap,) = footage.gaps("C01", NOW.now(), NOW.now() + DAY)
        assert gap.cause is GapCause.DISK
        assert gap.detail == ("full" if fault == errno.ENOSPC else "failed")
        disk.let(fails=0)
        until(lambda: not footage.gaps("C01", NOW.now(), NOW.now() + DAY), 10)
    with closing(footage_of(station)) as footage:
        for one in footage.segments("C01", StreamKind.MAIN, NOW.now() - DAY, NOW.now()):
            assert one.size_bytes == one.path.stat().st_size
            assert plays_whole(one)


def test_the_disk_is_told_of_at_each_mark_once(station: StationFolder) -> None:
    disk = FillingDisk(station.recordings, 100 * MB)
    with RecorderHere(station, disk=disk, limits=replace(QUICK, segment_s=1.0)):
        until(lambda: len(segments(station)) >= 2, 15)
        used = disk.size_bytes - disk.space(station.root).free_bytes
        disk.let(size_bytes=int(used / 0.85) + 1)
        until(lambda: "recording_disk_low" in kinds(station), 5)
    assert kinds(station).count("recording_disk_low") >= 1


def test_a_recording_folder_that_vanishes_is_a_gap_and_its_return_ends_it(
    tmp_path: Path, fleet: SimulatedFleet
) -> None:
    other = tmp_path / "disk2" / "cctv"
    other.parent.mkdir()
    folder = a_station(
        tmp_path / "station", [camera_of(fleet, specs(1)[0])], recordings_folders=(str(other),)
    )
    with RecorderHere(folder), closing(footage_of(folder)) as footage:
        wait_until_recording(folder)
        until(lambda: list(other.rglob("*.mp4")), 5)
        other.rename(other.with_name("away"))
        until(lambda: "recording_interrupted" in kinds(folder), 15)
        until(lambda: footage.gaps("C01", NOW.now(), NOW.now() + DAY), 10)
        assert footage.gaps("C01", NOW.now(), NOW.now() + DAY)[0].cause is GapCause.DISK
        until(lambda: not recording(folder), 5)
        other.mkdir()  # an empty mount point is not the disk
        assert not _recording_within(folder, 1.0)
        assert not list(other.iterdir())
        other.rmdir()
        other.with_name("away").rename(other)
        wait_until_recording(folder)
    assert not list(folder.recordings.glob("2*"))
    assert kinds(folder).count("footage_missing") == 0


def _recording_within(folder: StationFolder, seconds: float) -> bool:
    with suppress(AssertionError):
        until(lambda: recording(folder), seconds)
        return True
    return False


def test_a_folder_that_is_gone_gives_way_to_another(tmp_path: Path, fleet: SimulatedFleet) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    folder = a_station(
        tmp_path / "station",
        [camera_of(fleet, specs(1)[0])],
        recordings_folders=(str(one), str(two)),
    )
    with RecorderHere(folder):
        wait_until_recording(folder)
        until(lambda: list(one.rglob("*.mp4")) or list(two.rglob("*.mp4")), 5)
        used, spare = (one, two) if list(one.rglob("*.mp4")) else (two, one)
        used.rename(tmp_path / "away")
        until(lambda: list(spare.rglob("*.mp4")), 15)
    assert "recording_interrupted" not in kinds(folder)


@contextmanager
def a_small_disk(place: Path, size_mb: int) -> Iterator[Path]:
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or shutil.which("mount") is None
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root may mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.expected_log("could not be written|disk is full|cannot be made|is full")
def test_a_disk_that_is_really_full_loses_no_index_and_recording_goes_on(
    tmp_path: Path, fleet: SimulatedFleet
) -> None:
    """A tmpfs of 12 MB that something else fills to the last byte, index, segment and all."""
    with a_small_disk(tmp_path / "small", 12) as small:
        folder = a_station(small / "station", [camera_of(fleet, specs(1)[0])])
        with RecorderHere(folder, limits=replace(QUICK, segment_s=1.0)):
            wait_until_recording(folder)
            fill = small / "fill"
            with suppress(OSError), fill.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(65536))
            until(lambda: not recording(folder) or _is_waiting(folder), 15)
            fill.unlink()
            wait_until_recording(folder, within_s=20)
        with RecorderHere(folder):
            wait_until_recording(folder)
        assert kinds(folder)[0] == "recorder_started"


def _is_waiting(folder: StationFolder) -> bool:
    """The note itself finds no room: it is old."""
    note = read_health(folder.recordings)
    return note is None or not note.is_fresh(NOW.now()) or bool(note.interrupted)


def test_a_network_disk_is_refused(tmp_path: Path, station: StationFolder) -> None:
    with pytest.raises(KnownError, match="network disk"):
        open_station(station.root, Disk(lambda _: "nfs4"))
