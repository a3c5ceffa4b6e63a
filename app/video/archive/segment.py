"""What is recorded, as values: segments of a stream, spans, gaps with their cause. Knows no file.

docs/recording.md says what each of them means. Times are aware UTC, by this computer's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from app.cameras.camera import StreamKind
from app.video.picture import Size


@dataclass(frozen=True, slots=True)
class Span:
    """From `begins` to before `ends`."""

    begins: datetime
    ends: datetime

    @property
    def duration_s(self) -> float:
        return (self.ends - self.begins).total_seconds()

    def overlaps(self, other: Span) -> bool:
        """Whether they have an instant in common."""
        return self.begins < other.ends and other.begins < self.ends

    def holds(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a recording: begins with a keyframe, lasts about a minute.

    A frame's time is `begins` plus its presentation time minus that of the first frame.
    """

    id: int
    """Of the recorder's index; ids go up in the order in which segments were begun, also when the
    clock was set back meanwhile."""
    camera_id: str
    stream: StreamKind
    path: Path
    begins: datetime
    """When its first frame had arrived."""
    duration_ms: int
    """So far, while it grows; what is in it can be read to about a second behind live."""
    size_bytes: int
    codec: str
    """H264 or HEVC."""
    size: Size
    is_growing: bool = False
    clock_ahead_ms: int | None = None
    """The camera's own clock minus this computer's when the segment began; None if not known."""
    sha256: str = ""
    """Of the whole file as the recorder wrote it; empty while it grows, or if it was cut short."""

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(milliseconds=self.duration_ms)

    @property
    def span(self) -> Span:
        return Span(self.begins, self.ends)


class GapCause(StrEnum):
    """Why nothing was recorded. The first that holds, from the camera inwards."""

    CAMERA = "camera"  # it answers and sends nothing, or nothing that can be recorded; password
    NETWORK = "network"  # it cannot be reached
    DISK = "disk"  # full, gone, or it failed; also a file that vanished behind our back
    SOFTWARE = "software"  # the recorder was not running, and nobody had stopped it
    STOPPED = "stopped"  # somebody stopped it, or recording of this camera


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a stream was to be recorded and was not. `ends` is None while it lasts."""

    camera_id: str
    stream: StreamKind
    begins: datetime
    ends: datetime | None
    cause: GapCause
    detail: str = ""
    """Who stopped it (an actor's id), or the recorder's reason in a word; may be empty."""
