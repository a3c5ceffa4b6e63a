"""Main and sub stream of one camera, over real RTSP: no black picture, no gap, whichever dies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras.fleet import SimulatedFleet
from app.demo.simulated_cameras.spec import CameraSpec, ClipContent
from app.video.health import CameraState, Health
from app.video.live import Wanted, WatchedCamera
from app.video.opener import OpenCvOpener
from app.video.picture import Picture
from app.video.reader import Limits, Surroundings
from app.video.threaded import ThreadedPictures
from tests.video.cameras import RealCamera, address_of, free_port, until

MAIN, SUB = StreamKind.MAIN, StreamKind.SUB
SMALL, SELECTED = Wanted(160, 90), Wanted(160, 90, main=True)


class Tile:
    """What an officer who never looks away sees of one camera."""

    def __init__(self) -> None:
        self.states: list[CameraState] = []
        limits = Limits(linger_s=0.3, settled_after_s=1.0)
        self.live = ThreadedPictures(
            Surroundings(
                OpenCvOpener(),
                SystemClock(),
                on_state=self._on_state,
                limits=limits,
                random=Random(1),
            )
        )
        self.shown: Picture | None = None
        self.oldest_s = 0.0
        self.streams: list[StreamKind] = []

    def open(self, main: CameraAddress, sub: CameraAddress, wanted: Wanted) -> None:
        self.live.show({"C01": wanted})
        self.live.set_cameras([WatchedCamera("C01", main, sub)])

    def want(self, wanted: Wanted) -> None:
        self.live.show({"C01": wanted})

    def look_afresh(self) -> None:
        """What was before does not count."""
        self.oldest_s = 0.0
        self.streams, self.states = [], []

    def look(self) -> None:
        picture, now_s = self.live.newest("C01"), SystemClock().monotonic()
        if picture is None:
            assert self.shown is None, "a picture that was there is never taken away"
            return
        if self.shown is not None and picture is not self.shown:
            assert picture.seq > self.shown.seq
            assert picture.arrived_s >= self.shown.arrived_s
        self.shown = picture
        self.oldest_s = max(self.oldest_s, now_s - picture.arrived_s)
        if self.streams[-1:] != [picture.stream]:
            self.streams.append(picture.stream)

    def shows(self, stream: StreamKind) -> bool:
        self.look()
        health = self.live.health("C01")
        is_live = health.is_live(SystemClock().monotonic())
        return is_live and self.shown is not None and self.shown.stream is health.stream is stream

    def _on_state(self, _camera_id: str, health: Health) -> None:
        self.states.append(health.state)


@pytest.fixture
def tile() -> Iterator[Tile]:
    tile = Tile()
    tile.live.start()
    yield tile
    assert tile.live.stop() == ()


@pytest.fixture
def other_camera(clip: Path) -> Iterator[RealCamera]:
    """A second running camera, to be the main stream that dies alone."""
    camera = RealCamera(clip)
    camera.start()
    yield camera
    camera.drop()


def test_a_tile_goes_to_the_main_stream_and_back_without_a_black_picture_or_a_gap(
    tile: Tile, clip: Path
) -> None:
    fleet = SimulatedFleet([CameraSpec("C01", "", ClipContent(clip))])
    fleet.start()
    try:
        main, sub = (parse_camera_address(fleet.url("C01", kind)) for kind in (MAIN, SUB))
        tile.open(main, sub, SMALL)
        until(lambda: tile.shows(SUB), 15)
        tile.look_afresh()
        tile.want(SELECTED)
        until(lambda: tile.shows(MAIN), 10)
        tile.want(SMALL)
        until(lambda: tile.shows(SUB), 10)
        assert tile.streams == [SUB, MAIN, SUB]
        assert tile.oldest_s <= 1.0
        assert tile.states == [], "it was live all the time"
    finally:
        fleet.stop()


def test_a_main_stream_that_was_never_there_leaves_the_sub_stream_on(
    tile: Tile, real_camera: RealCamera
) -> None:
    tile.open(address_of(free_port()), real_camera.address, SMALL)
    until(lambda: tile.shows(SUB), 10)
    tile.look_afresh()
    tile.want(SELECTED)
    until(lambda: tile.live._readers["C01"]._streams[MAIN]._failures >= 2)
    assert tile.shows(SUB)
    assert tile.oldest_s <= 1.0
    assert CameraState.LOST not in tile.states


def test_a_sub_stream_that_is_not_there_is_replaced_by_the_main_stream(
    tile: Tile, real_camera: RealCamera
) -> None:
    tile.open(real_camera.address, address_of(free_port()), SMALL)
    until(lambda: tile.shows(MAIN), 10)


def test_when_the_main_stream_dies_the_sub_stream_takes_over_until_it_is_back(
    tile: Tile, real_camera: RealCamera, other_camera: RealCamera
) -> None:
    tile.open(other_camera.address, real_camera.address, SELECTED)
    until(lambda: tile.shows(MAIN), 10)
    other_camera.drop()
    assert until(lambda: tile.shows(SUB)) <= 4
    other_camera.start()
    until(lambda: tile.shows(MAIN), 8)
    assert tile.streams == [MAIN, SUB, MAIN]
    assert tile.states[-1] is CameraState.LIVE
    assert tile.live.health("C01").reconnects == 1
