"""Where a camera's footage is: the open segment that holds an instant, or why there is none.

One camera's, for one thread. Asks the index, opens files, decodes nothing.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cameras.camera import StreamKind
from app.clock import Clock
from app.errors import KnownError
from app.video.archive.footage import Footage
from app.video.archive.segment import Gap, GapCause, Segment
from app.video.playback.limits import Limits
from app.video.playback.open_segment import DamagedError, OpenSegment
from app.video.playback.transport import from_us, to_us

FOR_EVER_US = 1 << 60
"""Later than any time, and with a minus earlier: where a gap has no end that is known."""
_NEAR = timedelta(hours=2)  # how far the clock may have been set back between two segments
_MOMENT = timedelta(milliseconds=1)
_TRY_AGAIN_S = 5.0


@dataclass(frozen=True, slots=True)
class Absence:
    """No footage from `from_us` to before `until_us`, as far as is known now."""

    from_us: int
    until_us: int
    cause: GapCause | None


def is_time(at_us: int) -> bool:
    """Whether it is an instant, and not a gap's unknown end."""
    return -FOR_EVER_US < at_us < FOR_EVER_US


class Waiting:
    """A growing file that has not grown so far yet."""


class Course:
    """Segments are found here and nowhere else. The one in use goes on to its end, also where one
    that was begun later covers the same time: the clock was set back, and no frame is passed over.
    """

    def __init__(self, footage: Footage, camera_id: str, clock: Clock, limits: Limits) -> None:
        self._footage = footage
        self._camera_id = camera_id
        self._clock = clock
        self._limits = limits
        self._open: OrderedDict[int, OpenSegment] = OrderedDict()
        self._current: dict[StreamKind, OpenSegment] = {}
        self._looked_s: dict[int, float] = {}
        self._damaged: dict[int, float] = {}
        self._streams: frozenset[StreamKind] = frozenset()
        self._streams_s = -1e9
        self.borrowed_until_us = FOR_EVER_US
        """When the stream asked for may be there again, if the other one was given instead."""

    def close(self) -> None:
        """Let all files go."""
        for each in self._open.values():
            each.close()
        self._open.clear()
        self._current.clear()

    def streams(self) -> frozenset[StreamKind]:
        """Which of the camera's streams were ever recorded; asked again now and then."""
        now_s = self._clock.monotonic()
        if now_s - self._streams_s > _TRY_AGAIN_S:
            with contextlib.suppress(KnownError):
                self._streams, self._streams_s = self._footage.streams(self._camera_id), now_s
        return self._streams

    def at(self, at_us: int, stream: StreamKind) -> OpenSegment | Absence | Waiting:
        """What there is at this instant: of this stream, else of the other."""
        self.borrowed_until_us = FOR_EVER_US
        try:
            found = self._of_stream(at_us, stream)
            if isinstance(found, Absence):
                other = StreamKind.SUB if stream is StreamKind.MAIN else StreamKind.MAIN
                if other in self.streams():
                    instead = self._of_stream(at_us, other)
                    if not isinstance(instead, Absence):
                        self.borrowed_until_us = found.until_us
                        found = instead
        except KnownError:  # the index cannot be read: nothing is known; asked again soon
            return Absence(at_us, at_us + 1_000_000, None)
        return found

    def after(self, open_: OpenSegment) -> OpenSegment | None:
        """The segment recorded after this one, or None: also one whose time lies before its end."""
        this = open_.segment
        near = self._near(this)
        later = [each for each in near if each.id > this.id]
        with contextlib.suppress(KnownError):
            segment = min(later, key=lambda each: each.id, default=None)
            if segment is None:
                segment = self._footage.segment_after(self._camera_id, this.stream, this.ends)
            while segment is not None:
                if segment.id != this.id and (opened := self._opened(segment)) is not None:
                    return opened
                segment = self._footage.segment_after(
                    self._camera_id, this.stream, max(segment.ends, segment.begins + _MOMENT)
                )
        return None

    def before(self, open_: OpenSegment) -> OpenSegment | None:
        """The segment recorded before this one, or None."""
        this = open_.segment
        earlier = [each for each in self._near(this) if each.id < this.id]
        with contextlib.suppress(KnownError):
            segment = max(earlier, key=lambda each: each.id, default=None)
            if segment is None:
                segment = self._footage.segment_before(self._camera_id, this.stream, this.begins)
            while segment is not None:
                if segment.id != this.id and (opened := self._opened(segment)) is not None:
                    return opened
                segment = self._footage.segment_before(self._camera_id, this.stream, segment.begins)
        return None

    def following(self, open_: OpenSegment) -> OpenSegment | None:
        """The segment that goes on where this one ends, or with hardly a break; None for a gap."""
        this, ends_us = open_.segment, open_.ends_us
        with contextlib.suppress(KnownError):
            segment = self._footage.segment_at(self._camera_id, this.stream, from_us(ends_us))
            if segment is None or segment.id == this.id:
                segment = self._footage.segment_after(
                    self._camera_id, this.stream, max(from_us(ends_us), this.begins + _MOMENT)
                )
            if segment is not None and to_us(segment.begins) - ends_us < self._gap_us:
                return self._opened(segment)
        return None

    def nearest(self, at_us: int, stream: StreamKind, forwards: bool) -> OpenSegment | None:
        """Where nothing is: the next segment in this direction, or None."""
        at = from_us(at_us)
        with contextlib.suppress(KnownError):
            ask = self._footage.segment_after if forwards else self._footage.segment_before
            segment = ask(self._camera_id, stream, at)
            return None if segment is None else self._opened(segment)
        return None

    def use(self, open_: OpenSegment) -> None:
        """Go on with this one wherever it holds the instant asked for."""
        self._current[open_.segment.stream] = open_

    def absence(self, at_us: int, stream: StreamKind) -> Absence:
        """Why nothing is there, and how far. Raises KnownError."""
        at = from_us(at_us)
        before = self._footage.segment_before(self._camera_id, stream, at)
        after = self._footage.segment_after(self._camera_id, stream, at)
        from_us_ = -FOR_EVER_US if before is None else to_us(before.ends) + self._gap_us
        until_us = FOR_EVER_US if after is None else to_us(after.begins)
        gap = self._gap(at)
        if gap is not None:
            from_us_ = max(from_us_, to_us(gap.begins))
            until_us = until_us if gap.ends is None else min(until_us, to_us(gap.ends))
        return Absence(
            min(from_us_, at_us), max(until_us, at_us + 1), None if gap is None else gap.cause
        )

    @property
    def _gap_us(self) -> int:
        return round(self._limits.gap_after_s * 1_000_000)

    def _gap(self, at: datetime) -> Gap | None:
        gaps = self._footage.gaps(self._camera_id, at, at + _MOMENT)
        return next((each for each in gaps if each.begins <= at), None)

    def _of_stream(self, at_us: int, stream: StreamKind) -> OpenSegment | Absence | Waiting:
        current = self._current.get(stream)
        if current is not None and self._holds(current, at_us):
            return current
        segment = self._footage.segment_at(self._camera_id, stream, from_us(at_us))
        if segment is None:
            return self._without_segment(at_us, stream)
        opened = self._opened(segment)
        if opened is None:
            return Absence(to_us(segment.begins), to_us(segment.ends), GapCause.DISK)
        self._current[stream] = opened
        if at_us < opened.ends_us or self._reaches(opened, at_us):
            return opened
        if segment.is_growing:
            return Waiting()
        held_us = opened.ends_us + self._gap_us
        if at_us < held_us:
            return opened
        cause = GapCause.DISK if opened.is_short else None
        return Absence(held_us, max(to_us(segment.ends), at_us + 1), cause)

    def _holds(self, opened: OpenSegment, at_us: int) -> bool:
        return opened.starts_us(0) <= at_us < opened.ends_us

    def _without_segment(self, at_us: int, stream: StreamKind) -> OpenSegment | Absence | Waiting:
        """Just after a segment's end its last frame stands; the index is late for a growing one."""
        before = self._footage.segment_before(self._camera_id, stream, from_us(at_us))
        if before is not None:
            late_us = at_us - to_us(before.ends)
            if before.is_growing and late_us < self._limits.still_after_s * 1_000_000:
                opened = self._opened(before)
                if opened is not None and self._reaches(opened, at_us):
                    self._current[stream] = opened
                    return opened
                return Waiting()
            if late_us < self._gap_us and (opened := self._opened(before)) is not None:
                return opened
        return self.absence(at_us, stream)

    def _reaches(self, opened: OpenSegment, at_us: int) -> bool:
        """Whether a growing file holds this instant by now."""
        now_s = self._clock.monotonic()
        segment_id = opened.segment.id
        if not opened.segment.is_growing:
            return at_us < opened.ends_us
        if now_s - self._looked_s.get(segment_id, -1e9) >= self._limits.look_again_s:
            self._looked_s[segment_id] = now_s
            newer = self._footage.segment_at(
                self._camera_id, opened.segment.stream, opened.segment.begins
            )
            same = newer if newer is not None and newer.id == segment_id else opened.segment
            try:
                opened.look_again(same)
            except DamagedError:
                self._forget(segment_id)
                return False
        return at_us < opened.ends_us

    def _opened(self, segment: Segment) -> OpenSegment | None:
        """The segment's file, open; None if it is damaged."""
        known = self._open.get(segment.id)
        if known is not None:
            self._open.move_to_end(segment.id)
            if known.segment.is_growing and segment != known.segment:
                with contextlib.suppress(DamagedError):
                    known.look_again(segment)
            return known
        now_s = self._clock.monotonic()
        if now_s - self._damaged.get(segment.id, -1e9) < _TRY_AGAIN_S:
            return None
        try:
            opened = OpenSegment(segment)
        except DamagedError:
            self._damaged[segment.id] = now_s
            return None
        self._open[segment.id] = opened
        while len(self._open) > self._limits.open_files:
            self._forget(next(iter(self._open)))
        return opened

    def _forget(self, segment_id: int) -> None:
        opened = self._open.pop(segment_id, None)
        if opened is not None:
            opened.close()
            for stream, current in list(self._current.items()):
                if current is opened:
                    del self._current[stream]

    def _near(self, segment: Segment) -> list[Segment]:
        with contextlib.suppress(KnownError):
            return self._footage.segments(
                self._camera_id, segment.stream, segment.begins - _NEAR, segment.ends + _NEAR
            )
        return []
