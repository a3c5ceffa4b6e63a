"""What one camera's player works with: files, decoder, kept frames, and what goes out.

For the player's thread alone, but for `outgoing`. Decides nothing about time or direction.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from app.cameras.camera import StreamKind
from app.clock import Clock
from app.video.archive.footage import Footage
from app.video.archive.segment import GapCause
from app.video.picture import Size
from app.video.playback.course import Absence, Course
from app.video.playback.decoder import Scaler
from app.video.playback.gate import Gate
from app.video.playback.limits import Limits
from app.video.playback.open_segment import DamagedError, Group, OpenSegment
from app.video.playback.outgoing import Entry, Outgoing
from app.video.playback.reel import BrokenGroupError, Frame, Reel
from app.video.playback.shown import Nothing
from app.video.playback.store import Item, Store
from app.video.playback.transport import Plan, Transport, from_us

_COST_WEIGHT = 0.1  # of the newest turn in the running mean


@dataclass(frozen=True, slots=True)
class Around:
    """What all cameras of a playback have in common."""

    footage: Footage
    transport: Transport
    clock: Clock
    limits: Limits
    on_news: Callable[[], None]
    """Called on a camera's thread when there is something else to show while time stands still."""
    gate: Gate


@dataclass(frozen=True, slots=True)
class Share:
    """What one camera may take, and what its tile wants."""

    box: Size
    threads: int
    bytes: int
    wants_main: bool
    may_play_main: bool
    prepares_steps: bool


class Place:
    """A frame to be shown: where it stands, before it is decoded."""

    __slots__ = ("group", "group_number", "number", "open")

    def __init__(self, open_: OpenSegment, group_number: int, group: Group, number: int) -> None:
        self.open, self.group_number, self.group, self.number = open_, group_number, group, number

    @property
    def at_us(self) -> int:
        return self.group.times_us[self.number - self.group.first_number]

    @property
    def until_us(self) -> int:
        return self.group.until_us(self.number - self.group.first_number)

    @property
    def begins_with(self) -> int:
        """The group whose keyframe must be decoded to come to it."""
        needs_before = self.number - self.group.first_number < self.group.leading
        return max(0, self.group_number - needs_before)


