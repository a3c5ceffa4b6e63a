"""Asks cameras, recorder, disk and clock how they are now, for the handover. In the Qt thread."""

from __future__ import annotations

from pathlib import Path

from app.cameras.ground import Ground
from app.clock import Clock
from app.station import Disk
from app.station.platform.clock_sync import clock_synchronised
from app.ui.handover.faults import CameraSeen, Surroundings
from app.ui.recording_words import Watch, recording_words
from app.video.live import LivePictures


class SurroundingsNow:
    """`log_whole` is set by whoever checked the log."""

    def __init__(
        self, clock: Clock, ground: Ground, pictures: LivePictures, recorder: Watch, root: Path
    ) -> None:
        self._clock, self._ground, self._pictures = clock, ground, pictures
        self._recorder, self._root = recorder, root
        self.log_whole: bool | None = None

    def __call__(self) -> Surroundings:
        now_s = self._clock.monotonic()
        return Surroundings(
            cameras=tuple(
                CameraSeen(camera.id, camera.name, self._pictures.health(camera.id), now_s)
                for camera in self._ground.cameras
            ),
            recording=recording_words(self._recorder),
            disk_used_pct=float(Disk().space(self._root).used_percent),
            log_whole=self.log_whole,
            clock_synchronised=clock_synchronised(),
        )
