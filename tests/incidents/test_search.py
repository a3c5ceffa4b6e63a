"""Searching a station's incidents: what is found, in which order, with which filters."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.clock import ScriptedClock, to_stored
from app.incidents import search_index, search_plan
from app.incidents.categories import BY_CODE, CaseGroup, Channel
from app.incidents.category_table import change_category
from app.incidents.dispatch import dispatch
from app.incidents.incident import AreaFound, IncidentCorrected, IncidentState
from app.incidents.report_correction import Part, correct_report
from app.incidents.search import (
    OUTSIDE,
    Hit,
    Question,
    count,
    hits_of,
    newest_no,
    numbers,
    phrases_of,
    search,
)
from app.incidents.workflow import add_note, close
from app.log import Log
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, form_units, take
from tests.test_all_rooms import facts_with, who_may

BAG = "กระเป๋า"


@pytest.fixture(params=[(32, 512), (2, 4)], ids=["as shipped", "indexed at once"])
def blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second gives a few incidents a full-text index, as else only hundreds have."""
    block, still_open = request.param
    monkeypatch.setattr(search_index, "BLOCK", block)
    monkeypatch.setattr(search_index, "OPEN", still_open)
    monkeypatch.setattr(search_plan, "BLOCK", block)


def found(log: Log, *phrases: str, limit: int = 99, **asked: Any) -> list[str]:
    """The numbers of the incidents that answer, as they come."""
    with log.reading() as db:
        hits = search(db, Question(phrases=phrases, **asked), limit=limit).hits
    return [hit.incident.number for hit in hits]


def only(log: Log, *phrases: str) -> Hit:
    with log.reading() as db:
        (hit,) = search(db, Question(phrases=phrases), limit=9).hits
    return hit


def take_many(log: Log, clock: ScriptedClock, *narratives: str) -> list[str]:
    """One after the other, a minute apart; their ids."""
    ids = []
    for narrative in narratives:
        clock.advance(60)
        ids.append(take(log, clock, narrative=narrative, place="ริมโขง").id)
    return ids


@pytest.mark.usefixtures("blocks")
def test_words_are_found_newest_first_wherever_they_stand(log: Log, clock: ScriptedClock) -> None:
    ids = take_many(log, clock, *(f"{BAG} {n}" if n % 3 else "เงียบ" for n in range(1, 21)))
    assert found(log, BAG) == [f"{n}/2569" for n in range(20, 0, -1) if n % 3]
    assert found(log, f"{BAG}7") == ["7/2569"]
    assert found(log, BAG, "ริมโขง", "1 1") == ["11/2569"]
    assert found(log, "ไม่มีใครเขียน") == []
    add_note(log, ids[2], f"พบ{BAG}แล้ว", actor=OFFICER).result()
    assert "3/2569" in found(log, BAG)
    assert found(log, f"พบ{BAG}") == ["3/2569"]
    log.rebuild()
    assert found(log, f"พบ{BAG}") == ["3/2569"]


@pytest.mark.usefixtures("blocks")
def test_nothing_is_found_across_two_texts(log: Log, clock: ScriptedClock) -> None:
    for _ in range(12):
        take(log, clock, place="ตลาด", narrative="เช้า", caller="สมชาย")
    assert found(log, "ตลาดเช้า") == []
    assert found(log, "เช้าสมชาย") == []
    assert len(found(log, "ตลาด", "เช้า", "สมชาย")) == 12


@pytest.mark.usefixtures("blocks")
def test_pages_follow_each_other_without_a_gap(log: Log, clock: ScriptedClock) -> None:
    take_many(log, clock, *(BAG for _ in range(17)))
    pages, before = [], None
    with log.reading() as db:
        while True:
            page = search(db, Question(phrases=(BAG,)), limit=5, before=before)
            pages += [hit.no for hit in page.hits]
            if page.before is None:
                break
            before = page.before
        assert pages == list(range(17, 0, -1))
        assert newest_no(db) == 17
        assert count(db, Question(phrases=(BAG,)), 999) == 17
        assert count(db, Question(phrases=(BAG,)), 3) == 3
        assert numbers(db, Question(), 4) == [17, 16, 15, 14]
        assert [hit.no for hit in hits_of(db, (3, 9, 1))] == [3, 9, 1]
        assert search(db, Question(), limit=1, before=17 + 1 - 6).hits[0].no == 11


