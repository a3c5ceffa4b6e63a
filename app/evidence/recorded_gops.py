"""Reads recorded segments group by group: what lies between two keyframes, packets untouched.

A group of pictures (GOP) is the smallest piece that can be cut out, shown and proved by itself.
Knows no package and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import av
import av.error

from app.video.archive.segment import Segment, Span

_LONGEST_GOP_BYTES = 256_000_000
"""A group that is larger is no video of a camera: memory must not follow it."""


class UnreadableError(Exception):
    """A segment's file is gone, cut short before its first group, or no video at all."""


@dataclass(frozen=True, slots=True)
class Gop:
    """One group: `begins` is when its keyframe arrived, `ends` when the next one did.

    `packets`: PyAV's, video and audio in their order. `layout`: what must be the same for groups to
    lie in one file. `streams`: where the packets come from.
    """

    segment: Segment
    begins: datetime
    ends: datetime
    packets: tuple[Any, ...]
    layout: tuple[Any, ...]
    streams: tuple[Any, ...]

    @property
    def span(self) -> Span:
        return Span(self.begins, self.ends)

    @property
    def size_bytes(self) -> int:
        return sum(packet.size for packet in self.packets)


def gops(segment: Segment, wanted: Span) -> Iterator[Gop]:
    """The groups of a segment that overlap `wanted`, in order. Raises UnreadableError.

    What is read before a damaged place is given first. A group's packets may be used until the
    next one is asked for, and the file is closed when the last was given.
    """
    try:
        with av.open(str(segment.path), metadata_errors="ignore") as container:
            yield from _gops(container, segment, wanted)
    except (av.error.FFmpegError, OSError) as error:
        raise UnreadableError(type(error).__name__) from error


def _gops(container: Any, segment: Segment, wanted: Span) -> Iterator[Gop]:
    if not container.streams.video:
        raise UnreadableError("no video")
    streams = (container.streams.video[0], *container.streams.audio[:1])
    layout = tuple(_layout(stream) for stream in streams)
    first_pts: int | None = None
    for packets, next_pts in _groups(container, streams):
        first_pts = packets[0].pts if first_pts is None else first_pts
        begins = _arrived(segment, packets[0].pts - first_pts, packets[0].time_base)
        ends = _arrived(segment, next_pts - first_pts, packets[0].time_base)
        if begins >= wanted.ends:
            return
        if ends > wanted.begins:
            yield Gop(segment, begins, ends, tuple(packets), layout, streams)
    if first_pts is None:
        raise UnreadableError("no keyframe")


def _groups(container: Any, streams: tuple[Any, ...]) -> Iterator[tuple[list[Any], int]]:
    """Packets from each keyframe to the next, and at which time of the stream the next begins."""
    video = streams[0]
    group: list[Any] = []
    size_bytes, next_pts = 0, 0
    for packet in container.demux(streams):
        if packet.pts is None or packet.dts is None or packet.size == 0:
            continue
        if packet.stream is video:
            if packet.is_keyframe and group:
                yield group, packet.pts
                group, size_bytes = [], 0
            next_pts = max(next_pts, packet.pts + (packet.duration or 0))
        if group or (packet.stream is video and packet.is_keyframe):
            group.append(packet)
            size_bytes += packet.size
            if size_bytes > _LONGEST_GOP_BYTES:
                raise UnreadableError("a group without end")
    if group:
        yield group, next_pts


def _arrived(segment: Segment, ticks: int, time_base: Fraction) -> datetime:
    """When a frame arrived, cut to milliseconds as every stored time."""
    milliseconds = ticks * 1000 * time_base.numerator // time_base.denominator
    return segment.begins + timedelta(milliseconds=milliseconds)


def _layout(stream: Any) -> tuple[Any, ...]:
    context = stream.codec_context
    shape = (context.width, context.height) if stream.type == "video" else (context.sample_rate,)
    return (context.name, *shape, stream.time_base, bytes(context.extradata or b""))


def cut_span(segments: Iterable[Segment], wanted: Span) -> tuple[Span, int] | None:
    """From the first to the last keyframe around `wanted` inside these segments, with the bytes of
    its groups; None when nothing of it is there. Raises UnreadableError."""
    begins: datetime | None = None
    ends, size_bytes = wanted.begins, 0
    for segment in segments:
        for gop in gops(segment, wanted):
            begins = gop.begins if begins is None else begins
            ends = gop.ends
            size_bytes += gop.size_bytes
    return None if begins is None else (Span(begins, ends), size_bytes)
