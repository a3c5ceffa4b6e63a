"""The camera register: ids never given twice, what is refused and why, what the ground answers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from app.cameras.camera import (
    Camera,
    CameraChanged,
    CameraRegistered,
    CameraRemoved,
    camera_from,
)
from app.cameras.ground import Ground
from app.cameras.likeness import Likeness, Likenesses
from app.cameras.register import cameras, change, next_camera_id, register, remove
from app.cameras.register_history import cameras_as_of
from app.errors import KnownError
from app.geo.areas import Area, AreaKind
from app.geo.coordinates import LatLon
from app.geo.drawn_walls import DrawnWall
from app.geo.projection import Projection
from app.log import Log
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, PROGRAM, a_station_log

PLACE = LatLon(16.5429, 104.7262)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        yield log


def a_camera(id_: str = "", **changes: Any) -> Camera:
    values: dict[str, Any] = {
        "name": "ตลาดอินโดจีน ประตู 3",
        "main_url": "rtsp://192.168.1.20:554/main",
        "sub_url": "rtsp://192.168.1.20:554/sub",
        "lat_deg": PLACE.lat_deg,
        "lon_deg": PLACE.lon_deg,
        "username": "viewer",
    }
    return Camera(id_, **{**values, **changes})


def add(log: Log, **changes: Any) -> str:
    """One more; all of them have the same stream, as nothing here looks at one."""
    camera = a_camera(**changes)
    return register(log, camera, actor=ADMINISTRATOR, confirmed=True).result()[0].subject


def in_use(log: Log) -> list[Camera]:
    with log.reading() as db:
        return cameras(db)


def next_id(log: Log) -> str:
    with log.reading() as db:
        return next_camera_id(db)


def test_cameras_get_the_next_id_and_stand_as_registered(log: Log) -> None:
    assert [add(log, name=name) for name in ("ก", "ข")] == ["C01", "C02"]
    assert in_use(log) == [a_camera("C01", name="ก"), a_camera("C02", name="ข")]
    assert next_id(log) == "C03"


def test_the_id_of_a_removed_camera_is_never_given_again(log: Log) -> None:
    add(log)
    add(log)
    log.append(CameraRemoved("C02", "เลิกใช้"), actor=ADMINISTRATOR).result()
    assert [camera.id for camera in in_use(log)] == ["C01"]
    assert add(log) == "C03"


def test_nor_is_the_id_of_one_whose_record_was_erased(log: Log) -> None:
    add(log)
    add(log, owner="นายเจ้าของ")
    log.erase(log.entries_of("C02")[0].id, reason="ขอลบ", actor=ADMINISTRATOR).result()
    assert [camera.id for camera in in_use(log)] == ["C01"]
    assert add(log) == "C03"
    log.append(CameraChanged(a_camera("C02", owner="")), actor=ADMINISTRATOR).result()
    assert [camera.id for camera in in_use(log)] == ["C01", "C02", "C03"]


def test_a_change_replaces_the_record_and_does_not_bring_back_what_was_removed(log: Log) -> None:
    add(log)
    add(log)
    changed = a_camera("C01", name="ประตู 4", bearing_deg=270.0)
    log.append(CameraChanged(changed), actor=ADMINISTRATOR).result()
    assert in_use(log)[0] == changed
    log.append(CameraRemoved("C01", "เลิกใช้"), actor=ADMINISTRATOR).result()
    log.append(CameraChanged(changed), actor=ADMINISTRATOR).result()
    assert [camera.id for camera in in_use(log)] == ["C02"]


def test_the_hundredth_camera_stands_after_the_ninety_ninth(log: Log) -> None:
    futures = [register(log, a_camera(), actor=PROGRAM, confirmed=True) for _ in range(101)]
    futures[-1].result()
    assert [camera.id for camera in in_use(log)][-3:] == ["C99", "C100", "C101"]


def test_a_duty_officer_registers_no_camera(log: Log) -> None:
    head = log.head()
    with pytest.raises(KnownError) as refused:
        register(log, a_camera(), actor=OFFICER).result()
    assert "ไม่อนุญาตให้ลงทะเบียนกล้อง" in explain(refused.value, Language.THAI)
    assert log.head() == head


@pytest.mark.parametrize(
    ("wrong", "says", "do"),
    [
        ({"name": " "}, "ยังไม่ได้ใส่ชื่อกล้อง", "พิมพ์ชื่อกล้อง"),
        ({"main_url": ""}, "ยังไม่ได้ใส่ที่อยู่กล้อง", "พิมพ์ที่อยู่ของภาพหลัก (main)"),
        ({"main_url": "gopher://x/1"}, "ที่อยู่กล้องขึ้นต้นด้วย “gopher://” ไม่ได้", "rtsp://"),
        ({"sub_url": "192.168.1.20"}, "ข้อความนี้ไม่ใช่ที่อยู่ของกล้อง", "rtsp://192.168.1.20"),
        ({"main_url": "rtsp://a:b@h/1"}, "ที่อยู่กล้องในทะเบียนต้องไม่มี", "กรอกในช่องชื่อผู้ใช้"),
        ({"sub_url": "rtsp://a@h/1"}, "ที่อยู่กล้องในทะเบียนต้องไม่มี", "กรอกในช่องชื่อผู้ใช้"),
        ({"bearing_deg": 360.0}, "ทิศที่กล้องหันของกล้องเป็น 360 ไม่ได้", "ตั้งแต่ 0 ถึง 359"),
        ({"bearing_deg": -1.0}, "ทิศที่กล้องหันของกล้องเป็น -1 ไม่ได้", "ตั้งแต่ 0 ถึง 359"),
        ({"bearing_deg": math.nan}, "ทิศที่กล้องหันของกล้องเป็น nan ไม่ได้", "ตั้งแต่ 0 ถึง 359"),
        ({"field_of_view_deg": 0.5}, "มุมมองภาพของกล้องเป็น 0.5 ไม่ได้", "ตั้งแต่ 1 ถึง 360"),
        ({"range_m": 2000.5}, "ระยะมองเห็นของกล้องเป็น 2000.5 ไม่ได้", "ตั้งแต่ 1 ถึง 2000"),
        ({"range_m": math.inf}, "ระยะมองเห็นของกล้องเป็น inf ไม่ได้", "ตั้งแต่ 1 ถึง 2000"),
        ({"lat_deg": 48.8566}, "จุด 48.85660, 104.72620 อยู่นอกประเทศไทย", "สลับละติจูด"),
        ({"lon_deg": math.nan}, "อยู่นอกประเทศไทย", "สลับละติจูด"),
        ({"retention_days": -1}, "-1 ไม่ได้", "ตั้งแต่ 0 ถึง 3650"),
        ({"checked_on": "22/11/2569"}, "“22/11/2569” ไม่ใช่วันที่", "“22/11/2569”"),
    ],
)
def test_a_camera_that_cannot_be_says_what_is_wrong_and_changes_nothing(
    log: Log, wrong: dict[str, Any], says: str, do: str
) -> None:
    head = log.head()
    with pytest.raises(KnownError) as refused:
        register(log, a_camera(**wrong), actor=ADMINISTRATOR)
    thai = explain(refused.value, Language.THAI).splitlines()
    assert says in thai[0]
    assert do in thai[-1]
    assert "b@h" not in explain(refused.value, Language.ENGLISH)
    assert log.head() == head


@pytest.mark.parametrize(
    "right",
    [
        {"bearing_deg": 0.0, "field_of_view_deg": 360.0, "range_m": 2000.0},
        {"bearing_deg": 359.9, "field_of_view_deg": 1.0, "range_m": 1.0, "sub_url": ""},
    ],
)
def test_the_ends_of_each_range_are_allowed(right: dict[str, Any]) -> None:
    assert a_camera(**right).checked() == a_camera(**right)


def test_a_tile_shows_the_sub_stream_or_the_main_one() -> None:
    assert a_camera().wall_url == "rtsp://192.168.1.20:554/sub"
    assert a_camera(sub_url="").wall_url == "rtsp://192.168.1.20:554/main"


def test_a_record_of_a_newer_program_is_read_and_one_of_an_older_too() -> None:
    record = asdict(a_camera("C07"))
    assert camera_from({**record, "lens_mm": 4, "consent": {"at": "2026"}}) == a_camera("C07")
    survey = ("maker", "model", "contact", "retention_days", "consent_on", "notice_sign")
    for newer in ("range_m", "owner", "username", "sample", "field_of_view_deg", *survey):
        record.pop(newer)
    assert camera_from(record) == replace(a_camera("C07"), username="")


@pytest.mark.parametrize(
    "url",
    ["rtsp://h/live?user=admin&password=geheim", "rtsp://h/user=admin_password=geheim_channel=1"],
)
def test_no_password_gets_onto_the_register_in_the_last_part_of_an_address(url: str) -> None:
    with pytest.raises(KnownError) as refused:
        a_camera(main_url=url).checked()
    assert "geheim" not in explain(refused.value, Language.ENGLISH)
    assert "holds a password" in explain(refused.value, Language.ENGLISH)


def test_all_that_is_wrong_with_a_camera_is_named_field_by_field() -> None:
    wrong = a_camera(name="", sub_url="x", lat_deg=90.0, bearing_deg=400.0, consent_on="พรุ่งนี้")
    assert [fault.field for fault in wrong.faults()] == [
        "name", "sub_url", "lat_deg", "bearing_deg", "consent_on",
    ]  # fmt: skip
    assert list(a_camera(consent_on="2026-11-22", retention_days=30).faults()) == []


# Changing and removing


def test_a_changed_camera_stands_as_it_was_changed(log: Log) -> None:
    add(log)
    changed = a_camera("C01", name="ประตู 4", bearing_deg=270.0)
    (entry,) = change(log, changed, actor=ADMINISTRATOR).result()
    assert (entry.kind, entry.subject) == ("camera_changed", "C01")
    assert camera_from(entry.data()) == changed  # the whole record, not only what differs
    assert in_use(log) == [changed]


def test_a_change_that_changes_nothing_is_no_entry(log: Log) -> None:
    add(log)
    head = log.head()
    assert change(log, a_camera("C01"), actor=ADMINISTRATOR).result() == ()
    assert log.head() == head


def test_a_removed_camera_is_gone_and_the_reason_stays(log: Log) -> None:
    add(log)
    (entry,) = remove(log, "C01", "  ย้ายไปที่อื่น ", actor=ADMINISTRATOR).result()
    assert entry.data() == {"reason": "ย้ายไปที่อื่น"}
    assert in_use(log) == []


def test_what_is_not_on_the_register_is_neither_changed_nor_removed(log: Log) -> None:
    add(log)
    add(log, name="ข")
    remove(log, "C02", "เลิกใช้", actor=ADMINISTRATOR).result()
    head = log.head()
    for id_ in ("C02", "C77", ""):
        with pytest.raises(KnownError, match="no camera"):
            change(log, a_camera(id_), actor=ADMINISTRATOR).result()
        with pytest.raises(KnownError, match="no camera"):
            remove(log, id_, "เลิกใช้", actor=ADMINISTRATOR).result()
    with pytest.raises(KnownError, match="without a reason"):
        remove(log, "C01", " \n", actor=ADMINISTRATOR)
    with pytest.raises(KnownError, match="no name"):
        change(log, a_camera("C01", name=""), actor=ADMINISTRATOR)
    assert log.head() == head


def test_a_stream_that_is_on_the_register_is_not_added_twice_unless_somebody_says_so(
    log: Log,
) -> None:
    add(log)
    add(log, name="ข", main_url="rtsp://192.168.1.21/main", sub_url="")
    head = log.head()
    again = a_camera(name="อื่น", main_url="rtsp://192.168.1.20/sub/", sub_url="", lat_deg=16.6)
    with pytest.raises(KnownError) as refused:
        register(log, again, actor=ADMINISTRATOR).result()
    assert "C01 ตลาดอินโดจีน ประตู 3" in explain(refused.value, Language.ENGLISH)
    with pytest.raises(KnownError, match="same address"):
        change(log, replace(again, id="C02"), actor=ADMINISTRATOR).result()
    assert log.head() == head
    assert register(log, again, actor=ADMINISTRATOR, confirmed=True).result()[0].subject == "C03"
    changed = replace(again, id="C02")
    assert change(log, changed, actor=ADMINISTRATOR, confirmed=True).result()[0].subject == "C02"


def test_a_camera_is_told_from_what_is_only_like_it() -> None:
    here = a_camera("C01", bearing_deg=350.0, sub_url="")
    known = Likenesses([here])

    def likenesses(**changes: Any) -> set[Likeness]:
        values = {"name": "อื่น", "main_url": "rtsp://10.0.0.9/1", "sub_url": "", **changes}
        values = {"lat_deg": 16.55, **values}
        return {twin.likeness for twin in known.twins(a_camera("", **values))}

    half_a_metre = {"lat_deg": PLACE.lat_deg + 0.5 / 111_320}
    two_metres = {"lat_deg": PLACE.lat_deg + 2.0 / 111_320}
    assert likenesses() == set()
    assert likenesses(name=" ตลาดอินโดจีน  ประตู ๓") == {Likeness.NAME}
    assert likenesses(sub_url="rtsps://192.168.1.20:554/main/") == {Likeness.ADDRESS}
    assert likenesses(main_url="rtsp://192.168.1.20:555/main") == set()
    assert likenesses(main_url="rtsp://192.168.1.20/main?channel=2") == set()
    assert likenesses(**half_a_metre, bearing_deg=4.0) == {Likeness.PLACE}
    assert likenesses(**half_a_metre, bearing_deg=170.0) == set()
    assert likenesses(**two_metres, bearing_deg=350.0) == set()
    assert known.twins(here) == known.twins(replace(here, name="ชื่อใหม่")) == ()


# The ground


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground(Projection())


def offset(east_m: float, north_m: float) -> LatLon:
    """A place so many metres away from the camera's."""
    grid = Projection()
    east, north = grid.point_to_metres(PLACE)
    return grid.point_to_degrees(east + east_m, north + north_m)


