"""Camera addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.address import PORTS, CameraAddress, parse_camera_address
from app.errors import KnownError

hosts = st.one_of(
    st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z][a-z0-9]{0,5}){0,2}", fullmatch=True),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda address: address.compressed),
)
secrets = st.text(min_size=1, max_size=30)
paths = st.from_regex(r"(/[A-Za-z0-9._~%@:&=?-]{0,12}){0,3}", fullmatch=True)
addresses = st.builds(
    CameraAddress,
    scheme=st.sampled_from(sorted(PORTS)),
    host=hosts,
    port=st.integers(1, 65535),
    path=paths,
)


@given(addresses)
def test_what_is_shown_can_be_typed_again(address: CameraAddress) -> None:
    assert parse_camera_address(str(address)) == address


@given(addresses, secrets, st.one_of(st.none(), st.text(max_size=30)))
def test_any_user_name_and_password_survive_the_opening_url(
    address: CameraAddress, username: str, password: str | None
) -> None:
    opened = address.with_credentials(username, password)
    assert parse_camera_address(opened.opening_url()) == opened


@given(addresses, st.text("abcXYZ0189@:/%กขค", min_size=6, max_size=20).map("pw§".__add__))
def test_a_password_is_never_seen_in_what_is_shown(address: CameraAddress, password: str) -> None:
    opened = address.with_credentials("admin", password)
    assert password not in str(opened) + repr(opened) + f"{opened}"
    assert str(opened) == str(opened.without_credentials) == str(address)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_clear_sentence(text: str) -> None:
    for typed in (text, "rtsp://" + text):
        try:
            address = parse_camera_address(typed)
        except KnownError as error:
            assert len(error.sentences) >= 2
        else:
            assert parse_camera_address(address.opening_url()) == address


@pytest.mark.parametrize(
    ("typed", "username", "password"),
    [
        ("rtsp://admin:p%40ss%3A%2Fw%25rd@10.0.0.9/s", "admin", "p@ss:/w%rd"),
        ("rtsp://admin:p@ss:w%rd@10.0.0.9/s", "admin", "p@ss:w%rd"),
        ("rtsp://ผู้ดูแล:รหัสลับ๑@10.0.0.9/s", "ผู้ดูแล", "รหัสลับ๑"),
        ("rtsp://admin@10.0.0.9/s", "admin", None),
        ("rtsp://admin:@10.0.0.9/s", "admin", ""),
        ("rtsp://@10.0.0.9/s", None, None),
    ],
)
def test_credentials_typed_in_the_address_are_understood(
    typed: str, username: str | None, password: str | None
) -> None:
    address = parse_camera_address(typed)
    assert (address.username, address.password) == (username, password)
    assert (address.host, str(address)) == ("10.0.0.9", "rtsp://10.0.0.9/s")


@pytest.mark.parametrize(
    ("typed", "shown", "port"),
    [
        ("  RTSP://Camera.Ex:554/Live/1?sub=1  ", "rtsp://camera.ex/Live/1?sub=1", 554),
        ("rtsps://10.0.0.9", "rtsps://10.0.0.9", 322),
        ("http://10.0.0.9:8080/mjpg?a=b", "http://10.0.0.9:8080/mjpg?a=b", 8080),
        ("https://[fe80::0:1]/v", "https://[fe80::1]/v", 443),
        ("rtsp://10.0.0.9?stream=1", "rtsp://10.0.0.9/?stream=1", 554),
        ("rtsp://10.0.0.9/ก 1", "rtsp://10.0.0.9/%E0%B8%81%201", 554),
        ("rtsp://ไทย/1", "rtsp://xn--o3cw4h/1", 554),
    ],
)
def test_an_address_is_shown_in_one_way(typed: str, shown: str, port: int) -> None:
    address = parse_camera_address(typed)
    assert str(address) == shown
    assert address.port == port


PORT = "The port in the camera address must be a number from 1 to 65535."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "This is not a camera address."),
        ("ตลาดอินโดจีน", "This is not a camera address."),
        ("192.168.1.20:554/stream1", "This is not a camera address."),
        ("rtsp://10.0.0.9/a\nb", "This is not a camera address."),
        ("rtsp://10.0.0.9/\ud800", "This is not a camera address."),
        ("file:///etc/passwd", "A camera address cannot begin with “file://”."),
        ("rtmp://10.0.0.9/x", "A camera address cannot begin with “rtmp://”."),
        ("rtsp:///stream1", "The camera address names no camera: the host is missing."),
        ("rtsp://admin:x@:554/s", "The camera address names no camera: the host is missing."),
        ("rtsp://10.0.0.999/s", "The camera address names a host that cannot exist."),
        ("rtsp://[10.0.0.9]/s", "The camera address names a host that cannot exist."),
        ("rtsp://[::1]x/s", "The camera address names a host that cannot exist."),
        ("rtsp://a b/s", "The camera address names a host that cannot exist."),
        ("rtsp://10.0.0.9:0/s", PORT),
        ("rtsp://10.0.0.9:70000/", PORT),
        ("rtsp://10.0.0.9:๕๕๔/s", PORT),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_with_a_sentence(
    typed: str, sentence: str
) -> None:
    with pytest.raises(KnownError) as refused:
        parse_camera_address(typed)
    assert refused.value.what.english() == sentence
    assert refused.value.do is not None


def test_a_refusal_never_repeats_a_password_that_was_typed() -> None:
    for typed in ("rtsp://admin:geheim/1@10.0.0.9/s", "rtsp://a:geheim@b c/", "admin:geheim@host"):
        with pytest.raises(KnownError) as refused:
            parse_camera_address(typed)
        assert "geheim" not in " ".join(part.english() for part in refused.value.sentences)


def test_a_long_thai_password_fits_into_what_the_decoder_takes() -> None:
    address = parse_camera_address("rtsp://10.0.0.9/s").with_credentials(
        "ผู้ดูแล", "รหัสลับของกล้องหน้าตลาด"
    )
    credentials = address.opening_url().partition("://")[2].partition("@")[0]
    assert len(credentials.encode()) <= 127
