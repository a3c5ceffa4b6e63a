"""Searches kept under a name: shared, replaced by name, removed, and gone when they are erased."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import KnownError
from app.incidents.asked import Asked
from app.incidents.saved_searches import (
    MOST,
    SavedSearch,
    SearchSaved,
    remove_search,
    save_search,
    saved_searches,
)
from app.log import Actor, Log, Role
from tests.station_log import ADMINISTRATOR, OFFICER, a_station_log, rows_of_views

ASKED = Asked("จยย. หาย", "ย้อนหลัง 90 วัน", groups=("2",))
SEARCH = SavedSearch("", "จยย. หาย 90 วัน", ASKED)


def held(log: Log) -> list[SavedSearch]:
    with log.reading() as db:
        return saved_searches(db)


def save(log: Log, search: SavedSearch) -> None:
    save_search(log, search, actor=OFFICER).result()


def test_a_search_is_kept_as_it_was_typed_and_offered_in_thai_order(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        save(log, SEARCH)
        save(log, SavedSearch("", "  เหตุริมโขง  กลางคืน ", Asked(when="กลางคืน", zones=("",))))
        save(log, SavedSearch("", "กระเป๋า", Asked(text="กระเป๋า")))
        names = [search.name for search in held(log)]
        assert names == ["กระเป๋า", "จยย. หาย 90 วัน", "เหตุริมโขง กลางคืน"]
        assert held(log)[1] == replace(SEARCH, id="search-1", version=1)


def test_another_search_under_the_same_name_takes_its_place(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        save(log, SEARCH)
        save(log, SavedSearch("", "จยย.  หาย ๙๐ วัน", Asked(text="รถหาย")))
        assert held(log) == [SavedSearch("search-1", "จยย. หาย ๙๐ วัน", Asked(text="รถหาย"), 2)]


def test_a_removed_search_is_not_offered_and_its_id_not_given_again(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        save(log, SEARCH)
        remove_search(log, held(log)[0], actor=OFFICER).result()
        assert held(log) == []
        save(log, SEARCH)
        assert [search.id for search in held(log)] == ["search-2"]


@pytest.mark.parametrize(
    ("search", "said"),
    [
        (SavedSearch("", "  ", ASKED), "no name"),
        (SavedSearch("", "x" * 41, ASKED), "too long"),
        (SavedSearch("", "x\u202e", ASKED), "cannot be printed"),
        (SavedSearch("", "ทั้งหมด", Asked()), "everything"),
    ],
)
def test_what_cannot_be_kept_is_said_at_once(
    tmp_path: Path, search: SavedSearch, said: str
) -> None:
    with a_station_log(tmp_path) as log:
        head = log.head()
        with pytest.raises(KnownError, match=said):
            save_search(log, search, actor=OFFICER)
        assert log.head() == head


def test_there_is_an_end_to_them(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        many = [SearchSaved(SavedSearch(f"search-{n}", f"n{n}", ASKED)) for n in range(MOST)]
        log.append(*many, actor=OFFICER).result()
        with pytest.raises(KnownError, match="saved searches already"):
            save(log, SEARCH)
        save(log, SavedSearch("", "n7", Asked(text="x")))  # in place of another


def test_a_viewer_keeps_none(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        with pytest.raises(KnownError, match="may not: save a search"):
            save_search(log, SEARCH, actor=Actor("officer-9", Role.VIEWER)).result()
        assert held(log) == []


def test_an_erased_search_says_nothing_and_a_rebuild_gives_the_same(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        save(log, SEARCH)
        entry = log.entries_of("search-1")[0]
        save(log, SavedSearch("", "กระเป๋า", Asked(text="กระเป๋า")))
        log.erase(entry.id, reason="ชื่อบุคคล", actor=ADMINISTRATOR).result()
        assert [search.name for search in held(log)] == ["กระเป๋า"]
        before = rows_of_views(log)["saved_searches"]
        log.rebuild()
        assert rows_of_views(log)["saved_searches"] == before
