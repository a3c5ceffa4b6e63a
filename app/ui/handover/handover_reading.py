"""Reads the log for a handover, in a background thread: what there is now, and what waits.

Knows no widget. Everything that comes out is a frozen value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.clock import Clock
from app.duty.handover import Handover, open_handover, past_handovers
from app.duty.handover_page import HandoverPage, PageRow, rows_since
from app.duty.officers import Officer, officers
from app.duty.shift_log import Turn, shifts_to_hand_over, turn_of
from app.duty.shifts import Shift
from app.incidents.deadlines import Targets
from app.incidents.handover import HandoverContent, gather
from app.incidents.register import incident
from app.log import Connection, Log
from app.log.rights import may
from app.ui.handover.faults import Surroundings, fault_rows
from app.ui.handover.page_words import page_of
from app.video.archive.clock_steps import clock_steps
from app.video.archive.locks import footage_locks

MOST_PAST = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the screen shows, as of `read_at`."""

    read_at: datetime
    ending: Shift
    beginning: Shift
    turn: Turn | None
    """Of the shift that ends; None: nobody ever began it here."""
    page: HandoverPage
    """As it is now, without notes."""
    waiting: Handover | None
    since: tuple[PageRow, ...]
    """What came in since the waiting handover was written."""
    past: tuple[Handover, ...]
    officers: tuple[Officer, ...]
    """Those who may take a shift over."""
    names: dict[str, Officer]
    rostered: tuple[str, ...]
    """Ids of the officers on the roster of the shift that begins."""


class HandoverReading:
    """`read` may be called from any thread."""

    def __init__(self, log: Log, clock: Clock, targets: Targets, target_min: float) -> None:
        self._log, self._clock = log, clock
        self._targets, self._target_min = targets, target_min

    def read(self, around: Surroundings) -> Standing:
        """Everything in one unchanging state of the log."""
        now = self._clock.now()
        head = self._log.head()
        with self._log.reading() as db:
            waiting = open_handover(db)
            ending, beginning = _shifts(db, waiting, now)
            everyone = officers(db)
            content = gather(db, ending, beginning, now, self._targets)
            names = {one.id: one.name for one in everyone}
            said = f"{head.origin}:{head.n} {head.hash}"
            page = self._page(db, content, around, said, names)
            return Standing(
                read_at=now,
                ending=ending,
                beginning=beginning,
                turn=turn_of(db, ending.id),
                page=page,
                waiting=waiting,
                since=_since(waiting, page),
                past=tuple(past_handovers(db, MOST_PAST)),
                officers=tuple(one for one in everyone if may(one.role, "handover_accepted")),
                names={one.id: one for one in everyone},
                rostered=tuple(one.officer_id for one in content.roster if one.officer_id),
            )

    def _page(
        self,
        db: Connection,
        content: HandoverContent,
        around: Surroundings,
        head: str,
        names: dict[str, str],
    ) -> HandoverPage:
        since = content.ending.starts_at
        locks = [lock for lock in footage_locks(db) if lock.asked_at >= since]
        named = {lock.incident_id for lock in locks} | {one.incident_id for one in content.marks}
        return page_of(
            content,
            fault_rows(around, clock_steps(db, since), content.made_at),
            locks,
            notes="",
            head=head,
            target_min=self._target_min,
            numbers=_numbers(db, named - {""}),
            names=names,
        )


def _shifts(db: Connection, waiting: Handover | None, now: datetime) -> tuple[Shift, Shift]:
    """Those of the handover that waits, if one does."""
    if waiting is not None and waiting.ending is not None and waiting.beginning is not None:
        return waiting.ending, waiting.beginning
    return shifts_to_hand_over(db, now)


def _since(waiting: Handover | None, page: HandoverPage) -> tuple[PageRow, ...]:
    written = waiting.page if waiting is not None else None
    return rows_since(written, page) if written is not None else ()


def _numbers(db: Connection, ids: Iterable[str]) -> dict[str, str]:
    found = ((id_, incident(db, id_)) for id_ in sorted(ids))
    return {id_: one.number for id_, one in found if one is not None}
