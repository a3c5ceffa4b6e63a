"""How pictures lie in shared memory: sizes, slots, and the words both sides write. Knows no camera.

One segment holds three slots, so that the console may keep one picture while a worker makes the
next and the newest waits between them. What a worker wrote is looked at as a stranger's: a hostile
stream may have taken the worker over.
"""

from __future__ import annotations

import math
import struct
import threading
from enum import Enum
from typing import NamedTuple

import numpy as np

from app.cameras.camera import StreamKind
from app.platform import SharedMemory
from app.video.picture import Pixels, Size

SLOTS = 3
NOTHING = SLOTS  # the slot number that stands for none
_MAGIC = int.from_bytes(b"SSZ-PIC1", "little")
_PAGE_BYTES = 4096
_PIXEL_BYTES = 4
_WORD_BYTES = 8
_LONGEST_SIDE_PX = 65_535
_LATEST_UNIX_S = 4e9  # the year 2096: `datetime` can hold it on every system

# Words of eight bytes, aligned, so that each is written and read whole. The console's and the
# worker's lie 64 bytes apart: one writing does not take the other's cache line away.
_MAGIC_WORD = 0
_HELD_WORDS = 8  # one a slot, and the console alone writes them
_SEEN_WORD = _HELD_WORDS + SLOTS
_WRITING_WORD = 16  # from here on the worker alone writes
_LATEST_WORD = 17
_SLOTS_AT = 256
_SLOT_BYTES = 64
_SLOT = struct.Struct("=QIIIIIxxxxdd")

_STREAMS = (StreamKind.MAIN, StreamKind.SUB)

_fence = threading.Lock()


def full_barrier() -> None:
    """What was written before is seen by others before what comes after is read.

    A processor may keep a write back while it reads on; then each side would miss the other's word
    and both would use the slot. Taking a lock is an atomic exchange, before which the processors of
    this programme's computers (x86-64) empty their store buffers.
    """
    with _fence:
        pass


