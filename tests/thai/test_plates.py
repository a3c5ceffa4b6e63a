"""Plates as they are told on the telephone: one spelling, and nothing else taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.thai.plates import PROVINCES, plate_words, read_plates


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("กข 1234 มุกดาหาร", ["กข 1234 มุกดาหาร"]),
        ("กข1234มุกดาหาร", ["กข 1234 มุกดาหาร"]),
        ("กข-๑๒๓๔ มุกดาหาร", ["กข 1234 มุกดาหาร"]),
        ("1กข 1234", ["1กข 1234"]),
        ("เก๋งขาว ทะเบียน 1กข 99 กทม.", ["1กข 99 กรุงเทพมหานคร"]),
        ("จยย. 1กข 123 มุก", ["1กข 123 มุกดาหาร"]),
        ("กขค 123 นครพนม", ["กขค 123 นครพนม"]),
        ("รถบรรทุก 80-1234 จ.สกลนคร", ["80-1234 สกลนคร"]),
        ("กข 0012 มุกดาหาร", ["กข 12 มุกดาหาร"]),
        ("กข 1234 มุกดาหาร, 1กข 123 มุกดาหาร", ["กข 1234 มุกดาหาร", "1กข 123 มุกดาหาร"]),
        ("กข 1234 กข 1234", ["กข 1234"]),
        ("กข 1234 นคร", ["กข 1234"]),  # five provinces begin like this: none is guessed
        ("กข 1234 สีขาว", ["กข 1234"]),
        ("ก 1234 มุกดาหาร", ["ก 1234 มุกดาหาร"]),
    ],
)
def test_a_plate_is_read_however_it_is_written(typed: str, read: list[str]) -> None:
    assert list(plate_words(typed)) == read


@pytest.mark.parametrize(
    "typed",
    ["", "ไม่เห็นทะเบียน", "ซ. 4", "ถ.สำราญชายโขง ซอย 12", "จยย. 2 คัน", "081-234-5678", "บ้านเลขที่ 12/3",
     "รถกระบะสีดำ 4 ประตู", "กข 12345", "<script>1</script>", "'; DROP TABLE incidents; --"],
)  # fmt: skip
def test_what_is_no_plate_is_not_taken_for_one(typed: str) -> None:
    assert plate_words(typed) == ()


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_is_known(province: str) -> None:
    assert plate_words(f"1กข 1234 {province}") == (f"1กข 1234 {province}",)


def test_there_are_seventy_seven_provinces_each_once() -> None:
    assert len(PROVINCES) == len(set(PROVINCES)) == 77


@given(st.text(max_size=60))
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    for plate in read_plates(text):
        assert 0 <= plate.start < plate.end <= len(text)
        assert plate_words(plate.words) == (plate.words,)
