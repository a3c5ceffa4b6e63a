"""Times in words: what the officer types, the span it means, and what is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.thai.dates import BANGKOK, short_date
from app.thai.span_words import span_words
from app.thai.translation import Language
from app.thai.when import TimeSpan, find_when, read_when

TH, EN = Language.THAI, Language.ENGLISH
NOW = datetime(2026, 11, 22, 3, 46, 31, tzinfo=UTC)  # Sunday 22 Nov 2569, 10:46:31 in Mukdahan


def wall(text: str) -> datetime:
    """`2026-11-22 18:00` on the station's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def span(text: str, now: datetime = NOW) -> tuple[str, str]:
    """The span on the station's clock, to the minute; `…` where it is open."""
    read = read_when(text, now)
    return _shown(read.since), _shown(read.until)


def _shown(at: datetime | None) -> str:
    return f"{at.astimezone(BANGKOK):%Y-%m-%d %H:%M}" if at is not None else "…"


def day(text: str, now: datetime = NOW) -> str:
    """The one whole day that was meant."""
    read = read_when(text, now)
    assert read.since is not None and read.until is not None
    assert read.until - read.since == timedelta(days=1)
    shown = _shown(read.since)
    assert shown.endswith("00:00")
    return shown[:10]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("วันนี้", "2026-11-22"),
        ("today", "2026-11-22"),
        ("เมื่อวาน", "2026-11-21"),
        ("เมื่อวานนี้", "2026-11-21"),
        ("Yesterday", "2026-11-21"),
        ("เมื่อวานซืน", "2026-11-20"),
        ("the day before yesterday", "2026-11-20"),
        ("3 วันที่แล้ว", "2026-11-19"),
        ("สามวันก่อน", "2026-11-19"),
        ("๓ วันที่แล้ว", "2026-11-19"),
        ("เมื่อสามวันก่อน", "2026-11-19"),
        ("เมื่อ 3 วันก่อน", "2026-11-19"),
        ("3 days ago", "2026-11-19"),
        ("วันศุกร์ที่แล้ว", "2026-11-20"),
        ("วันศุกร์", "2026-11-20"),
        ("last Friday", "2026-11-20"),
        ("วันอาทิตย์", "2026-11-22"),
        ("วันอาทิตย์ที่แล้ว", "2026-11-15"),
        ("วันศุกร์สัปดาห์ที่แล้ว", "2026-11-13"),
        ("วันพฤหัสที่ผ่านมา", "2026-11-19"),
        ("this Monday", "2026-11-16"),
        ("24 มิ.ย. 2565", "2022-06-24"),
        ("24 มิถุนายน พ.ศ. 2565", "2022-06-24"),
        ("24 มิ.ย. พ. ศ. 2565", "2022-06-24"),
        ("๒๔ มิ.ย. ๒๕๖๕", "2022-06-24"),
        ("24/6/2565", "2022-06-24"),
        ("24/6/65", "2022-06-24"),
        ("24/06/2022", "2022-06-24"),
        ("วันที่ 24 มิ.ย. 65", "2022-06-24"),
        ("เมื่อวันที่ 24 มิ.ย. 65", "2022-06-24"),
        ("24 June 2022", "2022-06-24"),
        ("24 Jun 2565", "2022-06-24"),
        ("2022-06-24", "2022-06-24"),
        ("24 มิ.ย.", "2026-06-24"),
        ("24 ธ.ค.", "2025-12-24"),
        ("24/12", "2025-12-24"),
        ("29 ก.พ.", "2024-02-29"),
    ],
)
def test_a_day_is_understood_in_words_and_in_either_era(typed: str, meant: str) -> None:
    assert day(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("สัปดาห์นี้", ("2026-11-16 00:00", "2026-11-23 00:00")),
        ("อาทิตย์นี้", ("2026-11-16 00:00", "2026-11-23 00:00")),
        ("สัปดาห์ที่แล้ว", ("2026-11-09 00:00", "2026-11-16 00:00")),
        ("อาทิตย์ก่อน", ("2026-11-09 00:00", "2026-11-16 00:00")),
        ("last week", ("2026-11-09 00:00", "2026-11-16 00:00")),
        ("2 สัปดาห์ที่แล้ว", ("2026-11-02 00:00", "2026-11-09 00:00")),
        ("เดือนนี้", ("2026-11-01 00:00", "2026-12-01 00:00")),
        ("เดือนที่แล้ว", ("2026-10-01 00:00", "2026-11-01 00:00")),
        ("11 เดือนที่แล้ว", ("2025-12-01 00:00", "2026-01-01 00:00")),
        ("ต.ค. 69", ("2026-10-01 00:00", "2026-11-01 00:00")),
        ("ตุลาคม 2569", ("2026-10-01 00:00", "2026-11-01 00:00")),
        ("เดือนธันวาคม", ("2025-12-01 00:00", "2026-01-01 00:00")),
        ("October 2026", ("2026-10-01 00:00", "2026-11-01 00:00")),
        ("ปีนี้", ("2026-01-01 00:00", "2027-01-01 00:00")),
        ("ปีที่แล้ว", ("2025-01-01 00:00", "2026-01-01 00:00")),
        ("ปี 2565", ("2022-01-01 00:00", "2023-01-01 00:00")),
        ("พ.ศ. 2565", ("2022-01-01 00:00", "2023-01-01 00:00")),
        ("พ. ศ. 2565", ("2022-01-01 00:00", "2023-01-01 00:00")),
        ("2565", ("2022-01-01 00:00", "2023-01-01 00:00")),
        ("7 วันที่ผ่านมา", ("2026-11-15 00:00", "2026-11-23 00:00")),
        ("ย้อนหลัง 90 วัน", ("2026-08-24 00:00", "2026-11-23 00:00")),
        ("last 3 months", ("2026-08-22 00:00", "2026-11-23 00:00")),
        ("2 ชั่วโมงที่แล้ว", ("2026-11-22 08:46", "2026-11-22 10:46")),
        ("30 นาทีที่ผ่านมา", ("2026-11-22 10:16", "2026-11-22 10:46")),
    ],
)
def test_weeks_months_and_years(typed: str, meant: tuple[str, str]) -> None:
    assert span(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เมื่อคืน", ("2026-11-21 18:00", "2026-11-22 06:00")),
        ("last night", ("2026-11-21 18:00", "2026-11-22 06:00")),
        ("คืนนี้", ("2026-11-22 18:00", "2026-11-23 06:00")),
        ("คืนวันศุกร์", ("2026-11-20 18:00", "2026-11-21 06:00")),
        ("คืนวันที่ 19 พ.ย.", ("2026-11-19 18:00", "2026-11-20 06:00")),
        ("19 พ.ย. 69 ตอนกลางคืน", ("2026-11-19 18:00", "2026-11-20 06:00")),
        ("เช้านี้", ("2026-11-22 06:00", "2026-11-22 12:00")),
        ("เมื่อเช้า", ("2026-11-22 06:00", "2026-11-22 12:00")),
        ("เมื่อวานเช้า", ("2026-11-21 06:00", "2026-11-21 12:00")),
        ("เย็นวันศุกร์", ("2026-11-20 16:00", "2026-11-20 19:00")),
        ("คืนวาน", ("2026-11-21 18:00", "2026-11-22 06:00")),
        ("เย็นวาน", ("2026-11-21 16:00", "2026-11-21 19:00")),
        ("ดึกเมื่อคืน", ("2026-11-21 22:00", "2026-11-22 03:00")),
        ("yesterday evening", ("2026-11-21 16:00", "2026-11-21 22:00")),
        ("Friday night", ("2026-11-20 18:00", "2026-11-21 06:00")),
    ],
)
def test_a_night_belongs_to_the_date_on_which_it_begins(typed: str, meant: tuple[str, str]) -> None:
    assert span(typed) == meant