def test_an_incident_that_does_not_stand_in_the_order_of_the_log_is_shown_all_the_same(
    log: Log, clock: ScriptedClock, tmp_path: Path
) -> None:
    ids = take_many(log, clock, *[BAG] * 5)
    (database,) = tmp_path.rglob("station.db")
    with closing(sqlite3.connect(database)) as db:
        db.execute("UPDATE incidents SET rowid = rowid + 100 WHERE id = ?", (ids[1],))
        db.execute("UPDATE incidents SET rowid = 2 WHERE id = ?", (ids[3],))
        db.commit()
    with log.reading() as db:
        hits = search(db, Question(phrases=(BAG,)), limit=9).hits
    assert [hit.incident.id for hit in hits] == ids[::-1]


def test_a_hit_says_which_text_it_was_and_where(log: Log, clock: ScriptedClock) -> None:
    incident = take(log, clock, place="ประตู ๓ ตลาด", narrative="ลักเเมว ที่ตลาด ประตู 3", caller="")
    add_note(log, incident.id, "แมว กลับมาแล้ว", actor=OFFICER).result()
    hit = only(log, "ประตู3", "แมว")
    assert hit.incident.id == incident.id
    told = [(f.kind, f.field, [f.text[s.start : s.end] for s in f.spans]) for f in hit.found]
    assert told == [
        ("incident_reported", "place", ["ประตู ๓"]),
        ("incident_reported", "narrative", ["เเมว", "ประตู 3"]),
        ("note_added", "text", ["แมว"]),
    ]
    assert hit.found[0].entry_id == log.entries_of(incident.id)[0].id


def test_where_it_stands_is_shown_across_lines_and_across_the_fields_of_an_item(
    log: Log, clock: ScriptedClock
) -> None:
    incident = take(log, clock, narrative="แมวหาย")
    add_note(log, incident.id, 'พบที่ "ตลาด"\nริมโขง', actor=OFFICER).result()
    (note,) = only(log, "ตลาด ริมโขง").found
    assert [note.text[span.start : span.end] for span in note.spans] == ['ตลาด"\nริมโขง']
    said = replace(incident.report, caller="นายสมชาย", caller_phone="0812345678")
    correct_report(log, incident, Part.CALLER, said, "จดผิด", actor=OFFICER).result()
    (corrected,) = only(log, "สมชาย 081").found
    assert corrected.kind == "report_corrected"


def test_plates_and_telephone_numbers_are_found_written_either_way(
    log: Log, clock: ScriptedClock
) -> None:
    take(log, clock, narrative="เก๋งขาว กข1234มุกดาหาร", caller_phone="081-234-5678")
    take(log, clock, narrative="เก๋งดำ กข 1234 มุกดาหาร", caller_phone="0812345678")
    for query in ("กข 1234 มุกดาหาร", "กข1234", "081 234 5678", "0812345678", "๐๘๑-๒๓๔"):
        assert len(found(log, query)) == 2, query


def test_punctuation_alone_finds_nothing_and_no_words_find_all(
    log: Log, clock: ScriptedClock
) -> None:
    take(log, clock, narrative="ก / ข")
    assert found(log, "/") == []
    assert found(log, "  ") == ["1/2569"]
    assert found(log) == ["1/2569"]


def test_an_empty_log_answers(log: Log) -> None:
    assert found(log) == []
    assert found(log, BAG, since=MORNING, zones=("zone-1",)) == []


