"""Times as people say them, and what a hasty reading would make of them: another day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.thai.dates import BANGKOK
from app.thai.when import find_when, read_when

NOW = datetime(2026, 11, 22, 3, 46, 31, tzinfo=UTC)  # Sunday 22 Nov 2569, 10:46:31 in Mukdahan


def wall(text: str) -> datetime:
    """`2026-11-22 18:00` on the station's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def shown(at: datetime | None) -> str:
    """On the station's clock, to the minute; `…` where it is open."""
    return f"{at.astimezone(BANGKOK):%Y-%m-%d %H:%M}" if at is not None else "…"


def span(text: str, now: datetime = NOW) -> tuple[str, str]:
    """From when and until when."""
    read = read_when(text, now)
    return shown(read.since), shown(read.until)


def about(text: str, now: datetime = NOW) -> str:
    """The one moment that was meant."""
    return shown(read_when(text, now).about)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("21 พ.ย. 69 24:00", "2026-11-22 00:00"),
        ("เมื่อวาน 24.00", "2026-11-22 00:00"),
        ("24.00 น. เมื่อวาน", "2026-11-22 00:00"),
        ("เมื่อวาน 24 น.", "2026-11-22 00:00"),
        ("เมื่อวาน 00:00", "2026-11-21 00:00"),
        ("เมื่อคืน 24:00", "2026-11-22 00:00"),
        ("24:00", "2026-11-22 00:00"),
    ],
)
def test_twenty_four_hours_is_the_end_of_the_day_that_is_named(typed: str, meant: str) -> None:
    assert about(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22:00-24:00", ("2026-11-21 22:00", "2026-11-22 00:00")),
        ("วันศุกร์ 22:00-24:00", ("2026-11-20 22:00", "2026-11-21 00:00")),
        ("วันศุกร์ 24:00-02:00", ("2026-11-21 00:00", "2026-11-21 02:00")),
        ("20 พ.ย. 69 20:00 - 20 พ.ย. 69 24:00", ("2026-11-20 20:00", "2026-11-21 00:00")),
    ],
)
def test_a_span_may_begin_or_end_with_the_day(typed: str, meant: tuple[str, str]) -> None:
    assert span(typed) == meant


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("29 ก.พ. 2569", "calendar"),
        ("ตลาด วันที่ 29 ก.พ. 2569 รถชน", "calendar"),
        ("31 ก.พ. 2569", "calendar"),
        ("29 ก.พ. 2569 21:40", "calendar"),
        ("ก่อน 29 ก.พ. 2569", "calendar"),
        ("1-29 ก.พ. 2569 ตลาด", "calendar"),
        ("ตั้งแต่ 1 ม.ค. ถึง 29 ก.พ. 2569", "calendar"),
        ("29/2/2569 ถึง 5/3/2569", "calendar"),
        ("24 มิ.ย. 26", "two ways"),
        ("24 มิ.ย. พ.ศ. 26", "two ways"),
        ("bag 24 June 22", "two ways"),
        ("1-15 ต.ค. 22", "two ways"),
        ("เดือนมิถุนายน 26", "two ways"),
    ],
)
def test_a_date_whose_year_is_wrong_is_not_read_without_its_year(query: str, said: str) -> None:
    found = find_when(query, NOW)
    assert (found.rest, found.span) == (query, None)
    assert found.trouble is not None and said in str(found.trouble)


@pytest.mark.parametrize(
    ("query", "rest", "words"),
    [
        ("24 มิ.ย. 2 คัน", "2 คัน", "24 มิ.ย."),
        ("24 มิ.ย. กข 1234", "กข 1234", "24 มิ.ย."),
        ("24 มิ.ย. 10 โมง", "", "24 มิ.ย. 10 โมง"),
        ("24 มิ.ย. 9.30 ตลาด", "ตลาด", "24 มิ.ย. 9.30"),
        ("วันนี้ 02-12-3456", "02-12-3456", "วันนี้"),  # a telephone
    ],
)
def test_a_number_behind_a_date_that_is_no_year_stays_a_word(
    query: str, rest: str, words: str
) -> None:
    found = find_when(query, NOW)
    assert (found.rest, found.words, found.trouble) == (rest, words, None)