class Stage:
    """See the room's first lines; the share may be exchanged between two turns."""

    def __init__(self, camera_id: str, around: Around, share: Share) -> None:
        self.camera_id = camera_id
        self.transport = around.transport
        self.clock = around.clock
        self.limits = around.limits
        self.gate = around.gate
        self.share = share
        self.course = Course(around.footage, camera_id, around.clock, around.limits)
        self.reel = Reel()
        self.store = Store(share.bytes)
        self.outgoing = Outgoing(camera_id)
        self.turn_s = {StreamKind.MAIN: 0.0, StreamKind.SUB: 0.0}
        """What a frame costs at present, waiting for the processor included."""
        self._on_news = around.on_news
        self._scaler = Scaler()
        self._broken: dict[tuple[int, int], int] = {}
        self._group: tuple[OpenSegment, int, int, Group] | None = None

    def adopt(self, share: Share, near_us: int) -> None:
        """Another tile, or another number of cameras."""
        if share.box != self.share.box:
            self.store.clear()
        self.share = share
        self.store.limit(share.bytes, near_us)

    def close(self) -> None:
        """Let files, frames and decoders go."""
        self.reel = Reel()
        self.store.clear()
        self.course.close()

    # Where

    def place(self, open_: OpenSegment, at_us: int) -> Place | Absence:
        """The frame of this segment that is due at this instant, or why there is none."""
        group_number = open_.group_at(at_us)
        group = self.group(open_, group_number)
        if group is None:
            return self._lost(open_, group_number)
        place = Place(open_, group_number, group, group.first_number + group.index_at(at_us))
        broken = self._broken.get((open_.segment.id, group_number))
        if broken is not None and place.number >= broken:
            return Absence(place.at_us, group.ends_us, GapCause.DISK)
        return place

    def group(self, open_: OpenSegment, number: int) -> Group | None:
        """A group's packets, kept while the same one is asked for; None if they cannot be read."""
        known = self._group
        if known is not None and known[0] is open_ and known[1:3] == (number, open_.frame_count):
            return known[3]
        try:
            group = open_.group(number)
        except DamagedError:
            return None
        self._group = (open_, number, open_.frame_count, group)
        return group

    def hasten(self, open_: OpenSegment, number: int) -> None:
        """Something in this group is sought: if it must be read and decoded from its keyframe,
        begin with that, so that it is decoded while the rest is read."""
        known, segment_id = self._group, open_.segment.id
        if (
            (known is not None and known[0] is open_ and known[1] == number)
            or self.reel.is_near(open_, number)
            or (segment_id, number) in self._broken
            or self.store.get(segment_id, open_.first_number(number)) is not None
        ):
            return
        with contextlib.suppress(DamagedError, BrokenGroupError):  # told when the group is read
            self.reel.hasten(open_, number, open_.keyframe(number), self.share.threads)

    def broken_at(self, open_: OpenSegment, group_number: int) -> int | None:
        """The first frame of this group that could not be decoded, if that was so."""
        return self._broken.get((open_.segment.id, group_number))

    def _lost(self, open_: OpenSegment, group_number: int) -> Absence:
        is_last = group_number + 1 >= open_.group_count
        ends_us = open_.ends_us if is_last else open_.starts_us(group_number + 1)
        return Absence(open_.starts_us(group_number), ends_us, GapCause.DISK)

    # Decoding

    def begin(self, open_: OpenSegment, group_number: int) -> bool:
        """Put the reel at a group; False if it cannot be read, which is remembered."""
        group = self.group(open_, group_number)
        try:
            if group is None:
                raise BrokenGroupError("it cannot be read")
            self.reel.begin(open_, group_number, group, self.share.threads)
        except BrokenGroupError:
            self._break(open_, group_number, 0)
            return False
        return True

    def turn(self) -> list[Frame] | None:
        """One packet further; None if what comes next is broken, which is remembered."""
        reel = self.reel
        open_, group_number = reel.open, reel.group_number
        assert open_ is not None
        began_s = self.clock.monotonic()
        try:
            frames = reel.turn()
        except BrokenGroupError:
            self._break(open_, reel.group_number or group_number, reel.next_number)
            reel.stop()
            return None
        if frames:
            took_s = (self.clock.monotonic() - began_s) / len(frames)
            before_s = self.turn_s[open_.segment.stream] or took_s
            self.turn_s[open_.segment.stream] = before_s + _COST_WEIGHT * (took_s - before_s)
        return frames

    def _break(self, open_: OpenSegment, group_number: int, number: int) -> None:
        """Where frames of two groups are in the decoder at once, the older group is the broken."""
        if number:
            group_number = min(group_number, open_.group_of(number))
        self._broken[open_.segment.id, group_number] = number

    def keep(self, frame: Frame, near_us: int) -> Item:
        """Scale it to the tile and put it by."""
        item = Item(
            self._scaler.keep(frame.frame, self.share.box),
            frame.open.segment.id,
            frame.number,
            frame.at_us,
            frame.until_us,
            frame.open.segment.stream,
            frame.open.segment.clock_ahead_ms,
            self.share.box,
        )
        self.store.put(item, near_us)
        return item

    def is_over(self, plan: Plan) -> bool:
        """Whether something newer is wanted by now."""
        return self.transport.order != plan.order

    # Showing

    def show(self, item: Item, plan: Plan, *, exact: bool = True, from_us_: int = 0) -> None:
        """Give it out. `from_us_`: if it is to stand earlier than its own time."""
        key = self.key(item)
        if exact and self.outgoing.has(key, plan):
            return
        begins_us = min(from_us_ or item.at_us, item.at_us)
        self._put(Entry(begins_us, item.until_us, item, exact, plan.jump, key), plan)

    def tell(self, absence: Absence, plan: Plan) -> None:
        """Give out that there is nothing, unless that is what stands there already."""
        at_us = min(max(plan.at_us, absence.from_us), absence.until_us - 1)
        known = self.outgoing.exact(plan)
        if (
            known is not None
            and isinstance(known.what, Nothing)
            and known.what.cause is absence.cause
            and (known.from_us, known.until_us) == (absence.from_us, absence.until_us)
        ):
            return
        nothing = Nothing(
            self.camera_id,
            self.outgoing.next_seq(),
            from_us(at_us),
            absence.cause,
            absence.from_us,
            absence.until_us,
        )
        entry = Entry(absence.from_us, absence.until_us, nothing, True, plan.jump)
        self._put(entry, plan)

    def _put(self, entry: Entry, plan: Plan) -> None:
        self.outgoing.put(entry, plan)
        if not plan.speed or plan.is_held:  # what runs is asked for often enough
            self._on_news()

    def key(self, item: Item) -> tuple[int, ...]:
        """Names an item's picture: the frame and the tile it was made for."""
        return item.segment_id, item.number, *item.box

    @property
    def still_us(self) -> int:
        """How long a frame stands in a segment in which nothing follows."""
        return round(self.limits.still_after_s * 1_000_000)
