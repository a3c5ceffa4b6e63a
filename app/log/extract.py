"""A part of the log as it stands: every entry of a span, or those about one thing; each checked.

Reads only. Of each origin the entries follow each other without a gap: whatever the clock said, all
between the first and the last that were recorded in the span are there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import KnownError, msg
from app.log.entry import Entry
from app.log.entry_rows import COLUMNS, entry_of
from app.log.seals import DAY_SEALED
from app.log.taking_in import is_sound

MOST = 3_000
"""Entries that one extract takes: some 110 pages, and what the typesetter has memory for."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Entries in the order in which this log took them; `bad` are the ids of those whose words or
    fields no longer give their hash, or that do not follow the one before. `seals`: those among
    the entries, and the first one after them, which covers them all."""

    entries: tuple[Entry, ...]
    bad: frozenset[str]
    seals: tuple[Entry, ...]
    covered: bool
    """Whether a seal stands after the last entry."""


def extract_of_span(db: sqlite3.Connection, begins: str, ends: str) -> Extract:
    """Everything recorded from `begins` to before `ends`, as times are stored. KnownError: nothing,
    or more than `MOST`."""
    spans = db.execute(
        "SELECT origin, min(n), max(n) FROM entries WHERE at >= ? AND at < ? GROUP BY origin",
        (begins, ends),
    ).fetchall()
    _refuse(sum(row[2] - row[1] + 1 for row in spans))
    entries = [
        entry_of(row)
        for origin, first, last in spans
        for row in db.execute(
            f"SELECT {COLUMNS} FROM entries WHERE origin = ? AND n BETWEEN ? AND ?",
            (origin, first, last),
        )
    ]
    return _extract(db, sorted(entries, key=lambda entry: entry.seq), in_row=True)


def extract_about(db: sqlite3.Connection, subjects: Iterable[str]) -> Extract:
    """Everything about these subjects; other entries lie between. KnownError as above."""
    entries = [
        entry_of(row)
        for subject in sorted(set(subjects))
        for row in db.execute(f"SELECT {COLUMNS} FROM entries WHERE subject = ?", (subject,))
    ]
    _refuse(len(entries))
    return _extract(db, sorted(entries, key=lambda entry: entry.seq), in_row=False)


def _refuse(count: int) -> None:
    if not count:
        raise KnownError(
            msg("The log has no entry in this time."),
            do=msg("Choose another time; the Log place shows when something was recorded."),
        )
    if count > MOST:
        raise KnownError(
            msg("{count:,} entries are more than one extract takes ({most:,}).",
                count=count, most=MOST),
            do=msg("Choose a shorter time, or one incident."),
        )  # fmt: skip


def _extract(db: sqlite3.Connection, entries: list[Entry], *, in_row: bool) -> Extract:
    after = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE subject = 'log' AND kind = ? AND seq > ?"
        " ORDER BY seq LIMIT 1",
        (DAY_SEALED, entries[-1].seq),
    ).fetchone()
    seals = [entry for entry in entries if entry.kind == DAY_SEALED]
    if after is not None:
        seals.append(entry_of(after))
    bad = {entry.id for entry in entries if not is_sound(entry)}
    return Extract(
        tuple(entries),
        frozenset(bad | (_out_of_row(entries) if in_row else set())),
        tuple(seals),
        after is not None,
    )


def _out_of_row(entries: Iterable[Entry]) -> set[str]:
    """Those that do not follow the one before of their origin."""
    last: dict[str, Entry] = {}
    bad = set()
    for entry in entries:
        before = last.get(entry.origin)
        if before is not None and (entry.n != before.n + 1 or entry.prev != before.hash):
            bad.add(entry.id)
        last[entry.origin] = entry
    return bad
