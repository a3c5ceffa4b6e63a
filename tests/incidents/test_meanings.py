"""A word may be written, or be the name of a kind of incident: both are found, each once."""

from __future__ import annotations

from pathlib import Path

from app.clock import ScriptedClock
from app.incidents.asked import Asked, understand
from app.incidents.categories import CATEGORIES
from app.incidents.meanings import codes_named, matching_any, questions_of
from app.incidents.search import Question, hits_of
from app.log import Log
from tests.station_log import MORNING, a_station_log, take


def questions(asked: Asked) -> tuple[Question, ...]:
    return questions_of(asked, understand(asked, MORNING), CATEGORIES)


def found(log: Log, asked: Asked) -> list[str]:
    with log.reading() as db:
        nos = list(matching_any(db, questions(asked)))
        return [hit.incident.number for hit in hits_of(db, nos)]


def test_a_kind_is_named_by_a_piece_of_its_name_in_either_language() -> None:
    assert codes_named("ลักทรัพย์", CATEGORIES) == ("20", "21")
    assert codes_named("theft", CATEGORIES) == ("20", "21", "22", "23")
    assert codes_named("กระเป๋า", CATEGORIES) == ()


def test_a_short_word_names_what_begins_with_it() -> None:
    assert codes_named("ลัก", CATEGORIES) == ("20", "21", "22")
    (begun,) = codes_named("วิ่ง", CATEGORIES)
    assert begun in codes_named("วิ่งราว", CATEGORIES)
    assert codes_named("ทรัพ", CATEGORIES) != codes_named("ทร", CATEGORIES)
    assert codes_named("ล", CATEGORIES) == ()


def test_whoever_types_a_kind_finds_what_is_written_and_what_is_of_it(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        take(log, clock, category="20", narrative="กระเป๋าหายที่ตลาด")
        take(log, clock, category="52", narrative="ร้องเรียนว่ามีการลักทรัพย์บ่อย")
        take(log, clock, category="20", narrative="ถูกลักทรัพย์ กระเป๋าสีดำ")
        take(log, clock, category="12", narrative="กระเป๋าตก")
        assert found(log, Asked("ลักทรัพย์")) == ["3/2569", "2/2569", "1/2569"]
        assert found(log, Asked("ลักทรัพย์ กระเป๋า")) == ["3/2569", "1/2569"]
        assert found(log, Asked("กระเป๋า ลักทรัพย์", categories=("52",))) == []
        assert found(log, Asked("ลักทรัพย์", groups=("2",))) == ["3/2569", "1/2569"]
        assert found(log, Asked("กระเป๋า")) == ["4/2569", "3/2569", "1/2569"]


def test_what_is_asked_for_otherwise_stays_in_every_meaning() -> None:
    first, second = questions(Asked("ทะเลาะวิวาท ตลาด เมื่อคืน", zones=("zone-1",)))
    assert first.phrases == ("ทะเลาะวิวาท", "ตลาด") and first.categories == ()
    assert second.phrases == ("ตลาด",) and second.categories == ("12",)
    assert (first.since, first.until, first.zones) == (second.since, second.until, second.zones)
    assert len(questions(Asked("ตลาด"))) == 1
