"""What the recorder's parts are handed: clock, disk, index, folders, limits. Makes none of them."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.clock import Clock
from app.station import Disk
from app.video.archive.index import RecordingIndex
from app.video.preflight import examine
from app.video.recorder.camera_stream import Examine
from app.video.recorder.recording_folders import RecordingFolders


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things take; shorter in tests."""

    segment_s: float = 60.0
    beat_s: float = 1.0
    """How often growing segments are told, the disks looked at and the note written."""
    look_s: float = 0.5
    """How often the station's log is asked for locks and cameras."""
    seal_s: float = 3600.0
    age_round_s: float = 3600.0
    """How often footage is deleted by age: within an hour of its time."""
    reserve_bytes: int = 0
    """Free space left on each disk, in place of the station's setting."""
    join_s: float = 8.0
    """How long a stop waits for the threads: a camera that hangs holds one for its time-out."""


class BeingMade:
    """Files that are on the disk and not yet in the index, because they are just being made."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._paths: set[Path] = set()

    @contextmanager
    def making(self, path: Path) -> Iterator[None]:
        """Until the block ends, `path` is no unknown file."""
        with self._guard:
            self._paths.add(path)
        try:
            yield
        finally:
            with self._guard:
                self._paths.discard(path)

    def now(self) -> frozenset[Path]:
        """All of them."""
        with self._guard:
            return frozenset(self._paths)


class ClockEpoch:
    """Counts the steps of the wall clock: a segment does not go on over one."""

    def __init__(self) -> None:
        self.number = 0


@dataclass(frozen=True, slots=True)
class RecorderSurroundings:
    """One for a recorder. Any thread may use what is in it."""

    clock: Clock
    disk: Disk
    index: RecordingIndex
    folders: RecordingFolders
    limits: Limits = Limits()
    examine: Examine = examine
    random: random.Random = field(default_factory=random.Random)
    epoch: ClockEpoch = field(default_factory=ClockEpoch)
    being_made: BeingMade = field(default_factory=BeingMade)
