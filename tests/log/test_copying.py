"""A log in use is copied whole, of one state, and a bad copy is found before it counts."""

from __future__ import annotations

import shutil
import threading
from collections import deque
from concurrent.futures import Future
from pathlib import Path

import pytest

from app.errors import KnownError, msg
from app.log import Connection, Entry, Fact, Log
from app.log.copying import check_copy, copy_log
from app.log.soundness import damage_of
from app.log.verify import verify
from tests.log.material import (
    ADMINISTRATOR,
    OFFICER,
    CountingView,
    log_in,
    noted,
    reported,
    views,
)
from tests.log.tampering import guards_off, raw


@pytest.fixture
def filled(log: Log) -> Log:
    """Some megabytes, so that a copy takes several steps."""
    for number in range(40):
        log.append(reported(str(number)), noted(str(number), "ก" * 60_000), actor=OFFICER).result()
    return log


def test_a_copy_is_one_state_however_much_is_written_meanwhile(filled: Log, tmp_path: Path) -> None:
    before = filled.count()
    steps = []

    def write_too(left: int, total: int) -> None:
        steps.append(left)
        filled.append(noted("1", "ระหว่างสำรอง"), actor=OFFICER).result()

    copy = tmp_path / "copy.db"
    copy_log(tmp_path / "station.db", copy, write_too)
    assert len(steps) > 2
    assert steps == sorted(steps, reverse=True)  # it never begins anew
    assert filled.count() == before + len(steps)
    report = verify(copy, views())
    assert (report.ok, report.entries) == (True, before), report.findings
    assert not list(tmp_path.glob("copy.db-*"))
    found = check_copy(copy)
    assert (found.entries, found.erased_seq) == (before, 0)
    assert [(head.origin, head.n) for head in found.heads] == [("console", before)]


