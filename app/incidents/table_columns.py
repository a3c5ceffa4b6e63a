"""The columns of a table of incidents that leaves the station. Knows no file format.

Who asked to stay unnamed stays so: neither name nor telephone number of theirs goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.clock import from_stored
from app.errors import Message, msg
from app.incidents.categories import CaseGroup, Channel
from app.incidents.hidden_names import HiddenNames
from app.incidents.incident import Ending, Incident, IncidentState
from app.thai.dates import date_time, to_local
from app.thai.translation import Language, say

Cell = str | float | int | None

STATE_NAMES = {
    IncidentState.NEW: msg("New"),
    IncidentState.ASSIGNED: msg("Assigned"),
    IncidentState.ON_THE_WAY: msg("On the way"),
    IncidentState.ON_SCENE: msg("On scene"),
    IncidentState.UNDER_CONTROL: msg("Under control"),
    IncidentState.CLOSED: msg("Closed"),
}
ENDING_NAMES = {
    Ending.CANCELLED: msg("Cancelled"),
    Ending.DUPLICATE: msg("Duplicate"),
    Ending.MERGED: msg("Merged"),
}
CHANNEL_NAMES: Mapping[Channel, Message | str] = {
    Channel.CALL_191: "191",
    Channel.RADIO: msg("Radio"),
    Channel.PHONE: msg("Phone"),
    Channel.LINE: "LINE",
    Channel.WALK_IN: msg("Walk-in"),
    Channel.CAMERA: msg("Camera"),
    Channel.PATROL: msg("Patrol"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An incident, and what only its entries tell: who took the report, and the last result."""

    incident: Incident
    taken_by: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters. `is_said`: people wrote it, and it may name somebody."""

    head: Message
    width: int
    cell: Callable[[Told, Language], Cell]
    is_said: bool = False


def _shown(at: datetime | None, language: Language) -> str:
    return date_time(at, language) if at is not None else ""


def _sortable(at: datetime) -> str:
    """`2026-11-22 10:46:31` on the station's clock: spreadsheets sort it, and know no B.E."""
    return f"{to_local(at):%Y-%m-%d %H:%M:%S}"


def _happened(one: Told, language: Language) -> str:
    return _stored(one.incident.report.happened_from, language)


def _happened_to(one: Told, language: Language) -> str:
    return _stored(one.incident.report.happened_to, language)


def _stored(at: str | None, language: Language) -> str:
    return _shown(from_stored(at), language) if at else ""


def _unless_erased(cell: Callable[[Told, Language], Cell]) -> Callable[[Told, Language], Cell]:
    """Of a report that was erased by order nothing: what it holds then stands for nothing known."""
    return lambda one, language: None if one.incident.erased else cell(one, language)


def _category(one: Told, language: Language) -> str:
    category = one.incident.category
    return category.name_th if language is Language.THAI else category.name_en


def _group(one: Told, _: Language) -> Cell:
    group = one.incident.category.group
    return int(group) if group is not CaseGroup.NONE else None


def _areas(kind: str) -> Callable[[Told, Language], Cell]:
    return lambda one, _: ", ".join(
        found.name for found in one.incident.report.areas if found.kind == kind
    )


def _caller(one: Told, language: Language) -> str:
    report = one.incident.report
    return say(msg("wants to stay unnamed"), language) if report.caller_unnamed else report.caller


def _phone(one: Told, _: Language) -> str:
    report = one.incident.report
    return "" if report.caller_unnamed else report.caller_phone


def _victims(one: Told, language: Language) -> str:
    report = one.incident.report
    if report.victims and report.caller_unnamed:
        return say(msg("hidden on request"), language)
    return report.victims


def _channel(one: Told, language: Language) -> str:
    name = CHANNEL_NAMES[one.incident.report.channel]
    return name if isinstance(name, str) else say(name, language)


def _state(one: Told, language: Language) -> str:
    """How it stands, or how it ended."""
    incident = one.incident
    name = ENDING_NAMES.get(incident.ending)
    return say(name if name is not None else STATE_NAMES[incident.state], language)


COLUMNS: Sequence[Column] = (
    Column(msg("Number"), 12, lambda one, _: one.incident.number),
    Column(msg("Reported"), 22, lambda one, tongue: _shown(one.incident.reported_at, tongue)),
    Column(msg("Reported (sortable)"), 20, lambda one, _: _sortable(one.incident.reported_at)),
    Column(msg("Happened from"), 22, _happened),
    Column(msg("Happened to"), 22, _happened_to),
    Column(msg("Code"), 6, _unless_erased(lambda one, _: one.incident.category.code)),
    Column(msg("Type"), 24, _unless_erased(_category)),
    Column(msg("Case group"), 8, _unless_erased(_group)),
    Column(msg("Priority"), 8, _unless_erased(lambda one, _: int(one.incident.report.priority))),
    Column(msg("Channel"), 10, _unless_erased(_channel)),
    Column(msg("Place"), 34, lambda one, _: one.incident.report.place, is_said=True),
    Column(msg("Address"), 30, lambda one, _: one.incident.report.address, is_said=True),
    Column(msg("Latitude"), 11, lambda one, _: one.incident.report.lat_deg),
    Column(msg("Longitude"), 11, lambda one, _: one.incident.report.lon_deg),
    Column(msg("Zone"), 22, _areas("zone")),
    Column(msg("Community"), 24, _areas("community")),
    Column(msg("Beat"), 14, _areas("beat")),
    Column(msg("Tambon"), 16, _areas("tambon")),
    Column(msg("Narrative"), 70, lambda one, _: one.incident.report.narrative, is_said=True),
    Column(msg("Caller"), 24, _caller),
    Column(msg("Phone"), 14, _phone),
    Column(msg("Victims"), 24, _victims),
    Column(msg("Suspects"), 24, lambda one, _: one.incident.report.suspects, is_said=True),
    Column(msg("Vehicles"), 24, lambda one, _: one.incident.report.vehicles, is_said=True),
    Column(msg("State"), 14, _state),
    Column(msg("State since"), 22, lambda one, tongue: _shown(one.incident.state_since, tongue)),
    Column(msg("Units"), 20, lambda one, _: ", ".join(one.incident.units)),
    Column(msg("Taken by"), 24, lambda one, _: one.taken_by),
    Column(msg("Result"), 50, lambda one, _: one.result, is_said=True),
    Column(msg("Daily log no."), 16, lambda one, _: one.incident.report.daily_log),
)


def heads(language: Language) -> list[str]:
    """The first row."""
    return [say(column.head, language) for column in COLUMNS]


def cells(one: Told, language: Language) -> list[Cell]:
    """A row."""
    row = [column.cell(one, language) for column in COLUMNS]
    if not one.incident.report.caller_unnamed:
        return row
    hidden = HiddenNames.of_report(one.incident.report)
    return [
        hidden.out_of(cell) if column.is_said and isinstance(cell, str) else cell
        for column, cell in zip(COLUMNS, row, strict=True)
    ]
