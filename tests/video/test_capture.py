"""What OpenCV must not do to the console, and what it makes of a picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.video.capture import OpenCvCapture
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
