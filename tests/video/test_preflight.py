"""What a camera is found to be before the decoder is let near it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from app.cameras.address import parse_camera_address
from app.video.answer import Found
from app.video.preflight import Answer, Finding, examine, where_sent
from app.video.reasons import refused_trial
from app.video.rtsp import Reply
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


def sends_on(location: str, status: str = "302 Moved Temporarily") -> Callable[[str], bytes | None]:
    """A camera that names another address for its stream."""
    return lambda request: (
        rtsp(request, status, headers=f"Location: {location}\r\n")
        if request.startswith("DESCRIBE")
        else rtsp(request)
    )


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Moved Temporarily"])
def test_a_camera_that_sends_us_on_is_asked_there_once(scripted_camera: Make, status: str) -> None:
    other = scripted_camera(describes(SDP))
    camera = scripted_camera(sends_on(f"rtsp://127.0.0.1:{other.port}/real", status))
    answer = examine(address_of(camera.port))
    assert answer.finding is Finding.REACHABLE
    assert answer.sent_on_to == address_of(other.port, "/real")


def test_the_password_goes_along_to_the_same_host_only(scripted_camera: Make) -> None:
    guard = Guarded("admin", "geheim", BASIC)
    camera_behind = scripted_camera(guard)
    right = ("admin", "geheim")
    same = scripted_camera(sends_on(f"rtsp://127.0.0.1:{camera_behind.port}/real"))
    answer = examine(address_of(same.port).with_credentials(*right))
    assert answer.finding is Finding.REACHABLE
    assert answer.sent_on_to is not None
    assert answer.sent_on_to.password == "geheim"
    camera_behind.requests.clear()
    elsewhere = scripted_camera(sends_on(f"rtsp://localhost:{camera_behind.port}/real"))
    answer = examine(address_of(elsewhere.port).with_credentials(*right))
    assert answer.finding is Finding.SENT_ON
    assert camera_behind.requests != []
    assert not any("Authorization" in request for request in camera_behind.requests)


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "http://127.0.0.1/video", "concat:a|b", "", "rtsp://", "rtsp://c/\0"],
)
def test_a_camera_that_sends_us_where_no_camera_is_is_told(
    scripted_camera: Make, location: str
) -> None:
    camera = scripted_camera(sends_on(location))
    assert examine(address_of(camera.port)) == Answer(Finding.SENT_ON, 302)


def test_cameras_that_send_us_round_in_circles_are_left(scripted_camera: Make) -> None:
    locations = ["", ""]
    cameras = [
        scripted_camera(lambda request, number=number: sends_on(locations[number])(request))
        for number in (0, 1)
    ]
    locations[:] = [str(address_of(camera.port)) for camera in reversed(cameras)]
    assert examine(address_of(cameras[0].port)).finding is Finding.SENT_ON
    asked = [sum(r.startswith("DESCRIBE") for r in camera.requests) for camera in cameras]
    assert asked == [1, 1]


def test_an_encrypted_camera_cannot_send_us_on_in_the_clear() -> None:
    secret = parse_camera_address("rtsps://127.0.0.1:1/s").with_credentials("admin", "x")
    reply = Reply(302, (("location", "rtsp://127.0.0.1:1/s"),), "", 0.0)
    with pytest.raises(Found) as found:
        where_sent(secret, reply)
    assert found.value.answer.finding is Finding.SENT_ON


def test_a_camera_that_plays_is_examined_until_its_first_packet(real_camera: RealCamera) -> None:
    assert examine(real_camera.address, until_media=True) == Answer(Finding.REACHABLE, 200, "H264")


def test_a_camera_that_agrees_to_play_and_plays_nothing_is_found_out(
    scripted_camera: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.preflight.MEDIA_BUDGET_S", 0.3)
    camera = scripted_camera(describes(SDP))
    assert examine(address_of(camera.port), until_media=True).finding is Finding.NO_MEDIA
    methods = [request.split()[0] for request in camera.requests]
    assert methods == ["OPTIONS", "DESCRIBE", "SETUP", "PLAY", "TEARDOWN"]
    setup, play = camera.requests[2:4]
    assert setup.startswith(f"SETUP rtsp://127.0.0.1:{camera.port}/stream/track1 RTSP/1.0")
    assert "Transport: RTP/AVP/TCP;unicast;interleaved=0-1" in setup
    assert "Session: 12345678" in play


def test_reports_alone_are_no_picture(
    scripted_camera: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.preflight.MEDIA_BUDGET_S", 0.3)
    quiet = describes(SDP)

    def reply(request: str) -> bytes | None:
        reports = b"$\x01\x00\x04\x80\xc9\x00\x00" if request.startswith("PLAY") else b""
        return (quiet(request) or b"") + reports

    answer = examine(address_of(scripted_camera(reply).port), until_media=True)
    assert answer.finding is Finding.NO_MEDIA


def test_a_packet_that_comes_before_the_word_to_play_counts(scripted_camera: Make) -> None:
    quiet = describes(SDP)

    def reply(request: str) -> bytes | None:
        packet = b"$\x00\x00\x0c" + b"\x80\x60" + bytes(10)
        return (packet if request.startswith("PLAY") else b"") + (quiet(request) or b"")

    answer = examine(address_of(scripted_camera(reply).port), until_media=True)
    assert answer.finding is Finding.REACHABLE


def test_a_packet_is_found_at_once_behind_any_amount_of_random_bytes(
    scripted_camera: Make,
) -> None:
    quiet = describes(SDP)
    rubbish = Random(7).randbytes(300_000)

    def reply(request: str) -> bytes | None:
        packet = rubbish + b"$\x00\x00\x0c" + b"\x80\x60" + bytes(10)
        return (quiet(request) or b"") + (packet if request.startswith("PLAY") else b"")

    camera = scripted_camera(reply)
    began_s = time.monotonic()
    assert examine(address_of(camera.port), until_media=True).finding is Finding.REACHABLE
    assert time.monotonic() - began_s < 1.5, "not waited for what a random mark promises"


def test_random_bytes_are_no_picture(
    scripted_camera: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.preflight.MEDIA_BUDGET_S", 0.5)
    quiet = describes(SDP)
    rubbish = Random(8).randbytes(300_000)
    camera = scripted_camera(
        lambda request: (quiet(request) or b"") + (rubbish if request.startswith("PLAY") else b"")
    )
    assert examine(address_of(camera.port), until_media=True).finding is Finding.NO_MEDIA


def test_a_camera_that_sends_only_another_way_turns_us_away(scripted_camera: Make) -> None:
    camera = scripted_camera(
        lambda request: (
            rtsp(request, "461 Unsupported Transport")
            if request.startswith("SETUP")
            else describes(SDP)(request)
        )
    )
    answer = examine(address_of(camera.port), until_media=True)
    assert answer == Answer(Finding.TURNED_AWAY, 461)


def test_every_finding_has_its_sentence_and_advice() -> None:
    for finding in Finding:
        if finding is not Finding.REACHABLE:
            told = refused_trial(Answer(finding, 453))
            assert told.what.english()
            assert told.do is not None
