"""An incident's story as the officer reads it: every kind of line, newest first, both languages."""

from __future__ import annotations

import json

import pytest

from app.clock import ScriptedClock, to_stored
from app.incidents import dispatch, workflow
from app.incidents.incident import IncidentReported, IncidentState
from app.incidents.story import Mark, stage_times, tell
from app.log import Entry, Fact, Log
from app.thai.translation import Language, say
from tests.station_log import ADMINISTRATOR, NARRATIVE, OFFICER, a_report, form_units, take

_TOLD = [
    (Mark.STATE, "เปิดเหตุอีกครั้ง: พบของกลาง", "Reopened: พบของกลาง"),
    (Mark.STATE, "ปิดเหตุ: จับกุมได้", "Closed: จับกุมได้"),
    (Mark.UNIT, "มุกดา 2 ว่างแล้ว", "มุกดา 2 is free again"),
    (Mark.UNIT, "มุกดา 1 ว่างแล้ว", "มุกดา 1 is free again"),
    (Mark.STATE, "ควบคุมได้", "Under control"),
    (Mark.UNIT, "มุกดา 2 ถึงที่เกิดเหตุ", "มุกดา 2 is at the scene"),
    (Mark.UNIT, "มุกดา 1 ถึงที่เกิดเหตุ", "มุกดา 1 is at the scene"),
    (Mark.UNIT, "สั่ง มุกดา 2", "มุกดา 2 sent"),
    (Mark.UNIT, "มุกดา 1 กำลังไป", "มุกดา 1 is on the way"),
    (Mark.UNIT, "สั่ง มุกดา 1 ระยะ 641 ม.", "มุกดา 1 sent, 641 m away"),
    (Mark.NOTE, "เสื้อ {ดำ} 100%", "เสื้อ {ดำ} 100%"),
    (Mark.REPORT, f"รับแจ้ง: {NARRATIVE}", f"Reported: {NARRATIVE}"),
]


def a_whole_incident(log: Log, clock: ScriptedClock) -> str:
    """Every kind of step once."""
    form_units(log, 1, 2)
    id_ = take(log, clock).id
    steps = (
        lambda: workflow.add_note(log, id_, "เสื้อ {ดำ} 100%", actor=OFFICER),
        lambda: dispatch.dispatch(log, id_, "unit-1", distance_m=640.6, actor=OFFICER),
        lambda: dispatch.unit_on_the_way(log, id_, actor=OFFICER),
        lambda: dispatch.dispatch(log, id_, "unit-2", distance_m=None, actor=OFFICER),
        lambda: dispatch.units_arrived(log, id_, actor=OFFICER),
        lambda: workflow.under_control(log, id_, actor=OFFICER),
        lambda: workflow.close(log, id_, result="จับกุมได้", actor=OFFICER),
        lambda: workflow.reopen(log, id_, reason="พบของกลาง", actor=ADMINISTRATOR),
    )
    for step in steps:
        clock.advance(60)
        step().result()
    return id_


def test_every_step_is_a_line_with_its_mark_in_both_languages(
    log: Log, clock: ScriptedClock
) -> None:
    began = clock.now()
    lines = tell(log.entries_of(a_whole_incident(log, clock)))
    told = [
        (line.mark, say(line.text, Language.THAI), say(line.text, Language.ENGLISH))
        for line in lines
    ]
    assert told == _TOLD
    assert lines[0].at == clock.now()
    assert lines[-1].at == began
    assert (lines[0].actor, lines[-1].actor) == (ADMINISTRATOR.id, OFFICER.id)


def test_each_stage_has_the_time_it_first_began_and_a_reopening_begins_anew(
    log: Log, clock: ScriptedClock
) -> None:
    id_ = a_whole_incident(log, clock)
    entries = log.entries_of(id_)
    assert stage_times(entries) == {IncidentState.NEW: clock.now()}
    before = stage_times([entry for entry in entries if entry.kind != "incident_reopened"])
    assert list(before) == list(IncidentState)
    assert sorted(before.values()) == list(before.values())
    second = next(e for e in reversed(entries) if e.kind == "unit_assigned")
    assert to_stored(before[IncidentState.ASSIGNED]) < second.at


def test_a_report_without_a_narrative_tells_its_place(log: Log, clock: ScriptedClock) -> None:
    line = tell(log.entries_of(take(log, clock, narrative="").id))[0]
    assert say(line.text, Language.THAI) == "รับแจ้ง: ตลาดอินโดจีน ประตู 3"


