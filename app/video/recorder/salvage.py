"""What a segment's file really holds: measured after a crash, a power cut, or somebody's hand.

A file cut short ends in a fragment that is not whole; what stands before it plays. A power cut may
also leave zeros where bytes were not yet on the disk: packets that make no sense end it as well.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av

from app.video.picture import Size
from app.video.recorder.parameter_sets import CODECS

_HEADER = struct.Struct(">I4s")
_LARGE = struct.Struct(">Q")
_OPENING = {"fpsprobesize": "0"}  # the rate of pictures is not wanted: a third of the time
_MOST_TAIL_BYTES = 1 << 16
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Measured:
    """What plays: so long, in so many bytes from the file's beginning."""

    duration_ms: int
    size_bytes: int
    codec: str
    size: Size


def measure(path: Path) -> Measured | None:
    """What of a file plays, up to the end of its last whole fragment; None if nothing does.

    A file that was closed in order is not read through. Raises OSError when it cannot be read.
    """
    ends = list(fragment_ends(path))
    if not ends:
        return None
    try:
        with av.open(str(path), options=_OPENING) as container:
            video = container.streams.video[0]
            if video.codec_context.name not in CODECS or video.time_base is None:
                return None
            if _was_closed(path, ends[-1]) and video.duration:
                size_bytes, ticks = path.stat().st_size, video.duration
            else:
                size_bytes, ticks = _playing(container, video, ends)
            size = Size(video.codec_context.width, video.codec_context.height)
            codec = CODECS[video.codec_context.name]
            duration_ms = int(ticks * 1000 * video.time_base)
    except (av.error.FFmpegError, ValueError, IndexError):
        return None
    return Measured(duration_ms, size_bytes, codec, size) if duration_ms > 0 else None


def fragment_ends(path: Path) -> Iterator[int]:
    """Where each whole fragment (`moof` and `mdat`) of a fragmented MP4 ends, in bytes."""
    whole = path.stat().st_size
    with path.open("rb") as file:
        at, fragment_began = 0, False
        while at + _HEADER.size <= whole:
            file.seek(at)
            length, kind = _HEADER.unpack(file.read(_HEADER.size))
            if length == 1:
                large = file.read(_LARGE.size)
                length = _LARGE.unpack(large)[0] if len(large) == _LARGE.size else 0
            if length < _HEADER.size or at + length > whole:
                return  # zeros, or a box that is not all there
            at += length
            if kind == b"mdat" and fragment_began:
                yield at
            fragment_began = kind == b"moof"


def _was_closed(path: Path, last_end: int) -> bool:
    """Whether the muxer's last box stands behind the last fragment, and ends the file."""
    with path.open("rb") as file:
        file.seek(last_end)
        tail = file.read(_MOST_TAIL_BYTES)
    if len(tail) < _HEADER.size:
        return False
    length, kind = _HEADER.unpack_from(tail)
    return bool(kind == b"mfra" and length == len(tail))


def _playing(
    container: av.container.InputContainer, video: av.VideoStream, ends: list[int]
) -> tuple[int, int]:
    """How many bytes, and ticks of the stream's time, are whole fragments that make sense."""
    good, ticks, first, last, in_fragment = 0, 0, None, 0, 0
    for packet in container.demux(video):
        if packet.pts is None or packet.pos is None or not packet.size:
            continue
        while packet.pos >= ends[in_fragment]:  # the fragments before this packet's are good
            good = ticks
            in_fragment += 1
            if in_fragment == len(ends):
                return ends[-1], good
        if not _is_video(memoryview(packet)):
            return ends[in_fragment - 1] if in_fragment else 0, good
        first = packet.pts if first is None else first
        ticks = max(ticks, packet.pts - first + (packet.duration or max(packet.pts - last, 0)))
        last = packet.pts
    return ends[-1], ticks


def _is_video(packet: memoryview) -> bool:
    """Whether a packet is NAL units, each with its length in front, and nothing left over."""
    at = 0
    while at + _LENGTH.size <= len(packet):
        (length,) = _LENGTH.unpack_from(packet, at)
        if length == 0:
            return False
        at += _LENGTH.size + length
    return at == len(packet)
