"""What the console believes of a camera whose worker talks, lies, or says nothing more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.clock import SystemClock
from app.video.health import LOST_AFTER_S, CameraState, Health
from app.video.live import Wanted, WatchedCamera
from app.video.picture import Picture, Size
from app.video.reasons import DECODER_STOPPED, FROZE, NO_MEMORY, STOPPED
from app.video.shared_pictures import SharedOutbox
from app.video.workers.orders import Tile
from app.video.workers.remote_camera import RemoteCamera
from tests.video.cameras import address_of

SMALL, LARGE = Wanted(480, 270), Wanted(1200, 700)
LIVE = Health("", CameraState.LIVE, fps=15.0)


class MovedClock(SystemClock):
    """The computer's clock, put forward."""

    ahead_s = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead_s


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def camera(clock: MovedClock) -> Iterator[RemoteCamera]:
    camera = RemoteCamera(1, WatchedCamera("C1", address_of(554)), clock)
    yield camera
    camera.close()


def outbox(camera: RemoteCamera, wanted: Wanted = SMALL) -> SharedOutbox:
    tile = camera.order(wanted).tile
    assert tile is not None
    return SharedOutbox(tile.segment)


def put(outbox: SharedOutbox, shade: int) -> None:
    """What a worker does with a picture."""
    pixels = outbox.room(Size(480, 270))
    pixels[:] = shade
    now_s, now = time.monotonic(), SystemClock().now()
    outbox.put(Picture("C1", 1, pixels, now_s, now.timestamp(), Size(640, 360)))


def shade_of(camera: RemoteCamera) -> int:
    picture = camera.newest()
    assert picture is not None
    return int(np.max(picture.pixels))


def test_a_worker_that_says_live_is_believed_while_its_pictures_are_young(
    camera: RemoteCamera, clock: MovedClock
) -> None:
    worker = outbox(camera)
    put(worker, 7)
    camera.heard(LIVE)
    health = camera.health()
    assert (health.camera_id, health.state, health.fps) == ("C1", CameraState.LIVE, 15.0)
    assert health.size == (640, 360)
    assert health.is_live(clock.monotonic())
    clock.ahead_s = LOST_AFTER_S + 0.1
    camera.heard(LIVE)
    health = camera.health()
    assert (health.state, health.reason, health.fps) == (CameraState.LOST, FROZE, 0.0)
    since_s = health.since_s
    clock.ahead_s += 5
    assert camera.health().since_s == since_s
    worker.close()


def test_a_worker_that_says_live_and_delivers_nothing_is_not_believed(
    camera: RemoteCamera, clock: MovedClock
) -> None:
    outbox(camera).close()
    said = replace(LIVE, since_s=clock.monotonic(), last_picture_s=clock.monotonic() + 1e6)
    camera.heard(said)
    assert not camera.health().is_live(clock.monotonic())
    clock.ahead_s = LOST_AFTER_S + 0.1
    assert camera.health().state is CameraState.LOST


def test_a_tile_that_grows_keeps_its_picture_until_a_larger_one_is_there(
    camera: RemoteCamera,
) -> None:
    small = outbox(camera)
    put(small, 10)
    large = outbox(camera, LARGE)
    camera.tidy()
    assert shade_of(camera) == 10
    huge = outbox(camera, Wanted(3000, 1600))  # and grows again before anything came
    camera.tidy()
    assert shade_of(camera) == 10
    put(huge, 30)
    assert shade_of(camera) == 30
    camera.tidy()
    assert shade_of(camera) == 30
    for worker in (small, large, huge):
        worker.close()


def test_a_tile_that_moves_a_little_keeps_its_segment(camera: RemoteCamera) -> None:
    before, after = (camera.order(each).tile for each in (SMALL, Wanted(490, 272, main=True)))
    assert before is not None
    assert after == Tile(490, 272, True, before.segment)


def test_when_the_worker_dies_the_camera_is_lost_and_its_last_picture_stays(
    camera: RemoteCamera,
) -> None:
    worker = outbox(camera)
    put(worker, 40)
    camera.heard(replace(LIVE, drops=3, reconnects=2))
    camera.worker_lost()
    health = camera.health()
    assert (health.state, health.reason) == (CameraState.LOST, DECODER_STOPPED)
    assert health.last_picture_at is not None
    next_worker = outbox(camera)
    put(worker, 50)  # what the dead worker may still have written is seen no more
    assert shade_of(camera) == 50 or shade_of(camera) == 40
    camera.heard(Health("", CameraState.CONNECTING, attempt=1))
    assert camera.health().state is CameraState.LOST, "trying again is not news to the officer"
    assert camera.health().attempt == 1
    put(next_worker, 60)
    camera.heard(replace(LIVE, drops=1))
    health = camera.health()
    assert (health.state, health.drops, health.reconnects) == (CameraState.LIVE, 4, 3)
    assert shade_of(camera) == 60
    for each in (worker, next_worker):
        each.close()


def test_a_wrong_password_stays_one_when_the_worker_dies(camera: RemoteCamera) -> None:
    camera.heard(Health("", CameraState.WRONG_PASSWORD, next_try_s=1e6))
    camera.worker_lost()
    camera.heard(Health("", CameraState.OFF))
    assert camera.health().state is CameraState.WRONG_PASSWORD
    camera.retried()
    camera.heard(Health("", CameraState.CONNECTING))
    assert camera.health().state is CameraState.CONNECTING


def test_a_camera_that_was_only_connecting_is_not_lost_with_its_worker(
    camera: RemoteCamera,
) -> None:
    camera.heard(Health("", CameraState.CONNECTING))
    camera.worker_lost()
    assert camera.health().state is CameraState.CONNECTING
    camera.heard(Health("", CameraState.LOST, STOPPED))
    camera.worker_lost()
    assert camera.health().reason == STOPPED


def test_a_camera_long_hidden_gives_its_memory_back_and_its_last_time_stays_known(
    camera: RemoteCamera,
) -> None:
    worker = outbox(camera)
    put(worker, 70)
    camera.heard(LIVE)
    camera.drop_pictures()
    assert (camera.newest(), camera.has_pictures) == (None, False)
    assert camera.health().last_picture_at is not None
    worker.close()


def test_a_computer_without_memory_for_a_picture_says_so(
    camera: RemoteCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.video.shared_pictures.SharedMemory", no_room)
    assert camera.order(SMALL).tile is None
    assert (camera.health().state, camera.health().reason) == (CameraState.LOST, NO_MEMORY)
