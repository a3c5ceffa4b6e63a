"""Numbers: without gaps, from 1 again each Buddhist year of Thailand, never given twice."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import ScriptedClock, from_stored
from app.errors import KnownError
from app.incidents.intake import report_incident
from app.incidents.register import find_incidents, incident
from app.log import Log
from app.log.verify import verify
from app.views import all_views
from tests.conftest import ExpectedLog
from tests.station_log import (
    ADMINISTRATOR,
    OFFICER,
    PROGRAM,
    a_report,
    a_station_log,
    on_a_full_disk,
    stands,
    take,
    with_room_again,
)

NEW_YEAR = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Bangkok


def numbers(log: Log) -> list[str]:
    """Every number in the order it was given, as the log has it."""
    with log.reading() as db:
        ids = [row[0] for row in db.execute("SELECT subject FROM entries ORDER BY seq")]
        found = [incident(db, id_) for id_ in ids]
    return [one.number for one in found if one is not None]


def test_the_first_report_of_a_year_has_the_number_one(log: Log, clock: ScriptedClock) -> None:
    assert [take(log, clock).number for _ in range(3)] == ["1/2569", "2/2569", "3/2569"]


def test_the_year_changes_at_midnight_in_thailand(log: Log, clock: ScriptedClock) -> None:
    clock.move_to(NEW_YEAR - timedelta(milliseconds=1))
    assert take(log, clock).number == "1/2569"
    clock.move_to(NEW_YEAR)
    assert take(log, clock).number == "1/2570"
    clock.move_to(datetime(2027, 1, 1, 0, 0, tzinfo=UTC))
    assert take(log, clock).number == "2/2570"


def test_a_report_entered_late_counts_in_the_year_it_was_taken(
    log: Log, clock: ScriptedClock
) -> None:
    clock.move_to(NEW_YEAR + timedelta(minutes=5))
    assert take(log, clock).number == "1/2570"
    (entry,) = report_incident(
        log, a_report(), actor=OFFICER, clock=clock, at=NEW_YEAR - timedelta(minutes=10)
    ).result()
    assert stands(log, entry.subject).number == "1/2569"


_AROUND_NEW_YEAR = st.timedeltas(timedelta(days=-2), timedelta(days=2))


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(_AROUND_NEW_YEAR, min_size=1, max_size=12))
def test_numbers_have_no_gap_and_no_double_whatever_the_clock_does(
    steps: list[timedelta],
) -> None:
    clock = ScriptedClock(NEW_YEAR)
    with TemporaryDirectory() as folder, a_station_log(Path(folder), clock) as log:
        for step in steps:
            clock.move_to(NEW_YEAR + step)
            taken = take(log, clock)
            assert taken.reported_at == clock.now()
        given_ = numbers(log)
    new = sum(step >= timedelta(0) for step in steps)
    expected = [f"{n}/2569" for n in range(1, len(steps) - new + 1)]
    expected += [f"{n}/2570" for n in range(1, new + 1)]
    assert sorted(given_) == sorted(expected)


def test_two_officers_saving_at_once_get_two_numbers(log: Log, clock: ScriptedClock) -> None:
    start = threading.Barrier(2)

    def officer() -> None:
        start.wait(5)
        for _ in range(20):
            take(log, clock)

    officers = [threading.Thread(target=officer) for _ in range(2)]
    for one in officers:
        one.start()
    for one in officers:
        one.join(30)
    assert numbers(log) == [f"{n}/2569" for n in range(1, 41)]


def test_a_report_that_could_not_be_saved_takes_no_number(
    log: Log, clock: ScriptedClock, expected_log: ExpectedLog
) -> None:
    expected_log("could not be written")
    take(log, clock)
    log.write(on_a_full_disk, actor=PROGRAM).result()
    with pytest.raises(KnownError):
        take(log, clock, narrative="ก" * 20_000)
    log.write(with_room_again, actor=PROGRAM).result()
    assert take(log, clock).number == "2/2569"


def test_an_erased_report_keeps_its_number_and_nobody_gets_it_again(
    log: Log, clock: ScriptedClock, tmp_path: Path
) -> None:
    first, second = take(log, clock), take(log, clock)
    entry = log.entries_of(second.id)[0]
    log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    erased = stands(log, second.id)
    assert (erased.number, erased.erased, erased.is_open) == ("2/2569", True, True)
    assert erased.reported_at == from_stored(entry.at)
    assert "ลบ" in erased.report.place
    assert erased.report.narrative == ""
    assert take(log, clock).number == "3/2569"
    log.erase(log.entries_of(first.id)[0].id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert numbers(log) == ["1/2569", "2/2569", "3/2569"]
    assert verify(tmp_path / "station.db", all_views()).ok


def test_an_incident_is_found_by_the_beginning_of_its_number(
    log: Log, clock: ScriptedClock
) -> None:
    for _ in range(12):
        take(log, clock)
        clock.advance(60)

    def found(typed: str) -> list[str]:
        with log.reading() as db:
            return [one.number for one in find_incidents(db, typed, 9)]

    assert found("1") == ["12/2569", "11/2569", "10/2569", "1/2569"]
    assert found("1/") == found("๑/๒๕๖๙") == ["1/2569"]
    assert found("%") == found("_") == found("13") == []
