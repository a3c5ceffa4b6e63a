"""What can be done with the selected incident: joins the detail's requests to the desk's acts."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Signal

from app.errors import KnownError
from app.incidents.happened import read_earlier
from app.log import Entry
from app.thai.translation import explain
from app.ui.desk import Desk
from app.ui.live.incident_detail import IncidentDetail


class IncidentSteps(QObject):
    """Take the next stage, add a note, close. Sending is `DispatchSteps`."""

    done = Signal()

    def __init__(self, detail: IncidentDetail, desk: Desk) -> None:
        super().__init__(detail)
        self._detail = detail
        self._desk = desk
        detail.step_requested.connect(self.take_step)
        detail.note_requested.connect(self.ask_for_note)
        detail.note_written.connect(self._on_note_written)
        detail.close_requested.connect(self.ask_for_result)
        detail.close_written.connect(self._on_close_written)

    def take_step(self, step: str) -> None:
        """The unit left, arrived, or has it under control."""
        incident = self._detail.incident
        if incident is None or not incident.is_open:
            return
        match step:
            case "on_the_way":
                self._desk.on_the_way(incident.id)
            case "arrived":
                self._desk.arrived(incident.id)
            case "under_control":
                self._desk.under_control(incident.id)

    def ask_for_note(self) -> None:
        if self._detail.incident is not None:
            self._detail.ask_for_note()

    def ask_for_result(self) -> None:
        if self._detail.incident is not None and self._detail.incident.is_open:
            self._detail.ask_for_result()

    def _on_note_written(self, text: str, _: bool) -> None:
        incident = self._detail.incident
        if incident is not None:
            self._try(functools.partial(self._add_note, incident.id, text))

    def _add_note(self, incident_id: str, text: str) -> None:
        (earlier,) = self._detail.form_lines()
        happened_at = read_earlier(earlier, self._desk.now())
        self._desk.add_note(incident_id, text, self._on_written, happened_at=happened_at)

    def _on_close_written(self, result: str, arrest: bool) -> None:
        incident = self._detail.incident
        if incident is not None:
            self._try(functools.partial(self._close, incident.id, result, arrest))

    def _close(self, incident_id: str, result: str, arrest: bool) -> None:
        reference, earlier = self._detail.form_lines()
        self._desk.close_incident(
            incident_id,
            result,
            arrest,
            self._on_written,
            reference=reference,
            happened_at=read_earlier(earlier, self._desk.now()),
        )

    def _try(self, act: functools.partial[None]) -> None:
        try:
            act()
        except KnownError as error:
            self._detail.complain(explain(error))

    def _on_written(self, entries: tuple[Entry, ...]) -> None:
        self._detail.show_story()
        self.done.emit()