_FOOTAGE = {
    "footage_lock_requested": (
        {
            "cameras": ["C01", "C02"],
            "begins": "2026-11-21T14:38:30.000Z",
            "ends": "2026-11-21T14:43:00.000Z",
            "reason": "พนักงานสอบสวนขอ",
        },
        "กำลังล็อกภาพ C01, C02 เวลา 21:38:30–21:43:00: พนักงานสอบสวนขอ",
    ),
    "footage_locked": (
        {"footage": [{"camera_id": "C01", "size_bytes": 9}, {"camera_id": "C02", "size_bytes": 0}]},
        "ล็อกภาพแล้ว: C01",
    ),
    "footage_unlock_requested": ({"reason": "คดีถึงที่สุด"}, "ขอปลดล็อกภาพ: คดีถึงที่สุด"),
    "footage_unlocked": ({"why": "asked"}, "ปลดล็อกภาพแล้ว"),
    "clip_exported": (
        {
            "package": "mukdahan-2569-1-01",
            "cameras": ["C01", "C02"],
            "begins": "2026-11-22T14:40:00.000Z",
            "ends": "2026-11-22T14:44:00.000Z",
            "reason": "พนักงานสอบสวนขอ",
        },
        "ส่งออกภาพ C01, C02 21:40:00–21:44:00 เป็นชุด mukdahan-2569-1-01: พนักงานสอบสวนขอ",
    ),
    "export_removed": ({"package": "x-01"}, "ลบชุดหลักฐาน x-01 ที่ทำไม่เสร็จแล้ว"),
}


@pytest.mark.parametrize("kind", _FOOTAGE)
def test_what_was_done_with_footage_stands_in_the_incidents_story(kind: str) -> None:
    body, thai = _FOOTAGE[kind]
    entry = Entry(
        1, "c", 1, "2026-11-22T03:46:00.000Z", "o", "inc-1", kind, json.dumps(body), "", "", ""
    )
    (line,) = tell([entry])
    mark = Mark.VIEWED if kind == "footage_viewed" else Mark.FOOTAGE
    assert (line.mark, say(line.text, Language.THAI)) == (mark, thai)


def test_a_lock_on_nothing_says_that_there_is_no_footage() -> None:
    body = '{"footage": [{"camera_id": "C01", "size_bytes": 0}]}'
    entry = Entry(
        1, "c", 1, "2026-11-22T03:46:00.000Z", "o", "inc-1", "footage_locked", body, "", "", ""
    )
    assert say(tell([entry])[0].text, Language.THAI) == "ล็อกแล้ว แต่ไม่มีภาพในช่วงเวลานั้น"


def test_an_erased_line_says_so_and_keeps_its_time(log: Log, clock: ScriptedClock) -> None:
    id_ = a_whole_incident(log, clock)
    before = tell(log.entries_of(id_))
    for entry in log.entries_of(id_):
        log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    after = tell(log.entries_of(id_))
    assert [line.at for line in after] == [line.at for line in before]
    assert {line.mark for line in after} == {Mark.ERASED}
    said = {say(line.text, Language.THAI) for line in after}
    assert said == {"ลบข้อความตามคำสั่งแล้ว เหลือเพียงรายการ"}


@pytest.mark.parametrize("language", Language)
def test_an_entry_of_a_newer_program_is_named_by_its_kind(language: Language) -> None:
    entry = Entry(
        1, "c", 1, "2026-11-22T03:46:00.000Z", "o", "inc-1", "drone_sent", "{}", "", "", ""
    )
    assert "drone_sent" in say(tell([entry])[0].text, language)


def test_the_first_line_does_not_depend_on_what_was_typed(log: Log, clock: ScriptedClock) -> None:
    """Braces in a narrative are text, not fields of a sentence."""
    fact: Fact = IncidentReported("inc-x", "1/2569", 2569, 1, a_report(narrative="{0} {story}"))
    (entry,) = log.append(fact, actor=OFFICER).result()
    assert say(tell([entry])[0].text, Language.THAI) == "รับแจ้ง: {0} {story}"


def test_stages_begin_anew_when_the_only_unit_is_called_back(
    log: Log, clock: ScriptedClock
) -> None:
    form_units(log, 1)
    id_ = take(log, clock).id
    dispatch.dispatch(log, id_, "unit-1", distance_m=None, actor=OFFICER).result()
    clock.advance(60)
    dispatch.release_unit(log, id_, "unit-1", actor=OFFICER).result()
    assert stage_times(log.entries_of(id_)) == {IncidentState.NEW: clock.now()}
    sent_at = clock.now()
    dispatch.dispatch(log, id_, "unit-1", distance_m=None, actor=OFFICER).result()
    clock.advance(60)
    workflow.close(log, id_, result="เรียบร้อย", actor=OFFICER).result()
    times = stage_times(log.entries_of(id_))
    assert times[IncidentState.ASSIGNED] == sent_at, "an end is no call back"
