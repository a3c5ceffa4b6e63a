"""Keeps a drawing process for one map: begun when it is worth it, replaced when it dies, ended.

Nobody waits for it: until it is ready, and when it is not, `ask` says so and another draws.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.map.ground import GroundLoader
from app.map.picture import Picture, PictureRequest
from app.map.way import Way

if TYPE_CHECKING:
    from app.map.apart.handle import ChildMain, Handle

AGAIN_S = 1.0
OLD_S = 60.0  # one that dies younger is replaced after twice as long as the one before
MOST_YOUNG = 5  # so many in a row that die young, and it is not worth it
_LOOK_S = 1.0

_logger = logging.getLogger(__name__)


class DrawingProcess:
    """`deliver` is called on another thread with each picture, `gone` when it can draw no more."""

    def __init__(
        self,
        deliver: Callable[[Picture], None],
        gone: Callable[[], None],
        main: ChildMain | None = None,
        way: Way | None = None,
    ) -> None:
        self._deliver = deliver
        self._gone = gone
        self._main = main
        self._way = way or Way()
        self._telling = threading.Lock()
        """Held by whoever tells the process something; taken before that of `_changed`."""
        self._changed = threading.Condition()
        self._waiting: PictureRequest | None = None
        self._last: PictureRequest | None = None
        self._handle: Handle | None = None
        self._stopped = threading.Event()
        self._owner: threading.Thread | None = None

    def start(self) -> None:
        """Begin. Does nothing when it has begun."""
        if self._owner is None:
            self._stopped.clear()
            # The process ends with the thread that starts it, so that thread is its owner for life.
            self._owner = threading.Thread(target=self._run, name="map process", daemon=True)
            self._owner.start()

    def stop(self, deadline_s: float) -> bool:
        """End it; False when that was not done within `deadline_s`."""
        owner = self._owner
        if owner is None:
            return True
        with self._changed:
            self._stopped.set()
            self._changed.notify_all()
            handle = self._handle
        if handle is not None:
            handle.kill()  # its owner may be waiting for it to listen
        owner.join(deadline_s)
        if owner.is_alive():
            _logger.warning("the map's drawing process did not end within %.1f s", deadline_s)
            return False
        self._owner = None
        return True

    def ask(self, request: PictureRequest) -> bool:
        """Draw this next, instead of whatever else is waiting; False: let another draw it.

        What is said in few words is said at once: a thread of its own would want Python's lock just
        when the hand is painted.
        """
        if not isinstance(request.load_ground, GroundLoader):
            return False
        if self._telling.acquire(blocking=False):
            try:
                if self._tells_at_once(request):
                    return True
            finally:
                self._telling.release()
        with self._changed:
            self._last = self._waiting = request
            self._changed.notify_all()
        return self.is_ready

    def _tells_at_once(self, request: PictureRequest) -> bool:
        handle = self._handle
        if handle is None or not self.is_ready or not handle.has_room:
            return False
        if not handle.is_short(request):
            return False
        try:
            handle.draw(request)
        except OSError:
            return False  # its owner finds out why
        with self._changed:
            self._last, self._waiting = request, None
        return True

    @property
    def is_ready(self) -> bool:
        """Whether it draws what is asked for."""
        handle = self._handle
        return handle is not None and handle.is_warm and not handle.is_gone

    @property
    def pid(self) -> int | None:
        """Of the process that runs now; None while none does."""
        handle = self._handle
        return None if handle is None or handle.is_gone else handle.pid

    # Its owner's thread

    def _run(self) -> None:
        young = 0
        while not self._stopped.is_set():
            began_s = time.monotonic()
            self._live()
            if self._stopped.is_set():
                return
            self._gone()
            young = 0 if time.monotonic() - began_s > OLD_S else young + 1
            if young == MOST_YOUNG:
                _logger.warning("the map goes on without a drawing process: %d ended", young)
                return
            again_s = AGAIN_S * 2**young
            _logger.warning("the map's drawing process is gone; another comes in %.0f s", again_s)
            with self._changed:
                self._changed.wait_for(self._stopped.is_set, again_s)

    def _live(self) -> None:
        """One process from its start to its end."""
        from app.map.apart.child import run  # the window's start does not wait for these
        from app.map.apart.handle import Handle

        try:
            handle = Handle(self._main or run, self._deliver, self._look, self._way)
        except OSError as error:
            _logger.warning("the map's drawing process did not start: %s", error)
            return
        with self._changed:
            self._handle = handle
            self._waiting = self._waiting or self._last
        try:
            self._serve(handle)
        except ConnectionError:
            pass  # it has just ended
        except OSError as error:
            _logger.warning("the map's drawing process was given up: %s", error)
        finally:
            with self._telling, self._changed:
                self._handle = None
            handle.end()

    def _serve(self, handle: Handle) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._stopped.is_set() or handle.is_gone or self._may_ask(handle),
                    _LOOK_S,
                )
                if self._stopped.is_set() or handle.is_gone:
                    return
            with self._telling:
                if not self._tell(handle):
                    _logger.warning("the map's drawing process does not answer")
                    return

    def _tell(self, handle: Handle) -> bool:
        """What is waiting, or that nobody is; False when it has long said nothing."""
        with self._changed:
            request = self._waiting if handle.has_room else None
            if request is not None:
                self._waiting = None
        if request is not None:
            handle.draw(request)
        elif handle.is_silent():
            return False
        else:
            handle.rest()
        return True

    def _may_ask(self, handle: Handle) -> bool:
        return self._waiting is not None and handle.has_room

    def _look(self) -> None:
        with self._changed:
            self._changed.notify_all()
