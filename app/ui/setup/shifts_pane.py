"""Setup › Shifts: when shifts begin, and who is on which. Acts through the roster desk."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.duty.shift_log import Roster
from app.duty.shifts import Shift, ShiftTable
from app.errors import KnownError
from app.thai.dates import date_time, to_local, weekday_date
from app.thai.translation import explain, language, tr
from app.ui.handover.roster_desk import RosterDesk
from app.ui.setup.roster_rows import RosterRows
from app.ui.setup.save_button import save_button
from app.ui.setup.shift_hours_box import ShiftHoursBox
from app.ui.theme import Theme
from app.ui.widgets.buttons import IconButton, KeyButton
from app.ui.widgets.labels import restate, rule, voiced
from app.ui.widgets.section_head import SectionHead

_HOURS_PX, _ROWS_PX = 640, 1140  # wider they only look lost


class ShiftsPane(QFrame):
    """A day, its shifts to choose from, and the posts of the chosen one."""

    told = Signal(str)

    def __init__(self, theme: Theme, roster: RosterDesk) -> None:
        super().__init__()
        self._theme = theme
        self._desk = roster
        self._day: date | None = None
        self._number = 0
        self._is_typed = False
        self.setProperty("ground", "panel")
        self._build()
        roster.changed.connect(self._on_changed)

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(self._theme, "calendar-clock", tr("Shifts")))
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 10, 16, 10)
        inner.setSpacing(8)
        self.hours = ShiftHoursBox(self._theme)
        self.hours.save_requested.connect(self._on_hours)
        self.hours.setMaximumWidth(self._theme.px(_HOURS_PX))
        inner.addWidget(self.hours)
        inner.addWidget(rule())
        inner.addLayout(self._build_choice())
        self.rows = RosterRows()
        self.rows.edited.connect(self._on_edited)
        self.rows.setMaximumWidth(self._theme.px(_ROWS_PX))
        inner.addWidget(self.rows, 1)
        self.words = voiced("", "second", wraps=True)
        inner.addWidget(self.words)
        inner.addLayout(self._build_acts())
        column.addLayout(inner, 1)

    def _build_choice(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(voiced(tr("Who is on the shift"), "strong"))
        row.addSpacing(10)
        self.earlier = IconButton(self._theme, "chevron-left", tr("The shift before"))
        self.later = IconButton(self._theme, "chevron-right", tr("The next shift"))
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.title = voiced("", "strong")
        self.present = KeyButton(self._theme, tr("The present shift"), flat=True)
        self.present.clicked.connect(self._on_present)
        for widget in (self.earlier, self.title, self.later, self.present):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _build_acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.save = save_button(self._theme, self, tr("Save the roster"), self._on_save)
        self.copy = KeyButton(self._theme, tr("Take over from the day before"))
        self.undo = KeyButton(self._theme, tr("Do not change"), flat=True)
        self.copy.clicked.connect(self._on_copy)
        self.undo.clicked.connect(self._on_undo)
        for button in (self.save, self.copy, self.undo):
            row.addWidget(button)
        row.addStretch(1)
        return row

    # Showing

    @property
    def shift(self) -> Shift:
        """The shift whose roster is shown."""
        shifts = self._table.of_day(self._day_shown)
        return shifts[min(self._number, len(shifts) - 1)]

    @property
    def _table(self) -> ShiftTable:
        return self._desk.table()

    @property
    def _day_shown(self) -> date:
        return self._day if self._day is not None else self._desk.current().day

    def fill(self) -> None:
        """Read what it shows; what is being typed stays."""
        self.hours.show_table(self._table)
        if self._day is None:
            self._choose(self._desk.current())
        self._show_title()
        if not self._is_typed:
            self._show_roster()

    def _choose(self, shift: Shift) -> None:
        self._day = shift.day
        shifts = self._table.of_day(shift.day)
        ids = [one.id for one in shifts]
        self._number = ids.index(shift.id) if shift.id in ids else 0

    def _show_title(self) -> None:
        shift = self.shift
        day = weekday_date(shift.starts_at, language())
        self.title.setText(f"{day} · {shift.called} {shift.hours}")
        self.present.setVisible(shift.id != self._desk.current().id)

    def _show_roster(self) -> None:
        self.rows.offer(self._desk.officers(), self._desk.units())
        roster = self._desk.roster(self.shift.id)
        self.rows.show_posts(roster.posts if roster is not None else ())
        self._is_typed = False
        self._tell(self._written(roster))
        for button in (self.save, self.undo):
            button.setEnabled(False)

    def _written(self, roster: Roster | None) -> str:
        if roster is None:
            return tr("Nobody has written down who is on this shift.")
        name = self._desk.name_of(roster.actor)
        return tr("Written {at} by {name}", at=date_time(roster.at, language()), name=name)

    def _tell(self, words: str, state: str = "") -> None:
        self.words.setText(words)
        restate(self.words, "state", state)

    # Slots

    def _on_changed(self) -> None:
        if self.isVisible():
            self.fill()

    def _on_edited(self) -> None:
        self._is_typed = True
        for button in (self.save, self.undo):
            button.setEnabled(True)

    def _on_earlier(self) -> None:
        self._go(self._table.before(self.shift))

    def _on_later(self) -> None:
        self._go(self._table.after(self.shift))

    def _on_present(self) -> None:
        self._go(self._desk.current())

    def _go(self, shift: Shift) -> None:
        if self._is_typed:
            self._tell(tr("Save the roster first, or leave it as it was."), "amber")
            return
        self._choose(shift)
        self._show_title()
        self._show_roster()

    def _on_undo(self) -> None:
        self._show_roster()

    def _on_copy(self) -> None:
        """The same shift of the day before; it is not saved by that."""
        before = self.shift.starts_at - timedelta(days=1)
        earlier = self._desk.roster(self._table.shift_at(before).id)
        if earlier is None:
            day = weekday_date(to_local(before), language())
            self._tell(tr("There is no roster of this shift on {day}.", day=day), "amber")
            return
        self.rows.show_posts(earlier.posts)
        self._on_edited()
        self._tell(tr("Taken over; save it when it is right."))

    def _on_save(self) -> None:
        try:
            self._desk.set_roster(self.shift, self.rows.posts(), self._on_saved)
        except KnownError as error:
            self._tell(explain(error), "red")

    def _on_saved(self) -> None:
        self._is_typed = False
        self._show_roster()
        self.told.emit(tr("The roster is saved"))

    def _on_hours(self, table: ShiftTable, reason: str) -> None:
        try:
            self._desk.set_table(table, reason, self._on_hours_saved)
        except KnownError as error:
            self.hours.complain(error)

    def _on_hours_saved(self) -> None:
        self.hours.saved()
        self._day = None
        self.fill()
        self.told.emit(tr("The hours of the shifts are changed"))
