"""F5 in Review: the picture of the selected tile, whole, into the incident or to the clipboard."""

from __future__ import annotations

import functools
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.errors import KnownError, msg
from app.ui.footage_desk import FootageDesk
from app.ui.wall.still_keeper import StillKeeper, StillKeeping
from app.ui.wall.still_picture import Shot, shoot
from app.video.health import CameraState, Health
from app.video.playback.shown import Shown


class StillSteps(QObject):
    """Takes the exact frame that is shown, as it was recorded, from the main stream."""

    told = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(self, parent: QObject, desk: FootageDesk, keeping: StillKeeping) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keeping = keeping
        self._keeper = StillKeeper(self, desk.desk, keeping)
        self._keeper.told.connect(self.told)
        self._keeper.failed.connect(self.failed)

    def take(self, shown: object, incident_id: str) -> None:
        """`shown` is what the tile shows; anything but a picture is refused in words."""
        if not isinstance(shown, Shown):
            self.failed.emit(
                KnownError(
                    msg("There is no picture on the selected tile."),
                    safe=msg("Nothing was recorded."),
                    do=msg("Choose a tile that shows a picture, then press F5."),
                )
            )
            return
        work = functools.partial(self._desk.whole_picture, shown.camera_id, shown.at)
        done = functools.partial(self._on_picture, incident_id)
        self._keeping.background.run(work, done, self.failed.emit)

    def _on_picture(self, incident_id: str, shown: Shown) -> None:
        self._keeper.keep(shot_of(shown, self._desk.desk.now()), incident_id)


def shot_of(shown: Shown, now: datetime) -> Shot:
    """Recorded, so it is as old as its time says."""
    ahead = None if shown.clock_ahead_ms is None else shown.clock_ahead_ms / 1000
    health = Health(shown.camera_id, CameraState.OFF, clock_ahead_s=ahead)
    return shoot(shown.picture, health, (now - shown.at).total_seconds())
