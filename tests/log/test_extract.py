"""A part of the log: without a gap, each entry checked, with the seal that covers it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import ScriptedClock, to_stored
from app.errors import KnownError
from app.evidence.seals import DaySealed
from app.incidents.workflow import add_note
from app.log import Log, extract
from app.log.extract import Extract, extract_about, extract_of_span
from tests.station_log import MORNING, OFFICER, PROGRAM, a_station_log, take


def span(log: Log, begins_min: int, ends_min: int) -> Extract:
    with log.reading() as db:
        return extract_of_span(
            db,
            to_stored(MORNING + timedelta(minutes=begins_min)),
            to_stored(MORNING + timedelta(minutes=ends_min)),
        )


def three_notes(log: Log, clock: ScriptedClock) -> str:
    incident = take(log, clock)
    for number in range(3):
        clock.advance(60)
        add_note(log, incident.id, f"บันทึก {number}", actor=OFFICER).result()
    return incident.id


def seal(log: Log) -> None:
    log.append(DaySealed("smart-safety-zone seal 1", "00"), actor=PROGRAM).result()


def test_what_was_recorded_in_a_span_follows_in_order_and_holds(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        three_notes(log, clock)
        found = span(log, 1, 3)  # the end itself is not in it
        assert [entry.data()["text"] for entry in found.entries] == ["บันทึก 0", "บันทึก 1"]
        assert (found.bad, found.seals, found.covered) == (frozenset(), (), False)
        seal(log)
        assert [entry.kind for entry in span(log, 1, 3).seals] == ["day_sealed"]
        assert span(log, 1, 3).covered


def test_a_clock_that_was_set_back_leaves_no_gap(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        incident = take(log, clock)
        for minute in (5, -60, 6):
            clock.move_to(MORNING + timedelta(minutes=minute))
            add_note(log, incident.id, f"นาทีที่ {minute}", actor=OFFICER).result()
        found = span(log, 5, 7)
        assert [entry.n for entry in found.entries] == [2, 3, 4]
        assert not found.bad


def test_an_entry_that_was_changed_behind_the_log_is_named(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        id_ = three_notes(log, clock)
    db = sqlite3.connect(tmp_path / "station.db", isolation_level=None)
    db.execute("DROP TRIGGER entries_are_never_changed")
    db.execute("UPDATE entries SET body = replace(body, 'บันทึก 1', 'บันทึก 9') WHERE n = 3")
    db.row_factory = sqlite3.Row
    assert extract_about(db, [id_]).bad == {"console-1:3"}
    db.execute("UPDATE entries SET hash = ? WHERE n = 2", ("0" * 64,))
    begins, ends = to_stored(MORNING), to_stored(MORNING + timedelta(hours=1))
    assert extract_of_span(db, begins, ends).bad == {"console-1:2", "console-1:3"}
    db.close()


def test_an_empty_span_and_one_too_long_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        three_notes(log, clock)
        with pytest.raises(KnownError, match="no entry in this time"):
            span(log, 100, 200)
        monkeypatch.setattr(extract, "MOST", 3)
        with pytest.raises(KnownError, match="4 entries are more than one extract takes"):
            span(log, 0, 100)
