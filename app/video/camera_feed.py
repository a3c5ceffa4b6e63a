"""One camera's pictures, from whichever of its streams is on air, and its health.

What the stream readers' threads share, each call under its lock. Knows no retries, no window.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.video.feed import Duty
from app.video.live import Wanted, WatchedCamera
from app.video.monitor import CameraMonitor
from app.video.on_air import OnAir
from app.video.opener import Capture
from app.video.outlet import Outlet
from app.video.picture import Outbox, Picture, Size
from app.video.reasons import CameraLost
from app.video.surroundings import Surroundings

_STEER_EVERY_S = 0.5
"""The rules of `OnAir` count in seconds; to ask them for every picture would only cost. What
happens to a camera is thought about at once."""


class CameraFeed:
    """A `Feed`. `wake` is told which stream has another duty, outside all locks."""

    def __init__(
        self,
        camera: WatchedCamera,
        kinds: tuple[StreamKind, ...],
        around: Surroundings,
        wake: Callable[[StreamKind], None],
    ) -> None:
        self._camera_id = camera.camera_id
        self._masks = camera.masks
        self._around = around
        self._wake = wake
        self._outlet = Outlet(around.outbox(camera.camera_id))
        self.monitor = CameraMonitor(
            camera.camera_id, around.clock, around.on_state, lambda: self._outlet.dropped
        )
        limits = around.limits
        self._lock = threading.Lock()
        self._on_air = OnAir(
            kinds, linger_s=limits.linger_s, settled_after_s=limits.settled_after_s
        )
        self._making = threading.Lock()  # one picture at a time: an outbox has one room
        self._seq = 0
        self._box = Size(1, 1)
        self._reading = len(kinds)
        self._steered_s = float("-inf")
        self._unix_ahead_s = around.clock.now().timestamp() - around.clock.monotonic()
        """Unix time minus the monotonic clock; looked at whenever it steers."""

    def show(self, wanted: Wanted | None, outbox: Outbox | None) -> bool:
        """What the tile wants, and its new outbox if there is one; whether it just appeared."""
        if outbox is not None:
            self._outlet.exchange(outbox)
        with self._lock:
            appears = self._on_air.want(wanted, self._now_s())
            if wanted is not None:
                self._box = Size(max(1, wanted.width_px), max(1, wanted.height_px))
        self.steer()
        return appears

    def mask(self, masks: tuple[PrivacyMask, ...], outbox: Outbox | None) -> None:
        """What it may not show from now on. Everything in `outbox` will have these masks; without
        one the pictures that are there may stay."""
        self._masks = masks  # before the outbox: `make` asks for them in the other order
        if outbox is not None:
            self._outlet.exchange(outbox)
            self.monitor.hid_picture()

    def steer(self) -> None:
        """Think again what each stream is to do."""
        now_s = self._steered_s = self._now_s()
        self._unix_ahead_s = self._around.clock.now().timestamp() - now_s
        overloaded = self._around.load.is_overloaded(now_s)
        with self._lock:
            changed = self._on_air.steer(now_s, overloaded=overloaded)
        for kind in changed:
            self._wake(kind)

    def is_troubled(self, kind: StreamKind) -> bool:
        """Whether this stream was lost, and has not delivered for long enough since."""
        with self._lock:
            return self._on_air.is_troubled(kind)

    # Feed: on the streams' own threads

    def duty(self, kind: StreamKind) -> Duty:
        """What to do now."""
        return self._on_air.duties[kind]  # without the lock: one look at what was made beforehand

    def make(
        self, kind: StreamKind, capture: Capture, codec: str | None, at_s: float
    ) -> Size | None:
        """Make and publish; the size it was sent in, None if it could or should not be made."""
        with self._making:
            if not self._on_air.shows(kind):
                return None
            hid = self.monitor.hid  # before the outbox and the masks: `mask` tells it last
            outbox = self._outlet.current()
            masks = self._masks
            made = capture.picture(self._box, outbox.room, masks)
            if made is None or masks is not self._masks:
                return None
            self._seq += 1
            pixels, source_size = made
            at_unix_s = at_s + self._unix_ahead_s
            picture = Picture(
                self._camera_id, self._seq, pixels, at_s, at_unix_s, source_size, kind
            )
            outbox.put(picture)
            if self._on_air.kind is not kind:
                self._comes_on_air(kind)
            self.monitor.showed(picture, codec, hid=hid)
        return source_size

    def _comes_on_air(self, kind: StreamKind) -> None:
        """Its first picture is on the tile; a stream that was there before has done its duty."""
        with self._lock:
            self._on_air.showed(kind)
        self.steer()

    def trying(self, kind: StreamKind, *, asked_for: bool) -> None:
        """A try to connect begins."""
        if self._speaks(kind):
            self.monitor.trying(afresh=asked_for)

    def arrived(self, kind: StreamKind, at_s: float) -> bool:
        """The camera delivered a picture; whether it is to be made."""
        if at_s - self._steered_s >= _STEER_EVERY_S:
            self.steer()
        on_air = self._on_air
        if on_air.is_troubled(kind):
            with self._lock:
                on_air.delivered(kind, at_s)
        if on_air.speaks(kind):
            self.monitor.arrived(at_s)
        return on_air.shows(kind)

    def answered(self, kind: StreamKind) -> None:
        """It was checked, and answers."""
        with self._lock:
            self._on_air.answered(kind)
            hidden = self._on_air.wanted is None
        if hidden:
            self.monitor.answered()

    def lost(self, kind: StreamKind, lost: CameraLost, next_try_in_s: float) -> None:
        """A try or a session ended."""
        with self._lock:
            speaks = self._on_air.speaks(kind)
            self._on_air.lost(kind, lost.state)
        if speaks:
            self.monitor.lost(lost, next_try_in_s)
        self.steer()

    def left(self, kind: StreamKind) -> None:
        """A thread ends; the last one closes the outbox."""
        with self._lock:
            self._reading -= 1
            last = self._reading == 0
        if last:
            self._outlet.close()

    def _speaks(self, kind: StreamKind) -> bool:
        with self._lock:
            return self._on_air.speaks(kind)

    def _now_s(self) -> float:
        return self._around.clock.monotonic()
