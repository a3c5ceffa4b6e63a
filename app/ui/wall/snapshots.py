"""F5: a camera's picture into the selected incident, or to the clipboard. Paints nothing.

What is on the tile is taken at once: the moment is not lost. If the camera has a larger picture,
it is asked for and follows as a second one, with its own time.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.cameras.camera import Camera, StreamKind
from app.errors import KnownError, msg
from app.ui.desk import Desk
from app.ui.selection import Selection
from app.ui.wall.camera_tile import CameraTile
from app.ui.wall.still_keeper import StillKeeper, StillKeeping
from app.ui.wall.still_picture import Shot, shoot
from app.video.health import LOST_AFTER_S
from app.video.live import LivePictures
from app.video.picture import Picture

_LARGER_WITHIN_S = 2.0
_LOOK_EVERY_MS = 50


class Snapshots(QObject):
    """Takes still pictures, one after another."""

    told = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(
        self,
        parent: QObject,
        desk: Desk,
        selection: Selection,
        pictures: LivePictures,
        keeping: StillKeeping,
    ) -> None:
        super().__init__(parent)
        self._desk, self._selection = desk, selection
        self._pictures = pictures
        self._keeper = StillKeeper(self, desk, keeping)
        self._keeper.told.connect(self.told)
        self._keeper.failed.connect(self.failed)
        self._waiting: _Larger | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_look)

    def take(self, tile: CameraTile) -> None:
        """What the tile's camera showed last, however old: its age is told and recorded."""
        camera = tile.camera
        picture = self._pictures.newest(camera.id) if camera else None
        if camera is None or picture is None:
            self.failed.emit(no_tile() if camera is None else no_picture(camera))
            return
        self._stop_waiting()
        incident_id = self._selection.incident_id
        self._keeper.keep(self._shot(picture), incident_id)
        if self._may_be_larger(camera, picture):
            until_s = self._desk.clock.monotonic() + _LARGER_WITHIN_S
            width_px = picture.size.width_px
            self._waiting = _Larger(
                tile, camera.id, incident_id, width_px, picture.arrived_s, until_s
            )
            tile.ask_full(True)
            self._timer.start()

    def _may_be_larger(self, camera: Camera, picture: Picture) -> bool:
        """Whether the camera sends more than this, and sends at all."""
        now_s = self._desk.clock.monotonic()
        if now_s - picture.arrived_s > LOST_AFTER_S:
            return False
        stream = self._pictures.health(camera.id).stream
        is_sub = stream is StreamKind.SUB and bool(camera.sub_url)
        return is_sub or picture.size.width_px < picture.source_size.width_px

    def _shot(self, picture: Picture) -> Shot:
        health = self._pictures.health(picture.camera_id)
        return shoot(picture, health, self._desk.clock.monotonic())

    # The larger one

    def _on_look(self) -> None:
        waiting = self._waiting
        if waiting is None:
            self._timer.stop()
            return
        newest = self._pictures.newest(waiting.camera_id)
        if newest is not None and waiting.is_it(newest):
            self._stop_waiting()
            self._keeper.keep(self._shot(newest), waiting.incident_id)
        elif self._desk.clock.monotonic() > waiting.until_s:
            self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.tile.ask_full(False)
        self._waiting = None
        self._timer.stop()


@dataclass(frozen=True, slots=True)
class _Larger:
    """The larger picture that is waited for. Holds no picture: its decoder would wait for it."""

    tile: CameraTile
    camera_id: str
    incident_id: str
    taken_width_px: int
    taken_s: float
    until_s: float

    def is_it(self, picture: Picture) -> bool:
        return (
            picture.arrived_s > self.taken_s
            and picture.size.width_px > self.taken_width_px
            and picture.size.width_px >= min(picture.source_size.width_px, 3840)
        )


def no_picture(camera: Camera) -> KnownError:
    """For an act on a picture when there never was one."""
    return KnownError(
        msg("There is no picture of {camera} yet.", camera=camera.id),
        safe=msg("Nothing was recorded."),
        do=msg("Wait until the camera shows a picture, then try again."),
    )


def no_tile() -> KnownError:
    """For a key that needs a tile when none is chosen."""
    return KnownError(
        msg("No camera tile is chosen."), do=msg("Click a tile, or point at it, and try again.")
    )
