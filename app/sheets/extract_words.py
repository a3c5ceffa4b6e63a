"""What entries say on an extract of the log, in Thai: who recorded, what, about what.

An incident's entries are told as its story tells them; all others by the deed they record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from app.duty.officers import officers
from app.duty.units import units
from app.errors import msg
from app.geo.areas import Areas
from app.incidents.register import incidents_named
from app.incidents.story import tell
from app.log import Connection, Entry
from app.log.entry_rows import entry_by_id
from app.log.rights import RIGHTS
from app.sheets.thai_words import in_thai, moment
from app.thai.dates import BANGKOK

ERASED = msg("Erased by order; the entry remains.")
_UNTOLD = "Entry of the kind {kind}"  # what the story says of a kind that is none of its own
_PROGRAM = "โปรแกรม"


class ExtractWords:
    """Names of everything that entries of one extract are about, read once."""

    def __init__(self, db: Connection, entries: Sequence[Entry]) -> None:
        self._db = db
        self._officers = {one.id: one.name for one in officers(db)}
        subjects = {entry.subject for entry in entries}
        self._names = _names(db, subjects)
        self._incidents = {one.id for one in incidents_named(db, subjects).values()}

    def who(self, entry: Entry) -> str:
        """Rank and name; for what the program itself recorded, which part of it."""
        return self._officers.get(entry.actor) or f"{_PROGRAM} ({entry.actor})"

    def about(self, entry: Entry) -> str:
        """What it is about as people call it, else its id."""
        return self._names.get(entry.subject) or _shift(entry.subject) or entry.subject

    def what(self, entry: Entry, *, with_words: bool) -> str:
        """What was recorded; without its words only which deed it was."""
        if entry.body is None:
            return in_thai(ERASED)
        if with_words and entry.subject in self._incidents:
            told = self._story(entry)
            if told:
                return told
        deed = _deed(entry.kind)
        reason = str(entry.data().get("reason", "") or "") if with_words else ""
        return f"{deed}: {reason}" if reason else deed

    def _story(self, entry: Entry) -> str:
        """As the incident's story tells it, with what it corrects; empty if that knows it not."""
        corrects = str(entry.data().get("corrects", ""))
        before = entry_by_id(self._db, corrects) if corrects else None
        line = tell([entry] if before is None else [before, entry])[0]
        return "" if line.text.template == _UNTOLD else in_thai(line.text)


def _deed(kind: str) -> str:
    right = RIGHTS.get(kind)
    return in_thai(right.deed) if right is not None else kind


def _shift(subject: str) -> str:
    """`เวร 22 พ.ย. 2569 08:00 น.` of `shift-20261122-0800`; empty for what is no shift."""
    try:
        begins = datetime.strptime(subject, "shift-%Y%m%d-%H%M").replace(tzinfo=BANGKOK)
    except ValueError:
        return ""
    return f"เวร {moment(begins)}"


def _names(db: Connection, subjects: Iterable[str]) -> dict[str, str]:
    wanted = list(subjects)
    names = {one.id: f"เหตุ {one.number}" for one in incidents_named(db, wanted).values()}
    names |= {area.id: area.name_th for area in Areas(db).all_versions()}
    names |= {unit.id: unit.call_sign for unit in units(db)}
    names |= {one.id: one.name for one in officers(db)}
    rows = db.execute(
        "SELECT id, name FROM cameras WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    )
    return names | {row[0]: f"กล้อง {row[0]} {row[1]}".strip() for row in rows}