@pytest.mark.parametrize(
    ("typed", "at_two_on_saturday", "on_sunday_morning"),
    [
        ("คืนวันอาทิตย์", "2026-11-15 18:00", "2026-11-15 18:00"),
        ("ค่ำวันอาทิตย์", "2026-11-15 18:00", "2026-11-15 18:00"),
        ("sunday night", "2026-11-15 18:00", "2026-11-15 18:00"),
        ("เช้าวันอาทิตย์", "2026-11-15 06:00", "2026-11-22 06:00"),
        ("คืนวันเสาร์", "2026-11-14 18:00", "2026-11-21 18:00"),
        ("คืนวันศุกร์", "2026-11-20 18:00", "2026-11-20 18:00"),
        ("คืนวันอาทิตย์ที่แล้ว", "2026-11-15 18:00", "2026-11-15 18:00"),
        ("คืนวันอาทิตย์นี้", "2026-11-22 18:00", "2026-11-22 18:00"),
        ("คืนวันที่ 22 พ.ย. 69", "2026-11-22 18:00", "2026-11-22 18:00"),
    ],
)
def test_the_night_of_a_weekday_is_the_newest_that_has_begun(
    typed: str, at_two_on_saturday: str, on_sunday_morning: str
) -> None:
    assert span(typed, wall("2026-11-21 02:00"))[0] == at_two_on_saturday
    assert span(typed, NOW)[0] == on_sunday_morning


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("วันเสาร์ 23:00", "2026-11-14 23:00"),
        ("วันเสาร์ 01:00", "2026-11-21 01:00"),
        ("คืนวันเสาร์ 23:00", "2026-11-14 23:00"),
        ("คืนวันศุกร์ 01:00", "2026-11-21 01:00"),
        ("คืนวันศุกร์ 03:00", "2026-11-14 03:00"),
        ("วันเสาร์นี้ 23:00", "2026-11-21 23:00"),
        ("วันนี้ 23:00", "2026-11-21 23:00"),
    ],
)
def test_a_time_on_a_weekday_is_the_newest_that_has_come(typed: str, meant: str) -> None:
    assert about(typed, wall("2026-11-21 02:00")) == meant


@pytest.mark.parametrize(
    ("query", "rest", "words", "meant"),
    [
        ("เมื่อเดือนก่อน", "", "เมื่อเดือนก่อน", "2026-10-01 00:00"),
        ("เมื่อปีที่แล้ว รถชน", "รถชน", "เมื่อปีที่แล้ว", "2025-01-01 00:00"),
        ("เมื่อสัปดาห์ที่แล้ว", "", "เมื่อสัปดาห์ที่แล้ว", "2026-11-09 00:00"),
        ("เมื่ออาทิตย์ที่แล้ว", "", "เมื่ออาทิตย์ที่แล้ว", "2026-11-09 00:00"),
        ("ตลาดเมื่อเดือนที่แล้ว", "ตลาด", "เมื่อเดือนที่แล้ว", "2026-10-01 00:00"),
        ("ตลาดเมื่ออาทิตย์ก่อน", "ตลาด", "เมื่ออาทิตย์ก่อน", "2026-11-09 00:00"),
        ("ตลาดเมื่อสองเดือนก่อน", "ตลาด", "เมื่อสองเดือนก่อน", "2026-09-01 00:00"),
        ("ตลาด วันที่ 1-15 พ.ย.", "ตลาด", "วันที่ 1-15 พ.ย.", "2026-11-01 00:00"),
        ("วันที่ 1-30 พ.ย. 69", "", "วันที่ 1-30 พ.ย. 69", "2026-11-01 00:00"),
        ("เมื่อวันที่ 1-5 ต.ค. รถชน", "รถชน", "เมื่อวันที่ 1-5 ต.ค.", "2026-10-01 00:00"),
    ],
)
def test_no_word_of_a_time_is_left_to_be_searched(
    query: str, rest: str, words: str, meant: str
) -> None:
    found = find_when(query, NOW)
    assert (found.rest, found.words, found.trouble) == (rest, words, None)
    assert found.span is not None and shown(found.span.since) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("เมื่อคืน 4 ทุ่ม ถึง ตี 2", ("2026-11-21 22:00", "2026-11-22 02:00")),
        ("เมื่อคืน สี่ทุ่ม-ตีสอง", ("2026-11-21 22:00", "2026-11-22 02:00")),
        ("4 ทุ่ม ถึง ตี 2", ("2026-11-21 22:00", "2026-11-22 02:00")),
        ("เมื่อวาน 20.00-22.00", ("2026-11-21 20:00", "2026-11-21 22:00")),
        ("21 พ.ย. 69 20.00 - 22.00", ("2026-11-21 20:00", "2026-11-21 22:00")),
        ("ระหว่างวันที่ 1 ถึงวันที่ 15 ต.ค. 69", ("2026-10-01 00:00", "2026-10-16 00:00")),
    ],
)
def test_both_ends_of_a_span_are_found_in_a_query(words: str, meant: tuple[str, str]) -> None:
    found = find_when(f"ตลาด {words} รถชน", NOW)
    assert (found.rest, found.words, found.trouble) == ("ตลาด รถชน", words, None)
    assert found.span == read_when(words, NOW)
    assert span(words) == meant


