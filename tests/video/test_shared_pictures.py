"""A picture that is looked at never changes, whatever the worker does; nothing is left behind."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.cameras.camera import StreamKind
from app.platform import SharedMemory, process_started, shared_memory_names
from app.video.picture import Picture, Size
from app.video.picture_segment import SLOTS, Segment
from app.video.shared_pictures import (
    PictureSegment,
    SharedOutbox,
    SizeClass,
    remove_stale_segments,
)
from tests.video.shared_children import SIZE, is_whole, paint, said, write_without_rest

SHARED = Path("/dev/shm")
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def exchange(
    size_class: SizeClass = SizeClass.TILE,
) -> Iterator[tuple[PictureSegment, SharedOutbox]]:
    segment = PictureSegment.create("C01", size_class)
    outbox = SharedOutbox(segment.name)
    try:
        yield segment, outbox
    finally:
        outbox.close()
        segment.close()


def test_the_console_sees_what_the_worker_painted() -> None:
    at = datetime(2026, 11, 22, 3, 46, 31, 123457, tzinfo=UTC)
    with exchange() as (segment, outbox):
        assert segment.newest() is None
        room = outbox.room(Size(480, 270))
        room[:] = 9
        arrived_s = time.monotonic()
        outbox.put(
            Picture("x", 1, room, arrived_s, at.timestamp(), Size(1920, 1080), StreamKind.SUB)
        )
        picture = segment.newest()
        assert picture is not None
        assert (picture.camera_id, picture.size) == ("C01", Size(480, 270))
        assert picture.source_size == Size(1920, 1080)
        assert picture.stream is StreamKind.SUB
        assert (picture.arrived_s, picture.arrived_at) == (arrived_s, at)
        assert (picture.pixels == 9).all() and not picture.pixels.flags.writeable
        assert segment.newest() is picture


def test_a_newer_picture_has_a_higher_number_also_from_another_worker() -> None:
    with exchange() as (segment, outbox):
        numbers = []
        for worker in (outbox, SharedOutbox(segment.name)):
            for value in range(3):
                paint(worker, value)
                picture = segment.newest()
                assert picture is not None
                numbers.append(picture.seq)
            worker.close()
        assert numbers == sorted(set(numbers))


def test_pictures_nobody_took_and_pictures_without_room_are_counted() -> None:
    with exchange() as (segment, outbox):
        paint(outbox, 1)
        paint(outbox, 2)
        assert outbox.dropped == 1
        held = [segment.newest()]
        for value in (3, 4):
            paint(outbox, value)
            held.append(segment.newest())
        assert outbox.dropped == 1
        paint(outbox, 5)  # all three slots are looked at
        assert outbox.dropped == 2
        paint(outbox, 6, Size(641, 361))
        assert outbox.dropped == 3
        assert [picture and said(picture) for picture in held] == [2, 3, 4]
        assert all(picture is not None and is_whole(picture) for picture in held)
        held.clear()
        paint(outbox, 7)
        newest = segment.newest()
        assert newest is not None and said(newest) == 7


def test_a_part_of_a_picture_keeps_its_slot_like_the_whole() -> None:
    with exchange() as (segment, outbox):
        paint(outbox, 1)
        picture = segment.newest()
        assert picture is not None
        part = picture.pixels[3:5].view(np.uint32)
        del picture
        for value in range(2, 20):
            paint(outbox, value)
            segment.newest()
        assert (part == 1).all()


def test_a_slot_is_free_again_when_its_pictures_cycle_is_collected() -> None:
    with exchange() as (segment, outbox):
        for value in range(12):
            paint(outbox, value)
            ring: list[Any] = [segment.newest()]
            ring.append(ring)
            del ring
            gc.collect()
        assert outbox.dropped == 0


def test_a_picture_outlives_its_segment_when_the_tile_grows() -> None:
    with exchange() as (small, small_outbox):
        paint(small_outbox, 1)
        shown = small.newest()
        assert shown is not None
        with exchange(SizeClass.for_size(Size(1280, 720))) as (large, large_outbox):
            small.close()
            small_outbox.close()
            assert not (SHARED / small.name).exists()
            assert small.newest() is None
            paint(large_outbox, 2, Size(1280, 720))
            larger = large.newest()
            assert larger is not None and larger.seq > shown.seq
            assert is_whole(larger) and is_whole(shown)


@pytest.mark.parametrize(
    ("size", "size_class"),
    [
        (Size(640, 360), SizeClass.TILE),
        (Size(360, 640), SizeClass.TILE),
        (Size(1, 65_535), SizeClass.TILE),
        (Size(640, 361), SizeClass.LARGE),
        (Size(1440, 640), SizeClass.LARGE),
        (Size(1281, 720), SizeClass.FULL),
        (Size(7680, 4320), SizeClass.FULL),
    ],
)
def test_a_size_class_is_chosen_by_area(size: Size, size_class: SizeClass) -> None:
    assert SizeClass.for_size(size) is size_class


def test_only_what_is_painted_takes_memory() -> None:
    with exchange(SizeClass.FULL) as (segment, outbox):
        paint(outbox, 1, Size(640, 360))
        took = (SHARED / segment.name).stat().st_blocks * 512
        assert took <= 640 * 360 * 4 + 3 * 4096


def test_a_machine_without_memory_costs_a_picture_not_the_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with exchange() as (segment, outbox):
        monkeypatch.setattr(os, "posix_fallocate", full)
        paint(outbox, 1)
        assert (segment.newest(), outbox.dropped) == (None, 1)
        monkeypatch.undo()
        paint(outbox, 2)
        assert segment.newest() is not None


def test_a_worker_is_not_lent_what_is_no_segment() -> None:
    with pytest.raises(ValueError, match="name"):
        SharedOutbox("psm_12345678")
    segment = PictureSegment.create("C01", SizeClass.TILE)
    (SHARED / segment.name).write_bytes(b"\0" * SizeClass.TILE.segment_bytes)
    with pytest.raises(ValueError, match="version"):
        SharedOutbox(segment.name)
    segment.close()
    with pytest.raises(FileNotFoundError):
        SharedOutbox(segment.name)


_ODD = st.one_of(
    st.integers(0, 2**64 - 1).map(lambda n: struct.pack("=Q", n)),
    st.floats().map(lambda x: struct.pack("=d", x)),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(16, 56), _ODD), min_size=1, max_size=6))
def test_whatever_a_worker_writes_the_console_gets_a_picture_or_none(
    scribbles: list[tuple[int, bytes]],
) -> None:
    with exchange() as (segment, outbox):
        for value in (1, 2):
            paint(outbox, value)
        with (SHARED / segment.name).open("r+b") as file:
            for word, odd in scribbles:
                file.seek(8 * word)
                file.write(odd)
            file.flush()
        picture = segment.newest()
        if picture is not None:
            assert picture.pixels.nbytes <= SizeClass.TILE.slot_bytes
            assert picture.arrived_s <= time.monotonic()
            assert picture.pixels.sum() >= 0  # every byte of it can be read
        assert segment.newest() is picture


@pytest.mark.parametrize("latest", [3, 2**63])
def test_a_worker_gone_mad_leaves_the_last_good_picture_to_grow_old(latest: int) -> None:
    with exchange() as (segment, outbox):
        paint(outbox, 1)
        good = segment.newest()
        with (SHARED / segment.name).open("r+b") as file:
            file.seek(8 * 17)
            file.write(struct.pack("=Q", latest))
        assert segment.newest() is good


class Exchange(RuleBasedStateMachine):
    """Console and worker in turn, against a list of what was put and what is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.segment = PictureSegment.create("C01", SizeClass.TILE)
        self.outbox = SharedOutbox(self.segment.name)
        self.kept: list[Picture] = []
        self.looked_at: Picture | None = None  # what the segment itself keeps
        self.value = 0
        self.published: int | None = None

    @rule()
    def the_worker_begins_and_gives_up(self) -> None:
        self.outbox.room(SIZE)[:1] = 255

    @rule()
    def the_worker_puts_a_picture(self) -> None:
        before = self.outbox.dropped
        self.value += 1
        room = self.outbox.room(SIZE)
        free = self.outbox._slot is not None
        room[:] = 0
        paint(self.outbox, self.value)
        if free:
            self.published = self.value
        else:
            assert self.outbox.dropped > before
        held = {picture.seq for picture in (*self.kept, self.looked_at) if picture}
        assert free or len(held) >= SLOTS - 1  # the slot left is the newest picture's

    @rule()
    def the_worker_is_replaced(self) -> None:
        self.outbox.close()
        self.outbox = SharedOutbox(self.segment.name)

    @rule(keep=st.booleans())
    def the_console_looks(self, keep: bool) -> None:
        picture = self.segment.newest()
        self.looked_at = picture
        assert (picture and said(picture)) == self.published
        if keep and picture is not None:
            self.kept.append(picture)

    @rule(which=st.integers(0, 9))
    def the_console_lets_go(self, which: int) -> None:
        if self.kept:
            del self.kept[which % len(self.kept)]

    @invariant()
    def what_is_looked_at_is_whole(self) -> None:
        assert all(map(is_whole, self.kept))

    def teardown(self) -> None:
        self.outbox.close()
        self.segment.close()


