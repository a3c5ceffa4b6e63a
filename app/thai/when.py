"""Spans of time from words and dates, in either era: `เมื่อคืน`, `24/6/65`, `1-15 ต.ค. 69`.

Has no clock: `now` is given. A span is shown to whoever typed it, with its dates, so that a
misunderstanding is seen. Days and nights are those of the station's wall clock; a night belongs to
the date on which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from app.errors import KnownError, msg
from app.thai.clock_words import ClockTime, is_surely_a_clock, read_clock, split_clock
from app.thai.dates import BANGKOK, ERA_OFFSET, to_local
from app.thai.day_words import DAY, GLUED, Days, read_days, whole_day
from app.thai.digits import to_arabic
from app.thai.typed_dates import ends_with_a_month, month_number

_TO = re.compile(r"\s*(?:จนถึง|ถึง|–|—|-|\bto\b|\buntil\b|\btill\b|\band\b)\s*")
_FROM = re.compile(r"^(?:ตั้งแต่|จาก|นับแต่|หลังจาก|หลัง|since |from |after )\s*(.+)$")
_FIRST_OF_TWO = re.compile(
    r"^(?:(?:ตั้งแต่|จาก|ระหว่าง|from |between )\s*)?(?:(?:ใน|ช่วง|เมื่อ)?\s*วันที่\s*(?=\d))?"
)
_BEFORE = re.compile(r"^(?:ก่อน|จนถึง|ถึง|before |until |till )\s*(.+)$")
_AFTER = ("หลัง", "after ")
_UP_TO = ("จนถึง", "ถึง", "until ", "till ")
_MAY_BE = re.compile(
    r"\d|วัน|คืน|วาน|สัปดาห์|อาทิตย์|เดือน|ปี|เช้า|บ่าย|เย็น|ค่ำ|โมง|ทุ่ม|เที่ยง|ชม|ชั่วโมง|นาที"
    r"|ที่แล้ว|ที่ผ่านมา|day|night|week|month|year|hour|morning|noon|evening"
)
_A_DAY = re.compile(r"\d{1,2}")  # of a month that is named behind it
_YEAR = 365 * DAY
_MOST_WORDS = 8  # of a phrase of time
_LONGEST = 80  # characters


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """From `since` to before `until`, aware UTC; None where it is open.

    `about`: the one moment that was meant, in the middle of the span.
    """

    since: datetime | None
    until: datetime | None
    about: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundWhen:
    """A query taken apart: what is left of it, and the span that its words of time mean.

    `trouble`: it holds what looks like a date and is none; that stays in the query.
    """

    rest: str
    span: TimeSpan | None = None
    words: str = ""
    trouble: KnownError | None = None


def read_when(text: str, now: datetime) -> TimeSpan:
    """The span that the whole text means. `now`: aware. Raises KnownError when it means none."""
    plain = _plain(text)
    span = _read(plain, _on_the_wall(now), loosely=True) if len(plain) <= _LONGEST else None
    if span is None:
        raise KnownError(
            msg("“{text}” is not a time that can be understood.", text=text.strip()[:40]),
            do=msg("Write for example: yesterday, last night, last Friday, 24 Jun 2565,"
                   " 1-15 Oct 2569, 22:00-02:00."),
        )  # fmt: skip
    return span


def find_when(query: str, now: datetime) -> FoundWhen:
    """The words of time in a query, wherever they stand in it. `now`: aware. Raises nothing.

    What stands in quotation marks is left alone, and so is what may be something else: `24/6` is a
    house, `2569` the end of a number.
    """
    words, wall = _words(query), _on_the_wall(now)
    taken: list[int] = []
    trouble: KnownError | None = None
    start = 0
    while start < len(words):
        length, error = _time_from(words, start, wall)
        if error is None:
            taken += range(start, start + length)
        trouble = trouble or error
        start += length or 1
    if not taken:
        return FoundWhen(" ".join(words), trouble=trouble)
    said = " ".join(words[number] for number in taken)
    rest = " ".join(word for number, word in enumerate(words) if number not in taken)
    try:
        span = _read(_plain(said), wall, loosely=False)
    except KnownError as error:
        span, trouble = None, trouble or error
    if span is None:
        unclear = KnownError(
            msg("“{text}” names more than one time.", text=said[:40]), do=msg("Write one of them.")
        )
        return FoundWhen(" ".join(words), trouble=trouble or unclear)
    return FoundWhen(rest, span, said, trouble)


# A query, word by word


def _words(query: str) -> list[str]:
    """By spaces; what is in quotation marks is one, and a time is cut off the word before it."""
    found: list[str] = []
    for word in re.findall(r'"[^"]*"?|“[^”]*”?|[^\s"“]+', query):
        glued = GLUED.fullmatch(word) if not word.startswith(('"', "“")) else None
        found += [glued[1], glued[2]] if glued is not None else [word]
    return found


def _time_from(words: list[str], start: int, wall: datetime) -> tuple[int, KnownError | None]:
    """How many words from here on mean a time, as many as can be; 0 for none.

    With an error they look like a date and are none. A shorter reading does not make up for it
    where the year alone would be left: `29 ก.พ. 2569` is not 29 Feb of another year.
    """
    error: KnownError | None = None
    wrong = 0
    for length in range(min(_MOST_WORDS, len(words) - start), 0, -1):
        some = words[start : start + length]
        if any(word.startswith(('"', "“")) for word in some):
            continue
        plain = _plain(" ".join(some))
        if len(plain) > _LONGEST or not _MAY_BE.search(plain):
            continue
        try:
            if _read(plain, wall, loosely=False) is not None:
                lost = error is not None and ends_with_a_month(plain)
                return (wrong, error) if lost else (length, None)
        except KnownError as raised:
            if re.search(r"[/ก-๛a-z]", plain):  # no telephone number
                error, wrong = error or raised, wrong or length
    return wrong, error


# A phrase


def _plain(text: str) -> str:
    """Arabic digits, one case, single spaces."""
    return " ".join(to_arabic(text).casefold().split())


def _on_the_wall(now: datetime) -> datetime:
    return to_local(now).replace(tzinfo=None)


def _utc(wall: datetime) -> datetime:
    return wall.replace(tzinfo=BANGKOK).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A piece of a phrase, on the wall clock. `about`: it is one moment."""

    begins: datetime
    ends: datetime
    about: datetime | None = None

    def span(self) -> TimeSpan:
        return TimeSpan(
            _utc(self.begins), _utc(self.ends), _utc(self.about) if self.about else None
        )


