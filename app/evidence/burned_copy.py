"""A second copy for people to watch: encoded anew, with time, camera and station in the picture.

The privacy masks in force are burnt in. It proves nothing; the packets as recorded do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray

from app.cameras.masks import PrivacyMask
from app.evidence.clip_writer import (
    BUFFER_BYTES,
    LARGEST_FILE_BYTES,
    MP4_OPTIONS,
    CancelledError,
    ClipNames,
    OpenFile,
    WrittenClip,
    written_clip,
)
from app.evidence.export_plan import UNBROKEN_S
from app.evidence.lettering import stamp
from app.evidence.pieces import PieceHasher, Writable
from app.evidence.recorded_gops import Gop
from app.evidence.stills import decoded
from app.thai.dates import buddhist_year, to_local
from app.video.archive.segment import Span
from app.video.mask_stencil import MaskStencil
from app.video.picture import Size

_TICKS = 90_000
_ENCODER: dict[str, object] = {
    "preset": "veryfast",
    "crf": "20",
    "tune": "zerolatency",  # a picture in, a packet out: fragments stay those of the recording
    "forced-idr": "1",
    "x264-params": "keyint=infinite:scenecut=0",
}
_BLACK, _GREY = 16, 128  # luma and chroma of black: ITU-R BT.601 §2.5


def write_burned(
    groups: Iterable[Gop],
    masks: tuple[PrivacyMask, ...],
    station: str,
    open_file: OpenFile,
    names: ClipNames,
    *,
    copied: Callable[[int], None],
    cancelled: threading.Event,
) -> list[WrittenClip]:
    """The burned copy of one stream. Raises CancelledError, and what reading and writing raise."""
    written: list[WrittenClip] = []
    with ExitStack() as stack:
        file: _BurnedFile | None = None
        for gop in groups:
            if file is not None and not file.takes(gop):
                written.append(file.close())
                stack.close()
                file = None
            for at, frame in decoded(gop):
                if cancelled.is_set():
                    raise CancelledError
                if file is None:
                    segment = gop.segment
                    name = names.of(
                        "burned", segment.camera_id, segment.stream, gop.begins, "mp4"
                    )  # fmt: skip
                    out = stack.enter_context(open_file(name))
                    file = _BurnedFile(name, out, gop, masks, station, stack)
                file.add(gop, at, frame)
            copied(gop.size_bytes)
        if file is not None:
            written.append(file.close())
    return written


class _BurnedFile:
    """One MP4 under way: a keyframe where the recording has one."""

    def __init__(
        self,
        name: str,
        out: Writable,
        first: Gop,
        masks: tuple[PrivacyMask, ...],
        station: str,
        stack: ExitStack,
    ) -> None:
        self._name = name
        self._first = first
        self._size = Size(*(side - side % 2 for side in first.layout[0][1:3]))
        self._masked = _masked(masks, self._size)
        self._words = f"{first.segment.camera_id} {station}"
        self._hasher = PieceHasher(out)
        self._container: Any = av.open(
            self._hasher, "w", format="mp4", options=MP4_OPTIONS, buffer_size=BUFFER_BYTES
        )
        stack.callback(self._let_go)
        self._stream = self._container.add_stream("libx264", rate=25)
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = Fraction(1, _TICKS)
        self._stream.options = _ENCODER
        self._spans: list[Span] = []
        self._pts = -1

    def takes(self, gop: Gop) -> bool:
        """Whether a group may follow in this file."""
        between_s = (gop.begins - self._spans[-1].ends).total_seconds()
        return (
            gop.layout == self._first.layout
            and abs(between_s) <= UNBROKEN_S
            and self._hasher.size_bytes < LARGEST_FILE_BYTES * 0.95
        )

    def add(self, gop: Gop, at: datetime, frame: Any) -> None:
        """Write a picture."""
        planes = frame.to_ndarray(
            format="yuv420p", width=self._size.width_px, height=self._size.height_px
        )
        self._burn(planes, at)
        burnt = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        if not self._spans or self._spans[-1] != gop.span:
            self._spans.append(gop.span)
            burnt.pict_type = PictureType.I
        since_s = (at - self._first.begins).total_seconds()
        self._pts = max(round(since_s * _TICKS), self._pts + 1)
        burnt.pts, burnt.time_base = self._pts, Fraction(1, _TICKS)
        self._container.mux(self._stream.encode(burnt))

    def _burn(self, planes: NDArray[np.uint8], at: datetime) -> None:
        planes[self._masked] = _BLACK
        height = self._size.height_px
        planes[height:][self._masked[height:]] = _GREY
        local = to_local(at)
        time = f"{local:%d/%m}/{buddhist_year(at)} {local:%H:%M:%S}.{local.microsecond // 100_000}"
        stamp(planes[:height], f"{time} {self._words}")

    def _let_go(self) -> None:
        self._hasher.is_lost = True
        self._container.close()

    def close(self) -> WrittenClip:
        """End the file."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
        segment = self._first.segment
        return written_clip(
            self._name, segment.camera_id, segment.stream, "H264", self._size, self._spans,
            self._hasher.finish(), segment.clock_ahead_ms,
        )  # fmt: skip


def _masked(masks: tuple[PrivacyMask, ...], size: Size) -> NDArray[np.bool_]:
    """Which bytes of an I420 picture are hidden: (height × 3/2, width), chroma where any of its
    four pixels is."""
    width, height = size
    white = np.full((height, width, 4), 255, np.uint8)
    MaskStencil(masks, size).blacken(white)
    luma = white[..., 0] == 0
    chroma = luma.reshape(height // 2, 2, width // 2, 2).any(axis=(1, 3))
    flat = np.concatenate([luma.reshape(-1), chroma.reshape(-1), chroma.reshape(-1)])
    return flat.reshape(height * 3 // 2, width)
