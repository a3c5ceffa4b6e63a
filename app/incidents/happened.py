"""When it happened, as people type it beside a report: `10:20-10:45`, `เมื่อคืน 4 ทุ่ม`, `ตีสอง`.

Has no clock: the time of the report is given. A time alone is the last time the clock showed it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from app.clock import to_stored
from app.errors import KnownError, msg
from app.thai.clock_words import read_clock
from app.thai.dates import BANGKOK, short_date, short_time, to_local
from app.thai.digits import to_arabic
from app.thai.translation import language
from app.thai.typed_dates import read_date_time, read_time
from app.thai.when import read_when

_BORDER = re.compile(r"\s*(?:–|—|-|ถึง|\bto\b)\s*")
_DAYS_BACK = {"วันนี้": 0, "today": 0, "เมื่อวานนี้": 1, "เมื่อวาน": 1, "yesterday": 1, "วานซืน": 2}
_WATCHES_DIFFER = timedelta(minutes=5)
_LAST_NIGHT = re.compile("เมื่อคืน|คืนที่|last night")
_NIGHT_ENDS_H = 6
_LONG_AGO = timedelta(days=180)  # a day without its year that is further back is a slip

Span = tuple[datetime | None, datetime | None]


def read_happened(text: str, now: datetime) -> Span:
    """From when to when (aware UTC), as far as it was said. KnownError if it cannot be read."""
    plain = " ".join(to_arabic(text).split())
    if not plain:
        return None, None
    try:
        return _moment(plain, now), None
    except KnownError as error:
        span = _span(plain, now)
        if span is None:
            raise KnownError(
                msg("“{text}” does not say when it happened.", text=text[:40]),
                safe=msg("What you typed is still here."),
                do=msg("Write 10:20, 10:20-10:45, or 22 Nov 2569 21:40."),
            ) from error
        return span


def stored(span: Span) -> tuple[str | None, str | None]:
    """Both ends as a report keeps them."""
    begins, ends = (to_stored(at) if at else None for at in span)
    return begins, ends


def happened_words(begins: datetime | None, ends: datetime | None, now: datetime) -> str:
    """`10:20–10:45`, with the date in front unless it is today's."""
    if begins is None:
        return ""
    day = "" if _day(begins) == _day(now) else f"{short_date(begins, language())} "
    return day + short_time(begins) + (f"–{short_time(ends)}" if ends else "")


def read_earlier(text: str, now: datetime) -> datetime | None:
    """A time that something is said to have happened at; None for no text. KnownError if it cannot
    be read.
    """
    plain = " ".join(to_arabic(text).split())
    return _moment(plain, now) if plain else None


def read_due(text: str, now: datetime) -> datetime | None:
    """`14:30`, the next time the clock shows it, or `+45` minutes from now; None for no text."""
    plain = to_arabic(text).strip()
    if not plain:
        return None
    if plain.startswith("+"):
        minutes = plain[1:].split()[0] if plain[1:].split() else ""
        if not minutes.isdecimal() or len(minutes) > 5:
            raise KnownError(
                msg("“{text}” is no number of minutes.", text=text[:40]), do=msg("Write +45.")
            )
        return now + timedelta(minutes=int(minutes))
    at = _instant(plain, now)
    is_over = at <= now and _clock(plain) is not None
    return at + timedelta(days=1) if is_over else at


def _span(plain: str, now: datetime) -> Span | None:
    """Both ends at the first border at which both can be read; None when there is none."""
    for border in _BORDER.finditer(plain):
        before, after = plain[: border.start()], plain[border.end() :]
        try:
            begins = _moment(before, now)
            return begins, _end(after, begins, now)
        except KnownError:
            continue
    return None


def _end(text: str, begins: datetime, now: datetime) -> datetime:
    """A time alone belongs to the day it began on, or the next; one to come is told on saving."""
    clock = _clock(text)
    if clock is None:
        return _moment(text, now)
    ends = datetime.combine(_day(begins), clock, BANGKOK).astimezone(begins.tzinfo)
    if ends < begins:
        ends += timedelta(days=1)
    return ends


def _moment(text: str, now: datetime) -> datetime:
    """A time of a day, in figures or in the Log's words. KnownError when it is neither."""
    try:
        return _instant(text, now)
    except KnownError:
        at = _in_words(text.casefold(), now)
        if at is None:
            raise
        return at


def _in_words(text: str, now: datetime) -> datetime | None:
    """`เมื่อคืน 22:00`, `28/11 ตีสอง`; None for no moment, and where another may be meant.

    While a night runs, nobody can tell whether `เมื่อคืน` is that one or the one before.
    """
    if to_local(now).hour < _NIGHT_ENDS_H and _LAST_NIGHT.search(text):
        return None
    try:
        at = read_when(text, now).about
    except KnownError:
        return None
    return at if at is not None and at > now - _LONG_AGO else None


def _instant(text: str, now: datetime) -> datetime:
    word, _, rest = text.partition(" ")
    today = _day(now)
    clock = _clock(rest) if word.casefold() in _DAYS_BACK else None
    if clock is not None:
        day = today - timedelta(days=_DAYS_BACK[word.casefold()])
        return datetime.combine(day, clock, BANGKOK).astimezone(now.tzinfo)
    clock = _clock(text)
    if clock is not None:
        at = datetime.combine(today, clock, BANGKOK).astimezone(now.tzinfo)
        return at if at <= now + _WATCHES_DIFFER else at - timedelta(days=1)
    return read_date_time(text, today)


def _clock(text: str) -> time | None:
    """A time of day in figures or in words: `22:10`, `4 ทุ่ม`."""
    try:
        return read_time(text)
    except KnownError:
        said = read_clock(text.casefold())
        return said.at if said is not None else None


def _day(at: datetime) -> date:
    return to_local(at).date()
