"""Locks against retention, in random interleavings: what a lock was granted must never be deleted.

The oracle knows every segment by its size, a power of two each, so that the sum which the recorder
promises names the very segments; it reads the promise and the files itself, by SQLite and the disk.
"""

from __future__ import annotations

import json
import random
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.log import Actor, Log, Role
from app.station import Disk
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange, NewSegment, Progress
from app.video.archive.locks import FootageLocksView, request_lock, request_unlock
from app.video.archive.segment import Span
from app.video.archive.segment_file_name import segment_path
from app.video.picture import Size
from app.video.recorder.lock_keeping import keep_locks, wishes
from app.video.recorder.recording_folders import RecordingFolders
from app.video.recorder.retention import KeepRule
from app.video.recorder.retention_round import RetentionRounds
from app.video.recorder.surroundings import RecorderSurroundings

NOW = datetime(2026, 11, 22, 3, 46, tzinfo=UTC)
OFFICER = Actor("officer-1", Role.SUPERVISOR)
_CAMERAS = ("C01", "C02")
_SEGMENT_S = 60
_A_CAMERA = 8  # segments; together sixteen sizes, all of them different
_ROUNDS_A_STATION = 25
_SIZE = Size(640, 360)


@dataclass(slots=True)
class Outcome:
    """`locked_deleted`: segments that were granted to a lock and are gone while it holds."""

    interleavings: int = 0
    locked_deleted: int = 0
    granted: int = 0
    deleted: int = 0
    first: str = ""


def measure_locks(interleavings: int, seed: int) -> Outcome:
    """Play so many interleavings; each is drawn from the seed and its own number."""
    outcome = Outcome()
    while outcome.interleavings < interleavings:
        many = min(_ROUNDS_A_STATION, interleavings - outcome.interleavings)
        with TemporaryDirectory(prefix="benchmark-locks-") as name:
            station = _Station(Path(name))
            try:
                for _ in range(many):
                    chance = random.Random(f"{seed}/{outcome.interleavings}")
                    _Interleaving(station, chance, outcome).play()
                    outcome.interleavings += 1
            finally:
                station.close()
    return outcome


class _Station:
    """A log that asks for locks, an index that grants them, and a folder of recordings."""

    def __init__(self, root: Path) -> None:
        clock = ScriptedClock(NOW)
        disk = Disk()
        self.recordings = root / "recordings"
        self.recordings.mkdir()
        self.log = Log(
            root / "station.db", origin="bench", views=[FootageLocksView()], clock=clock
        )  # fmt: skip
        self.log.open()
        self.index = RecordingIndex(self.recordings, clock)
        self.index.open()
        folders = RecordingFolders(disk, self.recordings, "bench", reserve_bytes=0)
        (self.folder,) = folders.look({})
        self.index.change(lambda change: change.know_folder(self.folder.uid, ""))
        self.rounds = RetentionRounds(RecorderSurroundings(clock, disk, self.index, folders))
        self.days = 0

    def close(self) -> None:
        self.index.close()
        self.log.close()