@pytest.mark.parametrize(
    ("typed", "at_night", "at_noon", "in_the_evening"),
    [
        ("เมื่อเช้า", "2026-11-21 06:00", "2026-11-22 06:00", "2026-11-22 06:00"),
        ("เมื่อเช้านี้", "2026-11-21 06:00", "2026-11-22 06:00", "2026-11-22 06:00"),
        ("เมื่อบ่าย", "2026-11-21 12:00", "2026-11-22 12:00", "2026-11-22 12:00"),
        ("เมื่อเย็น", "2026-11-21 16:00", "2026-11-21 16:00", "2026-11-22 16:00"),
        ("เมื่อค่ำ", "2026-11-21 18:00", "2026-11-21 18:00", "2026-11-22 18:00"),
        ("เมื่อตอนเย็น", "2026-11-21 16:00", "2026-11-21 16:00", "2026-11-22 16:00"),
        ("เมื่อหัวค่ำ", "2026-11-21 18:00", "2026-11-21 18:00", "2026-11-22 18:00"),
        ("เมื่อสาย", "2026-11-21 09:00", "2026-11-22 09:00", "2026-11-22 09:00"),
        ("เมื่อดึก", "2026-11-21 22:00", "2026-11-21 22:00", "2026-11-21 22:00"),
        ("ดึกนี้", "2026-11-21 22:00", "2026-11-22 22:00", "2026-11-22 22:00"),
        ("เช้านี้", "2026-11-22 06:00", "2026-11-22 06:00", "2026-11-22 06:00"),
        ("เย็นนี้", "2026-11-22 16:00", "2026-11-22 16:00", "2026-11-22 16:00"),
        ("this evening", "2026-11-22 16:00", "2026-11-22 16:00", "2026-11-22 16:00"),
    ],
)
def test_a_part_of_a_day_that_was_has_begun_and_one_of_today_is_todays(
    typed: str, at_night: str, at_noon: str, in_the_evening: str
) -> None:
    assert span(typed, wall("2026-11-22 00:30"))[0] == at_night
    assert span(typed, wall("2026-11-22 12:00"))[0] == at_noon
    assert span(typed, wall("2026-11-22 21:00"))[0] == in_the_evening


