"""Places as GeoJSON: what was written is read, and what is wrong is said feature by feature."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.geo.interchange.places_geojson import read_places, write_places
from app.geo.places import Place, PlaceKind

names = st.text(st.characters(categories=("L", "M", "N", "P")), min_size=1, max_size=30)
places = st.builds(
    Place,
    id=st.from_regex(r"place-\d{1,4}", fullmatch=True),
    kind=st.sampled_from(PlaceKind),
    name_th=names,
    name_en=names | st.just(""),
    aliases=st.lists(names, max_size=3).map(tuple),
    at=st.builds(LatLon, st.floats(5.7, 20.4), st.floats(97.4, 105.6)),
    sample=st.booleans(),
)


@given(st.lists(places, max_size=4))
def test_places_come_back_as_they_were(out: list[Place]) -> None:
    file = read_places(write_places(out, "© ตัวอย่าง"))
    assert file.places == tuple(out)
    assert file.troubles == ()
    assert file.attribution == "© ตัวอย่าง"


def feature(coordinates: object, **properties: object) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_what_is_wrong_is_said_and_the_rest_is_taken() -> None:
    features = [
        feature([104.7, 16.5], name="ตลาด"),
        feature([16.5, 104.7], name="สลับ"),
        feature([104.7, 16.5]),
        feature(["x", None], name="ก"),
        feature([104.7, 16.5], name_th="a\x07b", kind="junction", aliases=["=1+1", 7, None]),
        "no feature",
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    file = read_places(text.encode())
    assert [(place.name_th, place.kind, place.aliases) for place in file.places] == [
        ("ตลาด", PlaceKind.LANDMARK, ()), ("a b", PlaceKind.JUNCTION, ("=1+1", "7")),
    ]  # fmt: skip
    said = [trouble.english() for trouble in file.troubles]
    assert said == [
        "Feature 2: It has no place.",
        "Feature 3: The place has no name.",
        "Feature 4: It has no place.",
    ]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"features": 1}', b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_no_geojson_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match="not GeoJSON"):
        read_places(data)
