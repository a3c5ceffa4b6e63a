"""What an officer reads when a report cannot be taken, and that the log is then untouched."""

from __future__ import annotations

import math
from typing import Any

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents.incident import AreaFound
from app.incidents.intake import LINE_LIMIT, NARRATIVE_LIMIT, report_incident
from app.log import Actor, Log, Role
from app.thai.translation import Language, explain
from tests.conftest import ExpectedLog
from tests.station_log import PROGRAM, a_report, on_a_full_disk, take, with_room_again

STILL_HERE = "ข้อความที่พิมพ์ไว้ยังอยู่ครบ"


@pytest.mark.parametrize(
    ("typed", "says", "whole"),
    [
        ({"category": "", "place": "", "narrative": ""}, "ยังไม่ได้เลือกประเภทเหตุ", "No type"),
        ({"category": "7"}, "ยังไม่ได้เลือกประเภทเหตุ", "No type of incident was chosen."),
        ({"place": ""}, "ยังไม่ได้ระบุสถานที่เกิดเหตุ", "The report has no place."),
        ({"place": " \t\n "}, "ยังไม่ได้ระบุสถานที่เกิดเหตุ", "The report has no place."),
        ({"place": "\u200b"}, "ยังไม่ได้ระบุสถานที่เกิดเหตุ", "The report has no place."),
        ({"narrative": "ก" * 100_000}, "พฤติการณ์ยาว 100,000 ตัวอักษร", "takes 20,000."),
        ({"narrative": "ก" * (NARRATIVE_LIMIT + 1)}, "พฤติการณ์ยาว 20,001", "has 20,001"),
        ({"place": "ก" * 100_000}, "มีช่องหนึ่งยาว 100,000 ตัวอักษร", "it takes 500."),
        ({"caller": "ก" * (LINE_LIMIT + 1)}, "มีช่องหนึ่งยาว 501 ตัวอักษร", "has 501"),
        ({"caller_phone": "0" * 501}, "มีช่องหนึ่งยาว 501 ตัวอักษร", "has 501"),
        ({"lat_deg": 48.8566, "lon_deg": 2.3522}, "จุด 48.85660, 2.35220 อยู่นอก", "outside Thai"),
        ({"lat_deg": 104.7262, "lon_deg": 16.5429}, "จุด 104.72620, 16.54290 อยู่", "outside"),
        ({"lat_deg": 21.0}, "อยู่นอกประเทศไทย", "outside Thailand"),
        ({"lat_deg": math.nan}, "อยู่นอกประเทศไทย", "outside Thailand"),
        ({"lon_deg": math.inf}, "อยู่นอกประเทศไทย", "outside Thailand"),
    ],
)
def test_a_report_that_cannot_be_taken_says_why_and_changes_nothing(
    log: Log, clock: ScriptedClock, typed: dict[str, Any], says: str, whole: str
) -> None:
    before = log.head()
    with pytest.raises(KnownError) as refused:
        take(log, clock, **typed)
    thai = explain(refused.value, Language.THAI).splitlines()
    assert says in thai[0]
    assert thai[1] == STILL_HERE
    assert len(thai) == 3  # what happened, what is safe, what to do
    assert whole in explain(refused.value, Language.ENGLISH)
    assert log.head() == before


def test_a_place_without_coordinates_is_enough(log: Log, clock: ScriptedClock) -> None:
    assert take(log, clock, lat_deg=None, lon_deg=None).report.lat_deg is None


def test_half_a_coordinate_is_a_bug_of_the_form(log: Log, clock: ScriptedClock) -> None:
    with pytest.raises(ValueError, match="half"):
        take(log, clock, lat_deg=None)


def test_ids_rise_with_time_and_differ_within_a_second(log: Log, clock: ScriptedClock) -> None:
    ids = []
    for _ in range(6):
        ids += [take(log, clock).id for _ in range(3)]
        clock.advance(1)
    seconds = [one[:12] for one in ids]
    assert seconds == sorted(seconds)
    assert len(set(ids)) == len(ids)


def test_the_longest_report_is_taken_whole(log: Log, clock: ScriptedClock) -> None:
    text = ("ที่เกิดเหตุ {0} \u0e33 🚓 \n" * NARRATIVE_LIMIT)[:NARRATIVE_LIMIT]
    assert take(log, clock, narrative=text).report.narrative == text


def test_everything_that_was_typed_comes_back(log: Log, clock: ScriptedClock) -> None:
    area = AreaFound("zone", "zone-1", "เขตปลอดภัย", "console-1:1")
    typed: dict[str, Any] = {
        "areas": (area,),
        "happened_from": "2026-11-22T03:00:00.000Z",
        "caller": "นางสาว{ใจดี} %s",
        "caller_phone": "๐๘๑-๒๓๔๕๖๗๘",
        "caller_unnamed": True,
    }
    taken = take(log, clock, **typed)
    assert taken.report == a_report(**typed)
    assert taken.area("zone") == "เขตปลอดภัย"
    assert taken.area("beat") == ""


def test_half_a_character_is_refused_with_a_sentence(log: Log, clock: ScriptedClock) -> None:
    before = log.head()
    with pytest.raises(KnownError) as refused:
        take(log, clock, narrative="เสียหาย \ud83d")
    assert "อักขระไม่สมบูรณ์" in explain(refused.value, Language.THAI)
    assert log.head() == before


def test_on_a_full_disk_nothing_typed_is_lost_and_the_log_is_as_it_was(
    log: Log, clock: ScriptedClock, expected_log: ExpectedLog
) -> None:
    expected_log("could not be written")
    take(log, clock)
    before = log.head()
    log.write(on_a_full_disk, actor=PROGRAM).result()
    with pytest.raises(KnownError) as refused:
        take(log, clock, narrative="ก" * NARRATIVE_LIMIT)
    assert explain(refused.value, Language.THAI).splitlines() == [
        "ดิสก์เต็ม",
        "ยังไม่ได้บันทึก ข้อความที่พิมพ์ไว้ยังอยู่ครบ บันทึกเดิมไม่เปลี่ยนแปลง",
        "เพิ่มพื้นที่ว่างในดิสก์ แล้วบันทึกอีกครั้ง",
    ]
    assert log.head() == before
    log.write(with_room_again, actor=PROGRAM).result()
    assert take(log, clock, narrative="ก" * NARRATIVE_LIMIT).number == "2/2569"


def test_who_may_only_look_is_told_whom_to_ask(log: Log, clock: ScriptedClock) -> None:
    before = log.head()
    viewer = Actor("officer-99", Role.VIEWER)
    with pytest.raises(KnownError) as refused:
        report_incident(log, a_report(), actor=viewer, clock=clock).result()
    assert "สิทธิ์ “ผู้ดูข้อมูล” ไม่อนุญาตให้รับแจ้งเหตุ" in explain(refused.value, Language.THAI)
    assert log.head() == before
