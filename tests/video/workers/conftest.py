"""Cameras in decode workers, ended when the test is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from app.cameras.address import parse_camera_address
from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras import CameraSpec, ClipContent, SimulatedFleet
from app.video.live import Wanted, WatchedCamera
from app.video.workers.pictures import WorkerPictures
from app.video.workers.supervisor import Terms
from tests.video.workers.told import Told

TILE = Wanted(480, 270)
Watch = Callable[..., WorkerPictures]


@pytest.fixture(autouse=True)
def _plain_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spawned process imports the main module first: the console's is empty for it, pytest's is
    not, and would cost each worker 0.3 s."""
    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "__spec__", None)
    monkeypatch.delattr(main, "__file__", raising=False)  # a process of the tests has none


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def fleet(clip: Path) -> Iterator[SimulatedFleet]:
    """Four cameras."""
    specs = [CameraSpec(f"C{number}", "", ClipContent(clip)) for number in range(1, 5)]
    fleet = SimulatedFleet(specs)
    fleet.start()
    yield fleet
    fleet.stop()


@pytest.fixture
def cameras(fleet: SimulatedFleet) -> list[WatchedCamera]:
    """The fleet's cameras as the wall opens them."""
    return [
        WatchedCamera(f"C{number}", parse_camera_address(fleet.url(f"C{number}", StreamKind.SUB)))
        for number in range(1, 5)
    ]


@pytest.fixture
def watch(told: Told) -> Iterator[Watch]:
    """Shows these cameras on tiles, and knows the hidden ones; read by workers on these terms."""
    started: list[WorkerPictures] = []

    def begin(
        cameras: list[WatchedCamera], hidden: Sequence[WatchedCamera] = (), **terms: object
    ) -> WorkerPictures:
        live = WorkerPictures(SystemClock(), told, Terms(**terms))  # type: ignore[arg-type]
        started.append(live)
        live.set_cameras([*cameras, *hidden])
        live.show({camera.camera_id: TILE for camera in cameras})
        live.start()
        return live

    yield begin
    for live in started:
        live.stop(1.0)
