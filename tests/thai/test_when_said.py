"""Times as people say them, and what a hasty reading would make of them: another day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.thai.dates import BANGKOK
from app.thai.when import read_when

NOW = datetime(2026, 11, 22, 3, 46, 31, tzinfo=UTC)  # Sunday 22 Nov 2569, 10:46:31 in Mukdahan


def wall(text: str) -> datetime:
    """`2026-11-22 18:00` on the station's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def shown(at: datetime | None) -> str:
    """On the station's clock, to the minute; `…` where it is open."""
    return f"{at.astimezone(BANGKOK):%Y-%m-%d %H:%M}" if at is not None else "…"


def span(text: str, now: datetime = NOW) -> tuple[str, str]:
    """From when and until when."""
    read = read_when(text, now)
    return shown(read.since), shown(read.until)


def about(text: str, now: datetime = NOW) -> str:
    """The one moment that was meant."""
    return shown(read_when(text, now).about)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("21 พ.ย. 69 24:00", "2026-11-22 00:00"),
        ("เมื่อวาน 24.00", "2026-11-22 00:00"),
        ("24.00 น. เมื่อวาน", "2026-11-22 00:00"),
        ("เมื่อวาน 24 น.", "2026-11-22 00:00"),
        ("เมื่อวาน 00:00", "2026-11-21 00:00"),
        ("เมื่อคืน 24:00", "2026-11-22 00:00"),
        ("24:00", "2026-11-22 00:00"),
    ],
)
def test_twenty_four_hours_is_the_end_of_the_day_that_is_named(typed: str, meant: str) -> None:
    assert about(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22:00-24:00", ("2026-11-21 22:00", "2026-11-22 00:00")),
        ("วันศุกร์ 22:00-24:00", ("2026-11-20 22:00", "2026-11-21 00:00")),
        ("วันศุกร์ 24:00-02:00", ("2026-11-21 00:00", "2026-11-21 02:00")),
        ("20 พ.ย. 69 20:00 - 20 พ.ย. 69 24:00", ("2026-11-20 20:00", "2026-11-21 00:00")),
    ],
)
def test_a_span_may_begin_or_end_with_the_day(typed: str, meant: tuple[str, str]) -> None:
    assert span(typed) == meant
