"""Dates and times as people read them: Asia/Bangkok, Buddhist Era. Stores nothing, has no clock.

The only place where 543 is added. Inside the program a time is aware UTC in the Common Era.
The Buddhist Era is shown in both languages: a year past 2400 cannot be mistaken for another.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.thai.digits import to_thai
from app.thai.translation import Language

BANGKOK = ZoneInfo("Asia/Bangkok")
ERA_OFFSET = 543

_WEEKDAYS = {
    Language.THAI: ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."),
    Language.ENGLISH: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    Language.THAI: (
        "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
        "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
    ),
    Language.ENGLISH: (
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ),
}  # fmt: skip
FULL_MONTHS = {
    Language.THAI: (
        "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
        "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
    ),
    Language.ENGLISH: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
# second, minute, hour, day: short, as a column of a table has room for
_UNITS = {
    Language.THAI: ("วิ", "นาที", "ชม.", "วัน"),
    Language.ENGLISH: ("s", "min", "h", "d"),
}


def to_local(at: datetime) -> datetime:
    """The same instant on the station's wall clock. `at` must be aware."""
    if at.tzinfo is None:
        raise ValueError("a time without a time zone")
    return at.astimezone(BANGKOK)


def buddhist_year(at: datetime | date) -> int:
    """2569 for an instant or a day of 2026; an instant counts where it fell in Bangkok."""
    return (to_local(at) if isinstance(at, datetime) else at).year + ERA_OFFSET


def short_date(at: datetime | date, language: Language) -> str:
    """`22 พ.ย. 2569`, `22 Nov 2569`."""
    day = _day(at)
    return f"{day.day} {MONTHS[language][day.month - 1]} {buddhist_year(day)}"


def weekday_date(at: datetime | date, language: Language) -> str:
    """`อา. 22 พ.ย. 2569`, `Sun 22 Nov 2569`."""
    return f"{_WEEKDAYS[language][_day(at).weekday()]} {short_date(at, language)}"


def weekday_day(at: datetime | date, language: Language) -> str:
    """`จ. 16`, `Mon 16`: a day where its month stands beside it."""
    return f"{_WEEKDAYS[language][_day(at).weekday()]} {_day(at).day}"


def month_year(at: datetime | date, language: Language) -> str:
    """`พ.ย. 2569`, `Nov 2569`."""
    day = _day(at)
    return f"{MONTHS[language][day.month - 1]} {buddhist_year(day)}"


def long_date(at: datetime | date, language: Language) -> str:
    """`22 พฤศจิกายน พ.ศ. 2569`, `22 November B.E. 2569`: for papers."""
    day = _day(at)
    era = "พ.ศ." if language is Language.THAI else "B.E."
    return f"{day.day} {FULL_MONTHS[language][day.month - 1]} {era} {buddhist_year(day)}"


def official_date(at: datetime | date) -> str:
    """`๒๔ มิ.ย. ๒๕๖๕`: as official Thai papers write it."""
    return to_thai(short_date(at, Language.THAI))


def clock_time(at: datetime) -> str:
    """`10:46:31` on the station's wall clock."""
    local = to_local(at)
    return f"{local.hour:02}:{local.minute:02}:{local.second:02}"


def short_time(at: datetime) -> str:
    """`10:46` on the station's wall clock."""
    local = to_local(at)
    return f"{local.hour:02}:{local.minute:02}"


def precise_time(at: datetime) -> str:
    """`10:46:31.123`: the time of one frame."""
    local = to_local(at)
    return f"{clock_time(local)}.{local.microsecond // 1000:03d}"


def date_time(at: datetime, language: Language) -> str:
    """`22 พ.ย. 2569 10:46:31`, `22 Nov 2569 10:46:31`."""
    return f"{short_date(at, language)} {clock_time(at)}"


def paper_time(at: datetime) -> str:
    """`22 พ.ย. 2569 เวลา 10:44:02 น.`: as Thai papers say a moment."""
    return f"{short_date(at, Language.THAI)} เวลา {clock_time(at)} น."


def paper_minute(at: datetime) -> str:
    """`22 พ.ย. 2569 เวลา 10:44 น.`: what was said by people, who say minutes."""
    return f"{short_date(at, Language.THAI)} เวลา {short_time(at)} น."


def took(seconds: float) -> str:
    """`5 นาที 6 วินาที`, `1 ชั่วโมง 2 นาที`: how long it took, in full words, for papers; cut.

    Hours leave the seconds out. Below zero counts as nothing.
    """
    whole = max(int(seconds), 0)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    parts = [(hours, "ชั่วโมง"), (minutes, "นาที"), (0 if hours else rest, "วินาที")]
    said = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(said) or "0 วินาที"


_DAYS_ALONE = 10  # from so many days on nobody asks for the hours


def elapsed(seconds: float, language: Language) -> str:
    """How long something has lasted: `45 วิ`, `2 นาที`, `1 ชม. 16`, `3 วัน 4 ชม.`, `12 วัน`; cut, not
    rounded.

    The minutes after an hour carry no unit, as in the list of open incidents. Below zero, which a
    clock that was set back can give, counts as nothing.
    """
    second, minute, hour, day = _UNITS[language]
    whole = max(int(seconds), 0)
    if whole < 60:
        return f"{whole} {second}"
    if whole < 3600:
        return f"{whole // 60} {minute}"
    if whole < 86_400:
        return f"{whole // 3600} {hour} {whole % 3600 // 60:02d}"
    days, hours = whole // 86_400, whole % 86_400 // 3600
    return f"{days} {day}" if days >= _DAYS_ALONE or not hours else f"{days} {day} {hours} {hour}"


def countdown(seconds: float) -> str:
    """`15:24`, `1:02:11`: a running clock's figures. Its sign is said in words beside it."""
    whole = int(abs(seconds))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def age(seconds: float, language: Language) -> str:
    """`2.1 วิ`, `2.1 s`: how old a picture is; cut to tenths, never below zero."""
    tenths = max(int(seconds * 10 + 1e-6), 0)
    return f"{tenths // 10}.{tenths % 10} {_UNITS[language][0]}"


def _day(at: datetime | date) -> date:
    return to_local(at).date() if isinstance(at, datetime) else at
