"""Reads dates and times that people type, in either era. Has no clock: `today` is given.

Both eras are understood by the size of the year; a year of two digits is Buddhist, never Common
Era, and is refused when that lands far from today.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from app.errors import KnownError, msg
from app.thai.dates import BANGKOK, ERA_OFFSET, FULL_MONTHS, MONTHS
from app.thai.digits import to_arabic
from app.thai.translation import Language

_FAR_YEARS = 20  # a two-digit year further from today than this is more likely a slip
_SEPARATOR = r"\s*[/\-.]\s*"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
ERA = r"พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|B\.?E\.?|C\.?E\.?|A\.?D\.?"
"""An era's name as people type it, in either case; `read_year` knows what it means."""
_NAMED_MONTH = re.compile(
    rf"(\d{{1,2}})\s*([^\W\d_][^\d,]*?)\.?,?\s*({ERA})?\s*(\d{{4}}|\d{{2}})", re.IGNORECASE
)
_WEEKDAY = re.compile(r"^(?:วัน\S+|จ\.|อ\.|พ\.|พฤ\.|ศ\.|ส\.|อา\.|[A-Za-z]{3,9},?)\s+(?=\d)")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.(\d{1,3}))?)?\s*(?:น\.?)?")
_TIME_AT_END = re.compile(rf"(?:^|[\s,]|เวลา)\s*({_TIME.pattern})$")


def read_date(text: str, today: date) -> date:
    """The day that was typed: `22/11/2569`, `22 พ.ย. 69`, `2026-11-22`, `๒๒ พฤศจิกายน ๒๕๖๙`, …

    Raises KnownError when it is no day, or its year could be meant in two ways.
    """
    plain = _WEEKDAY.sub("", " ".join(to_arabic(text).split()))
    numbers = _numbers(plain)
    if numbers is None:
        raise KnownError(
            msg("“{text}” is not a date.", text=text[:40]),
            do=msg("Write it as 22/11/2569 or 22 Nov 2569."),
        )
    era, year, month, day = numbers
    try:
        return date(_common_year(era, year, today), month, day)
    except ValueError as error:
        raise KnownError(
            msg("There is no {text} in the calendar.", text=text[:40]),
            do=msg("Check the day and the month; the day comes first."),
        ) from error


def read_time(text: str) -> time:
    """The time of day that was typed: `21:40`, `21.40 น.`, `10:46:31.123`."""
    found = _TIME.fullmatch(to_arabic(text).strip())
    if found is not None:
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second, int((found[4] or "0").ljust(3, "0")) * 1000)
    raise KnownError(msg("“{text}” is not a time of day.", text=text[:40]), do=msg("Write 21:40."))


def read_date_time(text: str, today: date) -> datetime:
    """The instant (aware UTC) that was typed on the station's wall clock: a date, then a time."""
    plain = to_arabic(text).strip()
    found = _TIME_AT_END.search(plain)
    if found is None:
        what = msg("“{text}” does not say the time of day.", text=text[:40])
        if _numbers(_WEEKDAY.sub("", " ".join(plain.split()))) is None:
            what = msg("“{text}” is not a date and a time.", text=text[:40])
        else:
            read_date(plain, today)  # a day that is in no calendar is the first thing to tell
        raise KnownError(what, do=msg("Write it as 22 Nov 2569 21:40."))
    before = plain[: found.start()].strip(" ,")
    day = read_date(before, today) if before else today
    return datetime.combine(day, read_time(found[1]), BANGKOK).astimezone(UTC)


def _numbers(plain: str) -> tuple[str, str, int, int] | None:
    """Era and year as typed, month and day; None when the text has no shape of a date."""
    found = _YEAR_FIRST.fullmatch(plain)
    if found is not None:
        return "", found[1], int(found[2]), int(found[3])
    found = _DAY_FIRST.fullmatch(plain)
    if found is not None:
        return "", found[3], int(found[2]), int(found[1])
    found = _NAMED_MONTH.fullmatch(plain)
    month = month_number(found[2]) if found is not None else None
    if found is None or month is None:
        return None
    return _era(found[3]), found[4], month, int(found[1])


def month_number(name: str) -> int | None:
    """1–12 for a month's name in either language, short or whole, with or without its dots."""
    wanted = name.replace(".", "").replace(" ", "").casefold()
    for names in (MONTHS, FULL_MONTHS):
        for language in Language:
            for number, known in enumerate(names[language], start=1):
                if known.replace(".", "").casefold() == wanted:
                    return number
    return None


def ends_with_a_month(text: str) -> bool:
    """Whether it ends with a month, named, so that a number behind it would be its year."""
    found = re.search(r"(?:\d\s*|เดือน\s*)([^\W\d_][^\d]*?)\.?$", text)
    return found is not None and month_number(found[1]) is not None


def has_the_shape_of_a_date(text: str) -> bool:
    """Whether it could only be a date, though perhaps one that is not in the calendar."""
    return _numbers(_WEEKDAY.sub("", " ".join(to_arabic(text).split()))) is not None


def read_year(era: str | None, typed: str, today: date) -> int:
    """The year in the Common Era of one that was typed, its era named or not. KnownError."""
    return _common_year(_era(era), typed, today)


def _era(word: str | None) -> str:
    """ "BE", "CE" or "" for the era's name as typed."""
    letters = re.sub(r"[.\s]", "", word or "").upper()
    return {"พศ": "BE", "BE": "BE", "คศ": "CE", "CE": "CE", "AD": "CE"}.get(letters, "")


def _common_year(era: str, typed: str, today: date) -> int:
    year = int(typed)
    full = msg("Write the year in full: {now}.", now=today.year + ERA_OFFSET)
    if len(typed) == 2:
        year += 2500 - ERA_OFFSET
        if abs(year - today.year) > _FAR_YEARS or era == "CE":
            raise KnownError(
                msg("The year {year} could be meant in two ways.", year=typed), do=full
            )
        return year
    if 2400 <= year <= 2700 and era != "CE":
        return year - ERA_OFFSET
    if 1857 <= year <= 2157 and era != "BE":
        return year
    raise KnownError(msg("The year {year} belongs to neither era.", year=typed), do=full)
