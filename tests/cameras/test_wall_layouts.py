"""Named layouts of the camera wall: shared, versioned, found by name, removed by a supervisor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.cameras.wall_layouts import (
    NAME_LIMIT,
    WallLayout,
    WallLayoutSaved,
    remove_wall_layout,
    save_wall_layout,
    wall_layouts,
)
from app.errors import KnownError
from app.log import Actor, Log, Role
from app.thai.translation import Language, explain
from tests.station_log import OFFICER, PROGRAM, a_station_log

SUPERVISOR = Actor("officer-02", Role.SUPERVISOR)
MARKET = WallLayout("", "ตลาด–ริมโขง", 4, (("C01", "C03", "", "C02"), ("C04",)))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        yield log


def on_offer(log: Log) -> list[WallLayout]:
    with log.reading() as db:
        return wall_layouts(db)


def save(log: Log, layout: WallLayout) -> WallLayout:
    written = save_wall_layout(log, layout, actor=OFFICER).result()
    return next(one for one in on_offer(log) if one.id == written[0].subject)


def test_a_saved_layout_is_offered_to_every_console_as_it_was_saved(log: Log) -> None:
    saved = save(log, replace(MARKET, name="  ตลาด–ริมโขง "))
    assert saved == replace(MARKET, id="wall-1", version=1)
    assert on_offer(log) == [saved]


def test_saving_over_a_layout_keeps_the_old_version_in_the_log(log: Log) -> None:
    saved = save(log, MARKET)
    changed = save(log, replace(saved, tile_count=6, pages=(("C09",),)))
    assert (changed.id, changed.version, changed.pages) == (saved.id, 2, (("C09",),))
    versions = [entry.data()["pages"] for entry in log.entries_of(saved.id)]
    assert versions == [[["C01", "C03", "", "C02"], ["C04"]], [["C09"]]]


def test_a_layout_can_be_given_another_name(log: Log) -> None:
    saved = save(log, MARKET)
    assert save(log, replace(saved, name="ตลาดกลางคืน")).name == "ตลาดกลางคืน"
    assert len(on_offer(log)) == 1


@pytest.mark.parametrize("name", ["ตลาด–ริมโขง", " ตลาด–ริมโขง", "ตลาด–ริมโขง\u0020"])
def test_two_layouts_never_have_the_same_name(log: Log, name: str) -> None:
    save(log, MARKET)
    head = log.head()
    with pytest.raises(KnownError) as refused:
        save_wall_layout(log, replace(MARKET, name=name), actor=OFFICER).result()
    assert "“ตลาด–ริมโขง”" in explain(refused.value, Language.ENGLISH)
    assert log.head() == head


def test_layouts_stand_in_the_order_of_a_thai_dictionary(log: Log) -> None:
    for name in ("ไปรษณีย์", "ตลาด", "เขตเหนือ"):
        save(log, replace(MARKET, name=name))
    assert [layout.name for layout in on_offer(log)] == ["เขตเหนือ", "ตลาด", "ไปรษณีย์"]


def test_a_removed_layout_is_gone_and_its_id_is_not_given_again(log: Log) -> None:
    saved = save(log, MARKET)
    with pytest.raises(KnownError) as refused:
        remove_wall_layout(log, saved, actor=OFFICER).result()
    assert "supervisor" in explain(refused.value, Language.ENGLISH)
    remove_wall_layout(log, saved, actor=SUPERVISOR).result()
    assert on_offer(log) == []
    assert save(log, MARKET).id == "wall-2"


def test_an_erased_version_leaves_the_one_before_it(log: Log) -> None:
    saved = save(log, MARKET)
    save(log, replace(saved, name="ชื่อที่ต้องลบ"))
    second = log.entries_of(saved.id)[1]
    log.erase(second.id, reason="ขอลบ", actor=Actor("o", Role.ADMINISTRATOR)).result()
    assert [layout.name for layout in on_offer(log)] == [MARKET.name]


def test_an_erased_layout_is_not_offered(log: Log) -> None:
    saved = save(log, MARKET)
    entry = log.entries_of(saved.id)[0]
    log.erase(entry.id, reason="ขอลบ", actor=Actor("o", Role.ADMINISTRATOR)).result()
    assert on_offer(log) == []
    assert save(log, MARKET).id == "wall-2"


def test_a_layout_of_a_newer_program_is_left_alone(log: Log) -> None:
    class FromTheFuture(WallLayoutSaved):
        def body(self) -> dict[str, object]:
            return {**super().body(), "tile_count": 49}

    log.append(FromTheFuture(replace(MARKET, id="wall-1")), actor=PROGRAM).result()
    assert on_offer(log) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "has no name"), ("   ", "has no name"), ("ก" * (NAME_LIMIT + 1), "too long"),
     ("บรรทัด\nสอง", "cannot be printed")],
)  # fmt: skip
def test_a_name_that_will_not_do_is_refused_before_anything_is_written(
    log: Log, name: str, says: str
) -> None:
    head = log.head()
    with pytest.raises(KnownError) as refused:
        save_wall_layout(log, replace(MARKET, name=name), actor=OFFICER)
    assert says in explain(refused.value, Language.ENGLISH)
    assert log.head() == head


@pytest.mark.parametrize(
    ("tile_count", "pages"),
    [(5, ()), (4, (("a", "b", "c", "d", "e"),)), (4, (("C01",), ("C01",)))],
)
def test_what_no_wall_can_show_is_no_layout(tile_count: int, pages: tuple[tuple[str, ...]]) -> None:
    with pytest.raises(ValueError):
        WallLayout("", "ผัง", tile_count, pages)
