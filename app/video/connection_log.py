"""Writes into the log when a camera is lost and when it is back. Knows no window and no decoder."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future

from app.cameras.connection import CameraBack, CameraLost
from app.clock import Clock, to_stored
from app.errors import KnownError
from app.log import Actor, Entry, Fact, Log
from app.video.health import CameraState, Health

_logger = logging.getLogger(__name__)


class ConnectionLog:
    """One entry when a camera is lost, one when pictures come again. A `StateListener`."""

    def __init__(self, log: Log, actor: Actor, clock: Clock) -> None:
        self._log = log
        self._actor = actor
        self._clock = clock
        self._lock = threading.Lock()
        self._lost_at_s: dict[str, float] = {}
        self._stopped = False

    def stop(self) -> None:
        """Write nothing more; what the readers say while they are closed is not a loss."""
        with self._lock:
            self._stopped = True

    def __call__(self, camera_id: str, health: Health) -> None:
        """A camera's state changed; called on its reader's thread."""
        with self._lock:
            if self._stopped:
                return
            fact = self._fact(camera_id, health)
            if fact is not None:
                self._log.append(fact, actor=self._actor).add_done_callback(_note_failure)

    def _fact(self, camera_id: str, health: Health) -> Fact | None:
        now_s = self._clock.monotonic()
        if health.state.is_lost and camera_id not in self._lost_at_s:
            self._lost_at_s[camera_id] = now_s
            reason = health.reason.template if health.reason else health.state.value
            last = health.last_picture_at
            return CameraLost(camera_id, reason, to_stored(last) if last else None)
        if health.state is CameraState.LIVE and camera_id in self._lost_at_s:
            return CameraBack(camera_id, now_s - self._lost_at_s.pop(camera_id))
        return None


def _note_failure(written: Future[tuple[Entry, ...]]) -> None:
    """A camera's loss that could not be written (the disk is full) must not stop its reader."""
    error = written.exception()
    if isinstance(error, KnownError):
        _logger.info("a camera's change of state could not be written: %s", error.what.template)
    elif error is not None:
        _logger.error("a camera's change of state could not be written", exc_info=error)
