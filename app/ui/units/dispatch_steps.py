"""Sending units to the selected incident, and each unit's own steps: joins detail and desk."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.cameras.ground import Ground
from app.errors import KnownError
from app.incidents.dispatch import Sent
from app.incidents.happened import read_earlier
from app.incidents.incident import Incident
from app.incidents.runs import Run
from app.incidents.suggestions import Suggestion
from app.log import Entry
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.live.incident_detail import IncidentDetail
from app.ui.units.unit_picker import UnitChoice
from app.ui.units.unit_words import metres, runs_words, suggestion_reasons, suggestion_title


class DispatchSteps(QObject):
    """Offers units, sends one or several, moves each by itself, and words what they did."""

    done = Signal()
    told = Signal(str)

    def __init__(self, detail: IncidentDetail, desk: Desk, ground: Ground) -> None:
        super().__init__(detail)
        self._detail, self._desk, self._ground = detail, desk, ground
        self._runs: list[Run] = []
        self._nearest: Suggestion | None = None
        detail.dispatch_requested.connect(self.ask_for_unit)
        detail.units_chosen.connect(self._on_units_chosen)
        detail.units.step_requested.connect(self._on_step_requested)
        detail.units.more_requested.connect(self.ask_for_unit)
        for form in (detail.picker, detail.units):
            form.cancelled.connect(self.done)

    @property
    def target_s(self) -> float:
        """The station's target for the time to the scene, in seconds, for this incident."""
        incident = self._detail.incident
        rank = incident.report.priority - 1 if incident is not None else 1
        return self._desk.targets.arrive_min[rank] * 60

    # What is shown

    def show_units(self) -> None:
        """Read what the units of the selected incident did, and who could be sent besides."""
        incident = self._detail.incident
        if incident is None:
            return
        self._runs = self._desk.duty.runs(incident.id)
        self._nearest = next(iter(self._suggestions(incident)), None) if incident.is_open else None
        self.tick()

    def tick(self) -> None:
        """Once a second: how long each is on its way."""
        if self._detail.incident is None:
            return
        now = self._desk.now()
        self._detail.show_units(runs_words(self._runs, now, self.target_s), self._nearest_words())
        if self._detail.units.isVisible():
            self._detail.units.show_runs(self._runs, now, self.target_s)

    def _nearest_words(self) -> str:
        one = self._nearest
        if one is None or one.distance_m is None:
            return ""
        return f"{one.unit.call_sign} {metres(one.distance_m)}"

    # Sending

    def ask_for_unit(self) -> None:
        """D: the units that may go, the likeliest first."""
        incident = self._detail.incident
        if incident is not None and incident.is_open:
            self._detail.ask_for_unit(self.choices(incident))

    def choices(self, incident: Incident) -> list[UnitChoice]:
        """What the form offers for an incident."""
        return [
            UnitChoice(one.unit.id, suggestion_title(one), one.distance_m, suggestion_reasons(one))
            for one in self._suggestions(incident)
        ]

    def send_first(self) -> None:
        """Shift+D: the unit at the head of the list, without asking."""
        incident = self._detail.incident
        if incident is None or not incident.is_open:
            return
        first = next(iter(self._suggestions(incident)), None)
        if first is None:
            self.told.emit(tr("No unit is free. Release one, or call a neighbouring station."))
            return
        sent = functools.partial(self._on_sent, first.unit.call_sign, incident.number)
        self._desk.duty.send(incident.id, [Sent(first.unit.id, first.distance_m)], sent)

    def _suggestions(self, incident: Incident) -> list[Suggestion]:
        return self._desk.duty.suggestions(incident, self._ground)

    def _on_units_chosen(self, unit_ids: Sequence[str]) -> None:
        incident = self._detail.incident
        if incident is None:
            return
        away = {one.unit.id: one.distance_m for one in self._suggestions(incident)}
        self._desk.duty.send(incident.id, [Sent(one, away.get(one)) for one in unit_ids])
        self._detail.show_story()
        self.done.emit()

    def _on_sent(self, call_sign: str, number: str, _entries: Sequence[Entry]) -> None:
        self.told.emit(tr("{unit} sent to {number}", unit=call_sign, number=number))

    # Each unit by itself

    def ask_for_step(self) -> None:
        """E: the units of the incident, one by one."""
        if self._detail.incident is not None:
            self._detail.ask_for_step()
            self.show_units()
            self._detail.units.clear()
            self._detail.units.begin()

    def _on_step_requested(self, unit_id: str, step: str, typed: str) -> None:
        incident = self._detail.incident
        if incident is None:
            return
        try:
            happened_at = read_earlier(typed, self._desk.now())
        except KnownError as error:
            self._detail.units.complain(explain(error))
            return
        written = self._on_step_written
        self._desk.duty.step(incident.id, unit_id, step, happened_at, written)

    def _on_step_written(self, _entries: Sequence[Entry]) -> None:
        self._detail.units.clear()
