"""The lines of a story about the report itself: further callers, corrections, joining, tending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.clock import from_stored
from app.errors import Message, msg
from app.incidents.categories import BY_CODE
from app.incidents.incident import IncidentCorrected, IncidentReported
from app.incidents.report_now import REPORT_CORRECTED
from app.thai.dates import short_date, short_time
from app.thai.translation import language, say

TAKEN_IN = "incident_taken_in"
SAYING = (IncidentReported.kind, IncidentCorrected.kind, REPORT_CORRECTED)
"""The kinds that say what a correction may correct."""
Told = tuple[str, Message]
"""The mark of a line, and its words."""

_NAMES = {
    "category": msg("Type"),
    "priority": msg("Priority"),
    "channel": msg("Channel"),
    "address": msg("Address"),
    "happened": msg("Happened"),
    "caller": msg("Caller"),
    "victims": msg("Injured party"),
    "suspects": msg("Suspects"),
    "vehicles": msg("Vehicles"),
    "narrative": msg("What happened"),
    "daily_log": msg("Daily log no."),
}
_PRIORITIES = {"1": msg("Most urgent"), "2": msg("Urgent"), "3": msg("Normal")}
_CHANNELS = {
    "radio": msg("Radio"),
    "phone": msg("Phone"),
    "walk_in": msg("Walk-in"),
    "camera": msg("Camera"),
    "patrol": msg("Patrol"),
}
_DUES = {
    "assign": msg("Assign"),
    "leave": msg("Leave"),
    "arrive": msg("Arrive"),
    "report": msg("Report"),
    "close": msg("Close"),
    "next_step": msg("Next step"),
}


def part_name(part: str) -> Message:
    """What a part of the report is called on the form."""
    return _NAMES.get(part, msg("{text}", text=part))


def told_of_report(kind: str, data: Mapping[str, Any], before: Mapping[str, Any]) -> Told | None:
    """The line of an entry of these kinds; None for every other. `before`: what it corrects."""
    match kind:
        case "report_attached":
            story = data["narrative"] or data["place"]
            who = data["caller"] if not data["caller_unnamed"] else ""
            if who:
                return "report", msg("Reported again by {who}: {story}", who=who, story=story)
            return "report", msg("Reported again: {story}", story=story)
        case "report_corrected":
            return "note", _corrected(data, before)
        case "incident_cancelled":
            return "state", msg("Cancelled: {reason}", reason=data["reason"])
        case "incident_marked_duplicate":
            return "state", _same(data["other_number"], data["reason"])
        case "incident_merged":
            return "state", _merged(data["other_number"], data["reason"])
        case "incident_taken_in" if data["how"] == "duplicate":
            return "state", msg("{number} was the same: taken in", number=data["other_number"])
        case "incident_taken_in":
            return "state", msg("{number} was merged into this one", number=data["other_number"])
        case "owner_set" if not data["officer"]:
            return "note", msg("Nobody answers for it any more")
        case "owner_set":
            return "note", msg("{name} answers for it", name=data["name"])
        case "next_step_set":
            return "note", _next_step(data)
        case "escalated":
            due = _DUES.get(data["due"], msg("{text}", text=data["due"]))
            at = short_time(from_stored(data["due_at"]))
            return "state", msg("Overdue, supervisor to be told: {what} {at}", what=due, at=at)
        case _:
            return None


def told_result(data: Mapping[str, Any]) -> Message:
    """How it was closed: the result, whether somebody was arrested, the number of the case."""
    result = data["result"]
    reference = data.get("reference", "")
    if data.get("arrest") and reference:
        return msg("Closed: {result} · arrest made · {reference}",
                   result=result, reference=reference)  # fmt: skip
    if data.get("arrest"):
        return msg("Closed: {result} · arrest made", result=result)
    if reference:
        return msg("Closed: {result} · {reference}", result=result, reference=reference)
    return msg("Closed: {result}", result=result)


def _same(number: str, reason: str) -> Message:
    if reason:
        return msg("The same as {number}: {reason}", number=number, reason=reason)
    return msg("The same as {number}", number=number)


def _merged(number: str, reason: str) -> Message:
    if reason:
        return msg("Merged into {number}: {reason}", number=number, reason=reason)
    return msg("Merged into {number}", number=number)


def _next_step(data: Mapping[str, Any]) -> Message:
    if not data["text"]:
        return msg("The next step is done")
    if data["due_at"] is None:
        return msg("Next step: {step}", step=data["text"])
    at = short_time(from_stored(data["due_at"]))
    return msg("Next step until {at}: {step}", at=at, step=data["text"])


def _corrected(data: Mapping[str, Any], before: Mapping[str, Any]) -> Message:
    """Both words, or that the one before was erased, or that there was none."""
    name = part_name(data["part"])
    new = _value(data["after"])
    if not before:
        return msg("{part} corrected to “{new}” (the one before was erased): {reason}",
                   part=name, new=new, reason=data["reason"])  # fmt: skip
    was = before.get("after", before)
    old = _value({field: was.get(field) for field in data["after"]})
    if not old and not data["reason"]:
        return msg("{part} added: “{new}”", part=name, new=new)
    return msg("{part} corrected from “{old}” to “{new}”: {reason}",
               part=name, old=old, new=new, reason=data["reason"])  # fmt: skip


def _value(fields: Mapping[str, Any]) -> str:
    """What a part says, in a few words: numbers and texts as they are, a code with its name."""
    words = []
    for name, value in fields.items():
        if not value or name == "plates":
            continue
        words.append(_shown(name, value))
    return " · ".join(words)


def _shown(name: str, value: object) -> str:
    if name == "category":
        known = BY_CODE.get(str(value))
        return f"{value} {known.name}" if known else str(value)
    if name.startswith("happened_"):
        at = from_stored(str(value))
        return f"{short_date(at, language())} {short_time(at)}"
    if (name, value) == ("channel", "line"):
        return "LINE"
    if name == "caller_unnamed":
        return say(msg("wants to stay unnamed"))
    known_words = _PRIORITIES if name == "priority" else _CHANNELS if name == "channel" else {}
    return say(known_words[str(value)]) if str(value) in known_words else str(value)
