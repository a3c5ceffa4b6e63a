"""A live sensor: paints pictures at their pace and encodes them. Knows no RTSP."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Event, Lock
from typing import Protocol

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from app.demo.simulated_cameras.encoder import open_encoder
from app.demo.simulated_cameras.nal_units import ParameterSets, access_unit, parameter_sets_in
from app.demo.simulated_cameras.sources import Encoding, Publish
from app.demo.simulated_cameras.spec import Codec, StreamSize

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
    """One painter and one encoder, shared by every viewer of the stream.

    `painter_of` makes the painter of a size: another size needs another painter.
    """

    def __init__(
        self,
        painter_of: Callable[[StreamSize], Painter],
        size: StreamSize,
        *,
        keyframe_every_s: float,
    ) -> None:
        self._painter_of = painter_of
        self._own = Encoding(Codec.H264, size)
        self._wanted = self._own
        self._painter = (size, painter_of(size))
        self._keyframe_every_s = keyframe_every_s
        self._keyframe_wanted = Event()
        self._sets: dict[Encoding, ParameterSets] = {}
        self._number = 0

    @property
    def own_encoding(self) -> Encoding:
        return self._own

    def encode_as(self, encoding: Encoding) -> None:
        self._wanted = encoding

    def parameter_sets(self) -> ParameterSets:
        """The encoder's own; the same for every encoder with these settings."""
        return self._sets_of(self._wanted)

    def fps(self) -> float:
        return float(self._wanted.size.fps)

    def ask_for_keyframe(self) -> bool:
        self._keyframe_wanted.set()
        return True

    def run(self, publish: Publish, stop: Event) -> None:
        while not stop.is_set():
            self._run_encoder(self._wanted, publish, stop)

    def _run_encoder(self, encoding: Encoding, publish: Publish, stop: Event) -> None:
        """Paint and encode until another encoding is wanted."""
        sets, painter = self._sets_of(encoding), self._painter_for(encoding.size)
        encoder = self._opened(encoding)
        step_s = 1.0 / encoding.size.fps
        due_s = time.monotonic()
        while self._wanted == encoding and not stop.wait(max(0.0, due_s - time.monotonic())):
            painter.prepare(time.time())
            with _ONE_AT_A_TIME:
                taken_s, number = time.monotonic(), self._number
                packets = encoder.encode(self._next_frame(painter))
            for packet in packets:
                publish(access_unit(bytes(packet), sets, taken_s=taken_s, number=number))
            due_s = max(due_s + step_s, time.monotonic())  # late pictures are left out, not queued

    def _next_frame(self, painter: Painter) -> av.VideoFrame:
        frame = av.VideoFrame.from_ndarray(painter.paint(self._number, time.time()), "yuv420p")
        frame.pts = self._number
        self._number += 1
        if self._keyframe_wanted.is_set():
            self._keyframe_wanted.clear()
            frame.pict_type = PictureType.I
        return frame

    def _painter_for(self, size: StreamSize) -> Painter:
        """The last one where it fits: a new one would draw its background anew."""
        same = replace(size, fps=self._painter[0].fps)
        if same != self._painter[0]:
            self._painter = (size, self._painter_of(size))
        return self._painter[1]

    def _sets_of(self, encoding: Encoding) -> ParameterSets:
        if encoding not in self._sets:
            extradata = self._opened(encoding).extradata or b""
            self._sets = {encoding: parameter_sets_in(extradata, encoding.codec)}
        return self._sets[encoding]

    def _opened(self, encoding: Encoding) -> VideoCodecContext:
        return open_encoder(encoding, keyframe_every_s=self._keyframe_every_s)
