"""Brings the index's locks to what the station's log asks for, and acknowledges each.

Used by the recorder twice a second, and by the console where no recorder runs.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from app.log import Connection
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange
from app.video.archive.index_locks import (
    ASKED,
    ENDED,
    asking_entries,
    hold,
    release,
    was_released,
)
from app.video.archive.index_reading import HeldLock, held_locks
from app.video.archive.locks import FootageLock, LockState, footage_locks

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the station's log says of locks that are not over, and which entries asked."""

    locks: tuple[FootageLock, ...]
    asked_by: dict[str, str]


def wishes(station: Connection) -> Wishes:
    """Read them from `station.db`."""
    locks = tuple(footage_locks(station))
    return Wishes(locks, asking_entries(station, locks))


def keep_locks(index: RecordingIndex, wished: Wishes, now: datetime) -> int:
    """Lock and unlock as wished; how many changes that took. KnownError: nothing was changed.

    A lock the index lost (it was made anew) is held again; one that the station's log does not know
    (that was set back) goes on holding.
    """
    with index.reading() as db:
        held = {lock.id: lock for lock in held_locks(db)}
        told = {each.id for each in wished.locks if each.id not in held and was_released(db, each)}
    to_hold = [each for each in wished.locks if each.id not in held and _should_hold(each, now)]
    to_release = _to_release(held, wished, now)
    for lock_id in told:  # the station's log has not taken that in yet
        to_release.pop(lock_id, None)
    if not to_hold and not to_release:
        return 0

    def change_locks(change: IndexChange) -> None:
        for lock in to_hold:
            hold(change, lock, wished.asked_by.get(lock.id, ""))
        for lock_id, (about, why) in to_release.items():
            release(change, lock_id, about, why)

    index.change(change_locks)
    _logger.info("%d locks held, %d released", len(to_hold), len(to_release))
    return len(to_hold) + len(to_release)


def _should_hold(lock: FootageLock, now: datetime) -> bool:
    return lock.state is not LockState.UNLOCK_REQUESTED and lock.holds_at(now)


def _to_release(
    held: dict[str, HeldLock], wished: Wishes, now: datetime
) -> dict[str, tuple[str, str]]:
    """Those to end, with whom they are about and why."""
    ending = {each.id: (each.about, ENDED) for each in held.values() if not each.holds_at(now)}
    for lock in wished.locks:
        if lock.state is LockState.UNLOCK_REQUESTED:
            ending[lock.id] = (lock.about, ASKED)
        elif lock.state is LockState.REQUESTED and not lock.holds_at(now):
            ending[lock.id] = (lock.about, ENDED)
    return ending
