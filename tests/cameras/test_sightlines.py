"""Who sees a place: the near and central camera first, the one behind a house last."""

import time

import numpy as np
import shapely

from app.cameras.sightlines import CameraView, who_sees
from app.geo.walls import NO_WALLS, Walls

EAST, NORTH = 470_000.0, 1_829_000.0


def camera(name: str, east: float, north: float, bearing_deg: float, **more: float) -> CameraView:
    given = {"field_of_view_deg": 60.0, "range_m": 80.0} | more
    return CameraView(name, EAST + east, NORTH + north, bearing_deg, **given)


def test_cameras_are_ranked_by_view_distance_and_angle() -> None:
    views = [
        camera("far", 0, -70, 0),
        camera("near", 0, -20, 0),
        camera("looks away", 0, -10, 180),
        camera("too far", 0, -90, 0),
        camera("at its edge", 0, -21, 28),
    ]
    found = who_sees(EAST, NORTH, views, NO_WALLS)
    assert [one.camera_id for one in found if one.visible] == ["near", "at its edge", "far"]
    assert [one.camera_id for one in found if not one.visible] == ["looks away", "too far"]
    assert (found[0].distance_m, found[0].angle_deg) == (20.0, 0.0)
    assert found[1].angle_deg == -28.0


def test_a_camera_behind_a_house_is_in_view_but_sees_nothing() -> None:
    house = shapely.box(EAST - 5, NORTH - 30, EAST + 5, NORTH - 20)
    walls = Walls.of_buildings(np.array([house], dtype=object))
    views = [camera("behind", 0, -50, 0), camera("before", 0, -10, 0), camera("away", 0, -10, 180)]
    found = who_sees(EAST, NORTH, views, walls)
    assert [(one.camera_id, one.visible, one.hidden) for one in found] == [
        ("before", True, False),
        ("behind", False, True),
        ("away", False, False),
    ]


def test_bearings_near_north_do_not_break_at_360_degrees() -> None:
    for bearing in (0.0, 359.0, 1.0, 360.0):
        assert who_sees(EAST, NORTH, [camera("C01", 0, -20, bearing)], NO_WALLS)[0].visible


def test_a_place_right_under_the_camera_is_in_view() -> None:
    assert who_sees(EAST, NORTH, [camera("C01", 0, 0, 90)], NO_WALLS)[0].visible


def test_without_cameras_nobody_sees() -> None:
    assert who_sees(EAST, NORTH, [], NO_WALLS) == []


def test_two_hundred_cameras_among_eight_thousand_houses_answer_at_once() -> None:
    chance = np.random.default_rng(7)
    corners = chance.uniform(-1000, 1000, (8000, 2)) + (EAST, NORTH)
    houses = shapely.box(*corners.T, *(corners + chance.uniform(6, 20, (8000, 2))).T)
    walls = Walls.of_buildings(houses)
    views = [
        camera(f"C{i}", *chance.uniform(-60, 60, 2), float(chance.uniform(0, 360)))
        for i in range(200)
    ]
    times_s = []
    for _ in range(5):
        begun = time.perf_counter()
        found = who_sees(EAST, NORTH, views, walls)
        times_s.append(time.perf_counter() - begun)
    assert len(found) == 200
    assert min(times_s) < 0.030  # measured: 2–5 ms; the bound is wide because machines are shared