@pytest.mark.parametrize("beside", [False, True])
def test_a_copy_that_is_stopped_raises_what_stopped_it(
    filled: Log, tmp_path: Path, beside: bool
) -> None:
    class EnoughError(Exception):
        pass

    def stop(left: int, total: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        if beside:
            filled.copy(tmp_path / "copy.db", stop)
        else:
            copy_log(tmp_path / "station.db", tmp_path / "copy.db", stop)
    filled.append(noted("1"), actor=OFFICER).result()  # the log goes on


def test_a_copy_beside_writing_holds_all_that_was_saved_meanwhile(
    filled: Log, tmp_path: Path
) -> None:
    longest = 0

    def write_too(left: int, total: int) -> None:
        nonlocal longest
        filled.append(
            noted("1", "ระหว่างสำรอง" * 900), reported(f"new {left}"), actor=OFFICER
        ).result()
        with raw(tmp_path / "station.db") as db:
            _, there, moved = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        longest = max(longest, there - moved)

    copy = tmp_path / "copy.db"
    filled.copy(copy, write_too)
    assert longest == 0, "a copy must not hold back what is moved into the database"
    report = verify(copy, views())
    assert (report.ok, report.entries) == (True, filled.count()), report.findings
    assert not list(tmp_path.glob("copy.db-*"))
    assert check_copy(copy).entries == filled.count()


def test_a_copy_beside_writing_begins_anew_after_a_rollback_and_at_last_reads_one_state(
    filled: Log, tmp_path: Path
) -> None:
    def write_and_fail(db: Connection) -> tuple[Fact, ...]:
        db.execute("CREATE TABLE scratch(what TEXT NOT NULL) STRICT")
        db.execute("INSERT INTO scratch VALUES(?)", ("ก" * 20_000,))
        raise KnownError(msg("Refused."))

    shares: list[int] = []

    def fail_too(left: int, total: int) -> None:
        shares.append(total - left)
        with pytest.raises(KnownError, match="Refused"):
            filled.keep(write_and_fail, actor=OFFICER).result()

    copy = tmp_path / "copy.db"
    filled.copy(copy, fail_too)
    assert shares.count(shares[0]) > 1, "it never began anew: this test shows nothing"
    report = verify(copy, views())
    assert (report.ok, report.entries) == (True, filled.count()), report.findings


def test_whoever_writes_without_a_pause_takes_turns_with_a_copy(
    filled: Log, tmp_path: Path
) -> None:
    stop = threading.Event()
    pending: deque[Future[tuple[Entry, ...]]] = deque()

    def write() -> None:
        while not stop.is_set():
            pending.append(filled.append(noted("1"), actor=OFFICER))
            if len(pending) > 50:
                pending.popleft().result()

    writing = threading.Thread(target=write)
    writing.start()
    try:
        filled.copy(tmp_path / "copy.db")
    finally:
        stop.set()
        writing.join()
    assert verify(tmp_path / "copy.db", views()).ok


def test_a_log_that_is_closed_ends_the_copy_beside_it(filled: Log, tmp_path: Path) -> None:
    closing: list[threading.Thread] = []

    def close_too(left: int, total: int) -> None:
        if not closing:
            closing.append(threading.Thread(target=filled.close))
            closing[0].start()
            closing[0].join(0.2)

    with pytest.raises(KnownError, match="closed"):
        filled.copy(tmp_path / "copy.db", close_too)
    closing[0].join(10)
    assert not closing[0].is_alive()


def test_two_copies_are_made_one_after_the_other(filled: Log, tmp_path: Path) -> None:
    other: list[threading.Thread] = []

    def copy_too(left: int, total: int) -> None:
        if not other:
            other.append(threading.Thread(target=filled.copy, args=(tmp_path / "other.db",)))
            other[0].start()
            other[0].join(0.1)

    filled.copy(tmp_path / "copy.db", copy_too)
    other[0].join(10)
    assert all(verify(tmp_path / name, views()).ok for name in ("copy.db", "other.db"))


def test_a_copy_knows_the_newest_erasure(log: Log, tmp_path: Path) -> None:
    log.append(reported("1"), noted("1"), actor=OFFICER).result()
    log.erase("console:2", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    copy_log(tmp_path / "station.db", tmp_path / "copy.db")
    assert check_copy(tmp_path / "copy.db").erased_seq == 3


@pytest.mark.parametrize("what", ["an entry", "a guard", "a page", "the end"])
def test_a_bad_copy_is_refused(filled: Log, tmp_path: Path, what: str) -> None:
    copy = tmp_path / "copy.db"
    copy_log(tmp_path / "station.db", copy)
    if what == "an entry":
        with guards_off(copy) as db:
            db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 79")
    elif what == "a guard":
        with raw(copy) as db:
            db.execute("DROP TRIGGER entries_are_never_deleted")
    elif what == "a page":
        content = bytearray(copy.read_bytes())
        content[4096 * 900 : 4096 * 901] = b"\xff" * 4096
        copy.write_bytes(content)
    else:
        copy.write_bytes(copy.read_bytes()[: 4096 * 700])
    with pytest.raises(KnownError):
        check_copy(copy)


def test_a_folder_copied_by_hand_while_in_use_opens_elsewhere_or_is_called_damaged(
    tmp_path: Path,
) -> None:
    """File by file, as a file manager does, the console writing all the while."""
    here = tmp_path / "here"
    here.mkdir()
    log = log_in(here)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            log.append(reported(str(number)), noted(str(number)), actor=OFFICER).result()

    writing = threading.Thread(target=write)
    writing.start()
    opened = 0
    try:
        for number in range(12):
            there = tmp_path / f"there{number}"
            there.mkdir()
            for name in ("station.db", "station.db-wal"):
                if (here / name).exists():
                    shutil.copy(here / name, there / name)
            if damage_of(there / "station.db", is_expected=True) is None:
                elsewhere = log_in(there)
                elsewhere.append(reported("elsewhere"), actor=OFFICER).result()
                elsewhere.close()
                assert verify(there / "station.db", views()).ok
                opened += 1
    finally:
        stop.set()
        writing.join()
        log.close()
    assert opened > 0


class HastyView(CountingView):
    """Notes whether there was haste when an entry came."""

    kinds = CountingView.kinds | {"note_added"}

    def __init__(self) -> None:
        self.in_haste = False
        self.noted: list[bool] = []

    def apply(self, db: Connection, entry: Entry) -> None:
        super().apply(db, entry)
        self.noted.append(self.in_haste)


@pytest.mark.parametrize("fails", [False, True])
def test_while_a_copy_is_made_views_leave_undone_what_can_wait(tmp_path: Path, fails: bool) -> None:
    view = HastyView()

    def write_too(left: int, total: int) -> None:
        log.append(noted("1"), actor=OFFICER).result()
        if fails:
            raise RuntimeError("stopped")

    log = log_in(tmp_path, kept=[view])
    log.append(noted("1", "ก" * 2_000_000), actor=OFFICER).result()
    try:
        log.copy(tmp_path / "copy.db", write_too)
    except RuntimeError:
        assert fails
    log.append(noted("1"), actor=OFFICER).result()
    log.close()
    assert view.noted[0] is view.noted[-1] is False
    assert any(view.noted), "it was never told"
