"""Trying a camera before it is added: what the officer is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from app.cameras.address import parse_camera_address
from app.clock import SystemClock
from app.errors import KnownError
from app.video.opener import OpenCvOpener
from app.video.picture import Size
from app.video.trial import TrialResult, try_camera
from tests.video.cameras import (
    SDP,
    SOUND_ONLY,
    Guarded,
    RealCamera,
    ScriptedCamera,
    address_of,
    describes,
    free_port,
)

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]


def attempt(url: str, stop: threading.Event | None = None) -> TrialResult | None:
    opener = OpenCvOpener(open_timeout_s=1.0, read_timeout_s=1.0)
    address = parse_camera_address(url)
    return try_camera(address, opener=opener, clock=SystemClock(), stop=stop)


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
    scripted_camera: Make, real_camera: RealCamera
) -> None:
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
