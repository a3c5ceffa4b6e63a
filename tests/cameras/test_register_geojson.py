"""Cameras as GeoJSON, both ways, and through the same plan as the CSV file."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cameras.camera import Camera
from app.cameras.register import cameras, register
from app.cameras.register_geojson import read_register_geojson, write_register_geojson
from app.cameras.register_import import (
    Effect,
    export_register_geojson,
    import_register,
    plan_import,
)
from app.errors import KnownError
from tests.station_log import ADMINISTRATOR, a_station_log

WHOLE = Camera(
    "C01", "=ตลาด +1", "rtsp://192.168.1.20:554/main", "rtsp://192.168.1.20:554/sub",
    16.54291234567, 104.72621234567, 271.5, 88.25, 45.0, "@เจ้าของ", "viewer", True, "ยี่ห้อ", "รุ่น",
    "-081 234 5678", 30, "2026-01-05", True, "2026-06-30", 18.5, True,
)  # fmt: skip


def test_no_field_of_a_camera_is_left_out_here() -> None:
    usual = Camera("", "", "", "", 0.0, 0.0)
    unset = [
        one.name for one in fields(Camera) if getattr(WHOLE, one.name) == getattr(usual, one.name)
    ]
    assert unset == []


def test_a_camera_comes_back_with_every_field() -> None:
    other = Camera("C02", "ท่าเรือ", "rtsp://192.168.1.21:554/main", "", 16.5, 104.7)
    file = read_register_geojson(write_register_geojson([WHOLE, other], "© ตัวอย่าง"))
    assert [row.camera for row in file.rows] == [WHOLE, other]
    assert file.troubles == file.unknown_heads == ()


def test_a_file_goes_through_the_same_plan_as_a_table(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        register(log, WHOLE, actor=ADMINISTRATOR).result()
        data = export_register_geojson(log, actor=ADMINISTRATOR)
        found = json.loads(data)
        found["features"][0]["properties"]["bearing_deg"] = 90
        new = json.loads(json.dumps(found["features"][0]))
        new["properties"] |= {"id": None, "main_url": "rtsp://192.168.1.30/main", "sub_url": ""}
        found["features"].append(new)
        plan = plan_import(log, json.dumps(found).encode(), date(2026, 11, 22))
        assert [row.effect for row in plan.rows] == [Effect.CHANGES, Effect.ADDS]
        import_register(
            log, [row.row for row in plan.rows], actor=ADMINISTRATOR, confirmed=True,
            keep_password=lambda camera_id, password: None,
        )  # fmt: skip
        with log.reading() as db:
            first, second = cameras(db)
    assert first == replace(WHOLE, bearing_deg=90.0)
    assert (second.id, second.main_url) == ("C02", "rtsp://192.168.1.30/main")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"retention_days": 1.5}, "is not a number"),
        ({"range_m": "far"}, "is not a number"),
        ({"range_m": float("nan")}, "is not a number"),
        ({"range_m": 1e300}, "is not a number"),
        ({"range_m": True}, "is not a number"),
        ({"indoor": "maybe"}, "neither yes nor no"),
        ({"name": ["x"]}, "is not a text"),
        ({"name": ""}, "no name"),
        ({"main_url": "rtsp://admin:secret@h/1"}, "may not hold a user name"),
        ({"night_range_m": 9000}, "range at night cannot be"),
    ],
)
def test_what_is_wrong_is_said_with_its_feature_and_field(
    changes: dict[str, Any], said: str
) -> None:
    found = json.loads(write_register_geojson([WHOLE]))
    found["features"][0]["properties"] |= changes
    file = read_register_geojson(json.dumps(found).encode())
    assert file.rows == ()
    [trouble] = file.troubles
    assert trouble.row == 1
    assert said in trouble.sentence.english()


def test_a_camera_without_a_place_is_said() -> None:
    found = json.loads(write_register_geojson([WHOLE]))
    found["features"][0]["geometry"] = None
    [trouble] = read_register_geojson(json.dumps(found).encode()).troubles
    assert "no place" in trouble.sentence.english()
    with pytest.raises(KnownError, match="not GeoJSON"):
        read_register_geojson(b"{}")
