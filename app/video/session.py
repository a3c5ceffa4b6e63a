"""One open stream, read until it is lost or not wanted any more. Knows no retries and no threads.

Every picture is grabbed, so as never to fall behind; only those that will be seen are made.
"""

from __future__ import annotations

import threading

from app.cameras.camera import StreamKind
from app.video.backlog import Backlog, Stopwatch
from app.video.feed import Duty, Feed
from app.video.health import CameraState
from app.video.inside_decoder import InsideDecoder
from app.video.opener import Capture
from app.video.pace import Pace
from app.video.picture import Size
from app.video.reasons import BEHIND, FROZE, NO_PICTURE, SPOILT, STOPPED, TOO_LARGE, CameraLost
from app.video.standstill import Standstill
from app.video.surroundings import Surroundings

LARGEST_PIXELS = 16_000_000
"""4K is 8 million, 8K is 33: a picture of 133 MB would cost all other cameras their memory."""
_FROZEN_SHARE = 0.9
"""A grab that took more of its time-out than this gave nothing, whatever it says."""


class Session:
    """One open capture, of the thread that opened it."""

    def __init__(
        self,
        capture: Capture,
        kind: StreamKind,
        feed: Feed,
        around: Surroundings,
        standstill: Standstill,
    ) -> None:
        self._capture = capture
        self._standstill = standstill
        standstill.begin()
        self._kind = kind
        self._feed = feed
        self._around = around
        self._backlog = Backlog()
        self._watch = Stopwatch(around.clock)
        self._pace = Pace(around.limits.shown_fps)
        self.pictures = 0
        """How many arrived."""
        self.made = 0
        """How many of them were made to be seen."""
        self._first_made_s = self._last_made_s = 0.0
        self._size: Size | None = None
        """Of the picture before: the same object while it does not change."""

    @property
    def was_live_for_s(self) -> float:
        """From the first picture made to the last."""
        return self._last_made_s - self._first_made_s

    def read(self, codec: str | None, stop: threading.Event, inside: InsideDecoder) -> None:
        """Until its duty is another, or `stop` is set. Raises CameraLost.

        `inside` is told of every picture, for the watchdog: the decoder has the thread for nearly
        all of the time.
        """
        codec = self._capture.codec or codec
        _refuse_too_large(self._capture.size)
        self._watch.lap()
        made_s = self._watch.now_s
        feed, kind, watch = self._feed, self._kind, self._watch
        with inside:
            while not stop.is_set() and feed.duty(kind) is Duty.READ:
                inside.since_s = watch.now_s
                waited_s = self._grab()
                now_s = watch.now_s
                shows = feed.arrived(kind, now_s)
                made = shows and self._pace.is_due(now_s) and self._make(codec, now_s - waited_s)
                if made or not shows:
                    made_s = now_s
                elif now_s - made_s > self._around.limits.no_picture_after_s:
                    raise CameraLost(NO_PICTURE)

    def _grab(self) -> float:
        """Wait for the next picture; how long it had waited to be read."""
        limits = self._around.limits
        grabbed = self._capture.grab()
        effort = self._watch.lap()
        now_s = self._watch.now_s
        if effort[0] > _FROZEN_SHARE * limits.read_timeout_s:
            raise CameraLost(FROZE)
        if not grabbed:
            raise CameraLost(STOPPED)
        self.pictures += 1
        if self._capture.is_key:
            self._standstill.key_came(now_s)
        waited_s = self._backlog.grabbed(effort, self._capture.position_s, now_s)
        behind = waited_s > limits.behind_after_s
        self._pace.adjust(now_s, behind=behind)
        if behind:
            self._around.load.behind(now_s)
        if waited_s > limits.too_far_behind_s:
            raise CameraLost(BEHIND)
        return waited_s

    def _make(self, codec: str | None, arrived_s: float) -> bool:
        self._capture.takes_points = self._standstill.is_due(self._watch.now_s)
        size = self._feed.make(self._kind, self._capture, codec, arrived_s)
        self._backlog.made(self._watch.lap())
        if size is None:
            return False
        if size is not self._size:
            _refuse_too_large(size)
            self._size = size
        self._last_made_s = self._watch.now_s
        if not self.made:
            self._first_made_s = self._last_made_s
        self.made += 1
        points = self._capture.points
        if points is not None and self._standstill.is_doubtful(points, self._last_made_s):
            raise CameraLost(SPOILT)
        return True


def _refuse_too_large(size: Size | None) -> None:
    if size is not None and size.width_px * size.height_px > LARGEST_PIXELS:
        raise CameraLost(TOO_LARGE, CameraState.NO_VIDEO)
