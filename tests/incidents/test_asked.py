"""What is typed and ticked becomes a question, and every piece of it can be taken away again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.incidents.asked import Asked, asked_from, question_of, understand, without_word
from app.incidents.categories import CaseGroup, Channel
from app.incidents.incident import IncidentState
from app.incidents.search import Question
from app.thai.when import read_when

NOW = datetime(2026, 11, 22, 3, 46, 31, tzinfo=UTC)  # Sunday, 10:46:31 in Mukdahan


def question(asked: Asked) -> Question:
    return question_of(asked, understand(asked, NOW))


def test_words_and_times_are_told_apart_wherever_they_stand() -> None:
    understood = understand(Asked(text="กระเป๋า สัปดาห์นี้ ตลาด"), NOW)
    assert understood.words == ("กระเป๋า", "ตลาด")
    assert understood.span == read_when("สัปดาห์นี้", NOW)
    assert understood.when_words == "สัปดาห์นี้"
    assert understood.trouble is None


def test_what_stands_in_quotation_marks_is_one_word_and_no_time() -> None:
    understood = understand(Asked(text='"เมื่อคืน ที่ตลาด" กระเป๋า'), NOW)
    assert understood.words == ("เมื่อคืน ที่ตลาด", "กระเป๋า")
    assert understood.span is None


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("+66812345678", "812345678"),
        ("+66-81-234-5678", "81-234-5678"),
        ("+66042611333", "42611333"),
        ("+66", "+66"),
        ("0812345678", "0812345678"),
        ("66812345678", "66812345678"),
        ("+6681กข234567", "+6681กข234567"),
    ],
)
def test_a_number_dialled_from_abroad_is_found_as_it_was_written_here(
    typed: str, looked_for: str
) -> None:
    asked = Asked(text=f"ตลาด {typed}")
    assert question(asked).phrases == ("ตลาด", looked_for)
    assert without_word(asked.text, understand(asked, NOW).words[1]) == "ตลาด"


def test_the_field_of_times_is_understood_more_freely_than_the_query() -> None:
    assert understand(Asked(text="2569"), NOW).words == ("2569",)
    assert understand(Asked(when="2569"), NOW).span == read_when("ปี 2569", NOW)


def test_two_times_mean_what_lies_in_both() -> None:
    understood = understand(Asked(text="กระเป๋า เมื่อวาน", when="เดือนนี้"), NOW)
    assert understood.span == read_when("เมื่อวาน", NOW)
    apart = understand(Asked(text="เมื่อวาน", when="เดือนที่แล้ว"), NOW)
    assert "nothing in common" in str(apart.trouble)


def test_a_time_that_is_none_is_told_and_does_not_hide_everything() -> None:
    asked = Asked(text="กระเป๋า", when="วันไหนก็ได้")
    understood = understand(asked, NOW)
    assert "not a time" in str(understood.trouble)
    assert question(asked) == Question(phrases=("กระเป๋า",))


def test_every_filter_becomes_part_of_the_question() -> None:
    span = read_when("เมื่อคืน", NOW)
    asked = Asked(
        text="จยย. เมื่อคืน",
        states=("closed", "gone_fishing"),
        zones=("zone-1", ""),
        communities=("community-2",),
        beats=("beat-3",),
        groups=("2", "9"),
        categories=("22",),
        channels=("191", "pigeon"),
        units=("unit-21",),
        officers=("officer-3",),
    )
    assert question(asked) == Question(
        phrases=("จยย.",),
        since=span.since,
        until=span.until,
        zones=("zone-1", ""),
        communities=("community-2",),
        beats=("beat-3",),
        groups=(CaseGroup.PROPERTY,),
        categories=("22",),
        channels=(Channel.CALL_191,),
        officers=("officer-3",),
        units=("unit-21",),
        states=(IncidentState.CLOSED,),
    )


def test_nothing_asked_is_everything() -> None:
    assert question(Asked()) == Question()
    assert Asked().is_empty and not Asked(when="x").is_empty


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("กระเป๋า ตลาด สัปดาห์นี้", "ตลาด", "กระเป๋า สัปดาห์นี้"),
        ("กระเป๋าตังค์ กระเป๋า", "กระเป๋า", "กระเป๋าตังค์"),
        ('"หน้า ตลาด" กระเป๋า', "หน้า ตลาด", "กระเป๋า"),
        ("ตลาด เมื่อคืน  21:40", "เมื่อคืน 21:40", "ตลาด"),
        ("เมื่อคืน ตลาด 21:40", "เมื่อคืน 21:40", "ตลาด"),
        ("ตลาดเมื่อคืน", "เมื่อคืน", "ตลาด"),
        ("c++ (x", "(x", "c++"),
    ],
)
def test_a_chip_takes_its_word_out_of_the_query(text: str, word: str, left: str) -> None:
    assert without_word(text, word) == left


def test_ticks_come_and_go() -> None:
    asked = Asked().with_one("states", "new", True).with_one("states", "closed", True)
    assert asked.states == ("new", "closed")
    assert asked.with_one("states", "new", True) == Asked(states=("closed", "new"))
    assert asked.with_one("states", "new", False).with_one("states", "closed", False) == Asked()


def test_it_is_kept_whole_and_a_later_version_s_words_are_left_out() -> None:
    asked = Asked("ตลาด", "เมื่อคืน", zones=("",), groups=("2",), units=("unit-21", "unit-t2"))
    assert asked_from(asked.body()) == asked
    assert asked.body().keys() == {"text", "when", "zones", "groups", "units"}
    assert asked_from({**asked.body(), "weather": ["rain"]}) == asked
    assert asked_from({}) == Asked()
