"""What a handover's screen stands on: reads the log in the background, keeps the draft, signs.

In the Qt thread; knows no widget. What was done comes back as `changed`, what could not be as
`refused`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.clock import to_stored
from app.duty.handover import (
    NOTES_LIMIT,
    Acknowledged,
    Handover,
    accept_handover,
    return_handover,
    write_handover,
)
from app.duty.handover_page import HandoverPage, PageRow, needs_word, section_text
from app.duty.officers import Officer
from app.duty.shift_log import begin_shift
from app.errors import KnownError, msg
from app.log import Log
from app.thai.translation import tr
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.handover.draft import KEPT_LIMIT, Draft, DraftFile
from app.ui.handover.faults import Surroundings
from app.ui.handover.handover_reading import HandoverReading, Standing
from app.ui.handover.page_words import since_section

_SETTLE_MS = 400
_KEEP_MS = 1_000


class SignInCheck(Protocol):
    """Who asks for an officer's password."""

    def check(self, officer_id: str, password: str) -> Officer:
        """The officer, if this is the password. Raises KnownError; takes a tenth of a second."""
        ...


@dataclass(frozen=True, slots=True)
class HandoverParts:
    """What the handover stands on; made by the application."""

    desk: Desk
    log: Log
    background: Background
    reading: HandoverReading
    surroundings: Callable[[], Surroundings]
    sign_in: SignInCheck
    drafts: DraftFile


