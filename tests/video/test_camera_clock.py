"""How far a camera's clock is off, as the officer would be told."""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import CameraSpec, Login, SimulatedFleet, StampContent
from app.video.camera_clock import (
    NTP_BEFORE_UNIX_S,
    ClockReading,
    ClockSource,
    camera_times,
    measure_clock,
)
from app.video.camera_connection import CalledOff
from tests.video.cameras import SDP, ScriptedCamera, address_of, describes, free_port, rtsp

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]
OFFSETS_S = {"right": 0.0, "behind": -12.5, "ahead": 3600.0}
NOW_UNIX_S = datetime(2026, 11, 22, 3, 46, tzinfo=UTC).timestamp()
AFTER_2036_UNIX_S = datetime(2040, 1, 1, tzinfo=UTC).timestamp()


@pytest.fixture(scope="module")
def fleet() -> Iterator[SimulatedFleet]:
    specs = [
        CameraSpec(
            camera_id=name,
            name_th=name,
            content=StampContent(),
            clock_offset_s=offset_s,
            login=Login.DIGEST if name == "behind" else Login.NONE,
            username="admin",
            password="p@ss",
        )
        for name, offset_s in OFFSETS_S.items()
    ]
    cameras = SimulatedFleet(specs)
    cameras.start()
    assert cameras.wait_until_ready(20)
    yield cameras
    cameras.stop()


@pytest.mark.parametrize("name", OFFSETS_S)
def test_a_camera_s_clock_is_measured_to_a_tenth_of_a_second(
    fleet: SimulatedFleet, name: str
) -> None:
    address = parse_camera_address(fleet.url(name, StreamKind.SUB))
    address = address.with_credentials("admin", "p@ss")
    readings = [_certain(measure_clock(address)) for _ in range(3)]
    assert {reading.source for reading in readings} == {ClockSource.SENDER_REPORT}
    best = max(reading.ahead_s for reading in readings)  # a busy machine takes a report up late
    assert best == pytest.approx(OFFSETS_S[name], abs=0.1)


def _certain(reading: ClockReading | None) -> ClockReading:
    assert reading is not None
    return reading


def dated(text: str) -> Callable[[str], bytes | None]:
    """A camera that writes this date into its replies and never sends a packet."""
    silent = describes(SDP)

    def reply(request: str) -> bytes | None:
        answer = silent(request)
        return answer and answer.replace(b"\r\n", f"\r\nDate: {text}\r\n".encode(), 1)

    return reply


def in_seconds(ahead_s: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=ahead_s)


@pytest.mark.parametrize("ahead_s", [0, 95, -400])
@pytest.mark.parametrize("form", ["rfc", "live555"])
def test_without_reports_the_date_of_its_replies_tells_whole_seconds(
    scripted_camera: Make, ahead_s: int, form: str
) -> None:
    date = in_seconds(ahead_s)
    live555 = date.strftime("%a, %b %d %Y %H:%M:%S GMT")
    text = format_datetime(date, usegmt=True) if form == "rfc" else live555
    reading = measure_clock(address_of(scripted_camera(dated(text)).port), budget_s=0.2)
    assert reading is not None
    assert reading.source is ClockSource.DATE_HEADER
    assert reading.ahead_s == pytest.approx(ahead_s, abs=1)
    assert reading.ahead_s == round(reading.ahead_s)
    assert reading.accuracy_s == 1


@pytest.mark.parametrize("hours", [7, -5.5])
def test_a_camera_that_writes_its_local_time_is_not_called_wrong(
    scripted_camera: Make, hours: float
) -> None:
    text = format_datetime(in_seconds(hours * 3600), usegmt=True)
    assert measure_clock(address_of(scripted_camera(dated(text)).port), budget_s=0.2) is None


@pytest.mark.parametrize("text", ["", "yesterday", "Sun, 99 Foo 99999 99:99:99 GMT", "\0"])
def test_a_date_that_is_none_tells_nothing(scripted_camera: Make, text: str) -> None:
    assert measure_clock(address_of(scripted_camera(dated(text)).port), budget_s=0.2) is None


def test_a_camera_that_is_not_there_tells_nothing() -> None:
    assert measure_clock(address_of(free_port())) is None
    assert measure_clock(CameraAddress("http", "127.0.0.1", 80, "/video")) is None


def test_a_measurement_that_is_called_off_ends_at_once_and_says_goodbye(
    scripted_camera: Make,
) -> None:
    camera = scripted_camera(describes(SDP))
    stop = threading.Event()
    call_off = threading.Timer(0.2, stop.set)
    call_off.start()
    began_s = time.monotonic()
    with pytest.raises(CalledOff):
        measure_clock(address_of(camera.port), stop=stop)
    assert time.monotonic() - began_s < 1.5
    assert camera.requests[-1].startswith("TEARDOWN ")
    call_off.join()


def test_no_clock_is_measured_where_the_password_is_refused(scripted_camera: Make) -> None:
    camera = scripted_camera(lambda request: rtsp(request, "401 Unauthorized"))
    assert measure_clock(address_of(camera.port)) is None


def report(ntp_s: int, fraction: int = 0) -> bytes:
    return struct.pack("!BBHIIIIII", 0x80, 200, 6, 1, ntp_s, fraction, 0, 0, 0)


def test_a_report_behind_another_packet_is_found() -> None:
    receiver_report = struct.pack("!BBHI", 0x80, 201, 1, 1)
    compound = receiver_report + report(int(NOW_UNIX_S) + NTP_BEFORE_UNIX_S, 2**31)
    assert list(camera_times(compound, NOW_UNIX_S)) == [NOW_UNIX_S + 0.5]


def test_a_report_without_a_time_of_day_tells_nothing() -> None:
    assert list(camera_times(report(0), NOW_UNIX_S)) == []
    since_it_was_switched_on_s = 86_400
    assert list(camera_times(report(since_it_was_switched_on_s), NOW_UNIX_S)) == []


def test_a_report_is_understood_after_the_count_of_seconds_starts_again_in_2036() -> None:
    ntp_s = (int(AFTER_2036_UNIX_S) + NTP_BEFORE_UNIX_S) % 2**32
    assert list(camera_times(report(ntp_s), AFTER_2036_UNIX_S)) == [AFTER_2036_UNIX_S]


@given(st.binary(max_size=200))
def test_a_report_may_be_any_bytes(rtcp: bytes) -> None:
    assert all(unix_s >= 0 for unix_s in camera_times(rtcp, NOW_UNIX_S))
