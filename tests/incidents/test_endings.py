"""Cancelled, the same as another, merged, a further caller: nothing is lost, both say it."""

from __future__ import annotations

import pytest

from app.clock import ScriptedClock, to_stored
from app.duty.units import UnitState, units
from app.errors import KnownError
from app.incidents.attached import attach_report
from app.incidents.dispatch import dispatch, unit_on_the_way, units_arrived
from app.incidents.endings import cancel, join
from app.incidents.incident import Ending, IncidentState
from app.incidents.register import closed_since, open_incidents
from app.incidents.story import stage_times, tell
from app.incidents.story_entries import story_entries
from app.incidents.workflow import add_note, close, reopen
from app.log import Log
from app.thai.translation import Language, explain, say
from tests.incidents.test_happened import at
from tests.station_log import OFFICER, a_report, form_units, stands, take


def story(log: Log, incident_id: str) -> list[str]:
    return [say(line.text, Language.THAI) for line in tell(log.entries_of(incident_id))]


def test_a_cancelled_incident_is_closed_with_its_reason_and_its_units_are_free(
    log: Log, clock: ScriptedClock
) -> None:
    form_units(log, 1)
    id_ = take(log, clock).id
    dispatch(log, id_, "unit-1", distance_m=None, actor=OFFICER).result()
    cancel(log, id_, reason=" โทรผิด ", actor=OFFICER).result()
    now = stands(log, id_)
    assert (now.state, now.ending, now.units) == (IncidentState.CLOSED, Ending.CANCELLED, ())
    assert story(log, id_)[0] == "ยกเลิก: โทรผิด"
    assert IncidentState.CLOSED in stage_times(log.entries_of(id_))
    with log.reading() as db:
        assert open_incidents(db) == []
        assert units(db)[0].state is UnitState.FREE


@pytest.mark.parametrize("how", [Ending.DUPLICATE, Ending.MERGED])
def test_an_incident_becomes_part_of_another_and_its_units_go_over(
    log: Log, clock: ScriptedClock, how: Ending
) -> None:
    form_units(log, 1, 2, 3)
    first, second = take(log, clock), take(log, clock, narrative="ผู้แจ้งอีกราย")
    for number, steps in ((1, 0), (2, 1), (3, 2)):
        dispatch(log, second.id, f"unit-{number}", distance_m=None, actor=OFFICER).result()
        for step in (unit_on_the_way, units_arrived)[:steps]:
            step(log, second.id, unit_id=f"unit-{number}", actor=OFFICER).result()
    join(log, second.id, first.id, how, actor=OFFICER).result()
    ended, goes_on = stands(log, second.id), stands(log, first.id)
    assert (ended.ending, ended.joined_to, ended.units) == (how, first.number, ())
    assert goes_on.is_open and goes_on.state is IncidentState.ON_SCENE
    assert len(goes_on.units) == 3
    with log.reading() as db:
        states = {unit.id: (unit.state, unit.incident) for unit in units(db)}
    assert states == {
        "unit-1": (UnitState.ASSIGNED, first.id),
        "unit-2": (UnitState.ON_THE_WAY, first.id),
        "unit-3": (UnitState.ON_SCENE, first.id),
    }
    assert second.number in " ".join(story(log, first.id))
    assert first.number in story(log, second.id)[0]


def test_what_cannot_be_joined_says_why(log: Log, clock: ScriptedClock) -> None:
    first, second = take(log, clock), take(log, clock)
    close(log, first.id, result="จบ", actor=OFFICER).result()
    head = log.head()
    for other, says in (
        (second.id, "cannot be joined to itself"),
        (first.id, "is closed"),
        ("inc-nowhere", "no such incident"),
    ):
        with pytest.raises(KnownError) as refused:
            join(log, second.id, other, Ending.MERGED, actor=OFFICER).result()
        assert says in explain(refused.value, Language.ENGLISH)
    with pytest.raises(KnownError):
        cancel(log, first.id, reason="x", actor=OFFICER).result()
    with pytest.raises(KnownError):
        cancel(log, second.id, reason="  ", actor=OFFICER)
    assert log.head() == head


def test_a_merged_incident_can_be_reopened_and_closed_with_a_result(
    log: Log, clock: ScriptedClock
) -> None:
    first, second = take(log, clock), take(log, clock)
    join(log, second.id, first.id, Ending.MERGED, reason="ที่เดียวกัน", actor=OFFICER).result()
    clock.advance(60)
    reopen(log, second.id, reason="คนละเรื่อง", actor=OFFICER).result()
    again = stands(log, second.id)
    assert (again.state, again.ending, again.joined_to) == (IncidentState.NEW, Ending.NONE, "")
    close(
        log, second.id, result="จับได้", arrest=True, reference=" คดี 12/2569 ", actor=OFFICER
    ).result()
    assert stands(log, second.id).ending is Ending.RESULT
    assert story(log, second.id)[0] == "ปิดเหตุ: จับได้ · มีการจับกุม · คดี 12/2569"
    with log.reading() as db:
        assert closed_since(db, first.reported_at) == 1


