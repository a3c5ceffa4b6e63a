"""The sample town: the same every time, marked as a sample, and fit for the demo's incident."""

import time
from pathlib import Path

import numpy as np
import pytest
import shapely

from app.cameras.sightlines import CameraView, who_sees
from app.demo.town.areas import sample_areas
from app.demo.town.cameras import SAMPLE_CAMERAS
from app.demo.town.ground import sample_basemap, write_sample_basemap
from app.demo.town.places import sample_places
from app.demo.town.plan import EPSG, GATE_3, GRID
from app.geo.areas import Area, AreaKind
from app.geo.basemap import Basemap, GroundKind
from app.geo.basemap_file import read_basemaps
from app.geo.lookup import AreaIndex, share_inside
from app.geo.places import Gazetteer, PlaceNamed


@pytest.fixture(scope="module")
def town() -> Basemap:
    return sample_basemap()


def areas() -> dict[str, Area]:
    return {
        fact.area_id: Area(
            fact.area_id, fact.area_kind, fact.name_th, fact.name_en, fact.shape,
            f"demo:{number}", fact.sample,
        )
        for number, fact in enumerate(sample_areas(), start=1)
    }  # fmt: skip


def views() -> list[CameraView]:
    return [
        CameraView(
            camera.id, *GRID.point_to_metres(camera.place), camera.bearing_deg,
            camera.field_of_view_deg, camera.range_m,
        )
        for camera in SAMPLE_CAMERAS
    ]  # fmt: skip


def test_the_town_is_the_same_every_time(town: Basemap) -> None:
    again = sample_basemap()
    for kind, features in town.features.items():
        assert again.features[kind].names == features.names
        assert shapely.equals_exact(again.features[kind].shapes, features.shapes, 0.0).all()


def test_houses_fill_the_town_and_stand_on_no_road_and_not_in_the_river(town: Basemap) -> None:
    houses = np.concatenate(
        (
            town.features[GroundKind.BUILDING].shapes,
            town.features[GroundKind.LANDMARK_BUILDING].shapes,
        )
    )
    assert len(houses) > 3000
    assert shapely.is_valid(houses).all()
    tree = shapely.STRtree(houses)
    half_widths = {GroundKind.ROAD_1: 6.0, GroundKind.ROAD_2: 5.0, GroundKind.ROAD_3: 4.0}
    for kind, half_m in half_widths.items():
        roadway = shapely.buffer(town.features[kind].shapes, half_m)
        assert tree.query(roadway, predicate="intersects").size == 0
    water = town.features[GroundKind.WATER].shapes
    assert tree.query(water, predicate="intersects").size == 0
    pairs = tree.query(houses, predicate="overlaps")
    assert pairs.size == 0


def test_the_pictures_roads_and_the_river_are_named(town: Basemap) -> None:
    names = {name for features in town.features.values() for name in features.names}
    assert {"ถนนสำราญชายโขง", "ถนนวิวิธสุรการ", "ถนนสองนางสถิตย์", "แม่น้ำโขง"} <= names


def test_it_is_written_quickly_and_read_back_marked_as_a_sample(tmp_path: Path) -> None:
    begun = time.perf_counter()
    path = write_sample_basemap(tmp_path)
    took_s = time.perf_counter() - begun
    assert path.name == "sample.gpkg"
    assert took_s < 3.0  # measured: 0.3 s; the bound is wide because machines are shared
    read = read_basemaps(tmp_path, EPSG)
    assert read.sample
    assert "ไม่ใช่แนวเขตจริง" in read.attribution
    assert len(read.walls.segments) == len(sample_basemap().walls.segments)


def test_four_cameras_see_the_markets_gate_3_and_the_others_do_not(town: Basemap) -> None:
    found = who_sees(*GRID.point_to_metres(GATE_3), views(), town.walls)
    assert [one.camera_id for one in found if one.visible] == ["C01", "C03", "C04", "C02"]
    distances = {one.camera_id: one.distance_m for one in found}
    pictured = {"C01": 39, "C02": 108, "C03": 75, "C04": 95}  # as the screens show them
    for camera_id, distance_m in pictured.items():
        assert distances[camera_id] == pytest.approx(distance_m, abs=2)


def test_no_camera_stands_inside_a_house_or_in_the_river(town: Basemap) -> None:
    solid = (GroundKind.BUILDING, GroundKind.LANDMARK_BUILDING, GroundKind.WATER)
    for view in views():
        for kind in solid:
            shapes = town.features[kind].shapes
            assert not shapely.intersects_xy(shapes, view.east_m, view.north_m).any(), view


def test_one_community_is_whole_in_the_zone_and_two_in_part() -> None:
    found = areas()
    shares = {
        name: share_inside(found[name], found["zone-1"], GRID)
        for name in ("community-1", "community-2", "community-3")
    }
    assert shares["community-1"] == pytest.approx(1.0, abs=1e-9)
    assert shares["community-2"] == pytest.approx(0.25, abs=0.02)
    assert shares["community-3"] == pytest.approx(0.18, abs=0.02)


def test_gate_3_lies_in_the_zone_its_community_beat_2_and_the_tambon() -> None:
    found = AreaIndex(areas().values()).containing(GATE_3)
    names = {kind: [area.name_th for area in inside] for kind, inside in found.items()}
    assert {kind: told for kind, told in names.items() if told} == {
        AreaKind.ZONE: ["เขตปลอดภัยเมืองมุกดาหาร"],
        AreaKind.COMMUNITY: ["ชุมชนศรีมงคลยอดแก้ว"],
        AreaKind.BEAT: ["เขตตรวจ 2"],
        AreaKind.TAMBON: ["ต.มุกดาหาร"],
    }


def test_beats_cover_the_zone_without_overlap() -> None:
    found = areas()
    beats = [area.shape for area in found.values() if area.kind is AreaKind.BEAT]
    assert len(beats) == 4
    together = shapely.union_all(beats)
    assert together.buffer(1e-6).contains(found["zone-1"].shape)
    assert together.area == pytest.approx(sum(beat.area for beat in beats), rel=1e-6)


def test_everything_invented_is_marked() -> None:
    assert all(fact.sample and "ตัวอย่าง" in fact.reason for fact in sample_areas())
    assert all(place.sample for place in sample_places())
    assert all("ตัวอย่าง" in camera.owner for camera in SAMPLE_CAMERAS)


def test_the_gazetteer_knows_the_market_and_every_place_lies_in_the_tambon() -> None:
    places = sample_places()
    assert len({place.id for place in places}) == len(places) >= 25
    tambon = areas()["tambon-490101"].shape
    for place in places:
        PlaceNamed(place)
        assert shapely.intersects_xy(tambon, place.at.lon_deg, place.at.lat_deg), place.name_th
    best = Gazetteer(places).search("ตลาดอินโดจีน ประตู 3")[0]
    assert best.place.at.lat_deg == pytest.approx(GATE_3.lat_deg, abs=1e-7)
