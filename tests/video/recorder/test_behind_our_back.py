"""Files cut short, zeroed, deleted, replaced; an index older, newer, damaged or gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.log import Head, head_of, origin_of
from app.video.archive.index import RecordingIndex
from app.video.archive.index_locks import hold
from app.video.archive.index_reading import IndexedFootage, held_locks
from app.video.archive.segment import GapCause
from app.video.recorder.entries import RecordingResumed
from app.video.recorder.lock_keeping import Wishes, keep_locks
from app.video.recorder.start_up import open_index
from app.video.recorder.surroundings import RecorderSurroundings
from benchmarks.forgetful_disk import ForgetfulDisk
from tests.video.archive.material import EVENING, Archive, ClipForm
from tests.video.recorder.scripted import a_lock, check_invariants, rows, start_up, surroundings

pytestmark = pytest.mark.expected_log("segments were not as the index knew them")

SHORT = ClipForm(seconds=3.0)
HOUR = timedelta(hours=1)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Three segments of a camera, each of three seconds."""
    with started(tmp_path / "recordings"):
        pass
    with Archive(tmp_path / "recordings") as archive:
        archive.record_run("C01", EVENING, 3, SHORT)
    return tmp_path / "recordings"


@contextmanager
def started(recordings: Path) -> Iterator[RecorderSurroundings]:
    """After a start-up on what is there."""
    recordings.mkdir(exist_ok=True)
    disk = ForgetfulDisk(recordings.parent)
    with surroundings(recordings, disk, ScriptedClock(EVENING + HOUR)) as around:
        start_up(around)
        yield around


def files(recordings: Path) -> list[Path]:
    return sorted(recordings.rglob("*.mp4"))


def gaps(recordings: Path) -> list[tuple[GapCause, str, float]]:
    footage = IndexedFootage(recordings)
    try:
        found = footage.gaps("C01", EVENING - HOUR, EVENING + 2 * HOUR)
        return [(one.cause, one.detail, (one.ends - one.begins).total_seconds()) for one in found]
    finally:
        footage.close()


def entries(around: RecorderSurroundings) -> list[str]:
    with around.index.reading() as db:
        rows_ = db.execute("SELECT kind, body ->> 'what' FROM entries ORDER BY seq").fetchall()
    return [" ".join(filter(None, row)) for row in rows_]


def test_a_file_deleted_is_a_gap_of_the_disk_and_an_entry(recordings: Path) -> None:
    files(recordings)[1].unlink()
    with started(recordings) as around:
        assert len(rows(around)) == 2
        assert entries(around) == ["footage_missing gone"]
    assert gaps(recordings) == [(GapCause.DISK, "gone", 3.0)]


def test_a_file_cut_short_keeps_what_plays(recordings: Path) -> None:
    path = files(recordings)[1]
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 2 // 3)
    with started(recordings) as around:
        (segment,) = [one for one in rows(around) if one.path == path]
        assert 1000 <= segment.duration_ms <= 2000
        assert segment.sha256 == ""
        assert segment.size_bytes == path.stat().st_size
        assert entries(around) == ["footage_missing shorter"]
    assert gaps(recordings) == [(GapCause.DISK, "shorter", 3 - segment.duration_ms / 1000)]


def test_a_file_replaced_by_something_else_is_set_aside(recordings: Path) -> None:
    path = files(recordings)[0]
    path.write_bytes(b"not a film")
    with started(recordings) as around:
        assert len(rows(around)) == 2
        assert entries(around) == ["footage_missing damaged"]
    assert path.with_name(f"{path.name}.damaged").read_bytes() == b"not a film"
    assert not path.exists()


def test_an_empty_file_is_no_footage(recordings: Path) -> None:
    files(recordings)[2].write_bytes(b"")
    with started(recordings) as around:
        assert entries(around) == ["footage_missing damaged"]


