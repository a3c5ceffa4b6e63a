"""A live sensor: paints pictures at their pace and encodes them with x264. Knows no RTSP."""

from __future__ import annotations

import time
from fractions import Fraction
from threading import Event, Lock
from typing import Protocol

import av
import numpy as np
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from app.demo.simulated_cameras.sources import (
    ParameterSets,
    Publish,
    access_unit,
    parameter_sets_in,
)
from app.demo.simulated_cameras.spec import StreamSize

Yuv = NDArray[np.uint8]

# Drawing is thousands of tiny OpenCV calls, each of which lets go of the interpreter lock: threads
# that draw at once spend more time handing it round than drawing. So one picture at a time.
_ONE_AT_A_TIME = Lock()


class Painter(Protocol):
    """Paints one picture after the other."""

    def prepare(self, at_s: float) -> None:
        """Do now what takes long (a new background) and is needed to paint at Unix time `at_s`."""
        ...

    def paint(self, number: int, at_s: float) -> Yuv:
        """Picture `number`, taken at Unix time `at_s`: I420, (height × 3 / 2, width) uint8.

        What is returned may be painted over at the next call.
        """
        ...


class DrawnSource:
    """One painter and one encoder, shared by every viewer of the stream."""

    def __init__(self, painter: Painter, size: StreamSize, *, keyframe_every_s: float) -> None:
        self._painter = painter
        self._size = size
        self._keyframe_every = max(1, round(keyframe_every_s * size.fps))
        self._keyframe_wanted = Event()
        self._sets: ParameterSets | None = None
        self._number = 0

    def parameter_sets(self) -> ParameterSets:
        """The encoder's own SPS and PPS; the same for every encoder with these settings."""
        if self._sets is None:
            self._sets = parameter_sets_in(self._open_encoder().extradata or b"")
        return self._sets

    def ask_for_keyframe(self) -> bool:
        self._keyframe_wanted.set()
        return True

    def run(self, publish: Publish, stop: Event) -> None:
        sets = self.parameter_sets()
        encoder = self._open_encoder()
        step_s = 1.0 / self._size.fps
        due_s = time.monotonic()
        while not stop.wait(max(0.0, due_s - time.monotonic())):
            self._painter.prepare(time.time())
            with _ONE_AT_A_TIME:
                taken_s, number = time.monotonic(), self._number
                packets = encoder.encode(self._next_frame())
            for packet in packets:
                publish(access_unit(bytes(packet), sets, taken_s=taken_s, number=number))
            due_s = max(due_s + step_s, time.monotonic())  # late pictures are left out, not queued

    def _next_frame(self) -> av.VideoFrame:
        yuv = self._painter.paint(self._number, time.time())
        frame = av.VideoFrame.from_ndarray(yuv, format="yuv420p")
        frame.pts = self._number
        self._number += 1
        if self._keyframe_wanted.is_set():
            self._keyframe_wanted.clear()
            frame.pict_type = PictureType.I
        return frame

    def _open_encoder(self) -> VideoCodecContext:
        encoder = av.CodecContext.create("libx264", "w")
        encoder.width, encoder.height = self._size.width_px, self._size.height_px
        encoder.pix_fmt = "yuv420p"
        encoder.time_base = Fraction(1, self._size.fps)
        encoder.framerate = Fraction(self._size.fps)
        encoder.thread_count = 1
        encoder.flags |= Flags.global_header  # parameter sets apart: access_unit() puts them back
        every = self._keyframe_every
        encoder.options = {
            "preset": "ultrafast",
            "tune": "zerolatency",
            "crf": "25",
            "forced-idr": "1",
            "x264-params": f"keyint={every}:min-keyint={every}:scenecut=0:sliced-threads=0",
        }
        encoder.open()
        return encoder