TestExchange = Exchange.TestCase
TestExchange.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


class Turns:
    """Lets console and worker run in turn, each for so many touches of the segment: threads whose
    schedule is not left to chance. After the last share both run to their ends."""

    def __init__(self, first: str, shares: Sequence[int]) -> None:
        self._may_go = {"console": threading.Semaphore(0), "worker": threading.Semaphore(0)}
        self._other = {"console": "worker", "worker": "console"}
        self._shares = iter(shares)
        self._left = next(self._shares)
        self._ended = 0
        self._may_go[first].release()

    def touched(self, side: str) -> None:
        self._left -= 1
        if self._left == 0 and not self._ended:
            self._left = next(self._shares, -1)
            self._may_go[self._other[side]].release()
            self._may_go[side].acquire()

    def run(self, side: str, work: Callable[[], None]) -> None:
        self._may_go[side].acquire()
        work()
        self._ended += 1
        self._may_go[self._other[side]].release()


class Watched(Segment):
    """A segment that says before each touch that it is touched."""

    _TOUCHES = frozenset(("writing", "latest", "is_held", "hold", "seq", "record", "forget"))
    touched: Callable[[], None] | None = None

    def __getattribute__(self, name: str) -> Any:
        if name in Watched._TOUCHES and self.touched is not None:
            self.touched()
        return super().__getattribute__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Watched._TOUCHES and self.touched is not None:
            self.touched()
        super().__setattr__(name, value)


