"""What is done with the selected incident beside its stages: joins the forms to the desk's acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.errors import KnownError, msg
from app.incidents.incident import Ending, Incident
from app.log import Entry
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.live.act_form import ActForm
from app.ui.live.incident_detail import IncidentDetail
from app.ui.live.report_page import ReportPage
from app.ui.live.tending_forms import (
    CorrectForm,
    JoinForm,
    LateForm,
    NextStepForm,
    OwnerForm,
    ReasonForm,
)
from app.ui.theme import Theme

Written = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class BegunAct:
    """A form that is open, and what is typed in it."""

    name: str
    texts: tuple[str, ...]


class TendingSteps(QObject):
    """Correct, cancel, join, reopen; owner, next step; in hand earlier; the whole report."""

    done = Signal()

    def __init__(self, theme: Theme, detail: IncidentDetail, desk: Desk) -> None:
        super().__init__(detail)
        self._detail, self._desk = detail, desk
        self.correct = CorrectForm(theme)
        self.owner = OwnerForm(theme)
        self.next_step = NextStepForm(theme)
        self.join = JoinForm(theme)
        self.cancel = ReasonForm(theme, tr("Cancel the incident"), tr("Cancel the incident"))
        self.reopen = ReasonForm(theme, tr("Reopen the incident"), tr("Reopen the incident"))
        self.late = LateForm(theme)
        self.page = ReportPage(theme)
        self._forms: dict[str, ActForm] = {
            "correct": self.correct, "owner": self.owner, "next_step": self.next_step,
            "join": self.join, "cancel": self.cancel, "reopen": self.reopen, "late": self.late,
        }  # fmt: skip
        for name, save in (
            ("correct", self._on_correct), ("owner", self._on_owner),
            ("next_step", self._on_next_step), ("join", self._on_join),
            ("cancel", self._on_cancel), ("reopen", self._on_reopen), ("late", self._on_late),
        ):  # fmt: skip
            form = self._forms[name]
            form.saved.connect(save)
            form.cancelled.connect(self._on_cancelled)
            detail.add_form(form)
        detail.add_form(self.page)

    # Asking

    def ask(self, name: str) -> None:
        """Open a form, if there is an incident it fits."""
        incident = self._detail.incident
        if incident is None or incident.is_open is (name == "reopen"):
            return
        if name == "correct" and incident.erased:
            return
        self._detail.show_form(self._forms[name])
        match name:
            case "correct":
                categories = self._desk.incidents.categories()
                self.correct.ask(incident.report, categories, self._desk.now())
            case "owner":
                mine = self._desk.officer.id
                self.owner.ask(self._desk.incidents.officers(), incident.owner, mine)
            case "next_step":
                self.next_step.ask(incident)
            case _:
                self._forms[name].begin()

    def correct_now(self) -> None:
        """A closed report can be corrected too."""
        incident = self._detail.incident
        if incident is not None and not incident.erased:
            self._detail.show_form(self.correct)
            categories = self._desk.incidents.categories()
            self.correct.ask(incident.report, categories, self._desk.now())

    def toggle_report(self) -> None:
        """The whole report in the place of the story, or the story again."""
        incident = self._detail.incident
        if incident is None:
            return
        if self._detail.shown_form is self.page:
            self._detail.show_story()
            return
        names = self._desk.officer_names()
        self.page.show_report(incident, names.get(incident.owner, ""))
        self._detail.show_form(self.page)

    # A change of language

    def begun(self) -> BegunAct | None:
        """The form that is open, if one is."""
        shown = self._detail.shown_form
        found = ((name, form) for name, form in self._forms.items() if form is shown)
        return next((BegunAct(name, form.texts()) for name, form in found), None)

    def go_on(self, begun: BegunAct) -> None:
        """The same form, with what was typed."""
        self.correct_now() if begun.name == "correct" else self.ask(begun.name)
        self._forms[begun.name].put_back(begun.texts)

    # Saving

    def _on_correct(self) -> None:
        self._act(self.correct, self._correct)

    def _correct(self, incident: Incident) -> None:
        form = self.correct
        self._desk.incidents.correct(
            incident, form.wanted, form.corrected(), form.reason.text(), self._on_written
        )

    def _on_owner(self) -> None:
        self._act(self.owner, self._own)

    def _own(self, incident: Incident) -> None:
        officer = str(self.owner.officer.currentData() or "")
        self._desk.incidents.set_owner(incident.id, officer, self._on_written)

    def _on_next_step(self) -> None:
        self._act(self.next_step, self._go_next)

    def _go_next(self, incident: Incident) -> None:
        due_at = self.next_step.due_at(self._desk.now())
        step = self.next_step.step.text()
        self._desk.incidents.set_next_step(incident.id, step, due_at, self._on_written)

    def _on_join(self) -> None:
        self._act(self.join, self._join_other)

    def _join_other(self, incident: Incident) -> None:
        number = self.join.number.text()
        other = self._desk.incidents.numbered(number)
        if other is None:
            raise KnownError(
                msg("There is no incident {number}.", number=number.strip()[:40] or "–"),
                safe=msg("Nothing was changed."),
                do=msg("Type the number of the other incident."),
            )
        how, reason = Ending(self.join.how.currentData()), self.join.reason.text()
        self._desk.incidents.join(incident.id, other.id, how, reason, self._on_written)

    def _on_cancel(self) -> None:
        self._act(self.cancel, self._cancel)

    def _cancel(self, incident: Incident) -> None:
        self._desk.incidents.cancel(incident.id, self.cancel.reason.text(), self._on_written)

    def _on_reopen(self) -> None:
        self._act(self.reopen, self._reopen)

    def _reopen(self, incident: Incident) -> None:
        self._desk.incidents.reopen(incident.id, self.reopen.reason.text(), self._on_written)

    def _on_late(self) -> None:
        self._act(self.late, self._was_earlier)

    def _was_earlier(self, incident: Incident) -> None:
        at = self.late.happened_at(self._desk.now())
        self._desk.incidents.under_control(incident.id, at, self._on_written)

    def _act(self, form: ActForm, act: Callable[[Incident], None]) -> None:
        """What is typed wrong is said in the form; what could not be written comes there too."""
        incident = self._detail.incident
        if incident is None:
            return
        try:
            act(incident)
        except KnownError as error:
            form.complain(explain(error))

    def _on_written(self, entries: Written) -> None:
        self._detail.show_story()
        self.done.emit()

    def _on_cancelled(self) -> None:
        self._detail.show_story()
        self.done.emit()
