"""The unit board: how many are free, out and silent, each unit, and what can be done with one.

Shows and asks; what is asked for is done by `UnitSteps`. It may stand in more than one window.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.duty.radio_codes import RadioCode
from app.duty.units import Unit, UnitState
from app.incidents.place_finder import PlaceFinder
from app.incidents.runs import Run
from app.map.style import MapStyle
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.units.board_rows import BoardFacts, BoardRow, board_rows
from app.ui.units.board_table import BoardTable
from app.ui.units.check_in_form import CheckInForm
from app.ui.units.crew_form import CrewForm
from app.ui.units.radio_card import RadioCard
from app.ui.units.times_card import TimesCard
from app.ui.widgets.buttons import IconButton, KeyButton
from app.ui.widgets.labels import chip, frame, voiced
from app.ui.widgets.section_head import SectionHead

_OUT = (UnitState.ASSIGNED, UnitState.ON_THE_WAY, UnitState.ON_SCENE)
_MAY = {
    UnitState.FREE: ("send", "check_in", "rest", "crew"),
    UnitState.ASSIGNED: ("on_the_way", "arrived", "release", "check_in"),
    UnitState.ON_THE_WAY: ("arrived", "release", "check_in"),
    UnitState.ON_SCENE: ("release", "check_in"),
    UnitState.RESTING: ("ready", "send", "check_in", "crew"),
    UnitState.OFF_DUTY: ("crew",),
}


def may(state: UnitState, act: str) -> bool:
    """Whether an act means something for a unit in this state."""
    return act in _MAY[state] or act in ("incident", "times")


class UnitBoard(QFrame):
    """A head with counts, the table, and a foot with the acts that fit the chosen unit."""

    asked = Signal(str)  # an act of `_MAY`, or incident, times
    window_requested = Signal()
    left = Signal()
    codes_requested = Signal()  # to be edited

    def __init__(self, theme: Theme, style: MapStyle, finder: PlaceFinder) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        self.table = BoardTable(theme, style)
        self.check_in = CheckInForm(theme, finder)
        self.crew = CrewForm(theme)
        self.codes = RadioCard(theme)
        self.times = TimesCard(theme)
        self._stack = QStackedWidget()
        for page in (self._build_list(), self.check_in, self.crew, self.codes, self.times):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        self._connect()
        self._show_acts()

    def _build_head(self) -> QWidget:
        self._head = SectionHead(self._theme, "radio", tr("Units"))
        self._free, self._out = chip("", "green"), chip("", "plain")
        self._silent = chip("", "amber")
        for one in (self._free, self._out, self._silent):
            self._head.add(one)
            one.hide()
        self.away = IconButton(
            self._theme, "app-window", tr("Unit board in a window of its own, and back")
        )
        self.away.clicked.connect(self.window_requested)
        self._head.add_right(self.away)
        return self._head

    def _build_list(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        self._empty = voiced(
            tr("No unit is on the list. Setup › Units forms one."), "second", wraps=True
        )
        self._empty.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._empty)
        column.addWidget(self._build_foot())
        return page

    def _build_foot(self) -> QFrame:
        foot = frame("panel", "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(8)
        theme = self._theme
        self.buttons = {
            "send": KeyButton(theme, tr("Send it"), key="D", icon="send", primary=True),
            "on_the_way": KeyButton(theme, tr("On the way"), key="G"),
            "arrived": KeyButton(theme, tr("Arrived"), key="A"),
            "release": KeyButton(theme, tr("Free again"), key="F"),
            "check_in": KeyButton(theme, tr("It reports"), key="I", icon="radio"),
            "rest": KeyButton(theme, tr("Rests"), key="B"),
            "ready": KeyButton(theme, tr("Ready again"), key="B"),
            "crew": KeyButton(theme, tr("Crew"), key="C", icon="users"),
        }
        for act, button in self.buttons.items():
            button.setObjectName(act)
            button.clicked.connect(self._on_button)
            row.addWidget(button)
        row.addStretch(1)
        return foot

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.activated.connect(self._on_activated)
        for form in (self.check_in, self.crew, self.codes, self.times):
            form.cancelled.connect(self.show_list)
        self.codes.edit_requested.connect(self.codes_requested)

    # What is shown

    @property
    def unit(self) -> Unit | None:
        """The chosen unit."""
        return self.table.unit

    def show_units(self, units: Sequence[Unit], facts: BoardFacts) -> None:
        """Every unit as it stands now; called when something changed, and once a second."""
        rows = board_rows(units, facts)
        self.table.show_rows(rows)
        self._show_counts(units, rows)
        self._empty.setVisible(not rows)
        self._show_acts()

    def _show_counts(self, units: Sequence[Unit], rows: Sequence[BoardRow]) -> None:
        free = sum(unit.state is UnitState.FREE for unit in units)
        out = sum(unit.state in _OUT for unit in units)
        silent = sum(row.is_overdue for row in rows)
        self._head.title.setText(tr("Units {count}", count=len(units)))
        for label, count, words in (
            (self._free, free, tr("Free {count}", count=free)),
            (self._out, out, tr("Out {count}", count=out)),
            (self._silent, silent, tr("Not heard {count}", count=silent)),
        ):
            label.setText(words)
            label.setVisible(count > 0)

    def _show_acts(self) -> None:
        unit = self.unit
        for act, button in self.buttons.items():
            button.setVisible(unit is not None and may(unit.state, act))

    # Forms

    @property
    def is_asking(self) -> bool:
        """Whether a form is open in place of the list."""
        return self._stack.currentIndex() > 0

    def show_list(self) -> None:
        """Back from a form to the units, with the keyboard."""
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def ask_check_in(self, unit: Unit, codes: Sequence[RadioCode]) -> None:
        """What does this unit say?"""
        self._stack.setCurrentWidget(self.check_in)
        self.check_in.begin(unit, codes)

    def show_codes(self, codes: Sequence[RadioCode]) -> None:
        """The station's radio codes, to be read."""
        self._stack.setCurrentWidget(self.codes)
        self.codes.show_codes(codes)

    def show_times(self, runs: Sequence[Run], target_s: float) -> None:
        """How fast units came to the scenes."""
        self._stack.setCurrentWidget(self.times)
        self.times.show_runs(runs, target_s)

    def show_form(self, form: CrewForm) -> None:
        """A form that was begun."""
        self._stack.setCurrentWidget(form)

    def complain(self, sentence: str) -> bool:
        """Say a failure where the officer is typing, if anywhere. Whether somewhere was."""
        form = self._stack.currentWidget()
        if not isinstance(form, CheckInForm | CrewForm):
            return False
        form.complain(sentence)
        return True

    def back(self) -> None:
        """Esc: out of a form, else out of the board."""
        if self.is_asking:
            self.show_list()
        else:
            self.left.emit()

    def ask(self, act: str) -> None:
        """A key or a button: asked for only where it means something."""
        unit = self.unit
        if unit is None or self.is_asking:
            return
        if act == "rest" and unit.state is UnitState.RESTING:
            act = "ready"
        if may(unit.state, act):
            self.asked.emit(act)

    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, KeyButton):
            self.ask(button.objectName())

    def _on_chosen(self, _unit_id: str) -> None:
        self._show_acts()

    def _on_activated(self, _index: object) -> None:
        self.ask("incident")
