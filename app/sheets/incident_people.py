"""Who is named on an incident's sheet, and who asked not to be: the caller, the injured parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import msg
from app.incidents.hidden_names import HiddenNames
from app.incidents.incident import Incident, Report
from app.log import Entry
from app.thai.translation import say

_Named = tuple[str, str, str]
"""Caller, telephone and injured parties, as they are said in one place."""
_SAYING = ("incident_reported", "report_attached", "report_corrected")


@dataclass(frozen=True, slots=True)
class People:
    """The fields that name people as they are printed, and what is to be kept out of all others."""

    caller: str
    phone: str
    victims: str
    hidden: HiddenNames
    is_hidden: bool


def people_of(
    report: Report, entries: Sequence[Entry], hide: bool | None, joined: Sequence[Incident] = ()
) -> People:
    """`hide`: what was chosen; None: as each asked. What was said of them before a correction, and
    by further callers, is hidden too. `joined`: the incidents that became part of this one, as they
    stand; whoever asked there, or called again here, stays unnamed where the first caller is named.
    """
    wanted = report.caller_unnamed if hide is None else hide
    if not wanted:
        asked = say(msg("wants to stay unnamed")) if report.caller_unnamed else ""
        caller = " · ".join(part for part in (report.caller, asked) if part)
        hidden = _hidden(_of_others(entries, joined) if hide is None else [])
        return People(caller, report.caller_phone, report.victims, hidden, False)
    named = [_named(report), *map(_named, (one.report for one in joined))]
    unnamed = msg("wants to stay unnamed") if report.caller_unnamed else msg("hidden on request")
    caller = say(unnamed) if report.caller or report.caller_unnamed else ""
    return People(
        caller=caller,
        phone=say(msg("hidden")) if report.caller_phone else "",
        victims=say(msg("hidden on request")) if report.victims else "",
        hidden=_hidden([*named, *map(_said, filter(_says, entries))]),
        is_hidden=True,
    )


def _of_others(entries: Sequence[Entry], joined: Sequence[Incident]) -> list[_Named]:
    """Those who asked to stay unnamed, other than the first caller of this incident."""
    unnamed = {one.id for one in joined if one.report.caller_unnamed}
    further = [one for one in filter(_says, entries) if one.kind == "report_attached"]
    said = [one for one in filter(_says, entries) if one.subject in unnamed]
    said += [one for one in further if _fields(one).get("caller_unnamed")]
    return [_named(one.report) for one in joined if one.id in unnamed] + list(map(_said, said))


def _hidden(people: Sequence[_Named]) -> HiddenNames:
    fields = [name for caller, _, victims in people for name in (caller, victims)]
    return HiddenNames.of(fields, [phone for _, phone, _ in people])


def _named(report: Report) -> _Named:
    return report.caller, report.caller_phone, report.victims


def _says(entry: Entry) -> bool:
    """Whether it names callers and injured parties."""
    return entry.kind in _SAYING and entry.body is not None


def _said(entry: Entry) -> _Named:
    fields = _fields(entry)
    return _text(fields, "caller"), _text(fields, "caller_phone"), _text(fields, "victims")


def _fields(entry: Entry) -> dict[str, Any]:
    data = entry.data()
    fields: dict[str, Any] = data.get("after", data)
    return fields


def _text(fields: dict[str, Any], name: str) -> str:
    return str(fields.get(name) or "")
