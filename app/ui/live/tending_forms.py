"""The forms of what is done with an incident beside its stages: each knows its fields, no log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.clock import from_stored
from app.duty.officers import Officer
from app.errors import KnownError, msg
from app.incidents.categories import Category, Channel, Priority
from app.incidents.happened import (
    happened_words,
    read_due,
    read_earlier,
    read_happened,
    stored,
)
from app.incidents.incident import Ending, Incident, Report
from app.incidents.report_correction import Part
from app.incidents.story_of_report import part_name
from app.thai.translation import say, tr
from app.ui.live.act_form import ActForm, fill_choice
from app.ui.theme import Theme
from app.ui.words import channel_name, priority_name

_LINES = frozenset({Part.NARRATIVE, Part.VICTIMS, Part.SUSPECTS})
_CHOSEN = frozenset({Part.CATEGORY, Part.PRIORITY, Part.CHANNEL})


class ReasonForm(ActForm):
    """A reason and nothing else: to cancel, or to reopen."""

    def __init__(self, theme: Theme, title: str, button: str) -> None:
        super().__init__(theme, title, button)
        self.reason = self.add_line(tr("Reason"))


class LateForm(ActForm):
    """Since when the scene was in hand, told later."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Under control, but earlier"), tr("Save"))
        self.time = self.add_line(tr("Since when"), tr("10:20, today until now"))

    def happened_at(self, now: datetime) -> datetime:
        """KnownError if no time was typed, or none that can be read."""
        at = read_earlier(self.time.text(), now)
        if at is None:
            raise KnownError(msg("No time was typed."), do=msg("Write 21:40."))
        return at


class OwnerForm(ActForm):
    """Who answers for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Who answers for this incident?"), tr("Save"))
        self.officer = self.add_choice(tr("Officer"))

    def ask(self, officers: Sequence[Officer], owner: str, mine: str) -> None:
        """Everybody of the station; the officer at the desk first."""
        ordered = sorted(officers, key=lambda one: one.id != mine)
        nobody = [("", tr("nobody"))] if owner else []
        fill_choice(self.officer, [(one.id, one.name) for one in ordered] + nobody)
        self.begin()


class NextStepForm(ActForm):
    """What is to be done next, until when."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What is to be done next?"), tr("Save"))
        self.step = self.add_line(tr("Next step: empty when it is done"))
        self.due = self.add_line(tr("Until: may stay empty"), tr("14:30 or +45 minutes"))

    def ask(self, incident: Incident) -> None:
        """With what was set before."""
        self.begin()
        self.step.setText(incident.next_step)

    def due_at(self, now: datetime) -> datetime | None:
        """KnownError if the time cannot be read."""
        return read_due(self.due.text(), now)


class JoinForm(ActForm):
    """Which other incident this one is part of, and how."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Part of another incident"), tr("Save"))
        self.number = self.add_line(tr("Number of the other incident"), "1284/2569")
        self.how = self.add_choice(
            tr("How"),
            (
                (Ending.DUPLICATE.value, tr("The same, reported twice")),
                (Ending.MERGED.value, tr("Merged: it goes on as part of the other")),
            ),
        )
        self.reason = self.add_line(tr("Reason: may stay empty"))


class CorrectForm(ActForm):
    """One part of the report, what it says now, and what it should say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Correct the report"), tr("Save the correction"))
        parts = [(part.value, say(part_name(part))) for part in Part]
        self.part = self.add_choice(tr("What"), parts)
        self.chosen = self.add_choice(tr("Should say"))
        self.line = self.add_line(tr("Should say"))
        self.text = self.add_text(tr("Should say"))
        self.reason = self.add_line(tr("Reason"))
        self.add_hint(tr("The place is corrected on the map: Ctrl 4, then M."))
        self._report: Report | None = None
        self._now: datetime | None = None
        self._categories: Sequence[Category] = ()
        self.part.currentIndexChanged.connect(self._show_part)

    def ask(self, report: Report, categories: Sequence[Category], now: datetime) -> None:
        """The report as it reads now."""
        self._report, self._categories, self._now = report, categories, now
        self.begin()
        self._show_part()

    @property
    def wanted(self) -> Part:
        """The part that is chosen."""
        return Part(self.part.currentData())

    def corrected(self) -> Report:
        """The report with that part as it was typed. KnownError if a time cannot be read."""
        assert self._report is not None
        part, report = self.wanted, self._report
        line, text = " ".join(self.line.text().split()), self.text.toPlainText().strip()
        match part:
            case Part.CATEGORY:
                return replace(report, category=str(self.chosen.currentData()))
            case Part.PRIORITY:
                return replace(report, priority=Priority(int(self.chosen.currentData())))
            case Part.CHANNEL:
                return replace(report, channel=Channel(self.chosen.currentData()))
            case Part.HAPPENED:
                assert self._now is not None
                begins, ends = stored(read_happened(line, self._now))
                return replace(report, happened_from=begins, happened_to=ends)
            case Part.CALLER:
                name, _, phone = line.partition("/")
                return replace(report, caller=name.strip(), caller_phone=phone.strip())
            case _ if part in _LINES:
                return with_words(report, part.value, text)
            case _:
                return with_words(report, part.value, line)

    def _show_part(self) -> None:
        """The field that fits the part, with what it says now."""
        report = self._report
        if report is None:
            return
        part = self.wanted
        self.show_field(self.chosen, part in _CHOSEN)
        self.show_field(self.line, part not in _CHOSEN | _LINES)
        self.show_field(self.text, part in _LINES)
        if part in _CHOSEN:
            fill_choice(self.chosen, self._choices(part))
            now = str(int(report.priority)) if part is Part.PRIORITY else getattr(report, part)
            self.chosen.setCurrentIndex(max(0, self.chosen.findData(str(now))))
        elif part in _LINES:
            self.text.setPlainText(getattr(report, part.value))
        else:
            self.line.setText(self._line_of(part, report))

    def _choices(self, part: Part) -> list[tuple[str, str]]:
        if part is Part.CATEGORY:
            return [(one.code, f"{one.code} {one.name}") for one in self._categories]
        if part is Part.PRIORITY:
            return [(str(int(one)), priority_name(one)) for one in Priority]
        return [(one.value, channel_name(one)) for one in Channel]

    def _line_of(self, part: Part, report: Report) -> str:
        if part is Part.HAPPENED:
            begins, ends = (from_stored(at) if at else None for at in
                            (report.happened_from, report.happened_to))  # fmt: skip
            assert self._now is not None
            return happened_words(begins, ends, self._now)
        if part is Part.CALLER:
            return " / ".join(word for word in (report.caller, report.caller_phone) if word)
        return str(getattr(report, part.value))


def with_words(report: Report, field: str, words: str) -> Report:
    """The report with other words in one of its fields."""
    changed: dict[str, Any] = {field: words}
    return replace(report, **changed)
