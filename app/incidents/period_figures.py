"""What a day or a month held, in figures: by category, area, channel, hour; time to the scene.

Values out, no words of a paper. An incident that was found to be the same as another, or was merged
into one, got a number and is told apart: it is counted once, in the one that goes on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.clock import to_stored
from app.duty.period import Period
from app.incidents.categories import CaseGroup, Category, Channel, Priority
from app.incidents.incident import Ending, Incident, IncidentClosed
from app.incidents.register import incidents_between
from app.incidents.runs import Run, runs_between, runs_to, seconds_to_scene
from app.incidents.time_to_scene import By, SceneTimes, scene_times, scene_times_of_all
from app.log import Connection, entry_of
from app.log.entry_rows import COLUMNS
from app.thai.collation import sort_key
from app.thai.dates import to_local

MOST = 50_000
"""Incidents of one period that are looked at: a month of the largest station there is."""
AREA_KINDS = ("zone", "community", "beat", "tambon")
_JOINED = frozenset({Ending.DUPLICATE, Ending.MERGED})


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many incidents of a category, and in how many of them somebody was arrested."""

    category: Category
    count: int
    arrests: int


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many incidents in an area; an empty name: in none of its kind."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PeriodIncident:
    """An incident of the period, and when its first unit came."""

    incident: Incident
    first_unit: str
    arrived_at: datetime | None
    result: str
    """How it ended, in the officer's words; empty while it is open."""
    arrest: bool

    @property
    def to_scene_s(self) -> float | None:
        """From the report to the first unit at the scene, in seconds; None: none came."""
        return seconds_to_scene(self.incident.reported_at, self.arrived_at)

    @property
    def is_counted(self) -> bool:
        """Whether it is an incident of its own."""
        return self.incident.ending not in _JOINED


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """All of it. Counts are of the incidents of their own; `joined` of the others."""

    period: Period
    incidents: tuple[PeriodIncident, ...]
    counted: int
    joined: int
    cancelled: int
    still_open: int
    closed: int
    arrests: int
    urgent: int
    before: int
    """How many the period before had."""
    categories: tuple[CategoryCount, ...]
    groups: dict[CaseGroup, int]
    channels: tuple[tuple[Channel, int], ...]
    areas: dict[str, tuple[AreaCount, ...]]
    """By kind of area, most first; incidents in no area of a kind stand last, with no name."""
    unplaced: int
    """Of how many nobody knows the place: they are in no area."""
    hours: tuple[int, ...]
    """By the hour of the report on the station's wall clock, 0 to 23."""
    days: tuple[tuple[date, int], ...]
    scene_by_unit: tuple[SceneTimes, ...]
    scene_by_beat: tuple[SceneTimes, ...]
    scene: SceneTimes
    target_s: float


def gather(db: Connection, period: Period, target_s: float) -> PeriodFigures:
    """The figures as the log stands now; half a second for 10,000 incidents."""
    found = incidents_between(db, period.begins, period.ends, MOST)
    runs = runs_between(db, period.begins, period.ends)
    told = _told(db, found, _runs_by_incident(db, found))
    counted = [one for one in told if one.is_counted]
    incidents = [one.incident for one in counted]
    return PeriodFigures(
        period=period,
        incidents=tuple(told),
        counted=len(counted),
        joined=len(told) - len(counted),
        cancelled=sum(one.ending is Ending.CANCELLED for one in incidents),
        still_open=sum(one.is_open for one in incidents),
        closed=sum(not one.is_open for one in incidents),
        arrests=sum(one.arrest for one in counted),
        urgent=sum(one.report.priority is Priority.URGENT for one in incidents),
        before=_count(db, period.before()),
        categories=_by_category(counted),
        groups=dict(Counter(one.category.group for one in incidents)),
        channels=_by_channel(incidents),
        areas={kind: _by_area(incidents, kind) for kind in AREA_KINDS},
        unplaced=sum(_has_no_place(one) for one in incidents),
        hours=_by_hour(incidents),
        days=_by_day(incidents, period),
        scene_by_unit=tuple(scene_times(runs, By.UNIT, target_s)),
        scene_by_beat=tuple(scene_times(runs, By.BEAT, target_s)),
        scene=scene_times_of_all(runs, target_s),
        target_s=target_s,
    )