class HandoverDesk(QObject):
    """`standing` is None until the log has been read for the first time."""

    changed = Signal()
    refused = Signal(object)  # KnownError
    told = Signal(str)
    desk_taken = Signal(object)  # Officer: the desk is this officer's from now on

    def __init__(self, parts: HandoverParts) -> None:
        super().__init__()
        self._parts = parts
        self.desk = parts.desk
        self.standing: Standing | None = None
        self.draft: Draft = parts.drafts.load()
        self.is_busy = False
        self.is_watched = False
        """Whether its screen is seen: else nobody needs what the log says now."""
        self._is_looking = self._looks_again = False
        self._settle = self._timer(_SETTLE_MS, self.look)
        self._keep = self._timer(_KEEP_MS, self._on_keep)
        parts.desk.changed.connect(self._on_log_changed)

    def _timer(self, after_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(then)
        return timer

    # What is there

    @property
    def waiting(self) -> Handover | None:
        """The handover that waits for whoever accepts it."""
        return self.standing.waiting if self.standing is not None else None

    @property
    def page(self) -> HandoverPage | None:
        """What is shown: the page that was signed, or the one that writes itself."""
        if self.standing is None:
            return None
        if self.standing.waiting is not None:
            return self.standing.waiting.page
        return replace(self.standing.page, notes=self.draft.notes)

    @property
    def rows(self) -> tuple[PageRow, ...]:
        """All rows that are shown, with what came in since the page was written."""
        page = self.page
        since = self.standing.since if self.standing is not None else ()
        return (*(page.rows if page is not None else ()), *since)

    @property
    def missing(self) -> tuple[PageRow, ...]:
        """The rows that the incoming officer has still to acknowledge."""
        known = self.draft.acknowledged
        return tuple(row for row in self.rows if needs_word(row) and row.key not in known)

    def incoming_choices(self) -> tuple[Officer, ...]:
        """Who may accept the waiting handover; the next shift's officers first."""
        if self.standing is None or self.standing.waiting is None:
            return ()
        outgoing = self.standing.waiting.outgoing
        return tuple(one for one in self.standing.officers if one.id != outgoing)

    def look(self) -> None:
        """Read the log again, unless it is being read: then once more after that."""
        if self._is_looking:
            self._looks_again = True
            return
        self._is_looking = True
        read = functools.partial(self._parts.reading.read, self._parts.surroundings())
        self._parts.background.run(read, self._on_read, self._on_not_read)

    # What can be done

    def set_notes(self, notes: str) -> None:
        """What the outgoing officer types; kept within a second."""
        if notes != self.draft.notes:
            self.draft = replace(self.draft, notes=notes[:KEPT_LIMIT])
            self._keep.start()

    def choose_incoming(self, officer_id: str) -> None:
        """Another officer takes over; what the one before acknowledged does not count."""
        if officer_id != self.draft.incoming:
            self.draft = self.draft.accepted_by(officer_id)
            self._keep.start()
            self.changed.emit()

    def acknowledge(self, *rows: PageRow) -> None:
        """The incoming officer has read these."""
        keys = tuple(row.key for row in rows if row.key not in self.draft.acknowledged)
        if self.waiting is not None and keys:
            self.draft = self.draft.with_word(keys, to_stored(self.desk.now()))
            self._keep.start()
            self.changed.emit()

    def take_back(self, row: PageRow) -> None:
        """It was a slip: the row is not acknowledged."""
        self.draft = self.draft.without_word(row.key)
        self._keep.start()
        self.changed.emit()

    def write(self, password: str) -> None:
        """The outgoing officer signs the page as it is shown."""
        page = self.page
        if page is None or self.standing is None or self.waiting is not None:
            return
        standing, officer = self.standing, self.desk.officer

        def work() -> None:
            self.desk.require_right("handover_written")
            _require_room(page.notes)
            signed = self._parts.sign_in.check(officer.id, password)
            write_handover(
                self._parts.log,
                standing.ending,
                standing.beginning,
                page.text(),
                actor=signed.actor,
            ).result()

        self._run(work, self._on_written)

    def accept(self, officer_id: str, password: str) -> None:
        """The incoming officer signs; the desk is that officer's afterwards."""
        waiting = self.waiting
        if waiting is None:
            return
        around, draft = self._parts.surroundings(), self.draft

        def work() -> Officer:
            signed = self._parts.sign_in.check(officer_id, password)
            since = self._parts.reading.read(around).since  # what came in while it was typed
            page = waiting.page
            rows = [row for row in (*(page.rows if page else ()), *since) if needs_word(row)]
            _require_words(rows, draft)
            accept_handover(
                self._parts.log,
                waiting.id,
                waiting.page_sha256,
                [Acknowledged(row.id, draft.acknowledged[row.key]) for row in rows],
                section_text(since_section(since)) if since else "",
                actor=signed.actor,
            ).result()
            return signed

        self._run(work, self._on_accepted)

    def give_back(self, reason: str) -> None:
        """The page is not as it should be: it is written anew; notes and words are kept."""
        waiting, actor = self.waiting, self.desk.officer.actor
        if waiting is None:
            return

        def work() -> Handover:
            return_handover(self._parts.log, waiting.id, reason, actor=actor).result()
            return waiting

        self._run(work, self._on_given_back)

    def begin(self, reason: str) -> None:
        """Take the shift over though nobody handed it over."""
        standing, actor = self.standing, self.desk.officer.actor
        if standing is None:
            return
        unbegun = standing.turn is None or standing.turn.started_at is None
        shift = standing.ending if unbegun else standing.beginning

        def work() -> None:
            begin_shift(self._parts.log, shift, reason, actor=actor).result()

        self._run(work, self._on_begun)

    def leave(self) -> None:
        """The console is closing: what is typed is kept now."""
        self._settle.stop()
        if self._keep.isActive():
            self._keep.stop()
            self._parts.drafts.save_quietly(self.draft)

    # Slots

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """One signature at a time: a key that bounces must not sign twice."""
        if self.is_busy:
            return
        self.is_busy = True
        self.changed.emit()
        self._parts.background.run(work, functools.partial(self._on_done, done), self._on_refused)

    def _on_done(self, done: Callable[[Any], None], result: Any) -> None:
        self.is_busy = False
        done(result)
        self._keep.start()
        self.look()

    def _on_refused(self, error: KnownError) -> None:
        self.is_busy = False
        self.changed.emit()
        self.refused.emit(error)
        self.look()

    def _on_written(self, _: object) -> None:
        self.draft = replace(self.draft, notes="")
        self.told.emit(tr("The handover is signed and waits for whoever accepts it"))

    def _on_accepted(self, officer: Officer) -> None:
        self.draft = replace(self.draft, incoming="", acknowledged={})
        self.told.emit(tr("The shift is handed over to {name}", name=officer.name))
        self.desk_taken.emit(officer)

    def _on_given_back(self, returned: Handover) -> None:
        page = returned.page
        if page is not None and page.notes and page.notes not in self.draft.notes:
            notes = f"{page.notes}\n{self.draft.notes}".strip()
            self.draft = replace(self.draft, notes=notes[:KEPT_LIMIT])
        self.told.emit(tr("The handover was given back; its notes are kept"))

    def _on_begun(self, _: object) -> None:
        self.told.emit(tr("The shift has begun, without a handover"))

    def _on_read(self, standing: Standing) -> None:
        self._is_looking = False
        self.standing = standing
        self._choose_who_comes(standing)
        self.changed.emit()
        if self._looks_again:
            self._looks_again = False
            self._settle.start()

    def _on_not_read(self, error: KnownError) -> None:
        self._is_looking = False
        self.refused.emit(error)

    def _choose_who_comes(self, standing: Standing) -> None:
        """Until somebody says otherwise: the first of the next shift's roster who may."""
        if standing.waiting is None:
            return
        able = [one.id for one in self.incoming_choices()]
        if able and self.draft.incoming not in able:
            rostered = [one for one in standing.rostered if one in able]
            self.draft = self.draft.accepted_by((rostered or able)[0])

    def _on_log_changed(self, _: object) -> None:
        if self.is_watched and not self._settle.isActive():
            self._settle.start()

    def _on_keep(self) -> None:
        save = functools.partial(self._parts.drafts.save, self.draft)
        self._parts.background.run(save, _on_kept, self.refused.emit)


def _require_room(notes: str) -> None:
    if len(notes) > NOTES_LIMIT:
        raise KnownError(
            msg(
                "The notes have {length:,} characters; a handover takes {limit:,}.",
                length=len(notes),
                limit=NOTES_LIMIT,
            ),
            safe=msg("What you typed is still here."),
            do=msg("Shorten it."),
        )


def _on_kept(_: object) -> None:
    """Nobody has to be told that it is kept."""


def _require_words(rows: list[PageRow], draft: Draft) -> None:
    missing = [row for row in rows if row.key not in draft.acknowledged]
    if missing:
        raise KnownError(
            msg("{count} items came in meanwhile or changed.", count=len(missing)),
            safe=msg("The handover is still there."),
            do=msg("Acknowledge each of them (Space), then sign again."),
        )
