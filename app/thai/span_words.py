"""Says a span of time with its dates, so that whoever typed it sees how it was understood."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.errors import msg
from app.thai.dates import (
    buddhist_year,
    month_year,
    short_date,
    short_time,
    to_local,
    weekday_date,
    weekday_day,
)
from app.thai.translation import Language, say
from app.thai.when import TimeSpan

_DAY = timedelta(days=1)


def span_words(span: TimeSpan, language: Language) -> str:
    """`จ. 16 – อา. 22 พ.ย. 2569`, `ส. 21 พ.ย. 2569 21:40 ± 10 นาที`, `พ.ย. 2569`; all in B.E."""
    if span.since is None or span.until is None:
        return _open_words(span, language)
    if span.about is not None:
        minutes = round((span.until - span.about).total_seconds() / 60)
        at = f"{weekday_date(span.about, language)} {short_time(span.about)}"
        return say(msg("{at} ± {minutes} min", at=at, minutes=minutes), language)
    begins, ends = to_local(span.since), to_local(span.until)
    if _is_midnight(begins) and _is_midnight(ends):
        return _days_words(begins.date(), ends.date() - _DAY, language)
    return _hours_words(begins, ends, language)


def _open_words(span: TimeSpan, language: Language) -> str:
    if span.since is not None:
        return say(msg("from {time} on", time=_moment_words(span.since, language)), language)
    if span.until is not None:
        return say(msg("before {time}", time=_moment_words(span.until, language)), language)
    return say(msg("any time"), language)


def _moment_words(at: datetime, language: Language) -> str:
    day = weekday_date(at, language)
    return day if _is_midnight(to_local(at)) else f"{day} {short_time(at)}"


def _days_words(first: date, last: date, language: Language) -> str:
    after = last + _DAY
    if first == last:
        return weekday_date(first, language)
    if first.day == after.day == 1:
        if (first.month, after.year - first.year, after.month) == (1, 1, 1):
            return say(msg("B.E. {year}", year=buddhist_year(first)), language)
        if (last.year, last.month) == (first.year, first.month):
            return month_year(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{weekday_day(first, language)} – {weekday_date(last, language)}"
    if first.year == last.year:
        begins = short_date(first, language).rsplit(" ", 1)[0]
        return f"{begins} – {short_date(last, language)}"
    return f"{short_date(first, language)} – {short_date(last, language)}"


def _hours_words(begins: datetime, ends: datetime, language: Language) -> str:
    """`ส. 21 พ.ย. 2569 20:00–23:00`; over midnight both days are said."""
    first = f"{weekday_date(begins, language)} {short_time(begins)}"
    if begins.date() == ends.date():
        return f"{first}–{short_time(ends)}"
    if begins.year == ends.year:
        first = f"{weekday_date(begins, language).rsplit(' ', 1)[0]} {short_time(begins)}"
    return f"{first} – {weekday_date(ends, language)} {short_time(ends)}"


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second) == (0, 0, 0)
