"""One segment's file, open: its groups of pictures, their packets and every frame's time.

Reads with PyAV, decodes nothing. A file that is not what the index says raises DamagedError; what
stands in it before the damage can be read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any, NamedTuple

import av

from app.video.archive.segment import Segment
from app.video.playback.transport import to_us

# All that is needed stands in the header. Without the last, opening decodes a keyframe to learn the
# pixel format: 9 ms instead of 0.4 for a file of 1080p.
_QUICK = {"probesize": "32", "analyzeduration": "0", "codec_whitelist": "none"}
_LONGEST_GROUP = 3000  # packets read at a time: two minutes at 25 a second without a keyframe


class DamagedError(Exception):
    """The file is gone, cut short, or not video."""


@dataclass(frozen=True, slots=True)
class Group:
    """A keyframe and what needs it. `times_us` are the frames' own, in the order of showing."""

    first_number: int
    packets: tuple[Any, ...]
    pts: tuple[int, ...]
    times_us: tuple[int, ...]
    ends_us: int
    """When the next group begins, or the segment ends."""
    is_last: bool

    def index_at(self, at_us: int) -> int:
        """Which of its frames is due at this instant; the first if none is yet."""
        return max(0, bisect_right(self.times_us, at_us) - 1)

    @property
    def leading(self) -> int:
        """How many of its frames are shown before its keyframe: they need the group before, too."""
        return self.pts.index(self.packets[0].pts)

    def until_us(self, index: int) -> int:
        """When the frame after this one is due."""
        return self.times_us[index + 1] if index + 1 < len(self.times_us) else self.ends_us


class _Begun(NamedTuple):
    """A group of which only the keyframe's packet has been read."""

    number: int
    first: Any
    rest: Iterator[Any]


