"""Areas keep every version, and say of a place where it lay at the time."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import shapely

from app.clock import from_stored, to_stored
from app.errors import KnownError
from app.geo.area_saving import AreaConflictError, AreaEdit, next_area_id, save_areas
from app.geo.area_timeline import AreaTimeline
from app.geo.areas import Area, AreaKind, AreaRemoved, Areas
from app.geo.coordinates import LatLon
from app.geo.lookup import AreaIndex, share_inside, shares_in, surface_m2
from app.geo.projection import Projection
from app.log import Log
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
    assert from_stored(after[0][8]) == JUNE


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


def edit(shape: shapely.Geometry | None, began_from: str = "") -> AreaEdit:
    return AreaEdit("zone-1", AreaKind.ZONE, "เขตปลอดภัย", "Zone", shape, began_from)


def test_of_two_officers_the_later_is_refused_and_sees_both(tmp_path: Path) -> None:
    with a_log(tmp_path) as log:
        [first] = save_areas(log, [edit(SMALL)], "ประกาศ", actor=SUPERVISOR).result(5)
        [theirs] = save_areas(log, [edit(LARGE, first.id)], "ขยาย", actor=SUPERVISOR).result(5)
        head = log.head()
        mine = square(104.720, 16.540, 0.006)
        beside = AreaEdit("beat-1", AreaKind.BEAT, "เขตตรวจ 1", "", SMALL)
        late = save_areas(log, [beside, edit(mine, first.id)], "แก้แนว", actor=SUPERVISOR)
        with pytest.raises(AreaConflictError, match="redrawn meanwhile by officer-02") as caught:
            late.result(5)
        assert log.head() == head  # the beat drawn beside it was not saved either
        assert caught.value.theirs is not None
        assert caught.value.theirs.version == theirs.id
        assert shapely.equals(caught.value.mine.shape, mine)
        save_areas(log, [edit(mine, theirs.id)], "แก้แนว", actor=SUPERVISOR).result(5)
        save_areas(log, [AreaEdit("zone-1", AreaKind.ZONE, "", "", None, log_version(log))],
                   "ยุบ", actor=SUPERVISOR).result(5)  # fmt: skip
        with pytest.raises(AreaConflictError, match="was removed meanwhile"):
            save_areas(log, [edit(mine, theirs.id)], "แก้แนว", actor=SUPERVISOR).result(5)


def log_version(log: Log) -> str:
    with log.reading() as db:
        [area] = Areas(db).current()
    return area.version


@pytest.mark.parametrize(
    ("wrong", "reason", "said"),
    [
        (edit(SMALL), "  ", "without a reason"),
        (AreaEdit("zone-1", AreaKind.ZONE, " ", "", SMALL), "ก", "no name"),
        (edit(shapely.Polygon()), "ก", "has no area"),
    ],
)
def test_what_is_not_ready_is_not_saved(
    wrong: AreaEdit, reason: str, said: str, tmp_path: Path
) -> None:
    with a_log(tmp_path) as log:
        with pytest.raises(KnownError, match=said):
            save_areas(log, [wrong], reason, actor=SUPERVISOR)
        assert log.count() == 0


def test_an_area_id_is_never_given_twice(tmp_path: Path) -> None:
    with a_log(tmp_path) as log:
        [drawn_] = save_areas(log, [edit(SMALL)], "ก", actor=SUPERVISOR).result(5)
        save_areas(log, [edit(None, drawn_.id)], "ก", actor=SUPERVISOR).result(5)
        with log.reading() as db:
            assert next_area_id(db, AreaKind.ZONE) == "zone-2"
            assert next_area_id(db, AreaKind.NO_GO) == "no_go-1"


def test_junes_incidents_are_counted_in_junes_zone(tmp_path: Path) -> None:
    dice = np.random.default_rng(5)
    places = dice.uniform((104.718, 16.538), (104.732, 16.552), (400, 2))
    june = [to_stored(JUNE + timedelta(hours=hour)) for hour in range(200)]
    july = [to_stored(JULY + timedelta(hours=hour)) for hour in range(200)]
    with a_log(tmp_path) as log:
        for shape, at in ((SMALL, JUNE), (LARGE, JULY)):
            log.append(drawn("zone-1", AreaKind.ZONE, shape), actor=SUPERVISOR, at=at).result(5)
        with log.reading() as db:
            timeline = AreaTimeline(Areas(db).all_versions())
    inside = timeline.inside("zone-1", places, june + july)
    points = shapely.points(places)
    assert inside[:200].tolist() == shapely.intersects(SMALL, points[:200]).tolist()
    assert inside[200:].tolist() == shapely.intersects(LARGE, points[200:]).tolist()
    assert 0 < inside[:200].sum() < inside[200:].sum()
    assert timeline.containing(EDGE_OF_LARGE, JUNE)[AreaKind.ZONE] == ()
    assert len(timeline.containing(EDGE_OF_LARGE, JULY)[AreaKind.ZONE]) == 1
    assert [area.from_at for area in timeline.at(JUNE)] == [to_stored(JUNE)]


def test_many_places_are_looked_up_as_one_is() -> None:
    dice = np.random.default_rng(5)
    areas = [
        Area(f"beat-{n}", AreaKind.BEAT, "ข", "", square(104.70 + n / 500, 16.53, 0.006), f"v:{n}")
        for n in range(6)
    ]
    index = AreaIndex(areas)
    places = dice.uniform((104.69, 16.525), (104.72, 16.54), (200, 2))
    members = index.members(places)
    for place, row in zip(places.tolist(), members, strict=True):
        found = index.containing(LatLon(place[1], place[0]))[AreaKind.BEAT]
        assert {area.id for area in found} == {areas[at].id for at in np.flatnonzero(row)}


def test_what_lies_in_the_zone_in_part_is_said_in_per_cent() -> None:
    zone = Area("zone-1", AreaKind.ZONE, "เขตปลอดภัย", "", square(104.720, 16.540, 0.005), "v:1")
    whole = Area("c-1", AreaKind.COMMUNITY, "ชุมชนหนึ่ง", "", square(104.721, 16.541, 0.001), "v:2")
    part = Area("c-2", AreaKind.COMMUNITY, "ชุมชนสอง", "", square(104.720, 16.540, 0.010), "v:3")
    apart = Area("c-3", AreaKind.COMMUNITY, "ชุมชนสาม", "", square(104.725, 16.545, 0.010), "v:4")
    shares = shares_in(zone, [zone, whole, part, apart], Projection())
    assert [(share.area.id, share.percent, share.is_partial) for share in shares] == [
        ("c-1", 100, False), ("c-2", 25, True),
    ]  # fmt: skip
    assert shares[1].sentence.english() == "25 % of ชุมชนสอง lies in เขตปลอดภัย"
