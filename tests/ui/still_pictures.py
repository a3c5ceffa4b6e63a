"""A camera wall's pictures made by hand: each camera is what the test says it is. No decoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from app.video.health import CameraState, Health
from app.video.live import Wanted, WatchedCamera
from app.video.picture import Picture, Size

SHOT_AT = datetime(2026, 11, 22, 3, 46, 30, tzinfo=UTC)
ORANGE_BGRA = (40, 140, 240, 255)


def picture(
    camera_id: str, seq: int = 1, arrived_s: float = 0.0, bgra: tuple[int, ...] = ORANGE_BGRA
) -> Picture:
    """One plain picture of 480 × 270."""
    pixels = np.empty((270, 480, 4), np.uint8)
    pixels[:] = bgra
    return Picture(camera_id, seq, pixels, arrived_s, SHOT_AT.timestamp(), Size(640, 360))


def live_health(camera_id: str, arrived_s: float = 0.0) -> Health:
    """A camera whose newest picture came at `arrived_s`."""
    return Health(
        camera_id, CameraState.LIVE, last_picture_s=arrived_s, last_picture_at=SHOT_AT, fps=12.0
    )


class StillPictures:
    """`LivePictures` of the test: remembers what it was asked to show."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Wanted]] = []
        self.streams: tuple[WatchedCamera, ...] = ()
        self.healths: dict[str, Health] = {}
        self.pictures: dict[str, Picture] = {}
        self.questions = 0
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self, deadline_s: float = 3.5) -> tuple[str, ...]:
        self.running = False
        return ()

    def set_cameras(self, streams: Sequence[WatchedCamera]) -> None:
        self.streams = tuple(streams)

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        self.shown.append(dict(wanted))

    def newest(self, camera_id: str) -> Picture | None:
        self.questions += 1
        return self.pictures.get(camera_id)

    def health(self, camera_id: str) -> Health:
        return self.healths.get(camera_id, Health(camera_id))

    def retry(self, camera_id: str) -> None:
        """Nothing to try."""

    def make_live(self, camera_id: str, arrived_s: float, **changes: object) -> None:
        """The camera has a picture that came then."""
        seq = self.pictures[camera_id].seq + 1 if camera_id in self.pictures else 1
        self.pictures[camera_id] = picture(camera_id, seq, arrived_s)
        self.healths[camera_id] = replace(live_health(camera_id, arrived_s), **changes)  # type: ignore[arg-type]
