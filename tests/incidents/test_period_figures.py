"""Figures of a day and a month: counted once, by the station's shifts, where and how soon."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.clock import ScriptedClock
from app.duty.period import day_of, month_of
from app.duty.shifts import DEFAULT_SHIFTS, ShiftTable, ShiftTime
from app.incidents import workflow
from app.incidents.categories import CaseGroup, Channel, Priority
from app.incidents.endings import join
from app.incidents.incident import AreaFound, Ending
from app.incidents.period_figures import PeriodFigures, gather
from app.incidents.runs import runs_of
from app.log import Log
from tests.incidents.test_workflow import arrive, close, send
from tests.station_log import MORNING, OFFICER, form_units, take

TARGET_S = 600.0
BY_NIGHT = ShiftTable((ShiftTime(8 * 60), ShiftTime(20 * 60)))
DAY = date(2026, 11, 22)
ZONE = AreaFound("zone", "zone-1", "เขตปลอดภัย", "console-1:1")
BEAT = AreaFound("beat", "beat-1", "เขตตรวจ 1", "console-1:2")


def figures(log: Log, table: ShiftTable = DEFAULT_SHIFTS) -> PeriodFigures:
    with log.reading() as db:
        return gather(db, day_of(DAY, table), TARGET_S)


def test_a_night_shift_belongs_to_the_date_on_which_it_starts() -> None:
    day = day_of(DAY, BY_NIGHT)
    assert day.begins == datetime(2026, 11, 22, 1, tzinfo=UTC)  # 08:00 in Mukdahan
    assert day.ends - day.begins == timedelta(days=1)
    assert day.day_of(datetime(2026, 11, 22, 20, tzinfo=UTC)) == DAY  # 03:00 of the next morning
    assert day.before().first == date(2026, 11, 21)


def test_a_month_ends_where_the_next_begins() -> None:
    month = month_of(DAY, DEFAULT_SHIFTS)
    assert (month.first, month.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert len(month.days) == 30
    assert month.before().last == date(2026, 10, 31)
    assert month.words == "เดือนพฤศจิกายน พ.ศ. 2569"


def test_every_incident_is_counted_once_by_category_area_channel_and_hour(
    log: Log, clock: ScriptedClock
) -> None:
    take(log, clock, category="23", areas=(ZONE, BEAT))
    take(log, clock, category="52", channel=Channel.LINE, priority=Priority.ROUTINE, areas=(BEAT,))
    take(log, clock, category="23", lat_deg=None, lon_deg=None)
    found = figures(log)
    assert (found.counted, found.joined, found.urgent, found.still_open) == (3, 0, 2, 3)
    assert [(one.category.code, one.count) for one in found.categories] == [("23", 2), ("52", 1)]
    assert found.groups == {CaseGroup.PROPERTY: 2, CaseGroup.NONE: 1}
    assert dict(found.channels)[Channel.LINE] == 1
    assert [(one.name, one.count) for one in found.areas["zone"]] == [("เขตปลอดภัย", 1), ("", 2)]
    assert [(one.name, one.count) for one in found.areas["beat"]] == [("เขตตรวจ 1", 2), ("", 1)]
    assert found.unplaced == 1
    assert found.hours[10] == 3 and sum(found.hours) == 3  # 10:46 in Mukdahan
    assert found.days == ((DAY, 3),)


def test_what_was_merged_into_another_is_told_apart(log: Log, clock: ScriptedClock) -> None:
    one, other = take(log, clock), take(log, clock)
    join(log, other.id, one.id, Ending.MERGED, actor=OFFICER).result()
    found = figures(log)
    assert (found.counted, found.joined, len(found.incidents)) == (1, 1, 2)


def test_an_arrest_and_the_result_are_of_the_last_closing(log: Log, clock: ScriptedClock) -> None:
    incident = take(log, clock)
    close(log, incident.id).result()
    workflow.reopen(log, incident.id, reason="ยังไม่จบ", actor=OFFICER).result()
    assert figures(log).incidents[0].result == ""
    words = "จับกุมได้ 1 คน"
    workflow.close(log, incident.id, result=words, arrest=True, actor=OFFICER).result()
    found = figures(log)
    assert (found.arrests, found.closed, found.incidents[0].result) == (1, 1, words)


def test_time_to_scene_is_told_by_patrol_and_beat_against_the_target(
    log: Log, clock: ScriptedClock
) -> None:
    form_units(log, 1, 2)
    soon, late = take(log, clock), take(log, clock)
    clock.advance(30)
    send(1)(log, soon.id).result()
    send(2)(log, late.id).result()
    clock.advance(300)
    arrive(log, soon.id).result()
    clock.advance(600)
    arrive(log, late.id).result()
    found = figures(log)
    units = {one.name: one for one in found.scene_by_unit}
    assert (units["มุกดา 1"].within_target, units["มุกดา 1"].median_s) == (1, 300.0)
    assert (units["มุกดา 2"].within_target, units["มุกดา 2"].slowest_s) == (0, 900.0)
    assert (found.scene.sent, found.scene.arrived, found.scene.share_within) == (2, 2, 0.5)
    assert [(one.name, one.sent) for one in found.scene_by_beat] == [("เขตตรวจ 1", 2)]
    assert found.incidents[0].to_scene_s == 330.0  # from the report, not from the order


def test_a_unit_that_goes_over_to_another_incident_was_sent_once(
    log: Log, clock: ScriptedClock
) -> None:
    """Twice, for what took it in is taken in itself; its beat and its way are what they were."""
    form_units(log, 1)
    third, second = take(log, clock), take(log, clock)
    clock.advance(60)
    first = take(log, clock)
    send(1)(log, first.id).result()
    clock.advance(360)
    arrive(log, first.id).result()
    clock.advance(1800)
    join(log, first.id, second.id, Ending.MERGED, actor=OFFICER).result()
    join(log, second.id, third.id, Ending.DUPLICATE, actor=OFFICER).result()
    found = figures(log)
    assert (found.scene.sent, found.scene.arrived, found.scene.median_s) == (1, 1, 360.0)
    assert [(one.name, one.sent) for one in found.scene_by_beat] == [("เขตตรวจ 1", 1)]
    (counted,) = [one for one in found.incidents if one.is_counted]
    assert (counted.incident.id, counted.to_scene_s) == (third.id, 420.0)
    assert counted.first_unit == "มุกดา 1"
    with log.reading() as db:
        (run,) = runs_of(db, third.id)
    assert run.distance_m == 640.0 and run.is_out
    log.rebuild()
    assert figures(log) == found


def test_the_day_before_is_what_it_is_compared_with(log: Log, clock: ScriptedClock) -> None:
    clock.move_to(MORNING - timedelta(days=1))
    take(log, clock)
    clock.move_to(MORNING)
    found = figures(log)
    assert (found.before, found.counted) == (1, 0)
    assert found.categories == () and sum(found.hours) == 0
