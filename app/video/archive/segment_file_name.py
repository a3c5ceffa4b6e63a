"""Where a segment's file lies in its recording folder, and what a path found there tells.

Names hold the camera's id and times, never what people typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.cameras.camera import StreamKind

SUFFIX = ".mp4"
_NAME = "%Y%m%dT%H%M%S"
_CAMERA = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class FoundSegment:
    """A file that by its place is a segment."""

    path: Path
    camera_id: str
    stream: StreamKind
    begins: datetime


def segment_path(folder: Path, camera_id: str, stream: StreamKind, begins: datetime) -> Path:
    """`2026-11-22/C01/main/20261122T034600.123Z.mp4` in `folder`; all in UTC."""
    begins = begins.astimezone(UTC)
    name = f"{begins:{_NAME}}.{begins.microsecond // 1000:03d}Z{SUFFIX}"
    return folder / f"{begins:%Y-%m-%d}" / camera_id / stream.value / name


def found_segment(path: Path) -> FoundSegment | None:
    """What the path of a file says about it; None if this is no segment's place."""
    kind, camera_id = path.parent.name, path.parent.parent.name
    begins = _begins(path.name)
    if begins is None or kind not in set(StreamKind) or not _CAMERA.fullmatch(camera_id):
        return None
    return FoundSegment(path, camera_id, StreamKind(kind), begins)


def _begins(name: str) -> datetime | None:
    match = re.fullmatch(rf"(\d{{8}}T\d{{6}})\.(\d{{3}})Z\{SUFFIX}", name)
    if match is None:
        return None
    try:
        second = datetime.strptime(match[1], _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return second.replace(microsecond=int(match[2]) * 1000)
