"""Power cuts and the index's size, in a process of their own: `python -m benchmarks.power_cuts`.

`PRODUCT CUTS SEED`. What cannot be done to a real disk is done to the product's own recording on a
disk that forgets (`forgetful_disk`): the file PRODUCT is loaded first, so that a broken one is
judged too. Prints one JSON object.
"""

from __future__ import annotations

import hashlib
import io
import json
import runpy
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import av
import numpy as np

from benchmarks.forgetful_disk import ForgetfulDisk, PowerCut, copy_index

_BEGAN = datetime(2026, 11, 22, 14, 40, tzinfo=UTC)
_FPS, _SECONDS = 10, 12.0
_MINUTES, _OF_A_MONTH = 4000, 31 * 24 * 60


def main(product: Path, cuts: int, seed: int) -> None:
    """Load what is judged, cut its power, measure its index."""
    runpy.run_path(str(product), run_name="product")
    clip = _clip()
    steps = _cut(clip, 0, None)[1]
    random = Random(seed)
    lost = []
    for number in range(cuts):
        at = 1 + number * steps // cuts if cuts < steps else 1 + number % steps
        lost.append(_cut(clip, at, Random(random.random()) if number % 2 else None)[0])
    said = {
        "lost_s_max": round(max(lost, default=0.0), 3),
        "cuts": cuts,
        "steps": steps,
        "index_mb": round(_index_mb(), 3),
    }
    print(json.dumps(said))


def _clip() -> bytes:
    """Noise that no encoder makes small, a keyframe a second."""
    file = io.BytesIO()
    random = np.random.default_rng(1)
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=_FPS)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.time_base = Fraction(1, _FPS)
        stream.options = {"preset": "ultrafast", "x264-params": "keyint=10:scenecut=0:bframes=0"}
        for number in range(round(_FPS * _SECONDS)):
            pixels = random.integers(0, 255, (144, 160), np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, "yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


class _Session:
    """A camera that plays the clip."""

    codec = "h264"

    def __init__(self, clip: bytes) -> None:
        self.container = av.open(io.BytesIO(clip), "r")
        self.video = self.container.streams.video[0]
        self.sound: av.AudioStream | None = None


def _cut(clip: bytes, at: int, random: Random | None) -> tuple[float, int]:
    """Record until the power goes at step `at`, start again: seconds lost, and steps there were."""
    from app.clock import ScriptedClock

    with TemporaryDirectory() as name:
        root = Path(name)
        before, after = root / "before", root / "after"
        (before / "recordings").mkdir(parents=True)
        disk = ForgetfulDisk(before, cut_at=at)

        def leave() -> None:
            disk.after_the_cut(after, random)
            (after / "recordings").mkdir(exist_ok=True)
            copy_index(before / "recordings", after / "recordings")

        object.__setattr__(disk, "before_cut", leave)
        clock = ScriptedClock(_BEGAN)
        recorded_s = _record(clip, before / "recordings", disk, clock)
        if not after.exists():
            leave()
        found_s = _found_s(after, clock)
        return max(0.0, recorded_s - found_s), disk.steps


def _record(clip: bytes, recordings: Path, disk: ForgetfulDisk, clock: Any) -> float:
    """How many seconds had been taken when the power went."""
    from app.cameras.camera import StreamKind
    from app.video.recorder.index_duty import IndexDuty
    from app.video.recorder.segment_cutter import SegmentCutter

    taken_s = 0.0
    with closing(_Opened(recordings, disk, clock)) as opened:
        session = _Session(clip)
        try:
            opened.start()
            duty = IndexDuty(opened.around.index)
            cutter = SegmentCutter("C01", StreamKind.MAIN, session, opened.around, duty)
            packets: Iterator[Any] = session.container.demux(session.video)
            for packet in packets:
                if not packet.size:
                    continue
                clock.advance(1 / _FPS)
                cutter.take(packet, clock.monotonic())
                taken_s += 1 / _FPS
                if round(taken_s * _FPS) % _FPS == 0 and cutter.progress is not None:
                    _tell(opened.around.index, cutter.progress)
            cutter.close()
        except PowerCut:
            pass
        session.container.close()
    return taken_s


def _tell(index: Any, progress: Any) -> None:
    """As the recorder's beat does."""
    index.change(lambda change: change.grow([progress]))


def _found_s(root: Path, clock: Any) -> float:
    """How many seconds play after the next start, by FFmpeg's count of pictures."""
    with closing(_Opened(root / "recordings", ForgetfulDisk(root), clock)) as opened:
        opened.start()
    pictures = 0
    for path in root.rglob("*.mp4"):
        with av.open(str(path)) as container:
            pictures += sum(1 for _ in container.decode(video=0))
    return pictures / _FPS


class _Opened:
    """The product's recording parts on a disk, as its own composition puts them together."""

    def __init__(self, recordings: Path, disk: ForgetfulDisk, clock: Any) -> None:
        from app.video.archive.index import RecordingIndex
        from app.video.recorder.recording_folders import RecordingFolders
        from app.video.recorder.surroundings import Limits, RecorderSurroundings

        folders = RecordingFolders(disk, recordings, "station-1", reserve_bytes=1000)
        index = RecordingIndex(recordings, clock)
        self.around = RecorderSurroundings(clock, disk, index, folders, Limits(segment_s=4.0))

    def start(self) -> None:
        from app.log import Head
        from app.video.recorder.start_up import StartUp, open_index

        around = self.around
        open_index(around.index, around.disk, around.clock, lambda origin: Head(origin, 0, ""))
        steps = StartUp(around)
        steps.know_folders()
        steps.finish_deleting()
        steps.salvage_growing()
        steps.compare_newest()

    def close(self) -> None:
        self.around.index.close()


def _index_mb() -> float:
    """The growth of the index over some thousand minutes of two streams, made a month's."""
    from app.clock import ScriptedClock

    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "recordings").mkdir()
        clock = ScriptedClock(_BEGAN)
        with closing(_Opened(root / "recordings", ForgetfulDisk(root), clock)) as opened:
            opened.start()
            uid = opened.around.folders.there[0].uid
            for first in range(0, _MINUTES, 200):
                _minutes(opened.around.index, uid, first, 200)
        size = sum(path.stat().st_size for path in (root / "recordings").glob("index.db"))
    return size / _MINUTES * _OF_A_MONTH / 1e6


def _minutes(index: Any, uid: str, first: int, count: int) -> None:
    from app.cameras.camera import StreamKind
    from app.video.archive.index_change import NewSegment, Progress
    from app.video.picture import Size

    def work(change: Any) -> None:
        for minute in range(first, first + count):
            for kind in StreamKind:
                begins = _BEGAN + timedelta(minutes=minute, milliseconds=137)
                size = Size(1920, 1080)
                segment = change.begin(NewSegment("C01", kind, uid, begins, "H264", size, -120))
                change.grow([Progress(segment, 30_000, 15_000_000)])
                digest = hashlib.sha256(f"{kind} {minute}".encode()).digest()
                change.finish(Progress(segment, 59_960, 30_123_456, -123), digest)

    index.change(work)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