@pytest.mark.parametrize("query", ["ราคา 20.00-22.00", "ตี 1 ถึง ตี 3", "20.00-22.00"])
def test_two_numbers_without_a_day_may_be_something_else(query: str) -> None:
    found = find_when(query, NOW)
    assert (found.rest, found.span, found.trouble) == (query, None, None)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("ต.ค. ถึง ธ.ค. 68", ("2025-10-01 00:00", "2026-01-01 00:00")),
        ("ต.ค.-ธ.ค. 68", ("2025-10-01 00:00", "2026-01-01 00:00")),
        ("ก.ย. ถึง ธ.ค. 2568", ("2025-09-01 00:00", "2026-01-01 00:00")),
        ("เดือนต.ค. ถึง เดือน ธ.ค. 68", ("2025-10-01 00:00", "2026-01-01 00:00")),
        ("ธ.ค. - ก.พ. 69", ("2025-12-01 00:00", "2026-03-01 00:00")),
        ("Oct to Dec 2025", ("2025-10-01 00:00", "2026-01-01 00:00")),
        ("ต.ค. ถึง 5 ธ.ค. 68", ("2025-10-01 00:00", "2025-12-06 00:00")),
        ("5 ต.ค. ถึง ธ.ค. 68", ("2025-10-05 00:00", "2026-01-01 00:00")),
        ("ธ.ค. ถึง วันนี้", ("2025-12-01 00:00", "2026-11-23 00:00")),
        ("ต.ค. 67 ถึง ธ.ค. 68", ("2024-10-01 00:00", "2026-01-01 00:00")),
        ("29 ก.พ. - 5 มี.ค. 67", ("2024-02-29 00:00", "2024-03-06 00:00")),
        ("29 ก.พ. - 5 ม.ค. 68", ("2024-02-29 00:00", "2025-01-06 00:00")),
    ],
)
def test_the_first_of_two_months_takes_the_year_of_the_second(
    words: str, meant: tuple[str, str]
) -> None:
    assert span(words) == meant
    found = find_when(words, NOW)
    assert (found.rest, found.span, found.trouble) == ("", read_when(words, NOW), None)


@pytest.mark.parametrize("words", ["29 ก.พ. - 5 มี.ค. 68", "29 ก.พ. ถึง มี.ค. 2568"])
def test_a_first_day_that_is_not_in_that_year_is_told_with_it(words: str) -> None:
    found = find_when(words, NOW)
    assert (found.rest, found.span) == (words, None)
    assert "29 ก.พ. 2568" in str(found.trouble)
