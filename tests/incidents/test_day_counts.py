"""Bars of days: which are shown, and how many were found on each by the station's wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.incidents.day_counts import day_counts, days_around, is_asked
from app.incidents.search import Question
from app.thai.when import read_when
from tests.station_log import MORNING, a_station_log, take

NOW = MORNING  # Sunday 22 November 2026, 10:46 in Mukdahan
TOMORROW = date(2026, 11, 23)


def asked(words: str) -> Question:
    span = read_when(words, NOW)
    return Question(since=span.since, until=span.until)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (Question(), (date(2026, 11, 9), TOMORROW)),
        (asked("เมื่อวาน"), (date(2026, 11, 9), TOMORROW)),
        (asked("สัปดาห์นี้"), (date(2026, 11, 9), TOMORROW)),
        (asked("เดือนที่แล้ว"), (date(2026, 10, 1), date(2026, 11, 1))),
        (asked("10/10/2569"), (date(2026, 10, 4), date(2026, 10, 18))),
        (asked("ปีนี้"), None),
        (asked("ก่อน 1 ต.ค. 69"), None),
    ],
)
def test_a_fortnight_around_what_is_asked(
    question: Question, shown: tuple[date, date] | None
) -> None:
    assert days_around(question, NOW) == shown


def test_a_night_has_a_part_of_two_days() -> None:
    night = asked("เมื่อคืน")
    days = [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)]
    assert [is_asked(night, day) for day in days] == [False, True, True]


def test_a_day_begins_at_midnight_in_mukdahan(tmp_path: Path) -> None:
    clock = ScriptedClock(datetime(2026, 11, 20, 16, 59, tzinfo=UTC))
    with a_station_log(tmp_path, clock) as log:
        take(log, clock)
        clock.advance(60)
        take(log, clock)
        take(log, clock, narrative="เสียงดัง")
        with log.reading() as db:
            every = day_counts(db, [Question()], date(2026, 11, 9), TOMORROW)
            loud = day_counts(db, [Question(("เสียงดัง",))], date(2026, 11, 9), TOMORROW)
    assert every == {date(2026, 11, 20): 1, date(2026, 11, 21): 2}
    assert loud == {date(2026, 11, 21): 1}
