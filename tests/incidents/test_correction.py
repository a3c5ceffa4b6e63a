"""A place that was taken down wrongly: corrected by an entry, the one before still told."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from app.clock import ScriptedClock
from app.errors import KnownError
from app.geo.areas import AreaDrawn, AreaKind, Areas
from app.geo.coordinates import LatLon
from app.incidents.correction import AreasThen, NewPlace, correct_place, moved_words
from app.incidents.incident import Incident
from app.incidents.story import Mark, tell
from app.log import Actor, Log, Role
from app.thai.translation import Language, explain, say
from tests.station_log import ADMINISTRATOR, OFFICER, PROGRAM, a_report, stands, take

TEMPLE = LatLon(16.54400, 104.73000)
NEW = NewPlace("หน้าวัดศรีมงคลใต้", TEMPLE, (), 423.4)
WHY = "ผู้แจ้งโทรกลับมาบอกจุดที่ถูก"


def correct(log: Log, seen: Incident, new: NewPlace = NEW, why: str = WHY) -> Incident:
    correct_place(log, seen, new, why, actor=OFFICER).result()
    return stands(log, seen.id)


def draw_zone(log: Log, west: float, east: float, began_from: str = "") -> str:
    drawn = AreaDrawn(
        "zone-1", AreaKind.ZONE, "เขตปลอดภัย", "", shapely.box(west, 16.5, east, 16.6),
        began_from=began_from,
    )  # fmt: skip
    return log.append(drawn, actor=PROGRAM).result()[0].id


def test_the_incident_stands_at_the_new_place_and_all_else_is_as_it_was(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    clock.advance(60)
    now = correct(log, seen)
    assert (now.report.lat_deg, now.report.lon_deg) == (TEMPLE.lat_deg, TEMPLE.lon_deg)
    assert now.report.place == NEW.words
    kept = replace(now.report, place="", lat_deg=None, lon_deg=None)
    assert kept == replace(seen.report, place="", lat_deg=None, lon_deg=None)
    assert (now.number, now.state, now.state_since) == (seen.number, seen.state, seen.state_since)


def test_both_places_and_the_reason_stay_readable_in_the_story(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    correct(log, seen)
    first, second = tell(log.entries_of(seen.id))
    assert (first.mark, second.mark) == (Mark.PLACE, Mark.REPORT)
    assert say(first.text, Language.THAI) == (
        "แก้จุดเกิดเหตุ ห่างจากเดิม 423 ม. จาก ตลาดอินโดจีน ประตู 3 (16.54290, 104.72620)"
        f" เป็น หน้าวัดศรีมงคลใต้ (16.54400, 104.73000) · เหตุผล: {WHY}"
    )
    assert "from ตลาดอินโดจีน ประตู 3" in say(first.text, Language.ENGLISH)


def test_a_second_correction_names_the_first_one(log: Log, clock: ScriptedClock) -> None:
    seen = take(log, clock)
    once = correct(log, seen)
    correct(log, once, replace(NEW, words="หลังวัด", moved_m=0.0))
    reported, first, second = log.entries_of(seen.id)
    assert (first.data()["corrects"], second.data()["corrects"]) == (reported.id, first.id)
    told = say(tell(log.entries_of(seen.id))[0].text, Language.THAI)
    assert "จาก หน้าวัดศรีมงคลใต้" in told
    assert "เป็น หลังวัด" in told


def test_the_areas_are_those_of_the_day_it_was_reported(log: Log, clock: ScriptedClock) -> None:
    first = draw_zone(log, 104.729, 104.74)
    clock.advance(60)
    seen = take(log, clock)
    clock.advance(60)
    draw_zone(log, 104.70, 104.71, began_from=first)  # the temple has left the zone since
    with log.reading() as db:
        then = AreasThen(Areas(db).as_of(seen.reported_at))
    found = then.at(TEMPLE)
    assert [(one.kind, one.id, one.version) for one in found] == [("zone", "zone-1", first)]
    now = correct(log, seen, replace(NEW, areas=found))
    assert now.area("zone") == "เขตปลอดภัย"
    assert now.report.areas == found
    told = say(tell(log.entries_of(seen.id))[0].text, Language.THAI)
    assert "16.54400, 104.73000; เขตปลอดภัย" in told


def test_a_report_without_coordinates_gets_them(log: Log, clock: ScriptedClock) -> None:
    seen = take(log, clock, lat_deg=None, lon_deg=None)
    now = correct(log, seen, replace(NEW, moved_m=None))
    assert now.report.lat_deg == TEMPLE.lat_deg
    told = say(tell(log.entries_of(seen.id))[0].text, Language.THAI)
    assert told.startswith("แก้จุดเกิดเหตุ จาก ตลาดอินโดจีน ประตู 3 เป็น หน้าวัด")


@pytest.mark.parametrize(
    ("new", "why", "says"),
    [
        (NEW, "  ", "ต้องมีเหตุผล"),
        (replace(NEW, words=" "), WHY, "ยังไม่มีชื่อสถานที่"),
        (replace(NEW, at=LatLon(48.8566, 2.3522)), WHY, "อยู่นอกประเทศไทย"),
        (NEW, "ก" * 301, "ยาว 301"),
        (NewPlace("ตลาดอินโดจีน ประตู 3", LatLon(16.5429, 104.7262), (), 0.0), WHY, "จุดเดิม"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_written(
    log: Log, clock: ScriptedClock, new: NewPlace, why: str, says: str
) -> None:
    seen = take(log, clock)
    before = log.head()
    with pytest.raises(KnownError) as refused:
        correct_place(log, seen, new, why, actor=OFFICER)
    assert says in explain(refused.value, Language.THAI)
    assert log.head() == before


def test_the_later_of_two_corrections_of_the_same_place_is_refused(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    correct(log, seen)
    before = log.head()
    with pytest.raises(KnownError) as refused:
        correct(log, seen, replace(NEW, words="ที่อื่น"))
    assert "มีผู้แก้จุดเกิดเหตุนี้ไปก่อนแล้ว" in explain(refused.value, Language.THAI)
    assert log.head() == before


def test_who_may_only_look_corrects_nothing(log: Log, clock: ScriptedClock) -> None:
    seen = take(log, clock)
    viewer = Actor("officer-99", Role.VIEWER)
    with pytest.raises(KnownError):
        correct_place(log, seen, NEW, WHY, actor=viewer).result()
    assert stands(log, seen.id) == seen


def test_an_erased_correction_gives_the_place_before_back(log: Log, clock: ScriptedClock) -> None:
    seen = take(log, clock)
    correct(log, seen)
    wrong = log.entries_of(seen.id)[-1]
    log.erase(wrong.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert stands(log, seen.id) == seen
    correct(log, seen, replace(NEW, words="ที่ถูก"))
    assert log.entries_of(seen.id)[-1].data()["corrects"] == log.entries_of(seen.id)[0].id


def test_of_an_erased_report_a_correction_tells_the_new_place_only(
    log: Log, clock: ScriptedClock
) -> None:
    seen = take(log, clock)
    correct(log, seen)
    log.erase(log.entries_of(seen.id)[0].id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert stands(log, seen.id).erased
    told = say(tell(log.entries_of(seen.id))[0].text, Language.THAI)
    assert "ตลาดอินโดจีน" not in told
    assert "หน้าวัดศรีมงคลใต้" in told


def test_coordinates_in_the_words_follow_the_mark() -> None:
    near = a_report(place="ใกล้ตลาดอินโดจีน (16.54290, 104.72620)")
    assert moved_words(near, TEMPLE) == "ใกล้ตลาดอินโดจีน (16.54400, 104.73000)"
    assert moved_words(a_report(), TEMPLE) == "ตลาดอินโดจีน ประตู 3"
