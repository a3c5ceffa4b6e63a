"""Reads one stream of a camera, one session at a time, on a thread of its own.

Knows no window, no OpenCV, and not the camera's other stream: its feed says what it is to do.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.cameras.address import CameraAddress
from app.cameras.camera import StreamKind
from app.video.backoff import SETTLED_AFTER_S, BackOff
from app.video.feed import Duty, Feed
from app.video.health import CameraState
from app.video.inside_decoder import InsideDecoder
from app.video.opener import Capture
from app.video.preflight import Answer, CalledOff, Finding
from app.video.reasons import FAILED, FROZE, SLOW, CameraLost, lost_by
from app.video.session import Session
from app.video.standstill import Standstill
from app.video.surroundings import Surroundings

log = logging.getLogger(__name__)

_SHORT_SESSIONS = 3
"""So many sessions in a row that froze after a picture or two: it is the camera's way."""


class StreamReader:
    """One stream. `run` is its thread; all other methods may be called from any thread."""

    def __init__(
        self,
        camera_id: str,
        kind: StreamKind,
        address: CameraAddress,
        feed: Feed,
        around: Surroundings,
    ) -> None:
        self.kind = kind
        self._camera_id = camera_id
        self._address = address
        self._feed = feed
        self._around = around
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._backoff = BackOff(around.random)
        self._asked_again = False
        self._waiting_after: CameraState | None = None
        self._failures = 0
        self._short_sessions = 0
        self._opened_in_vain = False
        """A camera that answers and sends nothing holds up all others while the decoder opens it:
        the next time it must send something first."""
        self._decoder = InsideDecoder(around.clock)
        self._standstill = Standstill()
        self._thread = threading.Thread(
            target=self.run, name=f"camera {camera_id} {kind}", daemon=False
        )

    # Any thread

    def start(self) -> None:
        """Begin, on the reader's own thread."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Ask it to end; it does so when the decoder lets it go."""
        self._stop.set()
        self._woken.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; whether it ended."""
        if self._thread.is_alive():
            self._thread.join(max(0.0, timeout_s))
        return not self._thread.is_alive()

    def wake(self) -> None:
        """Its duty changed. What it waits for after a loss it still waits for."""
        if self._waiting_after is None:
            self._woken.set()

    def hurry(self) -> None:
        """Somebody looks: try now. A password that was wrong is not right for being looked at."""
        if self._waiting_after is not CameraState.WRONG_PASSWORD:
            self._woken.set()

    def retry(self) -> None:
        """Try now: a person asked for it."""
        self._asked_again = True
        self._woken.set()

    @property
    def inside_decoder_since_s(self) -> float | None:
        """When its thread went into the decoder, on the monotonic clock; None while it is not."""
        return self._decoder.since_s

    # Its own thread

    def run(self) -> None:
        """Read, lose, wait, read again, until asked to stop."""
        try:
            while not self._stop.is_set():
                self._woken.clear()
                self._do_once()
        finally:
            self._feed.left(self.kind)

    def _do_once(self) -> None:
        asked_again, self._asked_again = self._asked_again, False
        try:
            duty = self._feed.duty(self.kind)
            if duty is Duty.READ:
                self._read_until_lost(asked_again)
            elif duty is Duty.CHECK:
                self._check()
            else:
                self._backoff.forget()
                self._rest(None)
        except CalledOff:
            pass  # it is to stop
        except CameraLost as lost:
            self._wait_after(lost)
        except Exception:
            log.exception("reading camera %s failed", self._camera_id)
            self._wait_after(CameraLost(FAILED))

    def _wait_after(self, lost: CameraLost) -> None:
        self._failures += 1
        wait_s = self._backoff.next_s(self._around.clock.monotonic(), lost.state)
        self._waiting_after = lost.state
        self._feed.lost(self.kind, lost, wait_s)
        if lost.state is CameraState.WRONG_PASSWORD and not self._asked_again:
            self._woken.clear()  # being looked at meanwhile is no reason to try it again
        self._rest(wait_s)
        self._waiting_after = None

    def _rest(self, wait_s: float | None) -> None:
        if not self._stop.is_set():
            self._woken.wait(wait_s)

    def _check(self) -> None:
        """Ask it to answer, decode nothing, until it is seen again."""
        self._examined(until_media=False)
        self._backoff.forget()
        self._feed.answered(self.kind)
        self._rest(self._around.limits.hidden_check_s * self._around.random.uniform(0.8, 1.2))

    def _examined(self, *, until_media: bool) -> Answer:
        answer = self._around.examine(self._address, until_media=until_media, stop=self._stop)
        if answer.finding is not Finding.REACHABLE:
            raise lost_by(answer)
        return answer

    def _read_until_lost(self, asked_again: bool) -> None:
        """One session. Ends by CameraLost, or quietly when its duty changes or it is to stop."""
        self._feed.trying(self.kind, asked_for=asked_again)
        answer = self._examined(until_media=self._opened_in_vain)
        with self._opened(answer.sent_on_to or self._address) as capture:
            if capture is not None:
                self._read(
                    Session(capture, self.kind, self._feed, self._around, self._standstill), answer
                )

    def _read(self, session: Session, answer: Answer) -> None:
        try:
            session.read(answer.codec, self._stop, self._decoder)
        except CameraLost as lost:
            froze_at_once = lost.reason is FROZE and session.pictures <= 2
            self._short_sessions = self._short_sessions + 1 if froze_at_once else 0
            if self._short_sessions >= _SHORT_SESSIONS:
                raise CameraLost(SLOW) from None
            raise
        finally:
            if session.made:
                self._failures = 0
            if session.was_live_for_s >= SETTLED_AFTER_S:
                self._backoff.forget()

    @contextmanager
    def _opened(self, address: CameraAddress) -> Iterator[Capture | None]:
        self._opened_in_vain = True
        capture = self._around.opener.open(
            address,
            rank=self._failures,
            stop=self._stop,
            inside=lambda: self._decoder,
        )
        self._opened_in_vain = False
        try:
            yield capture
        finally:
            if capture is not None:
                with self._decoder:
                    capture.release()  # here, by the owner: from another thread it would crash
