"""What recorder and console leave for each other as small files beside the index.

`recorder.json`: how the recorder is, every second; for health only, nothing is decided by it.
`stop.json`: a request to stop, from whom and why. Both work on every system, without a socket.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.cameras.camera import StreamKind
from app.clock import from_stored, to_stored
from app.station import Disk
from app.video.archive.segment import GapCause
from app.video.recorder.stream_recording import StreamState

HEALTH_FILE = "recorder.json"
STOP_FILE = "stop.json"
STALE_AFTER_S = 5.0


@dataclass(frozen=True, slots=True)
class StreamHealth:
    """One stream: what it does, why it waits (`cause`, `detail`), and how much comes."""

    camera_id: str
    stream: StreamKind
    state: StreamState
    cause: GapCause | None
    detail: str
    bytes_per_s: float


@dataclass(frozen=True, slots=True)
class DiskHealth:
    """One recording folder's disk. `days_left` until it is full at the present speed; None while
    that is not known."""

    folder: str
    used_percent: int
    free_bytes: int
    days_left: float | None


@dataclass(frozen=True, slots=True)
class RecorderHealth:
    """How the recorder was at `written_at`. `interrupted`: why nothing at all can be recorded
    (`full`, `gone`), else empty."""

    pid: int
    started_at: datetime
    written_at: datetime
    streams: tuple[StreamHealth, ...] = ()
    disks: tuple[DiskHealth, ...] = ()
    total_bytes: int = 0
    bytes_per_s: float = 0.0
    interrupted: str = ""

    def is_fresh(self, now: datetime) -> bool:
        """Whether it tells of a recorder that is running: its clock and ours are the same."""
        return abs(now - self.written_at) <= timedelta(seconds=STALE_AFTER_S)

    @property
    def cameras(self) -> frozenset[str]:
        """The cameras that are to be recorded."""
        return frozenset(each.camera_id for each in self.streams)

    @property
    def recorded(self) -> frozenset[str]:
        """Those of which a stream is being recorded."""
        return frozenset(
            each.camera_id for each in self.streams if each.state is StreamState.RECORDING
        )

    def recording(self, camera_id: str) -> bool:
        """Whether any stream of a camera is being recorded."""
        return camera_id in self.recorded


@dataclass(frozen=True, slots=True)
class StopRequest:
    """Who wants the recorder to stop (an actor's id), and why."""

    by: str
    why: str


def write_health(recordings: Path, health: RecorderHealth, disk: Disk) -> None:
    """Whole for whoever reads it; a power cut may take it. Raises KnownError."""
    said = asdict(health)
    said["started_at"] = to_stored(health.started_at)
    said["written_at"] = to_stored(health.written_at)
    disk.write(recordings / HEALTH_FILE, json.dumps(said).encode(), lasting=False)


def read_health(recordings: Path) -> RecorderHealth | None:
    """The recorder's last word; None if there is none that can be read. Ask `is_fresh`."""
    said = _read(recordings / HEALTH_FILE)
    try:
        return None if said is None else _health(said)
    except (KeyError, TypeError, ValueError):
        return None


def ask_to_stop(recordings: Path, request: StopRequest, disk: Disk) -> None:
    """Leave the request; the recorder finds it within a second. Raises KnownError."""
    disk.write(recordings / STOP_FILE, json.dumps(asdict(request)).encode())


def stop_request(recordings: Path) -> StopRequest | None:
    """What was asked, if anything was."""
    said = _read(recordings / STOP_FILE)
    if said is None:
        return None
    return StopRequest(str(said.get("by", "")), str(said.get("why", "")))


def forget_stop_request(recordings: Path, disk: Disk) -> None:
    """It was heard, or is from before this recorder. Raises KnownError."""
    disk.remove(recordings / STOP_FILE)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _health(said: Mapping[str, Any]) -> RecorderHealth:
    streams = tuple(
        StreamHealth(
            str(one["camera_id"]),
            StreamKind(one["stream"]),
            StreamState(one["state"]),
            None if one["cause"] is None else GapCause(one["cause"]),
            str(one["detail"]),
            float(one["bytes_per_s"]),
        )
        for one in said["streams"]
    )
    return RecorderHealth(
        pid=int(said["pid"]),
        started_at=from_stored(said["started_at"]),
        written_at=from_stored(said["written_at"]),
        streams=streams,
        disks=tuple(DiskHealth(**one) for one in said["disks"]),
        total_bytes=int(said["total_bytes"]),
        bytes_per_s=float(said["bytes_per_s"]),
        interrupted=str(said["interrupted"]),
    )
