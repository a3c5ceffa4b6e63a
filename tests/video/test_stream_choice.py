"""Which stream a tile shows: small tiles the sub stream, large and selected ones the main one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.camera import StreamKind
from app.video.live import Wanted
from app.video.stream_choice import BETWEEN_SWITCHES_S, LARGE_PX, SMALL_PX, StreamChoice

MAIN, SUB = StreamKind.MAIN, StreamKind.SUB
LARGE, BETWEEN, SMALL = Wanted(800, 450), Wanted(360, 200), Wanted(304, SMALL_PX)
INSISTS = Wanted(160, 90, main=True)

moments = st.lists(
    st.tuples(
        st.floats(0.01, 3.0),
        st.builds(Wanted, st.just(160), st.integers(1, 500), st.booleans()),
        st.booleans(),
    ),
    min_size=1,
    max_size=80,
)


def chosen(choice: StreamChoice, wanted: Wanted, *at_s: float, load: bool = False) -> StreamKind:
    """The choice when the tile wants the same at each of these times."""
    return [choice.choose(wanted, s, overloaded=load) for s in at_s][-1]


@pytest.mark.parametrize(
    ("height_px", "stream"),
    [(90, SUB), (SMALL_PX, SUB), (SMALL_PX + 1, SUB), (int(LARGE_PX), SUB), (230, MAIN)],
)
def test_the_first_picture_comes_from_the_stream_that_fits_the_tile(
    height_px: int, stream: StreamKind
) -> None:
    assert chosen(StreamChoice(), Wanted(400, height_px), 0.0) is stream


def test_a_tile_that_became_small_for_a_second_goes_to_the_sub_stream() -> None:
    choice = StreamChoice()
    assert chosen(choice, LARGE, 0.0, 10.0) is MAIN
    assert chosen(choice, SMALL, 10.1, 11.0) is MAIN
    assert chosen(choice, LARGE, 11.05) is MAIN
    assert chosen(choice, SMALL, 11.1, 12.0) is MAIN
    assert chosen(choice, SMALL, 12.11) is SUB


def test_between_the_two_heights_a_tile_keeps_its_stream() -> None:
    for first in (LARGE, SMALL):
        choice = StreamChoice()
        before = chosen(choice, first, 0.0)
        assert chosen(choice, BETWEEN, 10.0, 20.0, 30.0) is before


def test_the_selected_tile_has_the_main_stream_at_once_and_gives_it_back() -> None:
    choice = StreamChoice()
    assert chosen(choice, BETWEEN, 0.0) is SUB
    assert chosen(choice, INSISTS, 0.1) is MAIN
    assert chosen(choice, BETWEEN, 0.2, 5.0) is MAIN
    assert chosen(choice, BETWEEN, 5.2) is SUB, "it is no larger than it was"
    assert chosen(choice, INSISTS, 5.3) is MAIN, "insisting never waits"


def test_a_machine_that_cannot_keep_up_shows_large_tiles_from_the_sub_stream() -> None:
    choice = StreamChoice()
    assert chosen(choice, LARGE, 0.0, 9.0) is MAIN
    assert chosen(choice, LARGE, 9.1, 10.2, load=True) is SUB
    assert chosen(choice, Wanted(800, 450, main=True), 10.3, load=True) is MAIN
    assert chosen(choice, LARGE, 10.4, 15.4, load=True) is SUB
    assert chosen(choice, LARGE, 16.0) is SUB
    assert chosen(choice, LARGE, 20.5) is MAIN


@given(moments)
def test_whatever_happens_the_picture_does_not_flap(
    moments: list[tuple[float, Wanted, bool]],
) -> None:
    choice, now_s = StreamChoice(), 0.0
    seen: list[tuple[float, StreamKind, bool]] = []
    for step_s, wanted, overloaded in moments:
        now_s += step_s
        stream = choice.choose(wanted, now_s, overloaded=overloaded)
        assert not (wanted.main and stream is SUB)
        if not seen or seen[-1][1] is not stream:
            seen.append((now_s, stream, wanted.main))
    for (before_s, _, _), (at_s, stream, insists) in pairwise(seen):
        assert at_s - before_s >= BETWEEN_SWITCHES_S or (stream is MAIN and insists)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=30), st.booleans())
def test_a_tile_that_is_left_alone_ends_on_the_stream_that_fits_it(
    heights_px: list[int], insists: bool
) -> None:
    choice = StreamChoice()
    for now, height_px in enumerate(heights_px):
        choice.choose(Wanted(160, height_px, insists), now * 0.3, overloaded=False)
    last = Wanted(160, heights_px[-1])
    settled = [choice.choose(last, 100.0 + n, overloaded=False) for n in range(8)][-1]
    if last.height_px <= SMALL_PX:
        assert settled is SUB
    if last.height_px >= LARGE_PX:
        assert settled is MAIN
