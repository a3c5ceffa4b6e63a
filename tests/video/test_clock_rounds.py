"""When cameras are asked for their time, and that the officer is told."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras import CameraSpec, ClipContent, SimulatedFleet
from app.video.camera_clock import ClockReading, ClockSource
from app.video.camera_connection import CalledOff
from app.video.clock_rounds import AGAIN_S, EVERY_S, NOT_SOON_S, ClockRounds
from app.video.live import LivePictures, Wanted, WatchedCamera
from app.video.opener import OpenCvOpener
from app.video.surroundings import Limits, Surroundings
from app.video.threaded import ThreadedPictures
from app.video.workers.pictures import WorkerPictures
from app.video.workers.supervisor import Terms
from tests.video.cameras import until
from tests.video.python_decoder import Decoder, clock_now

OFFSETS_S = {"C1": 0.0, "C2": -12.5}
SOON = Limits(clock_after_s=0.5)
AHEAD = ClockReading(2.0, 0.1, ClockSource.SENDER_REPORT)


@dataclass(eq=False)
class Camera:
    """A camera that is as the test says."""

    clock_address: CameraAddress | None
    is_lost: bool = False
    told: list[float] = field(default_factory=list)

    def tell_clock(self, ahead_s: float) -> None:
        self.told.append(ahead_s)


class Asked:
    """Answers for the cameras, and notes who was asked when."""

    def __init__(self) -> None:
        self.clock = clock_now()
        self.began_s = self.clock.monotonic()
        self.times_s: list[float] = []
        self.answer: ClockReading | None = AHEAD
        self.cameras = [Camera(None)]
        decoder = Decoder(self.clock, lambda _number: False)
        around = Surroundings(decoder, self.clock, measure_clock=self, random=Random(1))
        self.rounds = ClockRounds(lambda: self.cameras, around)

    def __call__(self, address: CameraAddress, /, *, stop: threading.Event) -> ClockReading | None:
        self.times_s.append(self.clock.monotonic() - self.began_s)
        self.clock.advance(2.0)
        return self.answer

    def go_on(self, seconds: float, *, step_s: float = 1.0) -> list[float]:
        """Look again and again; when cameras were asked meanwhile."""
        self.times_s.clear()
        self.began_s = self.clock.monotonic()
        while self.clock.monotonic() < self.began_s + seconds:
            self.rounds.look()
            self.clock.advance(step_s)
        return list(self.times_s)


ADDRESS = parse_camera_address("rtsp://10.0.0.9/sub")


def test_a_camera_tells_its_time_soon_after_it_went_live_and_then_about_hourly() -> None:
    asked = Asked()
    assert asked.go_on(100) == [], "it is not live yet"
    camera = asked.cameras[0]
    camera.clock_address = ADDRESS
    times_s = asked.go_on(6 * EVERY_S, step_s=2)
    assert 3 <= times_s[0] <= 8
    assert all(0.69 * EVERY_S < b - a < 1.32 * EVERY_S for a, b in itertools.pairwise(times_s))
    assert 4 <= len(times_s) == len(camera.told) <= 9


def test_a_camera_that_tells_nothing_is_asked_again_sooner_and_one_that_was_lost_much_later() -> (
    None
):
    asked = Asked()
    asked.answer = None
    asked.cameras[0].clock_address = ADDRESS
    first_s, second_s = asked.go_on(AGAIN_S * 2.0, step_s=2)[:2]
    assert 0.6 * AGAIN_S < second_s - first_s < 1.4 * AGAIN_S
    asked.cameras = [Camera(ADDRESS, is_lost=True)]
    assert len(asked.go_on(0.6 * NOT_SOON_S, step_s=60)) == 1


def test_a_camera_that_comes_back_is_left_in_peace_at_first() -> None:
    asked = Asked()
    asked.cameras[0].clock_address = ADDRESS
    assert len(asked.go_on(60)) == 1
    asked.cameras[0].clock_address = None
    assert asked.go_on(2 * EVERY_S, step_s=5) == []
    asked.cameras[0].clock_address = ADDRESS
    assert asked.go_on(60)[0] >= 2


def test_many_cameras_are_asked_one_after_the_other() -> None:
    asked = Asked()
    asked.cameras = [Camera(ADDRESS) for _ in range(20)]
    times_s = asked.go_on(120)
    assert len(times_s) == 20
    assert all(later - earlier >= 2 for earlier, later in itertools.pairwise(times_s))
    assert all(camera.told == [2.0] for camera in asked.cameras)


def test_an_answer_that_takes_long_is_called_off_when_the_console_closes() -> None:
    def never(_address: CameraAddress, *, stop: threading.Event) -> ClockReading | None:
        began.set()
        assert stop.wait(10)
        raise CalledOff

    began = threading.Event()
    decoder = Decoder(clock_now(), lambda _number: False)
    limits = Limits(clock_after_s=0.0)
    around = Surroundings(decoder, SystemClock(), measure_clock=never, limits=limits)
    rounds = ClockRounds(lambda: [Camera(ADDRESS)], around)
    rounds.start()
    assert began.wait(10)
    rounds.ask_to_stop()
    assert rounds.join(1)


@pytest.fixture
def fleet(clip: Path) -> Iterator[SimulatedFleet]:
    specs = [
        CameraSpec(name, "", ClipContent(clip), clock_offset_s=offset_s)
        for name, offset_s in OFFSETS_S.items()
    ]
    fleet = SimulatedFleet(specs)
    fleet.start()
    yield fleet
    fleet.stop()


def knows_the_time_of(live: LivePictures, camera_id: str) -> bool:
    return live.health(camera_id).clock_ahead_s is not None


@pytest.mark.parametrize("kind", ["threads", "workers"])
def test_the_officer_is_told_how_far_a_camera_s_clock_is_off(
    fleet: SimulatedFleet, kind: str
) -> None:
    live: LivePictures
    if kind == "threads":
        live = ThreadedPictures(Surroundings(OpenCvOpener(), SystemClock(), limits=SOON))
    else:
        live = WorkerPictures(SystemClock(), None, Terms(SOON))
    live.start()
    try:
        streams = {i: [fleet.url(i, kind) for kind in StreamKind] for i in OFFSETS_S}
        live.set_cameras(
            [
                WatchedCamera(i, parse_camera_address(main), parse_camera_address(sub))
                for i, (main, sub) in streams.items()
            ]
        )
        live.show(dict.fromkeys(OFFSETS_S, Wanted(240, 135)))
        for camera_id, offset_s in OFFSETS_S.items():
            until(partial(knows_the_time_of, live, camera_id), 20)
            assert live.health(camera_id).clock_ahead_s == pytest.approx(offset_s, abs=0.3)
            assert live.health(camera_id).is_live(time.monotonic())
    finally:
        assert live.stop() == ()
