"""Sees how the recorder is, writes its note, and says in the log what somebody must act on."""

from __future__ import annotations

import contextlib
import logging
import os
from datetime import datetime

from app.errors import KnownError
from app.video.recorder.entries import RecordingDiskLow, RecordingInterrupted, RecordingResumed
from app.video.recorder.recorder_note import (
    DiskHealth,
    RecorderHealth,
    StreamHealth,
    write_health,
)
from app.video.recorder.recording_folders import RecordingFolder
from app.video.recorder.stream_recording import StreamStatus
from app.video.recorder.surroundings import RecorderSurroundings

WARN_AT_PERCENT = (80, 90, 95)
_CALM_PERCENT = 2
"""A disk must fall so far under a mark before passing it is told again."""
_SMOOTH_S = 30.0
_DAY_S = 86_400.0

_logger = logging.getLogger(__name__)


class HealthWatch:
    """Asked at every beat, by one thread; `bytes_per_s` any thread's."""

    def __init__(self, around: RecorderSurroundings) -> None:
        self._around = around
        self._started_at = around.clock.now()
        self._taken: dict[tuple[str, str], int] = {}
        self._rates: dict[tuple[str, str], float] = {}
        self._looked_s = around.clock.monotonic()
        self._warned: dict[str, int] = {}
        self._interrupted = self._said = ""
        self.bytes_per_s = 0.0
        """What all streams bring, over the last half minute or so."""

    def look(self, statuses: tuple[StreamStatus, ...]) -> None:
        """Measure, warn, and write the note. KnownError when a disk refuses."""
        self._measure(statuses)
        disks = tuple(self._disk(folder) for folder in self._around.folders.there)
        self._tell_interruption(bool(statuses))
        for folder, disk in zip(self._around.folders.there, disks, strict=False):
            self._warn(folder, disk)
        now = self._around.clock.now()
        write_health(
            self._around.index.recordings, self._health(statuses, disks, now), self._around.disk
        )

    def _health(
        self, statuses: tuple[StreamStatus, ...], disks: tuple[DiskHealth, ...], now: datetime
    ) -> RecorderHealth:
        streams = tuple(
            StreamHealth(
                each.camera_id, each.kind, each.state, each.cause, each.detail,
                round(self._rates.get((each.camera_id, each.kind.value), 0.0)),
            )
            for each in statuses
        )  # fmt: skip
        with self._around.index.reading() as db:
            total = db.execute("SELECT coalesce(sum(size_bytes), 0) FROM streams").fetchone()[0]
        return RecorderHealth(
            pid=os.getpid(),
            started_at=self._started_at,
            written_at=now,
            streams=streams,
            disks=disks,
            total_bytes=total,
            bytes_per_s=round(self.bytes_per_s),
            interrupted=self._interrupted,
        )

    def _measure(self, statuses: tuple[StreamStatus, ...]) -> None:
        now_s = self._around.clock.monotonic()
        passed_s, self._looked_s = now_s - self._looked_s, now_s
        rates, taken = {}, {}
        for each in statuses:
            key = (each.camera_id, each.kind.value)
            taken[key] = each.bytes_taken
            new = max(0, each.bytes_taken - self._taken.get(key, 0))
            old_rate = self._rates.get(key)
            if passed_s <= 0:
                rates[key] = old_rate or 0.0
            elif old_rate is None:
                rates[key] = new / passed_s
            else:
                share = min(1.0, passed_s / _SMOOTH_S)
                rates[key] = old_rate + (new / passed_s - old_rate) * share
        self._rates, self._taken = rates, taken
        self.bytes_per_s = sum(rates.values())

    def _disk(self, folder: RecordingFolder) -> DiskHealth:
        space = self._around.disk.space(folder.root)
        room = max(0, space.free_bytes - self._around.folders.reserve_bytes)
        speed = self.bytes_per_s
        days_left = round(room / speed / _DAY_S, 2) if speed > 0 else None
        return DiskHealth(str(folder.root), space.used_percent, space.free_bytes, days_left)

    def _warn(self, folder: RecordingFolder, disk: DiskHealth) -> None:
        """Each mark once, when it is passed; again only after the disk had fallen under it."""
        passed = max((mark for mark in WARN_AT_PERCENT if disk.used_percent >= mark), default=0)
        warned = self._warned.get(folder.uid, 0)
        if passed > warned:
            self._around.index.append(
                RecordingDiskLow(folder.uid, disk.used_percent, disk.days_left)
            )
            self._warned[folder.uid] = passed
        elif disk.used_percent < warned - _CALM_PERCENT:
            self._warned[folder.uid] = passed

    def _tell_interruption(self, is_wanted: bool) -> None:
        """Nothing can be recorded any more, or it can again: an entry each, as soon as one fits."""
        folders = self._around.folders
        why = folders.why_none if is_wanted and folders.choose() is None else ""
        if why == self._interrupted:
            return
        if why != self._said:
            self._said = why
            (_logger.error if why else _logger.info)("recording %s", why or "goes on")
        with contextlib.suppress(KnownError):  # a full disk takes no entry: tried again
            self._around.index.append(RecordingInterrupted(why) if why else RecordingResumed())
            self._interrupted = why