def test_the_story_of_what_goes_on_holds_what_was_said_of_the_other(
    log: Log, clock: ScriptedClock
) -> None:
    first, second = take(log, clock), take(log, clock, narrative="ผู้แจ้งอีกราย")
    join(log, second.id, first.id, Ending.DUPLICATE, actor=OFFICER).result()
    both = [*log.entries_of(first.id)]
    both += [one for one in log.entries_of(second.id) if one.kind == "incident_reported"]
    lines = [say(line.text) for line in tell(sorted(both, key=lambda one: one.seq))]
    assert f"จากเหตุ {second.number}: รับแจ้ง: ผู้แจ้งอีกราย" in lines


def test_a_further_caller_is_kept_whole_under_the_first_number(
    log: Log, clock: ScriptedClock
) -> None:
    first = take(log, clock)
    again = a_report(narrative="เห็นคนร้ายวิ่งไปทางใต้", caller="นายแดง", category="", place="")
    attach_report(log, first.id, again, actor=OFFICER).result()
    assert stands(log, first.id).report == first.report
    assert story(log, first.id)[0] == "มีผู้แจ้งซ้ำ นายแดง: เห็นคนร้ายวิ่งไปทางใต้"
    (entry,) = [one for one in log.entries_of(first.id) if one.kind == "report_attached"]
    assert entry.data()["narrative"] == again.narrative
    assert take(log, clock).number == "2/2569"  # no number was used up


def test_who_wants_to_stay_unnamed_is_not_named_in_the_story(
    log: Log, clock: ScriptedClock
) -> None:
    first = take(log, clock)
    again = a_report(narrative="เห็นคนร้าย", caller="นายแดง", caller_unnamed=True)
    attach_report(log, first.id, again, actor=OFFICER).result()
    assert story(log, first.id)[0] == "มีผู้แจ้งซ้ำ: เห็นคนร้าย"


def test_a_further_caller_tells_of_nothing_that_has_yet_to_happen(
    log: Log, clock: ScriptedClock
) -> None:
    first = take(log, clock)
    head = log.head()
    for begins, ends in ((at(10, 55), None), (at(9, 0), at(23, 0))):
        times = {"happened_from": to_stored(begins), "happened_to": ends and to_stored(ends)}
        ahead = a_report(**times)
        with pytest.raises(KnownError) as refused:
            attach_report(log, first.id, ahead, actor=OFFICER)
        assert "ยังไม่ถึงเวลา" in explain(refused.value, Language.THAI)
    with pytest.raises(ValueError, match="garbage"):
        attach_report(log, first.id, a_report(happened_from="garbage"), actor=OFFICER)
    assert log.head() == head
    begun = a_report(happened_from=to_stored(at(10, 20)))
    attach_report(log, first.id, begun, actor=OFFICER).result()


def test_nothing_is_attached_to_a_closed_incident(log: Log, clock: ScriptedClock) -> None:
    first = take(log, clock)
    close(log, first.id, result="จบ", actor=OFFICER).result()
    head = log.head()
    with pytest.raises(KnownError) as refused:
        attach_report(log, first.id, a_report(), actor=OFFICER).result()
    assert "เหตุนี้ปิดแล้ว" in explain(refused.value, Language.THAI)
    with pytest.raises(KnownError):
        attach_report(log, first.id, a_report(narrative="ก" * 100_000), actor=OFFICER)
    assert log.head() == head


def whole_story(log: Log, incident_id: str) -> list[str]:
    with log.reading() as db:
        return [say(one.text, Language.THAI) for one in tell(story_entries(db, incident_id))]


def test_what_was_taken_in_by_what_is_taken_in_is_told_too(log: Log, clock: ScriptedClock) -> None:
    first, second, third = (take(log, clock, narrative=f"รายที่ {no}") for no in "123")
    add_note(log, first.id, "เห็นจากกล้อง", actor=OFFICER).result()
    join(log, first.id, second.id, Ending.MERGED, actor=OFFICER).result()
    join(log, second.id, third.id, Ending.DUPLICATE, actor=OFFICER).result()
    told = whole_story(log, third.id)
    assert any("1/2569" in line and "เห็นจากกล้อง" in line for line in told)
    assert any("1/2569" in line and "รายที่ 1" in line for line in told)
    assert any(line.startswith("จากเหตุ 2/2569: ") and "1/2569" in line for line in told)


def test_two_that_took_each_other_in_are_told_once(log: Log, clock: ScriptedClock) -> None:
    first, second = (take(log, clock, narrative=f"รายที่ {no}") for no in "12")
    join(log, first.id, second.id, Ending.MERGED, actor=OFFICER).result()
    reopen(log, first.id, reason="คนละเหตุ", actor=OFFICER).result()
    join(log, second.id, first.id, Ending.MERGED, actor=OFFICER).result()
    told = whole_story(log, first.id)
    assert sum("รายที่ 1" in line for line in told) == 1
    assert sum("รายที่ 2" in line for line in told) == 1
    assert not any(line.startswith("จากเหตุ 1/2569") for line in told)
