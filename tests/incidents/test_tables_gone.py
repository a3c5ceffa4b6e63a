"""A table that was taken away by hand while the log is open: nobody's report is lost for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents.search import Question, numbers
from app.log.verify import verify
from app.views import all_views
from tests.conftest import ExpectedLog
from tests.log.tampering import raw
from tests.station_log import MORNING, a_station_log, rows_of_views, take


@pytest.mark.parametrize("gone", ["incident_words", "incidents", "incident_mark_names"])
def test_it_is_made_anew_and_the_report_is_taken(
    tmp_path: Path, gone: str, expected_log: ExpectedLog
) -> None:
    expected_log("tables were gone and have been made anew")
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        first = take(log, clock)
        with raw(tmp_path / "station.db") as db:
            db.execute(f"DROP TABLE {gone}")
        second = take(log, clock)
        assert [first.number, second.number] == ["1/2569", "2/2569"]
        with log.reading() as reading:
            assert len(numbers(reading, Question(since=MORNING, by_happened=True), 9)) == 2
        kept = rows_of_views(log)
        log.rebuild()
        assert rows_of_views(log) == kept
    assert verify(tmp_path / "station.db", all_views()).ok


@pytest.mark.parametrize("gone", ["TABLE incident_words", "INDEX incident_words_happened"])
def test_whoever_reads_is_told_what_to_do(tmp_path: Path, gone: str) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        take(log, clock)
        with raw(tmp_path / "station.db") as db:
            db.execute(f"DROP {gone}")
        with pytest.raises(KnownError) as told, log.reading() as reading:
            numbers(reading, Question(since=MORNING, by_happened=True), 9)
    assert told.value.do is not None


def test_the_table_of_views_itself_may_be_gone(tmp_path: Path, expected_log: ExpectedLog) -> None:
    expected_log("tables were gone and have been made anew")
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        take(log, clock)
        with raw(tmp_path / "station.db") as db:
            db.execute("DROP TABLE kept_views")
        log.rebuild()
        take(log, clock)
    assert verify(tmp_path / "station.db", all_views()).ok


def test_an_index_that_is_gone_is_there_again_after_the_next_start(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        take(log, clock)
    with raw(tmp_path / "station.db") as db:
        db.execute("DROP INDEX incident_words_happened")
    with a_station_log(tmp_path, clock) as log, log.reading() as reading:
        assert len(numbers(reading, Question(since=MORNING, by_happened=True), 9)) == 1
