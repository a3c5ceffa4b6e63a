"""A recording without cameras or waiting: a clip's packets, a clock of its own, any disk.

`Story` records two streams, locks and deletes as a recorder does, so that a test can end it at any
step; `found_again` is a recorder's start on what is left.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import av

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.log import Head
from app.station import Disk
from app.video.archive.index import RecordingIndex
from app.video.archive.index_locks import hold
from app.video.archive.index_reading import SEGMENTS, segment_of
from app.video.archive.index_spans import kept, recomputed
from app.video.archive.locks import FootageLock, LockState
from app.video.archive.segment import Segment, Span
from app.video.recorder.index_duty import IndexDuty
from app.video.recorder.recording_folders import RecordingFolders
from app.video.recorder.retention_round import RetentionRounds
from app.video.recorder.salvage import measure
from app.video.recorder.segment_cutter import SegmentCutter
from app.video.recorder.start_up import StartUp, open_index
from app.video.recorder.stocktaking import Stocktaking
from app.video.recorder.surroundings import Limits, RecorderSurroundings
from tests.video.archive.material import EVENING, ClipForm, clip

FORM = ClipForm(seconds=8.0, fps=10, gop=10)
LIMITS = Limits(segment_s=2.0)


class ClipSession:
    """A session with a camera that plays a clip once."""

    def __init__(self, form: ClipForm = FORM) -> None:
        self._container = av.open(io.BytesIO(clip(form)))
        self.video = self._container.streams.video[0]
        self.sound = None
        self.codec = "hevc" if self.video.codec_context.name == "hevc" else "h264"

    def packets(self) -> Iterator[tuple[av.Packet, float]]:
        """Each with its time in seconds from the first."""
        for packet in self._container.demux(self.video):
            if packet.size:
                yield packet, float(packet.pts * packet.time_base)

    def close(self) -> None:
        self._container.close()


@contextmanager
def surroundings(
    recordings: Path, disk: Disk, clock: ScriptedClock, limits: Limits = LIMITS
) -> Iterator[RecorderSurroundings]:
    """A recorder's, its index closed at the end."""
    index = RecordingIndex(recordings, clock)
    folders = RecordingFolders(disk, recordings, "station-1", reserve_bytes=1000)
    try:
        yield RecorderSurroundings(clock, disk, index, folders, limits)
    finally:
        index.close()


def start_up(around: RecorderSurroundings) -> None:
    """All that a recorder does before it records, and the stock taken of every day."""
    open_index(around.index, around.disk, around.clock, lambda origin: Head(origin, 0, ""))
    steps = StartUp(around)
    steps.know_folders()
    steps.finish_deleting()
    steps.salvage_growing()
    steps.compare_newest()
    stock = Stocktaking(around)
    for folder in around.folders.there:
        for day in stock.days(folder):
            stock.take(folder, day)


def a_lock(begins: datetime, ends: datetime, *camera_ids: str, name: str = "lock-1") -> FootageLock:
    """A lock as the station's log tells of it."""
    span = Span(begins, ends)
    return FootageLock(
        name, camera_ids, span, "คดี", "", None, "officer-1", begins, LockState.REQUESTED
    )


@dataclass
class Told:
    """What the recorder had said before its end."""

    recorded_until: dict[str, datetime]
    locked: list[tuple[str, Span]]


class Story:
    """Two cameras recorded for some seconds; then a lock, a round that deletes, and on."""

    def __init__(self, around: RecorderSurroundings, clock: ScriptedClock) -> None:
        self._around = around
        self._clock = clock
        self.told = Told({}, [])

    def tell(self) -> None:
        with ExitStack() as stack:
            sessions = [ClipSession() for _ in range(2)]
            for session in sessions:
                stack.callback(session.close)
            cutters = [
                SegmentCutter(f"C0{n}", StreamKind.MAIN, session, self._around, self._duty())
                for n, session in enumerate(sessions, 1)
            ]
            self._play(sessions, cutters)
            for cutter in cutters:
                cutter.close()

    def _duty(self) -> IndexDuty:
        return IndexDuty(self._around.index)

    def _play(self, sessions: Sequence[ClipSession], cutters: Sequence[SegmentCutter]) -> None:
        streams = [session.packets() for session in sessions]
        for number, arrivals in enumerate(zip(*streams, strict=True)):
            self._clock.advance(0.1)
            for n, ((packet, _), cutter) in enumerate(zip(arrivals, cutters, strict=True), 1):
                cutter.take(packet, self._clock.monotonic())
                self.told.recorded_until[f"C0{n}"] = self._clock.now()
            if number % 5 == 4:
                progress = [each.progress for each in cutters if each.progress is not None]
                self._around.index.change(lambda change, p=progress: change.grow(p))
            if number == 45:
                self._lock()
            if number == 55:
                RetentionRounds(self._around).by_space(self._around.folders.there[0], 1, 0.0)

    def _lock(self) -> None:
        span = Span(EVENING, EVENING + timedelta(seconds=1))
        lock = a_lock(span.begins, span.ends, "C01")
        self._around.index.change(lambda change: hold(change, lock, "console-1:1"))
        self.told.locked.append(("C01", span))


def rows(around: RecorderSurroundings, condition: str = "1") -> list[Segment]:
    """Segments of the index, whatever their state."""
    with around.index.reading() as db:
        found = db.execute(f"{SEGMENTS} WHERE {condition} ORDER BY segments.id").fetchall()
    return [segment_of(row, around.index.recordings) for row in found]


def check_invariants(around: RecorderSurroundings) -> None:
    """The index and the disk say the same, and everything plays."""
    segments = rows(around)
    on_disk = set(around.index.recordings.rglob("*.mp4"))
    assert {each.path for each in segments} == on_disk
    for each in segments:
        assert not each.is_growing
        measured = measure(each.path)
        assert measured is not None
        assert (measured.size_bytes, measured.duration_ms) == (each.size_bytes, each.duration_ms)
        assert each.path.stat().st_size == each.size_bytes
    with around.index.reading() as db:
        missed = db.execute("SELECT count(*) FROM entries WHERE kind = 'footage_missing'")
        assert missed.fetchone()[0] == 0  # the index never claimed what was not yet on the disk
        states = db.execute("SELECT DISTINCT state FROM segments").fetchall()
        assert [row[0] for row in states] in ([], [0])
        for (stream,) in db.execute("SELECT id FROM streams").fetchall():
            assert kept(db, stream) == recomputed(db, stream)
            total = db.execute(
                "SELECT coalesce(sum(size_bytes), 0) FROM segments WHERE stream = ?", (stream,)
            ).fetchone()[0]
            assert (
                total
                == db.execute("SELECT size_bytes FROM streams WHERE id = ?", (stream,)).fetchone()[
                    0
                ]
            )
