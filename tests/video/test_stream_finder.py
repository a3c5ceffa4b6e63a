"""Only the camera's host is typed: which streams are found, and how carefully it is asked."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.address import CameraAddress
from app.errors import KnownError
from app.video.maker_streams import PAIRS, StreamPair, pair_of
from app.video.stream_finder import FoundStreams, find_streams, typed_address
from tests.video.cameras import (
    SDP,
    SOUND_ONLY,
    Guarded,
    ScriptedCamera,
    address_of,
    free_port,
    rtsp,
)

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]
Reply = Callable[[str], bytes | None]


def sdp(parameter_sets: str = "") -> str:
    return f"{SDP}a=fmtp:96 sprop-parameter-sets={parameter_sets}\r\n" if parameter_sets else SDP


def serves(streams: Mapping[str, str]) -> Reply:
    """A camera that has these paths and no others."""

    def reply(request: str) -> bytes | None:
        if not request.startswith("DESCRIBE"):
            return rtsp(request)
        url = urlsplit(request.split()[1])
        path = url.path + (f"?{url.query}" if url.query else "")
        if path not in streams:
            return rtsp(request, "404 Not Found")
        return rtsp(request, headers="Content-Type: application/sdp\r\n", body=streams[path])

    return reply


def behind(guard: Guarded, then: Reply) -> Reply:
    """The camera asks everybody for the password before it says what it has."""

    def reply(request: str) -> bytes | None:
        answer = guard(request)
        return answer if answer is None or b" 401 " in answer else then(request)

    return reply


def find(camera: ScriptedCamera, path: str = "", password: str | None = None) -> FoundStreams:
    address = address_of(camera.port, path)
    found = find_streams(address.with_credentials("admin", password) if password else address)
    assert found is not None
    return found


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.maker or pair.main)
def test_the_streams_of_each_maker_are_found_and_paired(
    scripted_camera: Make, pair: StreamPair
) -> None:
    main, sub = pair.paths()
    found = find(scripted_camera(serves({main: sdp("AAA=,BB=="), sub: sdp("CCC=,BB==")})))
    assert (found.main.path, found.maker) == (main, pair.maker)
    assert found.sub is not None
    assert found.sub.path == sub


def test_the_password_goes_along_with_both_streams(scripted_camera: Make) -> None:
    main, sub = PAIRS[1].paths()
    guard = Guarded("admin", "p@ss", 'Digest realm="Login to 4K0", nonce="abc"')
    camera = scripted_camera(behind(guard, serves({main: sdp(), sub: sdp()})))
    found = find(camera, password="p@ss")
    assert found.maker == "Dahua"
    assert found.main.password == "p@ss"
    assert found.sub is not None
    assert found.sub.password == "p@ss"


def test_a_camera_that_names_its_maker_is_asked_for_that_maker_s_streams_next(
    scripted_camera: Make,
) -> None:
    axis = next(pair for pair in PAIRS if pair.maker == "Axis")
    guard = Guarded("admin", "x", 'Digest realm="AXIS_ACCC8E", nonce="abc"')
    camera = scripted_camera(behind(guard, serves({axis.main: sdp()})))
    assert find(camera, password="x").maker == "Axis"
    asked = dict.fromkeys(
        re.findall(r"^DESCRIBE rtsp://[^/]+(\S+)", "\n".join(camera.requests), re.M)
    )
    assert list(asked)[:2] == [PAIRS[0].paths()[0], axis.main]


def test_a_wrong_password_is_tried_once_on_the_whole_camera(scripted_camera: Make) -> None:
    guard = Guarded("admin", "right", 'Basic realm="r"')
    camera = scripted_camera(guard)
    with pytest.raises(KnownError) as refused:
        find(camera, password="wrong")
    assert "does not accept the user name" in refused.value.what.english()
    guesses = [request for request in camera.requests if "Authorization:" in request]
    assert len(guesses) == 1


def test_a_camera_that_answers_to_any_path_has_no_second_stream(scripted_camera: Make) -> None:
    body = sdp("Z0IAKeKQ,aM48gA==")
    camera = scripted_camera(lambda r: rtsp(r, body=body) if r.startswith("DESCRIBE") else rtsp(r))
    assert find(camera).sub is None


def test_the_other_stream_of_a_path_typed_is_found(scripted_camera: Make) -> None:
    streams = {f"/Streaming/Channels/70{number}": sdp() for number in (1, 2)}
    camera = scripted_camera(serves(streams))
    for typed in streams:
        found = find(camera, path=typed)
        assert found.sub is not None
        assert (found.main.path, found.sub.path) == tuple(streams)


def test_a_path_that_no_maker_uses_is_taken_as_it_is(scripted_camera: Make) -> None:
    found = find(scripted_camera(serves({"/gate.sdp": sdp()})), path="/gate.sdp")
    assert (found.main.path, found.sub, found.maker) == ("/gate.sdp", None, "")


def test_a_camera_with_none_of_the_paths_says_what_to_do(scripted_camera: Make) -> None:
    sound_only = {PAIRS[0].paths()[0]: SOUND_ONLY}
    for reply in (serves({}), serves(sound_only)):
        with pytest.raises(KnownError) as none:
            find(scripted_camera(reply))
        assert none.value.do is not None
        assert none.value.what.english() == "No stream was found where cameras usually have it."


def test_a_host_without_a_camera_is_told_at_once() -> None:
    began_s = time.monotonic()
    with pytest.raises(KnownError, match="refuses the connection"):
        find_streams(address_of(free_port(), ""))
    assert time.monotonic() - began_s < 1


def test_a_search_that_is_called_off_finds_nothing(scripted_camera: Make) -> None:
    camera = scripted_camera(lambda _: b"")
    stop = threading.Event()
    call_off = threading.Timer(0.1, stop.set)
    call_off.start()
    began_s = time.monotonic()
    assert find_streams(address_of(camera.port, ""), stop=stop) is None
    assert time.monotonic() - began_s < 1
    call_off.join()


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("192.168.1.20", "192.168.1.20", 554),
        (" 192.168.1.20:8554 ", "192.168.1.20", 8554),
        ("cam-3.local", "cam-3.local", 554),
        ("[fe80::1]", "fe80::1", 554),
        ("rtsps://10.0.0.1/live", "10.0.0.1", 322),
    ],
)
def test_a_host_alone_is_an_address(typed: str, host: str, port: int) -> None:
    address = typed_address(typed)
    assert (address.host, address.port) == (host, port)


def test_another_scheme_is_no_camera_even_when_a_host_is_enough() -> None:
    with pytest.raises(KnownError):
        typed_address("file:///etc/passwd")


@given(pair=st.sampled_from(PAIRS), channel=st.integers(1, 99))
def test_a_stream_s_path_tells_its_pair_and_channel(pair: StreamPair, channel: int) -> None:
    for path in pair.paths(channel):
        known = pair_of(path)
        assert known is not None
        assert path in known[0].paths(known[1])


def test_paths_that_only_look_like_a_maker_s_belong_to_nobody() -> None:
    for path in ("/", "", "/Streaming/Channels/x01", "/stream1/more", "/profile2/mediaXsmp"):
        assert pair_of(path) is None


def test_what_was_found_never_shows_the_password() -> None:
    address = CameraAddress("rtsp", "h", 554, "/", "admin", "geheim")
    assert "geheim" not in repr(FoundStreams(address, address, ""))
