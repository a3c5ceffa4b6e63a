"""What was done, line by line, as an incident's sheet lists it: in the order in which it happened.

What was recorded later than it happened stands where it belongs and says when it was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.errors import Message, msg
from app.incidents.incident import Incident
from app.incidents.story import Mark, StoryLine, tell
from app.log import Entry, Role
from app.log.rights import ROLE_NAMES
from app.sheets.incident_people import People
from app.thai.dates import clock_time, short_date
from app.thai.translation import Language, say

_CORRECTIONS = frozenset({"incident_corrected", "report_corrected"})
_NOT_PRINTED = frozenset(
    ("footage_viewed", "attachment_taken_out", "moment_noted", "moment_unmarked")
    + ("escalated", "sheet_printed", "sheet_printed_again")
)
"""Who looked at what and what was printed is the log's business, not the incident's."""
_NAMING = frozenset({"caller", "victims"})


def story_rows(
    entries: Sequence[Entry], found: Incident, names: Mapping[str, str], people: People
) -> list[dict[str, Any]]:
    """A row an entry. `day` is set where it is another than that of the row before, or of the
    report; `late` is when it was recorded, where that was later; `mark` is `correction`, `erased`
    or empty.
    """
    told = [
        (entry, line)
        for entry, line in zip(entries, reversed(tell(list(entries))), strict=True)
        if entry.kind not in _NOT_PRINTED
    ]
    told.sort(key=lambda pair: (_when(pair[1]), pair[0].seq))
    rows: list[dict[str, Any]] = []
    day = short_date(found.reported_at, Language.THAI)
    for entry, line in told:
        own_day = short_date(_when(line), Language.THAI)
        rows.append(
            {
                "day": own_day if own_day != day else "",
                "time": clock_time(_when(line)),
                "by": _by(line.actor, names),
                "text": people.hidden.out_of(say(_words(entry, line, found.id, people))),
                "late": _recorded(line),
                "mark": _mark(entry, line),
            }
        )
        day = own_day
    return rows


def _when(line: StoryLine) -> datetime:
    return line.happened_at or line.at


def _by(actor: str, names: Mapping[str, str]) -> str:
    return names.get(actor) or say(ROLE_NAMES[Role.PROGRAM])


def _recorded(line: StoryLine) -> str:
    """When it was recorded, if that was later; with the day where that was another."""
    if line.happened_at is None:
        return ""
    days = [short_date(at, Language.THAI) for at in (line.at, line.happened_at)]
    time = clock_time(line.at)
    return time if days[0] == days[1] else f"{days[0]} {time}"


def _mark(entry: Entry, line: StoryLine) -> str:
    if line.mark is Mark.ERASED:
        return "erased"
    return "correction" if entry.kind in _CORRECTIONS else ""


def _words(entry: Entry, line: StoryLine, incident_id: str, people: People) -> Message:
    """The line's words, but for what stands elsewhere on the sheet or must not be read."""
    if entry.body is None:
        return line.text
    data = entry.data()
    if entry.kind == "incident_reported" and entry.subject == incident_id:
        return msg("Reported; it got the number {number}", number=data["number"])
    if people.is_hidden and entry.kind == "report_corrected" and data["part"] in _NAMING:
        return msg("A name was corrected (hidden on request): {reason}", reason=data["reason"])
    return line.text
