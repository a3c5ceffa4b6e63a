"""What a desk does with reports and incidents beyond their stages: attach, join, correct, tend.

Acts return at once; what was written comes back as the desk's `changed`, what could not be as its
`failed`. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Protocol

from app.clock import Clock
from app.duty import quiet
from app.duty.officers import Officer, serving_officers
from app.incidents import endings, ownership, workflow
from app.incidents.attached import attach_report
from app.incidents.categories import Category
from app.incidents.category_table import change_category, offered_categories
from app.incidents.deadlines import Targets
from app.incidents.escalation import Overdue, tell_supervisor
from app.incidents.incident import Ending, Incident, Report
from app.incidents.late import LateTime
from app.incidents.register import incident_numbered
from app.incidents.report_correction import Part, correct_report
from app.log import Actor, Entry, Log

Entries = tuple[Entry, ...]
WhenWritten = Callable[[Entries], None]


class Following(Protocol):
    """The desk, as far as these acts need it."""

    @property
    def clock(self) -> Clock: ...

    @property
    def officer(self) -> Officer: ...

    def follow(self, written: Future[Entries], when_written: WhenWritten | None = None) -> None: ...


class IncidentActs:
    """Every act takes what is to be done when it is written; KnownError at once for what is typed
    wrong.
    """

    def __init__(self, log: Log, desk: Following) -> None:
        self._log = log
        self._desk = desk

    # What is there

    def categories(self) -> tuple[Category, ...]:
        """What may be reported now."""
        with self._log.reading() as db:
            return offered_categories(db)

    def officers(self) -> list[Officer]:
        """Everybody who may answer for an incident."""
        with self._log.reading() as db:
            return serving_officers(db)

    def numbered(self, number: str) -> Incident | None:
        """The incident of this number, `1284/2569` or `1284` of this year."""
        with self._log.reading() as db:
            return incident_numbered(db, number, self._desk.clock.now())

    # What can be done

    def attach(self, incident_id: str, report: Report, then: WhenWritten) -> None:
        """A further caller."""
        self._follow(attach_report(self._log, incident_id, report, actor=self._actor), then)

    def correct(
        self, seen: Incident, part: Part, new: Report, reason: str, then: WhenWritten
    ) -> None:
        """A part of the report reads otherwise."""
        written = correct_report(self._log, seen, part, new, reason, actor=self._actor)
        self._follow(written, then)

    def cancel(self, incident_id: str, reason: str, then: WhenWritten) -> None:
        """It was nothing."""
        self._follow(endings.cancel(self._log, incident_id, reason=reason, actor=self._actor), then)

    def join(
        self, incident_id: str, other_id: str, how: Ending, reason: str, then: WhenWritten
    ) -> None:
        """It is part of another."""
        written = endings.join(
            self._log, incident_id, other_id, how, reason=reason, actor=self._actor
        )
        self._follow(written, then)

    def reopen(self, incident_id: str, reason: str, then: WhenWritten) -> None:
        """It was ended too early."""
        written = workflow.reopen(self._log, incident_id, reason=reason, actor=self._actor)
        self._follow(written, then)

    def under_control(self, incident_id: str, happened_at: datetime, then: WhenWritten) -> None:
        """The scene was in hand before anybody said so."""
        late = LateTime(happened_at, self._desk.clock.now())
        written = workflow.under_control(self._log, incident_id, actor=self._actor, late=late)
        self._follow(written, then)

    def set_owner(self, incident_id: str, officer_id: str, then: WhenWritten) -> None:
        """Who answers for it."""
        written = ownership.set_owner(self._log, incident_id, officer_id, actor=self._actor)
        self._follow(written, then)

    def set_next_step(
        self, incident_id: str, text: str, due_at: datetime | None, then: WhenWritten
    ) -> None:
        """What comes next, until when."""
        written = ownership.set_next_step(
            self._log, incident_id, text, due_at, now=self._desk.clock.now(), actor=self._actor
        )
        self._follow(written, then)

    def change_category(self, category: Category, is_withdrawn: bool, then: WhenWritten) -> None:
        """The station's own table of types."""
        written = change_category(self._log, category, actor=self._actor, is_withdrawn=is_withdrawn)
        self._follow(written, then)

    # What is overdue

    def muted_until(self) -> datetime | None:
        """Until when its sound is muted; None when it is heard."""
        return quiet.muted_until(self._log, self._desk.clock.now())

    def mute_sound(self, minutes: int) -> None:
        """Nothing is heard for so long; 0: it is heard again."""
        now = self._desk.clock.now()
        self._desk.follow(quiet.mute_sound(self._log, minutes, now=now, actor=self._actor))

    def tell_supervisor(
        self, told: Sequence[Overdue], targets: Targets, then: WhenWritten, *, program: Actor
    ) -> None:
        """Of these deadlines; the program itself records it."""
        self._follow(tell_supervisor(self._log, told, targets, actor=program), then)

    @property
    def _actor(self) -> Actor:
        return self._desk.officer.actor

    def _follow(self, written: Future[Entries], then: WhenWritten) -> None:
        self._desk.follow(written, then)
