"""A whole report in one line: read plainly where it is plain, offered twice where it is not."""

from __future__ import annotations

import pytest

from app.cameras.ground import Ground
from app.demo.town.places import sample_places
from app.geo.projection import Projection
from app.incidents.categories import CATEGORIES
from app.incidents.one_line import Meant, command_rest, readings
from app.incidents.place_finder import PlaceFinder


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    finder = PlaceFinder(Ground(Projection()))
    finder.set_places(sample_places())
    return finder


def read(line: str, finder: PlaceFinder) -> list[tuple[str, str, str]]:
    return [_short(one) for one in readings(line, CATEGORIES, finder)]


def _short(one: Meant) -> tuple[str, str, str]:
    place = one.place.text if one.place else f"?{one.place_words}"
    return one.category.code, place, one.narrative


@pytest.mark.parametrize(
    ("line", "rest"),
    [("/แจ้ง ลักทรัพย์", "ลักทรัพย์"), ("/report 20 x", "20 x"), ("/REPORT", ""), (" /แจ้ง20", "20"),
     ("แจ้ง 20", None), ("/ย้อนดู", None), ("", None)],
)  # fmt: skip
def test_only_its_own_command_is_taken(line: str, rest: str | None) -> None:
    assert command_rest(line) == rest


def test_a_plain_line_has_one_reading(finder: PlaceFinder) -> None:
    place = finder.suggest("ท่าเรือ")[0].title
    assert read(f"20 {place} กระเป๋า หาย", finder) == [("20", place, "กระเป๋า หาย")]
    assert read(f"ลักทรัพย์ {place} กระเป๋าหาย", finder) == [("20", place, "กระเป๋าหาย")]
    assert read(f"theft {place}", finder) == [("20", place, "")]


def test_a_type_of_several_words_and_one_without_a_space_are_found(finder: PlaceFinder) -> None:
    place = finder.suggest("ท่าเรือ")[0].title
    assert read(f"motorcycle theft {place} แดง", finder) == [("22", place, "แดง")]
    assert read(f"ลักรถจักรยานยนต์{place} แดง", finder) == [("22", place, "แดง")]


def test_coordinates_are_a_place(finder: PlaceFinder) -> None:
    ((code, place, narrative),) = read("41 16.5462, 104.7228 รถชนกัน", finder)
    assert (code, narrative) == ("41", "รถชนกัน")
    assert "16.546" in place


def test_what_may_mean_two_things_is_offered_twice(finder: PlaceFinder) -> None:
    codes = [code for code, _, _ in read("อุบัติเหตุ ท่าเรือข้ามฟาก ชนกัน", finder)]
    assert {"41", "42"} <= set(codes)
    gates = read("20 ประตู ของหาย", finder)
    assert len(gates) > 1
    assert {narrative for _, _, narrative in gates} == {"ของหาย"}


def test_an_unknown_place_is_kept_in_words(finder: PlaceFinder) -> None:
    assert read("20 บ้านลุงคำ กระเป๋าหาย", finder) == [("20", "?บ้านลุงคำ", "กระเป๋าหาย")]
    assert read("20", finder) == [("20", "?", "")]


def test_what_follows_a_type_without_a_space_is_kept_as_it_was_typed(finder: PlaceFinder) -> None:
    assert read("ลักทรัพย์ร้านKFC ของหาย", finder) == [("20", "?ร้านKFC", "ของหาย")]
    assert read("ลักทรัพย์บ้านเลขที่๑๒/๓", finder) == [("20", "?บ้านเลขที่๑๒/๓", "")]
    assert read("๒๐ บ้านลุงคำ", finder) == [("20", "?บ้านลุงคำ", "")]


@pytest.mark.parametrize("line", ["", "ฟหกด", "''; --", "<b>"])
def test_a_line_without_a_type_has_no_reading(finder: PlaceFinder, line: str) -> None:
    assert read(line, finder) == []
