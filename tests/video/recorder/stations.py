"""Stations with simulated cameras for the recorder's tests, and recorders, here or real.

`RecorderHere` runs one in a thread with limits and a clock of the test's; `RecorderProcess` is
`python main.py record`.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Self

import av

from app.cameras.camera import Camera, StreamKind
from app.cameras.register import register
from app.clock import Clock, SystemClock
from app.demo.simulated_cameras import CameraSpec, SimulatedFleet, StampContent, StreamSize
from app.log import Log
from app.station import Disk, FileSecrets, Redactor, StationFolder, create_station
from app.station.profile import Profile
from app.video.archive.index_reading import IndexedFootage
from app.video.archive.segment import Segment
from app.video.recorder.recorder import Recorder, RecorderParts
from app.video.recorder.recorder_note import StopRequest, ask_to_stop, read_health
from app.video.recorder.surroundings import Limits
from app.views import all_views
from tests.station_log import PROGRAM
from tests.video.cameras import until

ROOT = Path(__file__).resolve().parents[3]
SIZE = StreamSize(320, 180, 10)
QUICK = Limits(segment_s=2.0, beat_s=0.3, look_s=0.1, reserve_bytes=1_000_000, join_s=8.0)
GOP_S = 1.0


def specs(count: int = 1, **changes: object) -> list[CameraSpec]:
    """Small stamped cameras with a keyframe every second."""
    made = [
        CameraSpec(f"S{number:02d}", "x", StampContent(), SIZE, SIZE, keyframe_every_s=GOP_S)
        for number in range(1, count + 1)
    ]
    return [replace(each, **changes) for each in made]  # type: ignore[arg-type]


def a_station(root: Path, cameras: Sequence[Camera] = (), **settings: object) -> StationFolder:
    """A station with these cameras on its register."""
    profile = Profile(
        station_id="station-1", origin="console-1", name_th="ทดสอบ", name_en="Test",
        zone_name_th="ทดสอบ", zone_name_en="Test",
    )  # fmt: skip
    folder = create_station(root, replace(profile, **settings))  # type: ignore[arg-type]
    log = station_log(folder)
    try:
        for camera in cameras:
            register(log, camera, actor=PROGRAM, confirmed=True).result()
    finally:
        log.close()
    return folder


def station_log(folder: StationFolder, clock: Clock | None = None) -> Log:
    """The console's log of a station, open."""
    log = Log(folder.database, origin="console-1", views=all_views(), clock=clock or SystemClock())
    log.open()
    return log


def camera_of(fleet: SimulatedFleet, spec: CameraSpec, *, sub: bool = False) -> Camera:
    """A simulated camera as it stands in the register."""
    sub_url = fleet.url(spec.camera_id, StreamKind.SUB) if sub else ""
    main_url = fleet.url(spec.camera_id, StreamKind.MAIN)
    return Camera("", spec.camera_id, main_url, sub_url, 16.54, 104.72, username=spec.username)


class RecorderHere:
    """A recorder in a thread of this process, for a `with` block."""

    def __init__(
        self,
        folder: StationFolder,
        *,
        limits: Limits = QUICK,
        clock: Clock | None = None,
        disk: Disk | None = None,
    ) -> None:
        parts = RecorderParts(
            clock or SystemClock(), FileSecrets(Redactor()), disk or Disk(), limits
        )
        self.folder = folder
        self.left: tuple[str, ...] = ()
        self.error: BaseException | None = None
        self.recorder = Recorder(folder, parts)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        if self.error is not None and error[0] is None:
            raise self.error

    def stop(self) -> None:
        """As on SIGTERM."""
        self._stop.set()
        self._thread.join(20)
        assert not self._thread.is_alive()

    def wait_for_end(self) -> None:
        """After somebody asked it to stop."""
        self._thread.join(20)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.left = self.recorder.run(self._stop)
        except BaseException as error:  # noqa: BLE001 (shown by the test that runs it)
            self.error = error


class RecorderProcess:
    """`python main.py record`: the real one, to be killed."""

    def __init__(self, folder: StationFolder) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "record", "--station", str(self.folder.root)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def end(self) -> int:
        """SIGTERM; its exit code."""
        assert self.process is not None
        self.process.terminate()
        code = self.process.wait(20)
        self.process = None
        return code


def stop(folder: StationFolder, by: str = "officer-1", why: str = "ทดสอบ") -> None:
    """Ask the recorder to stop."""
    ask_to_stop(folder.recordings, StopRequest(by, why), Disk())


def recording(folder: StationFolder) -> set[str]:
    """The cameras that are being recorded now, by the recorder's own word."""
    health = read_health(folder.recordings)
    return set(health.recorded) if health is not None else set()


def wait_until_recording(folder: StationFolder, count: int = 1, within_s: float = 15.0) -> None:
    """Until so many cameras are recorded."""
    until(lambda: len(recording(folder)) == count, within_s)


def footage_of(folder: StationFolder) -> IndexedFootage:
    """What the console reads."""
    return IndexedFootage(folder.recordings)


def kinds(folder: StationFolder) -> list[str]:
    """The kinds of the recorder's entries, in their order."""
    with closing(footage_of(folder)) as footage, footage.reading() as db:
        if db is None:
            return []
        return [row[0] for row in db.execute("SELECT kind FROM entries ORDER BY seq")]


def plays_whole(segment: Segment) -> bool:
    """Whether every picture of a file can be decoded, and they last as long as the index says.

    A camera that is drawn on a busy machine leaves pictures out: they are not counted, but timed.
    """
    with closing(av.open(str(segment.path))) as container:
        times_s = [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]
        packets = sum(1 for _ in _packets(segment.path))
    lasts_ms = (times_s[-1] - times_s[0]) * 1000
    return packets == len(times_s) and lasts_ms <= segment.duration_ms <= lasts_ms + 1000


def _packets(path: Path) -> Iterator[object]:
    with closing(av.open(str(path))) as container:
        yield from (packet for packet in container.demux(video=0) if packet.size)
