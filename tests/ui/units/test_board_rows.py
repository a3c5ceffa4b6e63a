"""What the board says of each unit: its order, its words, and when silence is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.clock import to_stored
from app.duty.units import Unit, UnitKind, UnitState
from app.incidents.incident import Incident, IncidentState
from app.incidents.runs import Run
from app.incidents.time_to_scene import By, scene_times
from app.thai.translation import Language, set_language
from app.ui.units.board_rows import BoardFacts, BoardRow, Column, board_rows
from app.ui.units.incident_units import steps_of
from app.ui.units.times_card import times_row
from app.ui.units.unit_board import may
from app.ui.units.unit_words import run_words
from tests.station_log import MORNING, a_report

NOW = MORNING
BEGAN = NOW - timedelta(hours=2)
UNIT = Unit(
    "unit-1", "มุกดา 21", UnitKind.PATROL, "เขตตรวจ 2", ("officer-2", "ส.ต.อ.วีระ"), 16.5, 104.7,
    since=to_stored(NOW - timedelta(minutes=12)), vehicle="จยย.", place_at=to_stored(NOW),
    heard_at=to_stored(NOW - timedelta(minutes=5)), heard="เหตุการณ์ปกติ",
)  # fmt: skip
INCIDENT = Incident(
    "inc-1", "1284/2569", NOW, IncidentState.ON_THE_WAY, NOW, a_report(), ("มุกดา 21",)
)


@pytest.fixture(autouse=True)
def _thai() -> None:
    set_language(Language.THAI)


def rows(*units: Unit) -> list[BoardRow]:
    facts = BoardFacts(
        {"inc-1": INCIDENT}, {"officer-2": "ร.ต.อ.พิชัย"}, NOW, 60, BEGAN, lambda unit: "หน้าตลาด"
    )
    return board_rows(units, facts)


def test_who_is_out_stands_first_then_the_free_and_last_who_is_off_duty() -> None:
    units = [
        replace(UNIT, id=state.value, state=state, call_sign=sign)
        for state, sign in (
            (UnitState.OFF_DUTY, "มุกดา 1"),
            (UnitState.RESTING, "มุกดา 2"),
            (UnitState.FREE, "มุกดา 10"),
            (UnitState.FREE, "มุกดา 9"),
            (UnitState.ON_SCENE, "มุกดา 4"),
            (UnitState.ASSIGNED, "มุกดา 5"),
        )
    ]
    signs = [row.unit.call_sign.split()[1] for row in rows(*units)]
    assert signs == ["5", "4", "9", "10", "2", "1"]


def test_a_free_unit_says_where_it_was_who_rides_in_it_and_what_it_said() -> None:
    (row,) = rows(UNIT)
    assert row.texts[Column.CREW] == "ร.ต.อ.พิชัย, ส.ต.อ.วีระ · จยย."
    assert row.texts[Column.DOING] == "ว่าง"
    assert row.texts[Column.SINCE] == "12 นาที"
    assert row.texts[Column.PLACE] == "หน้าตลาด 10:46"
    assert row.texts[Column.HEARD] == "10:41 เหตุการณ์ปกติ"
    assert not row.is_overdue and row.colours[Column.HEARD] == "text_2"


def test_a_unit_at_an_incident_names_it_and_stands_where_it_happened() -> None:
    (row,) = rows(replace(UNIT, state=UnitState.ON_SCENE, incident="inc-1"))
    assert row.texts[Column.DOING] == "ถึงที่เกิดเหตุ · 1284 วิ่งราวทรัพย์"
    assert row.texts[Column.PLACE] == "ตลาดอินโดจีน ประตู 3"


def test_silence_beyond_the_station_s_limit_is_amber_and_in_words() -> None:
    silent = replace(UNIT, heard_at=to_stored(NOW - timedelta(minutes=75)))
    (row,) = rows(silent)
    assert row.is_overdue and row.colours[Column.HEARD] == "amber"
    assert row.texts[Column.HEARD] == "เงียบมา 75 นาที"
    (off,) = rows(replace(silent, state=UnitState.OFF_DUTY))
    assert not off.is_overdue and off.texts[Column.HEARD] == "–"


def test_only_what_means_something_is_offered() -> None:
    offered = {
        state: [act for act in ("send", "on_the_way", "arrived", "release", "rest", "ready", "crew")
                if may(state, act)]
        for state in UnitState
    }  # fmt: skip
    assert offered == {
        UnitState.FREE: ["send", "rest", "crew"],
        UnitState.ASSIGNED: ["on_the_way", "arrived", "release"],
        UnitState.ON_THE_WAY: ["arrived", "release"],
        UnitState.ON_SCENE: ["release"],
        UnitState.RESTING: ["send", "ready", "crew"],
        UnitState.OFF_DUTY: ["crew"],
    }


RUN = Run("inc-1", "unit-1", "มุกดา 21", "", None, NOW - timedelta(minutes=8), None, None, None)
LEFT = replace(RUN, left_at=NOW - timedelta(minutes=7))
CAME = replace(LEFT, arrived_at=NOW - timedelta(minutes=2, seconds=20))
SET_BACK = replace(RUN, arrived_at=NOW - timedelta(hours=2))


@pytest.mark.parametrize(
    ("run", "words", "colour", "steps"),
    [
        (RUN, "สั่งแล้ว 8 นาที", "blue", ("on_the_way", "arrived", "release")),
        (LEFT, "ออก 10:39 สั่งแล้ว 8 นาที", "blue", ("arrived", "release")),
        (CAME, "ถึงใน 05:40", "text_2", ("release",)),
        (replace(CAME, arrived_at=NOW), "ถึงใน 08:00 เกินเป้าหมาย", "amber", ("release",)),
        (replace(CAME, released_at=NOW), "ถึงใน 05:40 · ว่างแล้ว", "text_2", ()),
        (replace(LEFT, released_at=NOW), "ถูกเรียกกลับ", "text_3", ()),
        (SET_BACK, "ถึงเมื่อ 08:46", "text_2", ("release",)),
        (replace(SET_BACK, released_at=NOW), "ถึงเมื่อ 08:46 · ว่างแล้ว", "text_2", ()),
    ],
)
def test_each_unit_of_an_incident_tells_its_time_and_its_next_step(
    run: Run, words: str, colour: str, steps: tuple[str, ...]
) -> None:
    assert run_words(run, NOW, 360) == (words, colour)
    assert steps_of(run) == steps


def test_a_crew_of_an_earlier_shift_is_said_to_be_one() -> None:
    (old,) = rows(replace(UNIT, crew_since=to_stored(BEGAN - timedelta(minutes=1))))
    assert old.texts[Column.CREW] == "ร.ต.อ.พิชัย, ส.ต.อ.วีระ · จยย. · ของเวรก่อน"
    (new,) = rows(replace(UNIT, crew_since=to_stored(BEGAN)))
    assert "เวรก่อน" not in new.texts[Column.CREW]


def test_times_to_the_scene_are_told_by_unit_and_by_month() -> None:
    fast = replace(RUN, arrived_at=RUN.assigned_at + timedelta(minutes=5, seconds=40))
    slow = replace(RUN, arrived_at=RUN.assigned_at + timedelta(minutes=20), unit_id="unit-2")
    recalled = replace(RUN, call_sign="มุกดา 3", released_at=NOW)
    by_unit = scene_times([fast, slow, recalled], By.UNIT, 600)
    assert [times_row(one, By.UNIT).cells for one in by_unit] == [
        ("มุกดา 3", "1", "0", "–", "–", "–"),
        ("มุกดา 21", "2", "2", "12:50", "20:00", "50 %"),
    ]
    (month,) = scene_times([fast], By.MONTH, 600)
    assert times_row(month, By.MONTH).cells[:3] == ("พ.ย. 2569", "1", "1")


def test_a_place_of_another_day_is_shown_with_its_day() -> None:
    (row,) = rows(replace(UNIT, place_at=to_stored(NOW - timedelta(days=41))))
    assert row.texts[Column.PLACE] == "หน้าตลาด 12 ต.ค. 2569"
