"""The timeline's arithmetic: what is zoomed stays under the pointer, ticks stand on round times."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.thai.dates import to_local
from app.thai.translation import Language
from app.ui.review.span_words import short_span, size_words, span_words
from app.ui.review.timeline_layout import Part, TimelineLayout
from app.ui.review.timeline_scale import LONGEST_S, SHORTEST_S, TimelineScale, instant, seconds
from app.ui.review.timeline_ticks import ticks

EVENING_S = 1_795_358_400.0  # 22 Nov 2569, 21:40 in Mukdahan
spans = st.floats(SHORTEST_S, LONGEST_S)
widths = st.floats(200, 4000)
begins = st.floats(EVENING_S - LONGEST_S, EVENING_S + LONGEST_S)


@st.composite
def scales(draw: st.DrawFn) -> TimelineScale:
    return TimelineScale(draw(begins), draw(spans), draw(widths))


@given(scale=scales(), share=st.floats(0, 1), factor=st.floats(0.05, 20))
def test_what_lies_under_the_pointer_stays_there_when_it_is_zoomed(
    scale: TimelineScale, share: float, factor: float
) -> None:
    x = share * scale.width_px
    at_s = scale.at(x)
    zoomed = scale.zoomed(factor, x)
    assert zoomed.x(at_s) == pytest.approx(x, abs=0.5)
    assert SHORTEST_S <= zoomed.span_s <= LONGEST_S
    assert zoomed.width_px == scale.width_px


@given(scale=scales(), by_px=st.floats(-5000, 5000))
def test_panning_moves_and_never_stretches(scale: TimelineScale, by_px: float) -> None:
    panned = scale.panned(by_px)
    assert panned.span_s == scale.span_s
    assert panned.x(scale.begins_s) == pytest.approx(by_px, abs=0.5)


@given(scale=scales(), first_s=begins, length_s=st.floats(1, 4 * LONGEST_S))
def test_a_bounded_view_lies_inside_where_it_fits(
    scale: TimelineScale, first_s: float, length_s: float
) -> None:
    last_s = first_s + length_s
    bounded = scale.within(first_s, last_s)
    assert bounded.span_s == scale.span_s
    if scale.span_s < length_s:
        assert bounded.begins_s >= first_s - 1e-3
        assert bounded.ends_s <= last_s + 1e-3


@given(scale=scales(), at_s=begins)
def test_a_playhead_that_runs_out_of_the_view_is_seen_again(
    scale: TimelineScale, at_s: float
) -> None:
    turned = scale.turned_to(at_s)
    assert turned.begins_s - 1e-3 <= at_s <= turned.ends_s + 1e-3
    if scale.shows(at_s):
        assert turned == scale


@given(scale=scales(), least_px=st.floats(40, 200))
def test_ticks_stand_apart_in_order_and_on_round_times_of_the_wall_clock(
    scale: TimelineScale, least_px: float
) -> None:
    found = ticks(scale, least_px, Language.THAI)
    places = [scale.x(tick.at_s) for tick in found]
    assert places == sorted(places)
    longest_step_px = 7 * 86_400 * scale.px_per_s
    for left, right in itertools.pairwise(places):
        assert right - left >= min(least_px, longest_step_px) - 0.5
    for tick in found:
        local = to_local(instant(tick.at_s + 0.0005))
        if tick.begins_day:
            assert (local.hour, local.minute, local.second) == (0, 0, 0)
        elif len(found) > 1 and found[1].at_s - found[0].at_s >= 60:
            assert local.second == 0 and tick.text == f"{local:%H:%M}"


@pytest.mark.parametrize(
    ("span_s", "word"),
    [(LONGEST_S, "พ.ย."), (86_400, ":00"), (1800, ":30"), (60, ":10"), (1, ".5")],
)
def test_a_ruler_of_any_length_says_times_people_read(span_s: float, word: str) -> None:
    scale = TimelineScale(EVENING_S - span_s / 2, span_s, 1600)
    found = ticks(scale, 92, Language.THAI)
    assert 3 <= len(found) <= 18
    assert any(word in tick.text for tick in found), [tick.text for tick in found]


@given(at_ms=st.integers(0, 4_000_000_000_000))
def test_an_instant_as_a_number_is_the_same_instant_again(at_ms: int) -> None:
    at = instant(at_ms / 1000)
    assert seconds(at) == pytest.approx(at_ms / 1000, abs=1e-6)
    assert instant(seconds(at)) == at


def layout(first_row: int = 0) -> TimelineLayout:
    return TimelineLayout(
        width_px=1000, height_px=300, names_px=200, overview_px=24, ruler_px=26, incidents_px=24,
        row_px=26, row_count=12, first_row=first_row,
    )  # fmt: skip


@given(x=st.floats(-10, 1010), y=st.floats(-10, 310), first=st.integers(0, 20))
def test_every_pixel_lies_in_one_part_and_rows_are_those_that_are_seen(
    x: float, y: float, first: int
) -> None:
    parts = layout(first)
    row, part = parts.row_at(y), parts.part_at(x, y)
    if row is not None:
        assert row in parts.visible_rows()
        assert parts.row_top(row) <= y < parts.row_top(row) + parts.row_px
    if part is Part.ROWS:
        assert x >= parts.names_px and y >= parts.rows_top
    if part is Part.NAMES:
        assert x < parts.names_px and row is not None


def test_twelve_rows_in_a_room_for_eight_can_be_turned_to_the_last() -> None:
    assert layout().rows_shown == 8
    turned = layout(first_row=99)
    assert turned.visible_rows() == range(4, 12)
    assert turned.row_at(turned.rows_top + 1) == 4


@pytest.mark.parametrize(
    ("length_s", "words"),
    [(0, "0 วินาที"), (1.5, "1.5 วินาที"), (270, "4 นาที 30 วินาที"), (7200, "2 ชม."),
     (LONGEST_S, "31 วัน"), (86_400 + 60, "1 วัน")],
)  # fmt: skip
def test_how_long_a_span_is_is_said_in_its_two_largest_units(length_s: float, words: str) -> None:
    assert span_words(length_s) == words


def test_gaps_and_sizes_are_short() -> None:
    assert [short_span(52), short_span(190), short_span(3731)] == ["52 วิ", "3:10", "1:02:11"]
    assert [size_words(900), size_words(548e6), size_words(1.24e9)] == ["1 kB", "548 MB", "1.2 GB"]


def test_nothing_of_the_arithmetic_loses_a_millisecond() -> None:
    scale = TimelineScale(EVENING_S, 1.0, 1600)
    assert math.isclose(scale.at(scale.x(EVENING_S + 0.001)), EVENING_S + 0.001, abs_tol=1e-6)