def test_a_camera_sees_what_lies_before_it_and_within_its_range(ground: Ground) -> None:
    north = a_camera("C01", bearing_deg=0.0, field_of_view_deg=60.0, range_m=50.0)
    east = a_camera("C02", bearing_deg=90.0, field_of_view_deg=60.0, range_m=50.0)
    ground.set_cameras([north, east])

    def seen_at(east_m: float, north_m: float) -> list[str]:
        return [one.camera_id for one in ground.who_sees(offset(east_m, north_m))]

    assert seen_at(0, 30) == ["C01"]
    assert seen_at(30, 0) == ["C02"]
    assert seen_at(0, 60) == seen_at(0, -30) == []
    assert ground.cameras == (north, east)
    ground.set_cameras([])
    assert seen_at(0, 30) == []


def test_the_field_of_view_is_a_sector_as_long_as_the_range(ground: Ground) -> None:
    ground.set_cameras([a_camera("C01", bearing_deg=90.0, field_of_view_deg=60.0, range_m=40.0)])
    at = np.array(Projection().point_to_metres(PLACE))
    sector = shapely.Polygon(ground.field_of_view("C01"))
    assert sector.area == pytest.approx(math.pi * 40**2 * 60 / 360, rel=0.01)
    assert sector.covers(shapely.Point(at + (35, 0)))
    assert not sector.intersects(shapely.Point(at - (5, 0)))
    with pytest.raises(KeyError):
        ground.field_of_view("C99")


