"""What the cameras write down of their sending is what their viewers got."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import ClipContent, SimulatedFleet
from app.demo.simulated_cameras.spec import CameraSpec
from tests.demo.simulated_cameras.conftest import stamp_camera
from tests.demo.simulated_cameras.raw_viewer import RawViewer
from tests.demo.simulated_cameras.test_clip import PICTURES, clip
from tests.demo.simulated_cameras.test_serving import stamps

RECORD = np.dtype(
    [("camera", "<u2"), ("stream", "u1"), ("", "u1"), ("number", "<u4"), ("sent_s", "<f8")]
)


def test_each_picture_a_viewer_saw_was_written_down_before_it_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "sent"
    fleet = SimulatedFleet([stamp_camera("C01"), stamp_camera("C02")], send_log=path)
    began_s = time.monotonic()
    fleet.start()
    try:
        seen = stamps(fleet.url("C02", StreamKind.SUB), 8)
        read_s = time.monotonic()
        sent = np.fromfile(path, RECORD)
    finally:
        assert fleet.stop()
    assert set(sent["camera"].tolist()) == {1}
    assert set(sent["stream"].tolist()) == {1}
    at = dict(zip(sent["number"].tolist(), sent["sent_s"].tolist(), strict=True))
    times = [at[stamp.number] for stamp in seen]
    assert times == sorted(times)
    assert began_s < times[0]
    assert times[-1] < read_s


def test_numbers_of_a_clip_go_on_when_it_starts_again(tmp_path: Path) -> None:
    path = tmp_path / "sent"
    content = ClipContent(clip(tmp_path / "clip.mp4"))
    fleet = SimulatedFleet([CameraSpec("C01", "คลิป", content)], send_log=path)
    fleet.start()
    try:
        with RawViewer(fleet.url("C01", StreamKind.MAIN)) as viewer:
            viewer.play()
            ends = 0
            while ends <= PICTURES:
                ends += viewer.rtp().marker
        sent = np.fromfile(path, RECORD)
    finally:
        assert fleet.stop()
    assert set(sent["stream"].tolist()) == {0}
    assert sent["number"].tolist() == list(range(len(sent)))
    assert len(sent) > PICTURES
