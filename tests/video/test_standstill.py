"""A stream whose pictures are copies of an old one is not shown as live; a scene at rest is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import av
import cv2
import numpy as np
import pytest
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext

from app.cameras.address import CameraAddress, parse_camera_address
from app.demo.simulated_cameras.nal_units import kind_of, parameter_sets_in, split_annex_b
from app.demo.simulated_cameras.spec import Codec, StreamSize
from app.demo.simulated_cameras.stamp_picture import StampPainter
from app.video.capture import OpenCvCapture
from app.video.health import CameraState, Health
from app.video.live import Wanted, WatchedCamera
from app.video.opener import Capture, Inside
from app.video.reader import CameraReader, Surroundings
from app.video.reasons import SPOILT, STOPPED
from app.video.standstill import Standstill, some_points
from tests.video.cameras import until
from tests.video.python_decoder import clock_now, reachable

FPS, SECONDS, SPOILT_FROM_S = 15, 12, 4.0
WIDTH_PX, HEIGHT_PX = 320, 180
STAMPS = StampPainter(StreamSize(WIDTH_PX, HEIGHT_PX, FPS), 1)
Painter = Callable[[int], np.ndarray]


def moving(number: int) -> np.ndarray:
    """The pictures' own numbers in big cells."""
    return STAMPS.paint(number, number / FPS)[:HEIGHT_PX]


def at_rest(noise: float) -> Painter:
    random = np.random.default_rng(2)
    scene = cv2.GaussianBlur(random.normal(110, 90, (HEIGHT_PX, WIDTH_PX)), (0, 0), 3)
    return lambda _number: scene + random.normal(0, noise, scene.shape)


def dark(_number: int) -> np.ndarray:
    return np.full((HEIGHT_PX, WIDTH_PX), 16.0)


def coded(paint: Painter, every_s: float = 2.0, quantiser: int = 24) -> Iterator[list[bytes]]:
    """Each picture's NAL units, parameter sets before key pictures, as cameras send them."""
    encoder = opened_encoder(round(every_s * FPS), quantiser)
    sets = parameter_sets_in(encoder.extradata or b"").in_order
    for number in range(SECONDS * FPS):
        i420 = np.full((HEIGHT_PX * 3 // 2, WIDTH_PX), 128, np.uint8)
        i420[:HEIGHT_PX] = paint(number).clip(16, 235)
        frame = av.VideoFrame.from_ndarray(i420, "yuv420p")
        frame.pts = number
        for packet in encoder.encode(frame):
            nals = split_annex_b(bytes(packet))
            slices = [nal for nal in nals if kind_of(nal, Codec.H264) in (1, 5)]
            yield [*sets, *slices] if packet.is_keyframe else slices


def opened_encoder(every: int, quantiser: int) -> VideoCodecContext:
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH_PX, HEIGHT_PX, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, FPS), Fraction(FPS)
    encoder.thread_count = 1
    encoder.flags |= Flags.global_header
    often = f"keyint={every}:min-keyint={every}:scenecut=0:qp={quantiser}"
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "x264-params": often}
    encoder.open()
    return encoder


def write_clip(path: Path, pictures: Iterator[list[bytes]], *, spoilt: bool = False) -> Path:
    """Of a spoilt clip, one bit of each sequence parameter set is flipped from some time on."""
    with path.open("wb") as file:
        for number, nals in enumerate(pictures):
            for nal in nals:
                is_hit = spoilt and number >= SPOILT_FROM_S * FPS
                file.write(b"\0\0\0\1" + (flipped(nal) if is_hit else nal))
    return path


def flipped(nal: bytes) -> bytes:
    """One bit of a sequence parameter set; anything else is left as it is."""
    return nal[:6] + bytes((nal[6] ^ 16,)) + nal[7:] if kind_of(nal, Codec.H264) == 7 else nal


def played(path: Path) -> OpenCvCapture:
    return OpenCvCapture(cv2.VideoCapture(str(path), cv2.CAP_FFMPEG))


class Player:
    """Opens one clip after the other; a picture takes a fifteenth of a second of the clock."""

    def __init__(self, *clips: Path) -> None:
        self.clock = clock_now()
        self._clips = list(clips)

    def open(
        self,
        _address: CameraAddress,
        *,
        rank: int,
        stop: threading.Event,
        inside: Inside = nullcontext,
    ) -> Capture | None:
        capture = played(self._clips.pop(0) if len(self._clips) > 1 else self._clips[0])
        grab = capture.grab

        def grab_in_time() -> bool:
            self.clock.advance(1 / FPS)
            return not stop.is_set() and grab()

        capture.grab = grab_in_time  # type: ignore[method-assign]
        return capture


