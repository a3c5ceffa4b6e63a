"""The station's ground on paper: who sees the place, and June's zone on June's sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import shapely
from PySide6.QtGui import QFontDatabase

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.cameras.register import register
from app.demo.town.ground import sample_basemap
from app.errors import KnownError
from app.geo.areas import Area, AreaDrawn, AreaKind
from app.geo.coordinates import LatLon
from app.geo.projection import Projection
from app.map.marks import MapLayer
from app.sheets.map_on_paper import LegendMark
from app.thai.fonts import FONT_FILES
from app.ui.paper_maps import area_map, closest_scale, ground_as_of, place_map
from tests.station_log import ADMINISTRATOR, MORNING, a_station_log

PLACE = LatLon(16.5431, 104.7280)
LON, LAT = PLACE.lon_deg, PLACE.lat_deg
CAMERA = Camera(
    id="C01", name="ตลาด ประตู 3", main_url="rtsp://127.0.0.1/1", sub_url="",
    lat_deg=LAT - 0.0003, lon_deg=LON, bearing_deg=0.0, range_m=80.0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _letters(qapp: object) -> None:
    for path in FONT_FILES:
        QFontDatabase.addApplicationFont(str(path))


def zone(half_deg: float) -> Area:
    shape = shapely.box(LON - half_deg, LAT - half_deg, LON + half_deg, LAT + half_deg)
    return Area("zone-1", AreaKind.ZONE, "เขตปลอดภัย", "", shape, "console-1:1", sample=True)


def a_ground() -> Ground:
    ground = Ground(Projection())
    ground.set_areas([zone(0.003)])
    away = replace(CAMERA, id="C02", name="มองไปทางอื่น", bearing_deg=180.0)
    ground.set_cameras([CAMERA, away])
    return ground


def test_the_cameras_that_see_the_place_are_numbered_and_named() -> None:
    drawn = place_map(a_ground(), None, PLACE)
    [camera] = drawn.cameras
    assert (camera.number, camera.camera_id, camera.name) == (1, "C01", "ตลาด ประตู 3")
    assert camera.distance_m == pytest.approx(33.2, abs=0.1)  # 0.0003° of latitude on the ground
    assert drawn.data()["cameras"][0]["distance_m"] == 33
    marks = [line.mark for line in drawn.legend]
    assert {LegendMark.INCIDENT, LegendMark.SEEING, LegendMark.ZONE} <= set(marks)
    assert LegendMark.VIEW not in marks  # only what the numbered cameras see is drawn


def test_the_caller_may_say_who_sees_it() -> None:
    drawn = place_map(a_ground(), None, PLACE, seeing=("C02", "gone", "C01"))
    assert [(one.number, one.camera_id) for one in drawn.cameras] == [(1, "C02"), (3, "C01")]


def test_an_old_incident_gets_the_areas_and_cameras_of_its_day(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        for number, half_deg in enumerate((0.001, 0.004)):
            area = zone(half_deg)
            fact = AreaDrawn(area.id, area.kind, area.name_th, "", area.shape)
            at = MORNING + timedelta(days=30 * number)
            log.append(fact, actor=ADMINISTRATOR, at=at).result(5)
        register(log, CAMERA, actor=ADMINISTRATOR).result(5)
        now = a_ground()
        with log.reading() as db:
            then = ground_as_of(db, MORNING + timedelta(days=1), now)
            before = ground_as_of(db, MORNING - timedelta(days=1), now)
    assert [area.shape.bounds[0] for area in then.areas] == [pytest.approx(LON - 0.001)]
    assert before.areas == now.areas  # nothing was drawn yet: what holds now is better than nothing
    assert place_map(then, None, PLACE).svg != place_map(now, None, PLACE).svg


def test_a_zone_fills_its_sheet_and_no_more() -> None:
    ground = a_ground()
    area = zone(0.0028)  # some 600 × 620 m
    scale = closest_scale(ground, area, 175.0, 178.0)
    assert scale == 4000
    drawn = area_map(ground, None, area, scale=scale, width_mm=175.0, height_mm=178.0)
    assert (drawn.scale, drawn.width_mm) == (4000, pytest.approx(175.0))
    with pytest.raises(KnownError, match=r"does not fit on the sheet, even at 1:10,000"):
        closest_scale(ground, zone(0.02), 175.0, 178.0)


def test_the_whole_sample_town_is_a_small_file() -> None:
    ground, basemap = a_ground(), sample_basemap()
    ground.set_basemap(basemap)
    layers = frozenset(MapLayer)
    drawn = area_map(
        ground, basemap, ground.areas[0], scale=4000, width_mm=300, height_mm=228, layers=layers
    )
    assert len(drawn.svg) < 3_000_000
    assert drawn.sample
