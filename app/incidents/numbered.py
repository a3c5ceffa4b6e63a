"""Incidents by typed numbers, many at once: `1281-1290, 1266/2568`. Reads; changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from app.incidents.incident import Incident
from app.incidents.register import incident_numbered
from app.log import Connection
from app.thai.dates import buddhist_year
from app.thai.digits import to_arabic

MOST = 500
"""Numbers in one line: beyond that somebody has slipped."""
_PART = re.compile(r"#?(\d{1,6})(?:\s*(?:-|–|—|ถึง|to)\s*#?(\d{1,6}))?(?:/(\d{4}))?")


@dataclass(frozen=True, slots=True)
class NumberedIncidents:
    """What was found, in the order typed, each once; `unknown`: numbers that no incident has;
    `not_understood`: what is no number, as it was typed."""

    found: tuple[Incident, ...]
    unknown: tuple[str, ...]
    not_understood: tuple[str, ...]


def numbers_in(typed: str, now: datetime) -> tuple[list[tuple[int, int]], list[str]]:
    """Serial and Buddhist year of each number in the line, and what is none.

    Without a year it is the present one's; a span has the year behind its end. Thai digits count.
    """
    numbers: dict[tuple[int, int], None] = {}
    strange: list[str] = []
    for part in re.split(r"[,;\n]|\s{2,}|(?<=\d)\s+(?=#?\d)", to_arabic(typed)):
        text = part.strip()
        if not text:
            continue
        match = _PART.fullmatch(text)
        if match is None:
            strange.append(text)
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        year = int(match[3] or buddhist_year(now))
        if last < first or last - first >= MOST or len(numbers) + last - first >= MOST:
            strange.append(text)
            continue
        numbers |= dict.fromkeys((serial, year) for serial in range(first, last + 1))
    return list(numbers), strange


def incidents_numbered(db: Connection, typed: str, now: datetime) -> NumberedIncidents:
    """The incidents of these numbers."""
    numbers, strange = numbers_in(typed, now)
    found: list[Incident] = []
    unknown: list[str] = []
    for serial, year in numbers:
        number = f"{serial}/{year}"
        one = incident_numbered(db, number, now)
        if one is None:
            unknown.append(number)
        else:
            found.append(one)
    return NumberedIncidents(tuple(found), tuple(unknown), tuple(strange))
