"""Shifts: when the present one began and ends. A night shift belongs to the date it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.thai.dates import to_local

LENGTH = timedelta(hours=8)  # 00–08, 08–16, 16–24: how Thai stations divide the day


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift; both ends aware UTC."""

    starts_at: datetime
    ends_at: datetime


def shift_at(at: datetime) -> Shift:
    """The shift an instant falls into."""
    local = to_local(at)
    starts = local.replace(hour=local.hour // 8 * 8, minute=0, second=0, microsecond=0)
    return Shift(starts.astimezone(UTC), (starts + LENGTH).astimezone(UTC))
