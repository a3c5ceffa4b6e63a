"""Correcting what a report says, field by field: a new entry that names the one it corrects.

Nothing is edited: the words before stay in the log, and the incident's story tells both. Where it
happened is corrected in `correction.py`, with its areas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar

from app.errors import KnownError, msg
from app.incidents.category_table import category_of
from app.incidents.correction import REASON_LIMIT
from app.incidents.dispatch import Written
from app.incidents.incident import Incident, IncidentReported, Report, recorded
from app.incidents.intake import check_happened, check_words, no_category
from app.incidents.report_now import REPORT_CORRECTED
from app.incidents.standing import existing
from app.log import Actor, Connection, Fact, Log
from app.thai.plates import plate_words

_KEPT = msg("Nothing was saved; what you typed is still here.")


class Part(StrEnum):
    """What of a report can be corrected, in the order of the form."""

    CATEGORY = "category"
    PRIORITY = "priority"
    CHANNEL = "channel"
    ADDRESS = "address"
    HAPPENED = "happened"
    CALLER = "caller"
    VICTIMS = "victims"
    SUSPECTS = "suspects"
    VEHICLES = "vehicles"
    NARRATIVE = "narrative"
    DAILY_LOG = "daily_log"


FIELDS: Mapping[Part, tuple[str, ...]] = {
    Part.HAPPENED: ("happened_from", "happened_to"),
    Part.CALLER: ("caller", "caller_phone", "caller_unnamed"),
    Part.VEHICLES: ("vehicles", "plates"),
} | {
    part: (part.value,) for part in Part if part not in (Part.HAPPENED, Part.CALLER, Part.VEHICLES)
}
"""The fields of a report that belong together."""


@dataclass(frozen=True, slots=True)
class ReportCorrected:
    """A part of a report reads otherwise. `corrects` is the id of the entry with what it was."""

    kind: ClassVar[str] = REPORT_CORRECTED
    incident_id: str
    part: Part
    corrects: str
    after: Mapping[str, Any]
    reason: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {
            "part": self.part,
            "corrects": self.corrects,
            "after": dict(self.after),
            "reason": self.reason,
        }


def part_of(report: Report, part: Part) -> dict[str, Any]:
    """What a report says of a part, as entries store it."""
    whole = recorded(report)
    return {name: whole[name] for name in FIELDS[part]}


def correct_report(
    log: Log, seen: Incident, part: Part, new: Report, reason: str, *, actor: Actor
) -> Written:
    """Record that a part of the report of `seen` reads as in `new`.

    A reason is asked for where something was said before. KnownError at once for what is missing
    or has not happened yet, through the future when somebody corrected the same part meanwhile.
    """
    at = log.now()
    new = replace(new, plates=plate_words(new.vehicles))
    before, after = part_of(seen.report, part), part_of(new, part)
    why = " ".join(reason.split())
    _check(seen, before, after, why)
    check_words(replace(seen.report, **{name: getattr(new, name) for name in FIELDS[part]}))
    if part is Part.HAPPENED:
        check_happened(new, at)

    def decide(db: Connection) -> Sequence[Fact]:
        now = existing(db, seen.id)
        if now.erased != seen.erased or part_of(now.report, part) != before:
            raise KnownError(
                msg("It was corrected meanwhile."),
                safe=_KEPT,
                do=msg("Look what it says now, and correct that."),
            )
        if part is Part.CATEGORY and category_of(db, new.category) is None:
            raise no_category()
        return [ReportCorrected(seen.id, part, _last_said(db, seen.id, part), after, why)]

    return log.write(decide, actor=actor, at=at)


def _check(seen: Incident, before: object, after: object, why: str) -> None:
    if seen.erased:
        raise KnownError(msg("The report was erased by order: there is nothing to correct."))
    if before == after:
        raise KnownError(
            msg("It says that already."),
            safe=msg("Nothing was changed."),
            do=msg("Type what it should say."),
        )
    if not why and _says_something(before):
        raise KnownError(
            msg("Nothing is corrected without a reason."),
            safe=_KEPT,
            do=msg("Type why it is corrected."),
        )
    if len(why) > REASON_LIMIT:
        raise KnownError(
            msg("One field has {length:,} characters; it takes {limit:,}.",
                length=len(why), limit=REASON_LIMIT),
            safe=_KEPT,
            do=msg("Shorten it."),
        )  # fmt: skip


def _says_something(before: object) -> bool:
    return isinstance(before, dict) and any(before.values())


def _last_said(db: Connection, incident_id: str, part: Part) -> str:
    """The id of the entry that last said what this part is."""
    row = db.execute(
        "SELECT origin, n FROM entries WHERE subject = ? AND body IS NOT NULL AND (kind = ?"
        " OR (kind = ? AND json_extract(body, '$.part') = ?)) ORDER BY seq DESC LIMIT 1",
        (incident_id, IncidentReported.kind, REPORT_CORRECTED, part),
    ).fetchone()
    return f"{row[0]}:{row[1]}"
