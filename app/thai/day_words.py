"""Reads days, weeks, months and years as people say them: `เมื่อวาน`, `คืนวันศุกร์`, `24/6/65`.

Has no clock: `now` is given, on the station's wall clock and without a zone. Text comes with Arabic
digits, in one case, single-spaced. A night belongs to the date on which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.errors import KnownError
from app.thai.clock_words import NUMBER, number_of
from app.thai.typed_dates import (
    ERA,
    has_the_shape_of_a_date,
    month_number,
    read_date,
    read_year,
)

DAY = timedelta(days=1)
_PARTS = {
    "เช้ามืด": (3, 6), "เช้า": (6, 12), "morning": (6, 12),
    "บ่าย": (12, 16), "afternoon": (12, 16), "เย็น": (16, 19), "evening": (16, 22),
    "ค่ำ": (18, 22), "กลางวัน": (6, 18), "กลางคืน": (18, 30), "คืน": (18, 30), "night": (18, 30),
    "ดึก": (22, 27),
}  # fmt: skip
"""Hours of a day's parts, counted from its midnight: a night ends on the next day."""
_HOURS = _PARTS | {"หัวค่ำ": (18, 20), "ใกล้รุ่ง": (4, 6), "สาย": (9, 12), "เที่ยง": (11, 14)}
"""Those too that are a part of a day only where that is said: `เมื่อสาย`, but not `วันศุกร์ สายไฟ`."""
_WEEKDAYS = {
    "จันทร์": 0, "อังคาร": 1, "พุธ": 2, "พฤหัสบดี": 3, "พฤหัส": 3, "ศุกร์": 4, "เสาร์": 5, "อาทิตย์": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_UNITS = {
    "นาที": "minute", "ชั่วโมง": "hour", "ชม.": "hour", "ชม": "hour", "วัน": "day", "สัปดาห์": "week",
    "อาทิตย์": "week", "เดือน": "month", "ปี": "year",
    "minute": "minute", "min": "minute", "hour": "hour", "day": "day", "week": "week",
    "month": "month", "year": "year",
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(word) for word in _UNITS), key=len, reverse=True))
_PAST = "ที่แล้ว|ที่ผ่านมา|ก่อน"
_LAST_ONE = rf"(?:สัปดาห์|อาทิตย์|เดือน|ปี)(?:{_PAST})"
_WAS = rf"วัน(?!นี้)|(?:{NUMBER})\s*(?:{_UNIT})|{_LAST_ONE}"  # behind `เมื่อ`
_LEAD = re.compile(rf"^(?:ใน|ช่วง|เมื่อ\s*(?={_WAS})|on |in |the )+")


@dataclass(frozen=True, slots=True)
class Days:
    """From `begins` to before `ends` on the wall clock. `takes_a_clock`: one day or a part of it,
    in which a time of day means one moment. `of_any_week`: a weekday of which no week was said, so
    that what has not begun of it was a week before."""

    begins: datetime
    ends: datetime
    takes_a_clock: bool = False
    of_any_week: bool = False


def read_days(text: str, now: datetime, *, loosely: bool = True) -> Days | None:
    """The days that were meant; None when it is no such word.

    `loosely`: also what may be something else in a sentence: `24/6`, `ศุกร์`, `2569`. Raises
    KnownError for what has the shape of a date and is none.
    """
    plain = re.sub(r"(?<=[ก-๛])\s+(?=[ก-๛])", "", text.strip(" ,"))
    plain = _LEAD.sub("", plain)
    for read in (_named, _counted, _week_day, _month, _year, _day_of_month):
        found = read(plain, now, loosely)
        if found is not None:
            return found
    return _part_of_a_day(plain, now, loosely) or _date(plain, now)


def whole_day(day: date) -> Days:
    """From midnight to midnight."""
    return Days(datetime.combine(day, time()), datetime.combine(day + DAY, time()), True)


def _between(first: date, after: date) -> Days:
    return Days(datetime.combine(first, time()), datetime.combine(after, time()))


