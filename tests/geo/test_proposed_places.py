"""The gazetteer filled from the base map: every name once, junctions where named roads meet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.errors import KnownError
from app.geo.basemap import Basemap, Features, GroundKind, NamedPoint
from app.geo.coordinates import LatLon
from app.geo.place_saving import name_places
from app.geo.places import Gazetteer, Place, PlaceKind, all_places
from app.geo.projection import Projection
from app.geo.proposed_places import proposed_places
from tests.geo.material import SUPERVISOR, a_log

GRID = Projection()
EAST, NORTH = 470_000.0, 1_829_000.0


def group(*named: tuple[str, shapely.Geometry]) -> Features:
    shapes = np.empty(len(named), dtype=object)
    shapes[:] = [shape for _, shape in named]
    return Features(tuple(name for name, _ in named), shapes)


def road(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(EAST + x, NORTH + y) for x, y in points])


def a_map() -> Basemap:
    house = shapely.box(EAST, NORTH, EAST + 20, NORTH + 20)
    return Basemap(
        32648,
        {
            GroundKind.ROAD_2: group(
                ("ถนนสำราญชายโขง", road((0, 0), (1000, 0))),
                ("ถนนสำราญชายโขง", road((1000, 8), (0, 8))),  # the other carriageway
            ),
            GroundKind.ROAD_4: group(
                ("ซอย 2", road((300, -200), (300, 200))), ("", road((500, -200), (500, 200)))
            ),
            GroundKind.LANDMARK_BUILDING: group(("วัดศรีมงคลใต้", house), ("", house)),
        },
        points=(
            NamedPoint("ตลาดอินโดจีน", "landmark", EAST + 100, NORTH + 50),
            NamedPoint("ชุมชนศรีสุมังค์", "label", EAST + 700, NORTH + 50),
        ),
    )


def test_landmarks_communities_roads_and_junctions_are_proposed() -> None:
    found = {place.name_th: place for place in proposed_places(a_map(), (), GRID)}
    assert {name: place.kind for name, place in found.items()} == {
        "ตลาดอินโดจีน": PlaceKind.LANDMARK,
        "วัดศรีมงคลใต้": PlaceKind.LANDMARK,
        "ชุมชนศรีสุมังค์": PlaceKind.COMMUNITY,
        "ถนนสำราญชายโขง": PlaceKind.ROAD,
        "ซอย 2": PlaceKind.ROAD,
        "แยกถนนสำราญชายโขง–ซอย 2": PlaceKind.JUNCTION,
    }
    junction = GRID.point_to_metres(found["แยกถนนสำราญชายโขง–ซอย 2"].at)
    assert junction == pytest.approx((EAST + 300, NORTH), abs=8.1)
    assert found["ถนนสำราญชายโขง"].aliases == ("ถ.สำราญชายโขง",)


def test_what_the_gazetteer_knows_is_not_proposed_again(tmp_path: Path) -> None:
    market = Place("place-7", PlaceKind.LANDMARK, "ตลาดริมโขง", "", ("ตลาด อินโดจีน",),
                   GRID.point_to_degrees(EAST + 120, NORTH + 60))  # fmt: skip
    proposals = proposed_places(a_map(), [market], GRID)
    assert "ตลาดอินโดจีน" not in {place.name_th for place in proposals}
    with a_log(tmp_path) as log:
        name_places(log, [market], actor=SUPERVISOR).result(5)
        name_places(log, proposals, actor=SUPERVISOR).result(5)
        with log.reading() as db:
            known = all_places(db)
    assert {place.id for place in known} == {f"place-{number}" for number in range(7, 13)}
    assert proposed_places(a_map(), known, GRID) == ()
    gazetteer = Gazetteer(known)
    assert gazetteer.search("ถ.สำราญ")[0].place.kind is PlaceKind.ROAD
    found = gazetteer.search("ซอย ๒ ตัด")
    assert [match.place.kind for match in found] == [PlaceKind.JUNCTION]


def test_a_place_that_cannot_be_keeps_the_others_out_too(tmp_path: Path) -> None:
    good = Place("", PlaceKind.LANDMARK, "ตลาด", "", (), LatLon(16.5, 104.7))
    wrong = Place("", PlaceKind.LANDMARK, " ", "", (), LatLon(16.5, 104.7))
    with a_log(tmp_path) as log:
        with pytest.raises(KnownError, match="no name"):
            name_places(log, [good, wrong], actor=SUPERVISOR)
        assert log.count() == 0
