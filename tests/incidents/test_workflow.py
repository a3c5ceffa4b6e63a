"""Every step an officer may take on an incident, in every stage: what it does, or why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.clock import ScriptedClock
from app.duty.units import Unit, UnitChanged, UnitState, units
from app.errors import KnownError
from app.incidents import dispatch, workflow
from app.incidents.incident import Incident, IncidentState
from app.incidents.register import closed_since, open_incidents
from app.log import Log
from app.thai.translation import Language, explain
from tests.conftest import ExpectedLog
from tests.station_log import (
    ADMINISTRATOR,
    OFFICER,
    PROGRAM,
    form_units,
    on_a_full_disk,
    stands,
    take,
    with_room_again,
)

NEW, ASSIGNED, ON_THE_WAY, ON_SCENE, UNDER_CONTROL, CLOSED = IncidentState

Step = Callable[[Log, str], workflow.Written]


def send(unit: int) -> Step:
    return lambda log, id_: dispatch.dispatch(
        log, id_, f"unit-{unit}", distance_m=640.0, actor=OFFICER
    )


def leave(log: Log, id_: str) -> workflow.Written:
    return dispatch.unit_on_the_way(log, id_, actor=OFFICER)


def arrive(log: Log, id_: str) -> workflow.Written:
    return dispatch.units_arrived(log, id_, actor=OFFICER)


def in_hand(log: Log, id_: str) -> workflow.Written:
    return workflow.under_control(log, id_, actor=OFFICER)


def close(log: Log, id_: str) -> workflow.Written:
    return workflow.close(log, id_, result="จับกุมได้", arrest=True, actor=OFFICER)


def reopen(log: Log, id_: str) -> workflow.Written:
    return workflow.reopen(log, id_, reason="พบผู้เสียหายเพิ่ม", actor=OFFICER)


def note(log: Log, id_: str) -> workflow.Written:
    return workflow.add_note(log, id_, " ผู้แจ้งโทรซ้ำ ", actor=OFFICER)


_WAY: dict[IncidentState, tuple[Step, ...]] = {
    NEW: (),
    ASSIGNED: (send(1),),
    ON_THE_WAY: (send(1), leave),
    ON_SCENE: (send(1), leave, arrive),
    UNDER_CONTROL: (send(1), leave, arrive, in_hand),
    CLOSED: (send(1), leave, arrive, in_hand, close),
}


def at_stage(log: Log, clock: ScriptedClock, stage: IncidentState) -> Incident:
    """An incident that has come to this stage with unit 1."""
    form_units(log, 1, 2, 3)
    taken = take(log, clock)
    for step in _WAY[stage]:
        clock.advance(60)
        step(log, taken.id).result()
    clock.advance(60)
    assert stands(log, taken.id).state is stage
    return stands(log, taken.id)


def the_unit(log: Log, number: int) -> Unit:
    with log.reading() as db:
        return next(unit for unit in units(db) if unit.id == f"unit-{number}")


@pytest.mark.parametrize(
    ("stage", "step", "becomes"),
    [
        (NEW, send(1), ASSIGNED),
        (NEW, in_hand, UNDER_CONTROL),
        (NEW, close, CLOSED),
        (NEW, note, NEW),
        (ASSIGNED, send(2), ASSIGNED),
        (ASSIGNED, leave, ON_THE_WAY),
        (ASSIGNED, arrive, ON_SCENE),
        (ASSIGNED, in_hand, UNDER_CONTROL),
        (ASSIGNED, close, CLOSED),
        (ON_THE_WAY, send(2), ON_THE_WAY),
        (ON_THE_WAY, arrive, ON_SCENE),
        (ON_THE_WAY, in_hand, UNDER_CONTROL),
        (ON_THE_WAY, close, CLOSED),
        (ON_SCENE, send(2), ON_SCENE),
        (ON_SCENE, in_hand, UNDER_CONTROL),
        (ON_SCENE, close, CLOSED),
        (UNDER_CONTROL, send(2), UNDER_CONTROL),
        (UNDER_CONTROL, close, CLOSED),
        (UNDER_CONTROL, note, UNDER_CONTROL),
        (CLOSED, reopen, NEW),
        (CLOSED, note, CLOSED),
    ],
)
def test_a_step_that_fits_takes_the_incident_to_its_next_stage(
    log: Log, clock: ScriptedClock, stage: IncidentState, step: Step, becomes: IncidentState
) -> None:
    before = at_stage(log, clock, stage)
    step(log, before.id).result()
    after = stands(log, before.id)
    assert after.state is becomes
    assert after.state_since == (before.state_since if becomes is stage else clock.now())


_CLOSED_SAYS = "เหตุนี้ปิดแล้ว"
_NOBODY_SAYS = "ยังไม่ได้สั่งหน่วยไปเหตุนี้"


@pytest.mark.parametrize(
    ("stage", "step", "says"),
    [
        (NEW, leave, _NOBODY_SAYS),
        (NEW, arrive, _NOBODY_SAYS),
        (NEW, reopen, "เหตุนี้ยังไม่ได้ปิด"),
        (NEW, send(9), "ไม่มีหน่วย unit-9"),
        (ASSIGNED, send(1), "มุกดา 1 ได้รับคำสั่งให้ไปเหตุนี้อยู่แล้ว"),
        (ASSIGNED, reopen, "เหตุนี้ยังไม่ได้ปิด"),
        (ON_THE_WAY, leave, _NOBODY_SAYS),
        (ON_SCENE, leave, _NOBODY_SAYS),
        (ON_SCENE, arrive, _NOBODY_SAYS),
        (UNDER_CONTROL, in_hand, "เหตุนี้ควบคุมได้แล้ว"),
        (UNDER_CONTROL, reopen, "เหตุนี้ยังไม่ได้ปิด"),
        (CLOSED, send(2), _CLOSED_SAYS),
        (CLOSED, leave, _CLOSED_SAYS),
        (CLOSED, arrive, _CLOSED_SAYS),
        (CLOSED, in_hand, _CLOSED_SAYS),
        (CLOSED, close, _CLOSED_SAYS),
    ],
)
def test_a_step_that_does_not_fit_says_why_and_changes_nothing(
    log: Log, clock: ScriptedClock, stage: IncidentState, step: Step, says: str
) -> None:
    incident = at_stage(log, clock, stage)
    head = log.head()
    with pytest.raises(KnownError) as refused:
        step(log, incident.id).result()
    thai = explain(refused.value, Language.THAI).splitlines()
    assert thai[:2] == [says, "ข้อมูลเดิมไม่เปลี่ยนแปลง"]
    assert log.head() == head
    assert stands(log, incident.id) == incident


@pytest.mark.parametrize("step", [send(1), leave, arrive, in_hand, close, reopen, note])
def test_nothing_can_be_done_to_an_incident_that_is_not_there(log: Log, step: Step) -> None:
    form_units(log, 1)
    head = log.head()
    with pytest.raises(KnownError) as refused:
        step(log, "inc-nowhere").result()
    assert "ไม่มีเหตุนี้ในบันทึก" in explain(refused.value, Language.THAI)
    assert log.head() == head


def test_a_second_unit_on_its_way_does_not_take_the_scene_back(
    log: Log, clock: ScriptedClock
) -> None:
    incident = at_stage(log, clock, ON_SCENE)
    for step in (send(2), leave, arrive):
        step(log, incident.id).result()
        assert stands(log, incident.id).state is ON_SCENE
    assert stands(log, incident.id).state_since == incident.state_since
    assert stands(log, incident.id).units == ("มุกดา 1", "มุกดา 2")


def test_one_key_moves_every_unit_that_was_sent(log: Log, clock: ScriptedClock) -> None:
    form_units(log, 1, 2)
    id_ = take(log, clock).id
    for step in (send(1), send(2)):
        step(log, id_).result()
    assert len(leave(log, id_).result()) == 2
    assert len(arrive(log, id_).result()) == 2
    for number in (1, 2):
        unit = the_unit(log, number)
        assert (unit.state, unit.incident) == (UnitState.ON_SCENE, id_)
        assert (unit.lat_deg, unit.lon_deg) == (16.5429, 104.7262)  # where it arrived


def test_a_unit_at_one_incident_cannot_be_sent_to_another(log: Log, clock: ScriptedClock) -> None:
    first = at_stage(log, clock, ASSIGNED)
    second = take(log, clock)
    head = log.head()
    with pytest.raises(KnownError) as refused:
        send(1)(log, second.id).result()
    assert explain(refused.value, Language.THAI).splitlines()[0] == "มุกดา 1 ติดเหตุอื่นอยู่"
    assert log.head() == head
    assert stands(log, first.id).units == ("มุกดา 1",)
    assert stands(log, second.id).units == ()


def test_a_resting_unit_may_be_sent_in_need(log: Log, clock: ScriptedClock) -> None:
    form_units(log, 1)
    log.append(UnitChanged("unit-1", UnitState.RESTING), actor=ADMINISTRATOR).result()
    id_ = take(log, clock).id
    send(1)(log, id_).result()
    assert the_unit(log, 1).state is UnitState.ASSIGNED


def test_closing_frees_every_unit_in_the_same_write(log: Log, clock: ScriptedClock) -> None:
    incident = at_stage(log, clock, ON_SCENE)
    send(2)(log, incident.id).result()
    kinds = [entry.kind for entry in close(log, incident.id).result()]
    assert kinds == ["unit_released", "unit_released", "incident_closed"]
    for number in (1, 2):
        assert (the_unit(log, number).state, the_unit(log, number).incident) == (
            UnitState.FREE,
            None,
        )
    assert stands(log, incident.id).units == ()


def test_units_stay_out_when_the_end_could_not_be_saved(
    log: Log, clock: ScriptedClock, expected_log: ExpectedLog
) -> None:
    expected_log("could not be written")
    incident = at_stage(log, clock, ON_SCENE)
    log.write(on_a_full_disk, actor=PROGRAM).result()
    with pytest.raises(KnownError) as refused:
        workflow.close(log, incident.id, result="ก" * 20_000, actor=OFFICER).result()
    assert "ดิสก์เต็ม" in explain(refused.value, Language.THAI)
    assert stands(log, incident.id) == incident
    assert the_unit(log, 1).state is UnitState.ON_SCENE
    log.write(with_room_again, actor=PROGRAM).result()
    close(log, incident.id).result()
    assert the_unit(log, 1).state is UnitState.FREE


def test_a_reopened_incident_goes_through_its_stages_again(log: Log, clock: ScriptedClock) -> None:
    incident = at_stage(log, clock, CLOSED)
    reopen(log, incident.id).result()
    for step, state in ((send(2), ASSIGNED), (leave, ON_THE_WAY), (arrive, ON_SCENE)):
        step(log, incident.id).result()
        assert stands(log, incident.id).state is state
    assert stands(log, incident.id).units == ("มุกดา 2",)
    assert stands(log, incident.id).number == incident.number


def test_the_open_list_and_the_count_of_the_shift_follow(log: Log, clock: ScriptedClock) -> None:
    shift_began = clock.now()
    first = at_stage(log, clock, CLOSED)
    second, third = take(log, clock), take(log, clock, place="ท่าเรือข้ามฟาก")
    clock.advance(60)
    close(log, second.id).result()
    with log.reading() as db:
        assert [one.id for one in open_incidents(db)] == [third.id]
        assert closed_since(db, shift_began) == 2
        assert closed_since(db, stands(log, first.id).state_since) == 2
        assert closed_since(db, clock.now()) == 1
    reopen(log, second.id).result()
    with log.reading() as db:
        assert {one.id for one in open_incidents(db)} == {second.id, third.id}
        assert closed_since(db, shift_began) == 1


@pytest.mark.parametrize("text", ["", "  \n\t ", "ก" * 20_001])
def test_an_empty_or_endless_text_is_refused_at_once(
    log: Log, clock: ScriptedClock, text: str
) -> None:
    incident = at_stage(log, clock, CLOSED)
    head = log.head()
    expected = {
        "note": "ยังไม่ได้พิมพ์บันทึก",
        "result": "ยังไม่ได้พิมพ์ผลการปฏิบัติ",
        "reason": "ยังไม่ได้พิมพ์เหตุผล",
    }
    acts: dict[str, Callable[[], object]] = {
        "note": lambda: workflow.add_note(log, incident.id, text, actor=OFFICER),
        "result": lambda: workflow.close(log, incident.id, result=text, actor=OFFICER),
        "reason": lambda: workflow.reopen(log, incident.id, reason=text, actor=OFFICER),
    }
    for name, act in acts.items():
        with pytest.raises(KnownError) as refused:
            act()
        said = explain(refused.value, Language.THAI)
        assert (expected[name] if not text.strip() else "ข้อความยาว 20,001 ตัวอักษร") in said
    assert log.head() == head