class OpenSegment:
    """Used by one thread. Raises DamagedError when it cannot be opened or holds no keyframe."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._begins_us = to_us(segment.begins)
        self._container: Any = None
        self._begun: _Begun | None = None
        self._read_bytes = -1
        self._open()

    def close(self) -> None:
        """Let the file go."""
        self._begun = None
        if self._container is not None:
            self._container.close()
            self._container = None

    @property
    def codec(self) -> tuple[str, bytes]:
        """What a decoder needs to know: two segments with the same may share one."""
        context = self._stream.codec_context
        return context.name, context.extradata or b""

    @property
    def group_count(self) -> int:
        """How many groups of pictures can be read now."""
        return len(self._keys)

    @property
    def frame_count(self) -> int:
        """How many frames can be read now."""
        return len(self._stamps)

    def starts_us(self, group: int) -> int:
        """When this group's keyframe is due."""
        return self._time_us(self._stamps[self._keys[group]])

    def group_at(self, at_us: int) -> int:
        """The group that holds this instant: the last that begins at or before it, or the first."""
        offset_us = at_us - self._begins_us
        ticks = self._first + int(Fraction(offset_us, 1_000_000) / self._time_base)
        index = bisect_right(self._key_stamps, ticks) - 1
        while index + 1 < len(self._keys) and self.starts_us(index + 1) <= at_us:
            index += 1  # ticks are cut
        return max(0, index)

    def group_of(self, number: int) -> int:
        """The group that holds the frame of this number."""
        return max(0, bisect_right(self._keys, number) - 1)

    def first_number(self, group: int) -> int:
        """The number of this group's first frame."""
        return self._keys[group]

    @property
    def ends_us(self) -> int:
        """When its last frame has been shown: as the index says, or later if there is more."""
        return max(
            self._time_us(self._stamps[-1]) + self.frame_us,
            self._begins_us + self.segment.duration_ms * 1000 if not self._is_short else 0,
        )

    @property
    def is_short(self) -> bool:
        """Whether a finished file holds seconds less than the index says: it was cut."""
        return self._is_short

    @property
    def frame_us(self) -> int:
        """How long a frame lasts, about."""
        count = len(self._stamps)
        if count < 2:
            return 40_000
        span_us = self._time_us(self._stamps[-1]) - self._time_us(self._stamps[0])
        return max(1000, span_us // (count - 1))

    def look_again(self, segment: Segment) -> bool:
        """A growing file: whether there is more in it than before. What is already decoded stays
        what it is, and groups keep their numbers."""
        self.segment = segment
        try:
            size_bytes = segment.path.stat().st_size
        except OSError as error:
            raise DamagedError(str(error)) from error
        if size_bytes == self._read_bytes:
            return False
        before = len(self._stamps)
        self.close()
        self._open()
        return len(self._stamps) > before

    def keyframe(self, number: int) -> Any:
        """Read a group's first packet; `group`, asked for next, goes on behind it. Raises
        DamagedError when it is not there."""
        packets = self._from(self._stamps[self._keys[number]])
        first = next(packets)
        self._begun = _Begun(number, first, packets)
        return first

    def group(self, number: int) -> Group:
        """Read the packets of a group. Raises DamagedError when they are not there."""
        first = self._keys[number]
        is_last = number + 1 == len(self._keys)
        beyond = len(self._stamps) if is_last else self._keys[number + 1]
        count = min(beyond - first, _LONGEST_GROUP)
        begun, self._begun = self._begun, None
        if begun is not None and begun.number == number:
            packets = [begun.first, *islice(begun.rest, count - 1)]
        else:
            packets = list(islice(self._from(self._stamps[first]), count))
        pts = sorted(packet.pts for packet in packets)
        times = tuple(self._time_us(stamp) for stamp in pts)
        ends_us = self.ends_us if is_last else self.starts_us(number + 1)
        return Group(first, tuple(packets), tuple(pts), times, max(ends_us, times[-1] + 1), is_last)

    def _open(self) -> None:
        try:
            self._read_bytes = self.segment.path.stat().st_size
            self._container = av.open(str(self.segment.path), format="mp4", options=_QUICK)
            self._stream = self._container.streams.video[0]
            self._refuse_another_file()
            self._read_index()
        except (av.FFmpegError, OSError, ValueError, IndexError) as error:
            self.close()
            raise DamagedError(type(error).__name__) from error

    def _refuse_another_file(self) -> None:
        """One that was put in the recording's place is no recording. Raises ValueError."""
        context, segment = self._stream.codec_context, self.segment
        if (context.width, context.height) != tuple(segment.size):
            raise ValueError("another size than was recorded")
        if not segment.is_growing and self._read_bytes > segment.size_bytes:
            raise ValueError("longer than what was recorded")

    def _read_index(self) -> None:
        self._time_base = Fraction(self._stream.time_base)
        entries = [(entry.timestamp, entry.is_keyframe) for entry in self._stream.index_entries]
        self._stamps = [stamp for stamp, _ in entries]
        self._keys = [index for index, (_, is_key) in enumerate(entries) if is_key]
        if not self._keys:
            raise ValueError("no keyframe")
        self._key_stamps = [self._stamps[index] for index in self._keys]
        self._first, self._shift = self._stamps[0], 0
        first = next(self._from(self._stamps[self._keys[0]]))
        self._first = first.pts
        self._shift = first.pts - self._stamps[self._keys[0]]  # of a stream with reordering
        self._key_stamps = [stamp + self._shift for stamp in self._key_stamps]
        self._stamps = [stamp + self._shift for stamp in self._stamps]
        held_us = self._time_us(self._stamps[-1]) - self._begins_us
        missing_us = self.segment.duration_ms * 1000 - held_us
        self._is_short = not self.segment.is_growing and missing_us > 1_500_000

    def _from(self, stamp: int) -> Iterator[Any]:
        """The packets from this keyframe on, at least one, to where the file is damaged."""
        shift = self._shift
        is_first = True
        if self._container is None:  # closed to save files, and wanted once more
            self._open()
        try:
            self._container.seek(stamp - shift, stream=self._stream)
            for packet in self._container.demux(self._stream):
                if packet.dts is None or packet.pts is None or packet.is_corrupt:
                    break
                if packet.dts < stamp - shift:
                    continue
                if is_first and not packet.is_keyframe:
                    break
                is_first = False
                yield packet
        except (av.FFmpegError, OSError) as error:
            if is_first:
                raise DamagedError(type(error).__name__) from error
            return
        if is_first:
            raise DamagedError("no keyframe where one should be")

    def _time_us(self, stamp: int) -> int:
        base = self._time_base
        ticks = stamp - self._first
        return self._begins_us + int(ticks * base.numerator * 1_000_000 // base.denominator)
