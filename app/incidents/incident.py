"""What an incident is: its values, its states, and the facts that make its story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.incidents.categories import BY_CODE, Category, Channel, Priority


class IncidentState(StrEnum):
    """The stages, in their order."""

    NEW = "new"
    ASSIGNED = "assigned"
    ON_THE_WAY = "on_the_way"
    ON_SCENE = "on_scene"
    UNDER_CONTROL = "under_control"
    CLOSED = "closed"


class Ending(StrEnum):
    """How a closed incident ended; `NONE` while it is open."""

    NONE = ""
    RESULT = "result"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class AreaFound:
    """An area that holds the place, with the version of its outline that was used."""

    kind: str
    id: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the officer took down; the place may have no coordinates. Times are as they are stored.

    `plates` are what was read in `vehicles`, in one spelling; a text that is no plate is kept too.
    """

    channel: Channel
    category: str
    priority: Priority
    place: str
    narrative: str
    lat_deg: float | None = None
    lon_deg: float | None = None
    areas: tuple[AreaFound, ...] = ()
    happened_from: str | None = None
    happened_to: str | None = None
    address: str = ""
    """House number, lane, road: in words, beside the place."""
    caller: str = ""
    caller_phone: str = ""
    caller_unnamed: bool = False
    victims: str = ""
    suspects: str = ""
    vehicles: str = ""
    plates: tuple[str, ...] = ()
    daily_log: str = ""
    """The number in the police's own daily log, which the console never pretends to be."""
    sample: bool = False


def recorded(report: Report) -> dict[str, Any]:
    """The report as an entry's body holds it, field by field in their order."""
    body = {name: getattr(report, name) for name in _REPORT_FIELDS}
    body["areas"] = tuple(
        {name: getattr(area, name) for name in _AREA_FIELDS} for area in report.areas
    )
    return body


# what `asdict` would look up, and copy deeply, for every report
_REPORT_FIELDS = tuple(field.name for field in fields(Report))
_AREA_FIELDS = tuple(field.name for field in fields(AreaFound))


@dataclass(frozen=True, slots=True)
class IncidentReported:
    """An incident got its number. `number` is `1284/2569`: serial and Buddhist year."""

    kind: ClassVar[str] = "incident_reported"
    incident_id: str
    number: str
    year_be: int
    serial: int
    report: Report

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {
            "number": self.number,
            "year_be": self.year_be,
            "serial": self.serial,
            **recorded(self.report),
        }


def late_part(happened_at: str | None) -> dict[str, str]:
    """What a body says of a time that was told late; nothing when it happened as it was written."""
    return {} if happened_at is None else {"happened_at": happened_at}


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """Someone added to the story."""

    kind: ClassVar[str] = "note_added"
    incident_id: str
    text: str
    happened_at: str | None = None

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"text": self.text, **late_part(self.happened_at)}


@dataclass(frozen=True, slots=True)
class IncidentUnderControl:
    """The scene is in hand; what is left is work."""

    kind: ClassVar[str] = "incident_under_control"
    incident_id: str
    happened_at: str | None = None

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return late_part(self.happened_at)


@dataclass(frozen=True, slots=True)
class IncidentClosed:
    """The incident ended, with its result."""

    kind: ClassVar[str] = "incident_closed"
    incident_id: str
    result: str
    arrest: bool = False
    reference: str = ""
    """The number of the case or of the daily log, if there is one."""
    happened_at: str | None = None

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        said = {"result": self.result, "arrest": self.arrest, "reference": self.reference}
        return said | late_part(self.happened_at)


@dataclass(frozen=True, slots=True)
class IncidentReopened:
    """It was closed too early."""

    kind: ClassVar[str] = "incident_reopened"
    incident_id: str
    reason: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class IncidentCorrected:
    """It happened elsewhere than was said. `corrects` is the id of the entry with the place before.

    The whole new place: words, coordinates, and the areas found there with the versions used.
    """

    kind: ClassVar[str] = "incident_corrected"
    incident_id: str
    corrects: str
    place: str
    lat_deg: float
    lon_deg: float
    areas: tuple[AreaFound, ...]
    moved_m: float | None
    """From the place before; None when that had no coordinates."""
    reason: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "incident_id"}


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as it stands now."""

    id: str
    number: str
    reported_at: datetime
    state: IncidentState
    state_since: datetime
    report: Report
    units: tuple[str, ...] = field(default=())
    erased: bool = False
    """The law had the report erased: number, times and steps remain, its words are gone."""
    ending: Ending = Ending.NONE
    joined_to: str = ""
    """The number of the incident it was found to be the same as, or was merged into."""
    is_late: bool = False
    """Whether the present stage was recorded later than it began; `state_since` is when it did."""
    owner: str = ""
    """The officer who answers for it: an id, or nothing."""
    next_step: str = ""
    next_due: datetime | None = None
    escalated: str = ""
    """The deadline that a supervisor was told of last, as it is stored."""
    own_category: Category | None = None
    """What the station's own table says of its code."""

    @property
    def category(self) -> Category:
        """Its category; an unknown code (from a newer table) reads as 'other'."""
        return self.own_category or BY_CODE.get(self.report.category, BY_CODE["99"])

    @property
    def is_open(self) -> bool:
        return self.state is not IncidentState.CLOSED

    def area(self, kind: str) -> str:
        """The name of the first area of this kind that holds the place, or nothing."""
        return next((found.name for found in self.report.areas if found.kind == kind), "")
