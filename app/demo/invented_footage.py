"""Invented footage: the last minutes at the sample market, as if the recorder had been running.

So that a visitor who opens the sample station can go back to the theft that was reported a few
minutes ago. Drawn, with ตัวอย่าง burnt in, and put into the index as the recorder would. Imported
by the console: cv2 and av are loaded in the processes that draw.
"""

from __future__ import annotations

import io
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.cameras.camera import StreamKind
from app.clock import Clock
from app.demo.simulated_cameras.spec import CameraSpec, StreamSize
from app.platform import lower_priority
from app.station import Disk, StationFolder
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange, NewSegment, Progress
from app.video.archive.segment_file_name import segment_path
from app.video.picture import Size

MARKET_CAMERAS = frozenset({"C01", "C02", "C03", "C04"})
"""Those that see the theft of the open shift."""
STREAM = StreamKind.SUB
_MINUTES = 6
_SIZE = StreamSize(640, 360, 3)  # drawing is what it costs
_KEYFRAME_EVERY_S = 2.0
_PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A segment whose file lies in the recordings."""

    camera_id: str
    begins: datetime
    duration_ms: int
    size_bytes: int
    sha256: bytes


def invent_footage(folder: StationFolder, specs: Sequence[CameraSpec], clock: Clock) -> None:
    """Minutes before now, of the market's cameras. Takes about ten seconds. Raises KnownError."""
    recordings = folder.recordings
    first = clock.now().replace(microsecond=0) - timedelta(minutes=_MINUTES)
    minutes = [first + timedelta(minutes=number) for number in range(_MINUTES)]
    jobs = [
        (recordings, replace(spec, sub=_SIZE), begins)
        for spec in specs
        if spec.camera_id in MARKET_CAMERAS
        for begins in minutes
    ]
    uid = _founded(folder)
    with multiprocessing.get_context("spawn").Pool(_PROCESSES, lower_priority) as pool:
        drawn = pool.starmap(_draw_minute, jobs, chunksize=_MINUTES)  # a camera stays with one
    _index(recordings, uid, drawn, clock)


def _founded(folder: StationFolder) -> str:
    """The id of the station's own recording folder, made as the recorder makes it."""
    from app.video.recorder.recording_folders import RecordingFolders

    folders = RecordingFolders(Disk(), folder.recordings, folder.profile.station_id)
    (own,) = folders.look({})
    return own.uid


def _index(recordings: Path, uid: str, drawn: Sequence[Drawn], clock: Clock) -> None:
    index = RecordingIndex(recordings, clock)
    index.open()
    try:

        def known(change: IndexChange) -> None:
            change.know_folder(uid, "")
            for each in sorted(drawn, key=lambda one: (one.begins, one.camera_id)):
                size = Size(_SIZE.width_px, _SIZE.height_px)
                new = NewSegment(each.camera_id, STREAM, uid, each.begins, "H264", size)
                progress = Progress(change.begin(new), each.duration_ms, each.size_bytes)
                change.finish(progress, each.sha256)

        index.change(known)
    finally:
        index.close()


def _draw_minute(recordings: Path, spec: CameraSpec, begins: datetime) -> Drawn:
    """In a process of its own: one minute of one camera, drawn, encoded, written."""
    import av

    from app.video.recorder.segment_file import SegmentFile

    path = segment_path(recordings, spec.camera_id, STREAM, begins)
    with av.open(io.BytesIO(_encoded(spec, begins)), "r") as clip:
        video = clip.streams.video[0]
        file = SegmentFile(Disk(), path, [video])
        for packet in clip.demux():
            if packet.size:
                file.add(packet)
        written = file.finish()
    return Drawn(spec.camera_id, begins, written.duration_ms, written.size_bytes, written.sha256)


def _encoded(spec: CameraSpec, begins: datetime) -> bytes:
    """A minute of the camera's scene as an MP4 in memory."""
    import av

    from app.demo.simulated_cameras.scene_picture import ScenePainter
    from app.demo.simulated_cameras.spec import SceneContent

    assert isinstance(spec.content, SceneContent)
    painter = ScenePainter(spec.content, spec.sub, spec.name_th, spec.clock_offset_s)
    painter.prepare(begins.timestamp())
    made = io.BytesIO()
    with av.open(made, "w", format="mp4") as clip:
        stream = clip.add_stream("libx264", rate=spec.sub.fps)
        stream.width, stream.height = spec.sub.width_px, spec.sub.height_px
        stream.pix_fmt = "yuv420p"
        gop = round(_KEYFRAME_EVERY_S * spec.sub.fps)
        stream.codec_context.thread_count = 1
        stream.options = {
            "preset": "ultrafast",
            "crf": "27",
            "x264-params": f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0",
        }
        for number in range(60 * spec.sub.fps):
            at_s = begins.timestamp() + number / spec.sub.fps
            frame = av.VideoFrame.from_ndarray(painter.paint(number, at_s), "yuv420p")
            frame.pts = number
            clip.mux(stream.encode(frame))
        clip.mux(stream.encode(None))
    return made.getvalue()
