"""Cameras that send what they should not: what the officer reads, and that nobody else suffers.

One worker reads the sick camera and its neighbour, as on a wall of two.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import av
import numpy as np
import pytest

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.camera import Camera, StreamKind
from app.cameras.register_csv import read_register, write_register
from app.clock import SystemClock
from app.demo.simulated_cameras import (
    CameraSpec,
    ClipContent,
    SimulatedFleet,
    StampContent,
    StreamSize,
)
from app.demo.simulated_cameras.spec import Fault, FaultSettings
from app.errors import KnownError
from app.log import Log
from app.platform import resident_bytes
from app.thai.translation import Language
from app.video.connection_log import ConnectionLog
from app.video.health import LOST_AFTER_S, CameraState, Health
from app.video.live import Wanted, WatchedCamera
from app.video.reasons import EVERY
from app.video.workers.pictures import WorkerPictures
from app.video.workers.worker import MOST_BYTES
from tests.station_log import PROGRAM, a_station_log
from tests.video.cameras import (
    Guarded,
    ScriptedCamera,
    address_of,
    rtsp,
    until,
)

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]
SIZE = StreamSize(640, 360, 15)
TILE = Wanted(240, 135)
Beside = Callable[[CameraAddress], "Wall"]
BACK_WITHIN_S = 4.0
FROZE = "The picture froze."
STOPPED = "The camera stopped sending."
SENT_ON = "The camera sends us on to another address that cannot be used."
TOO_LARGE = "The camera's pictures are too large to show."


@dataclass
class Seen:
    """What was seen of the two cameras in some seconds."""

    seconds: float = 0.0
    neighbour: set[int] = field(default_factory=set)
    sentences: set[str] = field(default_factory=set)
    live: bool = True

    @property
    def neighbour_fps(self) -> float:
        return len(self.neighbour) / self.seconds


class Wall:
    """A sick camera and its neighbour on tiles, and the station's log of both."""

    def __init__(self, fleet: SimulatedFleet, log: Log, sick: CameraAddress) -> None:
        self.fleet = fleet
        self._log = log
        clock = SystemClock()
        self.live = WorkerPictures(clock, ConnectionLog(log, PROGRAM, clock))
        well = parse_camera_address(fleet.url("WELL", StreamKind.SUB))
        self.live.set_cameras([WatchedCamera("SICK", sick), WatchedCamera("WELL", well)])
        self.live.show({"SICK": TILE, "WELL": TILE})
        self.live.start()

    def health(self, camera_id: str = "SICK") -> Health:
        return self.live.health(camera_id)

    def is_live(self, camera_id: str = "SICK") -> bool:
        return self.health(camera_id).is_live(time.monotonic())

    def says(self, sentence: str, state: CameraState = CameraState.LOST) -> bool:
        """Whether the sick camera's tile says this."""
        health = self.health()
        return (
            health.state is state
            and health.reason is not None
            and (health.reason.english() == sentence)
        )

    def look(self, seconds: float) -> Seen:
        """Watch both; an old picture must never be called live."""
        seen, began_s = Seen(), time.monotonic()

        def looked() -> bool:
            health, picture = self.health(), self.live.newest("WELL")
            if health.reason is not None:
                seen.sentences.add(health.reason.english())
            age_s = health.age_s(time.monotonic())
            if health.state is CameraState.LIVE:
                assert age_s is not None
                assert age_s < LOST_AFTER_S + 0.3
            else:
                seen.live = False
            if picture is not None:
                seen.neighbour.add(picture.seq)
            seen.seconds = time.monotonic() - began_s
            return seen.seconds >= seconds

        until(looked, seconds + 5)
        return seen

    def neighbour_keeps_pace(self, seen: Seen) -> bool:
        """Whether it lost no picture to the sick one; to a busy machine it may for a while."""
        return seen.neighbour_fps >= 14 or any(self.look(2).neighbour_fps >= 14 for _ in range(5))

    def log_holds_only_losses_and_returns(self) -> bool:
        """Of the sick camera alone."""
        self._log.append(actor=PROGRAM).result()
        kinds = {entry.kind for entry in self._log.entries_of("SICK")}
        all_are_its = self._log.count() == len(self._log.entries_of("SICK"))
        return all_are_its and kinds <= {"camera_lost", "camera_back"}


@pytest.fixture(scope="module")
def fleet() -> Iterator[SimulatedFleet]:
    fleet = SimulatedFleet(
        [CameraSpec(name, "", StampContent(), main=SIZE, sub=SIZE) for name in ("SICK", "WELL")]
    )
    fleet.start()
    yield fleet
    fleet.stop()


@pytest.fixture(scope="module")
def wall(fleet: SimulatedFleet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wall]:
    sick = parse_camera_address(fleet.url("SICK", StreamKind.SUB))
    with a_station_log(tmp_path_factory.mktemp("log")) as log:
        wall = Wall(fleet, log, sick)
        until(lambda: wall.is_live("SICK") and wall.is_live("WELL"), 15)  # its worker is there
        yield wall
        assert wall.live.stop() == ()


@pytest.fixture
def beside(fleet: SimulatedFleet, tmp_path: Path) -> Iterator[Beside]:
    """A wall with this camera as the sick one; the log holds nothing but that it was lost."""
    walls: list[Wall] = []
    with a_station_log(tmp_path) as log:

        def begin(sick: CameraAddress) -> Wall:
            walls.append(Wall(fleet, log, sick))
            until(lambda: walls[-1].is_live("WELL"), 15)
            return walls[-1]

        yield begin
        for wall in walls:
            assert wall.log_holds_only_losses_and_returns()
            assert wall.live.stop() == ()


