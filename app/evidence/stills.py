"""One picture out of recorded footage, as a PNG with the privacy masks burnt in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import av
import av.error
import numpy as np

from app.cameras.masks import PrivacyMask
from app.evidence.recorded_gops import Gop, UnreadableError, gops
from app.video.archive.segment import Segment, Span
from app.video.mask_stencil import MaskStencil
from app.video.picture import Size


@dataclass(frozen=True, slots=True)
class StillPicture:
    """`at` is when the picture arrived: the last one at or before what was asked for."""

    at: datetime
    png: bytes


def still_picture(
    segment: Segment, at: datetime, masks: tuple[PrivacyMask, ...]
) -> StillPicture | None:
    """The picture at this instant; None if the segment cannot be read there."""
    try:
        for gop in gops(segment, Span(at, at + timedelta(milliseconds=1))):
            return _last_before(gop, at, masks)
    except UnreadableError:
        pass
    return None


def decoded(gop: Gop) -> list[tuple[datetime, Any]]:
    """Every picture of a group with its time, in order; those that cannot be decoded are left."""
    video = gop.streams[0]
    first = gop.packets[0]
    frames: list[Any] = []
    for packet in gop.packets:
        if packet.stream is video:
            try:
                frames += packet.decode()
            except av.error.FFmpegError:
                continue
    frames += video.codec_context.decode(None)
    video.codec_context.flush_buffers()
    ticks_a_second = first.time_base.denominator / first.time_base.numerator
    return [
        (gop.begins + timedelta(seconds=(frame.pts - first.pts) / ticks_a_second), frame)
        for frame in frames
        if frame.pts is not None
    ]


def _last_before(gop: Gop, at: datetime, masks: tuple[PrivacyMask, ...]) -> StillPicture | None:
    frames = [(when, frame) for when, frame in decoded(gop) if when <= at]
    if not frames:
        return None
    when, frame = frames[-1]
    pixels = np.ascontiguousarray(frame.to_ndarray(format="bgra"))
    MaskStencil(masks, Size(pixels.shape[1], pixels.shape[0])).blacken(pixels)
    return StillPicture(when, _png(pixels))


def _png(pixels: Any) -> bytes:
    frame = av.VideoFrame.from_ndarray(pixels, format="bgra").reformat(format="rgb24")
    encoder: Any = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "rgb24"
    encoder.time_base = Fraction(1, 25)
    frame.pts = 0
    return b"".join(bytes(packet) for packet in (*encoder.encode(frame), *encoder.encode(None)))
