"""Shifts: every instant has one, a night belongs to the date it starts, hours can be typed."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.duty.shifts import DEFAULT_SHIFTS, ShiftTable, ShiftTime, checked_table, shift_at
from app.duty.typed_shifts import read_table, table_text
from app.errors import KnownError
from app.thai.dates import BANGKOK
from app.thai.translation import Language, set_language

TWELVE_HOURS = ShiftTable((ShiftTime(8 * 60), ShiftTime(20 * 60)))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BANGKOK)


def test_a_night_shift_belongs_to_the_date_it_starts() -> None:
    night = TWELVE_HOURS.shift_at(local(23, 3))
    assert night.day == date(2026, 11, 22)
    assert night.id == "shift-20261122-2000"
    assert night.hours == "20:00–08:00"
    assert night.starts_at == local(22, 20) and night.ends_at == local(23, 8)
    assert TWELVE_HOURS.after(night).day == date(2026, 11, 23)


def test_midnight_begins_one_shift_and_ends_the_other() -> None:
    before, at = shift_at(local(22, 23, 59)), shift_at(local(23, 0))
    assert (before.hours, at.hours) == ("16:00–24:00", "00:00–08:00")
    assert before.ends_at == at.starts_at
    assert (before.day, at.day) == (date(2026, 11, 22), date(2026, 11, 23))
    assert DEFAULT_SHIFTS.after(before) == at and DEFAULT_SHIFTS.before(at) == before


def test_a_shift_without_a_name_is_called_after_its_hour() -> None:
    set_language(Language.THAI)
    names = [one.called for one in DEFAULT_SHIFTS.of_day(date(2026, 11, 22))]
    assert names == ["เวรดึก", "เวรเช้า", "เวรบ่าย"]
    assert ShiftTable((ShiftTime(0, "ผลัด 1"),)).shift_at(local(22, 9)).called == "ผลัด 1"


_TABLES = st.lists(st.integers(0, 23), min_size=1, max_size=6, unique=True).map(
    lambda hours: checked_table([ShiftTime(hour * 60) for hour in hours])
)
_INSTANTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001  # hypothesis wants them bare
    datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(table=_TABLES, at=_INSTANTS)
def test_every_instant_has_exactly_one_shift(table: ShiftTable, at: datetime) -> None:
    shift = table.shift_at(at)
    assert shift.starts_at <= at < shift.ends_at
    assert timedelta(0) < shift.ends_at - shift.starts_at <= timedelta(days=1)
    assert table.shift_at(shift.starts_at) == shift
    assert table.after(shift).starts_at == shift.ends_at
    assert table.before(shift).ends_at == shift.starts_at
    assert shift in table.of_day(shift.day)


@given(table=_TABLES, day=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_the_shifts_of_a_day_follow_each_other(table: ShiftTable, day: date) -> None:
    shifts = table.of_day(day)
    assert [one.day for one in shifts] == [day] * len(table.times)
    assert all(one.ends_at == two.starts_at for one, two in itertools.pairwise(shifts))
    assert shifts[-1].ends_at - shifts[0].starts_at == timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "begins", "names"),
    [
        ("00:00, 08:00, 16:00", [0, 480, 960], ["", "", ""]),
        (
            "16:00 เวรบ่าย, 8.00 น. เวรเช้า; ๐๐:๓๐ เวร  ดึก",
            [30, 480, 960],
            ["เวร ดึก", "เวรเช้า", "เวรบ่าย"],
        ),
        ("8 กลางวัน · 20 กลางคืน", [480, 1200], ["กลางวัน", "กลางคืน"]),
    ],
)
def test_hours_and_names_are_read_as_typed(typed: str, begins: list[int], names: list[str]) -> None:
    table = read_table(typed)
    assert [one.begins_min for one in table.times] == begins
    assert [one.name for one in table.times] == names
    assert read_table(table_text(table)) == table


@pytest.mark.parametrize(
    "typed",
    ["", "24:00", "08:60", "เวรเช้า", "08:00, 08:30", "08:00, 08:00", "1,2,3,4,5,6,7", "8 a\x07b",
     "08:00 " + "ก" * 41],
)  # fmt: skip
def test_hours_that_will_not_do_are_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(KnownError) as refused:
        read_table(typed)
    assert refused.value.do is not None
