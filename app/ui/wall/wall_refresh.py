"""Brings each tile what is newest: pictures 30 times a second, words when they may be different.

Frames never travel by signal: one timer asks. Most of what a wall costs its console happens here
36 × 30 times a second, so a tile without a new picture costs one question and two comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from app.clock import Clock
from app.ui.wall.camera_tile import CameraTile
from app.video.health import LATE_AFTER_S, LOST_AFTER_S
from app.video.live import LivePictures

_PICTURES_MS = 33  # a camera of 30 pictures a second loses none
_WORDS_EVERY_S = 0.2
_JUST_AFTER_S = 0.001  # an age of exactly 3 s is not over 3 s yet


@dataclass(slots=True)
class _Followed:
    """A tile, what it was given last, and when its words are due."""

    tile: CameraTile
    camera_id: str
    seq: int = -1
    arrived_s: float = float("-inf")
    due_s: float = float("-inf")


class WallRefresh(QObject):
    """Follows the tiles it is given while it runs."""

    def __init__(self, pictures: LivePictures, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._clock = clock
        self._followed: list[_Followed] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_PICTURES_MS)
        self._timer.timeout.connect(self.refresh)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def follow(self, tiles: Iterable[CameraTile]) -> None:
        """These tiles from now on, with the cameras that they show; at once, if it runs."""
        self._followed = [_Followed(tile, tile.camera.id) for tile in tiles if tile.camera]
        if self._timer.isActive():
            self.refresh()

    def refresh(self) -> None:
        """Every tile once."""
        now_s = self._clock.monotonic()
        newest = self._pictures.newest
        for followed in self._followed:
            picture = newest(followed.camera_id)
            if picture is not None and picture.seq != followed.seq:
                followed.seq, followed.arrived_s = picture.seq, picture.arrived_s
                followed.tile.show_picture(picture)
                if followed.tile.words.mark != "dot":  # it may be well again
                    followed.due_s = now_s
            elif picture is None and followed.seq >= 0:  # taken away: the tile may not keep it
                followed.seq, followed.due_s = -1, now_s
            if now_s >= followed.due_s:
                self._tell(followed, now_s)

    def _tell(self, followed: _Followed, now_s: float) -> None:
        """Words now, and again soon: a fifth of a second, or when the picture turns late or lost.

        So a picture is called lost in the very round in which it becomes too old.
        """
        camera_id = followed.camera_id
        followed.tile.refresh(
            self._pictures.newest(camera_id), self._pictures.health(camera_id), now_s
        )
        moments = [now_s + _WORDS_EVERY_S]
        for age_s in (LATE_AFTER_S, LOST_AFTER_S):
            moment = followed.arrived_s + age_s + _JUST_AFTER_S
            if moment > now_s:
                moments.append(moment)
        followed.due_s = min(moments)