@pytest.mark.usefixtures("blocks")
def test_each_filter_lets_through_what_it_names(log: Log, clock: ScriptedClock) -> None:
    zone = AreaFound("zone", "zone-1", "เขต", "v:1")
    beat = AreaFound("beat", "beat-2", "เขตตรวจ 2", "v:2")
    form_units(log, 4)
    take(log, clock, areas=(zone, beat), category="23", channel=Channel.LINE)
    take(log, clock, areas=(beat,), category="42")
    third = take(log, clock, areas=(), category="31")
    dispatch(log, third.id, "unit-4", distance_m=None, actor=OFFICER).result()
    take_many(log, clock, *("อื่น" for _ in range(9)))
    last = take(log, clock, areas=(zone,), category="23")
    close(log, last.id, result="จับได้", actor=OFFICER).result()
    assert found(log, zones=("zone-1",)) == ["13/2569", "1/2569"]
    assert found(log, zones=("zone-1",), beats=("beat-2",)) == ["1/2569"]
    assert found(log, zones=(OUTSIDE,), beats=("beat-2",)) == ["2/2569"]
    assert found(log, beats=("beat-9",)) == []
    assert found(log, categories=("31", "42")) == ["3/2569", "2/2569"]
    assert found(log, groups=(CaseGroup.PROPERTY,), channels=(Channel.LINE,)) == ["1/2569"]
    assert found(log, categories=("42",), groups=(CaseGroup.PROPERTY,)) == []
    assert found(log, units=("unit-4",)) == ["3/2569"]
    assert found(log, "มุกดา 4") == ["3/2569"]
    assert found(log, states=(IncidentState.CLOSED,)) == ["13/2569"]
    assert found(log, states=(IncidentState.ASSIGNED,)) == ["3/2569"]
    assert len(found(log, states=(IncidentState.NEW, IncidentState.CLOSED))) == 12
    assert len(found(log, officers=(OFFICER.id,))) == 13
    assert found(log, officers=("officer-99",)) == []
    assert found(log, BAG, zones=("zone-1",), states=(IncidentState.NEW,)) == ["1/2569"]


def test_a_corrected_place_is_found_in_its_new_areas_and_by_both_names(
    log: Log, clock: ScriptedClock
) -> None:
    zone, beat = (AreaFound(kind, f"{kind}-1", "เขต", "v:1") for kind in ("zone", "beat"))
    incident = take(log, clock, areas=(zone,), place="ตลาดเก่า")
    fact = IncidentCorrected(
        incident.id, log.head().origin, "ตลาดใหม่", 16.5, 104.7, (beat,), 90.0, "ชี้ผิด"
    )
    log.append(fact, actor=OFFICER).result()
    assert found(log, zones=("zone-1",)) == []
    assert found(log, zones=(OUTSIDE,), beats=("beat-1",), categories=("23",)) == ["1/2569"]
    assert found(log, "ตลาดใหม่") == found(log, "ตลาดเก่า") == ["1/2569"]


def test_times_are_of_the_report_or_of_what_happened(log: Log, clock: ScriptedClock) -> None:
    for hour in range(6):
        clock.move_to(MORNING + timedelta(hours=hour))
        take(log, clock, happened_from=to_stored(MORNING - timedelta(days=hour)))
    hours = {"since": MORNING + timedelta(hours=2), "until": MORNING + timedelta(hours=4)}
    assert found(log, **hours) == ["4/2569", "3/2569"]
    assert found(log, BAG, **hours) == ["4/2569", "3/2569"]
    days = {"since": MORNING - timedelta(days=3), "until": MORNING - timedelta(days=1)}
    assert found(log, **days, by_happened=True) == ["4/2569", "3/2569"]
    assert found(log, **days) == []
    assert found(log, until=MORNING + timedelta(hours=1)) == ["1/2569"]


def test_what_was_taken_down_by_a_clock_set_back_is_found_by_the_time_it_has(
    log: Log, clock: ScriptedClock
) -> None:
    for hour in (0, 1, 9, 2, 10):
        clock.move_to(MORNING + timedelta(hours=hour))
        take(log, clock)
    assert found(log, since=MORNING + timedelta(hours=2), until=MORNING + timedelta(hours=3)) == [
        "4/2569"
    ]
    assert found(log, since=MORNING + timedelta(hours=3)) == ["5/2569", "3/2569"]
    assert found(log, until=MORNING + timedelta(hours=3)) == ["4/2569", "2/2569", "1/2569"]


