"""What viewers see of a running fleet: pictures, clocks, logins, faults. Real sockets, loopback."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from itertools import pairwise
from urllib.parse import quote

import av
import pytest
from aio_rtsp_toolkit import VideoFrameEvent, open_session

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import Fault, SimulatedFleet
from app.demo.simulated_cameras.stamp_reading import Stamp, read_stamp
from tests.demo.simulated_cameras.conftest import PASSWORD, PLAIN_PASSWORD
from tests.demo.simulated_cameras.raw_viewer import RawViewer, Rtp, SenderReport

TCP = {"rtsp_transport": "tcp", "timeout": "4000000"}


def stamps(url: str, count: int) -> list[Stamp]:
    with av.open(url, options=TCP) as container:
        found = []
        for frame in container.decode(video=0):
            stamp = read_stamp(frame.to_ndarray(format="bgr24"))
            assert stamp is not None
            found.append(stamp)
            if len(found) == count:
                return found
    raise AssertionError("the stream ended")


def test_pictures_come_in_order_fresh_and_from_the_right_camera(fleet: SimulatedFleet) -> None:
    seen = stamps(fleet.url("C02", StreamKind.SUB), 12)
    now_ms = time.time() * 1000
    assert {stamp.camera_number for stamp in seen} == {1}
    assert [b.number - a.number for a, b in pairwise(seen)] == [1] * 11
    assert 0 <= now_ms - seen[-1].unix_ms < 1500


CV2_VIEWER = """
import cv2, sys
from app.demo.simulated_cameras.stamp_reading import read_stamp
options = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 4000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 2000,
           cv2.CAP_PROP_N_THREADS, 1]
capture = cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG, options)
for _ in range(5):
    good, picture = capture.read()
    print(read_stamp(picture).number if good else "lost")
