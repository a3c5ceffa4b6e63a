"""The station's own types: changed, added, offered no longer; old incidents keep their names."""

from __future__ import annotations

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents.categories import CATEGORIES, CaseGroup, Category, Priority
from app.incidents.category_table import NAME_LIMIT, change_category, offered_categories
from app.log import Log
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, OFFICER, rows_of_views, stands, take

BOAT = Category("70", "เรือล่ม", "Boat sunk", CaseGroup.NONE, Priority.URGENT)


def codes(log: Log) -> list[str]:
    with log.reading() as db:
        return [one.code for one in offered_categories(db)]


def test_without_a_word_of_the_station_the_shipped_types_hold(log: Log) -> None:
    assert codes(log) == [one.code for one in CATEGORIES]


def test_a_new_type_can_be_reported_and_names_its_incident(log: Log, clock: ScriptedClock) -> None:
    change_category(log, BOAT, actor=ADMINISTRATOR).result()
    assert "70" in codes(log)
    taken = take(log, clock, category="70", priority=Priority.URGENT)
    assert taken.category == BOAT
    renamed = Category("70", "เรือจม", "", CaseGroup.NONE, Priority.SOON)
    change_category(log, renamed, actor=ADMINISTRATOR).result()
    assert stands(log, taken.id).category.name_th == "เรือจม"
    assert stands(log, taken.id).report.priority is Priority.URGENT
    kept = rows_of_views(log)
    log.rebuild()
    assert rows_of_views(log) == kept


def test_what_is_offered_no_longer_cannot_be_reported_and_keeps_its_name(
    log: Log, clock: ScriptedClock
) -> None:
    taken = take(log, clock)
    change_category(log, taken.category, is_withdrawn=True, actor=ADMINISTRATOR).result()
    assert "23" not in codes(log)
    with pytest.raises(KnownError):
        take(log, clock)
    assert stands(log, taken.id).category.name_th == "วิ่งราวทรัพย์"
    change_category(log, taken.category, actor=ADMINISTRATOR).result()
    assert take(log, clock).category == taken.category


@pytest.mark.parametrize(
    ("category", "says"),
    [
        (Category("7x", "เรือ", "", CaseGroup.NONE, Priority.SOON), "no code"),
        (Category("", "เรือ", "", CaseGroup.NONE, Priority.SOON), "no code"),
        (Category("12345", "เรือ", "", CaseGroup.NONE, Priority.SOON), "no code"),
        (Category("70", "  ", "Boat", CaseGroup.NONE, Priority.SOON), "no Thai name"),
        (Category("70", "ก" * (NAME_LIMIT + 1), "", CaseGroup.NONE, Priority.SOON), "81 char"),
    ],
)
def test_what_cannot_be_typed_at_intake_is_refused(log: Log, category: Category, says: str) -> None:
    head = log.head()
    with pytest.raises(KnownError) as refused:
        change_category(log, category, actor=ADMINISTRATOR)
    assert says in explain(refused.value, Language.ENGLISH)
    assert log.head() == head


def test_other_stays_and_a_thai_code_is_a_code(log: Log) -> None:
    with pytest.raises(KnownError):
        change_category(log, CATEGORIES[-1], is_withdrawn=True, actor=ADMINISTRATOR)
    thai = Category("๗๐", " เรือ  ล่ม ", "", CaseGroup.NONE, Priority.SOON)
    change_category(log, thai, actor=ADMINISTRATOR).result()
    assert "70" in codes(log)


def test_a_duty_officer_reads_whom_to_ask(log: Log) -> None:
    with pytest.raises(KnownError) as refused:
        change_category(log, BOAT, actor=OFFICER).result()
    assert "supervisor" in explain(refused.value, Language.ENGLISH)
