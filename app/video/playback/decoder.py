"""Turns packets into pictures at tile size. Knows no file and no time of day; PyAV underneath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import av
from av.video.reformatter import VideoReformatter

from app.cameras.masks import PrivacyMask
from app.video.mask_stencil import MaskStencil
from app.video.picture import Pixels, Size
from app.video.playback.bgra import BgraMaker

_NAMES = {"h264", "hevc"}
_PLAIN = {"yuv420p", "yuvj420p"}  # what is kept: 12 bits a pixel
_WIDE_PX = 128  # of less eight pixels would be missed


class BadPacketError(Exception):
    """It could not be decoded; nor can what builds on it be believed."""


class Decoder:
    """One stream's decoder, for one thread. Begins with a keyframe after `restart`."""

    def __init__(self, codec: tuple[str, bytes], threads: int) -> None:
        name, extradata = codec
        if name not in _NAMES:
            raise BadPacketError(name)
        self.codec = codec
        self.threads = threads
        self._context: Any = av.CodecContext.create(name, "r")
        self._context.extradata = extradata
        self._context.thread_count = threads
        self._context.thread_type = "FRAME" if threads > 1 else "NONE"
        self._is_fresh = True

    def restart(self) -> None:
        """Forget what was decoded; a keyframe comes next."""
        if not self._is_fresh:
            self._context.flush_buffers()
            self._is_fresh = True

    def feed(self, packet: Any) -> list[Any]:
        """The frames that are done by now, in the order of showing; `packet` None: all the rest,
        and `restart` must follow. Raises BadPacketError."""
        self._is_fresh = False
        try:
            frames: list[Any] = self._context.decode(packet)
        except (av.FFmpegError, ValueError) as error:
            raise BadPacketError(type(error).__name__) from error
        return frames


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A decoded frame at tile size, without masks: never leaves the playback as it is."""

    frame: Any
    source_size: Size
    bytes: int


class Scaler:
    """Scales decoded frames to a tile, averaging what is made smaller, and makes BGRA of them."""

    def __init__(self) -> None:
        self._to_tile = VideoReformatter()
        self._bgra = BgraMaker()
        self._stencil = MaskStencil((), Size(1, 1))

    def keep(self, frame: Any, box: Size) -> Kept:
        """The frame, no larger than `box`, as 12 bits a pixel."""
        source = Size(frame.width, frame.height)
        size = tile_size(source, box)
        if size != source or frame.format.name not in _PLAIN:
            name = frame.format.name if frame.format.name in _PLAIN else "yuv420p"
            frame = self._to_tile.reformat(
                frame, size.width_px, size.height_px, name, interpolation="AREA", threads=1
            )
        return Kept(frame, source, size.width_px * size.height_px * 3 // 2)

    def pixels(self, kept: Kept, masks: tuple[PrivacyMask, ...]) -> Pixels:
        """(height, width, 4) uint8 BGRA with the masks burnt in; rows may lie apart."""
        pixels = self._bgra.pixels(kept.frame)
        if masks:
            size = Size(pixels.shape[1], pixels.shape[0])
            if not self._stencil.is_for(masks, size):
                self._stencil = MaskStencil(masks, size)
            self._stencil.blacken(pixels)
        return pixels


def tile_size(source: Size, box: Size) -> Size:
    """The size at which a frame is kept: even, for colour has half as many lines; of a larger one
    whole eights wide, which are made into BGRA four times as quickly (`bgra.py`)."""
    if source.width_px <= box.width_px and source.height_px <= box.height_px:
        return source
    fitting = source.inside(box, largest_scale=1.0)
    width = fitting.width_px & (~7 if fitting.width_px >= _WIDE_PX else ~1)
    height = min(fitting.height_px & ~1, 2 * round(width * source.height_px / source.width_px / 2))
    return Size(max(2, width), max(2, height))