class SizeClass(Enum):
    """How large a picture a segment's slots can take, by area: any proportions."""

    TILE = Size(640, 360)
    LARGE = Size(1280, 720)
    FULL = Size(3840, 2160)

    def __init__(self, width_px: int, height_px: int) -> None:
        self.most_px = width_px * height_px
        """The area of its largest picture."""
        self.slot_bytes = -(-self.most_px * _PIXEL_BYTES // _PAGE_BYTES) * _PAGE_BYTES
        """A slot's length, in whole pages."""

    def fits(self, size: Size) -> bool:
        """Whether a picture of this size has room."""
        width_px, height_px = size
        return (
            1 <= width_px <= _LONGEST_SIDE_PX
            and 1 <= height_px <= _LONGEST_SIDE_PX
            and width_px * height_px <= self.most_px
        )

    @classmethod
    def for_size(cls, size: Size) -> SizeClass:
        """The smallest class with room for it; the largest for what has room in none."""
        return next((each for each in cls if each.fits(size)), cls.FULL)

    @property
    def segment_bytes(self) -> int:
        """The length of a segment; pages nobody writes cost nothing."""
        return _PAGE_BYTES + SLOTS * self.slot_bytes


class SlotRecord(NamedTuple):
    """What stands beside a slot's pixels."""

    seq: int
    size: Size
    source_size: Size
    stream: StreamKind
    arrived_s: float
    arrived_unix_s: float


class Segment:
    """The words and slots of one piece of shared memory, without any rule about who may when."""

    def __init__(self, memory: SharedMemory, size_class: SizeClass) -> None:
        self._memory = memory
        self._size_class = size_class
        self._words = memoryview(memory.bytes).cast("Q")

    @property
    def size_class(self) -> SizeClass:
        """What its slots can take."""
        return self._size_class

    def format(self) -> None:
        """Make it an empty segment."""
        self._words[_WRITING_WORD] = self._words[_LATEST_WORD] = NOTHING
        self._words[_MAGIC_WORD] = _MAGIC

    @property
    def is_one(self) -> bool:
        """Whether it begins as a segment of this version does."""
        return self._words[_MAGIC_WORD] == _MAGIC

    def is_held(self, slot: int) -> bool:
        """Whether the console uses the slot."""
        return self._words[_HELD_WORDS + slot] != 0

    def hold(self, slot: int, held: bool) -> None:
        """The console: take the slot, or let it go."""
        self._words[_HELD_WORDS + slot] = held

    @property
    def seen(self) -> int:
        """The seq of the newest picture the console took."""
        return self._words[_SEEN_WORD]

    @seen.setter
    def seen(self, seq: int) -> None:
        self._words[_SEEN_WORD] = seq

    @property
    def writing(self) -> int:
        """The slot the worker writes, or `NOTHING`."""
        return self._words[_WRITING_WORD]

    @writing.setter
    def writing(self, slot: int) -> None:
        self._words[_WRITING_WORD] = slot

    @property
    def latest(self) -> int:
        """The slot of the newest picture; `NOTHING` when there is none or it makes no sense."""
        slot = self._words[_LATEST_WORD]
        return slot if slot < SLOTS else NOTHING

    @latest.setter
    def latest(self, slot: int) -> None:
        self._words[_LATEST_WORD] = slot

    def seq(self, slot: int) -> int:
        """The number of the picture in a slot; 0 while it holds none that is whole."""
        return self._words[(_SLOTS_AT + slot * _SLOT_BYTES) // _WORD_BYTES]

    def forget(self, slot: int) -> None:
        """The worker: what the slot holds is about to be written over."""
        self._words[(_SLOTS_AT + slot * _SLOT_BYTES) // _WORD_BYTES] = 0

    def describe(self, slot: int, record: SlotRecord) -> None:
        """The worker: say what the slot holds now."""
        seq, size, source_size, stream, arrived_s, arrived_unix_s = record
        _SLOT.pack_into(
            self._memory.bytes, _SLOTS_AT + slot * _SLOT_BYTES, seq, size[0], size[1],
            source_size[0], source_size[1], stream is StreamKind.SUB, arrived_s, arrived_unix_s,
        )  # fmt: skip

    def record(self, slot: int) -> SlotRecord | None:
        """What the slot says it holds; None when that cannot be."""
        values = _SLOT.unpack_from(self._memory.bytes, _SLOTS_AT + slot * _SLOT_BYTES)
        seq, width, height, source_width, source_height, stream, arrived_s, arrived_unix_s = values
        size, source_size = Size(width, height), Size(source_width, source_height)
        possible = (
            seq > 0
            and self._size_class.fits(size)
            and all(1 <= side <= _LONGEST_SIDE_PX for side in source_size)
            and stream < len(_STREAMS)
            and math.isfinite(arrived_s)
            and 0 <= arrived_unix_s <= _LATEST_UNIX_S  # false for what is no number
        )
        if not possible:
            return None
        return SlotRecord(seq, size, source_size, _STREAMS[stream], arrived_s, arrived_unix_s)

    def reserve(self, slot: int, size: Size) -> bool:
        """Whether the machine has memory for a picture of this size in the slot."""
        length = size.width_px * size.height_px * _PIXEL_BYTES
        return self._memory.reserve(self._pixels_at(slot), length)

    def pixels(self, slot: int, size: Size) -> Pixels:
        """The slot's first bytes as a picture of `size`, which must fit; not copied.

        The memory stays mapped while the array, or anything made from it, lives.
        """
        shape = (size.height_px, size.width_px, _PIXEL_BYTES)
        return np.ndarray(shape, np.uint8, self._memory.bytes, self._pixels_at(slot))

    def _pixels_at(self, slot: int) -> int:
        return _PAGE_BYTES + slot * self._size_class.slot_bytes
