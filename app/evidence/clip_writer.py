"""Copies recorded groups of pictures into MP4 files: packets as recorded, one fragment a group.

Knows neither where the files lie nor what a package is. Nothing is decoded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import av

from app.cameras.camera import StreamKind
from app.clock import to_stored
from app.evidence.export_plan import UNBROKEN_S
from app.evidence.pieces import Piece, PieceHasher, Pieces, Writable
from app.evidence.recorded_gops import Gop
from app.video.archive.segment import Span
from app.video.picture import Size

LARGEST_FILE_BYTES = 3_900_000_000
"""A file on a FAT memory stick may have 4 GiB less one byte."""
MP4_OPTIONS = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}

BUFFER_BYTES = 1 << 20
"""The muxer hands its bytes over in so large pieces."""

OpenFile = Callable[[str], AbstractContextManager[Writable]]
"""Begins a file of the package, by its name there; it is on the disk when the block ends."""


class CancelledError(Exception):
    """Somebody called the export off."""


@dataclass(frozen=True, slots=True)
class WrittenGop:
    """A group of pictures, and the bytes of the file that hold it."""

    span: Span
    piece: Piece


@dataclass(frozen=True, slots=True)
class WrittenClip:
    """One MP4 of a package. `clock_ahead_ms`: the camera's clock minus ours when it begins."""

    name: str
    camera_id: str
    stream: StreamKind
    codec: str
    size: Size
    gops: tuple[WrittenGop, ...]
    head: Piece
    tail: Piece
    size_bytes: int
    sha256: str
    clock_ahead_ms: int | None

    @property
    def span(self) -> Span:
        """From its first keyframe to the end of its last group."""
        return Span(self.gops[0].span.begins, self.gops[-1].span.ends)


class ClipNames:
    """File names inside a package, from ids and times alone; none is given twice."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, folder: str, camera_id: str, stream: StreamKind, at: datetime, end: str) -> str:
        """`media/C01-20261122T034600.123Z.mp4`."""
        when = to_stored(at).replace("-", "").replace(":", "")
        which = camera_id if stream is StreamKind.MAIN else f"{camera_id}-{stream}"
        name, again = f"{folder}/{which}-{when}.{end}", 1
        while name.lower() in self._given:  # a clock that was set back: the same time twice
            again += 1
            name = f"{folder}/{which}-{when}-{again}.{end}"
        self._given.add(name.lower())
        return name


def write_clips(
    groups: Iterable[Gop],
    open_file: OpenFile,
    names: ClipNames,
    *,
    copied: Callable[[int], None],
    cancelled: threading.Event,
) -> list[WrittenClip]:
    """Copy the groups of one stream into as few files as hold them.

    A gap, another size or codec, and what would be too large for a memory stick begin a new file.
    `copied` hears how many bytes. Raises CancelledError, and what reading and writing raise.
    """
    written: list[WrittenClip] = []
    with ExitStack() as stack:
        file: _ClipFile | None = None
        for gop in groups:
            if cancelled.is_set():
                raise CancelledError
            if file is not None and not file.takes(gop):
                written.append(file.close())
                stack.close()
                file = None
            if file is None:
                stream = gop.segment.stream
                name = names.of("media", gop.segment.camera_id, stream, gop.begins, "mp4")
                file = _ClipFile(name, stack.enter_context(open_file(name)), gop, stack)
            file.add(gop)
            copied(gop.size_bytes)
        if file is not None:
            written.append(file.close())
    return written


class _ClipFile:
    """One MP4 under way. Its time 0 is its first keyframe; it runs as this computer's clock did."""

    def __init__(self, name: str, out: Writable, first: Gop, stack: ExitStack) -> None:
        self._name = name
        self._first = first
        self._hasher = PieceHasher(out)
        self._container: Any = av.open(
            self._hasher, "w", format="mp4", options=MP4_OPTIONS, buffer_size=BUFFER_BYTES
        )
        stack.callback(self._let_go)
        self._streams = [
            self._container.add_stream_from_template(stream) for stream in first.streams
        ]
        self._spans: list[Span] = []
        self._segment_id: int | None = None
        self._shift_s = Fraction(0)
        self._reached_s = Fraction(0)

    def takes(self, gop: Gop) -> bool:
        """Whether a group may follow in this file."""
        between_s = (gop.begins - self._spans[-1].ends).total_seconds()
        return (
            gop.layout == self._first.layout
            and abs(between_s) <= UNBROKEN_S
            and self._hasher.size_bytes + gop.size_bytes < LARGEST_FILE_BYTES
        )

    def add(self, gop: Gop) -> None:
        """Copy its packets. A segment's times are kept; where two overlap the second waits."""
        key = gop.packets[0]
        if gop.segment.id != self._segment_id:
            since = gop.begins - self._first.begins
            since_s = Fraction(since.days * 86_400_000_000 + since.seconds * 1_000_000
                               + since.microseconds, 1_000_000)  # fmt: skip
            self._segment_id = gop.segment.id
            self._shift_s = max(since_s, self._reached_s) - key.pts * key.time_base
        for packet in gop.packets:
            self._copy(packet, self._streams[gop.streams.index(packet.stream)])
        self._spans.append(gop.span)

    def _copy(self, packet: Any, stream: Any) -> None:
        ticks = round(self._shift_s / packet.time_base)
        packet.pts += ticks
        packet.dts += ticks
        ends_s = (packet.pts + (packet.duration or 0)) * packet.time_base
        self._reached_s = max(self._reached_s, ends_s)
        packet.stream = stream
        self._container.mux(packet)

    def _let_go(self) -> None:
        """Close the muxer; what it still wants to say goes nowhere if the file was not ended."""
        self._hasher.is_lost = True
        self._container.close()

    def close(self) -> WrittenClip:
        """End the file."""
        self._container.close()
        pieces = self._hasher.finish()
        segment = self._first.segment
        width_px, height_px = self._first.layout[0][1:3]
        return written_clip(
            self._name, segment.camera_id, segment.stream, segment.codec,
            Size(width_px, height_px), self._spans, pieces, segment.clock_ahead_ms,
        )  # fmt: skip


def written_clip(
    name: str,
    camera_id: str,
    stream: StreamKind,
    codec: str,
    size: Size,
    spans: Iterable[Span],
    pieces: Pieces,
    clock_ahead_ms: int | None,
) -> WrittenClip:
    """A finished file. The writer promises one fragment a group: ValueError if it is not so."""
    groups = tuple(
        WrittenGop(span, piece) for span, piece in zip(spans, pieces.fragments, strict=True)
    )
    return WrittenClip(
        name, camera_id, stream, codec, size, groups, pieces.head, pieces.tail,
        pieces.size_bytes, pieces.sha256, clock_ahead_ms,
    )  # fmt: skip
