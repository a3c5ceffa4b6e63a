"""How loudly an overdue deadline asks: colour, then a sound, then a supervisor. Never a dialog.

Pure but for the one fact: that a supervisor was told of a deadline stands in the log, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, ClassVar

from app.clock import to_stored
from app.incidents.deadlines import Deadline, Due, Targets, next_deadline
from app.incidents.incident import Incident
from app.incidents.register import incident
from app.log import Actor, Connection, Entry, Fact, Log


class Loudness(IntEnum):
    """What an incident asks for now."""

    QUIET = 0
    COLOUR = 1
    SOUND = 2
    SUPERVISOR = 3


SOUND_AFTER_S = (0.0, 60.0, 300.0)
"""How long a deadline is over before it is heard, by priority 1, 2, 3."""
SUPERVISOR_AFTER_S = (120.0, 300.0, 900.0)
"""How long until a supervisor is told."""
_QUIET = frozenset({Due.REPORT, Due.CLOSE})
"""What presses nobody at the scene: it is coloured, and never heard."""


@dataclass(frozen=True, slots=True)
class Escalated:
    """A supervisor was to be told that this is overdue."""

    kind: ClassVar[str] = "escalated"
    incident_id: str
    due: Due
    due_at: str
    late_s: int

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {"due": self.due, "due_at": self.due_at, "late_s": self.late_s}


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open incident whose deadline is over, and how loudly it asks."""

    incident: Incident
    deadline: Deadline
    late_s: float
    loudness: Loudness

    @property
    def is_news(self) -> bool:
        """Whether a supervisor has to be told, and was not yet."""
        told = self.incident.escalated == to_stored(self.deadline.at)
        return self.loudness is Loudness.SUPERVISOR and not told


def overdue(incidents: Sequence[Incident], now: datetime, targets: Targets) -> list[Overdue]:
    """Those whose deadline is over, the loudest first, then the one that waits longest."""
    found = []
    for one in incidents:
        deadline = next_deadline(one, targets)
        if deadline is not None and deadline.at < now:
            late_s = -deadline.left_s(now)
            found.append(Overdue(one, deadline, late_s, _loudness(one, deadline, late_s)))
    return sorted(found, key=lambda one: (-one.loudness, -one.late_s))


def tell_supervisor(
    log: Log, told: Sequence[Overdue], targets: Targets, *, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Record of which deadlines a supervisor is told. One that was met meanwhile is left out."""

    def decide(db: Connection) -> list[Fact]:
        facts: list[Fact] = []
        for one in told:
            now = incident(db, one.incident.id)
            due = next_deadline(now, targets) if now is not None else None
            at = to_stored(one.deadline.at)
            if now is not None and due == one.deadline and now.escalated != at:
                facts.append(Escalated(now.id, due.due, at, int(one.late_s)))
        return facts

    return log.write(decide, actor=actor)


def _loudness(one: Incident, deadline: Deadline, late_s: float) -> Loudness:
    if deadline.due in _QUIET:
        return Loudness.COLOUR
    rank = one.report.priority - 1
    if late_s >= SUPERVISOR_AFTER_S[rank]:
        return Loudness.SUPERVISOR
    return Loudness.SOUND if late_s >= SOUND_AFTER_S[rank] else Loudness.COLOUR
