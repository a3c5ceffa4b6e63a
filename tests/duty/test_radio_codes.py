"""The station's own radio codes: set, changed, taken away, and written out where they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.duty.radio_codes import (
    CodeBook,
    RadioCode,
    radio_codes,
    remove_radio_code,
    set_radio_code,
)
from app.duty.units import UnitState
from app.errors import KnownError
from app.log import Log
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, OFFICER, a_station_log

ARRIVED = RadioCode("ว.22", "ถึงที่หมาย", UnitState.ON_SCENE)
READY = RadioCode("ว.10", "พร้อมรับคำสั่ง", UnitState.FREE)
BOOK = CodeBook([ARRIVED, READY, RadioCode("ว.1", "อยู่ที่ใด"), RadioCode("ว.40-1", "รถชน")])


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        yield log


def codes(log: Log) -> list[RadioCode]:
    with log.reading() as db:
        return radio_codes(db)


def test_a_code_is_set_anew_under_every_spelling_of_it_and_taken_away(log: Log) -> None:
    set_radio_code(log, READY, actor=ADMINISTRATOR).result()
    set_radio_code(log, ARRIVED, actor=ADMINISTRATOR).result()
    assert codes(log) == [READY, ARRIVED]
    anew = RadioCode(" ว ๑๐ ", " พร้อม ", None)
    set_radio_code(log, anew, actor=ADMINISTRATOR).result()
    assert set(codes(log)) == {RadioCode("ว ๑๐", "พร้อม"), ARRIVED}
    remove_radio_code(log, "ว.10", actor=ADMINISTRATOR).result()
    assert codes(log) == [ARRIVED]


def test_an_erased_code_brings_no_older_words_back(log: Log) -> None:
    set_radio_code(log, RadioCode("ว.10", "คำเก่า"), actor=ADMINISTRATOR).result()
    (entry,) = set_radio_code(log, READY, actor=ADMINISTRATOR).result()
    log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert codes(log) == []


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (RadioCode(" . ", "คำ"), "รหัสวิทยุมีตัวอักษรหรือตัวเลข 1 ถึง 12 ตัว"),
        (RadioCode("ว" * 13, "คำ"), "รหัสวิทยุมีตัวอักษรหรือตัวเลข 1 ถึง 12 ตัว"),
        (RadioCode("ว.1", "  "), "คำของรหัสมี 1 ถึง 120 ตัวอักษร"),
        (RadioCode("ว.1", "ก\u0007ข"), "คำของรหัสมี 1 ถึง 120 ตัวอักษร"),
    ],
)
def test_what_is_no_code_is_refused_at_once(log: Log, code: RadioCode, says: str) -> None:
    with pytest.raises(KnownError) as refused:
        set_radio_code(log, code, actor=ADMINISTRATOR)
    assert says in explain(refused.value, Language.THAI)
    with pytest.raises(KnownError):
        set_radio_code(log, READY, actor=OFFICER).result()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ว.22", "ว.22 (ถึงที่หมาย)"),
        ("ว22 หน้าวัด", "ว22 (ถึงที่หมาย) หน้าวัด"),
        ("ว ๒๒", "ว ๒๒ (ถึงที่หมาย)"),
        ("มุกดา 21 ว.10 แล้ว ว.22", "มุกดา 21 ว.10 (พร้อมรับคำสั่ง) แล้ว ว.22 (ถึงที่หมาย)"),
        ("ว.22 (ถึงที่หมาย)", "ว.22 (ถึงที่หมาย)"),
        ("ว.1", "ว.1 (อยู่ที่ใด)"),
        ("ว.12", "ว.12"),
        ("ว.1.5", "ว.1.5"),
        ("ว.40-1", "ว.40-1 (รถชน)"),
        ("แล้ว22 คน", "แล้ว22 คน"),
        ("แก้ว.10", "แก้ว.10"),
        ("", ""),
    ],
)
def test_a_code_is_written_out_only_where_it_stands_by_itself(typed: str, written: str) -> None:
    assert BOOK.spell_out(typed) == written


def test_the_code_a_report_begins_with_is_known() -> None:
    assert BOOK.first(" ว.22 หน้าวัด") == ARRIVED
    assert BOOK.first("หน้าวัด ว.22") is None
    assert CodeBook(()).first("ว.22") is None
    assert CodeBook(()).spell_out("ว.22") == "ว.22"


@given(st.text("ว.๑1022 ()ถึก้\n-", max_size=30))
def test_writing_out_twice_is_writing_out_once(text: str) -> None:
    once = BOOK.spell_out(text)
    assert BOOK.spell_out(once) == once
