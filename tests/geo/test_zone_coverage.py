"""How much of a zone is seen, against an oracle that cuts shadows and knows nothing of squares."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from shapely.affinity import rotate

from app.cameras.sightlines import CameraView
from app.cameras.zone_watch import CoverageQuestion, view_of
from app.geo.basemap import Basemap, Features, GroundKind, NamedPoint, building_walls
from app.geo.walls import NO_WALLS, Walls
from app.geo.zone_coverage import OpenGround, blind_spots, coverage, gain
from tests.geo.test_coverage import oracle

SEED = 5
CROSSING = shapely.Point(155, 90)


def town(houses: list[shapely.Polygon], roads: list[shapely.LineString] | None = None) -> Basemap:
    def group(shapes: list[shapely.Geometry]) -> Features:
        array = np.empty(len(shapes), dtype=object)
        array[:] = shapes
        return Features(("",) * len(shapes), array)

    features = {GroundKind.BUILDING: group(houses), GroundKind.ROAD_3: group(roads or [])}
    features = {kind: some for kind, some in features.items() if len(some)}
    return Basemap(32648, features, walls=building_walls(features))


def some_houses(dice: np.random.Generator, count: int, side: float) -> list[shapely.Polygon]:
    places = dice.uniform(0, side, (count, 2))
    return [
        rotate(shapely.box(x, y, x + dice.uniform(4, 14), y + dice.uniform(4, 14)), turn)
        for (x, y), turn in zip(places.tolist(), dice.uniform(0, 90, count), strict=True)
    ]


def looking(at: tuple[float, float], bearing_deg: float, **changes: float | bool) -> CameraView:
    values = {"field_of_view_deg": 70.0, "range_m": 60.0, **changes}
    return CameraView("C", *at, bearing_deg, **values)  # type: ignore[arg-type]


def test_what_is_seen_is_within_one_per_cent_of_wedges_less_shadows() -> None:
    dice = np.random.default_rng(SEED)
    houses = some_houses(dice, 150, 400.0)
    whole = shapely.union_all(houses)
    roads = [shapely.LineString(dice.uniform(0, 400, (4, 2))) for _ in range(30)]
    zone = shapely.Point(200, 200).buffer(170)
    no_go = shapely.box(150, 100, 240, 160)
    views = []
    while len(views) < 25:
        at = tuple(dice.uniform(20, 380, 2).tolist())
        if whole.distance(shapely.Point(at)) > 1:
            views.append(looking(at, float(dice.uniform(0, 360))))
    basemap = town(houses, roads)
    open_ground = OpenGround.of(zone, basemap, [no_go])
    now = coverage(open_ground, [view_of(view, basemap.walls) for view in views])

    ground = zone.difference(whole).difference(no_go)
    seen = [shadowless(view, basemap.walls).intersection(ground) for view in views]
    once = shapely.union_all(seen)
    twice = shapely.union_all(
        [
            one.buffer(0).intersection(other.buffer(0))  # surfaces only
            for at, one in enumerate(seen)
            for other in seen[at + 1 :]
        ]
    )
    open_roads = [road.intersection(zone).difference(no_go) for road in roads]
    anywhere = shapely.union_all([shadowless(view, basemap.walls) for view in views])
    assert now.ground_m2 == pytest.approx(ground.area, rel=0.001)
    assert now.seen_m2 == pytest.approx(once.area, rel=0.01)
    assert now.seen_twice_m2 == pytest.approx(twice.area, rel=0.01)
    assert now.road_m == pytest.approx(sum(road.length for road in open_roads), rel=0.001)
    road_seen = sum(road.intersection(anywhere).length for road in open_roads)
    assert now.road_seen_m == pytest.approx(road_seen, rel=0.01)
    assert 0 < now.seen_twice_share < now.seen_share < 1
    assert 0 < now.road_seen_twice_share < now.road_seen_share < 1
    blind = shapely.area(now.blind).sum()
    assert blind + now.seen_m2 == pytest.approx(now.ground_m2, rel=1e-6)


def shadowless(view: CameraView, walls: Walls) -> shapely.Geometry:
    """The oracle counts from one fixed place: move the walls so that the camera stands there."""
    from tests.geo.test_coverage import AT

    shift = np.array([AT[0] - view.east_m, AT[1] - view.north_m])
    moved = Walls.of_segments(walls.segments + np.concatenate((shift, shift)))
    near = moved.segments[np.hypot(*(moved.segments[:, :2] - AT).T) < view.range_m + 30]
    cut = oracle(Walls.of_segments(near), view.bearing_deg, view.field_of_view_deg, view.range_m)
    return shapely.transform(cut, lambda points: points - shift)


def test_blind_spots_come_largest_first_with_the_place_next_to_them() -> None:
    zone = shapely.box(0, 0, 400, 100)
    basemap = Basemap(32648, points=(NamedPoint("ท่าเรือ", "landmark", 380.0, 50.0),))
    open_ground = OpenGround.of(zone, basemap, places=[("ตลาด", 20.0, 50.0)])
    middle = [looking((200.0, 50.0), 0.0, field_of_view_deg=360.0, range_m=90.0)]
    now = coverage(open_ground, [view_of(view, NO_WALLS) for view in middle])
    spots = blind_spots(now)
    assert {spot.near for spot in spots} == {"ตลาด", "ท่าเรือ"}
    areas = [spot.area_m2 for spot in spots]
    assert areas == sorted(areas, reverse=True)
    assert sum(areas) == pytest.approx(now.ground_m2 - now.seen_m2, rel=0.01)
    strip = OpenGround.of(shapely.box(0, 0, 400, 1.5), None)
    assert blind_spots(coverage(strip, [])) == ()


def test_what_a_camera_would_add_is_what_it_adds() -> None:
    dice = np.random.default_rng(SEED)
    houses = [house for house in some_houses(dice, 60, 300.0) if house.distance(CROSSING) > 25]
    roads = [shapely.LineString([(0, 90), (300, 110)])]
    basemap = town(houses, roads)
    open_ground = OpenGround.of(shapely.box(0, 0, 300, 300), basemap)
    there = [view_of(looking((150.0, 80.0), 20.0, range_m=90.0), basemap.walls)]
    new = view_of(looking((160.0, 80.0), 350.0, range_m=90.0), basemap.walls)
    before, after = coverage(open_ground, there), coverage(open_ground, [*there, new])
    added = gain(before, new)
    assert added.new_m2 == pytest.approx(after.seen_m2 - before.seen_m2, abs=0.5)
    assert added.second_m2 == pytest.approx(after.seen_twice_m2 - before.seen_twice_m2, abs=0.5)
    assert added.new_road_m == pytest.approx(after.road_seen_m - before.road_seen_m, abs=0.1)
    twice_m = after.road_seen_twice_m - before.road_seen_twice_m
    assert added.second_road_m == pytest.approx(twice_m, abs=0.1)
    assert twice_m > 1
    assert added.new_m2 > 100
    assert added.second_m2 > 100
    assert added.new_road_m > 1


def test_a_zone_without_cameras_or_map_is_all_blind() -> None:
    zone = shapely.box(0, 0, 100, 100)
    answer = CoverageQuestion(zone, (), None, (), (), NO_WALLS).answer()
    assert answer.coverage.seen_share == 0.0
    assert answer.coverage.road_seen_share == 0.0
    [spot] = answer.blind_spots
    assert spot.area_m2 == pytest.approx(10_000)
    assert spot.near == ""


def test_at_night_a_camera_covers_what_its_light_reaches() -> None:
    zone = shapely.box(-100, -100, 100, 100)
    eye = looking((0.0, 0.0), 0.0, field_of_view_deg=360.0, range_m=80.0, night_range_m=20.0)
    seen = [
        CoverageQuestion(zone, (), None, (), (eye,), NO_WALLS, night).answer().coverage.seen_m2
        for night in (False, True)
    ]
    assert seen == pytest.approx([math.pi * 80**2, math.pi * 20**2], rel=0.002)


def test_an_indoor_camera_covers_no_street() -> None:
    hall = shapely.box(-10, -10, 10, 10)
    basemap = town([hall])
    zone = shapely.box(-100, -100, 100, 100)
    for indoor, least, most in ((True, 0.0, 0.001), (False, 0.1, 1.0)):
        eye = looking((0.0, 0.0), 0.0, indoor=indoor)
        question = CoverageQuestion(zone, (), basemap, (), (eye,), basemap.walls)
        share = question.answer().coverage.seen_m2 / (math.pi * 60**2 * 70 / 360)
        assert least <= share <= most
        unmapped = CoverageQuestion(zone, (), None, (), (eye,), NO_WALLS).answer().coverage
        assert (unmapped.seen_m2 == 0) is indoor
