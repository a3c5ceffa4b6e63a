"""A keyframe that is decoded while the rest of its group is read changes nothing of what comes."""

from __future__ import annotations

import av
import pytest

from app.cameras.camera import StreamKind
from app.video.archive.index_reading import IndexedFootage
from app.video.playback.open_segment import Group, OpenSegment
from app.video.playback.reel import BrokenGroupError, Frame, Reel
from tests.video.archive.material import EVENING


@pytest.fixture
def open_(footage: IndexedFootage) -> OpenSegment:
    segment = footage.segment_at("C01", StreamKind.MAIN, EVENING)
    assert segment is not None
    return OpenSegment(segment)


def what_is_in(group: Group) -> tuple[object, ...]:
    return (
        group.first_number, group.pts, group.times_us, group.ends_us, group.is_last,
        [bytes(packet) for packet in group.packets],
    )  # fmt: skip


def all_of(reel: Reel) -> list[tuple[int, bytes]]:
    frames: list[Frame] = []
    while not reel.at_end:
        frames += reel.turn()
    return [(each.number, each.frame.to_ndarray().tobytes()) for each in frames]


def test_a_group_that_is_begun_with_its_keyframe_is_the_same_group(open_: OpenSegment) -> None:
    assert open_.group_count > 1
    for number in range(open_.group_count):
        plain = open_.group(number)
        first = open_.keyframe(number)
        begun = open_.group(number)
        assert begun.packets[0] is first
        assert what_is_in(begun) == what_is_in(plain) == what_is_in(open_.group(number))


def test_another_group_than_the_one_begun_can_be_read(open_: OpenSegment) -> None:
    first, second = what_is_in(open_.group(0)), what_is_in(open_.group(1))
    open_.keyframe(1)
    assert what_is_in(open_.group(0)) == first
    assert what_is_in(open_.group(1)) == second


@pytest.mark.parametrize("threads", [1, 2])
def test_the_frames_are_the_same_with_a_head_start(open_: OpenSegment, threads: int) -> None:
    reel = Reel()
    reel.begin(open_, 1, open_.group(1), threads)
    plain = all_of(reel)
    reel.hasten(open_, 1, open_.keyframe(1), threads)
    reel.begin(open_, 1, open_.group(1), threads)
    assert all_of(reel) == plain
    reel.hasten(open_, 0, open_.keyframe(0), threads)
    assert not reel.is_on_way_to(open_, 0, 5)  # its group is not there yet
    reel.begin(open_, 1, open_.group(1), threads)  # another one after all
    assert all_of(reel) == plain


def test_a_keyframe_that_is_none_leaves_nothing_behind(open_: OpenSegment) -> None:
    reel = Reel()
    reel.begin(open_, 1, open_.group(1), 1)
    plain = all_of(reel)
    with pytest.raises(BrokenGroupError):
        reel.hasten(open_, 1, av.Packet(b"\xff" * 64), 1)
    reel.begin(open_, 1, open_.group(1), 1)
    assert all_of(reel) == plain