def _told(
    db: Connection, found: Sequence[Incident], runs: dict[str, list[Run]]
) -> list[PeriodIncident]:
    endings = _endings(db, [one.id for one in found])
    told = []
    for one in found:
        first = _first_there(runs.get(one.id, []))
        result, arrest = endings.get(one.id, ("", False)) if not one.is_open else ("", False)
        unit = first.call_sign if first is not None else ", ".join(one.units)
        at = first.arrived_at if first is not None else None
        told.append(PeriodIncident(one, unit, at, result, arrest))
    return told


def _runs_by_incident(db: Connection, found: Sequence[Incident]) -> dict[str, list[Run]]:
    by_incident: dict[str, list[Run]] = {}
    for run in runs_to(db, [one.id for one in found]):
        by_incident.setdefault(run.incident_id, []).append(run)
    return by_incident


def _first_there(runs: Iterable[Run]) -> Run | None:
    there = [run for run in runs if run.arrived_at is not None]
    return min(there, key=lambda run: run.arrived_at or run.assigned_at, default=None)


def _endings(db: Connection, ids: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """What was written when they were closed last, and whether somebody was arrested."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE kind = ? AND subject IN"
        " (SELECT value FROM json_each(?)) ORDER BY seq",
        (IncidentClosed.kind, json.dumps(list(ids))),
    )
    endings = {}
    for row in rows:
        entry = entry_of(row)
        data = entry.data()
        endings[entry.subject] = (str(data.get("result", "")), bool(data.get("arrest")))
    return endings


def _count(db: Connection, period: Period) -> int:
    row = db.execute(
        "SELECT count(*) FROM incidents WHERE reported_at >= ? AND reported_at < ?"
        " AND ending NOT IN (?, ?)",
        (to_stored(period.begins), to_stored(period.ends), Ending.DUPLICATE, Ending.MERGED),
    ).fetchone()
    return int(row[0])


def _by_category(counted: Sequence[PeriodIncident]) -> tuple[CategoryCount, ...]:
    """By case group, then the most frequent first; what is no case stands last."""
    known = {one.incident.category.code: one.incident.category for one in counted}
    count = Counter(one.incident.category.code for one in counted)
    arrests = Counter(one.incident.category.code for one in counted if one.arrest)
    order = sorted(known, key=lambda code: (known[code].group or 9, -count[code], code))
    return tuple(CategoryCount(known[code], count[code], arrests[code]) for code in order)


def _by_channel(incidents: Sequence[Incident]) -> tuple[tuple[Channel, int], ...]:
    count = Counter(one.report.channel for one in incidents)
    return tuple((channel, count[channel]) for channel in Channel)


def _by_area(incidents: Sequence[Incident], kind: str) -> tuple[AreaCount, ...]:
    """An incident in two areas of a kind is counted in both."""
    count: Counter[str] = Counter()
    for one in incidents:
        names = {found.name for found in one.report.areas if found.kind == kind}
        count.update(names or {""})
    outside = count.pop("", 0)
    order = sorted(count, key=lambda name: (-count[name], sort_key(name)))
    inside = [AreaCount(name, count[name]) for name in order]
    return tuple([*inside, AreaCount("", outside)] if outside else inside)


def _has_no_place(one: Incident) -> bool:
    return one.report.lat_deg is None or one.report.lon_deg is None


def _by_hour(incidents: Sequence[Incident]) -> tuple[int, ...]:
    count = Counter(to_local(one.reported_at).hour for one in incidents)
    return tuple(count[hour] for hour in range(24))


def _by_day(incidents: Sequence[Incident], period: Period) -> tuple[tuple[date, int], ...]:
    count = Counter(period.day_of(one.reported_at) for one in incidents)
    return tuple((day, count[day]) for day in period.days)