@dataclass(slots=True)
class _Interleaving:
    """One evening of two cameras, far from all others: two threads meet over it."""

    station: _Station
    chance: random.Random
    outcome: Outcome
    files: dict[int, Path] = field(default_factory=dict)  # by size
    granted: dict[str, set[int]] = field(default_factory=dict)  # sizes, by lock
    let_go: set[str] = field(default_factory=set)

    def play(self) -> None:
        self.station.days += 1
        begins = NOW - timedelta(days=400) + timedelta(days=2 * self.station.days)
        self._record(begins)
        pauses = [self.chance.random() * 0.004 for _ in range(12)]
        stop = threading.Event()
        keeper = threading.Thread(target=self._lock, args=(begins, pauses[:6], stop))
        cleaner = threading.Thread(target=self._clean, args=(begins, pauses[6:], stop))
        threads = [keeper, cleaner]
        self.chance.shuffle(threads)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._judge()

    def _record(self, begins: datetime) -> None:
        """The files, then all their rows in one change."""
        rows: list[tuple[NewSegment, int]] = []
        for camera_id in _CAMERAS:
            for step in range(_A_CAMERA):
                at, size = begins + timedelta(seconds=_SEGMENT_S * step), 1 << len(rows)
                path = segment_path(self.station.recordings, camera_id, StreamKind.MAIN, at)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"x")
                self.files[size] = path
                uid = self.station.folder.uid
                rows.append(
                    (NewSegment(camera_id, StreamKind.MAIN, uid, at, "H264", _SIZE, None), size)
                )

        def know(change: IndexChange) -> None:
            for new, size in rows:
                segment = change.begin(new)
                change.finish(Progress(segment, _SEGMENT_S * 1000, size), bytes(32))

        self.station.index.change(know)

    def _lock(self, begins: datetime, pauses: list[float], stop: threading.Event) -> None:
        """Ask, have it kept, sometimes take it back; as console and recorder do."""
        chance = random.Random(self.chance.random())
        for pause in pauses[: chance.randrange(1, 4)]:
            stop.wait(pause)
            first = chance.randrange(_A_CAMERA)
            span = Span(
                begins + timedelta(seconds=_SEGMENT_S * first + chance.randrange(1, 50)),
                begins + timedelta(seconds=_SEGMENT_S * (first + chance.randrange(1, 4)) + 10),
            )
            cameras = _CAMERAS[: chance.randrange(1, 3)]
            (entry,) = request_lock(
                self.station.log, cameras, span, "การวัด", actor=OFFICER
            ).result()  # fmt: skip
            lock_id = json.loads(entry.body or "{}")["lock_id"]
            stop.wait(chance.random() * 0.003)
            self._keep()
            self.granted[lock_id] = self._promised(lock_id)
            if chance.random() < 0.2:
                self.let_go.add(lock_id)
                request_unlock(self.station.log, lock_id, "ไม่ต้องใช้แล้ว", actor=OFFICER).result()
                self._keep()

    def _keep(self) -> None:
        with self.station.log.reading() as db:
            wished = wishes(db)
        keep_locks(self.station.index, wished, NOW)

    def _promised(self, lock_id: str) -> set[int]:
        """What the recorder says that this lock holds, as the index's own file has it."""
        uri = f"{self.station.index.path.as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            rows = db.execute("SELECT body FROM entries WHERE kind = 'footage_locked'").fetchall()
        said = [json.loads(row[0]) for row in rows]
        (own,) = [one for one in said if one["lock_id"] == lock_id]
        total = sum(one["size_bytes"] for one in own["footage"])
        return {size for size in self.files if total & size}

    def _clean(self, begins: datetime, pauses: list[float], stop: threading.Event) -> None:
        """By age and by size, until all of this evening would be gone."""
        chance = random.Random(self.chance.random())
        stop.wait(chance.random() * 0.02)
        for pause in pauses[: chance.randrange(1, 4)]:
            stop.wait(pause)
            if chance.random() < 0.5:
                days = (NOW - begins).days - chance.randrange(2)
                self.station.rounds.by_age(KeepRule(keep_days=days), NOW)
            else:
                self.station.rounds.by_size(KeepRule(most_bytes=1 + chance.randrange(1 << 16)), 0.0)

    def _judge(self) -> None:
        rows = self._rows()
        gone = {size for size, path in self.files.items() if not (path.exists() and size in rows)}
        self.outcome.deleted += len(gone)
        for lock_id, sizes in self.granted.items():
            if lock_id in self.let_go:
                continue
            self.outcome.granted += len(sizes)
            lost = sizes & gone
            self.outcome.locked_deleted += len(lost)
            if lost and not self.outcome.first:
                names = ", ".join(self.files[size].name for size in sorted(lost))
                self.outcome.first = f"interleaving {self.outcome.interleavings}: {names}"

    def _rows(self) -> set[int]:
        """Sizes of the segments of this evening that the index still holds."""
        day = min(path.name for path in self.files.values())[:8]
        uri = f"{self.station.index.path.as_uri()}?mode=ro"
        begins = datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC)
        from_ms = int(begins.timestamp() * 1000)
        with closing(sqlite3.connect(uri, uri=True)) as db:
            rows = db.execute(
                "SELECT size_bytes FROM segments WHERE begins_ms BETWEEN ? AND ?",
                (from_ms, from_ms + 2 * 86_400_000),
            ).fetchall()
        return {row[0] for row in rows}
