"""When the computer's clock was set, as the recorder saw it. Read from what it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import from_stored, to_stored
from app.log import Connection, entry_of
from app.log.entry_rows import COLUMNS


@dataclass(frozen=True, slots=True)
class ClockStep:
    """The clock was set by `step_s` seconds; positive: it had been slow."""

    at: datetime
    step_s: float


def clock_steps(db: Connection, since: datetime) -> list[ClockStep]:
    """The steps from `since` on (aware), oldest first. What was erased tells no length."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE subject = 'recordings' AND kind = 'clock_stepped'"
        " AND at >= ? ORDER BY seq",
        (to_stored(since),),
    )
    entries = [entry_of(row) for row in rows]
    return [
        ClockStep(from_stored(entry.at), float(entry.data().get("step_s", 0.0)))
        for entry in entries
    ]
