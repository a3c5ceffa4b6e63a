"""What OpenCV must not do to the console, and what it makes of a picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from app.cameras.address import CameraAddress
from app.cameras.masks import PrivacyMask
from app.video.capture import OpenCvCapture, open_camera
from app.video.picture import Mailbox, Size

REPOSITORY = Path(__file__).resolve().parents[2]


class Frames:
    """Stands for OpenCV's own capture: gives the frame it holds."""

    def __init__(self, frame: object) -> None:
        self._frame = frame

    def retrieve(self) -> tuple[bool, object]:
        return self._frame is not None, self._frame

    def get(self, _property: int) -> float:
        return float(int.from_bytes(b"hevc", "little"))


def python(code: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("given", [{}, {"QT_QPA_FONTDIR": "/fonts"}])
def test_importing_opencv_leaves_qt_its_plugins_and_fonts(given: dict[str, str]) -> None:
    code = (
        "import os; before = dict(os.environ); import app.video.capture\n"
        "print({n: (before.get(n), os.environ.get(n)) for n in {*before, *os.environ}"
        " if n.startswith('QT') and before.get(n) != os.environ.get(n)})"
    )
    assert python(code, **given) == "{}"


def test_what_the_window_needs_of_video_does_not_load_opencv() -> None:
    code = (
        "import sys; import app.video.threaded, app.video.trial\n"
        "print([name for name in ('cv2', 'av', 'PySide6') if name in sys.modules])"
    )
    assert python(code) == "[]"


def test_a_large_picture_is_averaged_into_its_tile_not_thinned_out() -> None:
    stripes = np.zeros((1080, 1920, 3), np.uint8)
    stripes[:, ::2] = 255
    made = OpenCvCapture(Frames(stripes)).picture(Size(480, 270), Mailbox().room)  # type: ignore[arg-type]
    assert made is not None
    assert made[0].shape == (270, 480, 4)
    assert np.abs(made[0][..., :3].astype(int) - 127).max() <= 2
    assert made[1] == (1920, 1080)


def test_a_picture_of_its_tile_s_size_is_not_touched() -> None:
    frame = np.random.default_rng(1).integers(0, 255, (270, 480, 3), np.uint8)
    made = OpenCvCapture(Frames(frame)).picture(Size(480, 270), Mailbox().room)  # type: ignore[arg-type]
    assert made is not None
    assert (made[0][..., :3] == frame).all()


def test_a_damaged_picture_is_no_picture() -> None:
    nothing: list[object] = [None, np.zeros((0, 0, 3), np.uint8), np.zeros((4, 4), np.uint8)]
    for frame in nothing:
        assert OpenCvCapture(Frames(frame)).picture(Size(480, 270), Mailbox().room) is None  # type: ignore[arg-type]


def test_the_codec_is_called_by_its_usual_name() -> None:
    assert OpenCvCapture(Frames(None)).codec == "HEVC"  # type: ignore[arg-type]


def test_a_mask_hides_the_same_place_in_main_and_sub_stream() -> None:
    gate = PrivacyMask(((0.5, 0.5), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0)))
    for sent in (Size(1280, 720), Size(640, 360), Size(704, 576)):
        frame = np.full((sent.height_px, sent.width_px, 3), 200, np.uint8)
        capture = OpenCvCapture(Frames(frame))  # type: ignore[arg-type]
        for box in (Size(215, 120), Size(480, 270), sent):
            made = capture.picture(box, Mailbox().room, (gate,))
            assert made is not None
            height, width = made[0].shape[:2]
            assert (made[0][height // 2 :, width // 2 :] == (0, 0, 0, 255)).all()
            assert (made[0][: height // 2 - 2, :, :3] == 200).all()


def test_a_mask_that_is_taken_away_shows_the_picture_again() -> None:
    frame = np.full((360, 640, 3), 200, np.uint8)
    capture = OpenCvCapture(Frames(frame))  # type: ignore[arg-type]
    malformed = PrivacyMask(((0.5, 0.5),))
    hidden = capture.picture(Size(320, 180), Mailbox().room, (malformed,))
    shown = capture.picture(Size(320, 180), Mailbox().room)
    assert hidden is not None
    assert shown is not None
    assert (hidden[0] == (0, 0, 0, 255)).all()
    assert (shown[0][..., :3] == 200).all()


def test_a_picture_is_made_in_the_room_given_whatever_its_size() -> None:
    rooms: list[np.ndarray] = []

    def room(size: Size) -> np.ndarray:
        rooms.append(np.zeros((size.height_px, size.width_px, 4), np.uint8))
        return rooms[-1]

    for sent in ((360, 640), (1080, 1920), (577, 703), (1, 1)):
        frame = np.random.default_rng(2).integers(1, 255, (*sent, 3), np.uint8)
        capture = OpenCvCapture(Frames(frame))  # type: ignore[arg-type]
        for box in (Size(213, 120), Size(480, 270), Size(640, 360), Size(3000, 2000)):
            made = capture.picture(box, room)
            assert made is not None
            assert made[0] is rooms[-1]
            assert (rooms[-1][..., 3] == 255).all()
            assert (rooms[-1][..., :3] > 0).all()


@pytest.mark.parametrize("colours", ["tv", "pc"])
@pytest.mark.parametrize("space", ["smpte170m", "bt709"])
def test_colours_in_a_tile_are_those_that_the_decoder_gives(
    tmp_path: Path, colours: str, space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four flat quarters: scaling and the way to BGRA must not shift a colour by more than 3."""
    monkeypatch.delenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", raising=False)  # they refuse files
    path = tmp_path / "colours.mp4"
    make_coloured_clip(path, colours, space)
    frame = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG).read()[1]
    capture = OpenCvCapture(cv2.VideoCapture(str(path), cv2.CAP_FFMPEG))
    for box in (Size(213, 120), Size(480, 270), Size(640, 360)):
        assert capture.grab()
        made = capture.picture(box, Mailbox().room)
        assert made is not None
        for down in (0.25, 0.75):
            for right in (0.25, 0.75):
                in_tile = _at(made[0][..., :3], down, right)
                assert np.abs(in_tile - _at(frame, down, right)).max() <= 3
    capture.release()


def _at(pixels: np.ndarray, down: float, right: float) -> np.ndarray:
    return pixels[round(pixels.shape[0] * down), round(pixels.shape[1] * right)].astype(int)


def make_coloured_clip(path: Path, colours: str, space: str) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=5)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        stream.options = {"x264-params": f"range={colours}:colormatrix={space}:qp=8"}
        planes = np.zeros((540, 640), np.uint8)  # I420: Y, then U and V
        planes[:180], planes[180:360] = 90, 180
        planes[360:450] = 100
        planes[450:] = 160
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(planes, "yuv420p")))
        container.mux(stream.encode())


def test_no_file_is_opened_as_a_camera_whatever_its_address_says(clip: Path) -> None:
    """The second lock behind app.cameras.address: FFmpeg itself may use network protocols only."""

    class FileAddress(CameraAddress):
        def opening_url(self) -> str:
            return str(clip)

    address = FileAddress("rtsp", "127.0.0.1", 554, "/")
    for plain in (False, True):
        opened = open_camera(address, plain=plain, open_timeout_s=1.0, read_timeout_s=1.0)
        assert opened is None
