"""Reads one camera, one session at a time, on a thread of its own. Knows no window and no OpenCV.

A camera that fails is a state, told through its monitor; nothing here stops the console.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from app.cameras.address import CameraAddress
from app.cameras.camera import StreamKind
from app.clock import Clock
from app.video.backoff import BackOff
from app.video.health import CameraState
from app.video.live import StateListener, Wanted, WatchedCamera
from app.video.monitor import CameraMonitor
from app.video.opener import OPEN_TIMEOUT_S, READ_TIMEOUT_S, Capture, Opener
from app.video.outlet import Outlet
from app.video.picture import Mailbox, Outbox, Picture, Size
from app.video.preflight import Answer, Finding, examine
from app.video.reasons import FAILED, FROZE, NO_PICTURE, STOPPED, CameraLost, lost_by

log = logging.getLogger(__name__)

Examine = Callable[[CameraAddress], Answer]


@dataclass(frozen=True, slots=True)
class Limits:
    """How a reader reads."""

    shown_fps: float = 25.0
    read_timeout_s: float = READ_TIMEOUT_S
    """What the opener was given; a read longer than 0.8 of it is a frozen camera, whatever it
    returns: OpenCV returns old pictures once or twice more."""
    no_picture_after_s: float = 5.0
    """A stream that flows and yields no picture for so long is given up."""
    stuck_after_s: float = 2 * (OPEN_TIMEOUT_S + READ_TIMEOUT_S)
    linger_s: float = 2.0
    """A camera just hidden stays open so long: turning a page and back does not reconnect."""
    hidden_check_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a reader needs of the world; a test brings its own."""

    opener: Opener
    clock: Clock
    examine: Examine = examine
    on_state: StateListener | None = None
    limits: Limits = Limits()
    outbox: Callable[[str], Outbox] = lambda _camera_id: Mailbox()
    """Makes the first outbox of a camera; `CameraReader.show` exchanges it."""
    random: Random = Random()  # noqa: RUF009 - spreads waiting times; shared is as good as own


