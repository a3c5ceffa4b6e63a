"""Recordings for tests: short clips, put into an archive through the recorder's own writing."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

from app.cameras.camera import StreamKind
from app.clock import Clock, ScriptedClock
from app.station import Disk
from app.video.archive.footage import Footage
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import NewSegment, Progress
from app.video.archive.index_reading import IndexedFootage
from app.video.archive.index_tables import from_ms
from app.video.archive.segment import Span
from app.video.archive.segment_file_name import segment_path
from app.video.picture import Size
from app.video.recorder.segment_file import SegmentFile

EVENING = datetime(2026, 11, 22, 14, 40, tzinfo=UTC)  # 21:40 in Mukdahan
FOLDER = "folder-1"
SMALL = Size(320, 180)


@dataclass(frozen=True)
class ClipForm:
    """A clip to encode: the picture's number n is in its pixels (`number_in`)."""

    seconds: float = 4.0
    fps: int = 10
    size: Size = SMALL
    gop: int = 20
    codec: str = "libx264"
    b_frames: int = 0
    seed: int = 0
    first: int = 0
    """The number drawn into the first picture."""

    @property
    def pictures(self) -> int:
        return round(self.seconds * self.fps)


@functools.cache
def clip(form: ClipForm) -> bytes:
    """The clip as an MP4; encoded once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        with av.open(str(path), "w") as container:
            stream = container.add_stream(form.codec, rate=form.fps)
            stream.width, stream.height = form.size
            stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, form.fps)
            stream.codec_context.thread_count = 1
            stream.options = _encoder_options(form)
            for number in range(form.pictures):
                frame = av.VideoFrame.from_ndarray(
                    numbered_picture(form, form.first + number), "yuv420p"
                )
                frame.pts = number
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path.read_bytes()


def _encoder_options(form: ClipForm) -> dict[str, str]:
    settings = f"keyint={form.gop}:min-keyint={form.gop}:scenecut=0:bframes={form.b_frames}"
    name = "x265-params" if form.codec == "libx265" else "x264-params"
    if form.codec == "libx265":
        settings += ":log-level=none"
    return {"preset": "ultrafast", "crf": "20", name: settings}


def numbered_picture(form: ClipForm, number: int) -> np.ndarray:
    """I420: the number as 16 black and white blocks in the upper half, the seed's noise below."""
    width, height = form.size
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    random = np.random.default_rng([form.seed, number])
    yuv[height // 2 : height] = random.integers(60, 180, (height - height // 2, width), np.uint8)
    for bit in range(16):
        left, right = width * bit // 16, width * (bit + 1) // 16
        yuv[: height // 2, left:right] = 235 if number >> bit & 1 else 16
    return yuv


def number_in(luma: np.ndarray) -> int:
    """The number that `numbered_picture` drew, from a decoded picture's luma (or grey) plane."""
    height, width = luma.shape[:2]
    band = luma[height // 8 : height * 3 // 8]
    middles = [width * (2 * bit + 1) // 32 for bit in range(16)]
    return sum((band[:, x - 1 : x + 2].mean() > 125) << bit for bit, x in enumerate(middles))


class Archive:
    """A station's recordings in a folder: `record` puts a clip into it as one segment.

    Use as a `with` block; `footage` reads it, also while the block lasts.
    """

    def __init__(self, recordings: Path, clock: Clock | None = None) -> None:
        self.recordings = recordings
        self.disk = Disk()
        self.disk.make_folders(recordings)
        self.index = RecordingIndex(recordings, clock or ScriptedClock(EVENING))
        self.footage = IndexedFootage(recordings)
        self.folder_uid = FOLDER

    def __enter__(self) -> Archive:
        self.index.open()
        with self.index.reading() as db:
            known = db.execute("SELECT uid FROM folders WHERE path = ''").fetchone()
        if known:  # a recorder's start-up has founded it
            self.folder_uid = known[0]
        else:
            self.index.change(lambda change: change.know_folder(FOLDER, ""))
        return self

    def __exit__(self, *error: object) -> None:
        self.footage.close()
        self.index.close()

    def record(
        self,
        camera_id: str,
        begins: datetime,
        form: ClipForm = ClipForm(),
        *,
        stream: StreamKind = StreamKind.MAIN,
        clock_ahead_ms: int | None = None,
        grows: bool = False,
    ) -> int:
        """A segment of this clip that begins then; its id. `grows`: it is not finished."""
        path = segment_path(self.recordings, camera_id, stream, begins)
        with TemporaryDirectory() as folder:
            source = Path(folder) / "clip.mp4"
            source.write_bytes(clip(form))
            with av.open(str(source)) as container:
                video = container.streams.video[0]
                codec = "HEVC" if video.codec_context.name == "hevc" else "H264"
                file = SegmentFile(self.disk, path, [video])
                new = NewSegment(
                    camera_id, stream, self.folder_uid, begins, codec, form.size, clock_ahead_ms
                )
                segment = self.index.change(lambda change: change.begin(new))
                for packet in container.demux(video):
                    if packet.size:
                        file.add(packet)
        if grows:
            progress = Progress(segment, file.synced_ms, file.synced_bytes)
            self.index.change(lambda change: change.grow([progress]))
            file.abandon()
            return segment
        written = file.finish()
        final = Progress(segment, written.duration_ms, written.size_bytes)
        self.index.change(lambda change: change.finish(final, written.sha256))
        return segment

    def record_run(
        self,
        camera_id: str,
        begins: datetime,
        segments: int,
        form: ClipForm = ClipForm(),
        *,
        stream: StreamKind = StreamKind.MAIN,
    ) -> Sequence[int]:
        """Segments that follow each other without a gap."""
        step = timedelta(seconds=form.seconds)
        return [
            self.record(camera_id, begins + number * step, form, stream=stream)
            for number in range(segments)
        ]


def recorded_of(footage: Footage, camera_id: str, begins: datetime, ends: datetime) -> list[Span]:
    """Where it says that there is footage of the camera."""
    ranges = footage.stretches(camera_id, begins, ends).recorded
    return [Span(from_ms(first_ms), from_ms(last_ms)) for first_ms, last_ms in ranges]


def pictures_in(path: Path) -> Iterator[tuple[float, int]]:
    """Presentation time in seconds and number of every picture in a file, decoded by PyAV."""
    with closing(av.open(str(path))) as container:
        for frame in container.decode(video=0):
            yield float(frame.pts * frame.time_base), number_in(frame.to_ndarray(format="gray8"))
