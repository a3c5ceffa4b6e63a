"""The recorder of one station, composed: what is built in which order, started, beaten, stopped.

Knows no command line and no console. `run` is the whole life of it.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from dataclasses import dataclass, field

from app.clock import Clock
from app.errors import KnownError
from app.station import Disk, RecorderLock, SecretStore, StationFolder
from app.video.archive.index import RecordingIndex
from app.video.archive.segment import GapCause
from app.video.preflight import examine
from app.video.recorder.camera_stream import Examine
from app.video.recorder.caretaking import EVERY_S, Caretaking
from app.video.recorder.clock_watch import ClockWatch
from app.video.recorder.entries import ClockStepped, RecorderStarted, RecorderStopped
from app.video.recorder.health_watch import HealthWatch
from app.video.recorder.lock_keeping import keep_locks
from app.video.recorder.named_loop import NamedLoop
from app.video.recorder.recorder_note import (
    StopRequest,
    forget_stop_request,
    stop_request,
)
from app.video.recorder.recording_folders import RecordingFolders
from app.video.recorder.start_up import StartUp, open_index
from app.video.recorder.station_wishes import StationWishes
from app.video.recorder.stream_recording import Stopped
from app.video.recorder.stream_roster import StreamRoster
from app.video.recorder.surroundings import Limits, RecorderSurroundings

WRONG_CLOCK_S = 3600.0
REST_S = 24 * 3600.0
"""After the clock was set by more than an hour, or stands days from the newest footage at a start,
nothing is deleted by age for a day."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecorderParts:
    """What a recorder is made of that tests replace."""

    clock: Clock
    secrets: SecretStore
    disk: Disk = field(default_factory=Disk)
    limits: Limits = field(default_factory=Limits)
    examine: Examine = examine
    program: str = ""
    """Name and version, for the log."""


class Recorder:
    """Made once, run once."""

    def __init__(self, folder: StationFolder, parts: RecorderParts) -> None:
        self._folder = folder
        self._parts = parts
        self._lock = RecorderLock(folder, disk=parts.disk, clock=parts.clock)
        self._wishes = StationWishes(folder, parts.secrets)
        index = RecordingIndex(folder.recordings, parts.clock)
        folders = RecordingFolders(parts.disk, folder.recordings, folder.profile.station_id)
        self._around = RecorderSurroundings(
            parts.clock, parts.disk, index, folders, parts.limits, parts.examine
        )
        self._clock_watch = ClockWatch(parts.clock)
        self._health = HealthWatch(self._around)
        self._roster = StreamRoster(self._wishes.address_of, self._around)
        self._start_up = StartUp(self._around)
        self._caretaking = Caretaking(
            self._around,
            self._clock_watch,
            lambda: self._wishes.wanted.rule,
            lambda: self._health.bytes_per_s,
        )
        self._caretaker = NamedLoop("caretaker", EVERY_S, self._caretaking.look)
        self._beater = NamedLoop("beat", parts.limits.beat_s, self._beat)
        self._looker = NamedLoop("look", parts.limits.look_s, self._look)

    def run(self, stop: threading.Event) -> tuple[str, ...]:
        """Record until `stop` is set or somebody asks; the names of threads that did not end.

        KnownError: another recorder is running, or the station cannot be recorded at all.
        """
        self._lock.acquire()
        try:
            forget_stop_request(self._folder.recordings, self._parts.disk)
            self._start()
            asked = self._wait(stop)
            return self._end(asked)
        finally:
            self._around.index.close()
            self._wishes.close()
            self._lock.release()

    def _start(self) -> None:
        """In this order; nothing is recorded before the index is true."""
        around, began_s = self._around, time.monotonic()
        anew = open_index(around.index, around.disk, around.clock, self._wishes.known_head)
        self._wishes.look()
        self._use_settings()
        self._start_up.know_folders()
        self._start_up.finish_deleting()
        self._start_up.salvage_growing()
        self._start_up.compare_newest()
        sources = self._wishes.sources()
        streams = [(each.camera_id, each.kind) for each in sources]
        self._start_up.open_gaps(streams, around.clock.now())
        if self._start_up.was_long_ago(around.clock.now()):
            self._clock_watch.rest(REST_S)
        cameras = len({each.camera_id for each in sources})
        around.index.append(RecorderStarted(self._parts.program, cameras, anew))
        self._keep_locks()
        self._roster.want(sources, Stopped(None))
        for loop in (self._beater, self._looker, self._caretaker):
            loop.start()
        _logger.info("recording %d streams after %.2f s", len(streams), time.monotonic() - began_s)

    def _wait(self, stop: threading.Event) -> StopRequest | None:
        """Until it shall end; who asked, None for the system."""
        while not stop.wait(self._parts.limits.look_s):
            asked = stop_request(self._folder.recordings)
            if asked is not None:
                return asked
        return None

    def _end(self, asked: StopRequest | None) -> tuple[str, ...]:
        """In this order: first what would begin anything new, then the streams, the rest last."""
        until_s = time.monotonic() + self._parts.limits.join_s
        loops = (self._looker, self._caretaker, self._beater)
        for loop in loops:
            loop.ask_to_stop()
        left = [each.name for each in loops if not each.join(until_s - time.monotonic())]
        stopped = Stopped(GapCause.SOFTWARE, "terminated")
        if asked is not None:
            stopped = Stopped(GapCause.STOPPED, asked.by)
        left += self._roster.stop(stopped, until_s - time.monotonic())
        try:
            self._caretaking.seal()
            by, why = (asked.by, asked.why) if asked is not None else ("", "")
            self._around.index.append(RecorderStopped(by, why, tuple(left)))
            forget_stop_request(self._folder.recordings, self._parts.disk)
        except KnownError as error:
            _logger.error("the recorder's end could not be written down: %s", error)
        _logger.info("recorder %d ended", os.getpid())
        return tuple(left)

    def _look(self) -> None:
        """Twice a second: what the station wants."""
        if self._wishes.look():
            self._use_settings()
        self._keep_locks()
        enabled = self._wishes.wanted.profile.recordings_enabled
        stopped = Stopped(None) if enabled else Stopped(GapCause.STOPPED, "settings")
        self._roster.want(self._wishes.sources(), stopped)

    def _beat(self) -> None:
        """Once a second: what happened."""
        step = self._clock_watch.look()
        if step is not None:
            self._around.epoch.number += 1
            if abs((step[1] - step[0]).total_seconds()) > WRONG_CLOCK_S:
                self._clock_watch.rest(REST_S)
            self._around.index.append(ClockStepped(*step))
        progress = self._roster.progress
        if progress:
            self._around.index.change(lambda change: change.grow(progress))
        self._start_up.know_folders()
        self._health.look(self._roster.statuses)

    def _keep_locks(self) -> None:
        keep_locks(self._around.index, self._wishes.wanted.locks, self._around.clock.now())

    def _use_settings(self) -> None:
        folders = self._around.folders
        folders.use(self._wishes.folders())
        folders.reserve_bytes = (
            self._parts.limits.reserve_bytes or self._wishes.wanted.reserve_bytes
        )
