"""The folders that hold recordings: which are there, and into which the next segment goes.

Each holds `folder.json` with an id of its own, so that an empty mount point is never taken for the
disk that should be there. Knows no segment.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError
from app.station import Disk

FOLDER_FILE = "folder.json"
LEAST_RESERVE_BYTES = 256_000_000
"""Never recorded into: the station's log must be able to go on."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordingFolder:
    """A recording folder that is there. `stored_path` is "" for the station's own."""

    uid: str
    root: Path
    stored_path: str


class RecordingFolders:
    """Looked at once a second by the recorder's own thread; the others ask for the outcome."""

    def __init__(
        self, disk: Disk, own: Path, station_id: str, *, reserve_bytes: int = LEAST_RESERVE_BYTES
    ) -> None:
        """`own` is the station's own recording folder, which holds the index."""
        self._disk = disk
        self._own = own
        self._station_id = station_id
        self._guard = threading.Lock()
        self._listed: tuple[Path, ...] = (own,)
        self._there: tuple[RecordingFolder, ...] = ()
        self._free: dict[str, int] = {}
        self._full: frozenset[str] = frozenset()
        self.reserve_bytes = reserve_bytes

    def use(self, listed: Sequence[Path]) -> None:
        """Which folders the station has chosen; none: its own."""
        with self._guard:
            self._listed = tuple(listed) or (self._own,)

    def look(self, known: Mapping[str, str]) -> tuple[RecordingFolder, ...]:
        """Find out which are there. `known` says by id where each was last, as the index has it."""
        there = [
            folder
            for path in dict.fromkeys(self._listed)
            if (folder := self._claimed(path, known)) is not None
        ]
        free = {folder.uid: self._free_bytes(folder) for folder in there}
        with self._guard:
            self._there = tuple(there)
            self._free = free
            self._full &= frozenset(uid for uid, space in free.items() if not self._has_room(space))
        return self._there

    @property
    def there(self) -> tuple[RecordingFolder, ...]:
        """Those found by the last look."""
        return self._there

    def is_there(self, folder: RecordingFolder) -> bool:
        """Whether a folder was there at the last look."""
        return folder in self._there

    def short_of_space(self) -> tuple[RecordingFolder, ...]:
        """Those whose disk has less free space than the reserve."""
        with self._guard:
            return tuple(
                each for each in self._there if self._free.get(each.uid, 0) < self.reserve_bytes
            )

    def free_bytes(self, folder: RecordingFolder) -> int:
        """At the last look."""
        return self._free.get(folder.uid, 0)

    def set_full(self, folder: RecordingFolder) -> None:
        """Nothing in it may be deleted any more: not to be written to until it has room again."""
        with self._guard:
            self._full |= {folder.uid}

    def choose(self) -> RecordingFolder | None:
        """Where the next segment goes: the folder with the most room; None if none may be used."""
        with self._guard:
            usable = [each for each in self._there if each.uid not in self._full]
            return max(usable, key=lambda each: self._free.get(each.uid, 0), default=None)

    @property
    def why_none(self) -> str:
        """Why none may be used: `full`, or `gone`."""
        return "full" if self._there else "gone"

    def _has_room(self, free_bytes: int) -> bool:
        return free_bytes >= self.reserve_bytes + self.reserve_bytes // 10  # no see-saw

    def _free_bytes(self, folder: RecordingFolder) -> int:
        try:
            return self._disk.space(folder.root).free_bytes
        except KnownError:
            return 0

    def _claimed(self, path: Path, known: Mapping[str, str]) -> RecordingFolder | None:
        """The folder at a path, if it is the one it should be, or may be founded there."""
        stored = "" if path == self._own else str(path)
        if self._disk.network_kind(path) is not None:
            return None  # what is synced there may not be on a disk
        uid = self._uid_at(path)
        if uid is None:
            lay_here = [uid for uid, where in known.items() if where == stored]
            if lay_here and stored:
                return None  # the disk that lay here is away
            uid = self._founded(path, lay_here[0] if lay_here else secrets.token_hex(8))
        return None if uid is None else RecordingFolder(uid, path, stored)

    def _uid_at(self, path: Path) -> str | None:
        """The id in `folder.json`; None if there is no such file that can be read."""
        try:
            said = json.loads((path / FOLDER_FILE).read_text("utf-8"))
            if said["station"] != self._station_id:
                return None
            uid: str = said["id"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return uid if isinstance(uid, str) and 0 < len(uid) <= 64 else None

    def _founded(self, path: Path, uid: str) -> str | None:
        """Make a recording folder of an empty or new one; None where that cannot be."""
        try:
            if (path / FOLDER_FILE).exists() or not path.parent.is_dir():
                return None  # another station's, unreadable, or on a disk that is not there
            self._disk.make_folders(path)
            said = {"format": 1, "id": uid, "station": self._station_id}
            self._disk.write(path / FOLDER_FILE, json.dumps(said).encode())
        except (KnownError, OSError) as error:
            _logger.warning("a recording folder cannot be used: %s", error)
            return None
        return uid