capture.release()
"""


def test_opencv_shows_the_camera(fleet: SimulatedFleet) -> None:
    settings = "rtsp_transport;tcp|probesize;32|analyzeduration;0"
    environment = os.environ | {"OPENCV_FFMPEG_CAPTURE_OPTIONS": settings}
    command = [sys.executable, "-c", CV2_VIEWER, fleet.url("C01", StreamKind.SUB)]
    ran = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=20, check=True
    )
    numbers = [int(line) for line in ran.stdout.split()]
    assert numbers == list(range(numbers[0], numbers[0] + 5))


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_ffprobe_knows_codec_and_size(fleet: SimulatedFleet) -> None:
    fields = "stream=codec_name,width,height"
    command = [
        "ffprobe",
        "-v",
        "error",
        "-rtsp_transport",
        "tcp",
        "-show_entries",
        fields,
        "-of",
        "csv",
    ]
    command.append(fleet.url("C07", StreamKind.MAIN))
    ran = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    assert ran.stdout.split() == ["stream,h264,320,180"]


def test_another_makers_client_gets_pictures_with_digest_login(fleet: SimulatedFleet) -> None:
    base = fleet.url("C08", StreamKind.SUB).removeprefix("rtsp://")

    async def watch() -> int:
        count = 0
        enough = asyncio.Event()
        url = f"rtsp://admin:{PLAIN_PASSWORD}@{base}"
        async with open_session(url, enable_audio=False) as session:
            async for event in session.iter_events(enough):
                count += isinstance(event, VideoFrameEvent)
                if count >= 5:
                    enough.set()
        return count

    assert asyncio.run(asyncio.wait_for(watch(), 10)) >= 5


@pytest.mark.parametrize("camera_id", ["C05", "C06"])
def test_only_the_right_password_shows_a_picture(fleet: SimulatedFleet, camera_id: str) -> None:
    base = fleet.url(camera_id, StreamKind.SUB).removeprefix("rtsp://")
    assert stamps(f"rtsp://admin:{quote(PASSWORD, safe='')}@{base}", 2)
    with pytest.raises(av.error.HTTPUnauthorizedError):
        av.open(f"rtsp://admin:wrong@{base}", options=TCP)
    with RawViewer(fleet.url(camera_id, StreamKind.SUB)) as viewer:
        assert viewer.ask("OPTIONS")[0] == 200
        status, head, _ = viewer.ask("DESCRIBE")
        assert status == 401
        assert "WWW-Authenticate" in head


def test_two_viewers_of_one_stream_see_the_same_pictures(fleet: SimulatedFleet) -> None:
    url = fleet.url("C01", StreamKind.SUB)
    with RawViewer(url) as one, RawViewer(url) as other:
        one.play()
        other.play()
        mine = {one.rtp().timestamp for _ in range(40)}
        theirs = {other.rtp().timestamp for _ in range(40)}
    assert len(mine & theirs) >= 5


def test_numbers_have_no_gap_and_timestamps_run_with_the_clock(fleet: SimulatedFleet) -> None:
    with RawViewer(fleet.url("C01", StreamKind.SUB)) as viewer:
        viewer.play()
        packets = [viewer.rtp() for _ in range(60)]
    steps = {(b.number - a.number) % 65536 for a, b in pairwise(packets)}
    assert steps == {1}
    ends = [packet for packet in packets if packet.marker]
    ticks = [b.timestamp - a.timestamp for a, b in pairwise(ends)]
    assert min(ticks) > 0
    assert sum(ticks) / len(ticks) == pytest.approx(90_000 / 20, rel=0.5)


def test_a_viewer_starts_with_a_keyframe_and_its_parameter_sets(fleet: SimulatedFleet) -> None:
    with RawViewer(fleet.url("C01", StreamKind.SUB)) as viewer:
        viewer.play()
        first = viewer.rtp()
    assert first.nal_kind == 24  # STAP-A: SPS and PPS, before the picture itself
    assert first.payload[3] & 31 == 7


def test_a_camera_that_waits_gives_nothing_before_its_next_keyframe(fleet: SimulatedFleet) -> None:
    url = fleet.url("C04", StreamKind.SUB)
    with RawViewer(url) as early:
        early.play()
        naturals = {
            packet.timestamp
            for packet in (early.rtp() for _ in range(120))
            if packet.nal_kind == 24
        }
        with RawViewer(url) as late:
            late.play()
            first = late.rtp()
            assert first.nal_kind == 24
            while first.timestamp not in naturals:
                packet = early.rtp()
                if packet.nal_kind == 24:
                    naturals.add(packet.timestamp)
                assert packet.timestamp <= first.timestamp
    ordered = sorted(naturals)
    steps = [(b - a) / 90_000 for a, b in pairwise(ordered)]
    assert min(steps) > 0.4  # the late viewer did not get one of its own


@pytest.mark.parametrize(("camera_id", "offset_s"), [("C01", 0.0), ("C03", -37.5)])
def test_sender_reports_tell_the_cameras_own_clock(
    fleet: SimulatedFleet, camera_id: str, offset_s: float
) -> None:
    with RawViewer(fleet.url(camera_id, StreamKind.SUB)) as viewer:
        viewer.play()
        report = viewer.packet()
        now_s = time.time()
        picture = viewer.packet()
    assert isinstance(report, SenderReport)
    assert isinstance(picture, Rtp)
    assert report.camera_s - now_s == pytest.approx(offset_s, abs=0.5)
    assert abs(report.timestamp - picture.timestamp) < 90_000


def test_a_frozen_camera_keeps_the_session_but_sends_nothing(fleet: SimulatedFleet) -> None:
    with RawViewer(fleet.url("C01", StreamKind.SUB)) as viewer:
        viewer.play()
        viewer.rtp()
        fleet.fault("C01", Fault.FREEZE)
        assert viewer.ask("GET_PARAMETER")[0] == 200  # what was on its way is read here
        viewer.wait_at_most(0.4)
        with pytest.raises(TimeoutError):
            viewer.packet()
    with RawViewer(fleet.url("C02", StreamKind.SUB)) as neighbour:
        neighbour.play()
        neighbour.rtp()


def test_a_healed_camera_goes_on_with_a_keyframe_in_the_same_session(fleet: SimulatedFleet) -> None:
    with RawViewer(fleet.url("C01", StreamKind.SUB)) as viewer:
        viewer.play()
        viewer.rtp()
        fleet.fault("C01", Fault.FREEZE)
        viewer.ask("GET_PARAMETER")
        fleet.heal("C01")
        assert viewer.rtp().nal_kind == 24


def test_a_dropped_camera_hangs_up_and_stays_away_until_healed(fleet: SimulatedFleet) -> None:
    url = fleet.url("C01", StreamKind.SUB)
    with RawViewer(url) as viewer:
        viewer.play()
        viewer.rtp()
        fleet.fault("C01", Fault.DROP)
        with pytest.raises(ConnectionError):
            for _ in range(1000):
                viewer.packet()
    with RawViewer(url) as again, pytest.raises(ConnectionError):
        again.ask("OPTIONS")
    fleet.heal("C01")
    with RawViewer(url) as back:
        back.play()
        assert back.rtp().nal_kind == 24


def test_the_whole_conversation_follows_the_standard(fleet: SimulatedFleet) -> None:
    with RawViewer(fleet.url("C01", StreamKind.SUB)) as viewer:
        assert "Public: OPTIONS, DESCRIBE" in viewer.ask("OPTIONS")[1]
        assert viewer.ask("PLAY")[0] == 454
        assert viewer.ask("SETUP", Transport="RTP/AVP;unicast;client_port=9000-9001")[0] == 461
        assert viewer.ask("RECORD")[0] == 501
        assert viewer.ask("DESCRIBE", f"{fleet.base_url}/C99/sub")[0] == 404
        viewer.play()
        assert viewer.ask("PAUSE")[0] == 200
        assert viewer.ask("TEARDOWN")[0] == 200
        with pytest.raises(ConnectionError):
            viewer.packet()
