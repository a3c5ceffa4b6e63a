"""Areas keep every version, and say of a place where it lay at the time."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.clock import from_stored
from app.errors import KnownError
from app.geo.areas import AreaKind, AreaRemoved, Areas
from app.geo.coordinates import LatLon
from app.geo.lookup import AreaIndex, share_inside, surface_m2
from app.geo.projection import Projection
from tests.geo.material import JULY, JUNE, SUPERVISOR, a_log, drawn, square

SMALL, LARGE = square(104.720, 16.540, 0.004), square(104.720, 16.540, 0.010)
EDGE_OF_LARGE = LatLon(16.547, 104.727)


def test_a_zone_redrawn_in_july_still_answers_for_june(tmp_path: Path) -> None:
    with a_log(tmp_path) as log:
        [first] = log.append(
            drawn("zone-1", AreaKind.ZONE, SMALL), actor=SUPERVISOR, at=JUNE
        ).result(5)
        [second] = log.append(
            drawn("zone-1", AreaKind.ZONE, LARGE), actor=SUPERVISOR, at=JULY
        ).result(5)
        with log.reading() as db:
            areas = Areas(db)
            assert [area.version for area in areas.as_of(JUNE)] == [first.id]
            assert [area.version for area in areas.as_of(JULY)] == [second.id]
            assert [area.version for area in areas.current()] == [second.id]
            assert [area.version for area in areas.versions("zone-1")] == [first.id, second.id]
            june, july = AreaIndex(areas.as_of(JUNE)), AreaIndex(areas.as_of(JULY))
            assert areas.version(first.id) is not None
            assert areas.version("console-1:99") is None
    assert june.containing(EDGE_OF_LARGE)[AreaKind.ZONE] == ()
    assert [area.version for area in july.containing(EDGE_OF_LARGE)[AreaKind.ZONE]] == [second.id]


def test_a_removed_area_is_gone_from_now_on_only(tmp_path: Path) -> None:
    with a_log(tmp_path) as log:
        log.append(drawn("beat-1", AreaKind.BEAT, SMALL), actor=SUPERVISOR, at=JUNE).result(5)
        log.append(AreaRemoved("beat-1", "ยุบเขต"), actor=SUPERVISOR, at=JULY).result(5)
        with log.reading() as db:
            assert Areas(db).current() == []
            assert [area.id for area in Areas(db).as_of(JUNE)] == ["beat-1"]


def test_a_shape_comes_back_as_it_was_drawn_holes_and_all(tmp_path: Path) -> None:
    shape = shapely.MultiPolygon(
        [SMALL.difference(square(104.721, 16.541, 0.001)), square(104.74, 16.55, 0.002)]
    )
    with a_log(tmp_path) as log:
        log.append(drawn("c-1", AreaKind.COMMUNITY, shape), actor=SUPERVISOR).result(5)
        with log.reading() as db:
            [area] = Areas(db).current()
    assert shapely.equals_exact(area.shape, shape, 1e-8)
    assert (area.name_th, area.kind, area.sample) == ("เขตปลอดภัย", AreaKind.COMMUNITY, False)


def test_rebuilding_the_views_gives_the_same_areas(tmp_path: Path) -> None:
    with a_log(tmp_path) as log:
        for shape, at in ((SMALL, JUNE), (LARGE, JULY)):
            log.append(drawn("zone-1", AreaKind.ZONE, shape), actor=SUPERVISOR, at=at).result(5)
        with log.reading() as db:
            before = [tuple(row) for row in db.execute("SELECT * FROM areas ORDER BY version")]
        log.rebuild()
        with log.reading() as db:
            after = [tuple(row) for row in db.execute("SELECT * FROM areas ORDER BY version")]
    assert after == before
    assert from_stored(after[0][7]) == JUNE


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (shapely.Polygon(), "has no area"),
        (shapely.Point(104.7, 16.5), "has no area"),
        (square(16.54, 104.72, 0.004), "does not lie in Thailand"),
        (
            shapely.Polygon([(104.7, 16.5), (104.8, 16.6), (104.8, 16.5), (104.7, 16.6)]),
            "crosses itself near 16.55000, 104.75000",
        ),
    ],
)
def test_a_shape_nothing_can_be_looked_up_in_is_refused(shape: shapely.Geometry, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        drawn("zone-1", AreaKind.ZONE, shape)


def test_a_corner_that_is_no_number_is_refused() -> None:
    with np.errstate(invalid="ignore"):
        shape = shapely.from_wkt("POLYGON ((104.7 16.5, 104.7 nan, 104.8 16.6, 104.7 16.5))")
    with pytest.raises(KnownError, match="does not lie in Thailand"):
        drawn("zone-1", AreaKind.ZONE, shape)


def test_of_overlapping_areas_the_smallest_is_named_first(tmp_path: Path) -> None:
    with a_log(tmp_path) as log:
        log.append(
            drawn("large", AreaKind.BEAT, LARGE), drawn("small", AreaKind.BEAT, SMALL),
            actor=SUPERVISOR,
        ).result(5)  # fmt: skip
        with log.reading() as db:
            index = AreaIndex(Areas(db).current())
    found = index.containing(LatLon(16.541, 104.721))
    assert [area.id for area in found[AreaKind.BEAT]] == ["small", "large"]
    assert found[AreaKind.ZONE] == ()


def test_a_station_without_areas_answers_with_none() -> None:
    assert set(AreaIndex([]).containing(EDGE_OF_LARGE).values()) == {()}


def test_a_quarter_of_a_community_in_the_zone_is_a_quarter(tmp_path: Path) -> None:
    grid = Projection()
    with a_log(tmp_path) as log:
        log.append(
            drawn("zone-1", AreaKind.ZONE, square(104.720, 16.540, 0.005)),
            drawn("community-2", AreaKind.COMMUNITY, LARGE),
            actor=SUPERVISOR,
        ).result(5)
        with log.reading() as db:
            community, zone = Areas(db).current()
    assert share_inside(community, zone, grid) == pytest.approx(0.25, abs=0.001)
    assert share_inside(zone, community, grid) == pytest.approx(1.0)
    # 0.005° by 0.005° at 16.54° N on the WGS 84 ellipsoid: 553.3 m by 533.7 m
    assert surface_m2(zone, grid) == pytest.approx(553.3 * 533.7, rel=0.002)
