"""When it happened, as people type it: the last time the clock showed it, both ends, either era."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import KnownError
from app.incidents.happened import happened_words, read_due, read_earlier, read_happened
from app.thai.translation import Language, explain
from tests.station_log import MORNING

DAY = timedelta(days=1)


def at(hour: int, minute: int, days_ago: int = 0) -> datetime:
    """A time of day in Mukdahan, so many days before that morning."""
    return (
        datetime(2026, 11, 22, tzinfo=UTC)
        + timedelta(hours=hour - 7, minutes=minute)
        - (DAY * days_ago)
    )


@pytest.mark.parametrize(
    ("typed", "begins", "ends"),
    [
        ("", None, None),
        ("10:20", at(10, 20), None),
        ("๑๐.๒๐ น.", at(10, 20), None),
        ("10:20-10:45", at(10, 20), at(10, 45)),
        ("10:20 – 10:45", at(10, 20), at(10, 45)),
        ("10:20 ถึง 10:45", at(10, 20), at(10, 45)),
        ("23:50-00:10", at(23, 50, 1), at(0, 10)),  # told in the morning: it was last night
        ("22:00", at(22, 0, 1), None),
        ("เมื่อวาน 22:10", at(22, 10, 1), None),
        ("yesterday 22:10-23:00", at(22, 10, 1), at(23, 0, 1)),
        ("21 พ.ย. 2569 21:40", at(21, 40, 1), None),
        ("21/11/2569 21:40 - 22/11/2569 01:15", at(21, 40, 1), at(1, 15)),
        ("2026-11-21 21:40", at(21, 40, 1), None),
    ],
)
def test_it_is_read_as_it_is_meant(
    typed: str, begins: datetime | None, ends: datetime | None
) -> None:
    assert read_happened(typed, MORNING) == (begins, ends)


@pytest.mark.parametrize(
    "typed", ["เมื่อกี้", "25:00", "10:20-25:00", "31/2/2569 10:00", "<b>", "' OR 1"]
)
def test_what_is_no_time_is_told(typed: str) -> None:
    with pytest.raises(KnownError) as refused:
        read_happened(typed, MORNING)
    assert any("ก" <= letter <= "๙" for letter in explain(refused.value, Language.THAI))


def test_the_words_are_short_today_and_whole_on_other_days() -> None:
    assert happened_words(at(10, 20), at(10, 45), MORNING) == "10:20–10:45"
    assert happened_words(at(22, 0, 1), None, MORNING) == "21 พ.ย. 2569 22:00"
    assert happened_words(None, None, MORNING) == ""


def test_something_earlier_is_before_now_and_something_due_after() -> None:
    assert read_earlier("10:30", MORNING) == at(10, 30)
    assert read_earlier("  ", MORNING) is None
    assert read_due("11:30", MORNING) == at(11, 30)
    assert read_due("08:00", MORNING) == at(8, 0) + DAY
    assert read_due("+45", MORNING) == MORNING + timedelta(minutes=45)
    assert read_due("+๓๐ นาที", MORNING) == MORNING + timedelta(minutes=30)
    assert read_due("", MORNING) is None
    with pytest.raises(KnownError):
        read_due("+สอง", MORNING)
