"""What a handover is about is what the log says: figures, open incidents, units, marked moments."""

from __future__ import annotations

from datetime import timedelta

from app.cameras.bookmarks import mark_moment
from app.clock import ScriptedClock
from app.duty.shift_log import Post, set_roster
from app.duty.shifts import DEFAULT_SHIFTS
from app.incidents import workflow
from app.incidents.categories import Priority
from app.incidents.deadlines import Targets, Urgency
from app.incidents.dispatch import units_arrived
from app.incidents.handover import MOST_MARKS, HandoverContent, gather
from app.incidents.late import LateTime
from app.log import Log
from tests.incidents.test_workflow import arrive, close, leave, send
from tests.station_log import MORNING, OFFICER, form_units, stands, take

SHIFT = DEFAULT_SHIFTS.shift_at(MORNING)


def content(log: Log, clock: ScriptedClock) -> HandoverContent:
    with log.reading() as db:
        return gather(db, SHIFT, DEFAULT_SHIFTS.after(SHIFT), clock.now(), Targets())


def test_the_figures_are_those_of_the_shift(log: Log, clock: ScriptedClock) -> None:
    form_units(log, 1, 2)
    clock.move_to(SHIFT.starts_at - timedelta(minutes=30))
    before = take(log, clock)  # of the shift before, closed in this one
    clock.move_to(SHIFT.starts_at + timedelta(minutes=30))
    close(log, before.id).result()
    reached = take(log, clock)
    send(1)(log, reached.id).result()
    clock.advance(372)
    arrive(log, reached.id).result()
    take(log, clock, priority=Priority.ROUTINE)
    clock.advance(3600)
    figures = content(log, clock).figures
    assert (figures.reported, figures.closed, figures.still_open) == (2, 1, 2)
    assert (figures.to_scene_s, figures.to_scene_of) == (372.0, 1)
    assert len(figures.overdue) == 2  # nobody went to the one, nobody reported of the other


def test_to_the_scene_it_took_whoever_came_first_however_late_that_was_said(
    log: Log, clock: ScriptedClock
) -> None:
    """As the day's summary says it; also where the incident was closed and opened again."""
    form_units(log, 1, 2)
    clock.move_to(SHIFT.starts_at + timedelta(minutes=30))
    one = take(log, clock)
    send(1)(log, one.id).result()
    send(2)(log, one.id).result()
    early = clock.now() + timedelta(minutes=4)
    clock.advance(660)
    units_arrived(log, one.id, unit_id="unit-1", actor=OFFICER).result()
    late = LateTime(early, clock.now())
    units_arrived(log, one.id, unit_id="unit-2", late=late, actor=OFFICER).result()
    assert content(log, clock).figures.to_scene_s == 240.0
    close(log, one.id).result()
    workflow.reopen(log, one.id, reason="กลับมาอีก", actor=OFFICER).result()
    send(1)(log, one.id).result()
    clock.advance(600)
    units_arrived(log, one.id, unit_id="unit-1", actor=OFFICER).result()
    assert content(log, clock).figures.to_scene_s == 240.0


def test_open_incidents_stand_in_order_of_what_presses(log: Log, clock: ScriptedClock) -> None:
    quiet = take(log, clock, priority=Priority.ROUTINE)
    urgent = take(log, clock, priority=Priority.URGENT)
    found = content(log, clock).incidents
    assert [line.incident.id for line in found] == [urgent.id, quiet.id]
    assert [line.urgency for line in found] == [Urgency.ACT_NOW, Urgency.IN_HAND]
    assert not any(line.is_overdue for line in found)
    clock.advance(16 * 60)
    late = content(log, clock).incidents
    assert all(line.is_overdue for line in late)


def test_units_that_are_out_name_the_incident_they_are_at(log: Log, clock: ScriptedClock) -> None:
    form_units(log, 1, 2)
    incident = take(log, clock)
    assert content(log, clock).units == ()
    send(2)(log, incident.id).result()
    leave(log, incident.id).result()
    (out,) = content(log, clock).units
    assert (out.unit.call_sign, out.number) == ("มุกดา 2", stands(log, incident.id).number)
    workflow.close(log, incident.id, result="ระงับเหตุ", actor=OFFICER).result()
    assert content(log, clock).units == ()


def test_marks_of_the_shift_are_handed_over_the_newest_of_many(
    log: Log, clock: ScriptedClock
) -> None:
    mark_moment(log, "C01", SHIFT.starts_at - timedelta(hours=1), actor=OFFICER).result()
    for minute in range(MOST_MARKS + 3):
        at = SHIFT.starts_at + timedelta(minutes=minute)
        mark_moment(log, "C02", at, actor=OFFICER).result()
    found = content(log, clock)
    assert (len(found.marks), found.marks_left_out) == (MOST_MARKS, 3)
    assert {mark.camera_id for mark in found.marks} == {"C02"}
    assert found.marks[-1].at == SHIFT.starts_at + timedelta(minutes=MOST_MARKS + 2)


def test_the_strength_is_that_of_the_shift_that_begins(log: Log, clock: ScriptedClock) -> None:
    post = Post("วิทยุ", "ด.ต.หญิง รัตนา พรมมา")
    set_roster(log, SHIFT, [Post("วิทยุ", "อีกคน")], actor=OFFICER).result()
    set_roster(log, DEFAULT_SHIFTS.after(SHIFT), [post], actor=OFFICER).result()
    assert content(log, clock).roster == (post,)
