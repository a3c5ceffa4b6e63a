"""What a console does about its station's recorder: sees that one runs, hears how it is, takes in
what it wrote, and keeps locks while none runs. Knows no window.

The recorder outlives the console; only the sample station's ends with it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from app.clock import Clock
from app.errors import KnownError
from app.log import Actor, Log
from app.station import StationFolder
from app.video.archive.index_reading import IndexedFootage, StreamStore
from app.video.archive.index_tables import INDEX
from app.video.archive.locks import LockState, checked_reason, footage_locks
from app.video.archive.recorder_news import RecorderNews
from app.video.recorder.entries import RecordingStopRequested
from app.video.recorder.named_loop import NamedLoop
from app.video.recorder.recorder_note import RecorderHealth, read_health
from app.video.recorder.starting import (
    RecorderStarter,
    ask_recorder_to_stop,
    is_running,
    keep_locks_without_recorder,
)

LOOK_EVERY_S = 1.0
_STARTING_S = 15.0
"""So long a recorder may take to say its first word, on a slow disk with much to salvage."""
_END_S = 6.0
_STORES_EVERY = 5  # looks: how much there is changes slowly

_logger = logging.getLogger(__name__)


class Recording(StrEnum):
    """Whether the station is being recorded, as one word."""

    UNKNOWN = "unknown"  # not looked yet
    OFF = "off"  # the station does not want recordings
    HELD_BACK = "held_back"  # somebody stopped it
    STARTING = "starting"
    RUNNING = "running"
    INTERRUPTED = "interrupted"  # it runs, and nothing can be recorded: disk full or gone
    MISSING = "missing"  # it should run, and does not


class RecorderWatch:
    """One thread. `recording` and `health` may be asked from any."""

    def __init__(
        self,
        folder: StationFolder,
        log: Log,
        clock: Clock,
        on_trouble: Callable[[KnownError], None],
        starter: RecorderStarter | None = None,
    ) -> None:
        self._folder = folder
        self._log = log
        self._clock = clock
        self._starter = starter or RecorderStarter(folder, clock)
        self._news = RecorderNews(folder.recordings / INDEX, log, on_trouble)
        self._loop = NamedLoop("recorder watch", LOOK_EVERY_S, self.look)
        self._held_back = False
        self._missed_since: datetime | None = None
        self._recording = Recording.UNKNOWN
        self._health: RecorderHealth | None = None
        self._footage = IndexedFootage(folder.recordings)
        self._stores: tuple[StreamStore, ...] = ()
        self._looks = 0

    # Any thread

    def start(self) -> None:
        """Begin to look."""
        self._news.start()
        self._loop.start()

    def ask_to_end(self) -> None:
        """The console is closing. The recorder goes on, but for the sample station's: what
        simulated cameras send ends with them, and a visit leaves nothing running."""
        self._loop.ask_to_stop()
        if self._folder.profile.sample and is_running(self._folder):
            try:
                ask_recorder_to_stop(self._folder, "console", "sample")
            except KnownError as error:
                _logger.warning("the sample's recorder could not be asked to stop: %s", error)

    def stop(self) -> None:
        """Look no more; back when the recorder's last entry is in. Before the log is closed."""
        self.ask_to_end()
        self._loop.join(_END_S)
        if self._folder.profile.sample:
            self._wait_for_its_end()
        self._news.stop()
        self._footage.close()

    @property
    def recording(self) -> Recording:
        """As it was at the last look."""
        return self._recording

    @property
    def health(self) -> RecorderHealth | None:
        """The recorder's own word, if it is fresh."""
        return self._health

    @property
    def stores(self) -> tuple[StreamStore, ...]:
        """How much there is of every stream, and from when on; seconds old."""
        return self._stores

    def ask_to_stop(self, why: str, actor: Actor) -> None:
        """Let recording end, and not begin again before somebody asks, or this console is opened
        anew. KnownError: no reason, no right, or the request cannot be left."""
        why = checked_reason(why)
        self._log.append(RecordingStopRequested(why), actor=actor).result()
        self._held_back = True
        ask_recorder_to_stop(self._folder, actor.id, why)

    def resume(self) -> None:
        """Record again."""
        self._held_back = False

    # Its own thread

    def look(self) -> None:
        """Once: start what is missing, hear how it is, keep locks."""
        now = self._clock.now()
        health = read_health(self._folder.recordings)
        self._health = health if health is not None and health.is_fresh(now) else None
        wanted = self._folder.profile.recordings_enabled and not self._held_back
        runs = is_running(self._folder)
        if wanted and not runs:
            self._starter.ensure()
        if not runs:
            self._keep_locks()
        if self._looks % _STORES_EVERY == 0:
            self._stores = tuple(self._footage.stores())
        self._looks += 1
        self._recording = self._said(runs, now)

    def _said(self, runs: bool, now: datetime) -> Recording:
        if runs and self._health is not None:
            self._missed_since = None
            return Recording.INTERRUPTED if self._health.interrupted else Recording.RUNNING
        if not self._folder.profile.recordings_enabled:
            return Recording.OFF
        if self._held_back and not runs:
            return Recording.HELD_BACK
        if self._missed_since is None:
            self._missed_since = now
        starting = abs((now - self._missed_since).total_seconds()) <= _STARTING_S
        return Recording.STARTING if starting else Recording.MISSING

    def _keep_locks(self) -> None:
        """Only where there is something to lock or unlock: the lock is not taken for nothing."""
        with self._log.reading() as db:
            if all(lock.state is LockState.LOCKED for lock in footage_locks(db)):
                return
            keep_locks_without_recorder(
                self._folder, self._clock, db, lambda origin: self._log.head(origin)
            )

    def _wait_for_its_end(self) -> None:
        until_s = self._clock.monotonic() + _END_S
        pause = threading.Event()
        while is_running(self._folder) or not self._starter.has_nothing_left:
            if self._clock.monotonic() > until_s:
                _logger.warning("the sample's recorder did not end in time")
                return
            pause.wait(0.05)
