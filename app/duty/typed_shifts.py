"""Reads a station's shift table from one typed line: `00:00 เวรดึก, 08:00 เวรเช้า, 16:00`."""

from __future__ import annotations

import re

from app.duty.shifts import ShiftTable, ShiftTime, checked_table
from app.errors import KnownError, msg
from app.thai.digits import to_arabic

_ONE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:น\.)?\s*(.*)")


def read_table(text: str) -> ShiftTable:
    """The table that was typed. KnownError says which part was not understood."""
    parts = [part.strip() for part in re.split(r"[,;·]", text)]
    return checked_table([_read(part) for part in parts if part])


def table_text(table: ShiftTable) -> str:
    """As it would be typed: hours, and the names that the station gave."""
    return ", ".join(
        f"{one.begins_min // 60:02d}:{one.begins_min % 60:02d} {one.name}".strip()
        for one in table.times
    )


def _read(part: str) -> ShiftTime:
    found = _ONE.fullmatch(to_arabic(part))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if found is None or hour > 23 or minute > 59:
        raise KnownError(
            msg("“{text}” is not the beginning of a shift.", text=part[:40]),
            safe=msg("Nothing was changed; what you typed is still here."),
            do=msg("Type when each begins: 00:00, 08:00, 16:00."),
        )
    return ShiftTime(hour * 60 + minute, " ".join(part[found.start(3) :].split()))
