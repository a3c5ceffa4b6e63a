"""What a handover is about, gathered from the log: figures, open incidents, units out, marks.

Values in, values out: it knows neither words nor screens. Footage, cameras and disks are others'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.cameras.bookmarks import Bookmark, bookmarks_between
from app.duty.shift_log import Post, roster_of
from app.duty.shifts import Shift
from app.duty.units import Unit, UnitState, units
from app.incidents.deadlines import Deadline, Targets, Urgency, by_urgency, next_deadline
from app.incidents.incident import Incident
from app.incidents.register import (
    closed_since,
    incident,
    incidents_between,
    open_incidents,
)
from app.incidents.runs import runs_of, seconds_to_scene
from app.log import Connection

MOST_REPORTED = 2_000  # incidents of one shift that are looked at; the worst flood night had 300
MOST_MARKS = 20
_RESTING = (UnitState.FREE, UnitState.RESTING, UnitState.OFF_DUTY)


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An open incident, how it presses, and what is due next."""

    incident: Incident
    urgency: Urgency
    deadline: Deadline | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class UnitOut:
    """A unit that is not free, with the number of the incident it is at; empty if at none."""

    unit: Unit
    number: str


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """The shift in figures. `to_scene_s`: the mean time from the report to the first unit at the
    scene, over the `to_scene_of` incidents of the shift that a unit reached; None if none was."""

    reported: int
    closed: int
    still_open: int
    overdue: tuple[str, ...]
    to_scene_s: float | None
    to_scene_of: int


@dataclass(frozen=True, slots=True)
class HandoverContent:
    """All of it, at `made_at`."""

    ending: Shift
    beginning: Shift
    made_at: datetime
    figures: ShiftFigures
    incidents: tuple[OpenIncident, ...]
    units: tuple[UnitOut, ...]
    marks: tuple[Bookmark, ...]
    """The newest of the moments that were marked in the shift."""
    marks_left_out: int
    roster: tuple[Post, ...]
    """Who is on the shift that begins."""


def gather(
    db: Connection, ending: Shift, beginning: Shift, now: datetime, targets: Targets
) -> HandoverContent:
    """The content as of now. Reads in one unchanging state; takes some milliseconds."""
    open_now = open_incidents(db)
    lines = tuple(
        _open(one, level, now, targets) for one, level in by_urgency(open_now, now, targets)
    )
    marks = bookmarks_between(db, ending.starts_at, max(now, ending.starts_at))
    roster = roster_of(db, beginning.id)
    return HandoverContent(
        ending=ending,
        beginning=beginning,
        made_at=now,
        figures=_figures(db, ending, now, lines),
        incidents=lines,
        units=tuple(_out(db, unit) for unit in units(db) if unit.state not in _RESTING),
        marks=tuple(marks[-MOST_MARKS:]),
        marks_left_out=max(0, len(marks) - MOST_MARKS),
        roster=roster.posts if roster is not None else (),
    )


def _open(one: Incident, level: Urgency, now: datetime, targets: Targets) -> OpenIncident:
    deadline = next_deadline(one, targets)
    return OpenIncident(one, level, deadline, deadline is not None and deadline.left_s(now) < 0)


def _out(db: Connection, unit: Unit) -> UnitOut:
    at = incident(db, unit.incident) if unit.incident else None
    return UnitOut(unit, at.number if at is not None else "")


def _figures(
    db: Connection, shift: Shift, now: datetime, lines: Sequence[OpenIncident]
) -> ShiftFigures:
    reported = incidents_between(db, shift.starts_at, max(now, shift.ends_at), MOST_REPORTED)
    times = [time for one in reported if (time := _to_scene_s(db, one)) is not None]
    return ShiftFigures(
        reported=len(reported),
        closed=closed_since(db, shift.starts_at),
        still_open=len(lines),
        overdue=tuple(line.incident.number for line in lines if line.is_overdue),
        to_scene_s=sum(times) / len(times) if times else None,
        to_scene_of=len(times),
    )


def _to_scene_s(db: Connection, one: Incident) -> float | None:
    """From the report to the first unit at the scene; None while none was there."""
    arrived = [run.arrived_at for run in runs_of(db, one.id) if run.arrived_at is not None]
    return seconds_to_scene(one.reported_at, min(arrived, default=None))
