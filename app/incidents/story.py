"""An incident's entries told as lines: when, who, what happened. English keys, translated later.

What is done with the report itself, corrected, joined, tended, is told in `story_of_report.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.clock import from_stored
from app.errors import Message, msg
from app.geo.coordinates import LatLon, as_decimal
from app.incidents.attachments.told import told_of_file
from app.incidents.incident import IncidentCorrected, IncidentState
from app.incidents.late import happened_at, is_late
from app.incidents.story_of_report import SAYING, TAKEN_IN, told_of_report, told_result
from app.log import Entry
from app.thai.dates import clock_time


class Mark(StrEnum):
    """What kind of line it is: chooses its icon."""

    REPORT = "report"
    UNIT = "unit"
    NOTE = "note"
    STATE = "state"
    STILL = "still"
    MOMENT = "moment"
    PLACE = "place"
    FOOTAGE = "footage"
    VIEWED = "viewed"
    FILE = "file"
    PAPER = "paper"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One entry as people read it."""

    at: datetime
    actor: str
    mark: Mark
    text: Message
    happened_at: datetime | None = None
    """When it really was, if it was recorded late."""


def tell(entries: list[Entry]) -> list[StoryLine]:
    """The lines of an incident, newest first. Entries of incidents that it took in may be among
    them, in the log's order: their lines name the number they had.
    """
    said = {entry.id: entry for entry in entries if entry.kind in SAYING}
    numbers = _taken_in(entries)
    lines = []
    for entry in reversed(entries):
        line = _line(entry, said)
        number = numbers.get(entry.subject)
        if number is not None:
            line = replace(line, text=msg("From {number}: {text}", number=number, text=line.text))
        lines.append(line)
    return lines


def _taken_in(entries: list[Entry]) -> dict[str, str]:
    """The numbers of incidents that became part of this one, by their ids."""
    joined = (entry.data() for entry in entries if entry.kind == TAKEN_IN)
    return {data["other"]: data["other_number"] for data in joined if data}


_BEGINS = {
    "incident_reported": IncidentState.NEW,
    "unit_assigned": IncidentState.ASSIGNED,
    "unit_on_the_way": IncidentState.ON_THE_WAY,
    "unit_arrived": IncidentState.ON_SCENE,
    "incident_under_control": IncidentState.UNDER_CONTROL,
    "incident_closed": IncidentState.CLOSED,
    "incident_cancelled": IncidentState.CLOSED,
    "incident_marked_duplicate": IncidentState.CLOSED,
    "incident_merged": IncidentState.CLOSED,
}


_REACHED = frozenset({IncidentState.ON_SCENE, IncidentState.UNDER_CONTROL})


def stage_times(entries: list[Entry]) -> dict[IncidentState, datetime]:
    """When each stage first began since the incident was reported, or last reopened."""
    times: dict[IncidentState, datetime] = {}
    out: frozenset[str] = frozenset()
    ended = {entry.at for entry in entries if entry.kind.startswith("incident_")}
    for entry in entries:
        at = happened_at(entry.data(), from_stored(entry.at))
        if entry.kind == "incident_reopened":
            times = {IncidentState.NEW: at}
        elif entry.kind in _BEGINS:
            times.setdefault(_BEGINS[entry.kind], at)
        out = _still_out(out, entry)
        is_alone = entry.kind == "unit_released" and not out and entry.at not in ended
        if is_alone and _REACHED.isdisjoint(times):
            times = {IncidentState.NEW: at}  # called back before it came: as new again
    return times


def _still_out(out: frozenset[str], entry: Entry) -> frozenset[str]:
    """Which units an incident has after an entry."""
    unit = entry.data().get("unit", "")
    if entry.kind == "unit_assigned":
        return out | {unit}
    return out - {unit} if entry.kind == "unit_released" else out


def _line(entry: Entry, said: Mapping[str, Entry]) -> StoryLine:
    at = from_stored(entry.at)
    if entry.body is None:
        return StoryLine(at, entry.actor, Mark.ERASED, msg("Erased by order; the entry remains."))
    data = entry.data()
    if entry.kind == IncidentCorrected.kind:
        text = _corrected(data, _before(data, said))
        return StoryLine(at, entry.actor, Mark.PLACE, text)
    of_report = told_of_report(entry.kind, data, _before(data, said))
    mark, text = (Mark(of_report[0]), of_report[1]) if of_report else _told(entry.kind, data)
    late = happened_at(data, at) if is_late(data) else None
    return StoryLine(at, entry.actor, mark, text, late)


def _before(data: Mapping[str, Any], said: Mapping[str, Entry]) -> dict[str, Any]:
    """What the entry said that this one corrects; nothing when it was erased."""
    before = said.get(data.get("corrects", ""))
    return before.data() if before is not None else {}


