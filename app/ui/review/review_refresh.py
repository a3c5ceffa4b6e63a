"""The clockwork of the Review place: frames sixty times a second, the index every two seconds.

Frames never travel by signal: one timer asks, and it is asked at once when the playback says that
what was sought is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.thai.translation import tr
from app.ui.review.screening import Screening
from app.ui.review.transport_bar import speed_words
from app.video.playback.shown import Shown

if TYPE_CHECKING:
    from app.ui.review.review_place import ReviewPlace

_FRAMES_MS = 33  # while it stands
_RUNNING_MS = 16  # a picture of 25 a second would be seen up to two frames late, were it 33
_WORDS_MS = 500
_INDEX_MS = 2000


class ReviewRefresh(QObject):
    """Runs while the place is seen."""

    def __init__(self, place: ReviewPlace, screening: Screening) -> None:
        super().__init__(place)
        self._place = place
        self._screening = screening
        self._made_way = False
        self._timers = []
        for every_ms, act in (
            (_FRAMES_MS, self.frames), (_WORDS_MS, self.words), (_INDEX_MS, place.places.read),
        ):  # fmt: skip
            timer = QTimer(self)
            timer.setInterval(every_ms)
            timer.timeout.connect(act)
            self._timers.append(timer)
        screening.news.connect(self._look_now)

    def start(self) -> None:
        for timer in self._timers:
            timer.start()
        self._made_way = True  # nothing stands there yet: all of it at once
        self.frames()
        self.words()

    def stop(self) -> None:
        """What stands on the tiles was watched, however shortly."""
        if self._timers[0].isActive():
            self._note_watched()
        for timer in self._timers:
            timer.stop()

    def _look_now(self) -> None:
        """The picture is shown when it is there, not up to a thirtieth of a second after. A step
        inside a group of pictures takes 2 ms."""
        if self._timers[0].isActive():
            self._place.grid.show_at_once()

    def frames(self) -> None:
        """Every tile once, the playhead, the small picture. What was sought just now is painted
        first: one time of two, so that the playhead keeps up with a key that is held."""
        place = self._place
        self._made_way = place.transport.is_just_asked and not self._made_way
        if self._made_way:
            return
        place.transport.tick()
        every_ms = _RUNNING_MS if place.transport.runs else _FRAMES_MS
        if self._timers[0].interval() != every_ms:
            self._timers[0].setInterval(every_ms)
        place.grid.refresh(self._running(), place.transport.at)
        if place.thumbnail.isVisible():
            place.thumbnail.show_peek(self._screening.peeks.newest())

    def _running(self) -> str:
        """`▷ 1× · เฟรม 14,312`: how it runs, and which frame the selected tile shows, if that can
        be read."""
        place = self._place
        transport = place.transport
        words = speed_words(transport.speed) if transport.runs else tr("paused")
        if transport.is_live:
            words = tr("live")
        tile = place.grid.tile_of(place.grid.selected)
        shown = tile.shown if tile else None
        if not isinstance(shown, Shown):
            return words
        if not shown.is_exact:
            return " · ".join((words, tr("keyframe")))
        if shown.frame_number is None or (transport.runs and abs(transport.speed) > 1):
            return words  # nobody reads a number that is another one sixty times a second
        return " · ".join((words, tr("frame {number:,}", number=shown.frame_number)))

    def words(self) -> None:
        """What is watched, how far in step; now goes on."""
        place = self._place
        desk = place.places.desk
        shown = self._note_watched()
        place.timeline.show_now(desk.desk.now())
        place.places.look_around(place.transport.at)
        place.pictures.show_step(_step_words(shown, total=len(place.grid.on_tiles)))

    def _note_watched(self) -> list[Shown]:
        """What the tiles show now is on its way into the log."""
        tiles, desk = self._place.grid.tiles, self._place.places.desk
        shown = [tile.shown for tile in tiles if isinstance(tile.shown, Shown)]
        for one in shown:
            desk.watching((one.camera_id,), one.at)
        return shown


def _step_words(shown: list[Shown], total: int) -> str:
    if not shown:
        return tr("{count} cameras", count=total)
    if len(shown) == 1:
        return tr("{count} cameras, {shown} with a picture", count=total, shown=1)
    times = [one.at for one in shown]
    apart_ms = (max(times) - min(times)).total_seconds() * 1000
    if len(shown) < total:
        return tr("{count} cameras, {shown} with a picture", count=total, shown=len(shown))
    return tr("{count} cameras in step · at most {apart:.0f} ms apart", count=total, apart=apart_ms)
