"""Requests good and bad, and what the SDP says."""

from __future__ import annotations

import base64

import pytest

from app.demo.simulated_cameras.doorkeeper import Doorkeeper
from app.demo.simulated_cameras.nal_units import ParameterSets
from app.demo.simulated_cameras.rtsp_message import (
    BadRequestError,
    Request,
    description,
    interleaved_channels,
    parse_request,
    response,
)
from app.demo.simulated_cameras.spec import Codec, Login


def test_a_request_is_read_with_its_headers_in_any_case() -> None:
    head = b"SETUP rtsp://h:8554/C01/sub/trackID=0 RTSP/1.0\r\nCSeq: 3\r\nTRANSPORT: x;y\r\n\r\n"
    request = parse_request(head)
    assert (request.method, request.path) == ("SETUP", "/C01/sub")
    assert request.headers == {"cseq": "3", "transport": "x;y"}
    assert response(request, 461) == b"RTSP/1.0 461 Unsupported Transport\r\nCSeq: 3\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xfe RTSP/1.0\r\n\r\n",
        b"PLAY RTSP/1.0\r\n\r\n",
    ],
)
def test_what_is_no_rtsp_request_is_refused(head: bytes) -> None:
    with pytest.raises(BadRequestError):
        parse_request(head)


def test_the_sdp_carries_profile_and_parameter_sets() -> None:
    sets = ParameterSets(Codec.H264, b"\x67\x42\xc0\x1fmore", b"\x68pps")
    sdp = description("C01 sub", sets, 12.0)
    assert "a=rtpmap:96 H264/90000\r\n" in sdp
    assert "profile-level-id=42C01F" in sdp
    sprop = sdp.split("sprop-parameter-sets=")[1].split("\r\n")[0]
    assert [base64.b64decode(part) for part in sprop.split(",")] == [sets.sps, sets.pps]


@pytest.mark.parametrize(
    ("transport", "channels"),
    [
        ("RTP/AVP/TCP;unicast;interleaved=4-5", (4, 5)),
        ("RTP/AVP;unicast;client_port=1-2,RTP/AVP/TCP;interleaved=0-1", (0, 1)),
        ("RTP/AVP/TCP", (0, 1)),
        ("RTP/AVP;unicast;client_port=5000-5001", None),
        ("RTP/AVP/TCP;interleaved=300-301", None),
        ("RTP/AVP/TCP;interleaved=x", None),
        ("", None),
    ],
)
def test_only_tcp_transport_is_accepted(transport: str, channels: tuple[int, int] | None) -> None:
    assert interleaved_channels(transport) == channels


def request_with(authorization: str) -> Request:
    return Request("DESCRIBE", "rtsp://h/C01/sub", {"authorization": authorization})


def test_basic_login_wants_the_exact_name_and_password() -> None:
    keeper = Doorkeeper(Login.BASIC, "admin", "ลับ:1")
    good = base64.b64encode("admin:ลับ:1".encode()).decode()
    assert keeper.lets_in(request_with(f"Basic {good}"))
    for bad in ("", "Basic", "Basic !!!", f"Digest {good}", "Basic YWRtaW46"):
        assert not keeper.lets_in(request_with(bad))


def test_a_wrong_or_outdated_digest_is_refused() -> None:
    keeper = Doorkeeper(Login.DIGEST, "Mufasa", "Circle Of Life")
    assert "Digest realm=" in keeper.challenge()
    nonce = keeper.challenge().split('nonce="')[1].rstrip('"')
    wrong = f'Digest username="Mufasa", nonce="{nonce}", uri="x", response="0"'
    assert not keeper.lets_in(request_with(wrong))
    assert not keeper.lets_in(request_with('Digest username="Mufasa", nonce="old", response="0"'))
