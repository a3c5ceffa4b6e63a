"""One segment being written: packets in, fragments of a second on the disk, hash and length out.

Knows no camera, no index and no clock: what time the first frame has is its caller's affair.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.packet import Packet
from av.stream import Stream

from app.station import Disk
from app.station.disk import Buffer
from app.video.picture import Size

FRAGMENT_S = 1
OPTIONS = {
    "movflags": "empty_moov+default_base_moof",
    "frag_duration": str(FRAGMENT_S * 1_000_000),
    "flush_packets": "1",
}
_BUFFER_BYTES = 1 << 20  # a fragment of a second in one write
_LONGEST_FRAME_S = 2  # what the last frame is thought to last where the camera does not say


@dataclass(frozen=True, slots=True)
class Written:
    """A segment after its last byte: all of it is on the disk."""

    duration_ms: int
    size_bytes: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class VideoForm:
    """What is written into the file's head: FFmpeg's name of the codec, size, parameter sets."""

    codec: str
    size: Size
    sets: bytes = b""
    """As the camera sent them before the first keyframe; empty: what it described at first."""


class SegmentFile:
    """Written by one thread. Every fragment is on the disk before the next is begun.

    Raises KnownError and OSError from the disk, av.error.FFmpegError from packets it cannot take.
    """

    def __init__(
        self, disk: Disk, path: Path, streams: Sequence[Stream], form: VideoForm | None = None
    ) -> None:
        """Make the file for copies of these streams, the video first. FileExistsError if taken.

        `form`: what the video is by now, if the stream's own description may be out of date.
        """
        self.path = path
        self._disk = disk
        self._out = _HashedFile(disk, path)
        self._video = streams[0]
        try:
            self._container = av.open(
                self._out, "w", format="mp4", options=OPTIONS, buffer_size=_BUFFER_BYTES
            )
            self._copies = {
                each.index: self._container.add_stream_from_template(each) for each in streams
            }
            if form is not None:
                _describe(self._copies[self._video.index], form)
        except BaseException:
            self._out.close()
            raise
        self._time_base: Fraction = self._video.time_base or Fraction(1, 90_000)
        self._first_pts: int | None = None
        self._last_pts = self._frame_ticks = 0
        self._last_dts: dict[int, int] = {}
        self.is_empty = True
        """Whether no frame was written yet."""
        self.synced_ms = 0
        """How much of it survives a power cut."""

    @property
    def size_bytes(self) -> int:
        """How much was written so far."""
        return self._out.size_bytes

    @property
    def synced_bytes(self) -> int:
        """How much of it survives a power cut."""
        return self._out.synced_bytes

    @property
    def disk_error(self) -> OSError | None:
        """What the disk said, if it was the disk that failed."""
        return self._out.error

    def add(self, packet: Packet[Stream]) -> bool:
        """Write a packet, the first one a keyframe; whether a fragment came to the disk by it."""
        index = packet.stream_index
        pts = packet.pts if packet.pts is not None else packet.dts
        if pts is None:
            return False  # no time: no player could show it
        if self._first_pts is None:
            self._first_pts = pts
        is_video = index == self._video.index
        base = self._first_pts
        if not is_video:
            base = round(base * self._time_base / (packet.time_base or self._time_base))
        dts = (packet.dts if packet.dts is not None else pts) - base
        dts = max(dts, self._last_dts.get(index, dts - 1) + 1)  # the muxer takes no step back
        self._last_dts[index] = dts
        packet.dts, packet.pts = dts, max(pts - base, dts)
        if is_video:
            ended = packet.pts
            self._note_frame(packet.pts, packet.duration)
        packet.stream = self._copies[index]
        self._container.mux_one(packet)
        self.is_empty = self.is_empty and not is_video
        if self._out.size_bytes == self._out.synced_bytes:
            return False
        self._out.sync()
        if is_video:
            self.synced_ms = self._ms(ended)
        return True

    def finish(self) -> Written:
        """Write what is left; all of it is on the disk when this returns."""
        try:
            self._container.close()
            self._out.sync()
        finally:
            self._out.close()
        last = min(self._frame_ticks, _LONGEST_FRAME_S * self._time_base.denominator)
        duration_ms = self._ms(self._last_pts + last)
        return Written(duration_ms, self._out.size_bytes, self._out.hash.digest())

    def abandon(self) -> None:
        """Let go after the disk failed: what is synced stays for the start-up to measure."""
        self._out.is_lost = True
        try:
            self._container.close()
        except (OSError, av.error.FFmpegError):
            pass
        finally:
            self._out.close()

    def _note_frame(self, pts: int, duration: int | None) -> None:
        self._frame_ticks = duration or pts - self._last_pts
        self._last_pts = max(pts, self._last_pts)

    def _ms(self, ticks: int) -> int:
        return int(ticks * 1000 * self._time_base)


def _describe(copy: Stream, form: VideoForm) -> None:
    context = copy.codec_context
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height = form.size
    if form.sets:
        context.extradata = form.sets


class _HashedFile:
    """What the muxer writes to: counts and hashes what goes to the disk."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self._file = disk.create(path)
        self.hash = hashlib.sha256()
        self.size_bytes = self.synced_bytes = 0
        self.is_lost = False
        self.error: OSError | None = None
        self.name = path.name  # the muxer asks

    def write(self, data: Buffer) -> int:
        if self.is_lost:
            return len(data)
        try:
            written = self._file.write(data)
        except OSError as error:
            self.error = error
            raise
        self.hash.update(data)
        self.size_bytes += written
        return written

    def sync(self) -> None:
        try:
            self._file.sync()
            if not self._file.is_there:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        except OSError as error:
            self.error = error
            raise
        self.synced_bytes = self.size_bytes

    def close(self) -> None:
        self._file.close()