class CameraReader:
    """One camera. `run` is its thread; all other methods may be called from any thread."""

    def __init__(self, camera: WatchedCamera, around: Surroundings) -> None:
        self.camera = camera
        self._address = camera.sub or camera.main
        self._outlet = Outlet(around.outbox(camera.camera_id))
        self.monitor = CameraMonitor(
            camera.camera_id, around.clock, around.on_state, lambda: self._outlet.dropped
        )
        self._around = around
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._backoff = BackOff(around.random)
        self._box: Size | None = None
        self._asked_again = False
        self._failures = 0
        self._seq = 0
        self._native_since_s: float | None = None
        self._thread = threading.Thread(
            target=self.run, name=f"camera {camera.camera_id}", daemon=False
        )

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

    def show(self, wanted: Wanted | None, outbox: Outbox | None = None) -> None:
        """What its tile wants; None when it is hidden. From the next picture on they go into
        `outbox`, if one is given; the one before is closed by the reader when it has left it."""
        if outbox is not None:
            self._outlet.exchange(outbox)
        box = None if wanted is None else _box(wanted)
        appears = box is not None and self._box is None
        self._box = box
        # A password that was wrong is not right because someone looks: the camera would lock out.
        if appears and self.monitor.snapshot().state is not CameraState.WRONG_PASSWORD:
            self._woken.set()

    def retry(self) -> None:
        """Try now: a person asked for it."""
        self._asked_again = True
        self._woken.set()

    @property
    def inside_decoder_since_s(self) -> float | None:
        """When its thread went into the decoder, on the monotonic clock; None while it is not."""
        return self._native_since_s

    def watch(self) -> None:
        """The watchdog's look at it."""
        since_s = self._native_since_s
        now_s = self._around.clock.monotonic()
        limit_s = self._around.limits.stuck_after_s
        self.monitor.watch(stuck=since_s is not None and now_s - since_s > limit_s)

    def run(self) -> None:
        """Read, lose, wait, read again, until asked to stop."""
        try:
            self._run()
        finally:
            self._outlet.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._woken.clear()
            asked_again, self._asked_again = self._asked_again, False
            try:
                if self._box is None:
                    self._check_while_hidden()
                else:
                    self._read_until_lost(asked_again)
            except CameraLost as lost:
                self._wait_after(lost)
            except Exception:
                log.exception("reading camera %s failed", self.camera.camera_id)
                self._wait_after(CameraLost(FAILED))

    def _wait_after(self, lost: CameraLost) -> None:
        self._failures += 1
        wait_s = self._backoff.next_s(self._around.clock.monotonic(), lost.state)
        self.monitor.lost(lost, wait_s)
        if lost.state is CameraState.WRONG_PASSWORD and not self._asked_again:
            self._woken.clear()  # being looked at meanwhile is no reason to try it again
        self._rest(wait_s)

    def _rest(self, wait_s: float) -> None:
        if not self._stop.is_set():
            self._woken.wait(wait_s)

    def _check_while_hidden(self) -> None:
        """Ask it to answer, decode nothing, until it is seen again."""
        answer = self._around.examine(self._address)
        if answer.finding is not Finding.REACHABLE:
            raise lost_by(answer)
        self.monitor.answered()
        self._rest(self._around.limits.hidden_check_s * self._around.random.uniform(0.8, 1.2))

    def _read_until_lost(self, asked_again: bool) -> None:
        """One session. Ends by CameraLost, or quietly when hidden or asked to stop."""
        self.monitor.trying(afresh=asked_again)
        answer = self._around.examine(self._address)
        if answer.finding is not Finding.REACHABLE:
            raise lost_by(answer)
        with self._opened() as capture:
            if capture is None:
                return
            self.monitor.opened(capture.codec or answer.codec)
            self._read(capture)

    @contextmanager
    def _opened(self) -> Iterator[Capture | None]:
        capture = self._around.opener.open(
            self._address,
            rank=self._failures,
            stop=self._stop,
            inside=self._inside_the_decoder,
        )
        try:
            yield capture
        finally:
            if capture is not None:
                with self._inside_the_decoder():
                    capture.release()  # here, by the owner: from another thread it would crash

    def _read(self, capture: Capture) -> None:
        """Grab every picture, so as never to fall behind; make only those that will be seen."""
        limits, clock = self._around.limits, self._around.clock
        pace = _Pace(1 / limits.shown_fps)
        seen_s = made_s = clock.monotonic()
        while not self._stop.is_set():
            box = self._box
            self._grab(capture)
            now_s = clock.monotonic()
            self.monitor.arrived(now_s)
            if box is not None:
                seen_s = now_s
                if pace.is_due(now_s) and self._show(capture, box, now_s):
                    made_s = now_s
                elif now_s - made_s > limits.no_picture_after_s:
                    raise CameraLost(NO_PICTURE)
            elif now_s - seen_s > limits.linger_s:
                self.monitor.answered()
                return

    def _grab(self, capture: Capture) -> None:
        began_s = self._around.clock.monotonic()
        with self._inside_the_decoder():
            grabbed = capture.grab()
        if self._around.clock.monotonic() - began_s > 0.8 * self._around.limits.read_timeout_s:
            raise CameraLost(FROZE)
        if not grabbed:
            raise CameraLost(STOPPED)

    def _show(self, capture: Capture, box: Size, now_s: float) -> bool:
        outbox = self._outlet.current()
        with self._inside_the_decoder():
            made = capture.picture(box, outbox.room, self.camera.masks)
        if made is None:
            return False
        pixels, source_size = made
        self._seq += 1
        arrived_at = self._around.clock.now()
        camera_id = self.camera.camera_id
        stream = StreamKind.MAIN if self.camera.sub is None else StreamKind.SUB
        picture = Picture(camera_id, self._seq, pixels, now_s, arrived_at, source_size, stream)
        outbox.put(picture)
        self.monitor.showed(picture)
        self._failures = 0
        self._backoff.live(now_s)
        return True

    @contextmanager
    def _inside_the_decoder(self) -> Iterator[None]:
        self._native_since_s = self._around.clock.monotonic()
        try:
            yield
        finally:
            self._native_since_s = None


def _box(wanted: Wanted) -> Size:
    return Size(max(1, wanted.width_px), max(1, wanted.height_px))


class _Pace:
    """Lets through so many a second at most; a little early is in time, as networks jitter."""

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._next_s = 0.0

    def is_due(self, now_s: float) -> bool:
        if now_s < self._next_s - self._period_s / 2:
            return False
        self._next_s = max(self._next_s, now_s - self._period_s / 2) + self._period_s
        return True
