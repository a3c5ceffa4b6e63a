"""Cameras that say anything at all: the questions end within their budget and nothing breaks."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cameras.address import parse_camera_address
from app.video.answer import Answer, Finding
from app.video.authentication import Request, authorization
from app.video.camera_connection import CalledOff
from app.video.preflight import examine
from tests.video.cameras import SDP, ScriptedCamera, address_of, describes, rtsp

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]
BUDGET_S = 0.12
SLACK_S = 0.4  # what a busy machine adds

lengths = st.sampled_from(["-1", "0", "5", "99999999999", "9" * 5000, "٣", "0x10", "1e3", ""])
heads = st.sampled_from(
    [
        b"RTSP/1.0 200 OK\r\n",
        b"RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest nonce=",
        "RTSP/1.0 ٢٠٠ OK\r\n".encode(),
        b"RTSP/1.0 302 Found\r\nLocation: file:///etc/passwd\r\n",
        b"RTSP/1.",
        b"HTTP/1.1 200 OK\r\n",
        b"$\x00\x00\x04abcd",
        b"$\x01\xff\xff",
    ]
)
pieces = st.one_of(
    heads,
    st.binary(max_size=40),
    st.builds(lambda text: f"Content-Length: {text}\r\n".encode(), lengths),
    st.sampled_from([b"\r\n", b"\r\n\r\n", b"Session: ;;\r\n", b"m=video 0 RTP/AVP 96\r\n"]),
)


@given(answers=st.lists(st.lists(pieces, max_size=6).map(b"".join), min_size=1, max_size=4))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_a_camera_answers_the_question_ends(
    scripted_camera: Make, answers: list[bytes]
) -> None:
    left = list(answers)
    camera = scripted_camera(lambda _: left.pop(0) if left else None)
    address = address_of(camera.port).with_credentials("admin", "x")
    began_s = time.monotonic()
    assert isinstance(examine(address, budget_s=BUDGET_S), Answer)
    assert time.monotonic() - began_s < BUDGET_S + SLACK_S


@pytest.mark.parametrize(
    "endless",
    [
        b"RTSP/1.0 200 OK\r\nX: " + b"x" * 300_000,
        b"RTSP/1.0 200 OK\r\n" + b"X: y\r\n" * 50_000,
        b"$\x00\x00\x01x" * 50_000,
        b"RTSP/1.0 401 No\r\nWWW-Authenticate: Digest " + b"a" * 60_000 + b"\r\n\r\n",
        b'RTSP/1.0 401 No\r\nWWW-Authenticate: Digest a="' + b'\\"' * 30_000 + b"\r\n\r\n",
    ],
    ids=["long line", "many lines", "only packets", "endless word", "endless quote"],
)
def test_an_answer_without_end_is_given_up_in_time(scripted_camera: Make, endless: bytes) -> None:
    camera = scripted_camera(lambda r: rtsp(r) if r.startswith("OPTIONS") else endless)
    began_s = time.monotonic()
    answer = examine(address_of(camera.port).with_credentials("admin", "x"), budget_s=0.5)
    assert answer.finding is not Finding.SILENT
    assert time.monotonic() - began_s < 0.5 + SLACK_S


def test_an_answer_in_single_bytes_is_understood() -> None:
    with closing(PieceByPiece(describes(SDP), pause_s=0)) as camera:
        answer = examine(address_of(camera.port))
    assert answer == Answer(Finding.REACHABLE, 200, "H264")


def test_a_camera_that_dribbles_is_not_waited_for_beyond_the_budget() -> None:
    with closing(PieceByPiece(describes(SDP), pause_s=0.05)) as camera:
        began_s = time.monotonic()
        assert examine(address_of(camera.port), budget_s=0.3).finding is Finding.SILENT
        assert time.monotonic() - began_s < 0.3 + SLACK_S


@pytest.mark.parametrize("scheme", ["rtsp", "rtsps"])
def test_a_question_that_is_called_off_ends_at_once(scripted_camera: Make, scheme: str) -> None:
    camera = scripted_camera(lambda _: b"")
    address = parse_camera_address(f"{scheme}://127.0.0.1:{camera.port}/s")
    stop = threading.Event()
    call_off = threading.Timer(0.1, stop.set)
    call_off.start()
    began_s = time.monotonic()
    with pytest.raises(CalledOff):
        examine(address, budget_s=5, stop=stop)
    assert time.monotonic() - began_s < 1
    call_off.join()


def test_a_password_with_line_ends_writes_no_second_header() -> None:
    request = Request("DESCRIBE", "rtsp://c/1")
    for way in ('Digest realm="r", nonce="n"', 'Basic realm="r"'):
        given = authorization([way], request, "admin\r\nX-Evil: 1", "pass\r\nword")
        assert given is None or "\n" not in given


def test_each_answer_to_the_same_challenge_counts_on() -> None:
    way = ['Digest realm="r", nonce="n", qop="auth"']
    request = Request("SETUP", "rtsp://c/1")
    answers = [authorization(way, request, "a", "b", count=count) or "" for count in (1, 2)]
    assert "nc=00000001" in answers[0]
    assert "nc=00000002" in answers[1]


class PieceByPiece:
    """Answers one byte at a time."""

    def __init__(self, reply: Callable[[str], bytes | None], pause_s: float) -> None:
        self._reply, self._pause_s = reply, pause_s
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError), self._server.accept()[0] as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request in _requests(connection):
                for byte in self._reply(request) or b"":
                    if self._stop.wait(self._pause_s):
                        return
                    connection.sendall(bytes([byte]))


def _requests(connection: socket.socket) -> Iterator[str]:
    data = b""
    while piece := connection.recv(4096):
        data += piece
        while b"\r\n\r\n" in data:
            request, _, data = data.partition(b"\r\n\r\n")
            yield request.decode()