def _read(plain: str, wall: datetime, *, loosely: bool) -> TimeSpan | None:
    """None for what is no time. KnownError for a date that is none."""
    if not plain:
        return None
    try:
        moment = _moment(plain, wall, loosely)
    except (ValueError, OverflowError):
        return None  # a day before the first year
    except KnownError as error:
        span = _range(plain, wall, loosely)
        if span is None:
            raise error from None
        return span
    if moment is not None:
        return moment.span()
    return _range(plain, wall, loosely) or _open(plain, wall, loosely)


def _open(plain: str, wall: datetime, loosely: bool) -> TimeSpan | None:
    """`ตั้งแต่ 1 ต.ค. 69`, `before last Friday`."""
    for pattern, since in ((_FROM, True), (_BEFORE, False)):
        found = pattern.match(plain)
        moment = _moment(found[1], wall, loosely) if found is not None else None
        if moment is None:
            continue
        at = moment.about or (moment.ends if plain.startswith(_AFTER) else moment.begins)
        if not since and plain.startswith(_UP_TO):
            at = moment.about or moment.ends
        return TimeSpan(_utc(at), None) if since else TimeSpan(None, _utc(at))
    return None


def _moment(plain: str, wall: datetime, loosely: bool) -> _Moment | None:
    """Days, a time of day, or both. KnownError for a date that is none."""
    clock = read_clock(plain) if loosely or is_surely_a_clock(plain) else None
    if clock is not None:
        return _at_newest(clock, wall)
    split = split_clock(plain)
    if split is not None and split[0]:
        days = read_days(split[0], wall, loosely=loosely)
        at = _on(days, split[1]) if days is not None else None
        if at is not None and days is not None and days.of_any_week and at > wall:
            at -= 7 * DAY
        if at is not None:
            return _Moment(at - split[1].slack, at + split[1].slack, at)
    days = read_days(plain, wall, loosely=loosely)
    return _Moment(days.begins, days.ends) if days is not None else None


def _at_newest(clock: ClockTime, wall: datetime) -> _Moment:
    """A time of day alone: the newest that has come."""
    at = datetime.combine(wall.date(), clock.at)
    if at > wall:
        at -= DAY
    return _Moment(at - clock.slack, at + clock.slack, at)


def _on(days: Days, clock: ClockTime) -> datetime | None:
    """The moment in a day, or in a night and then perhaps on its second date.

    24:00 is the end of the day that is named, though the next has begun by then.
    """
    if not days.takes_a_clock:
        return None
    at = datetime.combine(days.begins.date(), clock.at)
    if clock.ends_day or at < days.begins:
        at += DAY
    return at if at < days.ends or (clock.ends_day and at == days.ends) else None


