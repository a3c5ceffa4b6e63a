"""The gazetteer: a place is found by whatever people call it, as soon as enough is typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.geo.places import Gazetteer, Place, PlaceKind, PlaceNamed, PlaceRemoved, all_places
from tests.geo.material import SUPERVISOR, a_log

AT = LatLon(16.5431, 104.7280)


def named(number: int, name_th: str, *aliases: str, name_en: str = "") -> Place:
    return Place(f"place-{number}", PlaceKind.LANDMARK, name_th, name_en, aliases, AT)


PLACES = (
    named(1, "ตลาดอินโดจีน", "ตลาดริมโขง", name_en="Indochina Market"),
    named(2, "ตลาดอินโดจีน ประตู 3", name_en="Indochina Market, gate 3"),
    named(3, "ท่าเรือข้ามฟาก", "ด่านท่าเรือ"),
    named(4, "ลานจอดรถตลาดอินโดจีน"),
    named(5, "น้ำพุกลางเมือง"),
)
GAZETTEER = Gazetteer(PLACES)


def found(typed: str) -> list[str]:
    return [match.place.id for match in GAZETTEER.search(typed)]


def test_beginnings_come_before_insides_and_short_names_before_long() -> None:
    assert found("ตลาดอินโด") == ["place-1", "place-2", "place-4"]


def test_spelling_spaces_digits_and_case_do_not_matter() -> None:
    assert found("ประตู๓") == ["place-2"]
    assert found("นํ้าพุ") == ["place-5"]
    assert found("INDOCHINA market") == ["place-1", "place-2"]


def test_words_in_any_order_find_it_and_are_marked() -> None:
    [match] = GAZETTEER.search("3 market")
    assert match.place.id == "place-2"
    assert [match.name[s.start : s.end] for s in match.spans] == ["Market", "3"]


def test_an_alias_finds_the_place_once_and_is_what_is_marked() -> None:
    [match] = GAZETTEER.search("ด่าน")
    assert (match.place.name_th, match.name) == ("ท่าเรือข้ามฟาก", "ด่านท่าเรือ")
    assert [match.name[s.start : s.end] for s in match.spans] == ["ด่าน"]


def test_nothing_typed_or_nothing_like_it_finds_nothing() -> None:
    assert found("") == found("  ") == found("/") == found("สนามบิน") == []


@given(st.sampled_from(PLACES), st.data())
def test_any_beginning_of_any_name_finds_its_place(place: Place, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(place.names))
    typed = name[: data.draw(st.integers(1, len(name)))]
    assert place.id in [match.place.id for match in GAZETTEER.search(typed, limit=99)]


@given(st.text(max_size=20))
def test_marks_never_leave_the_name(typed: str) -> None:
    for match in GAZETTEER.search(typed):
        assert match.spans
        for span in match.spans:
            assert 0 <= span.start < span.end <= len(match.name)


def test_places_are_kept_renamed_and_removed_in_the_log(tmp_path: Path) -> None:
    renamed = named(1, "ตลาดอินโดจีน (ใหม่)", "ตลาดเดิม")
    with a_log(tmp_path) as log:
        log.append(*(PlaceNamed(place) for place in PLACES), actor=SUPERVISOR).result(5)
        log.append(PlaceNamed(renamed), PlaceRemoved("place-3"), actor=SUPERVISOR).result(5)
        with log.reading() as db:
            kept = all_places(db)
    assert kept == [renamed, PLACES[1], PLACES[4], PLACES[3]]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (named(1, "  "), "no name"),
        (named(1, "ก" * 201), "too long"),
        (named(1, "ตลาด\x07"), "cannot be printed"),
        (
            Place("p", PlaceKind.ROAD, "ถนน", "", (), LatLon(104.7 - 90, 16.5)),
            "not lie in Thailand",
        ),
    ],
)
def test_a_place_nobody_could_find_is_refused(place: Place, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        PlaceNamed(place)
