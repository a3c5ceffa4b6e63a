"""The still pictures of an incident: what there is to choose from, and those that are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cameras.register import name_of
from app.clock import from_stored
from app.incidents.snapshots import SnapshotTaken
from app.log import Connection, entry_of
from app.log.entry_rows import COLUMNS
from app.sheets.incident_options import Form, IncidentOptions
from app.sheets.still_jpeg import PrintedStill, printed_still
from app.thai.dates import precise_time, short_date
from app.thai.translation import Language

STILL_MM: Mapping[Form, tuple[float, float]] = {Form.FULL: (78.5, 60.0), Form.SHORT: (78.5, 26.0)}
"""How large a still is printed at most: two stand side by side."""
_MOST_ON_ONE_PAGE = 2
_HANDS = 2


@dataclass(frozen=True, slots=True)
class KeptStill:
    """A still picture that belongs to an incident. `id` is that of the entry that says so."""

    id: str
    camera_id: str
    camera_name: str
    taken_at: datetime
    sha256: str
    file_name: str
    clock_ahead_s: float | None


def kept_stills(db: Connection, incident_id: str) -> list[KeptStill]:
    """All of them, by when they were taken."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE subject = ? AND kind = ? AND body IS NOT NULL"
        " ORDER BY seq",
        (incident_id, SnapshotTaken.kind),
    )
    stills = [_still(db, entry.id, entry.data()) for entry in map(entry_of, rows)]
    return sorted(stills, key=lambda still: still.taken_at)


def chosen_stills(stills: Iterable[KeptStill], options: IncidentOptions) -> list[KeptStill]:
    """Those that are to be printed."""
    if options.stills is None:
        return list(stills) if options.form is Form.FULL else []
    chosen = [still for still in stills if still.id in options.stills]
    return chosen if options.form is Form.FULL else chosen[:_MOST_ON_ONE_PAGE]


def still_rows(
    stills: Sequence[KeptStill], evidence: Path, form: Form
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """A row a still, and the pictures that the rows name. One that cannot be printed has no file
    and says why: `missing`, `changed` (no longer what the log names) or `unreadable`.
    """

    def printed(still: KeptStill) -> PrintedStill:
        return printed_still(evidence / still.file_name, still.sha256, STILL_MM[form])

    with ThreadPoolExecutor(_HANDS, thread_name_prefix="stills") as hands:
        pictures = list(hands.map(printed, stills))
    rows: list[dict[str, Any]] = []
    files: dict[str, bytes] = {}
    for number, (still, made) in enumerate(zip(stills, pictures, strict=True), 1):
        name = f"still-{number}.jpg" if made.jpeg else ""
        if name:
            files[name] = made.jpeg
        rows.append(
            {
                "file": name,
                "width_px": made.width_px,
                "height_px": made.height_px,
                "trouble": made.trouble,
                "camera": still.camera_id,
                "camera_name": still.camera_name,
                "day": short_date(still.taken_at, Language.THAI),
                "time": precise_time(still.taken_at),
                "ahead_s": "" if still.clock_ahead_s is None else f"{still.clock_ahead_s:+.1f}",
                "sha256": still.sha256,
            }
        )
    return rows, files


def _still(db: Connection, entry_id: str, data: Mapping[str, Any]) -> KeptStill:
    return KeptStill(
        id=entry_id,
        camera_id=data["camera_id"],
        camera_name=name_of(db, data["camera_id"]),
        taken_at=from_stored(data["taken_at"]),
        sha256=data["sha256"],
        file_name=Path(data["file_name"]).name,
        clock_ahead_s=data.get("clock_ahead_s"),
    )
