"""The one clock of a playback: where it is, how fast it goes, what it waits for. Knows no picture.

All cameras ask it, so all show the same instant. Positions are microseconds of Unix time. Named
after the transport of a tape machine.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from app.clock import Clock
from app.video.archive.segment import Span
from app.video.playback.limits import Limits
from app.video.playback.shown import PlaybackState

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SEEKING_MOST_S = 5.0  # a camera that says nothing for so long is not waited for


def to_us(at: datetime) -> int:
    """Microseconds of Unix time; exact."""
    return (at - _EPOCH) // _MICROSECOND


def from_us(at_us: int) -> datetime:
    """The same instant, aware UTC."""
    return _EPOCH + timedelta(microseconds=at_us)


class Plan(NamedTuple):
    """What the playback wants at this moment.

    `order` counts what it was told; `jump` counts only what makes pictures before it worthless: a
    drag along the timeline is many orders and one jump. `speed` is 0 when paused.
    """

    order: int
    jump: int
    at_us: int
    speed: float
    is_held: bool
    keyframe_first: bool
    is_scrubbing: bool


class Transport:
    """Any thread may call it; it never waits for longer than its own lock."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock = clock
        self._limits = limits
        self._lock = threading.Lock()
        self._order = self._jump = 0
        self._anchor_us = to_us(clock.now())
        self._anchor_s = clock.monotonic()
        self._speed = 1.0
        self._playing = self._following = self._scrubbing = False
        self._keyframe_first = False
        self._cameras: frozenset[str] = frozenset()
        self._awaited: frozenset[str] = frozenset()
        self._asked_s = 0.0
        self._held = False
        self._seeking = False
        self._loop: tuple[int, int] | None = None
        self._oldest_us: dict[str, int] = {}

    # What it is told

    def set_cameras(self, camera_ids: Iterable[str]) -> None:
        """Who is waited for."""
        with self._lock:
            self._cameras = frozenset(camera_ids)
            self._awaited &= self._cameras

    def seek(self, at_us: int) -> None:
        """Go there; a playback that plays goes on from there."""
        with self._lock:
            self._settle()
            self._following = self._scrubbing = False
            self._go(at_us, keyframe_first=True)

    def scrub(self, at_us: int) -> None:
        """Go there while the pointer drags: what plays stops."""
        with self._lock:
            self._settle()
            was_scrubbing = self._scrubbing
            self._playing = self._following = False
            self._scrubbing = True
            self._go(at_us, keyframe_first=True)
            if was_scrubbing:
                self._jump -= 1

    def step_to(self, at_us: int) -> None:
        """Stand there, with the exact frame and no other before it."""
        with self._lock:
            self._playing = self._following = self._scrubbing = False
            self._go(at_us, keyframe_first=False)

    def play(self, speed: float) -> None:
        """Play from here. What is to be shown next is waited for, so that all begin together."""
        with self._lock:
            self._settle()
            self._scrubbing = False
            self._following = self._following and speed == 1.0
            if self._playing and speed == self._speed:
                return
            at_us = self._position()
            self._playing, self._speed = True, speed
            if self._loop is not None and not self._loop[0] <= at_us < self._loop[1]:
                self._wrap()
                return
            self._go(at_us, keyframe_first=False)
            self._seeking = False

    def pause(self) -> None:
        """Stand still here."""
        with self._lock:
            self._settle()
            if not self._playing:
                return
            at_us = self._position()
            self._playing = self._following = False
            self._go(at_us, keyframe_first=False)
            self._seeking = False

    def follow(self) -> None:
        """Live, as late as the growing files make it."""
        with self._lock:
            self._scrubbing = False
            self._playing = self._following = True
            self._speed = 1.0
            self._go(self._live_edge(), keyframe_first=True)
            self._held = False

    def loop(self, span: tuple[int, int] | None) -> None:
        """From the first to before the second, over and over; None: straight on."""
        with self._lock:
            self._settle()
            self._loop = span

    def begins_at(self, camera_id: str, oldest_us: int) -> None:
        """A camera has no footage before this: where no camera has any, going backwards ends."""
        with self._lock:
            self._oldest_us[camera_id] = oldest_us

    def ready(self, camera_id: str, order: int) -> None:
        """A camera shows what was asked for, and has what comes next."""
        with self._lock:
            if order != self._order or camera_id not in self._awaited:
                return
            self._awaited -= {camera_id}
            self._settle()

    # What it tells

    def plan(self) -> Plan:
        """What is wanted now."""
        with self._lock:
            self._settle()
            speed = self._speed if self._playing else 0.0
            return Plan(
                self._order, self._jump, self._position(), speed, self._held,
                self._keyframe_first, self._scrubbing,
            )  # fmt: skip

    @property
    def order(self) -> int:
        """The newest order's number."""
        return self._order

    @property
    def position_us(self) -> int:
        """The instant that all tiles show now."""
        with self._lock:
            self._settle()
            return self._position()

    @property
    def speed(self) -> float:
        """As it was set last, negative backwards; also while paused."""
        return self._speed

    @property
    def state(self) -> PlaybackState:
        """What it does now."""
        with self._lock:
            self._settle()
            if self._seeking and self._awaited:
                return PlaybackState.SEEKING
            if self._following:
                return PlaybackState.FOLLOWING
            return PlaybackState.PLAYING if self._playing else PlaybackState.PAUSED

    # Inside, under the lock

    def _go(self, at_us: int, *, keyframe_first: bool) -> None:
        self._order += 1
        self._jump += 1
        self._keyframe_first = keyframe_first
        self._anchor_us = at_us
        self._anchor_s = self._asked_s = self._clock.monotonic()
        self._awaited = self._cameras
        self._held = self._playing and bool(self._awaited)
        self._seeking = True

    def _position(self) -> int:
        if not self._playing or self._held:
            return self._anchor_us
        gone_s = self._clock.monotonic() - self._anchor_s
        return self._anchor_us + round(gone_s * self._speed * 1_000_000)

    def _settle(self) -> None:
        """Let time have its effects: the end of waiting, of the loop, of the footage."""
        now_s = self._clock.monotonic()
        if self._awaited and now_s - self._asked_s > _SEEKING_MOST_S:
            self._awaited = frozenset()
        waited_s = now_s - self._asked_s
        if self._held and (not self._awaited or waited_s > self._limits.hold_s):
            self._held, self._anchor_s = False, now_s
        if not self._playing or self._held:
            return
        at_us = self._position()
        if self._loop is not None:
            begins_us, ends_us = self._loop
            past = at_us >= ends_us if self._speed > 0 else at_us < begins_us
            if past and not self._following:
                self._wrap()
        elif self._speed > 0 and not self._following:
            self._arrive_live(at_us)
        elif self._speed < 0 and self._cameras and self._cameras <= self._oldest_us.keys():
            oldest_us = min(self._oldest_us[each] for each in self._cameras)
            if at_us <= oldest_us:
                self._playing = False
                self._go(oldest_us, keyframe_first=False)

    def _wrap(self) -> None:
        assert self._loop is not None
        begins_us, ends_us = self._loop
        at_us = begins_us if self._speed > 0 else max(begins_us, ends_us - 1000)
        self._go(at_us, keyframe_first=False)

    def _arrive_live(self, at_us: int) -> None:
        """Playing faster than time catches up with live, and goes on with it."""
        edge_us = self._live_edge()
        if at_us >= edge_us:
            self._following, self._speed = True, 1.0
            self._anchor_us, self._anchor_s = edge_us, self._clock.monotonic()

    def _live_edge(self) -> int:
        return to_us(self._clock.now()) - round(self._limits.behind_live_s * 1_000_000)


def loop_of(span: Span) -> tuple[int, int]:
    """A span as `Transport.loop` takes it."""
    return to_us(span.begins), to_us(span.ends)
