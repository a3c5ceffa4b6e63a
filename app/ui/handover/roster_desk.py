"""Shifts and rosters for the window, in the Qt thread: which shift it is, and who is on it.

Knows no widget. What cannot be written comes through the desk's `failed`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from app.duty.handover import open_handover
from app.duty.officers import officers
from app.duty.shift_log import (
    Post,
    Roster,
    ShiftsView,
    roster_of,
    set_roster,
    set_shift_table,
    shift_table,
)
from app.duty.shifts import DEFAULT_SHIFTS, Shift, ShiftTable
from app.duty.units import units
from app.log import Changed, Entry, Log
from app.ui.desk import Desk

Done = Callable[[], None]
_OF_HANDOVERS = frozenset({"handover_written", "handover_returned", "handover_accepted"})


class RosterDesk(QObject):
    """`changed` when shifts or rosters did; `waits` tells whether a handover waits."""

    changed = Signal()
    waits = Signal(bool)

    def __init__(self, desk: Desk, log: Log) -> None:
        super().__init__()
        self._desk, self._log = desk, log
        self._table: ShiftTable = DEFAULT_SHIFTS
        self.is_waiting = False
        desk.changed.connect(self._on_log_changed)

    def read(self) -> None:
        """The station's table, and whether a handover waits; after the window's first paint."""
        with self._log.reading() as db:
            self._table = self._desk.shifts = shift_table(db)
            self.is_waiting = open_handover(db) is not None
        self.changed.emit()
        self.waits.emit(self.is_waiting)

    def table(self) -> ShiftTable:
        """How the station divides its day."""
        return self._table

    def current(self) -> Shift:
        """The shift it is now."""
        return self._table.shift_at(self._desk.now())

    def roster(self, shift_id: str) -> Roster | None:
        """Who is on a shift."""
        with self._log.reading() as db:
            return roster_of(db, shift_id)

    def officers(self) -> dict[str, str]:
        """Names to ids."""
        with self._log.reading() as db:
            return {one.name: one.id for one in officers(db)}

    def units(self) -> dict[str, str]:
        """Call signs to ids."""
        with self._log.reading() as db:
            return {one.call_sign: one.id for one in units(db)}

    def name_of(self, officer_id: str) -> str:
        """An officer's name; the id of one who is not on the list."""
        return self._desk.officer_names().get(officer_id, officer_id)

    def set_roster(self, shift: Shift, posts: Sequence[Post], done: Done) -> None:
        """Say who is on a shift. Raises KnownError at once if a post will not do."""
        self._follow(set_roster(self._log, shift, posts, actor=self._desk.officer.actor), done)

    def set_table(self, table: ShiftTable, reason: str, done: Done) -> None:
        """Divide the day so. Raises KnownError at once without a reason."""
        written = set_shift_table(self._log, table, reason, actor=self._desk.officer.actor)
        self._follow(written, done)

    def _follow(self, written: Future[tuple[Entry, ...]], done: Done) -> None:
        self._desk.follow(written, lambda _: done())

    def _on_log_changed(self, changed: Changed) -> None:
        if changed.kinds & (ShiftsView.kinds | _OF_HANDOVERS):
            self.read()