# From one to another


def _range(plain: str, wall: datetime, loosely: bool) -> TimeSpan | None:
    """`22:00-02:00`, `1-15 ต.ค. 69`, `เมื่อวาน ถึง วันนี้`.

    KnownError when it ends first, or one of its ends is in no calendar and no other hyphen fits.
    """
    error: KnownError | None = None
    stripped = _FIRST_OF_TWO.sub("", plain)
    for found in _TO.finditer(stripped):
        left, right = stripped[: found.start()].strip(" ,"), stripped[found.end() :].strip(" ,")
        if not left or not right:
            continue
        try:
            ends = _ends(left, right, wall, loosely)
        except KnownError as raised:
            error, ends = error or raised, None  # it may be another hyphen that is meant
        if ends is None:
            continue
        begins_at, ends_at = ends
        if begins_at >= ends_at:
            raise KnownError(
                msg("“{text}” ends before it begins.", text=plain[:40]),
                do=msg("Write the earlier time first."),
            )
        return TimeSpan(_utc(begins_at), _utc(ends_at))
    if error is not None:
        raise error
    return None


def _ends(left: str, right: str, wall: datetime, loosely: bool) -> tuple[datetime, datetime] | None:
    clock = read_clock(right)
    if clock is not None and (loosely or is_surely_a_clock(right) or _names_a_day_or_hour(left)):
        return _until_clock(left, clock, wall, loosely)
    try:
        last = _moment(right, wall, loosely or left.isdigit())
    except KnownError:
        if _A_DAY.fullmatch(left) or _moment(left, wall, loosely) is not None:
            raise
        return None  # what is before the hyphen is no time
    if last is None:
        return None
    firsts = [one.about or one.begins for one in _first(left, right, last, wall, loosely)]
    if not firsts:
        return None
    ends_at = last.about or last.ends
    return next((at for at in firsts if at < ends_at), firsts[0]), ends_at


def _names_a_day_or_hour(left: str) -> bool:
    """Whether hours behind it are hours: `เมื่อวาน 20.00` to `22.00`, but not `20.00` to `22.00`."""
    return is_surely_a_clock(left) or not read_clock(left)


def _until_clock(
    left: str, clock: ClockTime, wall: datetime, loosely: bool
) -> tuple[datetime, datetime] | None:
    """`22:00` to this time, `เมื่อคืน 22:00` to this time: the next such time after it."""
    try:
        begins = _moment(left, wall, True if read_clock(left) else loosely)
    except KnownError:
        return None
    if begins is None or begins.about is None:
        return None
    ends = datetime.combine(begins.about.date(), clock.at)
    return begins.about, ends if ends > begins.about else ends + DAY


def _first(
    left: str, right: str, last: _Moment, wall: datetime, loosely: bool
) -> Iterator[_Moment]:
    """What the left side means beside the right one, from which it may lack month and year."""
    whole = last.ends - last.begins == DAY
    if _A_DAY.fullmatch(left) and whole:
        try:
            day = last.begins.date().replace(day=int(left))
        except ValueError:
            return
        days = whole_day(day)
        yield _Moment(days.begins, days.ends)
    for then in _in_the_year_of(last, left, loosely) if whole or _is_months(last) else ():
        yield _Moment(then.begins, then.ends)
    moment = _moment(left, wall, loosely)
    if moment is not None:
        yield moment


def _is_months(moment: _Moment) -> bool:
    return moment.begins.day == moment.ends.day == 1 and moment.ends - moment.begins < _YEAR


def _in_the_year_of(last: _Moment, left: str, loosely: bool) -> Iterator[Days]:
    """A day or a month that lacks its year: in that of the right side, or in the one before.

    KnownError for a day that is in neither, as the 29th of February mostly is.
    """
    is_day = re.fullmatch(r"\d{1,2}\s*[^\W\d_]\D*|\d{1,2}/\d{1,2}", left)
    if is_day is None and month_number(left.removeprefix("เดือน")) is None:
        return
    joint = "/" if "/" in left else " "
    error: KnownError | None = None
    for year in (last.begins.year, last.begins.year - 1):
        try:
            then = read_days(f"{left}{joint}{year + ERA_OFFSET}", last.begins, loosely=loosely)
        except KnownError as raised:
            error = error or raised
            continue
        if then is None or (error is not None and last.ends - then.begins > _YEAR):
            break
        if then.begins < last.ends:
            yield then
            return
    if error is not None:
        raise error
