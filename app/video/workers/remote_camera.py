"""One camera as the console knows it while a decode worker reads it. Knows no process.

The worker's word is not the last one: live means that the picture the console can see is young,
whatever the worker says, and also when it says nothing more.
"""

from __future__ import annotations

import threading
from dataclasses import replace

from app.clock import Clock
from app.video.health import LOST_AFTER_S, CameraState, Health
from app.video.live import Wanted, WatchedCamera
from app.video.picture import Picture, Size
from app.video.reasons import DECODER_STOPPED, FROZE, NO_MEMORY
from app.video.shared_pictures import PictureSegment, SizeClass
from app.video.workers.orders import CameraOrder, Tile

_NO_NEWS = frozenset({CameraState.OFF, CameraState.CONNECTING})


class RemoteCamera:
    """`newest` and `health` are for any thread; the rest is the supervisor's."""

    def __init__(self, number: int, camera: WatchedCamera, clock: Clock) -> None:
        self.number = number
        self.camera = camera
        self.camera_id = camera.camera_id
        self._clock = clock
        self._lock = threading.Lock()
        self._segment: PictureSegment | None = None
        self._fading: PictureSegment | None = None
        """The segment before; its last picture stays on screen until the first in the new one."""
        self._word = Health(self.camera_id, since_s=clock.monotonic(), since_at=clock.now())
        self._judged: Health | None = None
        self._is_hidden = False
        """Whether its pictures were taken away, and none that may be shown has come since."""
        self._holds_loss = False
        self._reconnects_before = 0
        self._drops_before = 0

    # Any thread

    def newest(self) -> Picture | None:
        """The newest picture, however old. Without the lock: each segment has its own."""
        return self._newest()

    def health(self) -> Health:
        """The worker's word, with the age of the picture that is really here."""
        with self._lock:
            return self._health()

    def mask(self, camera: WatchedCamera) -> None:
        """The same camera with other masks. What was made without one of them is gone on return:
        its next pictures come in a segment of their own, named with the masks in one order."""
        with self._lock:
            before, self.camera = self.camera, camera
            if camera.hides_more_than(before):
                self._word = self._with_newest(self._word)
                self._is_hidden = True
                self._close()

    # The supervisor: where its pictures go

    def order(self, wanted: Wanted | None) -> CameraOrder:
        """What a worker is told of it: hidden without `wanted`."""
        with self._lock:
            tile = None if wanted is None else self._tile(wanted)
            return CameraOrder(self.number, self.camera, tile)

    def _tile(self, wanted: Wanted) -> Tile | None:
        """Its tile, with a segment to fit; None where no memory is left. The segment stays while
        the size class does."""
        box = Size(max(1, wanted.width_px), max(1, wanted.height_px))
        size_class = SizeClass.for_size(box)
        segment = self._segment
        if segment is None or segment.size_class is not size_class:
            try:
                segment = PictureSegment.create(self.camera_id, size_class)
            except OSError:
                self._lose(replace(self._health(), reason=NO_MEMORY))
                return None
            self._take(segment)
        return Tile(*box, wanted.main, segment.name)

    def tidy(self) -> None:
        """Let go of the segment before, once the new one has a picture."""
        with self._lock:
            if self._fading is not None and self._segment and self._segment.newest() is not None:
                self._fading.close()
                self._fading = None

    def renew(self) -> None:
        """Another worker will read it: it gets a segment that the one before cannot reach."""
        with self._lock:
            self._take(None)

    def drop_pictures(self) -> None:
        """Let go of all pictures. What was known of the last one stays known."""
        with self._lock:
            self._word = self._with_newest(self._word)
            self._close()

    def close(self) -> None:
        """The camera is off the register, or the console ends."""
        with self._lock:
            self._close()

    @property
    def has_pictures(self) -> bool:
        """Whether it holds shared memory."""
        return self._segment is not None or self._fading is not None

    # The supervisor: how it is

    def heard(self, word: Health) -> None:
        """What its reader says. A new worker's reader knows nothing of a loss before it."""
        with self._lock:
            before = self._health()
            if word.state not in _NO_NEWS:
                self._holds_loss = False
            if self._holds_loss or (word.state is CameraState.OFF):
                word = replace(
                    word,
                    state=before.state,
                    reason=before.reason,
                    since_s=before.since_s,
                    since_at=before.since_at,
                )
            self._word = replace(
                word,
                camera_id=self.camera_id,
                last_picture_s=before.last_picture_s,
                last_picture_at=before.last_picture_at,
                size=before.size,
                stream=before.stream,
                codec=word.codec or before.codec,
                clock_ahead_s=before.clock_ahead_s
                if word.clock_ahead_s is None
                else word.clock_ahead_s,
                drops=word.drops + self._drops_before,
                reconnects=word.reconnects + self._reconnects_before,
            )

    def worker_lost(self) -> None:
        """Its worker is gone; another will read it."""
        with self._lock:
            health = self._health()
            self._drops_before = health.drops
            self._reconnects_before = health.reconnects + (health.last_picture_s is not None)
            self._take(None)
            if health.state is CameraState.LIVE:
                self._lose(replace(health, reason=DECODER_STOPPED))
            else:
                self._word = replace(health, fps=0.0)
                self._holds_loss = health.state.is_lost

    def retried(self) -> None:
        """A person asked to try it now: what it was is not held against it."""
        with self._lock:
            self._holds_loss = False

    def _close(self) -> None:
        for segment in (self._segment, self._fading):
            if segment is not None:
                segment.close()
        self._segment = self._fading = None

    def _take(self, segment: PictureSegment | None) -> None:
        before, self._segment = self._segment, segment
        if before is None:
            return
        if before.newest() is None and self._fading is not None:
            before.close()  # the one before it has the last picture
            return
        if self._fading is not None:
            self._fading.close()
        self._fading = before

    def _newest(self) -> Picture | None:
        for segment in (self._segment, self._fading):
            picture = None if segment is None else segment.newest()
            if picture is not None:
                return picture
        return None

    def _health(self) -> Health:
        self._is_hidden = self._is_hidden and self._newest() is None
        health = self._with_newest(self._word)
        if health.state is not CameraState.LIVE or not self._is_old(health):
            self._judged = None
            if health.state is CameraState.LIVE and self._is_hidden:
                return replace(health, state=CameraState.CONNECTING)
            return health
        if self._judged is None:
            since_s, since_at = self._clock.monotonic(), self._clock.now()
            self._judged = replace(health, since_s=since_s, since_at=since_at)
        return replace(
            health,
            state=CameraState.LOST,
            reason=FROZE,
            since_s=self._judged.since_s,
            since_at=self._judged.since_at,
            fps=0.0,
        )

    def _is_old(self, health: Health) -> bool:
        """A live camera whose picture never reached the console is judged by when it said so."""
        last_s = health.since_s if health.last_picture_s is None else health.last_picture_s
        return self._clock.monotonic() - last_s > LOST_AFTER_S

    def _with_newest(self, health: Health) -> Health:
        picture = self._newest()
        if picture is None:
            return health
        return replace(
            health,
            last_picture_s=picture.arrived_s,
            last_picture_at=picture.arrived_at,
            size=picture.source_size,
            stream=picture.stream,
        )

    def _lose(self, health: Health) -> None:
        self._holds_loss = True
        self._word = replace(
            health,
            state=CameraState.LOST,
            since_s=self._clock.monotonic(),
            since_at=self._clock.now(),
            fps=0.0,
            next_try_s=None,
            next_try_at=None,
        )
