"""A day or a month as papers count it: by the station's own shifts. Knows no incident and no log.

A night shift belongs to the date on which it starts, so where the first shift of a day begins at
eight, the day lasts until eight of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.duty.shifts import ShiftTable
from app.thai.dates import FULL_MONTHS, buddhist_year
from app.thai.translation import Language

_DAY = timedelta(days=1)
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


@dataclass(frozen=True, slots=True)
class Period:
    """The dates from `first` to `last`; `begins` to before `ends` are aware UTC."""

    first: date
    last: date
    begins: datetime
    ends: datetime
    table: ShiftTable

    @property
    def is_day(self) -> bool:
        """Whether it is one date."""
        return self.first == self.last

    @property
    def days(self) -> tuple[date, ...]:
        """Its dates, in order."""
        count = (self.last - self.first).days + 1
        return tuple(self.first + number * _DAY for number in range(count))

    def day_of(self, at: datetime) -> date:
        """The date that an instant inside it belongs to."""
        return self.table.shift_at(at).day

    def before(self) -> Period:
        """The day or the month before."""
        last = self.first - _DAY
        return day_of(last, self.table) if self.is_day else month_of(last, self.table)

    @property
    def words(self) -> str:
        """`วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569`, `เดือนพฤศจิกายน พ.ศ. 2569`: Thai, for papers."""
        month, year = FULL_MONTHS[Language.THAI][self.first.month - 1], buddhist_year(self.first)
        if not self.is_day:
            return f"เดือน{month} พ.ศ. {year}"
        return f"วัน{_WEEKDAYS[self.first.weekday()]}ที่ {self.first.day} {month} พ.ศ. {year}"


def day_of(day: date, table: ShiftTable) -> Period:
    """One date."""
    return _period(day, day, table)


def month_of(day: date, table: ShiftTable) -> Period:
    """The month in which a date lies."""
    first = day.replace(day=1)
    last = (first + 31 * _DAY).replace(day=1) - _DAY
    return _period(first, last, table)


def today(now: datetime, table: ShiftTable) -> date:
    """The date that this moment's shift belongs to."""
    return table.shift_at(now).day


def _period(first: date, last: date, table: ShiftTable) -> Period:
    begins = table.of_day(first)[0].starts_at
    ends = table.of_day(last + _DAY)[0].starts_at
    return Period(first, last, begins, ends, table)
