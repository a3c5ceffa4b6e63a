"""What a camera is found to be before the decoder is let near it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.cameras.address import parse_camera_address
from app.video.preflight import Answer, Finding, examine
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
    says,
)

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]

DIGEST = 'Digest realm="camera, \\"1\\"", nonce="abc"'
BASIC = 'Basic realm="camera"'


def test_a_real_camera_is_reachable_and_names_its_codec(real_camera: RealCamera) -> None:
    assert examine(real_camera.address) == Answer(Finding.REACHABLE, 200, "H264")


def test_a_stream_that_the_camera_does_not_have_is_told(real_camera: RealCamera) -> None:
    address = address_of(real_camera.port, "/other.mp4")
    assert examine(address).finding is Finding.NO_SUCH_STREAM


def test_a_closed_port_is_refused_at_once() -> None:
    began_s = time.monotonic()
    assert examine(address_of(free_port())).finding is Finding.REFUSED
    assert time.monotonic() - began_s < 0.5


def test_a_name_that_does_not_exist_is_unreachable() -> None:
    address = parse_camera_address("rtsp://no-such-camera.invalid/stream")
    assert examine(address).finding is Finding.UNREACHABLE


def test_a_frozen_camera_is_silent_within_the_budget(real_camera: RealCamera) -> None:
    real_camera.freeze()
    began_s = time.monotonic()
    assert examine(real_camera.address).finding is Finding.SILENT
    assert time.monotonic() - began_s < 1.9
    real_camera.thaw()


def test_sixteen_silent_cameras_are_found_in_the_time_of_one(scripted_camera: Make) -> None:
    camera = scripted_camera(lambda _request: b"")
    began_s = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(examine, [address_of(camera.port)] * 16))
    assert {answer.finding for answer in answers} == {Finding.SILENT}
    assert time.monotonic() - began_s < 2.5


def test_a_camera_slow_to_describe_is_left_to_the_decoder(scripted_camera: Make) -> None:
    camera = scripted_camera(lambda r: rtsp(r) if r.startswith("OPTIONS") else b"")
    assert examine(address_of(camera.port)).finding is Finding.REACHABLE


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (describes(SDP), Answer(Finding.REACHABLE, 200, "H264")),
        (describes(SOUND_ONLY), Answer(Finding.NO_VIDEO, 200)),
        (says("404 Not Found"), Answer(Finding.NO_SUCH_STREAM, 404)),
        (says("401 Unauthorized"), Answer(Finding.WRONG_PASSWORD, 401)),
        (says("403 Forbidden"), Answer(Finding.WRONG_PASSWORD, 403)),
        (says("453 Not Enough Bandwidth"), Answer(Finding.TURNED_AWAY, 453)),
        (lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n", Answer(Finding.NOT_RTSP)),
        (lambda _: b"SSH", Answer(Finding.NOT_RTSP)),
        (lambda _: b"RTSP/1.0 maybe\r\n\r\n", Answer(Finding.NOT_RTSP)),
        (lambda _: b"RTSP/1.0 200 OK\r\n" + b"x" * 70_000, Answer(Finding.NOT_RTSP)),
        (
            lambda _: b"RTSP/1.0 200 OK\r\nContent-Length: 9999999\r\n\r\n",
            Answer(Finding.NOT_RTSP),
        ),
        (lambda _: None, Answer(Finding.SILENT)),
    ],
    ids=lambda value: value.finding.value if isinstance(value, Answer) else "",
)
def test_each_kind_of_camera_is_told_apart(
    scripted_camera: Make, reply: Callable[[str], bytes | None], expected: Answer
) -> None:
    assert examine(address_of(scripted_camera(reply).port)) == expected


@pytest.mark.parametrize(
    "challenge",
    [
        BASIC,
        DIGEST.replace(', \\"1\\"', ""),
        'Digest realm="camera", nonce="abc", qop="auth"',
        'Digest realm="camera", nonce="abc", algorithm=SHA-256, qop="auth,auth-int"',
    ],
)
@pytest.mark.parametrize("hang_up", [False, True])
def test_the_right_password_is_accepted_and_a_wrong_one_tried_once(
    scripted_camera: Make, challenge: str, hang_up: bool
) -> None:
    guard = Guarded("admin", "p@ss:/w%rd รหัส", challenge, hang_up=hang_up)
    address = address_of(scripted_camera(guard).port)
    right = address.with_credentials("admin", "p@ss:/w%rd รหัส")
    wrong = address.with_credentials("admin", "guess")
    assert examine(right).finding is Finding.REACHABLE
    refused_before = guard.refusals
    assert examine(wrong) == Answer(Finding.WRONG_PASSWORD, 401)
    assert guard.refusals - refused_before == 2  # the question without, and the one guess


def test_no_password_is_sent_where_none_is_known(scripted_camera: Make) -> None:
    camera = scripted_camera(Guarded("admin", "x", BASIC))
    assert examine(address_of(camera.port)).finding is Finding.WRONG_PASSWORD
    assert not any("Authorization" in request for request in camera.requests)


def test_a_camera_over_http_is_only_connected_to(scripted_camera: Make) -> None:
    camera = scripted_camera(lambda _: b"")
    http = parse_camera_address(f"http://127.0.0.1:{camera.port}/video")
    assert examine(http).finding is Finding.REACHABLE
    assert camera.requests == []
    gone = parse_camera_address(f"http://127.0.0.1:{free_port()}/video")
    assert examine(gone).finding is Finding.REFUSED


def test_tls_to_a_camera_without_it_is_not_rtsp(scripted_camera: Make) -> None:
    camera = scripted_camera(lambda _: b"")
    camera_says_no = parse_camera_address(f"rtsps://127.0.0.1:{camera.port}/s")
    assert examine(camera_says_no).finding in (Finding.NOT_RTSP, Finding.SILENT)
