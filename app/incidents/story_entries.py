"""Which entries make an incident's story: its own, and what was said of those it took in."""

from __future__ import annotations

from collections.abc import Sequence

from app.incidents.story_of_report import TAKEN_IN
from app.log import Connection, Entry, entry_of
from app.log.entry_rows import COLUMNS

_TOLD_WITH = ("incident_reported", "report_attached", "note_added")
"""What is told of an incident in the story of the one that took it in."""


def story_entries(db: Connection, incident_id: str) -> list[Entry]:
    """All of them in the log's order."""
    entries = _about(db, incident_id)
    joined = _taken_in(db, entries)
    return sorted([*entries, *joined], key=lambda entry: entry.seq) if joined else entries


def _taken_in(db: Connection, entries: Sequence[Entry]) -> list[Entry]:
    """The reports and notes of the incidents that these entries took in."""
    others = {entry.data()["other"] for entry in entries if entry.kind == TAKEN_IN and entry.body}
    return [
        entry for other in sorted(others) for entry in _about(db, other) if entry.kind in _TOLD_WITH
    ]


def _about(db: Connection, subject: str) -> list[Entry]:
    rows = db.execute(f"SELECT {COLUMNS} FROM entries WHERE subject = ? ORDER BY seq", (subject,))
    return [entry_of(row) for row in rows]
