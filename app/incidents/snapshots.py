"""Still pictures taken from a camera: what is recorded of one, and where it is kept.

Knows neither how a picture is made nor how it is encoded: it is handed the file's bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from app.clock import to_stored
from app.errors import KnownError, msg
from app.log import Actor, Entry, Log
from app.station import Disk


@dataclass(frozen=True, slots=True)
class Still:
    """One picture of a camera as a PNG file. Masks are burnt in; nothing was added or left out.

    `taken_at`: when it arrived here, aware. `source_…`: what the camera sent, before scaling.
    `age_s`: how old it was when it was asked for. `clock_ahead_s`: the camera's clock minus ours.
    """

    camera_id: str
    taken_at: datetime
    png: bytes
    width_px: int
    height_px: int
    source_width_px: int
    source_height_px: int
    age_s: float
    clock_ahead_s: float | None = None

    @property
    def sha256(self) -> str:
        """Of the file's bytes: anyone with sha256sum can check it."""
        return hashlib.sha256(self.png).hexdigest()

    @property
    def file_name(self) -> str:
        """Made of its hash, as printed papers are: no name, no words, never two for one."""
        return f"{self.sha256}.png"

    def record(self) -> StillRecord:
        """What the log keeps of it."""
        return StillRecord(
            camera_id=self.camera_id,
            taken_at=to_stored(self.taken_at),
            sha256=self.sha256,
            size_bytes=len(self.png),
            width_px=self.width_px,
            height_px=self.height_px,
            source_width_px=self.source_width_px,
            source_height_px=self.source_height_px,
            age_s=round(self.age_s, 3),
            clock_ahead_s=None if self.clock_ahead_s is None else round(self.clock_ahead_s, 3),
        )


@dataclass(frozen=True, slots=True)
class StillRecord:
    """What is written down of a still picture, wherever it went."""

    camera_id: str
    taken_at: str
    sha256: str
    size_bytes: int
    width_px: int
    height_px: int
    source_width_px: int
    source_height_px: int
    age_s: float
    clock_ahead_s: float | None


@dataclass(frozen=True, slots=True)
class SnapshotTaken:
    """A still picture was attached to an incident; its file lies in the station's evidence."""

    kind: ClassVar[str] = "snapshot_taken"
    incident_id: str
    still: StillRecord
    file_name: str

    @property
    def subject(self) -> str:
        return self.incident_id

    def body(self) -> Mapping[str, Any]:
        return {**asdict(self.still), "file_name": self.file_name}


@dataclass(frozen=True, slots=True)
class SnapshotCopied:
    """A still picture went to the clipboard, and so out of the station's keeping."""

    kind: ClassVar[str] = "snapshot_copied"
    still: StillRecord

    @property
    def subject(self) -> str:
        return self.still.camera_id

    def body(self) -> Mapping[str, Any]:
        return asdict(self.still)


def keep_still(folder: Path, still: Still, disk: Disk) -> Path:
    """Write it into the station's evidence; on the disk when this returns. Raises KnownError."""
    if not folder.is_dir():
        raise KnownError(
            msg("The station's folder for evidence, {path}, is gone.", path=str(folder)),
            safe=msg("The picture was not stored; everything in the log is safe."),
            do=msg("Put the folder back, then take the picture again."),
        )
    path = folder / still.file_name
    disk.write(path, still.png)
    return path


def attach_still(
    log: Log, incident_id: str, still: Still, *, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Record that a kept picture belongs to an incident."""
    fact = SnapshotTaken(incident_id, still.record(), still.file_name)
    return log.append(fact, actor=actor)


def record_copy(log: Log, still: Still, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Record that a picture is about to leave the station's keeping."""
    return log.append(SnapshotCopied(still.record()), actor=actor)
