"""The night's check and backup of a real station: done when due, recorded, told; in a process."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import KnownError
from app.evidence import log_check
from app.evidence.log_check import CheckStoppedError, NoAnswerError
from app.evidence.log_check_worker import CheckOrder
from app.evidence.log_office import LogOffice, last_due
from app.log.verify import verify
from app.station.backups import making
from app.views import all_views
from tests.evidence.test_seals import Sealed, sealed
from tests.log.tampering import guards_off
from tests.station_log import ADMINISTRATOR, MORNING, a_station_log, rows_of_views, take

__all__ = ["sealed"]
NEVER = threading.Event()


@pytest.fixture
def office(sealed: Sealed) -> LogOffice:
    take(sealed.log, sealed.clock)
    sealed.office.seal()
    return LogOffice(sealed.office, all_views)


def test_a_sound_log_is_found_whole_and_that_is_an_entry(office: LogOffice, sealed: Sealed) -> None:
    assert office.check_is_due()
    told: list[tuple[int, int]] = []
    last = office.check(NEVER, lambda done, total: told.append((done, total)))
    assert last.stands
    assert last.said.ok
    assert last.said.entries == sealed.log.count() - 1
    assert (last.said.seals, last.said.sealed_by) == (1, sealed.office.key().fingerprint)
    assert not office.check_is_due()
    sealed.clock.move_to(MORNING + timedelta(days=1))
    assert office.check_is_due()
    assert office.last_check() == last
    assert list(sealed.folder.root.glob(".checking-*")) == []


def test_after_midnight_the_seal_comes_first(office: LogOffice, sealed: Sealed) -> None:
    office.check(NEVER)
    midnight = datetime(2026, 11, 22, 17, 0, 30, tzinfo=UTC)
    sealed.clock.move_to(midnight)
    assert not office.check_is_due()
    sealed.clock.move_to(midnight + timedelta(minutes=10))
    assert office.check_is_due()  # sealing fails: it is checked all the same
    sealed.clock.move_to(midnight)
    sealed.office.seal()
    assert office.check_is_due()


def test_a_tampered_entry_is_named_in_the_entry(office: LogOffice, sealed: Sealed) -> None:
    with guards_off(sealed.folder.database) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 2")
    last = office.check(NEVER)
    assert not last.stands
    assert "console-1:2" in last.said.findings[0].english()
    (said,) = [one for one in sealed.log.entries_of("log") if one.kind == "log_verified"]
    assert said.data()["ok"] is False
    again = office.last_check()
    assert again is not None
    assert again.said.findings == last.said.findings  # as it was told, in either language


def test_a_row_changed_in_a_view_is_found_and_made_right(office: LogOffice, sealed: Sealed) -> None:
    kept = rows_of_views(sealed.log)
    with closing(sqlite3.connect(sealed.folder.database)) as db:
        db.execute("UPDATE incidents SET state = 'closed'")
        db.commit()
    last = office.check(NEVER)
    assert last.said.rebuilt == ("incidents",)
    assert last.stands  # the log itself was whole all the time
    assert rows_of_views(sealed.log) == kept
    assert verify(sealed.folder.database, all_views()).ok
    assert [one.kind for one in sealed.log.entries_of("console-1")][-1] == "views_rebuilt"
    assert office.check(NEVER).said.ok


def test_a_byte_flipped_in_a_views_page_is_found_and_made_right(
    office: LogOffice, sealed: Sealed
) -> None:
    kept = rows_of_views(sealed.log)
    place = "ตลาดอินโดจีน ประตู 3".encode()
    sealed.log.close()
    content = sealed.folder.database.read_bytes()
    at = [i for i in range(len(content)) if content.startswith(place, i)]
    assert len(at) > 1  # in the entry, and in the view
    for one in at:
        broken = bytearray(content)
        broken[one + 1] ^= 1
        sealed.folder.database.write_bytes(broken)
        report = verify(sealed.folder.database, all_views())
        if all(finding.table for finding in report.findings):
            break
    else:
        pytest.fail("no copy of the place was in a view")
    with a_station_log(sealed.folder.root, sealed.clock) as log:
        office.evidence = replace(office.evidence, log=log)
        last = office.check(NEVER)
        assert last.said.rebuilt
        assert last.stands
        assert rows_of_views(log) == kept


def test_a_check_that_is_stopped_says_nothing(office: LogOffice, sealed: Sealed) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(CheckStoppedError):
        office.check(stop)
    assert office.last_check() is None
    assert list(sealed.folder.root.glob(".checking-*")) == []


def test_a_check_that_ends_without_an_answer_says_nothing_of_the_log(
    office: LogOffice, sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sealed.log.count()
    monkeypatch.setattr(log_check, "main", _dies)
    with pytest.raises(NoAnswerError) as refused:
        office.check(NEVER)
    assert refused.value.safe is not None
    assert office.last_check() is None
    assert sealed.log.count() == before
    monkeypatch.undo()
    assert office.check(NEVER).said.ok, "it is tried again"


def _dies(order: CheckOrder, scratch: Path) -> None:
    """As a process that was killed."""
    os._exit(9)


def test_a_log_past_reading_is_a_sentence_in_an_entry(office: LogOffice, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_bytes(b"hello" * 2000)
    evidence = office.evidence

    class Elsewhere:
        """The station, but for where its log is looked for."""

        def __getattr__(self, name: str) -> object:
            found: object = getattr(evidence.folder, name)
            return found

        database = tmp_path / "letter.db"

    office.evidence = replace(evidence, folder=Elsewhere())  # type: ignore[arg-type]
    last = office.check(NEVER)
    assert last.said.refused
    assert not last.stands


def test_a_backup_is_made_when_due_and_is_an_entry(office: LogOffice, sealed: Sealed) -> None:
    assert office.backup_is_due()
    made = office.back_up(NEVER)
    assert not office.backup_is_due()
    newest = office.recent()[0]
    assert newest.kind == "backup_made"
    assert newest.data()["entries"] == made.backup.entries
    assert newest.data()["shares_disk"] is True
    sealed.clock.move_to(MORNING + timedelta(days=1))
    assert office.backup_is_due()
    assert office.try_backup(made.backup, NEVER).since == 1


def test_a_backup_of_a_clock_that_was_ahead_keeps_no_night_without_one(
    office: LogOffice, sealed: Sealed
) -> None:
    sealed.clock.move_to(MORNING + timedelta(days=30))
    office.back_up(NEVER)
    sealed.clock.move_to(MORNING)
    assert office.backup_is_due()
    office.back_up(NEVER)
    assert not office.backup_is_due()
    sealed.clock.move_to(MORNING + timedelta(days=1))
    assert office.backup_is_due()


def test_a_backup_that_fails_is_one_entry_for_each_reason(
    office: LogOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_LEAST_SPARE_BYTES", 10**18)
    for _ in range(3):
        with pytest.raises(KnownError, match="no room"):
            office.back_up(NEVER)
    kinds = [one.kind for one in office.recent()]
    assert kinds.count("backup_failed") <= 3  # the free space may differ
    failure = office.last_failure()
    assert failure is not None
    monkeypatch.undo()
    office.back_up(NEVER)
    assert office.last_failure() is None


def test_a_backup_somebody_made_without_the_console_becomes_an_entry(
    office: LogOffice,
) -> None:
    made = office.place.make(NEVER)
    assert office.note_others() == 1
    assert office.note_others() == 0
    assert office.recent()[0].data()["name"] == made.backup.name


def test_a_damaged_backup_is_told_before_it_is_needed(office: LogOffice) -> None:
    made = office.back_up(NEVER, actor=ADMINISTRATOR).backup
    content = bytearray(made.database.read_bytes())
    content[-300] ^= 1
    made.database.write_bytes(content)
    with pytest.raises(KnownError, match="is damaged"):
        office.try_backup(made, NEVER)


def test_no_older_backup_goes_while_the_log_is_not_whole(office: LogOffice, sealed: Sealed) -> None:
    first = office.back_up(NEVER).backup
    with guards_off(sealed.folder.database) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 2")
    for number in range(250):  # the newest entries hold: only the night's check knows
        sealed.note(str(number))
    assert not office.check(NEVER).stands
    sealed.clock.advance(3600)
    office.back_up(NEVER)
    assert first.name in {one.name for one in office.place.backups()}


@pytest.mark.parametrize(
    ("now", "hour", "due"),
    [
        ("2026-11-22T19:00", 2, "2026-11-22T19:00"),  # two o'clock in Mukdahan
        ("2026-11-22T18:59", 2, "2026-11-21T19:00"),
        ("2026-11-22T03:00", 10, "2026-11-22T03:00"),
        ("2026-11-22T16:59", 0, "2026-11-21T17:00"),
    ],
)
def test_the_hour_is_that_of_the_stations_clock(now: str, hour: int, due: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert last_due(at(now), hour) == at(due)
