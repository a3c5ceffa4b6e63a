"""When it happened, as people type it beside a report: `10:20`, `10:20-10:45`, `เมื่อวาน 22:10`.

Has no clock: the time of the report is given. A time alone is the last time the clock showed it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from app.clock import to_stored
from app.errors import KnownError, msg
from app.thai.dates import BANGKOK, short_date, short_time, to_local
from app.thai.digits import to_arabic
from app.thai.translation import language
from app.thai.typed_dates import read_date_time, read_time

_BORDER = re.compile(r"\s*(?:–|—|-|ถึง|\bto\b)\s*")
_DAYS_BACK = {"วันนี้": 0, "today": 0, "เมื่อวานนี้": 1, "เมื่อวาน": 1, "yesterday": 1, "วานซืน": 2}
_WATCHES_DIFFER = timedelta(minutes=5)

Span = tuple[datetime | None, datetime | None]


def read_happened(text: str, now: datetime) -> Span:
    """From when to when (aware UTC), as far as it was said. KnownError if it cannot be read."""
    plain = " ".join(to_arabic(text).split())
    if not plain:
        return None, None
    try:
        return _instant(plain, now), None
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
    return _instant(plain, now) if plain else None


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
    is_over = at <= now and _is_time(plain)
    return at + timedelta(days=1) if is_over else at


def _span(plain: str, now: datetime) -> Span | None:
    """Both ends at the first border at which both can be read; None when there is none."""
    for border in _BORDER.finditer(plain):
        before, after = plain[: border.start()], plain[border.end() :]
        try:
            begins = _instant(before, now)
            return begins, _end(after, begins, now)
        except KnownError:
            continue
    return None


def _end(text: str, begins: datetime, now: datetime) -> datetime:
    """A time alone belongs to the day it began on, or the next; one to come is told on saving."""
    if not _is_time(text):
        return _instant(text, now)
    ends = datetime.combine(_day(begins), read_time(text), BANGKOK).astimezone(begins.tzinfo)
    if ends < begins:
        ends += timedelta(days=1)
    return ends


def _instant(text: str, now: datetime) -> datetime:
    word, _, rest = text.partition(" ")
    today = _day(now)
    if word.casefold() in _DAYS_BACK and rest:
        day = today - timedelta(days=_DAYS_BACK[word.casefold()])
        return datetime.combine(day, read_time(rest), BANGKOK).astimezone(now.tzinfo)
    if _is_time(text):
        at = datetime.combine(today, read_time(text), BANGKOK).astimezone(now.tzinfo)
        return at if at <= now + _WATCHES_DIFFER else at - timedelta(days=1)
    return read_date_time(text, today)


def _is_time(text: str) -> bool:
    try:
        read_time(text)
    except KnownError:
        return False
    return True


def _day(at: datetime) -> date:
    return to_local(at).date()