class WithoutSecondLook(SharedOutbox):
    """Says that it writes a slot and does not look again who holds it."""

    def _is_ours(self, slot: int) -> bool:
        return True


class ConsoleWithoutSecondLook(PictureSegment):
    """Holds a slot and does not look whether it is being written."""

    def _hold(self, slot: int) -> Any:
        self._segment.hold(slot, True)
        return self._segment.record(slot)


def torn_pictures(
    outbox_kind: type[SharedOutbox] = SharedOutbox,
    segment_kind: type[PictureSegment] = PictureSegment,
) -> int:
    """How many of the ways in which both sides can interrupt each other twice change a picture."""
    made = PictureSegment.create("C01", SizeClass.TILE)
    outbox = outbox_kind(made.name)
    torn = 0
    for first, most in (("console", (10, 26)), ("worker", (26, 10))):
        for shares in itertools.product(*(range(1, end) for end in most)):
            torn += _is_torn(made, segment_kind, outbox, Turns(first, shares))
    outbox.close()
    made.close()
    return torn


def _is_torn(
    made: PictureSegment, kind: type[PictureSegment], outbox: SharedOutbox, turns: Turns
) -> bool:
    segments = [Watched(made._memory, SizeClass.TILE) for _ in range(2)]
    console = kind("C01", made._memory, segments[0])
    outbox._segment = segments[1]
    seen: list[Picture | None] = []
    for value in (1, 2):
        paint(outbox, value)
    segments[0].touched = partial(turns.touched, "console")
    segments[1].touched = partial(turns.touched, "worker")

    def work() -> None:
        paint(outbox, 3)
        outbox.room(SIZE)[:] = 255  # half made

    worker = threading.Thread(target=turns.run, args=("worker", work))
    worker.start()
    turns.run("console", lambda: seen.append(console.newest()))
    worker.join()
    segments[0].touched = segments[1].touched = None
    return any(picture is not None and not is_whole(picture) for picture in seen)


