"""How soon a camera is back on its tile: whatever it did while it was opened, and how often."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app.cameras.address import parse_camera_address
from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras.fleet import SimulatedFleet
from app.demo.simulated_cameras.spec import CameraSpec, ClipContent, Fault
from app.video.health import CameraState
from app.video.live import Wanted, WatchedCamera
from app.video.opener import OpenCvOpener
from app.video.reader import Surroundings
from app.video.reasons import NO_PICTURE
from app.video.threaded import ThreadedPictures
from tests.video.cameras import until

CAMERAS = tuple(f"C{number:02}" for number in range(1, 5))


@pytest.fixture
def fleet(clip: Path) -> Iterator[SimulatedFleet]:
    fleet = SimulatedFleet([CameraSpec(camera_id, "", ClipContent(clip)) for camera_id in CAMERAS])
    fleet.start()
    yield fleet
    fleet.stop()


@pytest.fixture
def live() -> Iterator[ThreadedPictures]:
    live = ThreadedPictures(Surroundings(OpenCvOpener(), SystemClock(), random=Random(1)))
    live.start()
    yield live
    assert live.stop() == ()


def show(live: ThreadedPictures, fleet: SimulatedFleet, *camera_ids: str) -> None:
    urls = {camera_id: fleet.url(camera_id, StreamKind.SUB) for camera_id in camera_ids}
    live.show(dict.fromkeys(camera_ids, Wanted(240, 135)))
    live.set_cameras([WatchedCamera(i, parse_camera_address(url)) for i, url in urls.items()])


def all_are(live: ThreadedPictures, state: CameraState, *camera_ids: str) -> bool:
    return all(live.health(camera_id).state is state for camera_id in camera_ids)


def test_a_camera_that_sends_nothing_while_it_is_opened_is_back_soon_after_it_does(
    live: ThreadedPictures, fleet: SimulatedFleet
) -> None:
    fleet.fault("C01", Fault.FREEZE)
    show(live, fleet, "C01")
    until(lambda: all_are(live, CameraState.LOST, "C01"), 8)
    assert live.health("C01").reason == NO_PICTURE
    fleet.heal("C01")
    assert until(lambda: all_are(live, CameraState.LIVE, "C01")) <= 4


def test_cameras_that_come_and_go_leave_no_threads_and_no_files_open(
    live: ThreadedPictures, fleet: SimulatedFleet
) -> None:
    show(live, fleet, *CAMERAS)
    open_before = threads_before = 0
    for times in range(4):
        until(lambda: all_are(live, CameraState.LIVE, *CAMERAS), 15)
        if times == 1:
            open_before, threads_before = open_files(), threading.active_count()
        for camera_id in CAMERAS:
            fleet.fault(camera_id, Fault.DROP)
        until(lambda: all_are(live, CameraState.LOST, *CAMERAS))
        for camera_id in CAMERAS:
            fleet.heal(camera_id)
            live.retry(camera_id)
    until(lambda: all_are(live, CameraState.LIVE, *CAMERAS), 15)
    assert threading.active_count() == threads_before
    until(lambda: open_files() <= open_before + 1)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
