"""Asks cameras, recorder, log, disk and clock how they are, for the handover. In the Qt thread."""

from __future__ import annotations

from pathlib import Path

from app.cameras.ground import Ground
from app.clock import Clock
from app.platform.clock_sync import clock_synchronised
from app.station import Disk
from app.ui.handover.faults import CameraSeen, Surroundings
from app.ui.log_keeping import LogKeeping
from app.ui.recording_words import Watch, recording_words
from app.video.live import LivePictures


class SurroundingsNow:
    """Called, it answers; it keeps nothing."""

    def __init__(
        self,
        clock: Clock,
        ground: Ground,
        pictures: LivePictures,
        recorder: Watch,
        keeping: LogKeeping,
        root: Path,
    ) -> None:
        self._clock, self._ground, self._pictures = clock, ground, pictures
        self._recorder, self._keeping, self._root = recorder, keeping, root

    def __call__(self) -> Surroundings:
        now_s = self._clock.monotonic()
        log = self._keeping.state
        return Surroundings(
            cameras=tuple(
                CameraSeen(camera.id, camera.name, self._pictures.health(camera.id), now_s)
                for camera in self._ground.cameras
            ),
            recording=recording_words(self._recorder),
            disk_used_pct=float(Disk().space(self._root).used_percent),
            log_whole=log.whole,
            clock_synchronised=clock_synchronised(),
            log_trouble=log.backup_trouble or log.heads_away,
        )