def test_a_time_this_morning_is_yesterdays_when_told_at_night() -> None:
    told = read_when("เมื่อเช้า 9 โมง", wall("2026-11-22 00:30"))
    assert _shown(told.about) == "2026-11-21 09:00"


def test_last_night_is_the_newest_night_that_is_over() -> None:
    """At two in the morning the night of yesterday still runs: that is tonight."""
    small_hours = wall("2026-11-22 02:00")
    assert span("คืนนี้", small_hours) == ("2026-11-21 18:00", "2026-11-22 06:00")
    assert span("เมื่อคืน", small_hours) == ("2026-11-20 18:00", "2026-11-21 06:00")
    at_six = wall("2026-11-22 06:00")
    assert span("เมื่อคืน", at_six) == ("2026-11-21 18:00", "2026-11-22 06:00")
    late = wall("2026-11-22 19:00")
    assert span("เมื่อคืน", late) == ("2026-11-21 18:00", "2026-11-22 06:00")
    assert span("คืนนี้", late) == ("2026-11-22 18:00", "2026-11-23 06:00")


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("เมื่อคืน 21:40", "2026-11-21 21:40"),
        ("21.40 น. เมื่อวาน", "2026-11-21 21:40"),
        ("เมื่อคืน ตีสอง", "2026-11-22 02:00"),
        ("เมื่อคืนตี 2 ครึ่ง", "2026-11-22 02:30"),
        ("วันศุกร์ สามทุ่ม", "2026-11-20 21:00"),
        ("เมื่อวาน บ่ายสองโมง", "2026-11-21 14:00"),
        ("เมื่อวานบ่ายโมงครึ่ง", "2026-11-21 13:30"),
        ("เมื่อวาน ห้าโมงเย็น", "2026-11-21 17:00"),
        ("วันนี้ 9 โมง", "2026-11-22 09:00"),
        ("เมื่อวาน เที่ยงคืน", "2026-11-21 00:00"),
        ("24 มิ.ย. 2565 เวลา ๒๑.๔๐ น.", "2022-06-24 21:40"),
        ("24/6/65 21:40", "2022-06-24 21:40"),
        ("yesterday at 10 pm", "2026-11-21 22:00"),
        ("21:40", "2026-11-21 21:40"),
        ("09:30", "2026-11-22 09:30"),
        ("สี่ทุ่ม", "2026-11-21 22:00"),
    ],
)
def test_a_time_of_day_means_one_moment_and_a_little_around_it(typed: str, about: str) -> None:
    read = read_when(typed, NOW)
    assert _shown(read.about) == about
    assert read.since is not None and read.until is not None and read.about is not None
    assert read.about - read.since == read.until - read.about
    slack = timedelta(minutes=10 if ":" in typed or "." in typed or "๔" in typed else 30)
    assert read.until - read.about == slack


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22:00-02:00", ("2026-11-21 22:00", "2026-11-22 02:00")),
        ("22.00 - 02.00 น.", ("2026-11-21 22:00", "2026-11-22 02:00")),
        ("08:00 ถึง 16:00", ("2026-11-22 08:00", "2026-11-22 16:00")),
        ("วันศุกร์ 22:00-02:00", ("2026-11-20 22:00", "2026-11-21 02:00")),
        ("เมื่อคืน 23:00 – 01:30", ("2026-11-21 23:00", "2026-11-22 01:30")),
        ("เมื่อคืน ตีหนึ่งถึงตีสาม", ("2026-11-22 01:00", "2026-11-22 03:00")),
        ("24/6/65 20:00-23:00", ("2022-06-24 20:00", "2022-06-24 23:00")),
        ("1-15 ต.ค. 69", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("1 – 15 ตุลาคม 2569", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("1-15/10/69", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("30 ก.ย. - 5 ต.ค. 2565", ("2022-09-30 00:00", "2022-10-06 00:00")),
        ("28 ธ.ค. - 3 ม.ค. 69", ("2025-12-28 00:00", "2026-01-04 00:00")),
        ("1/10/2569 ถึง 15/10/2569", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("1/10 - 15/10/65", ("2022-10-01 00:00", "2022-10-16 00:00")),
        ("from 1 Oct 2026 to 15 Oct 2026", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("between 1 Oct and 15 Oct 2569", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("2026-10-01 - 2026-10-15", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("วันจันทร์ ถึง วันพุธ", ("2026-11-16 00:00", "2026-11-19 00:00")),
        ("เมื่อวาน ถึง วันนี้", ("2026-11-21 00:00", "2026-11-23 00:00")),
        (
            "22 พ.ย. 69 02:00 - 23 พ.ย. 69 06:00",
            ("2026-11-22 02:00", "2026-11-23 06:00"),
        ),
        ("ตั้งแต่ 1 ต.ค. 69", ("2026-10-01 00:00", "…")),
        ("since yesterday", ("2026-11-21 00:00", "…")),
        ("ตั้งแต่ 1 ต.ค. ถึง 15 ต.ค. 69", ("2026-10-01 00:00", "2026-10-16 00:00")),
        ("ก่อน 1 ต.ค. 69", ("…", "2026-10-01 00:00")),
        ("ถึง 1 ต.ค. 69", ("…", "2026-10-02 00:00")),
    ],
)
def test_from_one_to_another(typed: str, meant: tuple[str, str]) -> None:
    assert span(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "not a time"),
        ("กระเป๋า", "not a time"),
        ("วันไหนก็ได้", "not a time"),
        ("สายนี้", "not a time"),  # this line, this call
        ("อาทิตย์", "not a time"),
        ("24/6/22", "two ways"),
        ("29/2/2569", "calendar"),
        ("31/13/2569", "calendar"),
        ("24 มิ.ย. 1000", "neither era"),
        ("15 ต.ค. 69 - 1 ต.ค. 69", "ends before"),
        ("25:00", "not a time"),
        ("เช้านี้ 21:40", "not a time"),
        ("สัปดาห์นี้ 21:40", "not a time"),
        ("x" * 500, "not a time"),
    ],
)
def test_what_is_not_understood_is_said_and_what_to_write(typed: str, said: str) -> None:
    with pytest.raises(KnownError, match=said) as raised:
        read_when(typed, NOW)
    assert raised.value.do is not None


def test_two_digits_are_never_a_common_era_year() -> None:
    for year in range(100):
        try:
            read = read_when(f"24/6/{year:02d}", NOW)
        except KnownError:
            continue
        assert read.since is not None
        assert (read.since.astimezone(BANGKOK).year + 543) % 100 == year


@given(st.dates(datetime(1950, 1, 1).date(), datetime(2100, 12, 31).date()))  # noqa: DTZ001
def test_a_day_as_the_program_shows_it_reads_back(shown: object) -> None:
    for language in Language:
        assert day(short_date(shown, language)) == str(shown)  # type: ignore[arg-type]


@given(st.text(max_size=40))
def test_anything_typed_is_read_or_refused_in_words(text: str) -> None:
    find_when(text, NOW)
    try:
        read = read_when(text, NOW)
    except KnownError:
        return
    assert read.since is None or read.until is None or read.since < read.until


# In a query


@pytest.mark.parametrize(
    ("query", "rest", "words"),
    [
        ("กระเป๋า ตลาด สัปดาห์นี้", "กระเป๋า ตลาด", "สัปดาห์นี้"),
        ("ตลาด เมื่อคืน 21:40", "ตลาด", "เมื่อคืน 21:40"),
        ("เมื่อคืน ตลาด 21:40", "ตลาด", "เมื่อคืน 21:40"),
        ("ตลาดเมื่อคืน", "ตลาด", "เมื่อคืน"),
        ("24 มิ.ย. 2565 รถชน", "รถชน", "24 มิ.ย. 2565"),
        ("รถชน 1-15 ต.ค. 69 แยก", "รถชน แยก", "1-15 ต.ค. 69"),
        ("bag last Friday market", "bag market", "last Friday"),
        ("เมื่อวาน", "", "เมื่อวาน"),
        ("จยย. 7 วันที่ผ่านมา", "จยย.", "7 วันที่ผ่านมา"),
        ("ตั้งแต่ 1 ต.ค. 69 กระเป๋า", "กระเป๋า", "ตั้งแต่ 1 ต.ค. 69"),
        ("ตลาด ศุกร์ที่แล้ว", "ตลาด", "ศุกร์ที่แล้ว"),
        ("เสาร์ที่ผ่านมา รถชน", "รถชน", "เสาร์ที่ผ่านมา"),
        ("bag this evening", "bag", "this evening"),
    ],
)
def test_words_of_time_are_found_in_a_query(query: str, rest: str, words: str) -> None:
    found = find_when(query, NOW)
    assert (found.rest, found.words, found.trouble) == (rest, words, None)
    assert found.span == read_when(words, NOW)


@pytest.mark.parametrize(
    "query",
    [
        "กข 1234 มุกดาหาร",
        "1284/2569",
        "2569",
        "24/6",  # a house
        "081-234-5678",
        "02-12-3456",
        "7-11",
        "ตี 2",  # beaten twice
        "ศุกร์",  # somebody's name
        "นายศุกร์ที่แล้ว",
        "ศุกร์ สมใจ",
        "คนที่แล้ว",
        "กันยา",
        "อาทิตย์",
        '"วันนี้"',
        "“เมื่อคืน” ตลาด",
        "หลังศูนย์ราชการ",
        "16.5431 104.7228",
        "",
    ],
)
def test_what_may_be_something_else_is_left_in_the_query(query: str) -> None:
    found = find_when(query, NOW)
    assert (found.rest, found.span, found.trouble) == (query, None, None)


@pytest.mark.parametrize(
    ("query", "said"),
    [("กระเป๋า 24/6/22", "two ways"), ("31/2/2569 ตลาด", "calendar")],
)
def test_a_date_that_is_none_is_told_and_stays_a_word(query: str, said: str) -> None:
    found = find_when(query, NOW)
    assert found.rest == query
    assert found.span is None
    assert found.trouble is not None and said in str(found.trouble)


def test_two_times_in_one_query_are_told() -> None:
    found = find_when("เมื่อวาน ตลาด เดือนที่แล้ว", NOW)
    assert found.span is None
    assert "more than one" in str(found.trouble)


# What is shown


@pytest.mark.parametrize(
    ("typed", "thai", "english"),
    [
        ("สัปดาห์นี้", "จ. 16 – อา. 22 พ.ย. 2569", "Mon 16 – Sun 22 Nov 2569"),
        ("วันนี้", "อา. 22 พ.ย. 2569", "Sun 22 Nov 2569"),
        ("เดือนนี้", "พ.ย. 2569", "Nov 2569"),
        ("ปีนี้", "พ.ศ. 2569", "B.E. 2569"),
        ("เมื่อคืน 21:40", "ส. 21 พ.ย. 2569 21:40 ± 10 นาที", "Sat 21 Nov 2569 21:40 ± 10 min"),
        (
            "เมื่อคืน",
            "ส. 21 พ.ย. 18:00 – อา. 22 พ.ย. 2569 06:00",
            "Sat 21 Nov 18:00 – Sun 22 Nov 2569 06:00",
        ),
        ("เช้านี้", "อา. 22 พ.ย. 2569 06:00–12:00", "Sun 22 Nov 2569 06:00–12:00"),
        ("30 ก.ย. - 5 ต.ค. 69", "30 ก.ย. – 5 ต.ค. 2569", "30 Sep – 5 Oct 2569"),
        ("28 ธ.ค. - 3 ม.ค. 69", "28 ธ.ค. 2568 – 3 ม.ค. 2569", "28 Dec 2568 – 3 Jan 2569"),
        ("ก่อน 1 ต.ค. 69", "ก่อน พฤ. 1 ต.ค. 2569", "before Thu 1 Oct 2569"),
    ],
)
def test_the_span_is_told_with_its_dates(typed: str, thai: str, english: str) -> None:
    read = read_when(typed, NOW)
    assert span_words(read, TH) == thai
    assert span_words(read, EN) == english


def test_a_span_open_on_both_sides_has_words_too() -> None:
    assert span_words(TimeSpan(None, None), EN) == "any time"
