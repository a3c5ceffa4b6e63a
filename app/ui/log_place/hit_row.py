"""One found incident as the table shows it: its words, and those of the query marked in them.

Values in, values out: knows neither Qt nor the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.incidents.beside import Beside
from app.incidents.deadlines import Targets, Urgency, urgency
from app.incidents.incident import Incident, IncidentReported
from app.incidents.search import Found, Hit
from app.thai.dates import short_date, short_time
from app.thai.excerpt import Excerpt, excerpt, marked
from app.thai.translation import language, tr
from app.ui.words import stage_words

_LONGEST = 200  # characters: more than a row is wide
_SHOWN = ("number", "narrative", "place")
"""Fields of the report that every row shows anyway."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """One line of the table. `first` and `second` are the two lines of what happened; `lead` stands
    before the second, and says whose words they are; `by` after it: who took the report."""

    incident_id: str
    number: Excerpt
    reported: str
    category: Excerpt
    first: Excerpt
    lead: str
    second: Excerpt
    state: str
    units: str
    urgency: Urgency
    by: str = ""
    stills: int = 0
    is_locked: bool = False

    @property
    def spoken(self) -> str:
        """The row in words, for who cannot see it."""
        second = f"{self.lead} {self.second.text}".strip()
        parts = (self.number.text, self.category.text, self.first.text, second, self.by,
                 self.state, self.units)  # fmt: skip
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes rows for one question. `names` of officers by id."""

    words: Sequence[str]
    names: Mapping[str, str]
    now: datetime
    targets: Targets

    def row(self, hit: Hit, side: Beside) -> HitRow:
        """The incident, and where the words were found if that is not to be seen anyway."""
        incident = hit.incident
        report = incident.report
        lead, second, by = self._second(hit, side)
        return HitRow(
            incident_id=incident.id,
            number=marked(incident.number, self.words),
            reported=_moment(incident.reported_at),
            category=marked("" if incident.erased else incident.category.name, self.words),
            first=marked(report.narrative, self.words, _LONGEST),
            lead=lead,
            second=second,
            by=by,
            state=stage_words(incident),
            units=", ".join(incident.units),
            urgency=urgency(incident, self.now, self.targets),
            stills=side.stills,
            is_locked=side.locks > 0,
        )

    def _second(self, hit: Hit, side: Beside) -> tuple[str, Excerpt, str]:
        """The entry that says what the report does not; else the place and who took the report."""
        found = next((one for one in hit.found if not self._is_shown(one, hit.incident)), None)
        if found is not None:
            return _lead(found), excerpt(found.text, found.spans, _LONGEST), ""
        who = self.names.get(side.taken_by, side.taken_by)
        by = tr("taken by {who}", who=who) if who else ""
        return "", marked(hit.incident.report.place, self.words), by

    def _is_shown(self, found: Found, incident: Incident) -> bool:
        if found.kind != IncidentReported.kind or found.field not in _SHOWN:
            return False
        shown = (incident.number, incident.report.narrative, incident.report.place)
        return found.text in shown  # it may have been corrected since


def _lead(found: Found) -> str:
    """Whose words, or what kind of them."""
    match found.field:
        case "caller":
            return tr("Caller:")
        case "caller_phone":
            return tr("Phone:")
        case "narrative" | "place" | "number":
            return tr("As first reported:")
        case "result":
            return tr("Result:")
        case "address":
            return tr("Address:")
        case "daily_log":
            return tr("Daily log:")
        case "vehicles" | "plates":
            return tr("Vehicle:")
        case "victims":
            return tr("Victim:")
        case "suspects":
            return tr("Suspect:")
        case "call_sign":
            return tr("Unit:")
    return tr("Note:") if found.kind == "note_added" else tr("Entry:")


def _moment(at: datetime) -> str:
    """`22 พ.ย. 69 10:44`: the year is short, its number stands above."""
    day, month, year = short_date(at, language()).split(" ")
    return f"{day} {month} {year[-2:]} {short_time(at)}"