def test_distances_are_metres_on_the_ground(ground: Ground) -> None:
    assert ground.distance_m(PLACE, PLACE) == 0.0
    assert ground.distance_m(PLACE, offset(300, 400)) == pytest.approx(500.0, abs=1e-6)
    assert ground.distance_m(offset(300, 400), PLACE) == pytest.approx(500.0, abs=1e-6)


def test_a_place_lies_in_the_areas_that_hold_it(ground: Ground) -> None:
    lat, lon = PLACE.lat_deg, PLACE.lon_deg
    shape = shapely.box(lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001)
    zone = Area("zone-1", AreaKind.ZONE, "เขตปลอดภัย", "", shape, "console-1:1")
    ground.set_areas([zone])
    assert ground.areas_at(PLACE)[AreaKind.ZONE] == (zone,)
    assert ground.areas_at(PLACE)[AreaKind.BEAT] == ()
    assert ground.areas_at(offset(500, 0))[AreaKind.ZONE] == ()
    assert ground.areas == (zone,)


def test_a_map_of_june_shows_junes_cameras(log: Log) -> None:
    hours = [MORNING + timedelta(hours=hour) for hour in range(5)]
    first, second = a_camera("C01"), a_camera("C02", main_url="rtsp://192.168.1.21:554/main")
    turned = replace(first, bearing_deg=200.0)
    for fact, at in (
        (CameraRegistered(first), hours[0]),
        (CameraRegistered(second), hours[1]),
        (CameraChanged(turned), hours[2]),
        (CameraRemoved("C02", "รื้อถอน"), hours[3]),
    ):
        log.append(fact, actor=ADMINISTRATOR, at=at).result()
    with log.reading() as db:
        stood = [cameras_as_of(db, at) for at in (hours[0] - timedelta(seconds=1), *hours)]
        assert stood[-1] == cameras(db)
    assert stood == [[], [first], [first, second], [turned, second], [turned], [turned]]


