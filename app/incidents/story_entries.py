"""Which entries make an incident's story: its own, and what was said of those it took in."""

from __future__ import annotations

from collections.abc import Sequence

from app.incidents.story_of_report import TAKEN_IN
from app.log import Connection, Entry, entry_of
from app.log.entry_rows import COLUMNS

_TOLD_WITH = ("incident_reported", "report_attached", "note_added")
"""What is told of an incident in the story of the one that took it in; and what it took in."""


def story_entries(db: Connection, incident_id: str) -> list[Entry]:
    """All of them in the log's order."""
    entries = _about(db, incident_id)
    joined = _joined(db, entries, {incident_id})
    return sorted([*entries, *joined], key=lambda entry: entry.seq) if joined else entries


def _joined(db: Connection, entries: Sequence[Entry], seen: set[str]) -> list[Entry]:
    """The reports and notes of the incidents that these entries took in, and of those that these
    had taken in before. One that took in the other, was reopened and joined to it is told once."""
    told: list[Entry] = []
    for other in sorted(_taken_in(entries) - seen):
        seen.add(other)
        about = _about(db, other)
        deeper = _joined(db, about, seen)
        known = {entry.subject for entry in deeper}
        told += [one for one in about if one.kind in _TOLD_WITH or _taken_in([one]) & known]
        told += deeper
    return told


def _taken_in(entries: Sequence[Entry]) -> set[str]:
    return {entry.data()["other"] for entry in entries if entry.kind == TAKEN_IN and entry.body}


def _about(db: Connection, subject: str) -> list[Entry]:
    rows = db.execute(f"SELECT {COLUMNS} FROM entries WHERE subject = ? ORDER BY seq", (subject,))
    return [entry_of(row) for row in rows]
