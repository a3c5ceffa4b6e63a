"""What is done beside the recording and may take its time: deleting, taking stock, sealing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

from app.video.recorder.clock_watch import ClockWatch
from app.video.recorder.recording_folders import RecordingFolder
from app.video.recorder.retention import KeepRule
from app.video.recorder.retention_round import RetentionRounds
from app.video.recorder.sealing import seal
from app.video.recorder.stocktaking import Stocktaking
from app.video.recorder.surroundings import RecorderSurroundings

EVERY_S = 1.0
_SIZE_EVERY_S = 60.0
_NOTHING_LEFT_S = 60.0
"""After a round that found nothing that may go: the locks will not be gone in a second."""

_logger = logging.getLogger(__name__)


class Caretaking:
    """The duty of one thread, done once a second; each part when its time has come."""

    def __init__(
        self,
        around: RecorderSurroundings,
        clock_watch: ClockWatch,
        rule: Callable[[], KeepRule],
        bytes_per_s: Callable[[], float],
    ) -> None:
        self._around = around
        self._clock_watch = clock_watch
        self._rule = rule
        self._bytes_per_s = bytes_per_s
        self._rounds = RetentionRounds(around)
        self._stock = Stocktaking(around)
        self._known: set[str] = set()
        self._to_take: list[tuple[RecordingFolder, date]] = []
        self._due_s: dict[str, float] = {}

    def look(self) -> None:
        """Do what is due. KnownError, OSError: the rest is done next time."""
        self._make_room()
        self._take_stock()
        if self._is_due("size", _SIZE_EVERY_S):
            self._rounds.by_size(self._rule(), self._bytes_per_s())
        if not self._clock_watch.rests and self._is_due("age", self._around.limits.age_round_s):
            self._rounds.by_age(self._rule(), self._around.clock.now())
        if self._is_due("seal", self._around.limits.seal_s, at_once=False):
            self.seal()

    def seal(self) -> None:
        """Say in the chain what was recorded since the last time. KnownError."""
        self._around.index.change(seal)

    def _make_room(self) -> None:
        """Delete the oldest where a disk falls under its reserve; where nothing may go, stop."""
        folders = self._around.folders
        for folder in folders.short_of_space():
            if not self._is_due(f"space {folder.uid}", _NOTHING_LEFT_S):
                continue
            wanted = folders.reserve_bytes - folders.free_bytes(folder) + folders.reserve_bytes // 8
            if self._rounds.by_space(folder, wanted, self._bytes_per_s()):
                del self._due_s[f"space {folder.uid}"]
            else:
                folders.set_full(folder)

    def _take_stock(self) -> None:
        """One day of one folder at a time, the newest first; a folder that came back too."""
        there = {each.uid: each for each in self._around.folders.there}
        for uid, folder in there.items():
            if uid not in self._known:
                self._to_take += [(folder, day) for day in self._stock.days(folder)]
        self._known = set(there)
        if self._to_take:
            folder, day = self._to_take.pop()
            if folder.uid in there:
                self._stock.take(folder, day)

    def _is_due(self, what: str, every_s: float, *, at_once: bool = True) -> bool:
        now_s = self._around.clock.monotonic()
        due_s = self._due_s.setdefault(what, now_s if at_once else now_s + every_s)
        if now_s < due_s:
            return False
        self._due_s[what] = now_s + every_s
        return True
