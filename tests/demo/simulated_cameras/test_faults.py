"""Every fault on command, as viewers meet it: real sockets, FFmpeg through PyAV, a raw viewer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import quote, urlsplit

import av
import pytest

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import (
    CameraSpec,
    Fault,
    FaultSettings,
    Login,
    SimulatedFleet,
)
from app.demo.simulated_cameras.behaviour import behaviour_of
from app.demo.simulated_cameras.stamp_reading import Stamp, read_stamp
from tests.demo.simulated_cameras.conftest import stamp_camera
from tests.demo.simulated_cameras.raw_viewer import RawViewer, Rtp

TCP = {"rtsp_transport": "tcp", "timeout": "4000000"}
SPECS: tuple[CameraSpec, ...] = (
    stamp_camera("C01"),
    stamp_camera("C02"),
    stamp_camera("C03", login=Login.BASIC, username="admin", password="old"),
    stamp_camera("C04", login=Login.DIGEST, username="admin", password="old"),
)


@pytest.fixture(scope="module")
def faulty_fleet() -> Iterator[SimulatedFleet]:
    fleet = SimulatedFleet(SPECS, own_ports=True)
    fleet.start()
    yield fleet
    assert fleet.stop(), "the cameras' process had to be killed"


@pytest.fixture
def fleet(faulty_fleet: SimulatedFleet) -> Iterator[SimulatedFleet]:
    """Healthy again after each test."""
    yield faulty_fleet
    for spec in SPECS:
        faulty_fleet.heal(spec.camera_id)


def sub(fleet: SimulatedFleet, camera_id: str = "C01") -> str:
    return fleet.url(camera_id, StreamKind.SUB)


def frames(url: str, count: int) -> list[av.VideoFrame]:
    found: list[av.VideoFrame] = []
    with av.open(url, options=TCP) as container:
        for frame in container.decode(video=0):
            found.append(frame)
            if len(found) == count:
                break
    return found


def stamp_of(frame: av.VideoFrame) -> Stamp:
    stamp = read_stamp(frame.to_ndarray(format="bgr24"))  # type: ignore[arg-type]
    assert stamp is not None
    return stamp


def next_end(viewer: RawViewer) -> Rtp:
    """The last packet of the next picture."""
    while not (packet := viewer.rtp()).marker:
        pass
    return packet


def read_until_hung_up(viewer: RawViewer) -> None:
    with pytest.raises(ConnectionError):
        for _ in range(1000):
            viewer.packet()


def test_a_refusing_camera_shuts_its_port_and_comes_back_on_the_same(
    fleet: SimulatedFleet,
) -> None:
    url = sub(fleet)
    with RawViewer(url) as viewer:
        viewer.play()
        viewer.rtp()
        fleet.fault("C01", Fault.REFUSE)
        read_until_hung_up(viewer)
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            RawViewer(url)
    with RawViewer(sub(fleet, "C02")) as neighbour:
        neighbour.play()
        neighbour.rtp()
    fleet.heal("C01")
    with RawViewer(url) as back:
        back.play()
        assert back.rtp().nal_kind == 24


def test_nobody_can_take_the_port_of_a_refusing_camera(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.REFUSE)
    port = urlsplit(sub(fleet)).port
    assert port is not None
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))


def test_a_camera_on_a_shared_port_hangs_up_when_it_refuses(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.REFUSE)
    with RawViewer(f"{fleet.base_url}/C01/sub") as viewer, pytest.raises(ConnectionError):
        viewer.ask("OPTIONS")
    with RawViewer(f"{fleet.base_url}/C02/sub") as viewer:
        viewer.play()


def test_a_silent_camera_takes_the_call_and_says_nothing(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.SILENT)
    with RawViewer(sub(fleet), timeout_s=0.4) as viewer, pytest.raises(TimeoutError):
        viewer.ask("OPTIONS")


def test_a_camera_without_media_answers_everything_and_plays_nothing(
    fleet: SimulatedFleet,
) -> None:
    with RawViewer(sub(fleet)) as before:
        before.play()
        fleet.fault("C01", Fault.NO_MEDIA)
        read_until_hung_up(before)
    with RawViewer(sub(fleet)) as viewer:
        viewer.play()
        viewer.wait_at_most(0.4)
        with pytest.raises(TimeoutError):
            viewer.packet()


def test_a_late_camera_sends_every_picture_late_and_in_order(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.DELAY, FaultSettings(delay_s=0.6))
    late_ms, numbers = [], []
    with av.open(sub(fleet), options=TCP) as container:
        for frame in container.decode(video=0):
            stamp = stamp_of(frame)
            late_ms.append(time.time() * 1000 - stamp.unix_ms)
            numbers.append(stamp.number)
            if len(numbers) == 8:
                break
    assert min(late_ms) >= 590
    assert [b - a for a, b in pairwise(numbers)] == [1] * 7


def test_a_jittering_camera_sends_everything_at_uneven_times(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.JITTER, FaultSettings(jitter_s=0.2, seed=3))
    pictures, at_s = [], []
    with RawViewer(sub(fleet)) as viewer:
        viewer.play()
        for _ in range(25):
            pictures.append(next_end(viewer))
            at_s.append(time.monotonic())
    steps_s = [b - a for a, b in pairwise(at_s)]
    assert max(steps_s) > 0.08  # healthy: 0.05 each
    assert min(steps_s) < 0.02
    assert [p.timestamp for p in pictures] == sorted(p.timestamp for p in pictures)


def test_a_corrupt_camera_keeps_its_packets_whole_and_spoils_the_video(
    fleet: SimulatedFleet,
) -> None:
    fleet.fault("C01", Fault.CORRUPT, FaultSettings(seed=5))
    with RawViewer(sub(fleet)) as viewer:
        viewer.play()
        packets = [viewer.rtp() for _ in range(40)]  # fails where the framing is spoilt
    assert {(b.number - a.number) % 65536 for a, b in pairwise(packets)} == {1}


def test_the_same_seed_spoils_the_same_bytes() -> None:
    whole = [bytes(range(256)) * 4] * 8
    one, same, other = (
        behaviour_of(Fault.CORRUPT, FaultSettings(seed=seed)).payloads(whole, 7)
        for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other
    assert [len(part) for part in one] == [1024] * 8
    assert any(part != whole[0] for part in one)


def test_garbage_is_sent_in_place_of_packets(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.GARBAGE)
    with RawViewer(sub(fleet)) as viewer:
        viewer.play()
        with pytest.raises((AssertionError, ConnectionError, TimeoutError)):
            for _ in range(50):
                viewer.rtp()


@pytest.mark.parametrize("camera_id", ["C03", "C04"])
def test_a_camera_whose_password_was_changed_lets_in_only_who_knows_the_new_one(
    fleet: SimulatedFleet, camera_id: str
) -> None:
    where = sub(fleet, camera_id).removeprefix("rtsp://")
    assert frames(f"rtsp://admin:old@{where}", 1)
    fleet.fault(camera_id, Fault.WRONG_PASSWORD, FaultSettings(password="ใหม่:@"))
    with pytest.raises(av.error.HTTPUnauthorizedError):
        frames(f"rtsp://admin:old@{where}", 1)
    assert frames(f"rtsp://admin:{quote('ใหม่:@', safe='')}@{where}", 1)


def test_an_open_camera_can_begin_to_ask_for_a_password(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.WRONG_PASSWORD)
    with RawViewer(sub(fleet)) as viewer:
        assert viewer.ask("DESCRIBE")[0] == 401
        fleet.heal("C01")
    with RawViewer(sub(fleet)) as viewer:
        assert viewer.ask("DESCRIBE")[0] == 200


def test_the_size_changes_in_the_middle_of_a_session(fleet: SimulatedFleet) -> None:
    sizes: list[tuple[int, int]] = []
    with av.open(sub(fleet), options=TCP) as container:
        for count, frame in enumerate(container.decode(video=0)):
            stamp_of(frame)
            if not sizes or (frame.width, frame.height) != sizes[-1]:
                sizes.append((frame.width, frame.height))
            if count == 2:
                fleet.fault("C01", Fault.SIZE, FaultSettings(width_px=480, height_px=272))
            if len(sizes) == 2 or count == 60:
                break
    assert sizes == [(320, 180), (480, 272)]


def test_a_camera_can_slow_down(fleet: SimulatedFleet) -> None:
    with RawViewer(sub(fleet)) as viewer:
        viewer.play()
        next_end(viewer)
        fleet.fault("C01", Fault.RATE, FaultSettings(fps=5))
        viewer.ask("GET_PARAMETER")
        ends = [next_end(viewer) for _ in range(4)]
    steps_s = [(b.timestamp - a.timestamp) / 90_000 for a, b in pairwise(ends)]
    assert steps_s[-2:] == pytest.approx([0.2, 0.2], abs=0.1)


def test_a_camera_whose_codec_is_changed_ends_the_session_and_comes_back_with_hevc(
    fleet: SimulatedFleet,
) -> None:
    with RawViewer(sub(fleet)) as viewer:
        viewer.play()
        viewer.rtp()
        fleet.fault("C01", Fault.CODEC)
        read_until_hung_up(viewer)
    with av.open(sub(fleet), options=TCP) as container:
        assert container.streams.video[0].codec_context.name == "hevc"
        first = stamp_of(next(container.decode(video=0)))
    assert abs(time.time() * 1000 - first.unix_ms) < 2000
    fleet.heal("C01")
    with av.open(sub(fleet), options=TCP) as container:
        assert container.streams.video[0].codec_context.name == "h264"


@pytest.mark.parametrize("fault", [Fault.ONE_BYTE, Fault.EMPTY])
def test_pieces_and_empty_packets_lose_no_picture(fleet: SimulatedFleet, fault: Fault) -> None:
    fleet.fault("C01", fault)
    numbers = [stamp_of(frame).number for frame in frames(sub(fleet), 8)]
    assert [b - a for a, b in pairwise(numbers)] == [1] * 7


def test_between_the_packets_are_empty_ones_and_frames_without_any(
    fleet: SimulatedFleet,
) -> None:
    fleet.fault("C01", Fault.EMPTY)
    with RawViewer(sub(fleet)) as viewer:
        viewer.play()
        sizes = [len(data) for _, data in (viewer.frame() for _ in range(12))]
    assert 0 in sizes
    assert 12 in sizes  # a header and no payload


def test_a_redirecting_camera_names_the_other_one(fleet: SimulatedFleet) -> None:
    fleet.fault("C01", Fault.REDIRECT, FaultSettings(to_camera="C02"))
    with RawViewer(sub(fleet)) as viewer:
        status, head, _ = viewer.ask("DESCRIBE")
    assert status == 302
    assert f"Location: {sub(fleet, 'C02')}\r\n" in head
    assert {stamp_of(frame).camera_number for frame in frames(sub(fleet), 2)} == {1}


def test_a_camera_that_is_not_there_is_no_place_to_be_sent_to(fleet: SimulatedFleet) -> None:
    with pytest.raises(KeyError):
        fleet.fault("C01", Fault.REDIRECT, FaultSettings(to_camera="C99"))