def test_the_ground_says_how_a_zone_is_watched() -> None:
    ground = Ground(Projection())
    zone = Area(
        "zone-1", AreaKind.ZONE, "เขต", "", shapely.box(104.725, 16.542, 104.727, 16.544), "v"
    )
    pond = shapely.box(104.725, 16.542, 104.7255, 16.544)
    ground.set_areas([zone, Area("no_go-1", AreaKind.NO_GO, "บึง", "", pond, "v")])
    eye = a_camera("C01", lat_deg=16.543, lon_deg=104.7262, field_of_view_deg=360.0)
    ground.set_cameras([eye])
    whole = ground.for_coverage(zone).answer()
    assert whole.coverage.seen_m2 == pytest.approx(math.pi * eye.range_m**2, rel=0.01)
    surface = 221.4 * 213.5  # 0.002° each way at this latitude on the ellipsoid, in metres
    assert whole.coverage.ground_m2 == pytest.approx(surface * 0.75, rel=0.01)
    other = replace(eye, id="", lon_deg=104.7266)
    assert whole.gain(ground.field_of_view_if(other)).new_m2 > 1_000
    fence = DrawnWall("wall-1", (LatLon(16.54312, 104.725), LatLon(16.54312, 104.728)))
    ground.set_drawn_walls([fence])
    assert ground.who_sees(LatLon(16.5433, 104.7262)) == []
    cut = ground.for_coverage(zone).answer().coverage.seen_m2
    assert cut < whole.coverage.seen_m2 * 0.8
