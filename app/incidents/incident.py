"""What an incident is: its values, its states, and the facts that make its story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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


@dataclass(frozen=True, slots=True)
class AreaFound:
    """An area that holds the place, with the version of its outline that was used."""

    kind: str
    id: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the officer took down. Times are aware UTC; the place may have no coordinates."""

    channel: Channel
    category: str
    priority: Priority
    place: str
    narrative: str
    lat_deg: float | None = None
    lon_deg: float | None = None
    areas: tuple[AreaFound, ...] = ()
    happened_from: str | None = None
    caller: str = ""
    caller_phone: str = ""
    caller_unnamed: bool = False
    sample: bool = False


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
            **asdict(self.report),
        }


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """Someone added to the story."""

    kind: ClassVar[str] = "note_added"
    incident_id: str
    text: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"text": self.text}


@dataclass(frozen=True, slots=True)
class IncidentUnderControl:
    """The scene is in hand; what is left is work."""

    kind: ClassVar[str] = "incident_under_control"
    incident_id: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class IncidentClosed:
    """The incident ended, with its result."""

    kind: ClassVar[str] = "incident_closed"
    incident_id: str
    result: str
    arrest: bool = False

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"result": self.result, "arrest": self.arrest}


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

    @property
    def category(self) -> Category:
        """Its category; an unknown code (from a newer table) reads as 'other'."""
        return BY_CODE.get(self.report.category, BY_CODE["99"])

    @property
    def is_open(self) -> bool:
        return self.state is not IncidentState.CLOSED

    def area(self, kind: str) -> str:
        """The name of the first area of this kind that holds the place, or nothing."""
        return next((found.name for found in self.report.areas if found.kind == kind), "")
