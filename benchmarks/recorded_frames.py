"""Which of the cameras' frames lie in recorded files: found by their bytes alone.

A file is opened by FFmpeg (PyAV); nothing of the program is used, nor what it says of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av

from benchmarks.wall_cameras import Sent

_TAIL_BYTES = 48
"""The end of a coded picture: the same in the clip and in every recording of it."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip's pictures by the ends of their bytes."""

    by_tail: dict[bytes, int]
    pictures: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a file holds: the number in the clip of every picture that is whole, in order."""

    in_clip: tuple[int, ...]


def read_clip(path: Path) -> Clip:
    """The clip that a camera plays over and over."""
    tails = _tails(path)
    by_tail = {tail: number for number, tail in enumerate(tails)}
    if len(by_tail) != len(tails):
        raise ValueError("two pictures of the clip end alike")
    return Clip(by_tail, len(tails))


def recorded_in(path: Path, clip: Clip) -> Recorded:
    """What of the clip lies in a file; nothing if it cannot be opened."""
    try:
        tails = _tails(path)
    except (av.error.FFmpegError, OSError, IndexError):
        return Recorded(())
    return Recorded(tuple(clip.by_tail[tail] for tail in tails if tail in clip.by_tail))


def files_of(recordings: Path, camera_id: str) -> list[Path]:
    """A camera's files, in the order of their names, which is that of their time."""
    return sorted(recordings.glob(f"*/{camera_id}/main/*.mp4"))


def newest_sent_s(recorded: Recorded, clip: Clip, sent: Sent, before_s: float) -> float | None:
    """When the last picture of a file was sent, which was recorded before then; None: there is no
    such picture."""
    if not recorded.in_clip:
        return None
    number = sent.whole_number(recorded.in_clip[-1], clip.pictures, before_s)
    return None if number is None else sent.sent_s(number)


def oldest_sent_s(recorded: Recorded, clip: Clip, sent: Sent, before_s: float) -> float | None:
    """When the first picture of a file was sent."""
    if not recorded.in_clip:
        return None
    number = sent.whole_number(recorded.in_clip[-1], clip.pictures, before_s)
    return None if number is None else sent.sent_s(number - len(recorded.in_clip) + 1)


def holes(recordeds: Sequence[Recorded], clip: Clip) -> int:
    """How many pictures are missing, or doubled, inside of files and between them."""
    numbers = [number for each in recordeds for number in each.in_clip]
    return sum((after - before) % clip.pictures != 1 for before, after in pairwise(numbers))


def _tails(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        return [
            bytes(memoryview(packet)[-_TAIL_BYTES:])
            for packet in container.demux(video)
            if packet.size
        ]
