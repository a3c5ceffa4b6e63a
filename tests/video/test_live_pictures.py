"""The camera wall's live pictures, from real RTSP cameras that freeze, die and come back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras.fleet import SimulatedFleet
from app.demo.simulated_cameras.spec import CameraSpec, ClipContent, Fault, Login
from app.video.health import CameraState, Freshness, Health
from app.video.live import LivePictures, Wanted, WatchedCamera
from app.video.opener import OpenCvOpener
from app.video.reader import Limits, Surroundings
from app.video.threaded import ThreadedPictures
from app.video.workers.pictures import WorkerPictures
from app.video.workers.supervisor import Terms
from tests.video.cameras import (
    FPS,
    SDP,
    Guarded,
    RealCamera,
    ScriptedCamera,
    address_of,
    describes,
    free_port,
    until,
)

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]
TILE_SIZE = Wanted(480, 270)
TILE = {"C01": TILE_SIZE}


class Told:
    """What the listener was told."""

    def __init__(self) -> None:
        self.states: list[tuple[str, CameraState]] = []
        self.threads: set[str] = set()

    def __call__(self, camera_id: str, health: Health) -> None:
        self.states.append((camera_id, health.state))
        self.threads.add(threading.current_thread().name)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(params=["threads", "workers"])
def live(request: pytest.FixtureRequest, told: Told) -> Iterator[LivePictures]:
    """Both that stand behind `LivePictures`: the wall may not see a difference."""
    limits = Limits(linger_s=0.3, hidden_check_s=0.5)
    pictures: LivePictures
    if request.param == "threads":
        around = Surroundings(OpenCvOpener(), SystemClock(), on_state=told, limits=limits)
        pictures = ThreadedPictures(around)
    else:
        pictures = WorkerPictures(SystemClock(), told, Terms(limits))
    pictures.start()
    yield pictures
    assert pictures.stop() == ()


def is_live(live: LivePictures, camera_id: str = "C01") -> bool:
    return live.health(camera_id).is_live(SystemClock().monotonic())


def watch(live: LivePictures, address: CameraAddress) -> None:
    live.set_cameras([WatchedCamera("C01", address)])
    live.show(TILE)


def test_a_camera_shows_its_picture_in_the_tile_s_size_and_the_right_colours(
    live: LivePictures, real_camera: RealCamera
) -> None:
    watch(live, real_camera.address)
    until(lambda: live.newest("C01"), 10)
    picture = live.newest("C01")
    assert picture is not None
    assert picture.pixels.shape == (270, 480, 4)
    assert picture.pixels.flags.c_contiguous
    assert picture.source_size == (640, 360)
    assert (picture.pixels[..., 3] == 255).all()
    top_left_bgr = picture.pixels[40, 40, :3].astype(int)
    assert np.abs(top_left_bgr - (30, 30, 220)).max() < 30
    until(lambda: abs(live.health("C01").fps - FPS) < 2)
    health = live.health("C01")
    assert (health.state, health.codec, health.size) == (CameraState.LIVE, "H264", (640, 360))


def test_pictures_keep_the_camera_s_proportions(
    live: LivePictures, real_camera: RealCamera
) -> None:
    live.set_cameras([WatchedCamera("C01", real_camera.address)])
    live.show({"C01": Wanted(400, 400)})
    until(lambda: live.newest("C01"), 10)
    picture = live.newest("C01")
    assert picture is not None
    assert picture.size == (400, 225)
    live.show({"C01": Wanted(320, 90)})
    until(lambda: (newest := live.newest("C01")) and newest.size == (160, 90))


def test_a_frozen_camera_is_never_shown_as_live(
    live: LivePictures, real_camera: RealCamera, told: Told
) -> None:
    watch(live, real_camera.address)
    until(lambda: is_live(live), 10)
    real_camera.freeze()
    assert until(lambda: live.health("C01").state is CameraState.LOST, 4) <= 3.0
    health = live.health("C01")
    assert health.reason is not None
    assert health.last_picture_at is not None
    last = live.newest("C01")
    assert last is not None, "the last good picture stays, to be shown as lost"
    until(lambda: health.freshness(SystemClock().monotonic()) is Freshness.LOST)
    assert not is_live(live)
    real_camera.thaw()
    until(lambda: is_live(live), 8)
    newest = live.newest("C01")
    assert newest is not None
    assert newest.seq > last.seq
    assert live.health("C01").reconnects == 1
    states = [state for _, state in told.states]
    assert states == [
        CameraState.STANDBY,
        CameraState.CONNECTING,
        CameraState.LIVE,
        CameraState.LOST,
        CameraState.LIVE,
    ] or states == [
        CameraState.CONNECTING,
        CameraState.LIVE,
        CameraState.LOST,
        CameraState.LIVE,
    ]


def test_a_camera_without_power_is_lost_and_comes_back_by_itself(
    live: LivePictures, real_camera: RealCamera
) -> None:
    watch(live, real_camera.address)
    until(lambda: is_live(live), 10)
    real_camera.drop()
    until(lambda: live.health("C01").state is CameraState.LOST, 3)
    until(lambda: live.health("C01").attempt >= 1, 3)
    assert live.health("C01").state is CameraState.LOST, "trying again is not news to the officer"
    reason = live.health("C01").reason
    assert reason is not None
    assert reason.english() in ("The camera stopped sending.", "The camera refuses the connection.")
    real_camera.start()
    until(lambda: is_live(live), 6)
    assert live.health("C01").attempt == 0


def test_a_hidden_camera_decodes_nothing_but_is_known_to_answer(
    live: LivePictures, real_camera: RealCamera, scripted_camera: Make
) -> None:
    asked = scripted_camera(describes(SDP))  # a second one, only to count how often it is asked
    live.set_cameras(
        [
            WatchedCamera("C01", real_camera.address),
            WatchedCamera("C02", address_of(asked.port)),
        ]
    )
    live.show(TILE)
    until(lambda: is_live(live), 10)
    live.show({})
    until(lambda: live.health("C01").state is CameraState.STANDBY)
    before = live.newest("C01")
    asked_before = len(asked.requests)
    until(lambda: len(asked.requests) >= asked_before + 4)
    assert live.newest("C01") is before
    assert live.health("C01").fps == 0
    real_camera.drop()
    until(lambda: live.health("C01").state is CameraState.LOST)
    real_camera.start()
    until(lambda: live.health("C01").state is CameraState.STANDBY, 6)
    live.show(TILE)
    until(lambda: is_live(live), 6)


def test_a_wrong_password_is_a_state_of_its_own_and_tried_once(
    live: LivePictures, scripted_camera: Make
) -> None:
    guard = Guarded("admin", "right", 'Digest realm="r", nonce="n"')
    address = address_of(scripted_camera(guard).port).with_credentials("admin", "guess")
    watch(live, address)
    until(lambda: live.health("C01").state is CameraState.WRONG_PASSWORD)
    tried = guard.refusals
    next_try_s = live.health("C01").next_try_s
    assert next_try_s is not None
    assert next_try_s - SystemClock().monotonic() > 200
    live.show({})
    live.show(TILE)
    live.retry("C01")
    until(lambda: guard.refusals > tried)
    until(lambda: live.health("C01").state is CameraState.WRONG_PASSWORD)
    assert guard.refusals == tried + 2, "asked for by a person once, and not for being looked at"


@pytest.mark.parametrize("kind", ["refusing", "silent", "no password", "no pictures"])
def test_dead_cameras_do_not_hold_up_a_healthy_one(
    live: LivePictures, real_camera: RealCamera, scripted_camera: Make, kind: str
) -> None:
    dead = {
        "refusing": lambda: free_port(),
        "silent": lambda: scripted_camera(lambda _: b"").port,
        "no password": lambda: scripted_camera(Guarded("a", "b", 'Basic realm="r"')).port,
        "no pictures": lambda: scripted_camera(describes(SDP)).port,
    }[kind]
    number = 2 if kind == "no pictures" else 4
    streams = [WatchedCamera(f"D{n}", address_of(dead())) for n in range(number)]
    live.show({**TILE, **{stream.camera_id: TILE_SIZE for stream in streams}})
    live.set_cameras([*streams, WatchedCamera("C01", real_camera.address)])
    # One that answers all questions and sends no picture can only be found out by the decoder:
    # it may hold the others up once, for its time-out, and then it goes to the back of the queue.
    assert until(lambda: is_live(live), 12) < (9 if kind == "no pictures" else 3)
    assert all(not is_live(live, stream.camera_id) for stream in streams)


def test_a_camera_taken_off_the_wall_is_gone_and_a_new_address_is_read_anew(
    live: LivePictures, real_camera: RealCamera
) -> None:
    watch(live, address_of(free_port()))
    until(lambda: live.health("C01").state is CameraState.LOST)
    live.set_cameras([WatchedCamera("C01", real_camera.address)])
    until(lambda: is_live(live), 10)
    live.set_cameras([])
    assert live.newest("C01") is None
    assert live.health("C01") == Health("C01")


def test_the_listener_is_told_on_threads_of_the_video_room(
    live: LivePictures, told: Told, clip: Path
) -> None:
    watch(live, address_of(free_port()))
    until(lambda: told.states)
    assert threading.main_thread().name not in told.threads


@pytest.mark.parametrize("login", [Login.BASIC, Login.DIGEST])
def test_a_password_with_every_awkward_letter_opens_the_camera(
    live: LivePictures, clip: Path, login: Login
) -> None:
    secret = "p@ss:/w%rd #? รหัสลับ"
    spec = CameraSpec("C01", "", ClipContent(clip), login=login, username="ผู้ดู@แล", password=secret)
    fleet = SimulatedFleet([spec])
    fleet.start()
    try:
        plain = parse_camera_address(fleet.url("C01", StreamKind.SUB))
        watch(live, plain.with_credentials(spec.username, secret))
        until(lambda: is_live(live), 15)
        live.set_cameras(
            [WatchedCamera("C01", plain.with_credentials(spec.username, secret + "x"))]
        )
        until(lambda: live.health("C01").state is CameraState.WRONG_PASSWORD)
    finally:
        fleet.stop()


def test_a_camera_that_answers_but_sends_no_more_pictures_is_lost_and_comes_back(
    live: LivePictures, clip: Path
) -> None:
    specs = [CameraSpec(camera_id, "", ClipContent(clip)) for camera_id in ("C01", "C02")]
    fleet = SimulatedFleet(specs)
    fleet.start()
    try:
        addresses = {s.camera_id: fleet.url(s.camera_id, StreamKind.SUB) for s in specs}
        live.set_cameras(
            [WatchedCamera(i, parse_camera_address(url)) for i, url in addresses.items()]
        )
        live.show(dict.fromkeys(addresses, TILE_SIZE))
        until(lambda: is_live(live, "C01") and is_live(live, "C02"), 15)
        fleet.fault("C01", Fault.FREEZE)
        until(lambda: live.health("C01").state is CameraState.LOST, 3)
        until(lambda: live.health("C01").attempt >= 1)
        fleet.heal("C01")
        until(lambda: is_live(live, "C01"))
        assert live.health("C02").reconnects == 0
    finally:
        fleet.stop()
