"""What else a report holds: kept as typed whatever was typed, checked for what cannot be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from app.clock import ScriptedClock, to_stored
from app.errors import KnownError
from app.incidents.incident import Report
from app.incidents.intake import LINE_LIMIT, PEOPLE_LIMIT
from app.incidents.register import report_from
from app.incidents.story import tell
from app.log import Log
from app.log.verify import verify
from app.thai.translation import Language, explain, say
from app.views import all_views
from tests.incidents.test_happened import at
from tests.station_log import MORNING, a_report, stands, take

WHOLE: dict[str, Any] = {
    "happened_from": to_stored(at(10, 20)),
    "happened_to": to_stored(at(10, 45)),
    "address": "12/3 ซอย 4 ถ.สำราญชายโขง",
    "victims": "นางสาว ก. อายุ 30\nกระเป๋าสะพายหาย",
    "suspects": "ชาย สวมหมวกกันน็อก เสื้อดำ",
    "vehicles": "จยย. แดง 1กข 123 มุกดาหาร",
    "plates": ("1กข 123 มุกดาหาร",),
    "daily_log": "ปจว. ข้อ 12 เวลา 11.00 น.",
}
HOSTILE = (
    "'; DROP TABLE incidents; --",
    '<script>alert("1")</script><b>&amp;',
    '#import "x": * \n #eval("1") $x^2$ @preview',
    "\u202eย้อนกลับ\u202c \u2066แยก\u2069",
    "\x01\x02\x1b[31m\x7f",
    "🚓👮‍♀️🇹🇭",
    "ສະຫວັນນະເຂດ ຂ້າມຝາກ",
    "{0} {story} %s %(x)s",
    "line one\nline two\r\nline three\ttab",
)
_WORDS = ("place", "address", "narrative", "caller", "caller_phone", "victims", "suspects",
          "vehicles", "daily_log")  # fmt: skip


def test_every_field_comes_back_as_it_was_typed(log: Log, clock: ScriptedClock) -> None:
    assert take(log, clock, **WHOLE).report == a_report(**WHOLE)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_kept_and_told_as_typed(
    log: Log, clock: ScriptedClock, tmp_path: Path, text: str
) -> None:
    typed = dict.fromkeys(_WORDS, text)
    incident = take(log, clock, **typed)
    assert {name: getattr(incident.report, name) for name in _WORDS} == typed
    story = tell(log.entries_of(incident.id))
    assert say(story[0].text, Language.THAI) == f"รับแจ้ง: {text}"
    log.rebuild()
    assert stands(log, incident.id) == incident
    assert verify(tmp_path / "station.db", all_views()).ok
    with closing(sqlite3.connect(tmp_path / "station.db")) as db:
        assert db.execute("SELECT count(*) FROM incidents").fetchone() == (1,)


@pytest.mark.parametrize("field", _WORDS)
def test_half_a_character_is_refused_in_every_field(
    log: Log, clock: ScriptedClock, field: str
) -> None:
    before = log.head()
    with pytest.raises(KnownError) as refused:
        take(log, clock, **{field: "เสียหาย \ud83d"})
    assert "อักขระไม่สมบูรณ์" in explain(refused.value, Language.THAI)
    assert log.head() == before


@pytest.mark.parametrize(
    ("field", "limit"),
    [("address", LINE_LIMIT), ("daily_log", LINE_LIMIT), ("victims", PEOPLE_LIMIT),
     ("suspects", PEOPLE_LIMIT), ("vehicles", PEOPLE_LIMIT)],
)  # fmt: skip
def test_a_field_that_is_too_long_is_told_with_its_limit(
    log: Log, clock: ScriptedClock, field: str, limit: int
) -> None:
    before = log.head()
    with pytest.raises(KnownError) as refused:
        take(log, clock, **{field: "ก" * (limit + 1)})
    assert f"{limit:,}" in explain(refused.value, Language.ENGLISH)
    assert log.head() == before
    take(log, clock, **{field: "ก" * limit})


@pytest.mark.parametrize(
    ("begins", "ends", "says"),
    [(at(10, 45), at(10, 20), "ended before it began"),
     (at(10, 55), None, "10:55 has not come yet"), (at(9, 0), at(23, 0), "23:00 has not come"),
     (at(10, 0, -365), None, "22 พ.ย. 2570 10:00 has not come")],
)  # fmt: skip
def test_times_that_cannot_be_are_told(
    log: Log, clock: ScriptedClock, begins: Any, ends: Any, says: str
) -> None:
    before = log.head()
    with pytest.raises(KnownError) as refused:
        take(
            log, clock,
            happened_from=to_stored(begins), happened_to=to_stored(ends) if ends else None,
        )  # fmt: skip
    assert says in explain(refused.value, Language.ENGLISH)
    assert log.head() == before


def test_a_watch_that_is_a_little_ahead_is_believed(log: Log, clock: ScriptedClock) -> None:
    assert take(log, clock, happened_from=to_stored(at(10, 49))).report.happened_from


def test_a_report_of_an_earlier_program_reads_with_nothing_in_the_new_fields() -> None:
    old = {
        name: value
        for name, value in asdict(a_report()).items()
        if name not in ("happened_to", "address", "victims", "suspects", "vehicles", "plates",
                        "daily_log")
    }  # fmt: skip
    assert report_from(old) == Report(**{**asdict(a_report()), "areas": ()})


def test_a_clock_that_was_set_back_gives_the_next_number_all_the_same(
    log: Log, clock: ScriptedClock
) -> None:
    first = take(log, clock)
    clock.move_to(MORNING.replace(year=2025))
    second = take(log, clock)
    clock.move_to(MORNING)
    third = take(log, clock)
    assert [one.number for one in (first, second, third)] == ["1/2569", "1/2568", "2/2569"]
