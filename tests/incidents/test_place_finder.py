"""Finding the place an officer means: names, cameras, communities, coordinates, a click."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.demo.town.areas import sample_areas
from app.demo.town.places import sample_places
from app.errors import KnownError
from app.geo.areas import Area
from app.geo.coordinates import LatLon, as_mgrs, as_utm
from app.geo.projection import Projection
from app.incidents.place_finder import PlaceFinder, PlaceKind
from app.thai.translation import Language, explain, set_language

GATE_3 = next(place.at for place in sample_places() if place.name_th == "ตลาดอินโดจีน ประตู 3")
HO_KAEO = LatLon(16.52605, 104.73312)


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    ground = Ground(Projection())
    ground.set_areas(
        Area(one.area_id, one.area_kind, one.name_th, one.name_en, one.shape, f"console-1:{n}")
        for n, one in enumerate(sample_areas(), start=1)
    )
    at = (GATE_3.lat_deg, GATE_3.lon_deg)
    ground.set_cameras([Camera("C04", "ริมโขง จุดชมวิว", "rtsp://h/1", "", *at)])
    finder = PlaceFinder(ground)
    finder.set_places(sample_places())
    return finder


@pytest.fixture
def in_english() -> Iterator[None]:
    set_language(Language.ENGLISH)
    yield
    set_language(Language.THAI)


def test_a_name_is_found_as_it_is_typed(finder: PlaceFinder) -> None:
    found = finder.suggest("ประตู 3")
    assert (found[0].title, found[0].kind) == ("ตลาดอินโดจีน ประตู 3", PlaceKind.LANDMARK)
    assert found[0].text == "ตลาดอินโดจีน ประตู 3"
    assert found[0].point == GATE_3
    assert found[0].in_zone
    assert "ชุมชนศรีมงคลยอดแก้ว" in found[0].detail
    span = found[0].spans[0]
    assert found[0].title[span.start : span.end] == "ประตู 3"


def test_thai_digits_and_other_names_find_it_too_and_write_its_first_name(
    finder: PlaceFinder,
) -> None:
    assert finder.suggest("ประตู ๓")[0].text == "ตลาดอินโดจีน ประตู 3"
    alias = finder.suggest("ประตูริมโขง")[0]
    assert (alias.title, alias.text) == ("ประตูริมโขง", "ตลาดอินโดจีน ประตู 3")
    assert alias.detail.startswith("ตลาดอินโดจีน ประตู 3")


@pytest.mark.usefixtures("in_english")
def test_an_english_speaker_reads_the_english_name_beside_it(finder: PlaceFinder) -> None:
    assert finder.suggest("ferry")[0].text == "ท่าเรือข้ามฟาก"
    assert "Ferry pier" in finder.suggest("ท่าเรือข้าม")[0].detail


@pytest.mark.parametrize("typed", ["C04", "c04", "จุดชมวิว"])
def test_a_camera_is_found_by_its_id_and_its_name(finder: PlaceFinder, typed: str) -> None:
    found = [one for one in finder.suggest(typed) if one.kind is PlaceKind.CAMERA]
    assert [one.title for one in found] == ["C04 ริมโขง จุดชมวิว"]
    assert found[0].text == "ริมโขง จุดชมวิว"


def test_a_beat_and_a_community_are_found_at_a_point_inside_them(finder: PlaceFinder) -> None:
    beat = finder.suggest("เขตตรวจ 2")[0]
    assert (beat.kind, beat.text) == (PlaceKind.COMMUNITY, "เขตตรวจ 2")
    assert "เขตตรวจ 2" in [area.name for area in finder.areas_at(beat.point)]


def test_no_more_than_asked_for_are_suggested(finder: PlaceFinder) -> None:
    assert len(finder.suggest("ตลาด", limit=3)) == 3
    assert len(finder.suggest("ตลาด")) == 6


@pytest.mark.parametrize("typed", ["", "   ", "ไม่มีที่นี่", "…", "xyzzy"])
def test_nothing_is_found_where_nothing_is_meant(finder: PlaceFinder, typed: str) -> None:
    assert finder.suggest(typed) == []
    assert finder.resolve(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "16.52605, 104.73312",
        "๑๖.๕๒๖๐๕ ๑๐๔.๗๓๓๑๒",
        as_utm(HO_KAEO),
        as_mgrs(HO_KAEO),
    ],
)
def test_coordinates_of_every_kind_are_read_as_they_are_typed(
    finder: PlaceFinder, typed: str
) -> None:
    (found,) = finder.suggest(typed)
    assert found.kind is PlaceKind.COORDINATES
    place = finder.resolve(typed)
    assert place is not None
    assert (place.lat_deg, place.lon_deg) == pytest.approx(
        (HO_KAEO.lat_deg, HO_KAEO.lon_deg), abs=2e-5
    )
    assert found.point == place
    assert not found.in_zone


def test_coordinates_beside_a_named_place_carry_its_name(finder: PlaceFinder) -> None:
    typed = f"{GATE_3.lat_deg + 0.0001:.6f}, {GATE_3.lon_deg:.6f}"
    (found,) = finder.suggest(typed)
    assert found.text.startswith("ตลาดอินโดจีน ประตู 3 (16.")
    assert found.in_zone


def test_a_click_near_a_place_is_called_by_its_name_and_one_far_off_by_none(
    finder: PlaceFinder,
) -> None:
    degrees_per_m = 1 / 110_700  # of latitude, at 16.5° north
    away = [LatLon(GATE_3.lat_deg, GATE_3.lon_deg + m * degrees_per_m * 1.043) for m in (0, 20)]
    assert [finder.name_of(place) for place in away] == ["ตลาดอินโดจีน ประตู 3"] * 2
    assert finder.name_of(HO_KAEO) == ""
    assert PlaceFinder(Ground(Projection())).name_of(GATE_3) == ""


def test_a_place_lies_in_its_zone_community_beat_and_tambon_of_a_known_version(
    finder: PlaceFinder,
) -> None:
    found = finder.areas_at(GATE_3)
    assert [(area.kind, area.name) for area in found] == [
        ("zone", "เขตปลอดภัยเมืองมุกดาหาร"),
        ("community", "ชุมชนศรีมงคลยอดแก้ว"),
        ("beat", "เขตตรวจ 2"),
        ("tambon", "ต.มุกดาหาร"),
    ]
    assert [area.version for area in found] == [f"console-1:{n}" for n in (1, 2, 6, 9)]
    assert finder.areas_at(LatLon(13.75, 100.5)) == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("48.85660, 2.35220", "48.85660, 2.35220 อยู่นอกประเทศไทย"),
        ("470423 1829031", "พิกัด UTM นี้ไม่ระบุโซน"),
        ("48Q 470423 9829031", "อยู่นอกประเทศไทย"),
        ("16.5 N, 17.5 N", "ตัวเลขทั้งสองระบุแกนเดียวกัน"),
    ],
)
def test_wrong_coordinates_are_suggested_never_and_refused_with_a_sentence(
    finder: PlaceFinder, typed: str, says: str
) -> None:
    assert finder.suggest(typed) == []
    with pytest.raises(KnownError) as refused:
        finder.resolve(typed)
    assert says in explain(refused.value, Language.THAI)
