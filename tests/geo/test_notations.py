"""Every notation people paste: what is written is read back, what misleads is refused."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.geo import plus_codes
from app.geo.coordinate_reader import Notation, Town, looks_like_coordinates, read_coordinates
from app.geo.coordinate_writer import write_coordinates
from app.geo.coordinates import LatLon
from app.geo.indian_1975 import degrees_to_indian
from app.geo.projection import Projection
from app.geo.town import town_of
from app.station.profile import Profile

SEED = 5
MARKET = LatLon(16.54310, 104.72280)
TOWN = Town(MARKET, ("มุกดาหาร", "Mukdahan"))


def metres_between(one: LatLon, other: LatLon) -> float:
    """Near enough on a sphere for a few metres; shares no code with the product."""
    north = math.radians(one.lat_deg - other.lat_deg) * 6_371_000
    east = math.radians(one.lon_deg - other.lon_deg) * 6_371_000
    return math.hypot(north, east * math.cos(math.radians(one.lat_deg)))


def refusal(pasted: str, town: Town | None = TOWN) -> str:
    with pytest.raises(KnownError) as caught:
        read_coordinates(pasted, town)
    return " ".join(sentence.english() for sentence in caught.value.sentences)


def test_ten_thousand_places_come_back_within_a_metre_in_every_notation() -> None:
    dice = np.random.default_rng(SEED)
    places = dice.uniform((5.61, 97.31), (20.49, 105.69), (10_000, 2)).tolist()
    worst: dict[str, float] = {}
    for number, (lat_deg, lon_deg) in enumerate(places):
        place = LatLon(lat_deg, lon_deg)
        for notation in Notation:
            written = write_coordinates(place, notation, thai_digits=number % 2 == 1)
            read = read_coordinates(written, TOWN)
            assert read.notation is notation, written
            away_m = metres_between(read.place, place)
            worst[notation] = max(worst.get(notation, 0.0), away_m)
    assert len(worst) == len(Notation)
    assert max(worst.values()) < 1.0, worst


@pytest.mark.parametrize("zone", [47, 48])
@pytest.mark.parametrize("notation", [Notation.UTM, Notation.INDIAN_1975])
def test_either_zone_may_be_used_beyond_its_border(notation: Notation, zone: int) -> None:
    for place in (MARKET, LatLon(18.79, 101.9), LatLon(15.24, 104.85)):
        read = read_coordinates(write_coordinates(place, notation, zone=zone))
        assert metres_between(read.place, place) < 1.0
        assert f"zone {zone}" in read.understood.english()


@given(st.floats(5.61, 20.49), st.floats(97.31, 105.69), st.integers(0, 10))
def test_a_changed_character_is_read_as_said_or_refused(lat: float, lon: float, at: int) -> None:
    """A slip of the finger may name another place; it may never raise anything but a refusal."""
    for notation in Notation:
        written = write_coordinates(LatLon(lat, lon), notation)
        for slip in ("", " ", "9", "E", "°", "+", "/"):
            try:
                read_coordinates(written[:at] + slip + written[at + 1 :], TOWN)
            except KnownError as error:
                assert error.sentences


@pytest.mark.parametrize(
    ("pasted", "notation"),
    [
        ("16° 32' 35.2\" N 104° 43' 22.1\" E", Notation.DMS),
        ("16°32′35.2″N, 104°43′22.1″E", Notation.DMS),
        ("N 16°32'35.2\" E 104°43'22.1\"", Notation.DMS),
        ("E 104°43'22.1\" N 16°32'35.2\"", Notation.DMS),
        ("16 32 35.2 N 104 43 22.1 E", Notation.DMS),
        ("16° 32.586' N 104° 43.368' E", Notation.DMS),
        ("16:32:35.2 104:43:22.1", Notation.DMS),
        ("๑๖ องศา ๓๒ ลิปดา ๓๕.๒ พิลิปดา เหนือ ๑๐๔ องศา ๔๓ ลิปดา ๒๒.๑ พิลิปดา ตะวันออก", Notation.DMS),
        ("UTM 48N N 1,829,032 E 470,423", Notation.UTM),
        ("48Q 470423 1829032 (WGS 84)", Notation.UTM),
        ("EPSG:32648 470423 1829032", Notation.UTM),
        ("EPSG:24048 470837 1828716", Notation.INDIAN_1975),
        ("Indian 1975 48Q 470837 1828716", Notation.INDIAN_1975),
        ("48Q 470837 1828716 IND75", Notation.INDIAN_1975),
        ("อินเดียน 1975 โซน 48 470837 1828716", Notation.INDIAN_1975),
        ("7P86GPVF+64V", Notation.PLUS_CODE),
        ("https://www.google.com/maps/@16.5431,104.7228,17z", Notation.MAP_LINK),
        ("https://www.google.com/maps/place/x/@16.5,104.7,17z/data=!4m6!8m2!3d16.5431!4d104.7228",
         Notation.MAP_LINK),
        ("https://maps.google.com/?q=16.5431,104.7228", Notation.MAP_LINK),
        ("https://www.google.co.th/maps?q=loc:16.5431+104.7228", Notation.MAP_LINK),
        ("www.google.com/maps/search/?api=1&query=16.5431%2C104.7228", Notation.MAP_LINK),
        ("https://www.google.com/maps/place/16%C2%B032'35.2%22N+104%C2%B043'22.1%22E/",
         Notation.MAP_LINK),
        ("https://www.google.com/maps/dir//16.5431,104.7228", Notation.MAP_LINK),
        ("https://www.openstreetmap.org/?mlat=16.5431&mlon=104.7228#map=5/15/100",
         Notation.MAP_LINK),
        ("https://www.openstreetmap.org/#map=17/16.5431/104.7228", Notation.MAP_LINK),
        ("https://maps.apple.com/?ll=16.5431,104.7228&q=%E0%B8%95", Notation.MAP_LINK),
        ("https://maps.apple.com/place?coordinate=16.5431,104.7228", Notation.MAP_LINK),
        ("geo:16.5431,104.7228;u=35", Notation.GEO_URI),
        ("geo:0,0?q=16.5431,104.7228(ตลาด)", Notation.GEO_URI),
        ('{"type": "location", "title": "x", "latitude": 16.5431, "longitude": 104.7228}',
         Notation.LINE),
        ("ตำแหน่งที่ตั้ง\n49000 มุกดาหาร\nhttps://maps.google.com/?q=16.5431,104.7228", Notation.LINE),
    ],
)  # fmt: skip
def test_what_people_paste_is_the_market(pasted: str, notation: Notation) -> None:
    assert looks_like_coordinates(pasted)
    reading = read_coordinates(pasted, TOWN)
    assert reading.notation is notation
    assert metres_between(reading.place, MARKET) < max(2.0, reading.size_m)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("48Q 1111000 1840000", "a point of zone 47"),
        ("47Q 250000 1829032", "a point of zone 48"),
        ("48Q 1829032 470423", "Easting and northing look swapped"),
        ("N104.7228 E16.5431", "Latitude and longitude look swapped"),
        ("https://maps.google.com/?q=104.7228,16.5431", "Latitude and longitude look swapped"),
        ("-16.5431, 104.7228", "north and east"),
        ("16,5431 104,7228", "decimal points"),
        ("16°32'75\"N 104°43'22\"E", "end at 59"),
        ("16.5°32'N 104°43'E", "may have decimals"),
        ("16°32'35\"N 104°43'22\"N", "same axis"),
        ("E 470423 E 1829032", "same axis"),
        ("EPSG:3857 11657689 1865483", "no grid this program reads"),
        ("Indian 1975 470837 1828716", "zone 47 or 48"),
        ("https://maps.app.goo.gl/AbCdEf", "a short link"),
        ("https://goo.gl/maps/AbCdEf", "a short link"),
        ("https://osm.org/go/4zQf", "a short link"),
        ("https://www.google.com/maps/dir/16.5,104.7/16.6,104.8/", "several places"),
        ("https://www.google.com/maps/place/Mukdahan", "no coordinates in"),
        ("https://a.b/?q=16.5431,104.7228 https://a.b/?q=16.6,104.7228", "two places"),
        ("geo:16.5431,104.7228;crs=nad27", "not in WGS 84"),
        ('{"latitude": "x", "longitude": NaN}', "no coordinates in"),
        ("7P86GP00+", "a square of 6 km"),
        ("GPVF+64 ขอนแก่น", "its place is not known here"),
        ("8FVC2222+22", "outside Thailand"),
    ],
)  # fmt: skip
def test_what_could_mislead_is_refused_with_its_cure(pasted: str, said: str) -> None:
    assert said in refusal(pasted)
    assert looks_like_coordinates(pasted)


def test_a_large_easting_without_a_zone_was_given_in_zone_47() -> None:
    reading = read_coordinates("1111000 1840000")
    assert metres_between(reading.place, LatLon(16.56366, 104.71904)) < 2.0
    assert "only this one lies in Thailand" in reading.understood.english()


def test_a_short_plus_code_is_read_near_the_stations_town_and_says_so() -> None:
    for pasted in ("GPVF+64V4", "gpvf+64v4 มุกดาหาร", "GPVF+64V4, Mueang Mukdahan District"):
        reading = read_coordinates(pasted, TOWN)
        assert metres_between(reading.place, MARKET) < 1.0
        assert "near this station’s town" in reading.understood.english()
    assert "is short" in refusal("GPVF+64V4", None)


@pytest.mark.parametrize(
    ("name_th", "name_en", "names"),
    [
        ("สภ.เมืองมุกดาหาร (ตัวอย่าง)", "Mueang Mukdahan Police Station", ("มุกดาหาร", "Mukdahan")),
        ("สถานีตำรวจภูธรคำชะอี", "Khamcha-i", ("คำชะอี", "Khamcha-i")),
    ],
)
def test_a_stations_town_is_in_its_name(name_th: str, name_en: str, names: tuple[str, ...]) -> None:
    assert town_of(Profile("s-1", "c-1", name_th, name_en, "ก", "z")).names == names


def test_indian_1975_is_the_pinned_operation_and_names_it() -> None:
    east_m, north_m = Projection(32648).point_to_metres(MARKET)
    indian = degrees_to_indian(48, MARKET)
    # what the pinned operation gives in Mukdahan; PROJ's own choice gives +594.8/-371.0
    assert indian[0] - east_m == pytest.approx(413.6, abs=0.5)
    assert indian[1] - north_m == pytest.approx(-315.6, abs=0.5)
    reading = read_coordinates("Indian 1975 48Q 470837 1828716")
    assert "Indian 1975 to WGS 84 (2)” (EPSG:1304)" in reading.understood.english()


# From the specification's own published test data.
@pytest.mark.parametrize(
    ("code", "south", "west", "north", "east"),
    [
        ("7FG40000+", 20.0, 2.0, 21.0, 3.0),
        ("22220000+", -90.0, -180.0, -89.0, -179.0),
        ("7FG49QCJ+2V", 20.37, 2.782125, 20.370125, 2.78225),
        ("7FG49QCJ+2VX", 20.3701, 2.78221875, 20.370125, 2.78225),
        ("8FVC2222+22", 47.0, 8.0, 47.000125, 8.000125),
        ("4VCPPQGP+Q9", -41.273125, 174.785875, -41.273, 174.786),
    ],
)
def test_plus_codes_name_the_cells_of_the_specification(
    code: str, south: float, west: float, north: float, east: float
) -> None:
    cell = plus_codes.decode(code)
    assert (cell.south_deg, cell.west_deg) == pytest.approx((south, west), abs=1e-9)
    assert cell.south_deg + cell.height_deg == pytest.approx(north, abs=1e-9)
    assert cell.west_deg + cell.width_deg == pytest.approx(east, abs=1e-9)
    if not code.endswith("0000+"):
        assert plus_codes.encode(cell.middle, len(code) - 1) == code


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9), st.integers(10, 15))
def test_the_cell_of_a_code_holds_the_place_it_was_made_of(
    lat: float, lon: float, digits: int
) -> None:
    cell = plus_codes.decode(plus_codes.encode(LatLon(lat, lon), digits))
    assert cell.south_deg - 1e-7 <= lat <= cell.south_deg + cell.height_deg + 1e-7
    assert cell.west_deg - 1e-7 <= lon <= cell.west_deg + cell.width_deg + 1e-7


@given(st.floats(-0.45, 0.45), st.floats(-0.45, 0.45))
def test_a_short_code_means_the_nearest_of_its_places(north: float, east: float) -> None:
    place = LatLon(MARKET.lat_deg + north, MARKET.lon_deg + east)
    full = plus_codes.encode(place, 11)
    assert plus_codes.recover(full[4:], MARKET) == full


@given(st.text(st.sampled_from("2348CFGHJMPQRVWX0+ ,"), max_size=14))
def test_no_code_makes_the_reader_stumble(text: str) -> None:
    try:
        read_coordinates(text, TOWN)
    except KnownError as error:
        assert error.sentences


@pytest.mark.parametrize(
    "text", ["a." * 1_999, "1 " * 1_999, "{" * 3_999, "16.5 " * 799, "google." * 571, "x" * 100_000]
)
def test_a_long_text_keeps_nobody_waiting(text: str) -> None:
    began_s = time.perf_counter()
    looks_like_coordinates(text)
    with pytest.raises(KnownError):
        read_coordinates(text, TOWN)
    assert time.perf_counter() - began_s < 1.0
