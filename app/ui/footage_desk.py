"""Recorded footage at the desk: reads the index, asks for locks, writes down who watched what.

Knows no widget. Reading the index happens in the background; the newest question wins.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.cameras.bookmarks import Bookmark, bookmarks_between
from app.clock import from_stored
from app.errors import KnownError
from app.evidence.exports import Export, exports_since
from app.incidents.incident import Incident
from app.incidents.register import incidents_between
from app.log import Log
from app.ui.background import Background
from app.ui.desk import Desk, Entries
from app.ui.export_jobs import ExportJobs
from app.ui.review.recorded import KEPT, Recorded, RecordedReader
from app.video.archive.footage import Footage
from app.video.archive.locks import (
    FootageLock,
    footage_locks,
    request_lock,
    request_unlock,
)
from app.video.archive.segment import Span
from app.video.archive.viewing import FootageViewed, ViewingTally
from app.video.playback.shown import Shown
from app.video.playback.still import still_picture

_MOST_INCIDENTS = 2000


class FootageDesk(QObject):
    """One desk's questions about footage, and what is done with it. Outlives a window."""

    recorded_read = Signal(object)  # dict[str, Recorded]
    incidents_read = Signal(object)  # list[Incident]
    viewing_logged = Signal(object)  # datetime: when the entry was written
    failed = Signal(object)  # KnownError

    def __init__(
        self,
        desk: Desk,
        log: Log,
        footage: Footage,
        background: Background,
        exports: ExportJobs,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.footage = footage
        self.background = background
        self.exports = exports
        self._log = log
        self._tally = ViewingTally()
        self._about = ("", "", "")
        self._reader = RecordedReader(footage)
        self._is_asking = False
        self._told = ""

    # What there is

    def read_recorded(self, camera_ids: Sequence[str]) -> None:
        """Ask the index for the last 31 days of these cameras; told by `recorded_read`."""
        if self._is_asking:
            return  # it is asked again in two seconds
        self._is_asking = True
        now = self.desk.now()
        work = functools.partial(self._reader.read, tuple(camera_ids), now)
        self.background.run(work, self._on_recorded, self._on_not_read)

    def _on_recorded(self, recorded: dict[str, Recorded]) -> None:
        self._is_asking, self._told = False, ""
        self.recorded_read.emit(recorded)

    def _on_not_read(self, error: KnownError) -> None:
        """Told once, though it is asked again every two seconds."""
        self._is_asking = False
        if str(error) != self._told:
            self._told = str(error)
            self.failed.emit(error)

    def locks(self) -> list[FootageLock]:
        """Every lock that holds, newest first."""
        with self._log.reading() as db:
            now = self.desk.now()
            return [lock for lock in footage_locks(db) if lock.holds_at(now)][::-1]

    def marks(self) -> list[Bookmark]:
        """The marked moments of the last 31 days, in order."""
        now = self.desk.now()
        with self._log.reading() as db:
            return bookmarks_between(db, now - KEPT, now + timedelta(minutes=1))

    def read_incidents(self) -> None:
        """What was reported in the last 31 days, in order; told by `incidents_read`."""
        work = functools.partial(self._incidents, self.desk.now())
        self.background.run(work, self.incidents_read.emit, self.failed.emit)

    def _incidents(self, now: datetime) -> list[Incident]:
        with self._log.reading() as db:
            return incidents_between(db, now - KEPT, now, _MOST_INCIDENTS)

    def exported(self) -> list[Export]:
        """The packages that left in the last 31 days and were not removed, newest first."""
        with self._log.reading() as db:
            return exports_since(db, self.desk.now() - KEPT)

    def whole_picture(self, camera_id: str, at: datetime) -> Shown:
        """The frame of this instant as it was recorded, masks burnt in; waits for the decoder.

        Raises KnownError where there is none, or the officer may not watch footage."""
        self.desk.require_right(FootageViewed.kind)
        masks = self.desk.masks_of(camera_id)
        return still_picture(self.footage, camera_id, at, masks=masks)

    # What can be done

    def lock(
        self,
        camera_ids: Sequence[str],
        span: Span,
        reason: str,
        incident_id: str,
        days: int | None = None,
    ) -> None:
        """Ask for a lock, for so many days or (None) until somebody unlocks it. Raises KnownError
        at once if it makes no sense."""
        written = request_lock(
            self._log,
            tuple(camera_ids),
            span,
            reason,
            incident_id=incident_id,
            until=None if days is None else self.desk.now() + timedelta(days=days),
            actor=self.desk.officer.actor,
        )
        self.desk.follow(written)

    def unlock(self, lock_id: str, reason: str) -> None:
        """Ask to let it go. Raises KnownError at once without a reason or the right."""
        self.desk.require_right("footage_unlock_requested")
        actor = self.desk.officer.actor
        self.desk.follow(request_unlock(self._log, lock_id, reason, actor=actor))

    # Who watched what

    def watching(self, camera_ids: Sequence[str], at: datetime) -> None:
        """These cameras' pictures of this instant are on the screen."""
        now_s = self.desk.clock.monotonic()
        self._tally.note(camera_ids, at, now_s)
        if self._tally.due(now_s):
            self.write_viewing()

    def watch_for(self, place: str, incident_id: str, reason: str) -> None:
        """Why it is watched from now on; another place or incident is another viewing."""
        about = (place, incident_id, reason)
        if about[:2] != self._about[:2]:
            self.write_viewing()
            self._tally.begin_anew()
        self._about = about

    def write_viewing(self) -> None:
        """Write down what was watched since the last time; when the officer leaves, too."""
        fact = self._tally.take(*self._about)
        if fact is not None:
            written = self._log.append(fact, actor=self.desk.officer.actor)
            self.desk.follow(written, self._on_viewing_written)

    def _on_viewing_written(self, entries: Entries) -> None:
        self.viewing_logged.emit(from_stored(entries[0].at))
