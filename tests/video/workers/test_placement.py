"""Which camera lives in which worker: evenly, and nobody in view is moved."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.video.workers import placement
from app.video.workers.placement import MOST_WORKERS, WARD, Placement

IDS = [f"C{number:02}" for number in range(1, 41)]
SOME = st.lists(st.sampled_from(IDS), unique=True, max_size=40)


def test_a_small_wall_has_two_cameras_in_a_worker() -> None:
    for cameras, workers in ((1, 1), (2, 1), (3, 2), (8, 4)):
        places = Placement().arrange(IDS[:cameras], IDS[:cameras])
        assert set(places.values()) == set(range(workers))
        assert max(Counter(places.values()).values()) <= 2


@pytest.mark.parametrize(("together", "workers", "most"), [(True, 3, 6), (False, 8, 2)])
def test_sixteen_cameras_have_six_in_a_worker_that_opens_them_together(
    monkeypatch: pytest.MonkeyPatch, together: bool, workers: int, most: int
) -> None:
    monkeypatch.setattr(placement, "FFMPEG_IS_THREAD_SAFE", together)
    places = Placement().arrange(IDS[:16], IDS[:16])
    spread = Counter(places.values())
    assert set(spread) == set(range(workers))
    assert max(spread.values()) == most and min(spread.values()) >= most - 1


def test_a_wall_of_any_size_has_three_to_eight_workers_and_never_more_than_six_cameras_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placement, "FFMPEG_IS_THREAD_SAFE", True)
    for cameras in range(9, 37):
        spread = Counter(Placement().arrange(IDS[:cameras], IDS[:cameras]).values())
        assert 3 <= len(spread) <= 8 and max(spread.values()) <= 6, cameras


def test_any_page_of_sixteen_out_of_many_is_spread_evenly() -> None:
    many = [f"C{number:03}" for number in range(200)]
    placement = Placement()
    placement.arrange(many, many[:16])
    page = many[::8][:16]  # all of them would have been in the same worker
    places = placement.arrange(many, page)
    assert Counter(places[camera_id] for camera_id in page) == dict.fromkeys(range(8), 2)
    assert max(Counter(places.values()).values()) <= 40


def test_turning_a_page_and_back_moves_nobody() -> None:
    placement = Placement()
    first = dict(placement.arrange(IDS[:32], IDS[:16]))
    placement.arrange(IDS[:32], IDS[16:32])
    assert dict(placement.arrange(IDS[:32], IDS[:16])) == first


@given(st.lists(st.tuples(SOME, SOME), min_size=1, max_size=6))
def test_whatever_is_shown_nobody_in_view_moves(steps: list[tuple[list[str], list[str]]]) -> None:
    placement = Placement()
    before: dict[str, int] = {}
    seen: set[str] = set()
    for cameras, wanted in steps:
        shown = [camera_id for camera_id in wanted if camera_id in cameras]
        places = dict(placement.arrange(cameras, shown))
        assert places.keys() == set(cameras)
        assert all(0 <= place < MOST_WORKERS for place in places.values())
        assert all(places[i] == before[i] for i in seen & set(shown) & before.keys())
        before, seen = places, set(shown)


@given(SOME, st.sets(st.sampled_from(IDS)))
def test_cameras_in_the_ward_are_alone_there(cameras: list[str], ward: set[str]) -> None:
    placement = Placement()
    placement.arrange(cameras, cameras)
    places = placement.arrange(cameras, cameras, ward)
    assert {i for i, place in places.items() if place == WARD} == ward & set(cameras)
    back = placement.arrange(cameras, cameras)
    assert WARD not in back.values()
