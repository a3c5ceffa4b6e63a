"""One camera's thread of a playback: sees what is wanted, does one piece of work, looks again.

Knows no window. What goes wrong with a file is told as a gap; nothing that a file holds ends the
thread.
"""

from __future__ import annotations

import logging
import threading

from app.cameras.camera import StreamKind
from app.video.playback.backwards import Backwards
from app.video.playback.forwards import Forwards
from app.video.playback.outgoing import Masks
from app.video.playback.shown import Nothing, Shown
from app.video.playback.stage import Around, Share, Stage
from app.video.playback.standing import Standing
from app.video.playback.stepping import Stepping
from app.video.playback.transport import Plan

log = logging.getLogger(__name__)

_MAIN_TO_SPEED = 2.0
_LEFT_OUT_MOST = 2
_OVERLOADED_S = 20.0
_AFTER_FAILURE_S = 0.5


class CameraPlayer:
    """`want`, `mask`, `step`, `newest` and `wake` may be called on any thread."""

    def __init__(self, camera_id: str, around: Around, share: Share, masks: Masks) -> None:
        self.camera_id = camera_id
        self._around = around
        self._stage = Stage(camera_id, around, share)
        self._stage.outgoing.mask(masks)
        self._standing = Standing(self._stage)
        self._forwards = Forwards(self._stage)
        self._backwards = Backwards(self._stage)
        self._stepping = Stepping(self._stage)
        self._share = share
        self._overloaded_until_s = 0.0
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"playback {camera_id}")

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        """It ends when the decoder and the disk let it go."""
        self._stop.set()
        self._wake.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; whether it ended."""
        if self._thread.ident is not None:
            self._thread.join(max(0.0, timeout_s))
        return not self._thread.is_alive()

    def wake(self) -> None:
        """Something is wanted that was not before."""
        self._wake.set()

    def want(self, share: Share) -> None:
        """What its tile wants, and what it may take."""
        self._share = share
        self._wake.set()

    def mask(self, masks: Masks) -> None:
        """From now on nothing without these is given out."""
        self._stage.outgoing.mask(masks)
        self._wake.set()

    def step(self, frames: int) -> None:
        """So many frames on, or back; steps not yet taken add up."""
        self._stepping.ask(frames)
        self._wake.set()

    @property
    def is_stepping(self) -> bool:
        """Whether steps were asked for that are not taken yet."""
        return self._stepping.is_asked

    def newest(self, plan: Plan) -> Shown | Nothing | None:
        """What is due now."""
        return self._stage.outgoing.due(plan)

    # Its own thread

    def _run(self) -> None:
        try:
            while not self._stop.is_set() and threading.main_thread().is_alive():
                self._wake.clear()
                rest_s = self._work()
                if rest_s > 0:
                    self._wake.wait(rest_s)
        finally:
            self._stage.close()

    def _work(self) -> float:
        try:
            return self._turn()
        except Exception:
            log.exception("playing camera %s failed", self.camera_id)
            self._stage.reel.stop()
            self._standing.forget()
            self._forwards.forget()
            self._backwards.forget()
            return _AFTER_FAILURE_S

    def _turn(self) -> float:
        plan = self._around.transport.plan()
        share = self._share
        if share is not self._stage.share:
            self._stage.adopt(share, plan.at_us)
        if self._stepping.is_asked:
            self._stepping.take(plan, self._stream(plan._replace(speed=0.0)))
            return 0.0
        stream = self._stream(plan)
        if not plan.speed:
            self._forwards.forget()
            self._backwards.forget()
            return self._standing.work(plan, stream)
        self._standing.forget()
        running = self._forwards if plan.speed > 0 else self._backwards
        (self._backwards if plan.speed > 0 else self._forwards).forget()
        rest_s = running.work(plan, stream)
        self._note_load(running.left_out)
        return rest_s

    def _stream(self, plan: Plan) -> StreamKind:
        """Main where it can be seen and be kept up with; the sub stream serves the speeds."""
        share = self._stage.share
        known = self._stage.course.streams()
        if len(known) == 1:
            return next(iter(known))
        is_large = (
            share.wants_main or share.box.height_px >= self._around.limits.least_main_height_px
        )
        if plan.speed and not self._plays_main(plan, share):
            return StreamKind.SUB
        return StreamKind.MAIN if is_large else StreamKind.SUB

    def _plays_main(self, plan: Plan, share: Share) -> bool:
        if abs(plan.speed) > _MAIN_TO_SPEED:
            return False
        return share.may_play_main and self._around.clock.monotonic() > self._overloaded_until_s

    def _note_load(self, left_out: int) -> None:
        """A camera that leaves pictures out again and again goes on with its sub stream for a
        while. The leading one stays: the officer looks at it."""
        if left_out >= _LEFT_OUT_MOST and not self._stage.share.wants_main:
            self._overloaded_until_s = self._around.clock.monotonic() + _OVERLOADED_S
