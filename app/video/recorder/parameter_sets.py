"""What a camera says of its video before a keyframe: parameter sets, and the picture's size.

A camera that changes size says so there, in the middle of a session. Knows no file.
"""

from __future__ import annotations

import av
from av.packet import Packet
from av.stream import Stream

from app.video.picture import Size

CODECS = {"h264": "H264", "hevc": "HEVC"}
"""What is recorded, by FFmpeg's name: the name that is stored."""
_START = b"\0\0\1"
_LOOK_AT_BYTES = 4096  # parameter sets stand in front; a keyframe has a hundred times as much


def parameter_sets(codec: str, packet: Packet[Stream]) -> bytes:
    """The parameter sets in front of a keyframe (Annex B), with start codes; empty if none are."""
    head = bytes(memoryview(packet)[:_LOOK_AT_BYTES])
    found = []
    at = head.find(_START)
    while at >= 0:
        begin = at + len(_START)
        at = head.find(_START, begin)
        unit = head[begin : at if at >= 0 else len(head)]
        if at < 0 or not unit or not _is_before_pictures(codec, unit[0]):
            break  # the last unit may go on beyond what was looked at
        if _is_parameter_set(codec, unit[0]):
            found.append(b"\0" + _START + unit.rstrip(b"\0"))
    return b"".join(found)


def picture_size(codec: str, sets: bytes, keyframe: Packet[Stream]) -> Size | None:
    """How large the pictures are: the one keyframe is decoded. None if it cannot be."""
    context = av.CodecContext.create(codec, "r")
    assert isinstance(context, av.VideoCodecContext)
    context.thread_count = 1
    try:
        if sets:
            context.extradata = sets
        frames = [*context.decode(av.Packet(bytes(keyframe))), *context.decode(None)]
    except av.error.FFmpegError:
        return None
    for frame in frames:
        if isinstance(frame, av.VideoFrame):
            return Size(frame.width, frame.height)
    return None


def _is_parameter_set(codec: str, header: int) -> bool:
    """H.264 table 7-1, H.265 table 7-1: SPS, PPS; VPS."""
    return header & 31 in (7, 8) if codec == "h264" else header >> 1 & 63 in (32, 33, 34)


def _is_before_pictures(codec: str, header: int) -> bool:
    return header & 31 > 5 if codec == "h264" else header >> 1 & 63 >= 32