@pytest.mark.usefixtures("blocks")
def test_what_was_erased_is_found_no_more_and_the_incident_stays(
    log: Log, clock: ScriptedClock
) -> None:
    ids = take_many(log, clock, *(f"{BAG} {n}" for n in range(9)))
    entry = log.entries_of(ids[1])[0].id
    log.erase(entry, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert "2/2569" not in found(log, BAG)
    assert len(found(log)) == 9
    assert found(log, officers=(OFFICER.id,), limit=2) == ["9/2569", "8/2569"]


def test_every_word_of_every_room_about_an_incident_is_found(log: Log) -> None:
    """Whoever adds a kind of entry names its words in a `Said`, or here why not."""
    not_searched = {
        "unit_on_the_way", "unit_arrived", "unit_released",  # the call sign stands in unit_assigned
        "snapshot_taken", "attachment_taken_out",  # names and hashes of files
        "sheet_printed", "sheet_printed_again",  # a paper's words are those of its incident
    }  # fmt: skip
    secret = "ฌญฎฏฐ"
    missed = []
    facts = [fact for fact in facts_with(secret) if fact.subject == "inc-1"]
    for fact in sorted(facts, key=lambda one: one.kind != "incident_reported"):
        if fact.kind not in not_searched:
            log.append(fact, actor=who_may(fact)).result()
            with log.reading() as db:
                hits = search(db, Question(phrases=(secret,)), limit=1).hits
            kinds = {one.kind for hit in hits for one in hit.found}
            if secret in str(fact.body()) and fact.kind not in kinds:
                missed.append(fact.kind)
    assert missed == []


def test_what_is_typed_is_cut_at_spaces_but_not_in_quotation_marks() -> None:
    assert phrases_of(' กระเป๋า  ตลาด "กข 1234" “หน้า วัด') == (
        "กระเป๋า",
        "ตลาด",
        "กข 1234",
        "หน้า วัด",
    )
    assert phrases_of('""  ') == ()


def test_a_state_is_looked_up_in_an_index(log: Log, clock: ScriptedClock) -> None:
    """If the register's own index of what is open changes, so must `search_plan`."""
    take(log, clock)
    plans = search_plan._state_filters((IncidentState.NEW,), search_plan._Range(1, 9))
    (filtered,) = plans
    assert filtered.numbers is not None
    with log.reading() as db:
        told = db.execute(
            f"EXPLAIN QUERY PLAN {filtered.numbers.sql}", filtered.numbers.values
        ).fetchall()
    assert any("incidents_open" in row["detail"] for row in told), [row["detail"] for row in told]


def test_what_was_corrected_is_filtered_by_what_it_is_now(log: Log, clock: ScriptedClock) -> None:
    incident = take(log, clock, category="23", channel=Channel.LINE)
    took = replace(incident.report, category="42")
    correct_report(log, incident, Part.CATEGORY, took, "ฟังผิด", actor=OFFICER).result()
    assert found(log, categories=("23",)) == []
    assert found(log, categories=("42",), channels=(Channel.LINE,)) == ["1/2569"]
    day_before = to_stored(MORNING - timedelta(days=1))
    then = replace(incident.report, happened_from=day_before)
    correct_report(log, incident, Part.HAPPENED, then, "เมื่อวาน", actor=OFFICER).result()
    assert found(log, until=MORNING, by_happened=True) == ["1/2569"]
    fake = replace(BY_CODE["42"], group=CaseGroup.SPECIAL)
    assert found(log, groups=(CaseGroup.SPECIAL,)) == []
    change_category(log, fake, actor=ADMINISTRATOR).result()
    assert found(log, groups=(CaseGroup.SPECIAL,)) == ["1/2569"]
