"""One closed incident that has all that an incident's sheet can show, with two drawn stills.

Invented, as everything here: names, plates and pictures are marked ตัวอย่าง.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from app.clock import to_stored
from app.demo.ninety_days import Dated, InventedDays
from app.demo.people import UNITS
from app.demo.town.plan import place
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.units import Unit
from app.incidents.categories import Channel, Priority
from app.incidents.incident import IncidentClosed, IncidentReported, NoteAdded, Report
from app.incidents.snapshots import SnapshotTaken, StillRecord
from app.log import Fact
from app.thai.plates import plate_words

_PICTURES = Path(__file__).resolve().parents[2] / "resources" / "demo"
_STILLS = (("C01", -46.0), ("C03", -38.3))
"""Which camera, and how many seconds after the report its picture was taken."""
_AGO_MIN = 205.0  # before the oldest of the open ones: numbers follow the times
_UNITS = {unit.id: unit for unit in UNITS}
_VEHICLES = "จยย. ฮอนด้าเวฟ สีแดง ไม่ติดแผ่นป้ายทะเบียน"
_NARRATIVE = (
    "ขณะผู้เสียหายเดินออกจากตลาดอินโดจีน ประตู 3 มีชายไม่ทราบชื่อขับขี่รถจักรยานยนต์ สีแดง ไม่ติดแผ่นป้ายทะเบียน"
    " เข้ามาทางด้านหลัง กระชากกระเป๋าสะพายสีน้ำตาลไปจากไหล่ซ้าย แล้วขับหลบหนีไปตามถนนสำราญชายโขงมุ่งหน้าทิศใต้"
    " ผู้เสียหายไม่ได้รับบาดเจ็บ ทรัพย์ที่ถูกประทุษร้าย ได้แก่ โทรศัพท์เคลื่อนที่ 1 เครื่อง และเงินสด 2,300 บาท (ตัวอย่าง)"
)
_RESULT = "ยึดรถจักรยานยนต์ 1 คันไว้ตรวจพิสูจน์ อยู่ระหว่างติดตามตัวผู้ก่อเหตุ"


def paper_case(days: InventedDays, now: datetime) -> Iterator[list[Dated]]:
    """Its facts, told back from `now`; it takes the number that is next when it is asked for."""
    yield _facts(days, now)


def _facts(days: InventedDays, now: datetime) -> list[Dated]:
    at = now - timedelta(minutes=_AGO_MIN)
    number, year, serial = days.number(at)
    id_ = f"inc-sample-{year}-{serial}"
    report = _report(days, at)
    near, far = _UNITS["unit-21"], _UNITS["unit-25"]
    told: list[tuple[float, Fact]] = [
        (0, IncidentReported(id_, number, year, serial, report)),
        (38, NoteAdded(id_, "แจ้งสกัดทุกจุดตรวจ ถนนสำราญชายโขงและทางขึ้นสะพาน")),
        (70, UnitAssigned(id_, near.id, near.call_sign, 640.0, beat=near.beat)),
        (74, UnitAssigned(id_, far.id, far.call_sign, 1480.0, beat=far.beat)),
        (89, UnitOnTheWay(id_, near.id, near.call_sign)),
        (138, UnitOnTheWay(id_, far.id, far.call_sign)),
        (376, _arrived(id_, near, report)),
        (876, _arrived(id_, far, report)),
        (900, NoteAdded(id_, "พบ จยย. ตรงลักษณะจอดทิ้งที่ท่าเรือ",
                        to_stored(at + timedelta(seconds=880)))),
        *((1240 + 4 * nth, _still(id_, at, nth)) for nth in range(len(_STILLS))),
        (2400, UnitReleased(id_, near.id, near.call_sign)),
        (2405, UnitReleased(id_, far.id, far.call_sign)),
        (2410, IncidentClosed(id_, _RESULT, reference="ปจว. 8/2569 (ตัวอย่าง)")),
    ]  # fmt: skip
    return [Dated(at + timedelta(seconds=after_s), fact, 0) for after_s, fact in told]


def write_sample_stills(evidence: Path) -> None:
    """The pictures that the case names, where a station keeps them."""
    for camera_id, _ in _STILLS:
        png = _png(camera_id)
        (evidence / f"{hashlib.sha256(png).hexdigest()}.png").write_bytes(png)


def _report(days: InventedDays, at: datetime) -> Report:
    where = place(2, 1)
    return Report(
        channel=Channel.CALL_191,
        category="23",
        priority=Priority.URGENT,
        place="หน้าตลาดอินโดจีน ประตู 3",
        address="ถนนสำราญชายโขง",
        narrative=_NARRATIVE,
        lat_deg=where.lat_deg,
        lon_deg=where.lon_deg,
        areas=days.areas_at(where),
        happened_from=to_stored(at - timedelta(seconds=124)),
        caller="น.ส.สายฝน (ตัวอย่าง)",
        caller_phone="042-000-000",
        caller_unnamed=True,
        victims="น.ส.สมศรี มีสุข (ตัวอย่าง) อายุ 34 ปี",
        suspects="ชาย สูงประมาณ 170 ซม. เสื้อแขนยาวสีดำ กางเกงยีน หมวกนิรภัยสีแดง",
        vehicles=_VEHICLES,
        plates=plate_words(_VEHICLES),
        daily_log="8/2569",
        sample=True,
    )


def _arrived(id_: str, unit: Unit, report: Report) -> UnitArrived:
    return UnitArrived(id_, unit.id, unit.call_sign, lat_deg=report.lat_deg, lon_deg=report.lon_deg)


def _still(id_: str, at: datetime, nth: int) -> SnapshotTaken:
    camera_id, after_s = _STILLS[nth]
    png = _png(camera_id)
    digest = hashlib.sha256(png).hexdigest()
    width, height = struct.unpack(">II", png[16:24])
    taken = to_stored(at + timedelta(seconds=after_s))
    record = StillRecord(camera_id, taken, digest, len(png), width, height, width, height, 0.1, 0.3)
    return SnapshotTaken(id_, record, f"{digest}.png")


def _png(camera_id: str) -> bytes:
    return (_PICTURES / f"still-{camera_id}.png").read_bytes()
