"""Officers, units and shifts: who is on duty, where the units are, which day a night belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import ScriptedClock, to_stored
from app.duty.console import ConsoleStarted, ConsoleStopped
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.officers import Officer, OfficerEnrolled, officers
from app.duty.shifts import shift_at
from app.duty.sign_in_entries import OfficerSignedIn
from app.duty.units import Unit, UnitChanged, UnitFormed, UnitKind, UnitState, units
from app.errors import KnownError
from app.log import Fact, Log, Role
from app.thai.dates import BANGKOK, to_local
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, PROGRAM, a_station_log, a_unit


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(tmp_path: Path, clock: ScriptedClock) -> Iterator[Log]:
    with a_station_log(tmp_path, clock) as log:
        yield log


def the_unit(log: Log) -> Unit:
    with log.reading() as db:
        (unit,) = units(db)
    return unit


def record(log: Log, *facts: Fact) -> None:
    log.append(*facts, actor=PROGRAM).result()


# Officers


def test_officers_stand_in_order_with_rank_and_role_and_the_newest_word_counts(log: Log) -> None:
    first = Officer("officer-1", "ร.ต.ท.ธนา วงศ์คำ", "ร้อยเวร", Role.ADMINISTRATOR)
    second = Officer("officer-2", "ด.ต.อนันต์ ศรีมุก", "วิทยุ", Role.DUTY_OFFICER)
    record(log, OfficerEnrolled(second), OfficerEnrolled(first), OfficerSignedIn("officer-2"))
    with log.reading() as db:
        assert officers(db) == [first, second]
    promoted = replace(second, name="ร.ต.ต.อนันต์ ศรีมุก", role=Role.SUPERVISOR)
    log.append(OfficerEnrolled(promoted), actor=first.actor).result()
    with log.reading() as db:
        assert officers(db) == [first, promoted]


def test_a_duty_officer_enrols_nobody_and_reads_whom_to_ask(log: Log) -> None:
    head = log.head()
    newcomer = Officer("officer-9", "ส.ต.ต.ใหม่", "", Role.VIEWER)
    with pytest.raises(KnownError) as refused:
        log.append(OfficerEnrolled(newcomer), actor=OFFICER).result()
    said = explain(refused.value, Language.THAI)
    assert "สิทธิ์ “เจ้าหน้าที่เวร” ไม่อนุญาตให้ลงทะเบียนเจ้าหน้าที่" in said
    assert "แจ้งผู้ดูแลระบบ" in said
    assert log.head() == head


def test_start_and_stop_of_the_console_are_told_with_what_would_not_stop(log: Log) -> None:
    record(log, ConsoleStarted("console-1", "0.1.0", "officer-1"))
    record(log, ConsoleStopped("console-1", ("C03",)))
    started, stopped = log.entries_of("console-1")
    assert started.data() == {"program": "0.1.0", "officer": "officer-1"}
    assert stopped.data() == {"stragglers": ["C03"]}
    with pytest.raises(KnownError):
        log.append(ConsoleStopped("console-1"), actor=ADMINISTRATOR).result()


# Units


def test_a_unit_is_free_where_it_was_formed(log: Log, clock: ScriptedClock) -> None:
    record(log, UnitFormed(a_unit(1)))
    at = to_stored(clock.now())
    assert the_unit(log) == replace(a_unit(1), since=at, place_at=at, heard_at=at, crew_since=at)


def test_a_unit_goes_through_an_incident_and_is_free_again(log: Log, clock: ScriptedClock) -> None:
    record(log, UnitFormed(a_unit(1)))
    movements = (
        (UnitAssigned("inc-1", "unit-1", "มุกดา 1", 640.0), UnitState.ASSIGNED, "inc-1"),
        (UnitOnTheWay("inc-1", "unit-1", "มุกดา 1"), UnitState.ON_THE_WAY, "inc-1"),
        (
            UnitArrived("inc-1", "unit-1", "มุกดา 1", lat_deg=16.55, lon_deg=104.73),
            UnitState.ON_SCENE,
            "inc-1",
        ),
        (UnitReleased("inc-1", "unit-1", "มุกดา 1"), UnitState.FREE, None),
    )
    for fact, state, incident in movements:
        clock.advance(90)
        record(log, fact)
        unit = the_unit(log)
        assert (unit.state, unit.incident) == (state, incident)
        assert unit.since == to_stored(clock.now())
        there = state in (UnitState.ON_SCENE, UnitState.FREE)
        assert (unit.lat_deg, unit.lon_deg) == ((16.55, 104.73) if there else (16.5431, 104.7228))


def test_a_new_place_alone_leaves_state_and_its_time_as_they_were(
    log: Log, clock: ScriptedClock
) -> None:
    record(log, UnitFormed(a_unit(1)), UnitAssigned("inc-1", "unit-1", "มุกดา 1"))
    before = the_unit(log)
    clock.advance(600)
    record(log, UnitChanged("unit-1", lat_deg=16.5, lon_deg=104.7, place="หน้าวัด"))
    at = to_stored(clock.now())
    assert the_unit(log) == replace(
        before, lat_deg=16.5, lon_deg=104.7, place="หน้าวัด", place_at=at, heard_at=at
    )


@pytest.mark.parametrize("state", [UnitState.RESTING, UnitState.FREE])
def test_a_unit_at_rest_or_free_belongs_to_no_incident(log: Log, state: UnitState) -> None:
    record(log, UnitFormed(a_unit(1)), UnitAssigned("inc-1", "unit-1", "มุกดา 1"))
    record(log, UnitChanged("unit-1", state))
    assert (the_unit(log).state, the_unit(log).incident) == (state, None)
    assert the_unit(log).lat_deg == a_unit(1).lat_deg


def test_kinds_and_members_come_back_as_they_were_written(log: Log) -> None:
    traffic = replace(a_unit(4), kind=UnitKind.TRAFFIC, beat="", members=("ก", "ข, ค", "“ง”"))
    record(log, UnitFormed(traffic))
    unit = the_unit(log)
    assert (unit.kind, unit.members, unit.beat) == (UnitKind.TRAFFIC, ("ก", "ข, ค", "“ง”"), "")


def test_a_movement_of_a_unit_nobody_formed_is_kept_in_the_log_only(log: Log) -> None:
    record(log, UnitAssigned("inc-1", "unit-7", "มุกดา 7"))
    with log.reading() as db:
        assert units(db) == []
    assert [entry.kind for entry in log.entries_of("inc-1")] == ["unit_assigned"]


@pytest.mark.parametrize("erased", ["unit_on_the_way", "unit_arrived", "unit_released"])
def test_an_erased_movement_still_counts(log: Log, erased: str) -> None:
    """What it said is gone; that it happened is not: nobody is left at a scene for ever."""
    record(log, UnitFormed(a_unit(1)), UnitFormed(a_unit(2)), UnitFormed(a_unit(3)))
    for number, incident in ((1, "inc-1"), (2, "inc-1"), (3, "inc-2")):
        record(log, UnitAssigned(incident, f"unit-{number}", f"มุกดา {number}"))
    for movement in (UnitOnTheWay, UnitArrived, UnitReleased):
        record(log, *(movement("inc-1", f"unit-{number}", "") for number in (1, 2)))
        if movement.kind == erased:
            break
    with log.reading() as db:
        before = units(db)
    for entry in [one for one in log.entries_of("inc-1") if one.kind == erased]:
        log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    with log.reading() as db:
        assert units(db) == before


# Shifts


@pytest.mark.parametrize(
    ("local", "begins", "ends"),
    [
        ("2026-11-22 00:00:00.000", "2026-11-22 00:00", "2026-11-22 08:00"),
        ("2026-11-22 07:59:59.999", "2026-11-22 00:00", "2026-11-22 08:00"),
        ("2026-11-22 08:00:00.000", "2026-11-22 08:00", "2026-11-22 16:00"),
        ("2026-11-22 16:00:00.000", "2026-11-22 16:00", "2026-11-23 00:00"),
        ("2026-12-31 23:59:59.999", "2026-12-31 16:00", "2027-01-01 00:00"),
        ("2027-01-01 00:00:00.000", "2027-01-01 00:00", "2027-01-01 08:00"),
    ],
)
def test_the_day_has_three_shifts_by_the_clock_on_the_wall(
    local: str, begins: str, ends: str
) -> None:
    shift = shift_at(datetime.fromisoformat(local).replace(tzinfo=BANGKOK))
    assert to_local(shift.starts_at) == datetime.fromisoformat(begins).replace(tzinfo=BANGKOK)
    assert to_local(shift.ends_at) == datetime.fromisoformat(ends).replace(tzinfo=BANGKOK)
    assert shift.starts_at.tzinfo is UTC


def test_a_night_shift_belongs_to_the_date_it_starts() -> None:
    """The evening shift ends at midnight, the next day; its date is that of its beginning."""
    evening = shift_at(datetime(2026, 12, 31, 22, 30, tzinfo=BANGKOK))
    assert to_local(evening.starts_at).date().isoformat() == "2026-12-31"
    assert to_local(evening.ends_at).date().isoformat() == "2027-01-01"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_every_instant_lies_in_one_shift_and_the_next_begins_where_it_ends(at: datetime) -> None:
    instant = at.replace(tzinfo=UTC)
    shift = shift_at(instant)
    assert shift.starts_at <= instant < shift.ends_at
    assert shift.ends_at - shift.starts_at == timedelta(hours=8)
    assert shift_at(shift.ends_at).starts_at == shift.ends_at
    assert shift_at(shift.ends_at - timedelta(milliseconds=1)) == shift
    assert to_local(shift.starts_at).hour in (0, 8, 16)
