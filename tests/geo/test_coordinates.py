"""Coordinates as officers paste them: read right, or refused in words, never guessed."""

import math

import mgrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import KnownError
from app.geo.coordinate_reader import Notation, looks_like_coordinates, read_coordinates
from app.geo.coordinates import LatLon, as_decimal, as_mgrs, as_utm
from app.thai.digits import to_thai

places = st.builds(LatLon, st.floats(5.61, 20.49), st.floats(97.31, 105.69))


def metres_between(one: LatLon, other: LatLon) -> float:
    """Near enough on a sphere for a few metres; shares no code with the product."""
    north = math.radians(one.lat_deg - other.lat_deg) * 6_371_000
    east = math.radians(one.lon_deg - other.lon_deg) * 6_371_000
    return math.hypot(north, east * math.cos(math.radians(one.lat_deg)))


@pytest.mark.parametrize(
    ("pasted", "notation"),
    [
        ("16.54310, 104.72280", Notation.DECIMAL),
        ("16.54310 104.72280", Notation.DECIMAL),
        ("(16.54310,104.72280)", Notation.DECIMAL),
        ("16.54310°N 104.72280°E", Notation.DECIMAL),
        ("N16.54310 E104.72280", Notation.DECIMAL),
        ("lat 16.54310, lon 104.72280", Notation.DECIMAL),
        ("ละติจูด ๑๖.๕๔๓๑๐ ลองจิจูด ๑๐๔.๗๒๒๘๐", Notation.DECIMAL),
        ("104.72280, 16.54310", Notation.LONGITUDE_FIRST),
        ("E104.72280 N16.54310", Notation.LONGITUDE_FIRST),
        ("48Q 470423 1829032", Notation.UTM),
        ("48N 470423 1829032", Notation.UTM),
        ("UTM 48N E 470,423 N 1,829,032", Notation.UTM),
        ("โซน 48 470423 1829032", Notation.UTM),
        ("48Q VD 70423 29031", Notation.MGRS),
        ("48qvd7042329031", Notation.MGRS),
    ],
)
def test_what_people_paste_is_the_same_place(pasted: str, notation: Notation) -> None:
    reading = read_coordinates(pasted)
    assert reading.notation is notation
    assert metres_between(reading.place, LatLon(16.54310, 104.72280)) < 1.0
    assert looks_like_coordinates(pasted)


def test_a_point_of_the_east_given_in_zone_47_is_read_in_zone_47() -> None:
    reading = read_coordinates("47Q 1111000 1840000")
    assert metres_between(reading.place, LatLon(16.56366, 104.71904)) < 2.0
    assert "47" in reading.understood.english()


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("470423 1829032", "without its zone"),
        ("48Q 1111000 1840000", "outside Thailand"),
        ("48K 470423 1829032", "does not fit"),
        ("48P VD 70423 29031", "no MGRS square"),
        ("48Q RT 12345 12345", "no MGRS square"),
        ("48Q VD 7042 29031", "as many digits"),
        ("N16.5431 N104.7228", "same axis"),
        ("48.85000, 2.35000", "outside Thailand"),
        ("-16.5431, 104.7228", "outside Thailand"),
        ("16.5431S 104.7228E", "outside Thailand"),
        ("999.5, 999.5", "outside Thailand"),
        ("31U DQ 48251 11932", "outside Thailand"),
        ("nan, nan", "not a coordinate"),
        ("16.5431", "not a coordinate"),
        ("ตลาดอินโดจีน", "not a coordinate"),
        ("123/45", "not a coordinate"),
        ("12 45", "not a coordinate"),
        ("", "not a coordinate"),
    ],
)
def test_what_could_mislead_is_refused_in_words(pasted: str, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        read_coordinates(pasted)


@pytest.mark.parametrize("typed", ["ตลาดอินโดจีน", "ซอย 12", "123/45 ถ.สำราญชายโขง", "12 45", "191"])
def test_a_name_or_a_house_number_is_not_taken_for_a_coordinate(typed: str) -> None:
    assert not looks_like_coordinates(typed)


@settings(max_examples=300)
@given(places)
def test_every_notation_reads_back_within_a_metre(place: LatLon) -> None:
    for written in (as_decimal(place), as_utm(place), as_mgrs(place), to_thai(as_decimal(place))):
        assert metres_between(read_coordinates(written).place, place) < 1.0


@given(places)
def test_decimal_degrees_in_either_order_are_one_place(place: LatLon) -> None:
    lat, lon = as_decimal(place).split(", ")
    assert read_coordinates(f"{lon} {lat}").place == read_coordinates(f"{lat} {lon}").place


@given(places)
def test_mgrs_is_what_the_reference_library_writes(place: LatLon) -> None:
    reference = mgrs.MGRS().toMGRS(place.lat_deg, place.lon_deg)
    ours = as_mgrs(place).replace(" ", "")
    assert ours[:-10] == reference[:-10]
    for half in (slice(-10, -5), slice(-5, None)):  # a metre border may fall either way
        assert abs(int(ours[half]) - int(reference[half])) in (0, 1, 99_999)


@given(st.text(max_size=40) | st.from_regex(r"[0-9NSEWQ.,° -]{0,30}", fullmatch=True))
def test_anything_pasted_is_read_in_thailand_or_refused(text: str) -> None:
    try:
        place = read_coordinates(text).place
    except KnownError:
        return
    assert 5.6 <= place.lat_deg <= 20.5
    assert 97.3 <= place.lon_deg <= 105.7


@pytest.mark.parametrize(("lat", "lon"), [(math.nan, 104.0), (16.0, math.inf), (91.0, 104.0)])
def test_there_is_no_place_off_the_globe(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match=r"globe|finite"):
        LatLon(lat, lon)
