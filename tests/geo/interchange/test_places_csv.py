"""Places as a table for spreadsheets: nothing is lost, nothing runs, and what is wrong is said."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.geo.interchange.places_csv import read_places_csv, write_places_csv
from app.geo.places import Place, PlaceKind
from app.thai.translation import Language
from tests.geo.interchange.test_places import places

HEAD = "ชื่อสถานที่,ชนิด,ชื่อเรียกอื่น,ละติจูด,ลองจิจูด\n"


@given(st.lists(places, max_size=4), st.sampled_from(Language))
def test_places_come_back_as_they_were(out: list[Place], language: Language) -> None:
    file = read_places_csv(write_places_csv(out, language))
    assert file.places == tuple(out)
    assert file.troubles == ()


@pytest.mark.parametrize("name", ["=1+1", "+66", "-ลบ", "@x", "'=1", "＝1"])
def test_no_cell_runs_as_a_formula_and_the_name_is_kept(name: str) -> None:
    place = Place("place-1", PlaceKind.ROAD, name, name, (name, "ข;ค"), LatLon(16.5, 104.7))
    data = write_places_csv([place], Language.THAI)
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1]
    assert all(cell[:1] not in ("=", "+", "-", "@", "＝") for cell in cells)
    assert read_places_csv(data).places == (place,)


def test_what_is_wrong_is_said_by_row_and_the_rest_is_taken() -> None:
    text = HEAD + (
        "ตลาด,,ตลาดเช้า; ตลาดสด,16.5,104.7\n"
        ",,,16.5,104.7\n"
        "ก,ภูเขา,,16.5,104.7\n"
        "ข,,,เหนือ,104.7\n"
        "ค,,,104.7,16.5\n"
        "ง,ทางแยก,,๑๖.๕,๑๐๔.๗\n"
    )
    file = read_places_csv(text.encode("cp874"))
    assert [(one.name_th, one.kind, one.aliases) for one in file.places] == [
        ("ตลาด", PlaceKind.LANDMARK, ("ตลาดเช้า", "ตลาดสด")), ("ง", PlaceKind.JUNCTION, ()),
    ]  # fmt: skip
    assert [trouble.english() for trouble in file.troubles] == [
        "Row 3: The place has no name.",
        "Row 4: “ภูเขา” is not a kind of place.",
        "Row 5: “เหนือ” is not a number.",
        "Row 6: It has no place.",
    ]


def test_a_place_may_be_written_in_any_notation() -> None:
    file = read_places_csv("name,coordinates\nศาลากลาง,48Q VD 70423 29031\n".encode())
    assert file.places[0].at.lat_deg == pytest.approx(16.5431, abs=1e-4)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", "ชื่อ\nก\n".encode()])
def test_what_is_no_list_of_places_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError):
        read_places_csv(data)
