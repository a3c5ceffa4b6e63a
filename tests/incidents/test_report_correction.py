"""Correcting what a report says: both words stand in the story, the row reads the new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.clock import ScriptedClock, to_stored
from app.errors import KnownError
from app.incidents.categories import Channel, Priority
from app.incidents.incident import Incident
from app.incidents.report_correction import FIELDS, Part, correct_report
from app.incidents.story import tell
from app.log import Log
from app.thai.translation import Language, explain, say
from tests.incidents.test_happened import at
from tests.station_log import (
    ADMINISTRATOR,
    MORNING,
    NARRATIVE,
    OFFICER,
    rows_of_views,
    stands,
    take,
)

CHANGED: dict[Part, dict[str, Any]] = {
    Part.CATEGORY: {"category": "20"},
    Part.PRIORITY: {"priority": Priority.ROUTINE},
    Part.CHANNEL: {"channel": Channel.LINE},
    Part.ADDRESS: {"address": "12/3"},
    Part.HAPPENED: {"happened_from": to_stored(at(10, 20)), "happened_to": None},
    Part.CALLER: {"caller": "นายแดง", "caller_phone": "081", "caller_unnamed": False},
    Part.VICTIMS: {"victims": "นาง ก."},
    Part.SUSPECTS: {"suspects": "ชายเสื้อดำ"},
    Part.VEHICLES: {"vehicles": "กข 1 มุกดาหาร", "plates": ("กข 1 มุกดาหาร",)},
    Part.NARRATIVE: {"narrative": "ไม่ใช่กระเป๋า เป็นโทรศัพท์"},
    Part.DAILY_LOG: {"daily_log": "ข้อ 12"},
}


def correct(log: Log, seen: Incident, part: Part, reason: str, **fields: Any) -> Incident:
    new = replace(seen.report, **fields)
    correct_report(log, seen, part, new, reason, actor=OFFICER).result()
    return stands(log, seen.id)


def first_line(log: Log, incident: Incident) -> str:
    return say(tell(log.entries_of(incident.id))[0].text, Language.THAI)


@pytest.mark.parametrize("part", Part)
def test_every_part_can_be_corrected_and_nothing_else_changes(
    log: Log, clock: ScriptedClock, part: Part
) -> None:
    seen = take(log, clock)
    after = correct(log, seen, part, "ผู้แจ้งแก้", **CHANGED[part])
    assert after.report == replace(seen.report, **CHANGED[part])
    assert set(CHANGED[part]) == set(FIELDS[part])
    kept = rows_of_views(log)
    log.rebuild()
    assert rows_of_views(log) == kept


def test_the_story_tells_both_words_of_each_correction(log: Log, clock: ScriptedClock) -> None:
    seen = take(log, clock)
    seen = correct(log, seen, Part.NARRATIVE, "ฟังผิด", narrative="สอง")
    assert first_line(log, seen) == f"แก้ไขพฤติการณ์ จาก “{NARRATIVE}” เป็น “สอง”: ฟังผิด"
    seen = correct(log, seen, Part.NARRATIVE, "ฟังผิดอีก", narrative="สาม")
    assert first_line(log, seen) == "แก้ไขพฤติการณ์ จาก “สอง” เป็น “สาม”: ฟังผิดอีก"
    seen = correct(log, seen, Part.CATEGORY, "ไม่ได้วิ่งราว", category="20")
    assert "“23 วิ่งราวทรัพย์” เป็น “20 ลักทรัพย์”" in first_line(log, seen)
    seen = correct(log, seen, Part.CHANNEL, "มาเอง", channel=Channel.WALK_IN)
    assert "“191” เป็น “มาเอง”" in first_line(log, seen)


def test_the_number_in_the_daily_log_is_added_later_without_a_reason(
    log: Log, clock: ScriptedClock
) -> None:
    seen = correct(log, take(log, clock), Part.DAILY_LOG, "", daily_log="ข้อ 12 เวลา 11.00 น.")
    assert first_line(log, seen) == "เพิ่มเลข ปจว.: “ข้อ 12 เวลา 11.00 น.”"


@pytest.mark.parametrize(
    ("part", "fields", "reason", "says"),
    [
        (Part.NARRATIVE, {"narrative": "สอง"}, " ", "without a reason"),
        (Part.NARRATIVE, {"narrative": NARRATIVE}, "x", "says that already"),
        (Part.NARRATIVE, {"narrative": "ก" * 100_000}, "x", "100,000 characters"),
        (Part.NARRATIVE, {"narrative": "สอง"}, "ก" * 301, "301 characters"),
        (Part.CATEGORY, {"category": "7"}, "x", "No type"),
        (Part.HAPPENED, {"happened_from": to_stored(at(10, 45)),
                         "happened_to": to_stored(at(10, 20))}, "", "ended before it began"),
        (Part.HAPPENED, {"happened_from": to_stored(at(10, 55))}, "", "10:55 has not come yet"),
        (Part.HAPPENED, {"happened_from": to_stored(at(9, 0)),
                         "happened_to": to_stored(at(23, 0))}, "", "23:00 has not come yet"),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected_says_why_and_changes_nothing(
    log: Log, clock: ScriptedClock, part: Part, fields: dict[str, Any], reason: str, says: str
) -> None:
    seen = take(log, clock)
    head = log.head()
    with pytest.raises(KnownError) as refused:
        correct(log, seen, part, reason, **fields)
    assert says in explain(refused.value, Language.ENGLISH)
    assert log.head() == head


def test_what_is_no_time_is_never_written_as_when_it_happened(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    head = log.head()
    with pytest.raises(ValueError, match="garbage"):
        correct(log, seen, Part.HAPPENED, "x", happened_from="garbage")
    assert log.head() == head


def test_when_it_happened_is_judged_by_the_time_of_the_correction(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    clock.advance(3_600)
    later = {"happened_from": to_stored(at(10, 55))}
    seen = correct(log, seen, Part.HAPPENED, "", **later)
    clock.move_to(MORNING)  # a clock that was set back hinders no other correction
    after = correct(log, seen, Part.NARRATIVE, "ฟังผิด", narrative="สอง")
    assert after.report == replace(seen.report, narrative="สอง")


def test_who_was_slower_is_told_and_may_correct_another_part(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    correct(log, seen, Part.NARRATIVE, "ฟังผิด", narrative="สอง")
    with pytest.raises(KnownError) as refused:
        correct(log, seen, Part.NARRATIVE, "ฟังผิด", narrative="สาม")
    assert "meanwhile" in explain(refused.value, Language.ENGLISH)
    both = correct(log, seen, Part.ADDRESS, "", address="12/3")
    assert (both.report.narrative, both.report.address) == ("สอง", "12/3")


def test_an_erased_correction_lets_the_word_before_stand_again(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    correct(log, seen, Part.SUSPECTS, "", suspects="ความลับ")
    (entry,) = [one for one in log.entries_of(seen.id) if one.kind == "report_corrected"]
    log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert stands(log, seen.id).report == seen.report
    corrected = correct(log, stands(log, seen.id), Part.SUSPECTS, "", suspects="ใหม่")
    assert "“ใหม่”" in first_line(log, corrected)


def test_a_correction_of_an_erased_report_is_refused(log: Log, clock: ScriptedClock) -> None:
    seen = take(log, clock)
    log.erase(log.entries_of(seen.id)[0].id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    with pytest.raises(KnownError):
        correct(log, stands(log, seen.id), Part.SUSPECTS, "x", suspects="ใหม่")
