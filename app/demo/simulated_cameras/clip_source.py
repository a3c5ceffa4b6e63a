"""A video file as a live camera: its H.264 packets over and over, never decoded. Knows no RTSP."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import av
from av.bitstream import BitStreamFilterContext

from app.demo.simulated_cameras.sources import (
    NotH264Error,
    ParameterSets,
    Publish,
    access_unit,
    parameter_sets_in,
)


@dataclass(frozen=True, slots=True)
class _Clip:
    sets: ParameterSets
    pictures: tuple[tuple[bytes, float], ...]  # Annex B bytes, seconds since the first picture
    length_s: float


class ClipSource:
    """Loops a file; time goes on across the loops. The file is read once, packets only.

    Raises `NotH264Error` or an `av.FFmpegError` (an OSError too) when the file is no H.264 video.
    Only files without B-pictures keep their order of display; cameras send none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._clip: _Clip | None = None

    def parameter_sets(self) -> ParameterSets:
        return self._read().sets

    def ask_for_keyframe(self) -> bool:
        return False

    def run(self, publish: Publish, stop: Event) -> None:
        clip = self._read()
        origin_s, number = time.monotonic(), 0
        while True:
            for data, offset_s in clip.pictures:
                due_s = origin_s + offset_s
                if stop.wait(max(0.0, due_s - time.monotonic())):
                    return
                publish(access_unit(data, clip.sets, taken_s=due_s, number=number))
                number += 1
            origin_s += clip.length_s

    def _read(self) -> _Clip:
        if self._clip is None:
            self._clip = _read_clip(self._path)
        return self._clip


def _read_clip(path: Path) -> _Clip:
    with av.open(str(path)) as container:
        if not container.streams.video:
            raise NotH264Error("no video in the file")
        stream = container.streams.video[0]
        if stream.codec_context.name != "h264":
            raise NotH264Error(f"{stream.codec_context.name}, not H.264")
        to_annex_b = BitStreamFilterContext("h264_mp4toannexb", stream)
        step_s = float(1 / stream.average_rate) if stream.average_rate else 0.04
        pictures: list[tuple[bytes, float]] = []
        for packet in container.demux(stream):
            for out in to_annex_b.filter(packet if packet.size else None):
                at_s = float((out.dts or 0) * out.time_base) if out.time_base else 0.0
                pictures.append((bytes(out), at_s))
    if not pictures:
        raise NotH264Error("no pictures in the file")
    first_s = pictures[0][1]
    steady = tuple((data, at_s - first_s) for data, at_s in pictures)
    return _Clip(parameter_sets_in(pictures[0][0]), steady, steady[-1][1] + step_s)
