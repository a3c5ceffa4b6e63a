"""F5: a camera's picture into the selected incident, or to the clipboard. Paints nothing.

What is on the tile is taken at once: the moment is not lost. If the camera has a larger picture,
it is asked for and follows as a second one, with its own time.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.cameras.camera import Camera, StreamKind
from app.errors import KnownError, msg
from app.incidents.snapshots import Still, keep_still
from app.log import Entry
from app.station import Disk
from app.thai.dates import age, date_time
from app.thai.translation import language, tr
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.selection import Selection
from app.ui.wall.camera_tile import CameraTile
from app.ui.wall.still_picture import Shot, copy_to_clipboard, shoot
from app.video.health import LOST_AFTER_S
from app.video.live import LivePictures
from app.video.picture import Picture

_LARGER_WITHIN_S = 2.0
_LOOK_EVERY_MS = 50


@dataclass(frozen=True, slots=True)
class StillKeeping:
    """What still pictures stand on: where they are kept, and who does the slow work."""

    background: Background
    disk: Disk
    folder: Path


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
        self._pictures, self._keeping = pictures, keeping
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
        self._keep(self._shot(picture), incident_id)
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
            self._keep(self._shot(newest), waiting.incident_id)
        elif self._desk.clock.monotonic() > waiting.until_s:
            self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.tile.ask_full(False)
        self._waiting = None
        self._timer.stop()

    # Keeping

    def _keep(self, shot: Shot, incident_id: str) -> None:
        background = self._keeping.background
        if incident_id:
            work = functools.partial(_encode_and_keep, shot, self._keeping)
            done = functools.partial(self._on_kept, incident_id)
            background.run(work, done, self.failed.emit)
        else:
            background.run(shot.encoded, self._on_encoded, self.failed.emit)

    def _on_kept(self, incident_id: str, still: Still) -> None:
        tell = functools.partial(self._on_attached, incident_id, still)
        self._desk.attach_still(incident_id, still, tell)

    def _on_attached(self, incident_id: str, still: Still, entries: tuple[Entry, ...]) -> None:
        incident = self._desk.incident(incident_id)
        number = incident.number if incident else incident_id
        words = tr(
            "Still picture of {camera} attached to {number}: {what}",
            camera=still.camera_id,
            number=number,
            what=_what_it_is(still),
        )
        self.told.emit(words)

    def _on_encoded(self, still: Still) -> None:
        """First the entry, then the clipboard: no picture leaves unrecorded."""
        self._desk.record_copy(still, functools.partial(self._on_recorded, still))

    def _on_recorded(self, still: Still, entries: tuple[Entry, ...]) -> None:
        copy_to_clipboard(still)
        words = tr(
            "Still picture of {camera} is on the clipboard: {what}\n"
            "No incident is selected, so it is not kept here; the log has its hash.",
            camera=still.camera_id,
            what=_what_it_is(still),
        )
        self.told.emit(words)


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


def _encode_and_keep(shot: Shot, keeping: StillKeeping) -> Still:
    """In a thread of the background."""
    still = shot.encoded()
    keep_still(keeping.folder, still, keeping.disk)
    return still


def _what_it_is(still: Still) -> str:
    """`22 พ.ย. 2569 10:46:31, 480×270`, and how old it was if it was not live."""
    words = f"{date_time(still.taken_at, language())}, {still.width_px}×{still.height_px}"
    if still.age_s > LOST_AFTER_S:
        old = tr("not live: the picture was {age} old", age=age(still.age_s, language()))
        words = f"{words}, {old}"
    return words


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