def test_files_the_index_does_not_know_are_adopted_or_removed(recordings: Path) -> None:
    known = files(recordings)[0]
    copied = known.parent.parent.parent / "C09" / "sub" / known.name
    copied.parent.mkdir(parents=True)
    shutil.copy(known, copied)
    empty = known.with_name("20261122T144900.000Z.mp4")
    empty.write_bytes(bytes(5000))
    stranger = known.with_name("holiday.mp4")
    stranger.write_bytes(b"?")
    with started(recordings) as around:
        (adopted,) = [one for one in rows(around) if one.camera_id == "C09"]
        assert (adopted.stream, adopted.path, adopted.duration_ms) == (StreamKind.SUB, copied, 3000)
        assert entries(around) == ["footage_found"]
    assert not empty.exists()
    assert stranger.exists()  # by its name it is none of ours


def test_an_index_that_is_gone_is_made_again_from_the_files(recordings: Path) -> None:
    for path in recordings.glob("index.db*"):
        path.unlink()
    with started(recordings) as around:
        check_invariants(around)
        assert [one.duration_ms for one in rows(around)] == [3000, 3000, 3000]


@pytest.mark.expected_log("the index cannot be used|job of the log|could not be written")
def test_a_damaged_index_is_set_aside_and_made_again(recordings: Path) -> None:
    data = bytearray((recordings / "index.db").read_bytes())
    data[:200] = bytes(200)
    (recordings / "index.db").write_bytes(data)
    with started(recordings) as around:
        check_invariants(around)
        assert len(rows(around)) == 3
    assert list(recordings.glob("index.db.damaged-*"))


def test_an_index_older_than_the_files_learns_of_them(recordings: Path, tmp_path: Path) -> None:
    shutil.copy(recordings / "index.db", tmp_path / "older.db")
    with Archive(recordings) as archive:
        archive.record("C01", EVENING + HOUR / 2, SHORT)
    for path in recordings.glob("index.db*"):
        path.unlink()
    shutil.copy(tmp_path / "older.db", recordings / "index.db")
    with started(recordings) as around:
        check_invariants(around)
        assert len(rows(around)) == 4


def test_an_index_newer_than_the_files_knows_what_is_missing(recordings: Path) -> None:
    for path in files(recordings):
        path.unlink()
    with started(recordings) as around:
        assert rows(around) == []
        assert entries(around) == ["footage_missing gone"]
    assert sum(length_s for _, _, length_s in gaps(recordings)) == 9.0


@pytest.mark.expected_log("the index is older than what")
def test_a_chain_that_was_set_back_is_not_forked(recordings: Path) -> None:
    files(recordings)[0].unlink()
    clock, disk = ScriptedClock(EVENING), ForgetfulDisk(recordings.parent)
    with started(recordings) as around, around.index.reading() as db:
        origin = origin_of(db) or ""
        head = head_of(db, origin)
    ahead = Head(origin, head.n + 1, "0" * 64)
    with surroundings(recordings, disk, clock) as around:
        assert open_index(around.index, disk, clock, lambda _: ahead)
        around.index.append(RecordingResumed())
        with around.index.reading() as db:
            assert origin_of(db) != origin
    with surroundings(recordings, disk, clock) as around:
        own = around.index
        assert not open_index(own, disk, clock, lambda asked: Head(asked, 1, _hash(own, asked)))


def test_locks_that_a_lost_index_held_are_held_again(recordings: Path) -> None:
    lock = a_lock(EVENING, EVENING + HOUR, "C01")
    with started(recordings) as around:
        around.index.change(lambda change: hold(change, lock, "console-1:7"))
    for path in recordings.glob("index.db*"):
        path.unlink()
    with started(recordings) as around:
        wished = Wishes((lock,), {lock.id: "console-1:7"})
        assert keep_locks(around.index, wished, EVENING) == 1
        assert keep_locks(around.index, wished, EVENING) == 0
        with around.index.reading() as db:
            assert [each.asked_by for each in held_locks(db)] == ["console-1:7"]


def test_a_folder_that_is_away_keeps_its_rows(recordings: Path) -> None:
    (recordings / "folder.json").write_text('{"format": 1, "id": "other", "station": "another"}')
    for path in files(recordings):
        path.rename(path.with_suffix(".away"))
    with started(recordings) as around:
        assert around.folders.there == ()
        assert len(rows(around)) == 3
        assert entries(around) == []


def _hash(index: RecordingIndex, origin: str) -> str:
    with index.reading() as db:
        return head_of(db, origin).hash
