"""After a worker died: who comes back when, and who is set apart."""

from __future__ import annotations

import pytest

from app.video.workers.placement import WARD
from app.video.workers.restarts import LONGEST_S, MEMORY_S, ONE_BY_ONE_S, Restarts

CREW = ["C1", "C2", "C3"]


def due(restarts: Restarts, now_s: float) -> list[str]:
    return [camera_id for camera_id in CREW if restarts.is_due(camera_id, now_s)]


def test_after_one_death_all_come_back_at_once() -> None:
    restarts = Restarts()
    restarts.died(0, CREW, 100.0, culprit="C1")
    assert restarts.may_start(0, 100.0)
    assert due(restarts, 100.0) == CREW
    assert restarts.ward == set()


def test_deaths_that_lie_far_apart_are_each_the_first() -> None:
    restarts = Restarts()
    for now_s in (100.0, 100.1 + MEMORY_S, 200.2 + MEMORY_S):
        restarts.died(0, CREW, now_s)
        assert due(restarts, now_s) == CREW


def test_after_a_second_death_they_come_one_by_one_and_the_one_that_kills_is_set_apart() -> None:
    restarts = Restarts()
    restarts.died(0, CREW, 100.0)
    restarts.died(0, CREW, 110.0)
    assert due(restarts, 110.0) == ["C1"]
    assert due(restarts, 110.0 + ONE_BY_ONE_S) == ["C1", "C2"]
    assert due(restarts, 110.0 + 2 * ONE_BY_ONE_S) == CREW
    restarts.died(0, CREW[:2], 110.5 + ONE_BY_ONE_S)
    assert restarts.ward == {"C2"}
    assert due(restarts, 110.0 + 2 * ONE_BY_ONE_S) == CREW


def test_who_was_seen_to_hang_twice_is_set_apart_at_once() -> None:
    restarts = Restarts()
    restarts.died(0, CREW, 100.0, culprit="C3")
    restarts.died(0, CREW, 105.0, culprit="C3")
    assert restarts.ward == {"C3"}
    assert due(restarts, 105.0) == CREW


def test_a_death_long_after_the_last_came_accuses_nobody() -> None:
    restarts = Restarts()
    for now_s in (100.0, 110.0, 140.0):
        restarts.died(0, CREW, now_s)
    assert restarts.ward == set()
    assert due(restarts, 140.0) == ["C1"]


def test_the_ward_waits_longer_each_time_but_never_long() -> None:
    restarts = Restarts()
    now_s, waits = 100.0, []
    for _ in range(8):
        restarts.died(WARD, ["C1"], now_s)
        seconds = map(float, range(int(now_s), 10**6))
        start_s = next(second for second in seconds if restarts.may_start(WARD, second))
        waits.append(start_s - now_s)
        now_s = start_s
    assert waits == sorted(waits)
    assert waits[0] <= 1
    assert LONGEST_S / 2 < waits[-1] <= LONGEST_S


def test_a_worker_that_dies_on_and_on_is_started_more_and_more_rarely() -> None:
    restarts = Restarts()
    for _ in range(3):
        restarts.died(0, [], 100.0)
        assert restarts.may_start(0, 100.0)
    restarts.died(0, [], 100.0)
    assert not restarts.may_start(0, 100.5)
    assert restarts.may_start(0, 101.0)
    assert restarts.may_start(1, 100.0), "the others have nothing to do with it"


@pytest.mark.parametrize("how", ["let_go", "forget"])
def test_a_camera_held_back_may_be_tried_when_a_person_asks(how: str) -> None:
    restarts = Restarts()
    restarts.hold("C1", 400.0)
    assert not restarts.is_due("C1", 100.0)
    getattr(restarts, how)("C1")
    assert restarts.is_due("C1", 100.0)


def test_a_camera_whose_address_changed_leaves_the_ward() -> None:
    restarts = Restarts()
    for now_s in (100.0, 101.0):
        restarts.died(0, ["C1"], now_s)
    assert restarts.ward == {"C1"}
    restarts.forget("C1")
    assert restarts.ward == set()
