"""What the index of a camera costs: both streams, a month of minutes, hashes included."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange, NewSegment, Progress
from app.video.picture import Size
from tests.video.archive.material import EVENING, FOLDER

MOST_MB = 10.0
MINUTES, OF_A_MONTH = 4000, 31 * 24 * 60
CAMERAS = ("C01", "C02")


def record_minutes(index: RecordingIndex, first: int, minutes: int) -> None:
    """As a recorder does: begun, told of once, finished; all streams in turn."""

    def work(change: IndexChange) -> None:
        for minute in range(first, first + minutes):
            for number, camera_id in enumerate(CAMERAS):
                for kind in StreamKind:
                    begins = EVENING + timedelta(minutes=minute, milliseconds=137 * number)
                    new = NewSegment(
                        camera_id, kind, FOLDER, begins, "H264", Size(1920, 1080), -120
                    )
                    segment = change.begin(new)
                    change.grow([Progress(segment, 30_000, 15_000_000)])
                    digest = hashlib.sha256(f"{camera_id} {kind} {minute}".encode()).digest()
                    change.finish(Progress(segment, 59_960, 30_123_456, -123), digest)

    index.change(work)


def size_bytes(index: RecordingIndex) -> int:
    with index.reading() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        page_bytes = db.execute("PRAGMA page_size").fetchone()[0]
    return int(pages * page_bytes)


def test_a_month_of_a_camera_takes_less_than_ten_megabytes(tmp_path: Path) -> None:
    index = RecordingIndex(tmp_path, ScriptedClock(EVENING))
    index.open()
    try:
        index.change(lambda change: change.know_folder(FOLDER, ""))
        record_minutes(index, 0, 100)
        before = size_bytes(index)
        for hour in range(0, MINUTES, 100):
            record_minutes(index, 100 + hour, 100)
        grown = size_bytes(index) - before
    finally:
        index.close()
    per_month_mb = grown / MINUTES * OF_A_MONTH / len(CAMERAS) / 1e6
    assert 4 < per_month_mb < MOST_MB
