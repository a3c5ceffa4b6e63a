"""What is deleted and what never: by age, size and space, oldest first, locked footage never."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.video.archive.index_change import IndexChange, NewSegment
from app.video.archive.index_locks import hold, release
from app.video.archive.index_tables import to_ms
from app.video.archive.locks import FootageLock
from app.video.archive.segment_file_name import segment_path
from app.video.picture import Size
from app.video.recorder.retention import KeepRule
from app.video.recorder.retention_round import RetentionRounds
from app.video.recorder.surroundings import RecorderSurroundings
from benchmarks.forgetful_disk import ForgetfulDisk
from tests.video.archive.material import EVENING
from tests.video.recorder.scripted import a_lock, rows, start_up, surroundings

MB = 1_000_000
MINUTE = timedelta(minutes=1)
INTERLEAVINGS = 1000


@pytest.fixture
def around(tmp_path: Path) -> Iterator[RecorderSurroundings]:
    (tmp_path / "recordings").mkdir()
    disk = ForgetfulDisk(tmp_path)
    with surroundings(tmp_path / "recordings", disk, ScriptedClock(EVENING)) as made:
        start_up(made)
        yield made


def record(around: RecorderSurroundings, camera_id: str, minute: int, count: int = 1) -> None:
    """Segments of a minute and a megabyte, ten bytes of it real; what they hold matters to none."""
    folder = around.folders.there[0]
    for each in range(minute, minute + count):
        begins = EVENING + each * MINUTE
        file = around.disk.create(segment_path(folder.root, camera_id, StreamKind.MAIN, begins))
        file.write(b"0123456789")
        file.close()
        new = NewSegment(camera_id, StreamKind.MAIN, folder.uid, begins, "H264", Size(320, 180))
        around.index.change(lambda change, new=new: change.adopt(new, 59_999, MB))


def minutes(around: RecorderSurroundings, camera_id: str = "C01") -> list[int]:
    """Which of them are still there, in the index and on the disk."""
    here = [each for each in rows(around, "state = 0") if each.camera_id == camera_id]
    assert all(each.path.exists() for each in here)
    return [round((each.begins - EVENING) / MINUTE) for each in here]


def deleted(around: RecorderSurroundings) -> list[tuple[str, str, int]]:
    """The `footage_deleted` entries: camera, why, segments."""
    with around.index.reading() as db:
        found = db.execute(
            "SELECT subject, body ->> 'why', body ->> 'segments' FROM entries"
            " WHERE kind = 'footage_deleted' ORDER BY seq"
        ).fetchall()
    return [(row[0], row[1], row[2]) for row in found]


def test_each_camera_is_kept_for_its_own_days(around: RecorderSurroundings) -> None:
    record(around, "C01", 0, 4)
    record(around, "C02", 0, 4)
    now = EVENING + timedelta(days=30) + 2 * MINUTE
    rule = KeepRule(keep_days=30, days_of_camera=(("C02", 90),))
    assert RetentionRounds(around).by_age(rule, now) == 2
    assert minutes(around) == [2, 3]
    assert minutes(around, "C02") == [0, 1, 2, 3]
    assert deleted(around) == [("C01", "age", 2)]


def test_the_oldest_go_first_whichever_camera_they_are_of(around: RecorderSurroundings) -> None:
    record(around, "C01", 0, 3)
    record(around, "C02", 1, 3)
    assert RetentionRounds(around).by_size(KeepRule(most_bytes=3 * MB), 0.0) == 3
    assert (minutes(around), minutes(around, "C02")) == ([2], [2, 3])
    assert sorted(deleted(around)) == [("C01", "size", 2), ("C02", "size", 1)]


def test_without_a_limit_nothing_goes(around: RecorderSurroundings) -> None:
    record(around, "C01", 0, 3)
    assert RetentionRounds(around).by_size(KeepRule(), 0.0) == 0
    assert RetentionRounds(around).by_age(KeepRule(keep_days=30), EVENING + MINUTE) == 0


def test_locked_footage_never_goes(around: RecorderSurroundings) -> None:
    record(around, "C01", 0, 5)
    lock = a_lock(EVENING + 1.5 * MINUTE, EVENING + 2.2 * MINUTE, "C01")
    around.index.change(lambda change: hold(change, lock, "console-1:1"))
    rounds = RetentionRounds(around)
    rounds.by_age(KeepRule(keep_days=1), EVENING + timedelta(days=99))
    assert minutes(around) == [1, 2]
    assert rounds.by_space(around.folders.there[0], MB, 0.0) == 0
    around.index.change(lambda change: release(change, lock.id, lock.about, "asked"))
    rounds.by_age(KeepRule(keep_days=1), EVENING + timedelta(days=99))
    assert minutes(around) == []


def test_what_is_deleted_leaves_no_empty_folders(around: RecorderSurroundings) -> None:
    record(around, "C01", 0, 2)
    RetentionRounds(around).by_age(KeepRule(keep_days=1), EVENING + timedelta(days=99))
    assert [each.name for each in around.index.recordings.iterdir() if each.is_dir()] == []


def test_a_thousand_interleavings_of_lock_and_retention_delete_nothing_locked(
    around: RecorderSurroundings,
) -> None:
    """Locks are acknowledged by one thread while another deletes: whatever was acknowledged stays
    until it is released."""
    random = Random(4)
    rounds = RetentionRounds(around)
    folder = around.folders.there[0]
    locked_deleted = 0
    for number in range(INTERLEAVINGS):
        record(around, "C01", number, 1)
        begins = EVENING + (number - random.randrange(6)) * MINUTE
        ends = begins + random.randrange(1, 120) * MINUTE / 60
        locking = _Locking(around, a_lock(begins, ends, "C01", name=f"lock-{number}"))
        deleting = threading.Thread(target=rounds.by_space, args=(folder, 2 * MB, 0.0))
        threads = [deleting, threading.Thread(target=locking.lock)]
        random.shuffle(threads)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        there = {each.id for each in rows(around, "state = 0")}
        locked_deleted += len(locking.acknowledged - there)
        around.index.change(locking.release)
    assert locked_deleted == 0


class _Locking:
    """Asks for a lock; what was there when it was acknowledged must be there afterwards."""

    def __init__(self, around: RecorderSurroundings, lock: FootageLock) -> None:
        self._around = around
        self._lock = lock
        self.acknowledged: set[int] = set()

    def lock(self) -> None:
        self._around.index.change(lambda change: hold(change, self._lock, "console-1:1"))
        condition = f"state = 0 AND begins_ms <= {to_ms(self._lock.span.ends)}"
        condition += f" AND begins_ms + duration_ms >= {to_ms(self._lock.span.begins)}"
        self.acknowledged = {each.id for each in rows(self._around, condition)}

    def release(self, change: IndexChange) -> None:
        release(change, self._lock.id, self._lock.about, "asked")
