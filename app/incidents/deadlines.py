"""What is due next for an open incident, and how pressing that is. Pure: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from app.incidents.categories import Priority
from app.incidents.incident import Incident, IncidentState


class Due(StrEnum):
    """What has to happen next."""

    ASSIGN = "assign"
    LEAVE = "leave"
    ARRIVE = "arrive"
    REPORT = "report"
    CLOSE = "close"
    NEXT_STEP = "next_step"


class Urgency(IntEnum):
    """How an incident is marked, most pressing first (design/TOKENS §5)."""

    ACT_NOW = 0
    WATCH = 1
    IN_HAND = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due and when; `words` are those of a next step that somebody set."""

    due: Due
    at: datetime
    words: str = ""

    def left_s(self, now: datetime) -> float:
        """Seconds left; negative when it is over."""
        return (self.at - now).total_seconds()


@dataclass(frozen=True, slots=True)
class Targets:
    """Minutes allowed from the start of each stage, by priority 1, 2, 3. A station's setting."""

    assign_min: tuple[float, float, float] = (2, 5, 15)
    leave_min: tuple[float, float, float] = (2, 5, 20)
    arrive_min: tuple[float, float, float] = (10, 15, 30)
    report_min: tuple[float, float, float] = (30, 60, 120)
    close_min: tuple[float, float, float] = (240, 480, 720)

    @classmethod
    def for_time_to_scene(cls, target_min: float) -> Targets:
        """The station's own target for an urgent call; the most urgent have at most 10 minutes,
        the others twice the target. 15 minutes give the defaults.
        """
        return cls(arrive_min=(min(10.0, target_min), target_min, 2 * target_min))


_STAGE = {
    IncidentState.NEW: (Due.ASSIGN, "assign_min"),
    IncidentState.ASSIGNED: (Due.LEAVE, "leave_min"),
    IncidentState.ON_THE_WAY: (Due.ARRIVE, "arrive_min"),
    IncidentState.ON_SCENE: (Due.REPORT, "report_min"),
    IncidentState.UNDER_CONTROL: (Due.CLOSE, "close_min"),
}
_WATCH_S = 180.0
_HOT = frozenset({IncidentState.NEW, IncidentState.ASSIGNED, IncidentState.ON_THE_WAY})


def next_deadline(incident: Incident, targets: Targets) -> Deadline | None:
    """What is due next, counted from the beginning of the present stage; None when closed.

    Once units are there, a next step with its time stands in the place of the stage's own.
    """
    if not incident.is_open:
        return None
    if incident.next_due is not None and incident.state not in _HOT:
        return Deadline(Due.NEXT_STEP, incident.next_due, incident.next_step)
    due, setting = _STAGE[incident.state]
    minutes: tuple[float, float, float] = getattr(targets, setting)
    allowed = timedelta(minutes=minutes[incident.report.priority - 1])
    return Deadline(due, incident.state_since + allowed)


def urgency(incident: Incident, now: datetime, targets: Targets) -> Urgency:
    """Act now: overdue, or most urgent with nobody there yet. Watch: less than 3 minutes left."""
    deadline = next_deadline(incident, targets)
    if deadline is None:
        return Urgency.CLOSED
    left_s = deadline.left_s(now)
    waiting = incident.state in _HOT
    if waiting and (left_s < 0 or incident.report.priority is Priority.URGENT):
        return Urgency.ACT_NOW
    return Urgency.WATCH if left_s < _WATCH_S else Urgency.IN_HAND


def by_urgency(
    incidents: list[Incident], now: datetime, targets: Targets
) -> list[tuple[Incident, Urgency]]:
    """The order of the open list: most pressing first, then the newest."""
    marked = [(one, urgency(one, now, targets)) for one in incidents]
    return sorted(marked, key=lambda pair: (pair[1], -pair[0].reported_at.timestamp()))
