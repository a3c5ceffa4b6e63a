"""Spans are what the segments say, whatever is recorded, deleted, cut short, in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange, NewSegment, Progress
from app.video.archive.index_spans import JOIN_MS, joined, kept, recomputed
from app.video.archive.index_tables import free_begin
from app.video.picture import Size
from tests.video.archive.material import EVENING, FOLDER

MAIN = StreamKind.MAIN


@contextmanager
def an_index() -> Iterator[RecordingIndex]:
    with TemporaryDirectory() as folder:
        index = RecordingIndex(Path(folder), ScriptedClock(EVENING))
        index.open()
        index.change(lambda change: change.know_folder(FOLDER, ""))
        try:
            yield index
        finally:
            index.close()


def new(begins_ms: int) -> NewSegment:
    begins = EVENING + timedelta(milliseconds=begins_ms)
    return NewSegment("C01", MAIN, FOLDER, begins, "H264", Size(320, 180))


# Begins and lengths so near the joining distance that every way of touching comes up.
_BEGIN = st.integers(0, 30).map(lambda number: number * (JOIN_MS // 2))
_LENGTH = st.sampled_from((1, JOIN_MS // 2, JOIN_MS - 1, JOIN_MS, JOIN_MS + 1, 4 * JOIN_MS, 9000))
_STEP = st.one_of(
    st.tuples(st.just("adopt"), _BEGIN, _LENGTH),
    st.tuples(st.just("grow"), _BEGIN, _LENGTH),
    st.tuples(st.sampled_from(("delete", "drop", "shorten")), st.integers(0, 40), _LENGTH),
)


def do(change: IndexChange, step: tuple[str, int, int]) -> None:
    what, number, length_ms = step
    if what in ("adopt", "grow"):
        begins = free_begin(change.db, "C01", MAIN, EVENING + timedelta(milliseconds=number))
        made = NewSegment("C01", MAIN, FOLDER, begins, "H264", Size(320, 180))
        if what == "adopt":
            change.adopt(made, length_ms, 9)
            return
        segment = change.begin(made)
        change.grow([Progress(segment, length_ms // 2, 4)])
        change.finish(Progress(segment, length_ms, 9), b"x" * 32)
        return
    whole = change.db.execute("SELECT id, duration_ms FROM segments WHERE state = 0").fetchall()
    if not whole:
        return
    segment, duration_ms = whole[number % len(whole)]
    if what == "delete":
        change.mark_deleting([segment])
        if number % 2:
            change.drop_deleted([segment])
    elif what == "drop":
        change.drop(segment)
    else:
        change.shorten(Progress(segment, min(length_ms, duration_ms), 3))


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(_STEP, max_size=25))
def test_spans_are_always_what_the_segments_say(steps: list[tuple[str, int, int]]) -> None:
    with an_index() as index:
        for step in steps:
            index.change(lambda change, step=step: do(change, step))
            with index.reading() as db:
                assert kept(db, 1) == recomputed(db, 1)


@given(st.lists(st.tuples(_BEGIN, _LENGTH)))
def test_joined_ranges_lie_apart_and_cover_all(pairs: list[tuple[int, int]]) -> None:
    ranges = [(begins, begins + length) for begins, length in pairs]
    spans = joined(ranges)
    assert all(one[1] + JOIN_MS < two[0] for one, two in pairwise(spans))
    assert all(any(s[0] <= b and e <= s[1] for s in spans) for b, e in ranges)
    assert {s[0] for s in spans} <= {b for b, _ in ranges}
    assert {s[1] for s in spans} <= {e for _, e in ranges}


@pytest.mark.expected_log("a job of the log failed")
def test_a_change_that_fails_changes_nothing() -> None:
    with an_index() as index:

        def fails(change: IndexChange) -> None:
            change.adopt(new(0), 1000, 9)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            index.change(fails)
        with index.reading() as db:
            assert db.execute("SELECT count(*) FROM segments").fetchone()[0] == 0


def test_an_id_is_never_given_twice() -> None:
    with an_index() as index:
        first = index.change(lambda change: change.begin(new(0)))
        index.change(lambda change: change.drop(first))
        assert index.change(lambda change: change.begin(new(0))) > first
