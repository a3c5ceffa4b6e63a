"""Trying a camera before it is added: what the officer is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from app.cameras.address import parse_camera_address
from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.demo.simulated_cameras import CameraSpec, SimulatedFleet, StampContent
from app.errors import KnownError
from app.video.opener import OpenCvOpener
from app.video.picture import Size
from app.video.trial import TrialResult, TrialStep, TrialStepKind, try_camera
from tests.video.cameras import (
    SDP,
    SOUND_ONLY,
    Guarded,
    RealCamera,
    ScriptedCamera,
    address_of,
    describes,
    free_port,
    rtsp,
)

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]


def attempt(
    url: str,
    stop: threading.Event | None = None,
    on_step: Callable[[TrialStep], None] | None = None,
) -> TrialResult | None:
    opener = OpenCvOpener(open_timeout_s=1.0, read_timeout_s=1.0)
    address = parse_camera_address(url)
    return try_camera(address, opener=opener, clock=SystemClock(), stop=stop, on_step=on_step)


def sentence(url: str) -> str:
    with pytest.raises(KnownError) as refused:
        attempt(url)
    assert refused.value.do is not None
    return refused.value.what.english()


def test_a_camera_that_works_shows_its_picture_size_and_codec(real_camera: RealCamera) -> None:
    result = attempt(str(real_camera.address))
    assert result is not None
    assert (result.size, result.codec) == ((640, 360), "H264")
    assert result.picture.size == Size(480, 270)
    assert 0 < result.ready_s < 5


def test_each_address_that_shows_nothing_is_told_why(
    scripted_camera: Make, real_camera: RealCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.preflight.MEDIA_BUDGET_S", 0.3)

    def at(reply: Callable[[str], bytes | None]) -> str:
        return str(address_of(scripted_camera(reply).port))

    assert sentence("ตลาด") == "This is not a camera address."
    assert sentence("file:///etc/passwd").startswith("A camera address cannot begin")
    refused = str(address_of(free_port()))
    assert sentence(refused) == "The camera refuses the connection."
    nowhere = "rtsp://no-such-camera.invalid/s"
    assert sentence(nowhere) == "The camera cannot be reached."
    assert sentence(at(describes(SOUND_ONLY))) == "The stream holds no video."
    assert sentence(at(describes(SDP))) == "The camera answers, but no picture comes."
    guarded = at(Guarded("admin", "x", 'Basic realm="r"'))
    assert sentence(guarded) == "The camera does not accept the user name and password."
    other = str(address_of(real_camera.port, "/other.mp4"))
    assert sentence(other) == "The camera has no stream of this name."


def test_a_trial_that_is_called_off_says_nothing(real_camera: RealCamera) -> None:
    stop = threading.Event()
    stop.set()
    assert attempt(str(real_camera.address), stop) is None


def test_a_trial_that_waits_for_a_camera_is_called_off_at_once(scripted_camera: Make) -> None:
    camera = scripted_camera(lambda _: b"")
    stop = threading.Event()
    call_off = threading.Timer(0.1, stop.set)
    call_off.start()
    began_s = time.monotonic()
    assert attempt(str(address_of(camera.port)), stop) is None
    assert time.monotonic() - began_s < 0.8
    call_off.join()


def test_each_step_is_told_when_it_is_known(real_camera: RealCamera) -> None:
    steps: list[TrialStep] = []
    result = attempt(str(real_camera.address), on_step=steps.append)
    assert result is not None
    kinds = [step.kind for step in steps]
    assert kinds == list(TrialStepKind)
    reachable, described, picture, clock = steps
    assert described.codec == "H264"
    assert picture.picture is result.picture
    assert (picture.size, picture.codec) == ((640, 360), "H264")
    assert picture.after_s == result.ready_s
    assert 0 < reachable.after_s <= described.after_s < picture.after_s < clock.after_s
    assert clock.clock_ahead_s == (result.clock.ahead_s if result.clock else None)


def test_a_camera_that_refuses_us_is_told_to_be_there(scripted_camera: Make) -> None:
    steps: list[TrialStep] = []
    camera = scripted_camera(Guarded("admin", "x", 'Basic realm="r"'))
    with pytest.raises(KnownError):
        attempt(str(address_of(camera.port)), on_step=steps.append)
    assert [step.kind for step in steps] == [TrialStepKind.REACHABLE]
    steps.clear()
    with pytest.raises(KnownError):
        attempt(str(address_of(free_port())), on_step=steps.append)
    assert steps == []


def test_the_clock_of_the_camera_is_part_of_the_trial() -> None:
    spec = CameraSpec("C01", "C01", StampContent(), clock_offset_s=-95.0)
    fleet = SimulatedFleet([spec])
    fleet.start()
    try:
        assert fleet.wait_until_ready(20)
        result = attempt(fleet.url("C01", StreamKind.SUB), on_step=lambda _: None)
    finally:
        fleet.stop()
    assert result is not None
    assert result.clock is not None
    assert result.clock.ahead_s == pytest.approx(-95, abs=0.3)


def test_a_camera_that_sends_us_on_is_opened_where_it_says(
    scripted_camera: Make, real_camera: RealCamera
) -> None:
    location = f"Location: {real_camera.address}\r\n"
    camera = scripted_camera(lambda request: rtsp(request, "302 Found", headers=location))
    result = attempt(str(address_of(camera.port)))
    assert result is not None
    assert result.size == Size(640, 360)
    assert len(camera.requests) == 1  # the decoder went straight there
