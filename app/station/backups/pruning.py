"""Which backups are kept: of the last days, weeks and months. Knows no disk.

As years go by their number stays the same, and the older they are the further apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from app.station.backups.backup import Backup
from app.thai.dates import to_local

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def _day(at: datetime) -> object:
    return to_local(at).date()


def _week(at: datetime) -> object:
    return tuple(to_local(at).isocalendar())[:2]


def _month(at: datetime) -> object:
    local = to_local(at)
    return local.year, local.month


_RULES: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (DAILY, _day),
    (WEEKLY, _week),
    (MONTHLY, _month),
)


def kept(backups: Sequence[Backup]) -> list[Backup]:
    """Those that stay, the newest first: the last of each of the 7 last days that have one, then
    of the 4 last weeks and the 12 last months for which none stays already."""
    newest_first = sorted(backups, key=lambda one: one.made_at, reverse=True)
    chosen: list[Backup] = []
    for most, period in _RULES:
        covered = {period(one.made_at) for one in chosen}
        for one in newest_first:
            if most and period(one.made_at) not in covered:
                covered.add(period(one.made_at))
                chosen.append(one)
                most -= 1
    return sorted(chosen, key=lambda one: one.made_at, reverse=True)


def superfluous(
    backups: Sequence[Backup], just_made: Backup | None, erased_seq: int | None
) -> list[Backup]:
    """Those that may go once `just_made`, None before there is any, is known to be good.

    Never itself: after the clock was set back, others have later dates than it.

    `erased_seq`: the newest erasure in the log, 0 when it has none, None when erasures are not
    asked about. What does not know just that one still holds the text that the law wanted gone:
    it was made before, or of a branch of the log that was left when a backup was put back.
    """
    knowing = [one for one in backups if not erased_seq or one.erased_seq == erased_seq]
    staying = {one.folder for one in kept(knowing)}
    if just_made is not None:
        staying.add(just_made.folder)
    return [one for one in backups if one.folder not in staying]
