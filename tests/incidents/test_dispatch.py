"""Units of one incident, each by itself: sent together, left and come one by one, called back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.clock import ScriptedClock
from app.duty.movements import UnitAssigned
from app.duty.radio_codes import RadioCode, set_radio_code
from app.duty.unit_keeping import Crew, crew_unit
from app.duty.units import Unit, UnitState, units
from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.incidents import dispatch, workflow
from app.incidents.check_in import check_in, set_resting
from app.incidents.dispatch import Sent
from app.incidents.incident import IncidentState
from app.incidents.late import LateTime
from app.incidents.runs import Run, runs_between, runs_of
from app.incidents.story import stage_times
from app.incidents.time_to_scene import By, SceneTimes, scene_times, scene_times_of_all
from app.log import Log
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, OFFICER, form_units, rows_of_views, stands, take


def the_unit(log: Log, number: int) -> Unit:
    with log.reading() as db:
        return next(unit for unit in units(db) if unit.id == f"unit-{number}")


def states(log: Log) -> list[UnitState]:
    with log.reading() as db:
        return [unit.state for unit in units(db)]


def runs(log: Log, incident_id: str) -> list[Run]:
    with log.reading() as db:
        return runs_of(db, incident_id)


def sent(log: Log, clock: ScriptedClock, *numbers: int) -> str:
    """An incident to which these patrols were sent in one act."""
    form_units(log, 1, 2, 3)
    id_ = take(log, clock).id
    orders = [Sent(f"unit-{number}", 100.0 * number) for number in numbers]
    dispatch.dispatch_all(log, id_, orders, actor=OFFICER).result()
    return id_


def says(refused: pytest.ExceptionInfo[KnownError]) -> str:
    return explain(refused.value, Language.THAI).splitlines()[0]


def test_several_units_are_sent_in_one_write_with_their_beats(
    log: Log, clock: ScriptedClock
) -> None:
    id_ = sent(log, clock, 1, 2)
    orders = [one for one in log.entries_of(id_) if one.kind == UnitAssigned.kind]
    assert [one.data()["beat"] for one in orders] == ["เขตตรวจ 1", "เขตตรวจ 1"]
    assert [one.data()["distance_m"] for one in orders] == [100.0, 200.0]
    assert stands(log, id_).units == ("มุกดา 1", "มุกดา 2")


def test_if_one_of_several_is_busy_none_goes(log: Log, clock: ScriptedClock) -> None:
    sent(log, clock, 2)
    other = take(log, clock).id
    head = log.head()
    with pytest.raises(KnownError) as refused:
        dispatch.dispatch_all(log, other, [Sent("unit-1"), Sent("unit-2")], actor=OFFICER).result()
    assert says(refused) == "มุกดา 2 ติดเหตุอื่นอยู่"
    assert log.head() == head
    twice = [Sent("unit-1"), Sent("unit-1")]
    assert len(dispatch.dispatch_all(log, other, twice, actor=OFFICER).result()) == 1


def test_each_unit_leaves_arrives_and_is_free_by_itself(log: Log, clock: ScriptedClock) -> None:
    id_ = sent(log, clock, 1, 2)
    clock.advance(60)
    dispatch.unit_on_the_way(log, id_, unit_id="unit-2", actor=OFFICER).result()
    assert states(log)[:2] == [UnitState.ASSIGNED, UnitState.ON_THE_WAY]
    clock.advance(240)
    dispatch.units_arrived(log, id_, unit_id="unit-2", actor=OFFICER).result()
    assert states(log)[:2] == [UnitState.ASSIGNED, UnitState.ON_SCENE]
    assert stands(log, id_).state is IncidentState.ON_SCENE
    clock.advance(60)
    dispatch.release_unit(log, id_, "unit-1", actor=OFFICER).result()
    assert states(log)[:2] == [UnitState.FREE, UnitState.ON_SCENE]
    assert stands(log, id_).units == ("มุกดา 2",)
    first, second = runs(log, id_)
    assert (first.left_at, first.arrived_at, first.is_out) == (None, None, False)
    assert (second.to_scene_s, second.distance_m, second.is_out) == (300.0, 200.0, True)


@pytest.mark.parametrize(
    ("step", "unit", "expected"),
    [
        (dispatch.unit_on_the_way, "unit-1", "มุกดา 1 ทำขั้นตอนนี้ไปแล้ว"),
        (dispatch.units_arrived, "unit-3", "มุกดา 3 ไม่ได้อยู่ในเหตุนี้"),
        (dispatch.units_arrived, "unit-9", "ไม่มีหน่วย unit-9"),
    ],
)
def test_a_step_that_does_not_fit_one_unit_says_why(
    log: Log, clock: ScriptedClock, step: Callable[..., dispatch.Written], unit: str, expected: str
) -> None:
    id_ = sent(log, clock, 1, 2)
    dispatch.unit_on_the_way(log, id_, unit_id="unit-1", actor=OFFICER).result()
    head = log.head()
    with pytest.raises(KnownError) as refused:
        step(log, id_, unit_id=unit, actor=OFFICER).result()
    assert says(refused) == expected
    assert log.head() == head


def test_a_step_told_later_counts_from_when_it_happened(log: Log, clock: ScriptedClock) -> None:
    id_ = sent(log, clock, 1)
    clock.advance(20 * 60)
    came = LateTime(clock.now() - timedelta(minutes=12), clock.now())
    dispatch.units_arrived(log, id_, actor=OFFICER, late=came).result()
    (run,) = runs(log, id_)
    assert run.to_scene_s == 8 * 60
    assert stands(log, id_).state_since == came.happened_at
    before = LateTime(clock.now() - timedelta(minutes=15), clock.now())
    head = log.head()
    with pytest.raises(KnownError) as refused:
        dispatch.release_unit(log, id_, "unit-1", actor=OFFICER, late=before).result()
    assert says(refused) == "10:51 น. ก่อนสิ่งที่ มุกดา 1 ทำก่อนหน้านั้น (10:54 น.)"
    assert log.head() == head


def test_an_incident_whose_last_unit_is_called_back_waits_for_one_again(
    log: Log, clock: ScriptedClock
) -> None:
    id_ = sent(log, clock, 1, 2)
    dispatch.release_unit(log, id_, "unit-1", actor=OFFICER).result()
    assert stands(log, id_).state is IncidentState.ASSIGNED
    clock.advance(60)
    dispatch.release_unit(log, id_, "unit-2", actor=OFFICER).result()
    again = stands(log, id_)
    assert (again.state, again.state_since, again.units) == (IncidentState.NEW, clock.now(), ())


def test_an_incident_that_waits_again_does_so_from_when_its_unit_was_called_back(
    log: Log, clock: ScriptedClock
) -> None:
    id_ = sent(log, clock, 1)
    clock.advance(20 * 60)
    left = LateTime(clock.now() - timedelta(minutes=15), clock.now())
    dispatch.unit_on_the_way(log, id_, actor=OFFICER, late=left).result()
    assert stands(log, id_).is_late
    dispatch.release_unit(log, id_, "unit-1", actor=OFFICER).result()
    again = stands(log, id_)
    assert (again.state, again.state_since, again.is_late) == (
        IncidentState.NEW, clock.now(), False,
    )  # fmt: skip
    dispatch.dispatch(log, id_, "unit-1", distance_m=None, actor=OFFICER).result()
    clock.advance(20 * 60)
    back = LateTime(clock.now() - timedelta(minutes=10), clock.now())
    dispatch.release_unit(log, id_, "unit-1", actor=OFFICER, late=back).result()
    again = stands(log, id_)
    assert (again.state, again.state_since, again.is_late) == (
        IncidentState.NEW, back.happened_at, True,
    )  # fmt: skip
    assert stage_times(log.entries_of(id_)) == {IncidentState.NEW: back.happened_at}
    kept = rows_of_views(log)
    log.rebuild()
    assert rows_of_views(log) == kept


def test_a_scene_that_was_reached_stays_so_when_its_unit_leaves(
    log: Log, clock: ScriptedClock
) -> None:
    id_ = sent(log, clock, 1)
    dispatch.units_arrived(log, id_, actor=OFFICER).result()
    dispatch.release_unit(log, id_, "unit-1", actor=OFFICER).result()
    assert stands(log, id_).state is IncidentState.ON_SCENE


def test_a_unit_without_a_crew_is_not_sent(log: Log, clock: ScriptedClock) -> None:
    form_units(log, 1)
    crew_unit(log, "unit-1", Crew(()), actor=OFFICER).result()
    id_ = take(log, clock).id
    with pytest.raises(KnownError) as refused:
        dispatch.dispatch(log, id_, "unit-1", distance_m=None, actor=OFFICER).result()
    assert says(refused) == "มุกดา 1 ไม่ได้ออกปฏิบัติหน้าที่ ไม่มีกำลังพล"


def test_a_unit_sent_twice_to_one_incident_has_two_runs(log: Log, clock: ScriptedClock) -> None:
    id_ = sent(log, clock, 1)
    dispatch.release_unit(log, id_, "unit-1", actor=OFFICER).result()
    clock.advance(600)
    dispatch.dispatch(log, id_, "unit-1", distance_m=None, actor=OFFICER).result()
    clock.advance(120)
    dispatch.units_arrived(log, id_, actor=OFFICER).result()
    workflow.close(log, id_, result="เรียบร้อย", actor=OFFICER).result()
    first, second = runs(log, id_)
    assert (first.to_scene_s, second.to_scene_s) == (None, 120.0)
    assert not first.is_out and not second.is_out


def test_a_clock_set_back_on_the_way_makes_no_time_to_the_scene(
    log: Log, clock: ScriptedClock
) -> None:
    id_ = sent(log, clock, 1, 2)
    clock.advance(120)
    dispatch.units_arrived(log, id_, unit_id="unit-1", actor=OFFICER).result()
    clock.move_to(clock.now() - timedelta(hours=2))
    dispatch.units_arrived(log, id_, unit_id="unit-2", actor=OFFICER).result()
    known, unknown = runs(log, id_)
    assert (known.to_scene_s, unknown.to_scene_s) == (120.0, None)
    assert unknown.arrived_at == clock.now()
    times = scene_times_of_all([known, unknown], 360)
    assert times == SceneTimes("", 2, 1, 1, 120.0, 120.0)
    assert scene_times_of_all([unknown], 360).share_within is None


# What a unit says by radio


CODES = (
    RadioCode("ว.10", "พร้อมรับคำสั่ง", UnitState.FREE),
    RadioCode("ว.14", "พัก", UnitState.RESTING),
    RadioCode("ว.21", "ออกเดินทาง", UnitState.ON_THE_WAY),
    RadioCode("ว.22", "ถึงที่หมาย", UnitState.ON_SCENE),
)


@pytest.fixture
def _codes(log: Log) -> None:
    for code in CODES:
        set_radio_code(log, code, actor=ADMINISTRATOR).result()


@pytest.mark.usefixtures("_codes")
def test_codes_move_the_unit_that_gives_them_through_its_incident(
    log: Log, clock: ScriptedClock
) -> None:
    id_ = sent(log, clock, 1, 2)
    for said, state in (
        ("ว.21", UnitState.ON_THE_WAY),
        ("ว.22 พบผู้แจ้งแล้ว", UnitState.ON_SCENE),
        ("ว.10", UnitState.FREE),
    ):
        clock.advance(60)
        check_in(log, "unit-1", said, actor=OFFICER).result()
        assert the_unit(log, 1).state is state
    assert the_unit(log, 2).state is UnitState.ASSIGNED, "the other one said nothing"
    assert the_unit(log, 1).lat_deg == 16.5429, "where it arrived"
    kinds = [entry.kind for entry in log.entries_of(id_)]
    assert kinds[-3:] == ["unit_on_the_way", "unit_arrived", "unit_released"]
    said_last = log.entries_of("unit-1")[-2].data()
    assert said_last["words"] == "ว.22 (ถึงที่หมาย) พบผู้แจ้งแล้ว"
    assert said_last["code"] == "ว.22"


@pytest.mark.usefixtures("_codes")
def test_a_code_that_means_a_step_without_an_incident_is_only_words(log: Log) -> None:
    form_units(log, 1)
    place = LatLon(16.55, 104.73)
    check_in(log, "unit-1", "ว.22", place="หน้าวัด", at=place, actor=OFFICER).result()
    unit = the_unit(log, 1)
    assert (unit.state, unit.heard) == (UnitState.FREE, "ว.22 (ถึงที่หมาย)")
    assert (unit.place, unit.lat_deg, unit.lon_deg) == ("หน้าวัด", 16.55, 104.73)


@pytest.mark.usefixtures("_codes")
def test_a_unit_nobody_rides_in_is_made_ready_by_no_code(log: Log, clock: ScriptedClock) -> None:
    form_units(log, 1)
    set_radio_code(log, RadioCode("ว.10", "พร้อม", UnitState.FREE), actor=ADMINISTRATOR).result()
    crew_unit(log, "unit-1", Crew(()), actor=OFFICER).result()
    head = log.head()
    for words in ("ว.10", "ว.14"):
        with pytest.raises(KnownError, match="nobody rides in it"):
            check_in(log, "unit-1", words, actor=OFFICER).result()
    assert log.head() == head
    check_in(log, "unit-1", "รถอยู่ในโรงพัก", actor=OFFICER).result()
    assert the_unit(log, 1).state is UnitState.OFF_DUTY


@pytest.mark.usefixtures("_codes")
def test_a_unit_rests_and_is_ready_again_but_not_while_an_incident_has_it(
    log: Log, clock: ScriptedClock
) -> None:
    form_units(log, 1)
    check_in(log, "unit-1", "ว.14", actor=OFFICER).result()
    assert the_unit(log, 1).state is UnitState.RESTING
    check_in(log, "unit-1", "", actor=OFFICER).result()
    assert the_unit(log, 1).state is UnitState.RESTING, "nothing to report changes nothing"
    set_resting(log, "unit-1", resting=False, actor=OFFICER).result()
    assert the_unit(log, 1).state is UnitState.FREE
    id_ = take(log, clock).id
    dispatch.dispatch(log, id_, "unit-1", distance_m=None, actor=OFFICER).result()
    head = log.head()
    for act in (
        check_in(log, "unit-1", "ว.14", actor=OFFICER),
        set_resting(log, "unit-1", resting=True, actor=OFFICER),
    ):
        with pytest.raises(KnownError) as refused:
            act.result()
        assert says(refused) == "มุกดา 1 ติดเหตุอยู่"
    assert log.head() == head


def test_what_a_unit_cannot_have_said_is_refused_at_once(log: Log) -> None:
    form_units(log, 1)
    head = log.head()
    with pytest.raises(KnownError) as too_long:
        check_in(log, "unit-1", "ก" * 501, actor=OFFICER)
    assert "501" in says(too_long)
    with pytest.raises(KnownError) as elsewhere:
        check_in(log, "unit-1", "", at=LatLon(1.0, 104.0), actor=OFFICER)
    assert "นอกประเทศไทย" in says(elsewhere)
    with pytest.raises(KnownError) as nobody:
        check_in(log, "unit-7", "", actor=OFFICER).result()
    assert says(nobody) == "ไม่มีหน่วย unit-7"
    assert log.head() == head


# Time to the scene, for reports


def test_times_to_the_scene_by_unit_beat_and_month_against_the_target(
    log: Log, clock: ScriptedClock
) -> None:
    form_units(log, 1, 2)
    began = clock.now()
    for unit, minutes in ((1, 4), (1, 6), (1, 20), (2, 9)):
        id_ = take(log, clock).id
        dispatch.dispatch(log, id_, f"unit-{unit}", distance_m=None, actor=OFFICER).result()
        clock.advance(minutes * 60)
        dispatch.units_arrived(log, id_, actor=OFFICER).result()
        workflow.close(log, id_, result="เรียบร้อย", actor=OFFICER).result()
    clock.advance(15 * 24 * 3600)
    id_ = take(log, clock).id
    dispatch.dispatch(log, id_, "unit-2", distance_m=None, actor=OFFICER).result()
    dispatch.release_unit(log, id_, "unit-2", actor=OFFICER).result()
    clock.advance(1)
    with log.reading() as db:
        orders = runs_between(db, began, clock.now())
        assert runs_between(db, clock.now(), clock.now()) == []
    assert scene_times(orders, By.UNIT, 600) == [
        SceneTimes("มุกดา 1", 3, 3, 2, 360.0, 1200.0),
        SceneTimes("มุกดา 2", 2, 1, 1, 540.0, 540.0),
    ]
    assert scene_times(orders, By.BEAT, 600) == [SceneTimes("เขตตรวจ 1", 5, 4, 3, 450.0, 1200.0)]
    months = scene_times(orders, By.MONTH, 600)
    assert [(one.name, one.sent, one.arrived) for one in months] == [
        ("2569-11", 4, 4), ("2569-12", 1, 0),
    ]  # fmt: skip
    assert months[1].median_s is None and months[1].share_within is None
    assert months[0].share_within == 0.75


def test_an_order_of_before_beats_were_written_counts_for_the_unit_s_beat(
    log: Log, clock: ScriptedClock
) -> None:
    class AssignedLongAgo(UnitAssigned):
        def body(self) -> dict[str, object]:
            body = dict(UnitAssigned.body(self))
            del body["beat"]
            return body

    form_units(log, 1)
    id_ = take(log, clock).id
    log.append(AssignedLongAgo(id_, "unit-1", "มุกดา 1"), actor=OFFICER).result()
    (run,) = runs(log, id_)
    assert (run.beat, run.distance_m) == ("เขตตรวจ 1", None)
