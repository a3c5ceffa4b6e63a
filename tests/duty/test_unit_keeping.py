"""Forming a unit, its crew of the shift, another call sign, and the end of it; and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import ScriptedClock, to_stored
from app.duty import unit_keeping
from app.duty.check_ins import overdue_s, silent_s
from app.duty.movements import UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.unit_facts import UnitCheckedIn
from app.duty.unit_keeping import Crew, UnitRecord
from app.duty.units import Unit, UnitChanged, UnitFormed, UnitKind, UnitState, every_unit, units
from app.errors import KnownError
from app.log import Log
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, PROGRAM, a_station_log, a_unit

RECORD = UnitRecord("มุกดา 31", UnitKind.PATROL, "เขตตรวจ 3")
CREW = Crew(("officer-2", "ส.ต.อ.วีระ"), "จยย. 2 คัน")


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(tmp_path: Path, clock: ScriptedClock) -> Iterator[Log]:
    with a_station_log(tmp_path, clock) as log:
        yield log


def listed(log: Log) -> list[Unit]:
    with log.reading() as db:
        return units(db)


def form(log: Log, record: UnitRecord = RECORD, crew: Crew = CREW) -> Unit:
    written = unit_keeping.form_unit(log, record, crew, 16.54, 104.72, actor=ADMINISTRATOR)
    (entry,) = written.result()
    return next(unit for unit in listed(log) if unit.id == entry.subject)


def test_a_unit_is_formed_with_its_crew_and_gets_an_id_that_is_never_given_twice(log: Log) -> None:
    first = form(log)
    assert (first.id, first.call_sign, first.kind) == ("unit-1", "มุกดา 31", UnitKind.PATROL)
    assert (first.members, first.vehicle, first.state) == (
        CREW.members, CREW.vehicle, UnitState.FREE,
    )  # fmt: skip
    unit_keeping.stand_down(log, first.id, reason="รวมกับมุกดา 32", actor=ADMINISTRATOR).result()
    assert listed(log) == []
    assert form(log).id == "unit-2", "the call sign is free again, the id is not"
    with log.reading() as db:
        assert [unit.id for unit in every_unit(db)] == ["unit-1", "unit-2"]


@pytest.mark.parametrize(
    ("record", "crew", "says"),
    [
        (UnitRecord("  ", UnitKind.PATROL), CREW, "หน่วยนี้ยังไม่มีนามเรียกขาน"),
        (UnitRecord("ม" * 41, UnitKind.PATROL), CREW, "นามเรียกขานยาวเกินไป"),
        (UnitRecord("มุกดา\n31", UnitKind.PATROL), CREW, "นามเรียกขานยาวเกินไป"),
        (RECORD, Crew(("ก" * 121,)), "ชื่อกำลังพลยาวเกินไป"),
        (RECORD, Crew(tuple("กขคงจฉชซฌญฎฏฐ")), "หน่วยหนึ่งมีกำลังพลได้ไม่เกิน 12 นาย"),
    ],
)
def test_what_cannot_be_a_unit_is_refused_at_once_with_the_reason(
    log: Log, record: UnitRecord, crew: Crew, says: str
) -> None:
    head = log.head()
    with pytest.raises(KnownError) as refused:
        unit_keeping.form_unit(log, record, crew, 16.54, 104.72, actor=ADMINISTRATOR)
    assert says in explain(refused.value, Language.THAI)
    assert log.head() == head


def test_two_units_never_have_one_call_sign(log: Log) -> None:
    form(log)
    other = form(log, UnitRecord("มุกดา 32", UnitKind.TRAFFIC))
    again = UnitRecord(" มุกดา ๓๑ ", UnitKind.PATROL)  # the same in Thai digits
    for refused in (
        unit_keeping.form_unit(log, again, CREW, 16.5, 104.7, actor=ADMINISTRATOR),
        unit_keeping.change_unit(log, other.id, again, actor=ADMINISTRATOR),
    ):
        with pytest.raises(KnownError) as error:
            refused.result()
        assert "มีหน่วยชื่อ มุกดา 31 อยู่แล้ว" in explain(error.value, Language.THAI)


def test_another_beat_leaves_what_the_unit_is_doing(log: Log) -> None:
    unit = form(log)
    log.append(UnitAssigned("inc-1", unit.id, unit.call_sign), actor=OFFICER).result()
    record = UnitRecord("มุกดา 39", UnitKind.TRAFFIC, "")
    unit_keeping.change_unit(log, unit.id, record, actor=ADMINISTRATOR).result()
    (changed,) = listed(log)
    assert (changed.call_sign, changed.kind, changed.beat) == ("มุกดา 39", UnitKind.TRAFFIC, "")
    assert (changed.state, changed.incident) == (UnitState.ASSIGNED, "inc-1")
    head = log.head()
    unit_keeping.change_unit(log, unit.id, record, actor=ADMINISTRATOR).result()
    assert log.head() == head, "what is so already is no entry"


def test_a_shift_without_a_crew_is_off_duty_and_with_one_free_again(
    log: Log, clock: ScriptedClock
) -> None:
    unit = form(log)
    clock.advance(8 * 3600)
    unit_keeping.crew_unit(log, unit.id, Crew(()), actor=OFFICER).result()
    (off,) = listed(log)
    assert (off.state, off.members, off.crew_since) == (
        UnitState.OFF_DUTY, (), to_stored(clock.now()),
    )  # fmt: skip
    clock.advance(60)
    night = Crew((" ด.ต.ชาติ ", "", "officer-3"), " รถยนต์ ")
    unit_keeping.crew_unit(log, unit.id, night, actor=OFFICER).result()
    (on,) = listed(log)
    assert (on.state, on.members, on.vehicle) == (
        UnitState.FREE, ("ด.ต.ชาติ", "officer-3"), "รถยนต์",
    )  # fmt: skip
    assert silent_s(on, clock.now()) == 0


def test_a_unit_at_an_incident_is_neither_stood_down_nor_left_without_a_crew(log: Log) -> None:
    unit = form(log)
    log.append(UnitAssigned("inc-1", unit.id, unit.call_sign), actor=OFFICER).result()
    head = log.head()
    for act in (
        unit_keeping.stand_down(log, unit.id, actor=ADMINISTRATOR),
        unit_keeping.crew_unit(log, unit.id, Crew(()), actor=OFFICER),
    ):
        with pytest.raises(KnownError) as refused:
            act.result()
        assert "มุกดา 31 ติดเหตุอยู่" in explain(refused.value, Language.THAI)
    assert log.head() == head
    unit_keeping.crew_unit(log, unit.id, Crew(("ด.ต.ชาติ",)), actor=OFFICER).result()
    assert listed(log)[0].state is UnitState.ASSIGNED, "a change of crew changes no step"


def test_a_duty_officer_says_who_rides_but_forms_no_unit(log: Log) -> None:
    unit = form(log)
    unit_keeping.crew_unit(log, unit.id, Crew(("ด.ต.ชาติ",)), actor=OFFICER).result()
    acts: list[Callable[[], object]] = [
        lambda: unit_keeping.form_unit(log, UnitRecord("ก", UnitKind.PATROL), CREW, 16.5, 104.7,
                                       actor=OFFICER).result(),
        lambda: unit_keeping.stand_down(log, unit.id, actor=OFFICER).result(),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(KnownError) as refused:
            act()
        assert "หัวหน้าเวร" in explain(refused.value, Language.THAI)


def test_an_older_station_s_units_have_no_vehicle_and_still_open(log: Log) -> None:
    class FormedLongAgo(UnitFormed):
        def body(self) -> dict[str, object]:
            body = dict(UnitFormed.body(self))
            del body["vehicle"]
            return body

    class ChangedLongAgo(UnitChanged):
        def body(self) -> dict[str, object]:
            kept = ("state", "lat_deg", "lon_deg", "place")
            return {name: UnitChanged.body(self)[name] for name in kept}

    log.append(FormedLongAgo(a_unit(1)), actor=PROGRAM).result()
    log.append(ChangedLongAgo("unit-1", UnitState.RESTING), actor=PROGRAM).result()
    (unit,) = listed(log)
    assert (unit.vehicle, unit.state, unit.call_sign) == ("", UnitState.RESTING, "มุกดา 1")


# What was heard


def test_a_check_in_tells_words_place_and_time_and_starts_the_silence_anew(
    log: Log, clock: ScriptedClock
) -> None:
    unit = form(log)
    clock.advance(61 * 60)
    assert overdue_s(listed(log)[0], clock.now(), 60) == 60
    said = UnitCheckedIn(unit.id, "เหตุการณ์ปกติ", place="หน้าวัด", lat_deg=16.55, lon_deg=104.73)
    log.append(said, actor=OFFICER).result()
    (heard,) = listed(log)
    at = to_stored(clock.now())
    assert (heard.heard, heard.heard_at) == ("เหตุการณ์ปกติ", at)
    assert (heard.place, heard.place_at, heard.lat_deg) == ("หน้าวัด", at, 16.55)
    assert (heard.state, heard.since) == (UnitState.FREE, to_stored(MORNING))
    assert overdue_s(heard, clock.now(), 60) == 0


@pytest.mark.parametrize(
    ("state", "allowed_min", "expected_s"),
    [
        (UnitState.FREE, 60, 30 * 60),
        (UnitState.ON_SCENE, 60, 30 * 60),
        (UnitState.FREE, 90, 0),
        (UnitState.FREE, 0, 0),
        (UnitState.RESTING, 60, 0),
        (UnitState.OFF_DUTY, 60, 0),
    ],
)
def test_only_who_is_on_duty_is_overdue_and_only_if_the_station_asks(
    state: UnitState, allowed_min: float, expected_s: float
) -> None:
    unit = Unit("unit-1", "มุกดา 1", UnitKind.PATROL, "", (), 16.5, 104.7, state,
                heard_at=to_stored(MORNING))  # fmt: skip
    assert overdue_s(unit, MORNING + timedelta(minutes=90), allowed_min) == expected_s
    assert silent_s(unit, MORNING - timedelta(minutes=5)) == 0, "a clock that was set back"


def test_an_order_is_no_answer_but_a_movement_is(log: Log, clock: ScriptedClock) -> None:
    unit = form(log)
    for movement, silent_min in ((UnitAssigned, 10), (UnitOnTheWay, 0), (UnitReleased, 0)):
        clock.advance(600)
        log.append(movement("inc-1", unit.id, unit.call_sign), actor=OFFICER).result()
        assert silent_s(listed(log)[0], clock.now()) == silent_min * 60


def test_one_erased_movement_of_two_moves_one_unit_only(log: Log) -> None:
    for number in (1, 2):
        log.append(UnitFormed(a_unit(number)), actor=PROGRAM).result()
        log.append(UnitAssigned("inc-1", f"unit-{number}", ""), actor=OFFICER).result()
    log.append(UnitOnTheWay("inc-1", "unit-1", "มุกดา 1"), actor=OFFICER).result()
    (left,) = [one for one in log.entries_of("inc-1") if one.kind == "unit_on_the_way"]
    log.erase(left.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert [unit.state for unit in listed(log)] == [UnitState.ON_THE_WAY, UnitState.ASSIGNED]
