"""A video file as a live camera: its packets over and over. Knows no RTSP.

H.264 and HEVC are sent as they are, never decoded; any other video is encoded again once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from threading import Event, Lock

import av
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer
from av.video.frame import PictureType
from av.video.stream import VideoStream

from app.demo.simulated_cameras.encoder import open_encoder
from app.demo.simulated_cameras.nal_units import (
    NoVideoError,
    ParameterSets,
    access_unit,
    parameter_sets_in,
)
from app.demo.simulated_cameras.sources import Encoding, Publish
from app.demo.simulated_cameras.spec import Codec, StreamSize

_CODECS = {"h264": Codec.H264, "hevc": Codec.HEVC}
_KEYFRAME_EVERY_S = 2.0
_FPS_MAX = 60
_READING = Lock()  # every camera of a fleet may show the same file: it is read once


@dataclass(frozen=True, slots=True)
class _Coded:
    """One picture of a file: Annex B bytes, and seconds since its first picture."""

    data: bytes
    sent_s: float
    shown_s: float  # later than the next one's where there are B-pictures


@dataclass(frozen=True, slots=True)
class _Clip:
    sets: ParameterSets
    pictures: tuple[_Coded, ...]
    length_s: float
    fps: float


class ClipSource:
    """Loops a file; time goes on across the loops. The file is read once.

    Raises `NoVideoError` or an `av.FFmpegError` (an OSError too) when the file is no video.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def own_encoding(self) -> Encoding | None:
        return None

    def encode_as(self, encoding: Encoding) -> None:
        """A file is as it is."""

    def parameter_sets(self) -> ParameterSets:
        return self._clip().sets

    def fps(self) -> float:
        return self._clip().fps

    def ask_for_keyframe(self) -> bool:
        return False

    def run(self, publish: Publish, stop: Event) -> None:
        clip = self._clip()
        origin_s, number = time.monotonic(), 0
        while True:
            for picture in clip.pictures:
                if stop.wait(max(0.0, origin_s + picture.sent_s - time.monotonic())):
                    return
                taken_s = origin_s + picture.shown_s
                publish(access_unit(picture.data, clip.sets, taken_s=taken_s, number=number))
                number += 1
            origin_s += clip.length_s

    def _clip(self) -> _Clip:
        with _READING:
            return _read_clip(self._path)


def codec_of(path: Path) -> str:
    """What the video in a file is encoded with, as FFmpeg calls it. Raises as `ClipSource`."""
    with av.open(str(path)) as container:
        return str(_video(container).codec_context.name)


def is_sent_as_it_is(codec: str) -> bool:
    """Whether a file of this codec needs no encoding."""
    return codec in _CODECS


@lru_cache(maxsize=16)
def _read_clip(path: Path) -> _Clip:
    with av.open(str(path)) as container:
        stream = _video(container)
        fps = float(stream.average_rate or 25)
        codec = _CODECS.get(stream.codec_context.name)
        coded = _encoded_again(container, stream) if codec is None else _as_it_is(container, stream)
        pictures = tuple(coded)
    if not pictures:
        raise NoVideoError("no pictures in the file")
    sets = parameter_sets_in(pictures[0].data, codec or Codec.H264)
    first = pictures[0]
    steady = tuple(
        _Coded(one.data, one.sent_s - first.sent_s, one.shown_s - first.shown_s) for one in pictures
    )
    return _Clip(sets, steady, steady[-1].sent_s + 1 / fps, fps)


def _video(container: InputContainer) -> VideoStream:
    if not container.streams.video:
        raise NoVideoError("no video in the file")
    return container.streams.video[0]


def _as_it_is(container: InputContainer, stream: VideoStream) -> Iterator[_Coded]:
    to_annex_b = BitStreamFilterContext(f"{stream.codec_context.name}_mp4toannexb", stream)
    for packet in container.demux(stream):
        for out in to_annex_b.filter(packet if packet.size else None):
            tick_s = float(out.time_base or 0)
            sent = out.dts if out.dts is not None else out.pts or 0
            shown = out.pts if out.pts is not None else sent
            yield _Coded(bytes(out), sent * tick_s, shown * tick_s)


def _encoded_again(container: InputContainer, stream: VideoStream) -> Iterator[_Coded]:
    """As H.264 without B-pictures, at the file's own size and rate; even sizes only."""
    fps = max(1, min(_FPS_MAX, round(float(stream.average_rate or 25))))
    width, height = stream.codec_context.width & ~1, stream.codec_context.height & ~1
    encoding = Encoding(Codec.H264, StreamSize(width, height, fps))
    encoder = open_encoder(encoding, keyframe_every_s=_KEYFRAME_EVERY_S)
    head = bytes(encoder.extradata or b"")
    for number, frame in enumerate(container.decode(stream)):
        picture = frame.reformat(width, height, "yuv420p")
        picture.pts, picture.time_base = number, Fraction(1, fps)
        picture.pict_type = PictureType.NONE  # the encoder's choice, not what it was in the file
        for packet in encoder.encode(picture):
            yield _Coded(head + bytes(packet), number / fps, number / fps)
            head = b""
