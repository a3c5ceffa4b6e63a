"""What another program wrote comes in as it is, once, and only if it continues its chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import KnownError
from app.log import Connection, Entry, Log, entries_after, origin_in
from app.log.connections import open_reader
from app.log.verify import verify
from tests.log.material import OFFICER, PROGRAM, Told, all_views, log_in, reported, rows_of, views


def lost(camera_id: str) -> Told:
    return Told("camera_lost", camera_id, {"reason": "ไฟดับ"})


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Log]:
    folder = tmp_path / "recordings"
    folder.mkdir()
    log = log_in(folder, origin="recorder-1", kept=[])
    yield log
    log.close()


def written_by(log: Log, after: int = 0) -> Sequence[Entry]:
    with log.reading() as db:
        return entries_after(db, "recorder-1", after)


def test_the_other_programs_entries_come_in_with_their_hashes_and_move_the_views(
    log: Log, recorder: Log, tmp_path: Path
) -> None:
    log.append(reported("1/2569"), actor=OFFICER).result()
    recorder.append(lost("C01"), lost("C02"), actor=PROGRAM).result()
    taken = log.take_in(written_by(recorder)).result()
    assert [entry.id for entry in taken] == ["recorder-1:1", "recorder-1:2"]
    assert [entry.hash for entry in taken] == [entry.hash for entry in written_by(recorder)]
    assert ("camera_lost", 2) in all_views(log)["kind_counts"]
    assert log.head("recorder-1") == recorder.head()
    assert verify(tmp_path / "station.db", views()).ok


def test_what_comes_twice_is_taken_in_once(log: Log, recorder: Log) -> None:
    recorder.append(lost("C01"), actor=PROGRAM).result()
    log.take_in(written_by(recorder)).result()
    recorder.append(lost("C02"), actor=PROGRAM).result()
    assert [entry.n for entry in log.take_in(written_by(recorder)).result()] == [2]
    assert log.take_in(written_by(recorder)).result() == ()
    assert log.count() == 2


def test_a_rebuild_gives_what_taking_in_gave(log: Log, recorder: Log) -> None:
    recorder.append(lost("C01"), actor=PROGRAM).result()
    log.take_in(written_by(recorder)).result()
    before = all_views(log)
    log.rebuild()
    assert all_views(log) == before


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda one, two: [two],  # one is missing before it
        lambda one, two: [one, replace(two, prev="0" * 64)],
        lambda one, two: [one, replace(two, body='{"salt":"00","reason":"ไม่มีอะไร"}')],
        lambda one, two: [one, replace(two, at="2026-11-22T09:00:00.000Z")],
        lambda one, two: [replace(one, origin="console"), two],  # claims to be ours
    ],
    ids=["a gap", "another chain", "another text", "another time", "our own name"],
)
def test_what_does_not_continue_its_chain_is_refused_whole(
    log: Log, recorder: Log, spoilt: object
) -> None:
    recorder.append(lost("C01"), lost("C02"), actor=PROGRAM).result()
    head = log.head()
    one, two = written_by(recorder)
    with pytest.raises(KnownError, match="continue its chain"):
        log.take_in(spoilt(one, two)).result()  # type: ignore[operator]
    assert log.head() == head
    assert log.count() == 0


def test_a_chain_that_was_set_back_and_went_on_differently_is_refused(
    log: Log, recorder: Log
) -> None:
    recorder.append(lost("C01"), actor=PROGRAM).result()
    (one,) = written_by(recorder)
    log.take_in([one]).result()
    with pytest.raises(KnownError, match="continue its chain"):
        log.take_in([replace(one, hash="f" * 64)]).result()
    assert log.count() == 1


def test_whose_a_file_is_is_known_before_it_is_opened(recorder: Log, tmp_path: Path) -> None:
    path = tmp_path / "recordings" / "station.db"
    assert origin_in(tmp_path / "not there.db") is None
    assert origin_in(path) is None  # no entry yet
    recorder.append(lost("C01"), actor=PROGRAM).result()
    assert origin_in(path) == "recorder-1"


class Segments:
    """A ledger as small as can be."""

    def create(self, db: Connection) -> None:
        db.execute("CREATE TABLE IF NOT EXISTS segments (id INTEGER PRIMARY KEY) STRICT")


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Log]:
    from app.clock import ScriptedClock
    from tests.log.material import NOON

    made = Log(
        tmp_path / "index.db", origin="recorder-1", views=[], clock=ScriptedClock(NOON),
        ledgers=[Segments()],
    )  # fmt: skip
    made.open()
    yield made
    made.close()


def kept(log: Log) -> list[tuple[object, ...]]:
    with log.reading() as db:
        return rows_of(db, "segments")


def test_a_ledger_and_its_entries_are_written_together(keeping: Log, tmp_path: Path) -> None:
    def work(db: Connection) -> Sequence[Told]:
        db.execute("INSERT INTO segments VALUES (7)")
        return [lost("C01")]

    entries = keeping.keep(work, actor=PROGRAM).result()
    assert [entry.kind for entry in entries] == ["camera_lost"]
    assert kept(keeping) == [(7,)]
    with closing(open_reader(tmp_path / "index.db")) as db:
        assert rows_of(db, "segments") == [(7,)]
    assert verify(tmp_path / "index.db").ok


def test_a_ledger_is_as_it_was_when_its_entry_may_not_be_written(keeping: Log) -> None:
    def work(db: Connection) -> Sequence[Told]:
        db.execute("INSERT INTO segments VALUES (7)")
        return [lost("C01")]

    with pytest.raises(KnownError):
        keeping.keep(work, actor=OFFICER).result()  # a camera's loss the program alone records
    assert kept(keeping) == []


def test_a_ledger_outlives_a_rebuild(keeping: Log) -> None:
    keeping.keep(
        lambda db: db.execute("INSERT INTO segments VALUES (7)") and (), actor=PROGRAM
    ).result()
    keeping.rebuild()
    assert kept(keeping) == [(7,)]
