"""A further caller to an incident that is open already: the report is attached, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.incidents.dispatch import Written
from app.incidents.incident import Report, recorded
from app.incidents.intake import check_happened, check_words
from app.incidents.standing import still_open
from app.log import Actor, Connection, Fact, Log


@dataclass(frozen=True, slots=True)
class ReportAttached:
    """Somebody else reported the same: all that was taken down, under the first one's number."""

    kind: ClassVar[str] = "report_attached"
    incident_id: str
    report: Report

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return recorded(self.report)


def attach_report(log: Log, incident_id: str, report: Report, *, actor: Actor) -> Written:
    """Attach it to an open incident, which has a type and a place already. KnownError at once for
    what is too long, lies in another country, or has not happened yet.
    """
    at = log.now()
    check_words(report)
    check_happened(report, at)

    def decide(db: Connection) -> Sequence[Fact]:
        still_open(db, incident_id)
        return [ReportAttached(incident_id, report)]

    return log.write(decide, actor=actor, at=at)
