"""Perhaps the same: near in place and time and alike; everything else is another incident."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.clock import ScriptedClock
from app.incidents.categories import BY_CODE
from app.incidents.duplicates import NEAR_M, NEAR_TIME, Likely, Told, are_kindred, likely_same
from app.incidents.register import open_incidents
from app.incidents.workflow import close
from app.log import Log
from tests.station_log import OFFICER, take

LAT, LON = 16.5429, 104.7262
METRE = 1 / 111_195


def told(**changes: Any) -> Told:
    """The same bag snatched at the same gate, with changes."""
    values: dict[str, Any] = {
        "category": BY_CODE["23"], "place": "ตลาดอินโดจีน ประตู 3", "lat_deg": LAT, "lon_deg": LON,
    }  # fmt: skip
    return Told(**{**values, **changes})


def asked(log: Log, clock: ScriptedClock, **changes: Any) -> Likely | None:
    with log.reading() as db:
        return likely_same(told(**changes), open_incidents(db), clock.now())


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({}, True),
        ({"category": BY_CODE["20"]}, True),  # property, as the snatching is
        ({"category": BY_CODE["41"]}, False),
        ({"category": None}, True),  # nobody has said what it is yet
        ({"lat_deg": LAT + (NEAR_M - 1) * METRE}, True),
        ({"lat_deg": LAT + (NEAR_M + 1) * METRE}, False),
        ({"lat_deg": None, "lon_deg": None}, True),  # the same words
        ({"lat_deg": None, "lon_deg": None, "place": "ตลาด อินโดจีน ประตู ๓"}, True),
        ({"lat_deg": None, "lon_deg": None, "place": "ท่าเรือ"}, False),
        ({"lat_deg": None, "lon_deg": None, "place": ""}, False),
    ],
)
def test_near_and_alike_is_asked_about(
    log: Log, clock: ScriptedClock, changes: dict[str, Any], is_same: bool
) -> None:
    first = take(log, clock)
    clock.advance(240)
    likely = asked(log, clock, **changes)
    assert (likely is not None) is is_same
    if likely is not None:
        assert (likely.incident.id, likely.ago_s) == (first.id, 240.0)


def test_what_is_an_hour_old_or_closed_is_not(log: Log, clock: ScriptedClock) -> None:
    first = take(log, clock)
    clock.advance(NEAR_TIME.total_seconds())
    assert asked(log, clock) is not None
    clock.advance(1)
    assert asked(log, clock) is None
    clock.move_to(first.reported_at + timedelta(minutes=1))
    close(log, first.id, result="พบแล้ว", actor=OFFICER).result()
    assert asked(log, clock) is None


def test_a_clock_that_was_set_back_asks_about_nothing(log: Log, clock: ScriptedClock) -> None:
    first = take(log, clock)
    clock.move_to(first.reported_at - timedelta(minutes=5))
    assert asked(log, clock) is None


def test_of_two_the_nearer_one_is_asked_about(log: Log, clock: ScriptedClock) -> None:
    take(log, clock, lat_deg=LAT + 100 * METRE)
    near = take(log, clock, lat_deg=LAT + 10 * METRE)
    likely = asked(log, clock)
    assert likely is not None and likely.incident.id == near.id
    assert likely.away_m == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize(
    ("one", "other", "kindred"),
    [("20", "24", True), ("11", "14", True), ("31", "33", True), ("41", "42", True),
     ("28", "20", False), ("52", "53", True), ("52", "61", False), ("99", "99", True)],
)  # fmt: skip
def test_kindred_are_the_case_group_or_the_tens(one: str, other: str, kindred: bool) -> None:
    assert are_kindred(BY_CODE[one], BY_CODE[other]) is kindred
    assert are_kindred(BY_CODE[other], BY_CODE[one]) is kindred
