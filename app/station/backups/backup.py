"""What a backup is: a folder with a note that says what is in it. Knows no database."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import from_stored, to_stored
from app.errors import KnownError, Message, msg
from app.log import Head
from app.station.disk import reading_trouble

DATABASE, NOTE = "station.db", "backup.json"
FORMAT = 1
_MOST_NOTE_BYTES = 1_000_000
_PIECE_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as its note tells. `entries` is how many the log had, `newest_at` when the last
    of them was recorded, `erased_seq` the newest erasure it knows of (0: none)."""

    folder: Path
    station_id: str
    made_at: datetime
    entries: int
    newest_at: str
    erased_seq: int
    heads: tuple[Head, ...]
    size_bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """`mukdahan-20261122T190000Z`."""
        return self.folder.name

    @property
    def database(self) -> Path:
        """The log in it."""
        return self.folder / DATABASE

    def note(self, program: str) -> bytes:
        """What is written beside the log: for the program, and for a person with a text editor."""
        said = {
            "format": FORMAT,
            "station": self.station_id,
            "made_at": to_stored(self.made_at),
            "program": program,
            "entries": self.entries,
            "newest_at": self.newest_at,
            "erased_seq": self.erased_seq,
            "heads": [[head.origin, head.n, head.hash] for head in self.heads],
            "size_bytes": self.size_bytes,
            "sha256": self.sha256,
        }
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def name_of(station_id: str, at: datetime) -> str:
    """The folder's name: sorts as time does."""
    return f"{station_id}-{at:%Y%m%dT%H%M%SZ}"


def read_backup(folder: Path) -> Backup:
    """The backup that a folder holds. Raises KnownError: it holds none that can be read."""
    try:
        note = folder / NOTE
        if note.stat().st_size > _MOST_NOTE_BYTES:
            raise ValueError("a note of this size is none of ours")
        return _of_note(folder, json.loads(note.read_text("utf-8")))
    except OSError as error:
        raise reading_trouble(error, folder / NOTE) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KnownError(
            msg("{path} holds no backup that this program can read.", path=str(folder)),
            safe=msg("Nothing was changed."),
            do=msg("Choose the folder of a backup; it holds a file {file}.", file=NOTE),
        ) from error


def _of_note(folder: Path, note: Mapping[str, Any]) -> Backup:
    if note["format"] != FORMAT:
        raise ValueError("another format")
    if note["newest_at"]:
        from_stored(str(note["newest_at"]))  # ValueError: it is shown to people
    return Backup(
        folder,
        str(note["station"]),
        from_stored(str(note["made_at"])),
        int(note["entries"]),
        str(note["newest_at"]),
        int(note["erased_seq"]),
        tuple(Head(str(origin), int(n), str(digest)) for origin, n, digest in note["heads"]),
        int(note["size_bytes"]),
        str(note["sha256"]),
    )


def backups_in(folder: Path, station_id: str) -> list[Backup]:
    """The station's backups in a folder, the newest first; what is no backup, or of another station
    under a name of this one's, is passed over."""
    wanted = re.compile(rf"{re.escape(station_id)}-\d{{8}}T\d{{6}}Z")
    try:
        names = sorted(path.name for path in folder.iterdir() if wanted.fullmatch(path.name))
    except OSError:  # not there yet, or its disk is away
        return []
    found = []
    for name in reversed(names):
        try:
            backup = read_backup(folder / name)
        except KnownError:
            continue
        if backup.station_id == station_id:
            found.append(backup)
    return found


def best_first(backups: Iterable[Backup]) -> list[Backup]:
    """In the order in which a log is best put back from them: the newest first, but what says all
    that another one says, and more, stands before that one: its date is that of a wrong clock."""
    left = sorted(backups, key=lambda one: one.made_at, reverse=True)
    ordered: list[Backup] = []
    while left:
        best = left[0]
        for other in left:
            if _says_more(other, best):
                best = other
        left.remove(best)
        ordered.append(best)
    return ordered


def _says_more(one: Backup, other: Backup) -> bool:
    """Whether every chain is as long in it as in the other, and one is longer or not there."""
    mine, others = ({head.origin: head.n for head in backup.heads} for backup in (one, other))
    return mine != others and all(
        origin in mine and mine[origin] >= n for origin, n in others.items()
    )


def sha256_of(path: Path, going_on: Callable[[], None] = lambda: None) -> str:
    """Of a file, piece by piece; `going_on` is called between and may raise. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
            going_on()
    return digest.hexdigest()


class DamagedBackupError(KnownError):
    """A backup that cannot be put back; an older one may be."""


def damaged_backup(backup: Backup, why: Message) -> DamagedBackupError:
    """The sentence for one that cannot be put back."""
    return DamagedBackupError(
        msg("The backup {name} is damaged: {why}", name=backup.name, why=why),
        safe=msg("Nothing was changed."),
        do=msg("Choose an older backup."),
    )
