"""What the console is told of recordings, from the index that the recorder writes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.video.archive.footage import Footage
from app.video.archive.index_reading import IndexedFootage
from app.video.archive.index_tables import to_ms
from app.video.archive.segment import GapCause, Span
from app.video.picture import Size
from tests.video.archive.material import EVENING, Archive, ClipForm, pictures_in, recorded_of

SHORT = ClipForm(seconds=2.0)


def after(seconds: float) -> datetime:
    return EVENING + timedelta(seconds=seconds)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "recordings") as made:
        yield made


def test_before_anything_is_recorded_there_is_nothing(tmp_path: Path) -> None:
    footage: Footage = IndexedFootage(tmp_path / "recordings")
    assert footage.segments("C01", StreamKind.MAIN, EVENING, after(60)) == []
    assert footage.segment_at("C01", StreamKind.MAIN, EVENING) is None
    assert recorded_of(footage, "C01", EVENING, after(60)) == []
    assert footage.gaps("C01", EVENING, after(60)) == []
    assert footage.streams("C01") == frozenset()
    assert footage.extent() is None
    assert not (tmp_path / "recordings").exists()


def test_a_segment_is_told_as_it_lies_on_the_disk(archive: Archive) -> None:
    archive.record("C01", EVENING, SHORT, clock_ahead_ms=-250)
    (segment,) = archive.footage.segments("C01", StreamKind.MAIN, EVENING, after(1))
    assert segment.path.name == "20261122T144000.000Z.mp4"
    assert segment.sha256 == hashlib.sha256(segment.path.read_bytes()).hexdigest()
    assert segment.size_bytes == segment.path.stat().st_size
    assert (segment.duration_ms, segment.size, segment.codec) == (2000, Size(320, 180), "H264")
    assert (segment.is_growing, segment.clock_ahead_ms) == (False, -250)
    numbers = [number for _, number in pictures_in(segment.path)]
    assert numbers == list(range(SHORT.pictures))


@pytest.mark.parametrize("form", [SHORT, ClipForm(seconds=2.0, b_frames=2)], ids=["", "b-frames"])
def test_a_frame_has_the_time_of_its_begin_and_its_own(archive: Archive, form: ClipForm) -> None:
    archive.record("C01", EVENING, form)
    segment = archive.footage.segment_at("C01", StreamKind.MAIN, EVENING)
    assert segment is not None
    times = [time_s for time_s, _ in pictures_in(segment.path)]
    shown = [round((time_s - times[0]) * form.fps) for time_s in times]
    assert shown == [number for _, number in pictures_in(segment.path)]
    assert segment.duration_ms == 2000


def test_segments_are_found_by_any_instant_they_hold(archive: Archive) -> None:
    first, second, third = archive.record_run("C01", EVENING, 3, SHORT)
    archive.record("C02", EVENING, SHORT)
    footage, main = archive.footage, StreamKind.MAIN

    def ids(begins: float, ends: float) -> list[int]:
        return [one.id for one in footage.segments("C01", main, after(begins), after(ends))]

    assert ids(0, 6) == [first, second, third]
    assert ids(1.9, 2) == [first]
    assert ids(2, 2.1) == [second]
    assert ids(6, 60) == ids(-9, 0) == []
    assert footage.segment_at("C01", main, after(3.999)).id == second
    assert footage.segment_at("C01", main, after(6)) is None
    assert footage.segment_at("C01", StreamKind.SUB, EVENING) is None
    assert footage.segment_after("C01", main, after(2)).id == second
    assert footage.segment_after("C01", main, after(4.001)) is None
    assert footage.segment_before("C01", main, after(4)).id == second
    assert footage.segment_before("C01", main, after(1.9)) is None
    assert footage.extent() == Span(EVENING, after(6))
    assert footage.extent(["C02"]) == Span(EVENING, after(2))
    assert footage.streams("C01") == {main}


def test_with_the_clock_set_back_the_segment_begun_last_holds_the_instant(archive: Archive) -> None:
    archive.record("C01", EVENING, SHORT)
    again = archive.record("C01", after(1), SHORT)
    assert archive.footage.segment_at("C01", StreamKind.MAIN, after(1.5)).id == again
    assert recorded_of(archive.footage, "C01", EVENING, after(9)) == [Span(EVENING, after(3))]


def test_a_growing_segment_is_told_as_far_as_it_is_on_the_disk(archive: Archive) -> None:
    archive.record("C01", EVENING, ClipForm(seconds=3.5), grows=True)
    (segment,) = archive.footage.segments("C01", StreamKind.MAIN, EVENING, after(60))
    assert segment.is_growing
    assert 2000 <= segment.duration_ms <= 3500
    assert segment.sha256 == ""
    numbers = [number for _, number in pictures_in(segment.path)]
    assert len(numbers) >= segment.duration_ms // 100


def test_both_streams_are_one_line_cut_to_what_was_asked(archive: Archive) -> None:
    archive.record("C01", EVENING, SHORT)
    archive.record("C01", after(1.5), SHORT, stream=StreamKind.SUB)
    archive.record("C01", after(10), SHORT)
    assert recorded_of(archive.footage, "C01", after(1), after(11)) == [
        Span(after(1), after(3.5)),
        Span(after(10), after(11)),
    ]


def test_a_gap_is_told_with_its_cause_while_it_lasts_and_after(archive: Archive) -> None:
    main = StreamKind.MAIN
    archive.index.change(lambda c: c.open_gap("C01", main, EVENING, GapCause.NETWORK, "refused"))
    (gap,) = archive.footage.gaps("C01", after(-5), after(5))
    assert (gap.begins, gap.ends, gap.cause, gap.detail) == (
        EVENING, None, GapCause.NETWORK, "refused",
    )  # fmt: skip
    archive.index.change(lambda c: c.open_gap("C01", main, after(3), GapCause.CAMERA))
    archive.index.change(lambda c: c.close_gap("C01", main, after(4)))
    gaps = archive.footage.gaps("C01", after(-5), after(9))
    assert [(one.begins, one.ends, one.cause) for one in gaps] == [
        (EVENING, after(3), GapCause.NETWORK),
        (after(3), after(4), GapCause.CAMERA),
    ]
    assert archive.footage.gaps("C01", after(4), after(9)) == []


def test_gaps_are_told_in_plain_numbers_as_they_are_told_in_full(archive: Archive) -> None:
    main, sub = StreamKind.MAIN, StreamKind.SUB
    archive.record("C01", after(5), SHORT)
    archive.index.change(lambda c: c.open_gap("C01", main, after(1), GapCause.DISK, "full"))
    archive.index.change(lambda c: c.close_gap("C01", main, after(3)))
    archive.index.change(lambda c: c.open_gap("C01", sub, after(4), GapCause.CAMERA))
    archive.index.change(lambda c: c.open_gap("C01", main, after(8), GapCause.NETWORK))
    for begins, ends in ((0, 9), (2, 6), (3, 8), (9, 20)):
        told = archive.footage.stretches("C01", after(begins), after(ends)).missing
        full = archive.footage.gaps("C01", after(begins), after(ends))
        assert [(gap.begins_ms, gap.ends_ms, gap.cause, gap.detail) for gap in told] == [
            (
                to_ms(gap.begins),
                None if gap.ends is None else to_ms(gap.ends),
                gap.cause,
                gap.detail,
            )
            for gap in full
        ]
    assert archive.footage.stretches("C09", after(0), after(9)) == ([], [])


def test_any_thread_may_ask_while_the_recorder_writes(archive: Archive) -> None:
    seen: list[int] = []

    def ask() -> None:
        footage, main = archive.footage, StreamKind.MAIN
        seen.extend(len(footage.segments("C01", main, EVENING, after(99))) for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    archive.record_run("C01", EVENING, 3, SHORT)
    for thread in threads:
        thread.join(10)
    assert len(seen) == 150
    assert set(seen) <= {0, 1, 2, 3}


def test_an_index_made_anew_is_read_at_once(archive: Archive) -> None:
    archive.record("C01", EVENING, SHORT)
    assert archive.footage.extent() is not None
    archive.index.close()
    for path in archive.recordings.glob("index.db*"):
        path.unlink()
    archive.index.open()
    assert archive.footage.extent() is None
    assert archive.footage.total_bytes() == 0


def test_how_much_there_is_is_counted_by_stream(archive: Archive) -> None:
    ids = archive.record_run("C01", EVENING, 2, SHORT)
    sizes = [path.stat().st_size for path in sorted(archive.recordings.rglob("*.mp4"))]
    (store,) = archive.footage.stores()
    assert (store.size_bytes, store.oldest, store.newest) == (sum(sizes), EVENING, after(4))
    archive.index.change(lambda c: c.mark_deleting(ids[:1]))
    archive.index.change(lambda c: c.drop_deleted(ids[:1]))
    (store,) = archive.footage.stores()
    assert (store.size_bytes, store.oldest) == (sizes[1], after(2))
    assert archive.footage.total_bytes() == sizes[1]
