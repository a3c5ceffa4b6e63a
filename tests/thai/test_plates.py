"""Plates as they are told on the telephone: one spelling, and nothing else taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.thai.plates import ABBREVIATED, PROVINCES, plate_words, read_plates


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


@pytest.mark.parametrize(("letters", "province"), ABBREVIATED.items())
def test_two_letters_are_the_province_they_stand_for(letters: str, province: str) -> None:
    for typed in (letters, f"{letters}.", f"จ.{letters} สีขาว"):
        assert plate_words(f"กข 1234 {typed}") == (f"กข 1234 {province}",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("กข 1234 เล", ["กข 1234"]),  # two letters that stand for none are no beginning
        ("กข 1234 มหา", ["กข 1234 มหาสารคาม"]),
        ("กข 1234 กท 5678", ["กข 1234", "กท 5678"]),
        ("กข 1234 มห กค 55 นพ.", ["กข 1234 มุกดาหาร", "กค 55 นครพนม"]),
        ("กข 1234 สน 4 ประตู", ["กข 1234 สกลนคร"]),
        ("กข 1234 จ.ชบ 2 คัน", ["กข 1234 ชลบุรี"]),
        ("กข 1234 กทม. 2 คัน", ["กข 1234 กรุงเทพมหานคร"]),
        ("กข 1234 น.ส.สมศรี", ["กข 1234"]),
        ("กข 1234 พล.ต.ท.สมชาย", ["กข 1234"]),
    ],
)
def test_letters_behind_a_plate_are_read_only_where_a_province_is_meant(
    typed: str, read: list[str]
) -> None:
    assert list(plate_words(typed)) == read


@pytest.mark.parametrize(
    "typed", ["ชน เสาไฟ", "พบ คนขับ", "รอ ตรวจ", "ตก คลอง", "ชนรถ", "เลยหนี", "ตากแดด", "แพร่ภาพ"]
)
def test_a_word_that_goes_on_behind_a_plate_is_no_province(typed: str) -> None:
    assert plate_words(f"กข 1234 {typed}") == ("กข 1234",)
    assert plate_words(f"กข 1234 {typed} กค 55 มห") == ("กข 1234", "กค 55 มุกดาหาร")


@pytest.mark.parametrize("name", ["เลย", "ตาก", "ตรัง", "ตราด", "น่าน", "แพร่", "สตูล", "ยะลา"])
@pytest.mark.parametrize("behind", ["", " สีขาว", ",", ".", "\n1 คัน", " / ดำ"])
def test_a_short_name_that_ends_is_the_province(name: str, behind: str) -> None:
    assert plate_words(f"กข1234{name}{behind}") == (f"กข 1234 {name}",)


@pytest.mark.parametrize(
    "typed",
    [
        "พ.ศ. 2569",
        "พ.ศ.๒๕๖๙",
        "ม.ค. 2569",
        "เกิด ก.ค. 2540",
        "เม.ย. 2569",
        "พ.ร.บ. 2522",
        "ผศ.ดร. 12",
    ],
)
def test_a_date_and_what_else_is_shortened_by_dots_is_no_plate(typed: str) -> None:
    assert plate_words(typed) == ()
    assert plate_words(f"{typed} กข 1234") == ("กข 1234",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1กก 55 นครพนม", ["1กก 55 นครพนม"]),
        ("๑กก ๕๕๕๕ นพ", ["1กก 5555 นครพนม"]),
        ("กก 55", []),  # kilograms, as before
        ("2 รถ 1234", []),
        ("3 คน 2", []),
        ("3คน 2 คัน", []),
        ("ตต7366", ["ตต 7366"]),
        ("ตต๗๓๖๖", ["ตต 7366"]),
        ("จยย.กขค 123", ["กขค 123"]),
        ("22:00 น.กข 1234", ["กข 1234"]),
    ],
)
def test_a_figure_right_before_the_letters_makes_them_a_plates(typed: str, read: list[str]) -> None:
    assert list(plate_words(typed)) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ทะเบียนกข 1234", ["กข 1234"]),
        ("เก๋งขาวป้ายทะเบียนกข1234มุกดาหาร", ["กข 1234 มุกดาหาร"]),
        ("ทะเบียนรถกขค 123", ["กขค 123"]),
        ("ทะเบียนรถก 1234", ["ก 1234"]),
        ("ทะเบียน1กข 1234", ["1กข 1234"]),
        ("ทะเบียนบ้าน 12", []),
        ("ทะเบียนสมรส 1234", []),
        ("ทะเบียนรถ 1234", []),
        ("ทะเบียนที่ 12", []),
    ],
)
def test_a_plate_is_read_right_behind_the_word_for_it(typed: str, read: list[str]) -> None:
    assert list(plate_words(typed)) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("กก 1234 กรุงเทพมหานคร", ["กก 1234 กรุงเทพมหานคร"]),
        ("เก๋งขาว กก1234กทม. หนีไป", ["กก 1234 กรุงเทพมหานคร"]),
        ("ชม 1234 เชียงใหม่", ["ชม 1234 เชียงใหม่"]),
        ("สน 99 จ.มุกดาหาร", ["สน 99 มุกดาหาร"]),
        ("กข 1 กก 1234 กทม.", ["กข 1", "กก 1234 กรุงเทพมหานคร"]),
        ("กก 1234", []),
        ("กก 1234 นพ", []),
        ("3 กก 1234 กรุงเทพมหานคร", []),
        ("กก. 2 กรุงเทพมหานคร", []),  # a division of the police
        ("กก.2 กรุงเทพมหานคร", []),
        ("ทล 2042 มุกดาหาร", []),
        ("กม 12 นครพนม", []),
        ("รถ 2 มุกดาหาร", []),
    ],
)
def test_letters_of_a_measure_are_a_plates_where_a_whole_province_follows(
    typed: str, read: list[str]
) -> None:
    assert list(plate_words(typed)) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1 กข 1234", ["1กข 1234", "กข 1234"]),
        ("๑ กข ๑๒๓๔ มุกดาหาร", ["1กข 1234 มุกดาหาร", "กข 1234 มุกดาหาร"]),
        ("เก๋งขาว 1 กข 1234", ["1กข 1234", "กข 1234"]),
        ("ทะเบียน 2 ขค-567 นพ.", ["2ขค 567 นครพนม", "ขค 567 นครพนม"]),
        ("ทะเบียน2 ขค 567", ["2ขค 567", "ขค 567"]),
        ("กข 55, 1 ขค 1234", ["กข 55", "1ขค 1234", "ขค 1234"]),
        ("1กข 1234", ["1กข 1234"]),
        ("ม. 3 กข 1234", ["กข 1234"]),
        ("ม.3 กข 1234", ["กข 1234"]),
        ("หมู่ 3 กข 1234", ["กข 1234"]),
        ("หมู่ที่ 3 กข 1234", ["กข 1234"]),
        ("ซอย 4 กข 1234", ["กข 1234"]),
        ("คันที่ 2 กข 1234", ["กข 1234"]),
        ("12/3 กข 1234", ["กข 1234"]),
        ("อายุ 20 กข 1234", ["กข 1234"]),
        ("0 กข 1234", ["กข 1234"]),
        ("1 กขค 123", ["กขค 123"]),  # three letters have no figure before them
        ("กข 1 สก 2", ["กข 1", "สก 2"]),
    ],
)
def test_a_figure_that_may_be_the_plates_own_is_read_both_ways(typed: str, read: list[str]) -> None:
    assert list(plate_words(typed)) == read


@given(st.text(max_size=60))
def test_any_text_is_read_and_what_is_found_stands_in_it(text: str) -> None:
    for plate in read_plates(text):
        assert 0 <= plate.start < plate.end <= len(text)
        assert plate_words(plate.words) == (plate.words,)
