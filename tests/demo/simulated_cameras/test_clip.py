"""A video file served as a camera: its time goes on when the file starts again."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Event

import av
import pytest

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import CameraSpec, ClipContent, SimulatedFleet, StreamSize
from app.demo.simulated_cameras.clip_source import ClipSource
from app.demo.simulated_cameras.sources import AccessUnit, NotH264Error
from app.demo.simulated_cameras.stamp_picture import StampPainter
from tests.demo.simulated_cameras.raw_viewer import RawViewer

PICTURES = 8
FPS = 20


def clip(path: Path, codec: str = "libx264") -> Path:
    size = StreamSize(320, 180, FPS)
    painter = StampPainter(size, 9)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        if codec == "libx264":
            stream.options = {"bf": "0", "g": str(PICTURES)}
        for number in range(PICTURES):
            frame = av.VideoFrame.from_ndarray(painter.paint(number, 1.8e9), format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def test_time_goes_on_when_the_file_starts_again(tmp_path: Path) -> None:
    source = ClipSource(clip(tmp_path / "clip.mp4"))
    stop, units = Event(), list[AccessUnit]()

    def keep(unit: AccessUnit) -> None:
        units.append(unit)
        if len(units) == 2 * PICTURES + 2:
            stop.set()

    source.run(keep, stop)
    steps = [b.taken_s - a.taken_s for a, b in pairwise(units)]
    assert steps == pytest.approx([1 / FPS] * len(steps), abs=0.002)
    assert [n for n, unit in enumerate(units) if unit.keyframe] == [0, PICTURES, 2 * PICTURES]
    assert units[0].nals[:2] == (source.parameter_sets().sps, source.parameter_sets().pps)


def test_a_viewer_who_comes_in_the_middle_of_a_clip_gets_a_keyframe_at_once(tmp_path: Path) -> None:
    path = clip(tmp_path / "clip.mp4")
    fleet = SimulatedFleet([CameraSpec("C01", "คลิป", ClipContent(path))])
    fleet.start()
    try:
        url = fleet.url("C01", StreamKind.MAIN)
        with RawViewer(url) as first, RawViewer(url) as second:
            first.play()
            for _ in range(5):
                first.rtp()
            second.play()
            assert second.rtp().nal_kind == 24
    finally:
        assert fleet.stop()


def test_what_is_no_h264_video_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotH264Error):
        ClipSource(clip(tmp_path / "clip.mp4", "mpeg4")).parameter_sets()
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video at all")
    with pytest.raises((OSError, ValueError)):
        ClipSource(broken).parameter_sets()
