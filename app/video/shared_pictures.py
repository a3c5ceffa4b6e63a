"""One camera's pictures from a decode worker to the console, never copied. Knows no decoder.

Neither side waits for the other, and the slot being painted is never written: whoever wants a slot
first says so and then looks whether the other has said so too (Dekker). The console leaves a slot
alone that the worker writes; the worker leaves one that the console holds, for as long as the
pixels handed out live.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.platform import (
    SharedMemory,
    is_running,
    process_started,
    remove_shared_memory,
    shared_memory_names,
)
from app.video.picture import Picture, Pixels, Size
from app.video.picture_segment import (
    NOTHING,
    SLOTS,
    Segment,
    SizeClass,
    SlotRecord,
    full_barrier,
)

__all__ = ["PictureSegment", "SharedOutbox", "SizeClass", "remove_stale_segments"]

_PREFIX = "ssz-"
_TRIES = 3  # a worker that overtakes the console so often in a row is not worth waiting for


@dataclass(frozen=True, slots=True)
class _Name:
    """`ssz-<pid>-<when the console started>-<random>-<size class>`: whose it is, without asking."""

    console_pid: int
    console_started: int
    random: str
    size_class: SizeClass

    def __str__(self) -> str:
        owner = f"{self.console_pid}-{self.console_started}"
        return f"{_PREFIX}{owner}-{self.random}-{self.size_class.name.lower()}"

    @classmethod
    def new(cls, size_class: SizeClass) -> _Name:
        pid = os.getpid()
        return cls(pid, process_started(pid) or 0, secrets.token_hex(6), size_class)

    @classmethod
    def read(cls, name: str) -> _Name:
        """Raises ValueError for the name of anything else."""
        form = rf"{_PREFIX}(\d+)-(\d+)-(\w+)-({'|'.join(SizeClass.__members__).lower()})"
        found = re.fullmatch(form, name)
        if found is None:
            raise ValueError("not the name of a picture segment")
        return cls(int(found[1]), int(found[2]), found[3], SizeClass[found[4].upper()])


def remove_stale_segments() -> int:
    """Take away what consoles that are gone have left; how many that was."""
    removed = 0
    for name in shared_memory_names(_PREFIX):
        try:
            owner = _Name.read(name)
        except ValueError:
            continue  # someone else's
        if not is_running(owner.console_pid, owner.console_started):
            remove_shared_memory(name)
            removed += 1
    return removed


class PictureSegment:
    """The console's end: made here, read here. May be used from any thread.

    The memory stays while this object, a picture of it, or what was made of one lives.
    """

    def __init__(self, camera_id: str, memory: SharedMemory, segment: Segment) -> None:
        self._camera_id = camera_id
        self._memory = memory
        self._segment = segment
        self._newest: Picture | None = None
        self._let_go = [_letting_go(segment, slot) for slot in range(SLOTS)]
        self._closed = False
        self._lock = threading.Lock()

    @classmethod
    def create(cls, camera_id: str, size_class: SizeClass) -> PictureSegment:
        """An empty segment. Raises OSError when the machine has no room for one."""
        name = str(_Name.new(size_class))
        memory = SharedMemory(name, size_class.segment_bytes, create=True)
        segment = Segment(memory, size_class)
        segment.format()
        return cls(camera_id, memory, segment)

    @property
    def name(self) -> str:
        """What a worker attaches to."""
        return self._memory.name

    @property
    def size_class(self) -> SizeClass:
        """The largest pictures it takes."""
        return self._segment.size_class

    def newest(self) -> Picture | None:
        """The newest picture, the same object while there is none newer; None before the first.

        A worker that writes nonsense adds no picture: the last good one stays, and grows old.
        """
        known = self._newest
        if known is not None and self._segment.seq(self._segment.latest) == known.seq:
            return known  # as at most looks: they are twice as many as pictures
        with self._lock:
            if not self._closed:
                self._take_newer()
            return self._newest

    def close(self) -> None:
        """Take the name away at once, whoever still looks. May be called twice."""
        with self._lock:
            self._closed = True
            self._newest = None
            self._memory.close()

    def _take_newer(self) -> None:
        for _ in range(_TRIES):
            slot = self._segment.latest
            if slot == NOTHING:
                return
            if self._newest is not None and self._segment.seq(slot) == self._newest.seq:
                return
            if not self._segment.is_one:
                return
            if self._segment.is_held(slot):
                return  # of an older picture that still lives: no honest worker writes there
            record = self._hold(slot)
            if record is not None:
                self._newest = self._picture(slot, record)
                self._segment.seen = record.seq
                return

    def _hold(self, slot: int) -> SlotRecord | None:
        """Keep the worker out of a slot; None if it is in there, or what it left makes no sense."""
        self._segment.hold(slot, True)
        full_barrier()  # between saying and looking, or both sides could miss the other
        record = self._segment.record(slot) if self._segment.writing != slot else None
        if record is None:
            self._segment.hold(slot, False)
        return record

    def _picture(self, slot: int, record: SlotRecord) -> Picture:
        pixels = self._segment.pixels(slot, record.size)
        pixels.flags.writeable = False
        # The pixels, not the Picture: a QImage or a part of them may outlive the Picture.
        held = weakref.ref(pixels, self._let_go[slot])
        _held[id(held)] = held
        return Picture(
            camera_id=self._camera_id,
            seq=record.seq,
            pixels=pixels,
            arrived_s=min(record.arrived_s, time.monotonic()),  # from the future it would stay live
            arrived_unix_s=record.arrived_unix_s,
            source_size=record.source_size,
            stream=record.stream,
        )


_held: dict[int, weakref.ref[Pixels]] = {}
"""All pixels that were handed out and still live, whatever became of their segment. Not by
`weakref.finalize`, which takes five times as long for each picture."""


def _letting_go(segment: Segment, slot: int) -> Callable[[weakref.ref[Pixels]], None]:
    """What is done when the pixels of a slot are gone."""

    def let_go(held: weakref.ref[Pixels]) -> None:
        del _held[id(held)]
        segment.hold(slot, False)

    return let_go


class SharedOutbox:
    """The worker's end, an `Outbox`: attaches to a segment that the console made."""

    def __init__(self, name: str) -> None:
        """Raises OSError when it is not there, ValueError when it is no segment."""
        size_class = _Name.read(name).size_class
        self._memory = SharedMemory(name, size_class.segment_bytes, create=False)
        self._segment = Segment(self._memory, size_class)
        if not self._segment.is_one:
            self._memory.close()
            raise ValueError("not a picture segment of this version")
        self._segment.writing = NOTHING  # a worker before this one may have been killed in a slot
        # Goes up from worker to worker too: there are fewer pictures than microseconds.
        self._seq = time.monotonic_ns() // 1000
        self._reserved = [0] * SLOTS
        self._size = Size(0, 0)
        self._fits = False
        self._rooms: list[Pixels | None] = [None] * SLOTS
        """Of the slots used for pictures of `_size`: those of a stream are alike."""
        self._slot: int | None = None
        self._room: Pixels | None = None
        self._dropped = 0

    @property
    def capacity(self) -> SizeClass:
        """The largest pictures it takes."""
        return self._segment.size_class

    @property
    def dropped(self) -> int:
        """How many pictures found no slot, or were replaced before the console took them."""
        return self._dropped

    def room(self, size: Size) -> Pixels:
        """Where to make the next picture: a slot nobody uses, or memory of no consequence when
        there is none or the picture is too large; `put` then drops it."""
        if size != self._size:
            self._size, self._fits = size, self.capacity.fits(size)
            self._rooms = [None] * SLOTS
        self._slot = self._claim(size) if self._fits else None
        room = None if self._slot is None else self._rooms[self._slot]
        if room is None:
            room = np.empty((size.height_px, size.width_px, 4), np.uint8)
        self._room = room
        return room

    def put(self, picture: Picture) -> None:
        """Publish what was made in the last room; what was made elsewhere is dropped."""
        slot, self._slot = self._slot, None
        if slot is None or picture.pixels is not self._room:
            self._dropped += 1
            return
        before = self._segment.latest
        if before != NOTHING and self._segment.seq(before) != self._segment.seen:
            self._dropped += 1
        self._seq += 1
        record = SlotRecord(
            self._seq, self._size, picture.source_size, picture.stream,
            picture.arrived_s, picture.arrived_unix_s,
        )  # fmt: skip
        self._segment.describe(slot, record)
        self._segment.writing = NOTHING
        self._segment.latest = slot

    def close(self) -> None:
        """Let go of the segment; the last picture stays for the console. May be called twice."""
        self._segment.writing = NOTHING
        self._room, self._rooms = None, [None] * SLOTS
        self._memory.close()

    def _claim(self, size: Size) -> int | None:
        """A slot for the worker alone: not the newest picture's, not one the console holds."""
        segment = self._segment
        latest = segment.latest
        for slot in range(SLOTS):
            if slot == latest or segment.is_held(slot):
                continue
            segment.writing = slot
            full_barrier()  # between saying and looking, or both sides could miss the other
            if self._is_ours(slot) and (self._rooms[slot] is not None or self._maps(slot, size)):
                segment.forget(slot)
                return slot
        segment.writing = NOTHING
        return None

    def _is_ours(self, slot: int) -> bool:
        """The second look: whether the console has not taken the slot meanwhile."""
        return not self._segment.is_held(slot)

    def _maps(self, slot: int, size: Size) -> bool:
        """Make the slot's room; whether there is memory for it. Touching shared memory that the
        machine does not have would kill this process."""
        area_px = size.width_px * size.height_px
        if area_px > self._reserved[slot]:
            if not self._segment.reserve(slot, size):
                return False
            self._reserved[slot] = area_px
        self._rooms[slot] = self._segment.pixels(slot, size)
        return True
