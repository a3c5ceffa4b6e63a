"""Keeps one camera's health: what the reader reports, any thread may ask. Knows no decoder."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.clock import Clock
from app.video.health import LOST_AFTER_S, CameraState, Health
from app.video.live import StateListener
from app.video.picture import Picture
from app.video.reasons import FROZE, STUCK, CameraLost

_FPS_WINDOW_S = 2.0
_SHORTEST_S = 0.1  # pictures that come at once after a pause say nothing of a rate
_MOST_ARRIVALS = 256  # of a camera of 120 pictures a second


class CameraMonitor:
    """The health of one camera. The listener is told of every change of state, outside the lock.

    A camera that was lost stays lost through every new try until a picture comes: the officer is
    told what is, not what is being attempted.
    """

    def __init__(
        self,
        camera_id: str,
        clock: Clock,
        on_state: StateListener | None,
        dropped: Callable[[], int] = lambda: 0,
    ) -> None:
        self._lock = threading.Lock()
        self._dropped = dropped
        self._clock = clock
        self._on_state = on_state
        self._arrivals_s: deque[float] = deque(maxlen=_MOST_ARRIVALS)
        """Written without the lock by whoever reads the stream on air; copied in one go."""
        self._health = Health(camera_id, since_s=clock.monotonic(), since_at=clock.now())
        self._newest: tuple[float, float] | None = None
        """When the newest picture came, if one came since `_health` was written: on the monotonic
        clock and of Unix time."""
        self._hid = 0

    @property
    def hid(self) -> int:
        """How often its pictures were taken away; a picture begun before is not one to show."""
        return self._hid

    @property
    def state(self) -> CameraState:
        """How it is, and nothing more."""
        return self._health.state

    def snapshot(self) -> Health:
        """The camera as it is now."""
        with self._lock:
            fps = _fps([s for s in list(self._arrivals_s) if self._age_s(s) <= _FPS_WINDOW_S])
            return replace(self._known(), fps=fps, drops=self._dropped())

    def trying(self, *, afresh: bool) -> None:
        """A try to connect begins; `afresh` when a person asked for it."""

        def begin(health: Health) -> Health:
            health = replace(health, attempt=health.attempt + 1, next_try_s=None, next_try_at=None)
            if afresh or health.state in (CameraState.OFF, CameraState.STANDBY):
                return replace(health, state=CameraState.CONNECTING, reason=None)
            return health

        self._change(begin)

    def arrived(self, at_s: float) -> None:
        """The camera delivered a picture, shown or not."""
        self._arrivals_s.append(at_s)

    def showed(self, picture: Picture, codec: str | None = None, *, hid: int = 0) -> None:
        """A picture is there to be seen: this alone makes a camera live. `hid` is what it was when
        the picture was begun: one taken away since shows nothing."""
        with self._lock:
            if hid == self._hid and self._goes_on(picture, codec):
                self._newest = picture.arrived_s, picture.arrived_unix_s
                return

        def live(health: Health) -> Health:
            if hid != self._hid:
                return health
            again = health.state.is_lost and health.last_picture_s is not None
            if health.stream is not picture.stream:
                self._arrivals_s.clear()  # the streams' rates differ
            return replace(
                health,
                state=CameraState.LIVE,
                reason=None,
                attempt=0,
                last_picture_s=picture.arrived_s,
                last_picture_at=picture.arrived_at,
                size=picture.source_size,
                codec=codec,
                stream=picture.stream,
                reconnects=health.reconnects + again,
            )

        self._change(live)

    def _goes_on(self, picture: Picture, codec: str | None) -> bool:
        """Whether this picture is like the one before it: then its time alone is news. Almost
        every picture is, and to write everything known anew for each would cost all of them."""
        health = self._health
        return (
            health.state is CameraState.LIVE
            and health.stream is picture.stream
            and health.attempt == 0
            and health.codec == codec
            and health.size == picture.source_size
        )

    def hid_picture(self) -> None:
        """Its pictures may not be shown any more; the next one may."""

        def wait(health: Health) -> Health:
            self._hid += 1
            live = health.state is CameraState.LIVE
            return replace(health, state=CameraState.CONNECTING) if live else health

        self._change(wait)

    def told_clock(self, ahead_s: float) -> None:
        """Its clock minus this computer's was measured."""
        self._change(lambda health: replace(health, clock_ahead_s=ahead_s))

    def answered(self) -> None:
        """It is hidden, and answers."""
        self._change(
            lambda health: replace(
                health,
                state=CameraState.STANDBY,
                reason=None,
                attempt=0,
                next_try_s=None,
                next_try_at=None,
            )
        )

    def lost(self, lost: CameraLost, next_try_in_s: float) -> None:
        """A try or a session ended; the next begins in so many seconds."""
        next_try_s = self._clock.monotonic() + next_try_in_s
        next_try_at = self._clock.now() + timedelta(seconds=next_try_in_s)
        self._change(
            lambda health: replace(
                health,
                state=lost.state,
                reason=lost.reason,
                next_try_s=next_try_s,
                next_try_at=next_try_at,
            )
        )

    def watch(self, *, stuck: bool) -> None:
        """The watchdog's look: who is called live with an old picture is lost, and so is who sits
        in the decoder for longer than it should let anyone wait."""

        def judge(health: Health) -> Health:
            age_s = health.age_s(self._clock.monotonic())
            old = age_s is None or age_s > LOST_AFTER_S
            if health.state is CameraState.LIVE and old:
                return replace(health, state=CameraState.LOST, reason=STUCK if stuck else FROZE)
            if health.state is CameraState.CONNECTING and stuck:
                return replace(health, state=CameraState.LOST, reason=STUCK)
            return health

        self._change(judge)

    def _change(self, change: Callable[[Health], Health]) -> None:
        with self._lock:
            before = self._known()
            health = change(before)
            changed = health.state is not before.state
            if changed:
                health = replace(
                    health, since_s=self._clock.monotonic(), since_at=self._clock.now()
                )
            if health.state is not CameraState.LIVE:
                self._arrivals_s.clear()
            self._health, self._newest = health, None
        if changed and self._on_state is not None:
            self._on_state(health.camera_id, self.snapshot())

    def _known(self) -> Health:
        if self._newest is None:
            return self._health
        last_s, last_unix_s = self._newest
        last_at = datetime.fromtimestamp(last_unix_s, UTC)
        return replace(self._health, last_picture_s=last_s, last_picture_at=last_at)

    def _age_s(self, at_s: float) -> float:
        return self._clock.monotonic() - at_s


def _fps(arrivals_s: list[float]) -> float:
    if len(arrivals_s) < 2 or arrivals_s[-1] - arrivals_s[0] < _SHORTEST_S:
        return 0.0
    return (len(arrivals_s) - 1) / (arrivals_s[-1] - arrivals_s[0])