def test_whenever_one_side_interrupts_the_other_no_picture_changes() -> None:
    assert torn_pictures() == 0


@pytest.mark.parametrize(
    ("outbox_kind", "segment_kind"),
    [(WithoutSecondLook, PictureSegment), (SharedOutbox, ConsoleWithoutSecondLook)],
)
def test_without_either_second_look_a_picture_does_change(
    outbox_kind: type[SharedOutbox], segment_kind: type[PictureSegment]
) -> None:
    assert torn_pictures(outbox_kind, segment_kind) > 0


_LONGEST_S = 10.0  # on a machine with nothing else to do it takes one


def take_under_fire(takes: int, *, careless: bool) -> tuple[int, int]:
    """Pictures taken from a worker that never rests, two of them kept, and how many of them were
    not whole when they came or when they went."""
    segment = PictureSegment.create("C01", SizeClass.TILE)
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    worker = spawn.Process(target=write_without_rest, args=(segment.name, careless, stop))
    worker.start()
    taken = torn = 0
    kept: deque[Picture] = deque()
    until_s = time.monotonic() + _LONGEST_S
    while taken < takes and time.monotonic() < until_s:
        picture = segment.newest()
        if picture is None or (kept and picture is kept[-1]):
            os.sched_yield()  # let the worker have the processor, where there are fewer than enough
            continue
        taken += 1
        torn += not is_whole(picture)
        kept.append(picture)
        if len(kept) > 2:
            torn += not is_whole(kept.popleft())
    stop.set()
    worker.join()
    segment.close()
    return taken, torn


def test_no_picture_changes_while_a_worker_writes_as_fast_as_it_can() -> None:
    taken, torn = take_under_fire(20_000, careless=False)
    assert torn == 0
    assert taken > 1_000  # fewer only where other programs leave no processor for both


def test_a_worker_that_writes_into_held_slots_is_found_out() -> None:
    taken, torn = take_under_fire(500, careless=True)
    assert taken and torn


def console(ending: str) -> tuple[str, str]:
    """The segment of a console process that ended so, and all it wrote to stderr."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.video.shared_children"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    name = child.stdout.readline().strip()
    assert (SHARED / name).exists()
    if ending == "kill":
        child.kill()
    _, errors = child.communicate(ending + "\n", timeout=20)
    return name, errors


def test_nothing_is_left_and_nothing_is_said_when_the_console_ends() -> None:
    name, errors = console("close")
    assert errors == ""
    assert not (SHARED / name).exists()


def test_a_killed_consoles_pictures_do_not_stay_in_memory() -> None:
    name, _ = console("kill")  # stderr ends when the tracker has done its work
    assert not (SHARED / name).exists()


def test_a_start_removes_the_segments_of_dead_consoles_and_only_those() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = process_started(os.getpid())
    assert mine is not None
    stale = [f"ssz-{gone.pid}-1-ab-tile", f"ssz-{os.getpid()}-{mine + 1}-ab-full"]
    not_ours = ["ssz-notes", "ssz-1-2-ab-huge"]
    alive = PictureSegment.create("C01", SizeClass.TILE)
    memories = [SharedMemory(name, 4096, create=True) for name in stale + not_ours]
    try:
        assert remove_stale_segments() >= len(stale)
        left = shared_memory_names("ssz-")
        assert not set(stale) & set(left)
        assert {*not_ours, alive.name} <= set(left)
    finally:
        for memory in memories:
            memory.close()
        alive.close()
