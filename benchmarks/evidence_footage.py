"""Footage for the evidence benchmark: segments on the disk, and a shelf of them that is asked.

Made by PyAV as a recorder would: H.264, a keyframe every two seconds, fragments of one second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from app.cameras.camera import StreamKind
from app.video.archive.footage import Stretches
from app.video.archive.index_tables import to_ms
from app.video.archive.segment import Gap, Segment, Span
from app.video.picture import Size

GOP_S = 2
_TICKS = 90_000
_OPTIONS = {"movflags": "empty_moov+default_base_moof", "frag_duration": "1000000"}


@dataclass(frozen=True, slots=True)
class SegmentForm:
    """What all segments of a run have in common; `bits_per_s` is what the encoder is held to."""

    size: Size
    fps: int
    seconds: int
    bits_per_s: int
    distinct_s: int
    """The encoded stretch that is repeated until the segment is full: noise is dear to encode."""


def write_segment(path: Path, form: SegmentForm, seed: int) -> None:
    """One file as a recorder leaves it."""
    once = path.with_suffix(".once.mp4")
    _encode(once, form, seed)
    with av.open(str(path), "w", format="mp4", options=_OPTIONS) as container:
        stream: Any = None
        for turn in range(form.seconds // form.distinct_s):
            with av.open(str(once)) as source:
                video = source.streams.video[0]
                stream = stream or container.add_stream_from_template(video)
                for packet in source.demux(video):
                    if packet.size and packet.pts is not None and packet.dts is not None:
                        shift = round(turn * form.distinct_s / packet.time_base)
                        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                        packet.stream = stream
                        container.mux(packet)
    once.unlink()


def _encode(path: Path, form: SegmentForm, seed: int) -> None:
    """The distinct stretch: noise with a bar that moves."""
    random = np.random.default_rng(seed)
    width, height = form.size
    group = GOP_S * form.fps
    with av.open(str(path), "w", format="mp4") as container:
        stream: Any = container.add_stream("libx264", rate=form.fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, _TICKS)
        stream.codec_context.bit_rate = form.bits_per_s
        stream.options = {
            "preset": "ultrafast",
            "x264-params": f"keyint={group}:min-keyint={group}:scenecut=0:bframes=0",
        }
        for number in range(form.distinct_s * form.fps):
            planes = np.full((height * 3 // 2, width), 128, np.uint8)
            planes[:height] = random.integers(90, 160, (height, width), np.uint8)
            planes[:height, (number * 7) % (width - 8) :][:, :8] = 235
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number * _TICKS // form.fps, Fraction(1, _TICKS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


class Shelf:
    """Segments in memory, asked as a station's footage is."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []

    def put(self, camera_id: str, path: Path, begins: datetime, form: SegmentForm) -> None:
        """A finished segment of the main stream."""
        data = path.read_bytes()
        self._segments.append(
            Segment(
                id=len(self._segments) + 1,
                camera_id=camera_id,
                stream=StreamKind.MAIN,
                path=path,
                begins=begins,
                duration_ms=form.seconds * 1000,
                size_bytes=len(data),
                codec="H264",
                size=form.size,
                sha256=hashlib.sha256(data).hexdigest(),
            )
        )

    def segments(
        self, camera_id: str, stream: StreamKind, begins: datetime, ends: datetime
    ) -> list[Segment]:
        return [
            one
            for one in self._segments
            if (one.camera_id, one.stream) == (camera_id, stream)
            and one.begins < ends
            and one.begins + timedelta(milliseconds=one.duration_ms) > begins
        ]

    def segment_at(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        found = self.segments(camera_id, stream, at, at + timedelta(milliseconds=1))
        return found[-1] if found else None

    def segment_after(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        found = self.segments(camera_id, stream, at, datetime.max.replace(tzinfo=at.tzinfo))
        return next((one for one in found if one.begins >= at), None)

    def segment_before(self, camera_id: str, stream: StreamKind, at: datetime) -> Segment | None:
        found = self.segments(camera_id, stream, datetime.min.replace(tzinfo=at.tzinfo), at)
        return next((one for one in reversed(found) if one.ends <= at), None)

    def streams(self, camera_id: str) -> frozenset[StreamKind]:
        return frozenset(one.stream for one in self._segments if one.camera_id == camera_id)

    def gaps(self, camera_id: str, begins: datetime, ends: datetime) -> list[Gap]:
        return []

    def stretches(self, camera_id: str, begins: datetime, ends: datetime) -> Stretches:
        spans = [one.span for one in self.segments(camera_id, StreamKind.MAIN, begins, ends)]
        return Stretches([(to_ms(one.begins), to_ms(one.ends)) for one in spans], [])

    def extent(self, camera_ids: Sequence[str] = ()) -> Span | None:
        spans = [one.span for one in self._segments]
        return Span(spans[0].begins, spans[-1].ends) if spans else None
