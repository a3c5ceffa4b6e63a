"""What the summary of a day says of the log, before it is set."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.clock import ScriptedClock
from app.incidents import workflow
from app.incidents.endings import join
from app.incidents.incident import AreaFound, Ending
from app.log import Log
from app.sheets.summary_sheet import SummaryOptions, summary_sheet
from tests.incidents.test_workflow import arrive, close, send
from tests.station.places import profile
from tests.station_log import MORNING, OFFICER, a_station_log, form_units, take

DAY = date(2026, 11, 22)
ZONE = AreaFound("zone", "zone-1", "เขตปลอดภัยเมืองมุกดาหาร", "console-1:1")


def data(log: Log, clock: ScriptedClock, **choice: Any) -> dict[str, Any]:
    with log.reading() as db:
        sheet = summary_sheet(db, profile(), SummaryOptions(DAY, **choice), clock.now())
    return dict(sheet.data)


def test_a_day_is_told_in_figures_and_one_by_one(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        form_units(log, 1)
        reached = take(log, clock, areas=(ZONE,))
        other = take(log, clock, lat_deg=None, lon_deg=None)
        same = take(log, clock)
        send(1)(log, reached.id).result()
        clock.advance(306)
        arrive(log, reached.id).result()
        close(log, reached.id).result()
        join(log, same.id, other.id, Ending.DUPLICATE, actor=OFFICER).result()
        said = data(log, clock)
    assert said["heading"] == "สรุปเหตุประจำวัน"
    assert said["period"] == "วันอาทิตย์ที่ 22 พฤศจิกายน พ.ศ. 2569"
    assert said["until"] == "22 พ.ย. 2569 10:51 น."  # the day is not over
    counts = said["counts"]
    assert (counts["counted"], counts["joined"], counts["closed"], counts["open"]) == (2, 1, 1, 1)
    assert counts["arrests"] == 1
    assert said["categories"] == [
        {"group": "กลุ่ม 2 ทรัพย์", "name": "วิ่งราวทรัพย์", "count": 2, "arrests": 1}
    ]
    assert [(one["name"], one["count"]) for one in said["zone"]] == [
        ("เขตปลอดภัยเมืองมุกดาหาร", 1),
        ("ไม่ทราบพิกัด", 1),
    ]
    assert said["scene"]["all"]["median"] == "05:06"
    assert said["scene"]["target_min"] == 15
    lines = {line["number"]: line for line in said["incidents"]}
    assert lines[reached.number]["to_scene"] == "05:06"
    assert lines[reached.number]["arrest"] and lines[reached.number]["result"] == "จับกุมได้"
    assert lines[same.number]["stage"] == "เหตุซ้ำ" or lines[same.number]["stage"]
    assert lines[same.number]["result"] == f"รวมกับ {other.number}"


def test_who_asked_to_stay_unnamed_is_not_in_the_days_list(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        one = take(log, clock, caller="นายแดง ใจกล้า", caller_phone="0899999999",
                   caller_unnamed=True, place="บ้านนายแดง ใจกล้า")  # fmt: skip
        result = "โทรแจ้งผลนายแดง ใจกล้า 0899999999 แล้ว"
        workflow.close(log, one.id, result=result, actor=OFFICER).result()
        line = data(log, clock)["incidents"][0]
    assert line["place"] == "บ้าน[ปกปิด]" and line["result"] == "โทรแจ้งผล[ปกปิด] [ปกปิด] แล้ว"


def test_a_day_that_is_over_says_no_until(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        take(log, clock)
        clock.advance(timedelta(days=1).total_seconds())
        assert data(log, clock)["until"] == ""
        assert data(log, clock, with_list=False)["incidents"] == []


def test_a_month_has_its_days(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        take(log, clock)
        said = data(log, clock, is_month=True)
    assert said["period_short"] == "พ.ย. 2569"
    assert len(said["days"]) == 30
    assert said["days"][21] == {"label": "22", "count": 1, "is_weekend": True}
