"""Which backups stay: days, weeks, months; a number that does not grow, the new one always."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.station.backups.backup import Backup, name_of
from app.station.backups.pruning import DAILY, MONTHLY, WEEKLY, kept, superfluous

NIGHT = datetime(2026, 1, 1, 19, tzinfo=UTC)  # two o'clock in Mukdahan


def at(when: datetime, entries: int = 100, erased_seq: int = 0) -> Backup:
    folder = Path("/backups") / name_of("mukdahan", when)
    return Backup(folder, "mukdahan", when, entries, "", erased_seq, (), 1, "")


def test_two_years_of_nights_leave_days_weeks_and_months() -> None:
    there: list[Backup] = []
    for night in range(730):
        there.append(at(NIGHT + timedelta(days=night), night))
        gone = superfluous(there, there[-1], 0)
        there = [one for one in there if one not in gone]
        assert len(there) <= DAILY + WEEKLY + MONTHLY
    ages = [(there[-1].made_at - one.made_at).days for one in reversed(there)]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(ages) == DAILY + WEEKLY + MONTHLY
    gaps = [later - earlier for earlier, later in itertools.pairwise(ages)]
    assert max(gaps[6:10]) <= 14  # weeks
    assert max(gaps) <= 40  # months
    assert ages[-1] > 365


@given(st.lists(st.integers(0, 900 * 24), min_size=1, max_size=60, unique=True), st.integers(0, 99))
def test_the_newest_stays_and_what_went_once_is_not_missed(hours: list[int], erased: int) -> None:
    """Whatever the clock said: the one just made may have any date among them."""
    times = [NIGHT + timedelta(hours=hour) for hour in hours]
    there = [
        at(when, 100, erased if hour % 3 else 0) for when, hour in zip(times, hours, strict=True)
    ]
    just_made = there[-1] = at(times[-1], 100, erased)
    knowing = [one for one in there if one.erased_seq == erased]
    latest = max(knowing, key=lambda one: one.made_at)
    gone = superfluous(there, just_made, erased)
    staying = [one for one in there if one not in gone]
    assert latest in staying
    assert just_made in staying
    assert set(staying) <= set(knowing)
    assert superfluous(staying, just_made, erased) == []  # asked again it takes nothing more
    by_date = [one for one in staying if one != just_made]
    assert len(by_date) <= DAILY + WEEKLY + MONTHLY
    if not erased:
        days = sorted({(one.made_at + timedelta(hours=7)).date() for one in there})[-DAILY:]
        assert (
            days
            == sorted({(one.made_at + timedelta(hours=7)).date() for one in kept(there)})[-DAILY:]
        )


def test_what_still_holds_an_erased_text_goes() -> None:
    there = [at(NIGHT + timedelta(days=day), 10 * day, 25 * (day > 2)) for day in range(5)]
    assert [one.entries for one in superfluous(there, there[-1], 25)] == [0, 10, 20]
    only = superfluous(there[:2], there[1], 25)
    assert only == [there[0]]  # never the one just made: there would be none


def test_what_a_later_date_or_more_entries_have_does_not_save_an_erased_text() -> None:
    """The clock was set back before one; another is of a branch that was left, and is longer."""
    ahead = at(NIGHT + timedelta(hours=3), 20)
    of_a_branch = at(NIGHT - timedelta(days=1), 220, 9)
    just_made = at(NIGHT, 26, 26)
    there = [ahead, of_a_branch, just_made]
    assert superfluous(there, just_made, 26) == [ahead, of_a_branch]


def test_without_an_erasure_a_branch_that_was_left_stays() -> None:
    """It holds what was lost."""
    there = [at(NIGHT - timedelta(days=1), 220, 9), at(NIGHT, 21)]
    assert superfluous(there, there[1], 0) == []
    assert superfluous(there, None, None) == []  # where room is made for one, nobody asks
