"""Who is named on an incident's sheet, and who asked not to be: the caller, the injured parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import msg
from app.incidents.incident import Report
from app.log import Entry
from app.sheets.hidden_names import HiddenNames
from app.thai.translation import say

_SAYING = ("incident_reported", "report_attached", "report_corrected")


@dataclass(frozen=True, slots=True)
class People:
    """The fields that name people as they are printed, and what is to be kept out of all others."""

    caller: str
    phone: str
    victims: str
    hidden: HiddenNames
    is_hidden: bool


def people_of(report: Report, entries: Sequence[Entry], hide: bool | None) -> People:
    """`hide`: what was chosen; None: as the caller asked. What was said of them before a
    correction, and by further callers, is hidden too.
    """
    wanted = report.caller_unnamed if hide is None else hide
    if not wanted:
        asked = say(msg("wants to stay unnamed")) if report.caller_unnamed else ""
        caller = " · ".join(part for part in (report.caller, asked) if part)
        return People(caller, report.caller_phone, report.victims, HiddenNames(), False)
    said = [(report.caller, report.caller_phone, report.victims), *_said_before(entries)]
    hidden = HiddenNames.of(
        [name for caller, _, victims in said for name in (caller, victims)],
        [phone for _, phone, _ in said],
    )
    unnamed = msg("wants to stay unnamed") if report.caller_unnamed else msg("hidden on request")
    caller = say(unnamed) if report.caller or report.caller_unnamed else ""
    return People(
        caller=caller,
        phone=say(msg("hidden")) if report.caller_phone else "",
        victims=say(msg("hidden on request")) if report.victims else "",
        hidden=hidden,
        is_hidden=True,
    )


def _said_before(entries: Sequence[Entry]) -> Iterator[tuple[str, str, str]]:
    """Caller, telephone and injured parties as every entry says them."""
    for entry in entries:
        if entry.kind in _SAYING and entry.body is not None:
            data = entry.data()
            fields = data.get("after", data)
            yield _text(fields, "caller"), _text(fields, "caller_phone"), _text(fields, "victims")


def _text(fields: dict[str, Any], name: str) -> str:
    return str(fields.get(name) or "")