def _part(day: date, name: str) -> Days:
    begin_h, end_h = _HOURS[name]
    midnight = datetime.combine(day, time())
    return Days(midnight + timedelta(hours=begin_h), midnight + timedelta(hours=end_h), True)


# Words that mean one thing


def _last_night(now: datetime) -> Days:
    """The newest night that is over."""
    night = _part(now.date() - DAY, "คืน")
    return night if night.ends <= now else _part(now.date() - 2 * DAY, "คืน")


def _this_part(now: datetime, name: str) -> Days:
    """The one that runs, or that of today: after midnight `คืนนี้` has begun yesterday."""
    before = _part(now.date() - DAY, name)
    return before if now < before.ends else _part(now.date(), name)


def _newest_part(now: datetime, name: str) -> Days:
    """The newest such part of a day that has begun: at night `เมื่อเช้า` is yesterday's morning."""
    today = _part(now.date(), name)
    return today if today.begins <= now else _part(now.date() - DAY, name)


def _week(now: datetime, ago: int) -> Days:
    monday = now.date() - timedelta(days=now.weekday() + 7 * ago)
    return _between(monday, monday + 7 * DAY)


def _months(year: int, month: int, count: int = 1) -> Days:
    begins, after = (year * 12 + month - 1, year * 12 + month - 1 + count)
    return _between(
        date(begins // 12, begins % 12 + 1, 1), date(after // 12, after % 12 + 1, 1)
    )  # fmt: skip


def _month_ago(now: datetime, ago: int) -> Days:
    months = now.year * 12 + now.month - 1 - ago
    return _months(months // 12, months % 12 + 1)


_NAMED: tuple[tuple[str, Callable[[datetime], Days]], ...] = (
    ("วันนี้|today", lambda now: whole_day(now.date())),
    ("เมื่อวาน(?:นี้)?|วานนี้|yesterday", lambda now: whole_day(now.date() - DAY)),
    ("(?:เมื่อ)?วานซืน(?:นี้)?|day before yesterday", lambda now: whole_day(now.date() - 2 * DAY)),
    ("เมื่อคืน(?:นี้)?|คืนที่(?:แล้ว|ผ่านมา)|last night", _last_night),
    ("tonight", lambda now: _this_part(now, "คืน")),
    ("this morning", lambda now: _part(now.date(), "เช้า")),
    ("this afternoon", lambda now: _part(now.date(), "บ่าย")),
    ("this evening", lambda now: _part(now.date(), "เย็น")),
    ("ดึก(?:ของ)?เมื่อคืน(?:นี้)?", lambda now: _part(_last_night(now).begins.date(), "ดึก")),
    ("(?:สัปดาห์|อาทิตย์)นี้|this week", lambda now: _week(now, 0)),
    (f"(?:สัปดาห์|อาทิตย์)(?:{_PAST})|last week", lambda now: _week(now, 1)),
    ("เดือนนี้|this month", lambda now: _month_ago(now, 0)),
    (f"เดือน(?:{_PAST})|last month", lambda now: _month_ago(now, 1)),
    ("ปีนี้|this year", lambda now: _months(now.year, 1, 12)),
    (f"ปี(?:{_PAST})|last year", lambda now: _months(now.year - 1, 1, 12)),
)
_NAMED_PATTERNS = tuple((re.compile(pattern), make) for pattern, make in _NAMED)

_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_HOUR = "|".join(sorted(_HOURS, key=len, reverse=True))
_JUST_NOW = re.compile(
    rf"เมื่อ(?:ตอน)?(?P<past>{_HOUR})(?:วัน)?(?:นี้)?|(?:ตอน)?(?P<this>{_PART})(?:วัน)?นี้"
)

GLUED = re.compile(
    rf"^(?!เมื่อ(?:{NUMBER})?{_LAST_ONE}$)(.+?)"
    rf"((?:เมื่อวานซืน|เมื่อวาน|เมื่อ(?:{_HOUR})|เมื่อ(?:{NUMBER})?{_LAST_ONE}|คืนนี้|เช้านี้|วันนี้"
    r"|(?:สัปดาห์|เดือน|ปี)(?:นี้|ที่แล้ว|ก่อน))(?:นี้)?)$"
)
"""Words that are written right behind another, for Thai has no spaces: `ตลาดเมื่อคืน`."""


def _named(text: str, now: datetime, loosely: bool) -> Days | None:
    for pattern, make in _NAMED_PATTERNS:
        if pattern.fullmatch(text):
            return make(now)
    found = _JUST_NOW.fullmatch(text)
    if found is None:
        return None
    return _newest_part(now, found["past"]) if found["past"] else _this_part(now, found["this"])


# So many days ago


_AGO = re.compile(
    rf"(?P<count>{NUMBER})\s*(?P<unit>{_UNIT})s?\s*"
    r"(?:(?P<ago>ที่แล้ว|ก่อน|มาแล้ว|ago)|(?P<since>ที่ผ่านมา|ล่าสุด|หลังสุด|มานี้|ย้อนหลัง))"
)
_LAST = re.compile(rf"(?:ย้อนหลัง|last|past)\s*(?P<count>{NUMBER})\s*(?P<unit>{_UNIT})s?")


def _counted(text: str, now: datetime, loosely: bool) -> Days | None:
    found = _AGO.fullmatch(text) or _LAST.fullmatch(text)
    if found is None:
        return None
    count, unit = number_of(found["count"]), _UNITS[found["unit"]]
    if unit in ("minute", "hour"):
        back = timedelta(minutes=count) if unit == "minute" else timedelta(hours=count)
        return Days(now - back, now)
    if "ago" in found.groupdict() and found["ago"]:
        return _so_long_ago(now, count, unit)
    return Days(_back(now, count, unit), datetime.combine(now.date() + DAY, time()))


def _so_long_ago(now: datetime, count: int, unit: str) -> Days:
    match unit:
        case "day":
            return whole_day(now.date() - count * DAY)
        case "week":
            return _week(now, count)
        case "month":
            return _month_ago(now, count)
        case _:
            return _months(now.year - count, 1, 12)


def _back(now: datetime, count: int, unit: str) -> datetime:
    """Midnight of the day so long ago."""
    today = datetime.combine(now.date(), time())
    if unit in ("day", "week"):
        return today - count * (DAY if unit == "day" else 7 * DAY)
    months = today.year * 12 + today.month - 1 - count * (1 if unit == "month" else 12)
    first = today.replace(year=months // 12, month=months % 12 + 1, day=1)
    last = (first + timedelta(days=31)).replace(day=1) - DAY
    return first.replace(day=min(today.day, last.day))


# Days of the week, months, years


_WEEK_DAY = re.compile(
    rf"(?P<lead>วัน|last |this )?(?P<name>{'|'.join(_WEEKDAYS)})"
    rf"(?P<which>(?:สัปดาห์|อาทิตย์)นี้|(?:สัปดาห์|อาทิตย์)(?:{_PAST})|{_PAST}|นี้| of last week)?"
)


def _week_day(text: str, now: datetime, loosely: bool) -> Days | None:
    found = _WEEK_DAY.fullmatch(text)
    if found is None or (found["name"] == "อาทิตย์" and not found["lead"]):
        return None  # a week, in the language of the street
    lead, which = (found["lead"] or "").strip(), found["which"] or ""
    if not (lead or which or loosely):
        return None  # somebody's name
    number = _WEEKDAYS[found["name"]]
    this = now.date() + timedelta(days=number - now.weekday())
    if which.startswith(("สัปดาห์", "อาทิตย์", " of")):
        return whole_day(this if which.endswith("นี้") else this - 7 * DAY)
    if which == "นี้" or lead == "this":
        return whole_day(this)
    past = bool(which) or lead == "last"
    if this > now.date() or (past and this == now.date()):
        this -= 7 * DAY
    return replace(whole_day(this), of_any_week=not past)


_MONTH = re.compile(
    r"(?P<lead>เดือน)?(?P<name>[^\W\d_][^\d]*?)\.?\s*"
    rf"(?P<era>{ERA})?\s*(?P<year>\d{{4}}|\d{{2}})?",
    re.IGNORECASE,
)
_YEAR = re.compile(
    rf"(?P<lead>ปี|year)?\s*(?P<era>{ERA})?\s*(?P<year>\d{{4}}|\d{{2}})", re.IGNORECASE
)


def _month(text: str, now: datetime, loosely: bool) -> Days | None:
    found = _MONTH.fullmatch(text)
    month = month_number(found["name"]) if found is not None else None
    if found is None or month is None:
        return None
    if found["year"]:
        return _months(read_year(found["era"], found["year"], now.date()), month)
    if not (found["lead"] or loosely):
        return None
    return _months(now.year if month <= now.month else now.year - 1, month)


def _year(text: str, now: datetime, loosely: bool) -> Days | None:
    found = _YEAR.fullmatch(text)
    if found is None or not (found["lead"] or found["era"] or loosely):
        return None
    if len(found["year"]) == 2 and not (found["lead"] or found["era"]):
        return None
    return _months(read_year(found["era"], found["year"], now.date()), 1, 12)


# Dates


_NO_YEAR_NAMED = re.compile(r"(?:วันที่\s*)?(\d{1,2})\s*([^\W\d_][^\d]*?)\.?")
_NO_YEAR = re.compile(r"(?:วันที่\s*)?(\d{1,2})\s*/\s*(\d{1,2})")


def _day_of_month(text: str, now: datetime, loosely: bool) -> Days | None:
    """A day without its year: the newest that has begun."""
    found = _NO_YEAR_NAMED.fullmatch(text)
    month = month_number(found[2]) if found is not None else None
    if found is None or month is None:
        found = _NO_YEAR.fullmatch(text) if loosely else None
        month = int(found[2]) if found is not None else 0
    if found is None or not 1 <= month <= 12:
        return None
    for year in range(now.year, now.year - 9, -1):  # the 29th of February may be far
        try:
            day = date(year, month, int(found[1]))
        except ValueError:
            continue
        if day <= now.date():
            return whole_day(day)
    return None


_PART_FIRST = re.compile(
    rf"(?:ตอน)?(?P<part>{_PART})(?:\s*of\s*|ของ)?\s*(?P<day>(?:วัน|เมื่อวาน|วาน|\d).*)"
)
_PART_LAST = re.compile(rf"(?P<day>.+?)\s*(?:ตอน)?(?P<part>{_PART})")


def _part_of_a_day(text: str, now: datetime, loosely: bool) -> Days | None:
    """`คืนวันศุกร์`, `21 พ.ย. ตอนเช้า`, `Friday night`: the newest that has begun."""
    for pattern in (_PART_FIRST, _PART_LAST):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        day = "เมื่อวาน" if found["day"] == "วาน" else found["day"]
        days = read_days(day, now, loosely=loosely)
        if days is not None and days.ends - days.begins == DAY:
            return _part_of(days, found["part"], now)
    return None


def _part_of(days: Days, name: str, now: datetime) -> Days:
    """Of a day; on a Sunday morning `คืนวันอาทิตย์` is that of a week ago."""
    part = _part(days.begins.date(), name)
    if days.of_any_week and part.begins > now:
        part = _part(days.begins.date() - 7 * DAY, name)
    return replace(part, of_any_week=days.of_any_week)


def _date(text: str, now: datetime) -> Days | None:
    plain = re.sub(r"^วันที่\s*", "", text)
    try:
        return whole_day(read_date(plain, now.date()))
    except KnownError:
        if has_the_shape_of_a_date(plain):
            raise  # it says what is wrong with the date
        return None
