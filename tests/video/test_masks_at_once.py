"""Masks that change while a camera is watched: nothing unmasked is shown from that moment on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random
from typing import cast

import numpy as np
import pytest

from app.cameras.address import parse_camera_address
from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.clock import SystemClock
from app.video.camera_feed import CameraFeed
from app.video.health import CameraState, Health
from app.video.live import LivePictures, Wanted, WatchedCamera
from app.video.opener import Capture, OpenCvOpener, Room
from app.video.picture import Mailbox, Picture, Pixels, Size
from app.video.surroundings import Surroundings
from app.video.threaded import ThreadedPictures
from app.video.workers.pictures import WorkerPictures
from tests.video.cameras import FPS, RealCamera, until

LEFT = PrivacyMask(((0.0, 0.0), (0.4, 0.0), (0.4, 1.0), (0.0, 1.0)))
RIGHT = PrivacyMask(((0.6, 0.0), (1.0, 0.0), (1.0, 1.0), (0.6, 1.0)))
TILES = (Wanted(480, 270), Wanted(960, 540))


class Officer:
    """Looks at one tile without a pause, and remembers what was shown."""

    def __init__(self, kind: str, camera: RealCamera) -> None:
        self.told: list[CameraState] = []
        around = Surroundings(OpenCvOpener(), SystemClock(), on_state=self._on_state)
        self.live: LivePictures = (
            ThreadedPictures(around)
            if kind == "threads"
            else WorkerPictures(around.clock, self._on_state)
        )
        self._address = camera.address
        self.live.start()
        self.show(TILES[0])

    def _on_state(self, _camera_id: str, health: Health) -> None:
        self.told.append(health.state)

    def show(self, wanted: Wanted) -> None:
        self.live.show({"C01": wanted})

    def mask(self, *masks: PrivacyMask) -> None:
        self.live.set_cameras([WatchedCamera("C01", self._address, masks=masks)])

    def sees(self, *masks: PrivacyMask) -> bool:
        """Whether a picture is shown with these masks alone."""
        picture = self.live.newest("C01")
        return picture is not None and hidden(picture) == set(masks)

    def sees_another(self, before: Picture) -> bool:
        picture = self.live.newest("C01")
        return picture is not None and picture.seq > before.seq

    @property
    def is_live(self) -> bool:
        return self.live.health("C01").is_live(time.monotonic())


def hidden(picture: Picture) -> set[PrivacyMask]:
    """The masks that are black on it; the camera itself sends no black."""
    height, width = picture.pixels.shape[:2]
    halves = {LEFT: picture.pixels[:, : width // 3], RIGHT: picture.pixels[:, -width // 3 :]}
    return {mask for mask, half in halves.items() if not half[height // 8, :, :3].any()}


@pytest.fixture(params=["threads", "workers"])
def officer(request: pytest.FixtureRequest, real_camera: RealCamera) -> Iterator[Officer]:
    officer = Officer(request.param, real_camera)
    yield officer
    assert officer.live.stop() == ()


def test_what_is_hidden_now_is_not_shown_for_one_more_picture(officer: Officer) -> None:
    officer.mask()
    until(lambda: officer.sees() and officer.is_live, 15)
    random = Random(1)
    now: tuple[PrivacyMask, ...] = ()
    for times in range(24):
        masks = tuple(each for each in (LEFT, RIGHT) if random.random() < 0.5)
        officer.mask(*masks)
        now = masks
        officer.show(TILES[times % 2])  # the tile grows in the same moment
        looked_s = time.monotonic() + random.uniform(0, 0.3)
        while time.monotonic() < looked_s:
            called_live, picture = officer.is_live, officer.live.newest("C01")
            assert picture is not None or not called_live
            assert picture is None or hidden(picture) >= set(masks)
    until(lambda: officer.sees(*now))
    assert officer.live.health("C01").reconnects == 0
    assert CameraState.LOST not in officer.told


def test_a_new_mask_hides_the_old_picture_at_once_and_needs_no_new_connection(
    officer: Officer,
) -> None:
    officer.mask()
    until(lambda: officer.sees() and officer.is_live, 15)
    before = officer.live.newest("C01")
    assert before is not None
    officer.mask(LEFT)
    assert officer.live.newest("C01") is None
    assert officer.live.health("C01").state is CameraState.CONNECTING
    assert until(lambda: officer.sees(LEFT)) < 1, "a connection would take longer"
    until(lambda: officer.is_live)
    newest = officer.live.newest("C01")
    assert newest is not None
    assert newest.seq > before.seq
    assert np.any(before.pixels[40, 40, :3]), "what somebody still holds is not painted over"


class MaskedWhilePut(Mailbox):
    """A mask is drawn in the very moment a picture without it is left here."""

    def __init__(self, draw: Callable[[], None]) -> None:
        super().__init__()
        self._draw = draw

    def put(self, picture: Picture) -> None:
        self._draw()
        super().put(picture)


class Grey:
    """A capture whose every picture is there."""

    def picture(
        self, _box: Size, room: Room, _masks: tuple[PrivacyMask, ...]
    ) -> tuple[Pixels, Size]:
        return room(Size(16, 9)), Size(16, 9)


def test_a_picture_that_was_being_left_when_a_mask_came_makes_no_camera_live() -> None:
    after = Mailbox()
    camera = WatchedCamera("C01", parse_camera_address("rtsp://10.0.0.9/stream"))
    around = Surroundings(
        OpenCvOpener(),
        SystemClock(),
        outbox=lambda _camera_id: MaskedWhilePut(lambda: feed.mask((LEFT,), after)),
    )
    feed = CameraFeed(camera, (StreamKind.MAIN,), around, lambda _kind: None)
    feed.show(TILES[0], None)
    feed.trying(StreamKind.MAIN, asked_for=False)
    capture = cast("Capture", Grey())
    for live in (False, True):
        feed.make(StreamKind.MAIN, capture, "h264", time.monotonic())
        assert (after.newest() is not None) is live
        assert feed.monitor.snapshot().is_live(time.monotonic()) is live


def test_a_mask_that_is_taken_away_leaves_no_gap(officer: Officer) -> None:
    officer.mask(LEFT, RIGHT)
    until(lambda: officer.sees(LEFT, RIGHT) and officer.is_live, 15)
    officer.told.clear()
    officer.mask(RIGHT)

    def sees_less_hidden() -> bool:
        assert officer.live.newest("C01") is not None
        return officer.sees(RIGHT)

    assert until(sees_less_hidden) < 10 / FPS
    assert officer.told == []


def test_a_frozen_camera_s_last_picture_goes_with_a_new_mask(
    officer: Officer, real_camera: RealCamera
) -> None:
    officer.mask()
    until(lambda: officer.sees() and officer.is_live, 15)
    real_camera.freeze()
    until(lambda: officer.live.health("C01").state is CameraState.LOST, 4)
    last_at = officer.live.health("C01").last_picture_at
    officer.mask(LEFT)
    assert officer.live.newest("C01") is None
    health = officer.live.health("C01")
    assert health.state is CameraState.LOST
    assert health.last_picture_at == last_at, "since when it is lost stays known"
    officer.show(TILES[1])
    real_camera.thaw()
    until(lambda: officer.sees(LEFT), 8)


def test_a_mask_drawn_while_nobody_looks_holds_when_somebody_does(officer: Officer) -> None:
    officer.mask()
    until(lambda: officer.sees() and officer.is_live, 15)
    officer.live.show({})
    officer.mask(LEFT)
    assert officer.live.newest("C01") is None
    officer.show(TILES[0])
    until(lambda: officer.live.newest("C01"), 8)
    assert officer.sees(LEFT)
