"""What is done with units from a board: joins what it asks for to the desk's acts.

One for each board; it feeds the board too, so that a second one in its own window says the same.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from app.cameras.ground import Ground
from app.duty.unit_keeping import Crew
from app.duty.units import Unit
from app.errors import KnownError
from app.geo.coordinates import LatLon, as_decimal
from app.incidents.dispatch import Sent
from app.incidents.incident import Incident
from app.incidents.place_finder import PlaceFinder
from app.log import Changed, Entry
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.selection import Selection
from app.ui.units.board_rows import BoardFacts
from app.ui.units.times_card import DAYS
from app.ui.units.unit_board import UnitBoard

_KINDS = ("unit_", "incident_", "officer_")


class UnitSteps(QObject):
    """Send, check in, move on, rest, crew. Words of success go to `told`."""

    told = Signal(str)

    def __init__(
        self, board: UnitBoard, desk: Desk, selection: Selection, ground: Ground,
        finder: PlaceFinder,
    ) -> None:  # fmt: skip
        super().__init__(board)
        self._board, self._desk, self._selection = board, desk, selection
        self._ground, self._finder = ground, finder
        self._units: list[Unit] = []
        self._incidents: dict[str, Incident] = {}
        self._names: dict[str, str] = {}
        self._asked_of = ""
        """Whose form is open: the choice may move on meanwhile."""
        board.asked.connect(self._on_asked)
        board.check_in.saved.connect(self._on_checked_in)
        board.crew.saved.connect(self._on_crewed)
        desk.changed.connect(self._on_changed)

    # What is shown

    def fill(self) -> None:
        """Read the units, what they are sent to, and the officers' names."""
        self._units = self._desk.duty.units()
        self._incidents = {one.id: one for one in self._desk.open_incidents()}
        self._names = self._desk.officer_names()
        self.tick()

    def tick(self) -> None:
        """Once a second: for how long, and who is silent."""
        facts = BoardFacts(
            self._incidents,
            self._names,
            self._desk.now(),
            self._desk.duty.check_in_min,
            self._desk.shifts.shift_at(self._desk.now()).starts_at,
            self._place_name,
        )
        self._board.show_units(self._units, facts)

    def _place_name(self, unit: Unit) -> str:
        at = LatLon(unit.lat_deg, unit.lon_deg)
        return self._finder.name_of(at) or as_decimal(at)

    def _on_changed(self, changed: Changed) -> None:
        if any(kind.startswith(_KINDS) for kind in changed.kinds):
            self.fill()

    # What is asked for

    def _on_asked(self, act: str) -> None:
        unit = self._board.unit
        if unit is None:
            return
        duty, self._asked_of = self._desk.duty, unit.id
        match act:
            case "send":
                self._send(unit)
            case "check_in":
                self._board.ask_check_in(unit, duty.radio_codes())
            case "crew":
                self._board.show_form(self._board.crew)
                self._board.crew.begin(unit, self._names)
            case "rest" | "ready":
                duty.set_resting(unit.id, act == "rest")
            case "times":
                self._show_times()
            case "incident":
                if unit.incident is not None:
                    self._selection.choose(unit.incident)
            case _:
                if unit.incident is not None:
                    duty.step(unit.incident, unit.id, act)

    def show_codes(self) -> None:
        """The station's radio codes, to be read."""
        self._board.show_codes(self._desk.duty.radio_codes())

    def _show_times(self) -> None:
        now = self._desk.now()
        runs = self._desk.duty.runs_between(now - timedelta(days=DAYS), now)
        self._board.show_times(runs, self._desk.targets.arrive_min[1] * 60)

    def _send(self, unit: Unit) -> None:
        """To the selected incident, which everybody is looking at."""
        incident = self._incidents.get(self._selection.incident_id)
        if incident is None:
            self.told.emit(tr("Choose the incident first, then the unit that goes there."))
            return
        offered = self._desk.duty.suggestions(incident, self._ground)
        away = next((one.distance_m for one in offered if one.unit.id == unit.id), None)
        sent = functools.partial(self._on_sent, unit.call_sign, incident.number)
        self._desk.duty.send(incident.id, [Sent(unit.id, away)], sent)

    def _on_sent(self, call_sign: str, number: str, _entries: Sequence[Entry]) -> None:
        self.told.emit(tr("{unit} sent to {number}", unit=call_sign, number=number))

    def _on_checked_in(self, said: str, place: str, at: LatLon | None) -> None:
        write = self._desk.duty.check_in
        self._try(functools.partial(write, self._asked_of, said, place, at, self._on_written))

    def _on_crewed(self, crew: Crew) -> None:
        write = self._desk.duty.crew
        self._try(functools.partial(write, self._asked_of, crew, self._on_written))

    def _on_written(self, _entries: Sequence[Entry]) -> None:
        if self._board.is_asking:
            self._board.show_list()

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except KnownError as error:
            self._board.complain(explain(error))