def _told(kind: str, data: Mapping[str, Any]) -> tuple[Mark, Message]:
    match kind:
        case "incident_reported":
            story = data["narrative"] or data["place"]
            return Mark.REPORT, msg("Reported: {story}", story=story)
        case "note_added":
            return Mark.NOTE, msg("{text}", text=data["text"])
        case "unit_assigned":
            return Mark.UNIT, _assigned(data)
        case "unit_on_the_way":
            return Mark.UNIT, msg("{unit} is on the way", unit=data["call_sign"])
        case "unit_arrived":
            return Mark.UNIT, msg("{unit} is at the scene", unit=data["call_sign"])
        case "unit_released":
            return Mark.UNIT, msg("{unit} is free again", unit=data["call_sign"])
        case "incident_under_control":
            return Mark.STATE, msg("Under control")
        case "incident_closed":
            return Mark.STATE, told_result(data)
        case "incident_reopened":
            return Mark.STATE, msg("Reopened: {reason}", reason=data["reason"])
        case "snapshot_taken":
            return Mark.STILL, _attached(data)
        case "moment_marked" | "moment_noted" | "moment_unmarked":
            return Mark.MOMENT, _moment(kind, data)
        case "attachment_added" | "attachment_taken_out":
            return Mark.FILE, told_of_file(kind, data)
        case "footage_viewed":
            return Mark.VIEWED, _footage(kind, data)
        case _ if kind.startswith("footage_"):
            return Mark.FOOTAGE, _footage(kind, data)
        case "clip_exported" | "export_removed":
            return Mark.FOOTAGE, _export(kind, data)
        case "sheet_printed" | "sheet_printed_again":
            return Mark.PAPER, _printed(kind, data)
        case _:
            return Mark.NOTE, msg("Entry of the kind {kind}", kind=kind)


def _corrected(data: Mapping[str, Any], before: Mapping[str, Any]) -> Message:
    """Both places, with the areas where those differ; of an erased one only that it was."""
    differ = _area_ids(before) != _area_ids(data)
    old, new, reason = _where(before, differ), _where(data, differ), data["reason"]
    if not before:
        return msg("Place corrected to {new} (the one before was erased): {reason}",
                   new=new, reason=reason)  # fmt: skip
    if data["moved_m"] is None:
        return msg("Place corrected from {old} to {new}: {reason}", old=old, new=new, reason=reason)
    return msg(
        "Place corrected by {distance:,.0f} m, from {old} to {new}: {reason}",
        distance=data["moved_m"],
        old=old,
        new=new,
        reason=reason,
    )


def _where(data: Mapping[str, Any], with_areas: bool) -> str:
    """`ตลาดอินโดจีน (16.54290, 104.72620; เขตปลอดภัย, เขตตรวจ 1)`."""
    if not data:
        return ""
    words: str = data["place"]
    known = []
    if data["lat_deg"] is not None and data["lon_deg"] is not None:
        at = as_decimal(LatLon(data["lat_deg"], data["lon_deg"]))
        known += [at] if at not in words else []
    names = [area["name"] for area in data["areas"]] if with_areas else []
    inside = "; ".join(part for part in (*known, ", ".join(names)) if part)
    return f"{words} ({inside})" if inside else words


def _area_ids(data: Mapping[str, Any]) -> set[str]:
    return {area["id"] for area in data.get("areas", ())}


def _attached(data: Mapping[str, Any]) -> Message:
    return msg(
        "Still picture attached: camera {camera}, {time}, {width}×{height}",
        camera=data["camera_id"],
        time=clock_time(from_stored(data["taken_at"])),
        width=data["width_px"],
        height=data["height_px"],
    )


def _moment(kind: str, data: Mapping[str, Any]) -> Message:
    if kind == "moment_noted":
        return msg("Marked moment: {note}", note=data["note"])
    if kind == "moment_unmarked":
        return msg("The mark was taken back")
    time = clock_time(from_stored(data["moment"]))
    return msg("Moment marked: camera {camera}, {time}", camera=data["camera_id"], time=time)


def _footage(kind: str, data: Mapping[str, Any]) -> Message:
    match kind:
        case "footage_lock_requested":
            return msg(
                "To be locked: footage of {cameras}, {begins}–{ends}: {reason}",
                cameras=", ".join(data["cameras"]),
                begins=clock_time(from_stored(data["begins"])),
                ends=clock_time(from_stored(data["ends"])),
                reason=data["reason"],
            )
        case "footage_locked":
            cameras = [one["camera_id"] for one in data["footage"] if one["size_bytes"]]
            if not cameras:
                return msg("Locked, but there is no footage of that time")
            return msg("Footage locked: {cameras}", cameras=", ".join(cameras))
        case "footage_unlock_requested":
            return msg("Footage to be unlocked: {reason}", reason=data["reason"])
        case "footage_unlocked":
            return msg("Footage unlocked")
        case "footage_viewed":
            cameras = [one["camera_id"] for one in data["footage"]]
            begins = min(span[0] for one in data["footage"] for span in one["spans"])
            ends = max(span[1] for one in data["footage"] for span in one["spans"])
            return msg(
                "Footage watched: {cameras}, {begins}–{ends}",
                cameras=", ".join(cameras),
                begins=clock_time(from_stored(begins)),
                ends=clock_time(from_stored(ends)),
            )
        case _:
            return msg("Entry of the kind {kind}", kind=kind)


def _export(kind: str, data: Mapping[str, Any]) -> Message:
    if kind == "export_removed":
        return msg("The package {package} was removed, unfinished", package=data["package"])
    return msg(
        "Taken out: footage of {cameras}, {begins}–{ends}, as {package}: {reason}",
        cameras=", ".join(data["cameras"]),
        begins=clock_time(from_stored(data["begins"])),
        ends=clock_time(from_stored(data["ends"])),
        package=data["package"],
        reason=data["reason"],
    )


def _printed(kind: str, data: Mapping[str, Any]) -> Message:
    if kind == "sheet_printed_again":
        return msg("Printed again: {title}", title=data["title"])
    if data["how"] == "saved":
        return msg("Saved as a PDF: {title}", title=data["title"])
    return msg("Printed: {title}", title=data["title"])


def _assigned(data: Mapping[str, Any]) -> Message:
    if data["distance_m"] is None:
        return msg("{unit} sent", unit=data["call_sign"])
    return msg(
        "{unit} sent, {distance:.0f} m away", unit=data["call_sign"], distance=data["distance_m"]
    )
