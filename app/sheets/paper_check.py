"""Is this PDF a paper that this station printed, unaltered? Reads the file and the log, no more."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.duty.officers import officers
from app.errors import KnownError, Message, msg
from app.log import Connection, Readers
from app.sheets.pages import Pages
from app.sheets.paper_data import DATA_NAME
from app.sheets.papers import Paper, paper_of_hash, papers_of_data
from app.station import StationFolder
from app.station.disk import reading_trouble
from app.thai.dates import date_time
from app.thai.translation import Language

MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class PaperReport:
    """The answer. `ok`: these very bytes stand in the station's log."""

    ok: bool
    verdict: tuple[Message, ...]

    def sentences(self) -> tuple[Message, ...]:
        """For a person, the verdict first."""
        return self.verdict


def check_paper(path: Path, folder: StationFolder) -> PaperReport:
    """Hold a PDF against the log of the station. Raises KnownError: it cannot be read."""
    pdf = _read(path)
    sha256 = _sha256(pdf)
    data = _attached(pdf)
    profile = folder.profile
    readers = Readers(folder.database)
    try:
        with readers.reading() as db:
            keeps = _keeps_papers(db)
            found = paper_of_hash(db, sha256) if keeps else None
            names = {one.id: one.name for one in officers(db)}
            same = papers_of_data(db, _sha256(data)) if keeps and data is not None else []
    finally:
        readers.close()
    if found is not None:
        return PaperReport(True, (_printed(found, names), *_told(data)))
    if same:
        return PaperReport(
            False,
            (
                msg("This file is not the one that was printed: it was altered or saved anew."),
                msg("The data attached to it are those of a paper that this station printed:"),
                _printed(same[0], names),
            ),
        )
    return PaperReport(
        False,
        (
            msg("The log of {station} knows no such paper.", station=profile.name_th),
            *_told(data),
        ),
    )


def _printed(paper: Paper, names: dict[str, str]) -> Message:
    return msg(
        "“{title}”, {pages} pages, went out on {at} by {who}; entry {entry}.",
        title=paper.title,
        pages=paper.pages,
        at=date_time(paper.at, Language.THAI),
        who=names.get(paper.actor, paper.actor),
        entry=paper.entry_id,
    )


def _told(data: bytes | None) -> tuple[Message, ...]:
    """What the attached data say of themselves."""
    if data is None:
        return (msg("No data are attached to it."),)
    said = _json(data)
    station = said.get("station")
    if not isinstance(station, dict):
        return (msg("The data attached to it cannot be read."),)
    return (
        msg(
            "It says of itself: “{title}” of {station}, when the log stood at {entry}.",
            title=str(said.get("title", ""))[:200],
            station=str(station.get("name", ""))[:200],
            entry=f"{station.get('log_origin', '')}:{station.get('log_seq', '')}"[:100],
        ),
    )


def _json(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _attached(pdf: bytes) -> bytes | None:
    with Pages(pdf) as pages:
        return pages.attachment(DATA_NAME)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise KnownError(
                msg("{file} is too large to be a paper of this program.", file=path.name),
                safe=msg("Nothing was changed."),
            )
        return path.read_bytes()
    except OSError as error:
        raise reading_trouble(error, path) from error


def _keeps_papers(db: Connection) -> bool:
    """A station that was last opened by an older version has printed none."""
    found = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'papers'")
    return found.fetchone() is not None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
