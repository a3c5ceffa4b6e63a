"""Typed numbers of incidents, as a clerk types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.incidents.numbered import MOST, incidents_numbered, numbers_in
from tests.station_log import MORNING, a_station_log, take


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1284", [(1284, 2569)]),
        ("1284/2568", [(1284, 2568)]),
        ("#12, 13;14", [(12, 2569), (13, 2569), (14, 2569)]),
        ("12 13  14\n15", [(12, 2569), (13, 2569), (14, 2569), (15, 2569)]),
        ("12-14", [(12, 2569), (13, 2569), (14, 2569)]),
        ("12 – 14/2568", [(12, 2568), (13, 2568), (14, 2568)]),
        ("๑๒ ถึง ๑๓", [(12, 2569), (13, 2569)]),
        ("12, 12, 11-12", [(12, 2569), (11, 2569)]),
        ("", []),
    ],
)
def test_numbers_spans_years_and_thai_digits(typed: str, numbers: list[tuple[int, int]]) -> None:
    assert numbers_in(typed, MORNING) == (numbers, [])


@pytest.mark.parametrize("typed", ["abc", "12/69", "14-12", "1-9999", "-5", "12/2569/1", "ตลาด"])
def test_what_is_no_number_is_given_back_as_it_was_typed(typed: str) -> None:
    assert numbers_in(f"7, {typed}", MORNING) == ([(7, 2569)], [typed])


def test_no_more_than_a_pack_of_numbers_is_taken() -> None:
    numbers, strange = numbers_in(f"1-{MOST}, 1001-1002", MORNING)
    assert len(numbers) == MOST and strange == ["1001-1002"]


def test_the_incidents_of_the_numbers_and_which_of_them_there_are_not(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        first, second = take(log, clock), take(log, clock)
        with log.reading() as db:
            found = incidents_numbered(db, "2, 1, 77, x", MORNING)
    assert [one.id for one in found.found] == [second.id, first.id]
    assert (found.unknown, found.not_understood) == (("77/2569",), ("x",))
