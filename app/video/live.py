"""What the camera wall asks of live video. Knows no threads, no processes, no decoder.

Behind `LivePictures` stand threads of this process (`app.video.threaded`) or worker processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.cameras.address import CameraAddress
from app.video.health import Health
from app.video.picture import Picture

StateListener = Callable[[str, Health], None]
"""Told (camera id, health) when a camera's state changes; on a thread of the video room."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One camera as the wall opens it: its id, and the address with its credentials."""

    camera_id: str
    address: CameraAddress


class LivePictures(Protocol):
    """The newest picture of every camera. No call waits for a camera; `stop` alone may."""

    def start(self) -> None:
        """Begin to serve. Cameras may be set before or after."""
        ...

    def stop(self, deadline_s: float = 3.5) -> tuple[str, ...]:
        """Close everything; back within `deadline_s`. Ids of cameras that would not let go."""
        ...

    def set_cameras(self, streams: Sequence[Stream]) -> None:
        """The cameras there are from now on. Those unchanged go on undisturbed."""
        ...

    def show(self, sizes: Mapping[str, tuple[int, int]]) -> None:
        """Which cameras are seen, each with its tile's (width, height) in device pixels.

        Cameras not named are hidden: they decode nothing; now and then they are asked to answer.
        """
        ...

    def newest(self, camera_id: str) -> Picture | None:
        """The newest picture, however old: ask its age before showing it. None if none came."""
        ...

    def health(self, camera_id: str) -> Health:
        """How the camera is now. An unknown id is OFF."""
        ...

    def retry(self, camera_id: str) -> None:
        """Try now, not when the back-off ends."""
        ...
