"""Reads times of day as people say them: `21:40`, `21.40 น.`, `สี่ทุ่มครึ่ง`, `ตีสอง`, `10 pm`.

Knows no day. Text comes with Arabic digits, in one case, single-spaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

EXACT = timedelta(minutes=10)
"""How far off a time is that was given with its minutes."""
ROUGH = timedelta(minutes=30)
"""How far off one is that was given as an hour in words."""

NUMBER_WORDS = {
    "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
    "สิบเอ็ด": 11, "สิบสอง": 12, "สิบ": 10,
}  # fmt: skip
NUMBER = rf"\d{{1,3}}|{'|'.join(NUMBER_WORDS)}"

_REST = rf"(?:\s*(?P<half>ครึ่ง)|\s*(?P<minutes>{NUMBER})\s*นาที)?"
_FORMS = (
    r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?\s*(?:น\.?|นาฬิกา)?(?!\d)",
    r"(?P<h>\d{1,2})\s*(?:น\.?(?!า)|นาฬิกา)",
    r"(?P<h>\d{1,2})(?::(?P<m>\d{2}))?\s*(?P<half_day>[ap])\.?m\.?",
    rf"(?P<name>เที่ยงคืน|เที่ยงวัน|เที่ยง|midnight|noon){_REST}",
    rf"ตี\s*(?P<small>{NUMBER}){_REST}",
    rf"บ่าย\s*(?P<after>{NUMBER})(?:\s*โมง)?{_REST}",
    rf"(?P<one>บ่ายโมง){_REST}",
    rf"(?P<evening>{NUMBER})\s*ทุ่ม{_REST}",
    rf"(?P<late>{NUMBER})\s*โมง\s*เย็น{_REST}",
    rf"(?P<early>{NUMBER})\s*โมง\s*(?P<morning>เช้า)?{_REST}",
)
_WHOLE = tuple(re.compile(form) for form in _FORMS)
_LEADS = r"(?:เวลา|ตอน|ประมาณ|ราว(?:\s*ๆ)?|ช่วง|at|around|about)"
_AT_END = tuple(re.compile(rf"(?:^|[\s,]|{_LEADS}\s*|(?<=[ก-๛]))({form})$") for form in _FORMS)
_AT_START = tuple(re.compile(rf"^(?:{_LEADS}\s*)?({form})(?=[\s,ก-๛]|$)") for form in _FORMS)
_LEAD_AT_END = re.compile(rf"[\s,]*{_LEADS}?[\s,]*$")
_NOT_BY_CHANCE = re.compile(r":|น|โมง|ทุ่ม|เที่ยง|m\.?$|noon|midnight")


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day, and how far off it may be. `ends_day`: it was said as 24, not as 0: in a day
    that is named it is the end and not the beginning."""

    at: time
    slack: timedelta
    ends_day: bool = False


def number_of(word: str) -> int:
    """`3` and `สาม` are 3."""
    return NUMBER_WORDS.get(word) or int(word)


def read_clock(text: str) -> ClockTime | None:
    """The time of day that the whole text says; None when it says none."""
    for form in _WHOLE:
        found = form.fullmatch(text)
        if found is not None:
            return _time_of(found)
    return None


def is_surely_a_clock(text: str) -> bool:
    """Whether it is a time of day and nothing else: `21:40` is, `21.40` may be a price."""
    return read_clock(text) is not None and _NOT_BY_CHANCE.search(text) is not None


def split_clock(text: str) -> tuple[str, ClockTime] | None:
    """What stands before (or after) a time of day, and that time: `เมื่อคืน 21:40`."""
    for pattern in _AT_END:
        found = pattern.search(text)
        if found is not None and (clock := read_clock(found[1])) is not None:
            return _LEAD_AT_END.sub("", text[: found.start()]), clock
    for pattern in _AT_START:
        found = pattern.match(text)
        if found is not None and (clock := read_clock(found[1])) is not None:
            return text[found.end() :].strip(" ,"), clock
    return None


def _time_of(found: re.Match[str]) -> ClockTime | None:
    said = found.groupdict()
    if said.get("h") is not None:
        return _by_numbers(said)
    hour = _hour_in_words(said)
    minute = 30 if said.get("half") else number_of(said.get("minutes") or "0")
    if hour is None or minute > 59:
        return None
    return ClockTime(time(hour, minute), EXACT if said.get("minutes") else ROUGH)


def _by_numbers(said: dict[str, str | None]) -> ClockTime | None:
    hour, minute, second = (int(said.get(name) or 0) for name in "hms")
    if said.get("half_day"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if said["half_day"] == "p" else 0)
    ends_day = hour == 24 and minute == second == 0
    if ends_day:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return ClockTime(time(hour, minute, second), EXACT if said.get("m") else ROUGH, ends_day)


def _hour_in_words(said: dict[str, str | None]) -> int | None:
    """The hour of the day; None for one that is said in no such way."""
    name = said.get("name")
    if name:
        return 0 if name in ("เที่ยงคืน", "midnight") else 12
    if said.get("one"):
        return 13
    for group, least, most, add in (
        ("small", 1, 5, 0), ("after", 1, 5, 12), ("late", 3, 6, 12), ("evening", 1, 6, 18),
    ):  # fmt: skip
        if said.get(group):
            number = number_of(said[group] or "")
            return (number + add) % 24 if least <= number <= most else None
    number = number_of(said["early"] or "")
    if said.get("morning") and 1 <= number <= 5:
        return number + 6  # as one's grandparents count
    return number if 6 <= number <= 11 else None
