"""The sample station's radio codes, its reserves, and what units said this shift. All invented.

The codes are marked ตัวอย่าง: every station sets its own table, and none here is official.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.demo.ninety_days import Dated
from app.demo.people import UNITS
from app.demo.town.plan import place
from app.duty.radio_codes import RadioCode
from app.duty.shifts import DEFAULT_SHIFTS, shift_at
from app.duty.unit_facts import UnitCheckedIn, UnitCrewed
from app.duty.units import Unit, UnitKind, UnitState
from app.log import Fact

RADIO_CODES = (
    RadioCode("ว.0", "ขอรับคำสั่ง", sample=True),
    RadioCode("ว.4", "ปฏิบัติหน้าที่", sample=True),
    RadioCode("ว.10", "พร้อมรับคำสั่ง เหตุการณ์ปกติ", UnitState.FREE, sample=True),
    RadioCode("ว.14", "พักการปฏิบัติหน้าที่", UnitState.RESTING, sample=True),
    RadioCode("ว.21", "ออกเดินทาง", UnitState.ON_THE_WAY, sample=True),
    RadioCode("ว.22", "ถึงที่หมาย", UnitState.ON_SCENE, sample=True),
    RadioCode("ว.40", "อุบัติเหตุ", sample=True),
)


def _reserve(
    number: int, beat: str, members: tuple[str, ...], along: float, north: float, vehicle: str = ""
) -> Unit:
    at = place(along, north)
    state = UnitState.FREE if members else UnitState.OFF_DUTY
    return Unit(
        f"unit-{number}", f"มุกดา {number}", UnitKind.PATROL, beat, members,
        at.lat_deg, at.lon_deg, state, vehicle=vehicle,
    )  # fmt: skip


RESERVES = (
    _reserve(22, "เขตตรวจ 2", ("จ.ส.ต.อำนาจ (ตัวอย่าง)", "ส.ต.ท.ปรีชา (ตัวอย่าง)"), -60, 40,
             "จยย. 2 คัน"),
    _reserve(24, "เขตตรวจ 4", ("ด.ต.ไพศาล (ตัวอย่าง)",), -420, -260, "รถยนต์ โล่ 24"),
    _reserve(26, "เขตตรวจ 3", (), -480, 120),
    _reserve(28, "เขตตรวจ 1", ("ส.ต.อ.วิชัย (ตัวอย่าง)",), -250, 260, "จยย. 1 คัน"),
)  # fmt: skip
"""Formed beside the units of the ninety days, to whom nothing was invented."""

_SILENT = "unit-24"
_CREW_BEFORE = ("ส.ต.อ.บุญมี (ตัวอย่าง)",)
_HANDING_OVER = timedelta(minutes=2)
_SAID: tuple[tuple[float, UnitCheckedIn], ...] = (
    (75, UnitCheckedIn(_SILENT, "ว.4 (ปฏิบัติหน้าที่)", "ว.4", place="ถ.พิทักษ์พนมเขต")),
    (38, UnitCheckedIn("unit-23", "ว.10 (พร้อมรับคำสั่ง เหตุการณ์ปกติ)", "ว.10", "free")),
    (25, UnitCheckedIn("unit-25", "ยังรอกู้ภัย")),
    (22, UnitCheckedIn("unit-12")),
    (18, UnitCheckedIn("unit-t2", "ว.4 (ปฏิบัติหน้าที่)", "ว.4", place="แยกวิวิธสุรการ")),
    (15, UnitCheckedIn("unit-28", "ว.14 (พักการปฏิบัติหน้าที่)", "ว.14", "resting")),
    (5, UnitCheckedIn("unit-22", "ว.10 (พร้อมรับคำสั่ง เหตุการณ์ปกติ)", "ว.10", "free",
                      "หน้าตลาดอินโดจีน")),
)  # fmt: skip


def reports_of(now: datetime) -> list[Dated]:
    """Crews of the shift, and what units said; one has kept its crew and been silent since.

    Crews change with the shift, so nobody has been free for longer than that.
    """
    shift = shift_at(now)
    before = DEFAULT_SHIFTS.before(shift)
    crews: list[Dated] = []
    for unit in (*UNITS, *RESERVES):
        if unit.id == _SILENT:
            crews += _on_duty(unit.id, unit.members, unit.vehicle, before.starts_at)
        elif unit.members:
            crews += _on_duty(unit.id, unit.members, unit.vehicle, shift.starts_at)
        else:
            crews += _on_duty(unit.id, _CREW_BEFORE, unit.vehicle, before.starts_at)
            crews.append(Dated(shift.starts_at, UnitCrewed(unit.id, ()), 2))
    said: list[tuple[float, Fact]] = list(_SAID)
    return crews + [Dated(now - timedelta(minutes=ago), fact, 2) for ago, fact in said]


def _on_duty(
    unit_id: str, members: tuple[str, ...], vehicle: str, began: datetime
) -> Iterator[Dated]:
    """The crew before goes home, this one rides."""
    yield Dated(began - _HANDING_OVER, UnitCrewed(unit_id, ()), 2)
    yield Dated(began, UnitCrewed(unit_id, members, vehicle), 2)
