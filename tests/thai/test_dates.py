"""Dates in the Buddhist Era: what the officer sees, and what a typed date means."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.thai.dates import (
    age,
    buddhist_year,
    clock_time,
    countdown,
    date_time,
    elapsed,
    long_date,
    official_date,
    paper_minute,
    paper_time,
    precise_time,
    short_date,
    short_time,
    took,
    weekday_date,
)
from app.thai.translation import Language
from app.thai.typed_dates import read_date, read_date_time, read_time

TH, EN = Language.THAI, Language.ENGLISH
AT = datetime(2026, 11, 22, 3, 46, 31, 123000, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def test_the_header_shows_the_buddhist_year_and_bangkok_time() -> None:
    assert weekday_date(AT, TH) == "อา. 22 พ.ย. 2569"
    assert weekday_date(AT, EN) == "Sun 22 Nov 2569"
    assert date_time(AT, TH) == "22 พ.ย. 2569 10:46:31"
    assert clock_time(AT) == "10:46:31"
    assert short_time(AT) == "10:46"
    assert precise_time(AT) == "10:46:31.123"


def test_papers_show_thai_digits_and_the_month_in_full() -> None:
    assert official_date(date(2022, 6, 24)) == "๒๔ มิ.ย. ๒๕๖๕"
    assert long_date(AT, TH) == "22 พฤศจิกายน พ.ศ. 2569"
    assert long_date(AT, EN) == "22 November B.E. 2569"


def test_papers_say_a_moment_and_how_long_it_took_in_full_words() -> None:
    assert paper_time(AT) == "22 พ.ย. 2569 เวลา 10:46:31 น."
    assert paper_minute(AT) == "22 พ.ย. 2569 เวลา 10:46 น."
    said = [took(seconds) for seconds in (-1, 0.9, 6, 60, 306.9, 3600, 7384)]
    assert said == [
        "0 วินาที", "0 วินาที", "6 วินาที", "1 นาที", "5 นาที 6 วินาที", "1 ชั่วโมง",
        "2 ชั่วโมง 3 นาที",
    ]  # fmt: skip


def test_the_year_turns_at_midnight_in_bangkok_not_in_greenwich() -> None:
    before = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    assert buddhist_year(before) == 2569
    assert buddhist_year(before + timedelta(seconds=1)) == 2570
    assert short_date(before + timedelta(seconds=1), TH) == "1 ม.ค. 2570"


def test_a_time_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock_time(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("seconds", "thai", "english"),
    [
        (0, "0 วิ", "0 s"),
        (59.9, "59 วิ", "59 s"),
        (120, "2 นาที", "2 min"),
        (3599, "59 นาที", "59 min"),
        (4560, "1 ชม. 16", "1 h 16"),
        (3 * 3600 + 5 * 60, "3 ชม. 05", "3 h 05"),
        (86_400 * 3 + 3600 * 11, "3 วัน 11 ชม.", "3 d 11 h"),
        (86_400 * 3 + 59, "3 วัน", "3 d"),
        (86_400 * 91 + 3600 * 5, "91 วัน", "91 d"),
        (-5, "0 วิ", "0 s"),
    ],
)
def test_how_long_it_lasted(seconds: float, thai: str, english: str) -> None:
    assert elapsed(seconds, TH) == thai
    assert elapsed(seconds, EN) == english


def test_running_clocks_and_picture_ages() -> None:
    assert countdown(924) == "15:24"
    assert countdown(-131) == "02:11"
    assert countdown(3731) == "1:02:11"
    assert age(2.19, TH) == "2.1 วิ"
    assert age(0.3, EN) == "0.3 s"


@pytest.mark.parametrize(
    "typed",
    [
        "22/11/2569",
        "22/11/2026",
        "22-11-69",
        "22.11.2569",
        "2026-11-22",
        "2569-11-22",
        "22 พ.ย. 2569",
        "22 พ.ย. 69",
        "22พย69",
        "อา. 22 พ.ย. 2569",
        "วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569",
        "๒๒ พฤศจิกายน ๒๕๖๙",
        "22 Nov 2026",
        "Sun 22 November B.E. 2569",
        "22 พ.ย. ค.ศ. 2026",
    ],
)
def test_a_typed_date_is_understood_in_either_era(typed: str) -> None:
    assert read_date(typed, TODAY) == TODAY


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("22/11/26", "two ways"),
        ("22 พ.ย. ค.ศ. 69", "two ways"),
        ("22/11/1000", "neither era"),
        ("22 พ.ย. พ.ศ. 2026", "neither era"),
        ("29/2/2569", "calendar"),
        ("11/22/2569", "calendar"),
        ("เมื่อวาน", "not a date"),
        ("", "not a date"),
    ],
)
def test_a_date_that_could_mislead_is_refused(typed: str, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        read_date(typed, TODAY)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(list(Language)))
def test_what_is_shown_can_be_typed_back(day: date, language: Language) -> None:
    for shown in (
        short_date(day, language),
        weekday_date(day, language),
        long_date(day, language),
        official_date(day),
        day.isoformat(),
    ):
        assert read_date(shown, TODAY) == day


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_two_digits_are_never_a_common_era_year(day: date) -> None:
    try:
        read = read_date(f"{day.day}/{day.month}/{day.year % 100:02d}", TODAY)
    except KnownError:
        return
    assert (read.year + 543) % 100 == day.year % 100


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_an_instant_shown_to_the_second_reads_back(naive: datetime) -> None:
    at = naive.replace(microsecond=0, tzinfo=timezone(timedelta(hours=7))).astimezone(UTC)
    if at.year >= 1921:  # Bangkok kept its own mean time before 1 April 1920
        assert read_date_time(date_time(at, TH), TODAY) == at


def test_a_time_alone_means_today_and_thai_writes_it_with_a_dot() -> None:
    evening = datetime(2026, 11, 22, 14, 40, tzinfo=UTC)
    assert read_date_time("21:40", TODAY) == evening
    assert read_date_time("22 พ.ย. 2569 เวลา ๒๑.๔๐ น.", TODAY) == evening


@pytest.mark.parametrize("typed", ["24:00", "12:60", "9", "", "12:30:99", "ตอนเช้า"])
def test_no_such_time_of_day(typed: str) -> None:
    with pytest.raises(KnownError, match="time of day"):
        read_time(typed)


def test_a_date_without_a_time_is_not_an_instant() -> None:
    with pytest.raises(KnownError, match="does not say the time"):
        read_date_time("22/11/2569", TODAY)
    with pytest.raises(KnownError, match="in the calendar"):
        read_date_time("33/13/2569", TODAY)
    with pytest.raises(KnownError, match="not a date and a time"):
        read_date_time("yesterday 23", TODAY)


@given(st.text(max_size=30))
def test_anything_typed_is_read_or_refused_in_words(text: str) -> None:
    for read in (lambda: read_date(text, TODAY), lambda: read_date_time(text, TODAY)):
        try:
            read()
        except KnownError:
            continue