@pytest.fixture
def well(wall: Wall) -> Iterator[Wall]:
    """Both are live; afterwards the sick one is soon back, and the log holds nothing else."""
    until(lambda: wall.is_live("SICK") and wall.is_live("WELL"), 15)
    pid = wall.live.process_of("WELL")
    yield wall
    wall.fleet.heal("SICK")
    assert until(wall.is_live, 8) <= BACK_WITHIN_S
    assert wall.live.process_of("WELL") == pid, "the worker lived through it"
    assert wall.health("WELL").reconnects == 0
    assert wall.log_holds_only_losses_and_returns()


@pytest.mark.parametrize(
    ("fault", "sentences"),
    [(Fault.GARBAGE, {FROZE, STOPPED}), (Fault.REDIRECT, {SENT_ON})],
)
def test_a_camera_that_sends_nothing_usable_is_lost_and_the_tile_says_why(
    well: Wall, fault: Fault, sentences: set[str]
) -> None:
    well.fleet.fault("SICK", fault)
    seen = well.look(LOST_AFTER_S)
    assert well.health().state is CameraState.LOST
    assert seen.sentences & sentences
    assert well.neighbour_keeps_pace(seen)


@pytest.mark.parametrize(
    ("fault", "settings", "fps"),
    [
        (Fault.EMPTY, FaultSettings(), 15),
        (Fault.SIZE, FaultSettings(width_px=320, height_px=180), 15),
        (Fault.SIZE, FaultSettings(width_px=1280, height_px=720), 15),
        (Fault.RATE, FaultSettings(fps=1), 1),
        (Fault.ONE_BYTE, FaultSettings(), 15),
    ],
    ids=["nothing between", "smaller", "larger", "one a second", "in single bytes"],
)
def test_a_camera_that_changes_while_it_sends_stays_on_its_tile(
    well: Wall, fault: Fault, settings: FaultSettings, fps: int
) -> None:
    well.fleet.fault("SICK", fault, settings)
    seen = well.look(1.6)
    assert seen.live
    until(lambda: abs(well.health().fps - fps) <= 1, 20)  # a slow machine decodes large ones late
    assert well.health().reason is None
    assert well.neighbour_keeps_pace(seen)


def test_spoilt_pictures_are_shown_or_called_lost_and_end_with_the_spoiling(well: Wall) -> None:
    well.fleet.fault("SICK", Fault.CORRUPT)
    seen = well.look(2)
    assert seen.sentences <= {reason.english() for reason in EVERY}
    assert well.neighbour_keeps_pace(seen)


def test_another_codec_is_there_within_seconds(well: Wall) -> None:
    well.fleet.fault("SICK", Fault.CODEC)
    assert until(lambda: well.is_live() and well.health().codec == "HEVC") <= BACK_WITHIN_S


@pytest.mark.parametrize("location", ["file:///etc/passwd", "rtsp://127.0.0.1:{other}/x", ""])
def test_a_camera_that_sends_us_away_gives_no_other_our_password(
    beside: Beside, scripted_camera: Make, location: str
) -> None:
    other = scripted_camera(Guarded("admin", "secret", 'Basic realm="r"'))
    where = location.format(other=other.port).replace("127.0.0.1", "localhost")
    camera = scripted_camera(lambda r: rtsp(r, "302 Found", headers=f"Location: {where}\r\n"))
    wall = beside(address_of(camera.port, credentials="admin:secret@"))
    until(lambda: wall.says(SENT_ON))
    assert bool(other.requests) is ("{other}" in location)
    assert not any("Authorization" in request for request in other.requests)


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One picture of 7680×4320."""
    path = tmp_path_factory.mktemp("8k") / "8k.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=2)
        stream.width, stream.height, stream.pix_fmt = 7680, 4320, "yuv420p"
        stream.options = {"g": "1", "preset": "ultrafast", "tune": "zerolatency", "threads": "1"}
        grey = np.full((4320 * 3 // 2, 7680), 90, np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, "yuv420p")))
        container.mux(stream.encode())
    return path


def test_a_camera_of_eight_thousand_pixels_is_refused_with_a_sentence_and_not_decoded(
    beside: Beside, huge: Path
) -> None:
    fleet = SimulatedFleet([CameraSpec("8K", "", ClipContent(huge))])
    fleet.start()
    try:
        assert fleet.wait_until_ready(20)
        wall = beside(parse_camera_address(fleet.url("8K", StreamKind.SUB)))
        until(lambda: wall.says(TOO_LARGE, CameraState.NO_VIDEO), 10)
        assert wall.neighbour_keeps_pace(wall.look(1.5))
        pid = wall.live.process_of("WELL")
        assert pid is not None
        assert (resident_bytes(pid) or MOST_BYTES) < MOST_BYTES / 2
    finally:
        fleet.stop()


def test_a_file_of_this_computer_is_no_camera_wherever_it_is_written() -> None:
    camera = Camera("C01", "ตลาด", "rtsp://10.0.0.9/s", "", 16.54, 104.72)
    for evil in ("file:///etc/passwd", "FILE:/etc/passwd", "concat:a|b", "/dev/video0", "pipe:0"):
        with pytest.raises(KnownError) as refused:
            replace(camera, main_url=evil).checked()
        assert "/etc" not in refused.value.what.english()
        rows = write_register([camera], Language.ENGLISH).replace(
            b"rtsp://10.0.0.9/s", evil.encode()
        )
        file = read_register(rows, date(2026, 11, 22))
        assert not file.rows
        assert [trouble.column for trouble in file.troubles]
