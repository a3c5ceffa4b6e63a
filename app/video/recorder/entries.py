"""What the recorder writes into its chain of entries (docs/schema.md). Knows no index, no file.

What a person should know of recordings: minutes of video are rows of the index instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.cameras.camera import StreamKind
from app.clock import to_stored
from app.video.archive.segment import Span

RECORDINGS = "recordings"
"""The subject of what is about all recordings, not one camera's."""


@dataclass(frozen=True, slots=True)
class RecorderStarted:
    """A recorder began to work on the station."""

    kind: ClassVar[str] = "recorder_started"
    program: str
    cameras: int
    index_anew: bool = False
    """The index was damaged, or older than what the station's log knows of it."""

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {"program": self.program, "cameras": self.cameras, "index_anew": self.index_anew}


@dataclass(frozen=True, slots=True)
class RecorderStopped:
    """It ended in order. A start without a stop before it was a power cut or a crash."""

    kind: ClassVar[str] = "recorder_stopped"
    by: str
    """Id of the actor who asked; empty: the system."""
    why: str = ""
    stragglers: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {"by": self.by, "why": self.why, "stragglers": list(self.stragglers)}


@dataclass(frozen=True, slots=True)
class RecordingInterrupted:
    """Nothing can be recorded any more, of any camera: somebody must act. `why`: `full` (only
    locked footage is left), `gone` (no recording folder is there), `failed`."""

    kind: ClassVar[str] = "recording_interrupted"
    why: str

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {"why": self.why}


@dataclass(frozen=True, slots=True)
class RecordingResumed:
    """It can again."""

    kind: ClassVar[str] = "recording_resumed"

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class RecordingDiskLow:
    """A recording disk has passed 80, 90 or 95 %. `days_left` at the present speed; None if that
    is not known yet."""

    kind: ClassVar[str] = "recording_disk_low"
    folder: str
    used_percent: int
    days_left: float | None

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {
            "folder": self.folder,
            "used_percent": self.used_percent,
            "days_left": self.days_left,
        }


@dataclass(frozen=True, slots=True)
class SomeFootage:
    """Segments of a camera, both streams: from the first's begin to the last's end."""

    camera_id: str
    span: Span
    segments: int
    size_bytes: int

    @property
    def subject(self) -> str:
        return self.camera_id

    def body(self) -> Mapping[str, Any]:
        return {
            "begins": to_stored(self.span.begins),
            "ends": to_stored(self.span.ends),
            "segments": self.segments,
            "size_bytes": self.size_bytes,
        }


@dataclass(frozen=True, slots=True)
class FootageDeleted:
    """Footage was deleted by rule: `why` is `age`, `size` (all of it too large) or `space`."""

    kind: ClassVar[str] = "footage_deleted"
    footage: SomeFootage
    why: str

    @property
    def subject(self) -> str:
        return self.footage.camera_id

    def body(self) -> Mapping[str, Any]:
        return {**self.footage.body(), "why": self.why}


@dataclass(frozen=True, slots=True)
class FootageMissing:
    """Footage that the index knew is not on the disk as it was: `what` is `gone`, `shorter` (the
    rest plays) or `damaged` (nothing plays; the file was set aside)."""

    kind: ClassVar[str] = "footage_missing"
    footage: SomeFootage
    what: str

    @property
    def subject(self) -> str:
        return self.footage.camera_id

    def body(self) -> Mapping[str, Any]:
        return {**self.footage.body(), "what": self.what}


@dataclass(frozen=True, slots=True)
class FootageFound:
    """Footage on the disk that the index did not know was put into it."""

    kind: ClassVar[str] = "footage_found"
    footage: SomeFootage

    @property
    def subject(self) -> str:
        return self.footage.camera_id

    def body(self) -> Mapping[str, Any]:
        return self.footage.body()


@dataclass(frozen=True, slots=True)
class SealedStream:
    """The segments of a stream finished since the last seal, those of them that have a hash.

    `sha256` is over their own hashes as 64 hexadecimal digits each, in the order of their ids.
    """

    camera_id: str
    stream: StreamKind
    first_id: int
    last_id: int
    segments: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordingsSealed:
    """What was recorded, said in the chain: whoever changes a file and its row shows."""

    kind: ClassVar[str] = "recordings_sealed"
    streams: tuple[SealedStream, ...]

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {
            "streams": [
                {
                    "camera_id": one.camera_id,
                    "stream": one.stream.value,
                    "first_id": one.first_id,
                    "last_id": one.last_id,
                    "segments": one.segments,
                    "sha256": one.sha256,
                }
                for one in self.streams
            ]
        }


@dataclass(frozen=True, slots=True)
class ClockStepped:
    """The wall clock was set while the recorder ran: where it stood, and where it was put."""

    kind: ClassVar[str] = "clock_stepped"
    expected: datetime
    found: datetime

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {
            "expected": to_stored(self.expected),
            "found": to_stored(self.found),
            "step_s": round((self.found - self.expected).total_seconds(), 3),
        }


@dataclass(frozen=True, slots=True)
class RecordingStopRequested:
    """An officer asked the recorder to stop: written by the console, not by the recorder."""

    kind: ClassVar[str] = "recording_stop_requested"
    why: str

    @property
    def subject(self) -> str:
        return RECORDINGS

    def body(self) -> Mapping[str, Any]:
        return {"why": self.why}