@pytest.fixture
def told(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Player], list[tuple[float, Health]]]]:
    """Reads what a player plays; each change of state and when it was."""
    monkeypatch.delenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", raising=False)  # they refuse files
    readers: list[CameraReader] = []

    def read(player: Player) -> list[tuple[float, Health]]:
        changes: list[tuple[float, Health]] = []
        around = Surroundings(
            player,
            player.clock,
            examine=reachable,
            measure_clock=lambda _address, *, stop: None,
            on_state=lambda _camera, health: changes.append((player.clock.monotonic(), health)),
            random=Random(1),
        )
        camera = WatchedCamera("C01", parse_camera_address("rtsp://10.0.0.9/stream"))
        readers.append(CameraReader(camera, around))
        readers[-1].show(Wanted(320, 180))
        readers[-1].start()
        return changes

    yield read
    for reader in readers:
        reader.ask_to_stop()
        assert reader.join(5)


def test_copies_of_an_old_picture_are_not_shown_as_live_and_a_new_session_cures_them(
    tmp_path: Path, told: Callable[[Player], list[tuple[float, Health]]]
) -> None:
    spoilt = write_clip(tmp_path / "spoilt.h264", coded(moving), spoilt=True)
    good = write_clip(tmp_path / "good.h264", coded(moving))
    changes = told(Player(spoilt, good))
    until(lambda: len(changes) >= 4, 6)
    (_, first), (_, live), (lost_s, lost), (_, back) = changes[:4]
    assert (first.state, live.state) == (CameraState.CONNECTING, CameraState.LIVE)
    assert (lost.state, lost.reason) == (CameraState.LOST, SPOILT)
    assert SPOILT_FROM_S + 1 < lost_s < SPOILT_FROM_S + 3, "not yet three seconds old"
    assert back.state is CameraState.LIVE


def test_an_unlit_room_is_asked_for_a_new_picture_once_and_then_believed(
    tmp_path: Path, told: Callable[[Player], list[tuple[float, Health]]]
) -> None:
    changes = told(Player(write_clip(tmp_path / "dark.h264", coded(dark))))
    until(lambda: sum(health.reason is STOPPED for _, health in changes) >= 1, 6)
    reasons = [health.reason for _, health in changes if health.state is CameraState.LOST]
    assert reasons == [SPOILT, STOPPED], "the clip's end, after all of its pictures"


@pytest.mark.parametrize("every_s", [2.0, 6.0])
@pytest.mark.parametrize("noise", [0.3, 1.0])
def test_a_street_at_rest_is_live_though_nearly_all_its_pictures_are_the_same(
    tmp_path: Path, noise: float, every_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", raising=False)
    capture = played(
        write_clip(tmp_path / "rest.h264", coded(at_rest(noise), every_s, quantiser=36))
    )
    looks = list(points_of(capture))
    same = sum(np.array_equal(a, b) for (_, a), (_, b) in pairwise(looks))
    assert same > len(looks) / 2, "the encoder skips"
    assert not any(doubts(Standstill(), looks))


def test_one_lost_key_picture_of_a_street_at_rest_is_forgiven() -> None:
    """Standing still by right from 2 s to 6 s; only the key picture of 4 s gave nothing new."""
    standstill = Standstill()
    looks = [(number % 30 == 0, still(number // 30 * (number // 30 != 2))) for number in range(60)]
    looks += [(number == 60, still(1)) for number in range(60, 90)]
    looks += [(number == 90, still(3)) for number in range(90, 120)]
    assert not any(doubts(standstill, looks))


def test_a_picture_that_moved_and_stops_dead_at_a_key_picture_is_doubted_within_three_seconds() -> (
    None
):
    looks = [(number % 30 == 0, still(number)) for number in range(60)]
    looks += [(number % 30 == 0, still(59)) for number in range(60, 120)]
    found = [number for number, doubt in enumerate(doubts(Standstill(), looks)) if doubt]
    assert 60 + 2 * FPS < found[0] < 60 + 3 * FPS


def test_a_drawn_picture_in_which_only_a_clock_ticks_is_alive() -> None:
    looks = []
    for number in range(180):
        points = still(1)
        points[2:4, 2:4] = number // FPS * 10
        looks.append((number % 30 == 0, points))
    assert not any(doubts(Standstill(), looks))


def still(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (45, 80, 3), np.uint8)


def points_of(capture: OpenCvCapture) -> Iterator[tuple[bool, np.ndarray]]:
    while capture.grab():
        frame = capture._capture.retrieve()[1]
        yield capture.is_key, some_points(np.asarray(frame, np.uint8))
    capture.release()


def doubts(standstill: Standstill, looks: list[tuple[bool, np.ndarray]]) -> list[bool]:
    standstill.begin()
    found = []
    for number, (is_key, points) in enumerate(looks):
        if is_key:
            standstill.key_came(number / FPS)
        found.append(standstill.is_doubtful(points, number / FPS))
    return found
