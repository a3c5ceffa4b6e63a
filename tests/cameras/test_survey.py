"""Who is to be visited next by the survey of cameras, and what each record still lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.cameras.camera import Camera
from app.cameras.survey import Lack, survey, surveyed

TODAY = date(2026, 11, 22)


def a_camera(id_: str = "C01", **changes: Any) -> Camera:
    values: dict[str, Any] = {
        "id": id_, "name": f"กล้อง {id_}", "main_url": "rtsp://192.0.2.1/main", "sub_url": "",
        "lat_deg": 16.5431, "lon_deg": 104.7228, "owner": "ร้านทอง", "contact": "042-000-000",
        "retention_days": 15, "consent_on": "2026-06-24", "notice_sign": True,
        "checked_on": "2026-06-24",
    }  # fmt: skip
    return Camera(**{**values, **changes})


def test_a_camera_is_due_so_many_days_after_somebody_stood_before_it() -> None:
    in_time = surveyed(a_camera(), TODAY, every_days=180)
    assert (in_time.due_on, in_time.late_days, in_time.is_overdue) == (
        date(2026, 12, 21),
        0,
        False,
    )
    on_the_day = surveyed(a_camera(), date(2026, 12, 21), every_days=180)
    assert not on_the_day.is_overdue
    late = surveyed(a_camera(), date(2026, 12, 22), every_days=180)
    assert (late.late_days, late.is_overdue) == (1, True)


def test_the_list_begins_with_those_whom_nobody_ever_visited() -> None:
    never = a_camera("C02", checked_on="")
    late = a_camera("C10", checked_on="2025-01-01")
    soon = a_camera("C01")
    found = survey([soon, late, never], TODAY)
    assert [one.camera.id for one in found] == ["C02", "C10", "C01"]
    assert [one.is_overdue for one in found] == [True, True, False]


def test_what_nobody_wrote_down_is_named() -> None:
    bare = a_camera(owner=" ", contact="", retention_days=0, consent_on="", notice_sign=False)
    assert surveyed(bare, TODAY).lacks == tuple(Lack)
    assert surveyed(a_camera(), TODAY).lacks == ()
