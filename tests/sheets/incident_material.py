"""An incident with everything that its sheet can say, and pictures for it; all in a real log."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np

from app.clock import ScriptedClock
from app.duty.officers import Officer, OfficerEnrolled
from app.duty.unit_facts import UnitCrewed
from app.incidents import dispatch, workflow
from app.incidents.incident import Incident
from app.incidents.late import LateTime
from app.incidents.snapshots import Still, attach_still, keep_still
from app.log import Log, Role
from app.station import Disk, StationFolder
from tests.station_log import OFFICER, PROGRAM, form_units, stands, take

RECEIVER = Officer(OFFICER.id, "ร.ต.ท.ธนา วงศ์คำ", "รอง สว.(ป.)", Role.DUTY_OFFICER)
LEADER = Officer("officer-21", "ด.ต.สมพร แก้วมณี", "ผบ.หมู่ (ป.)", Role.DUTY_OFFICER)
CHECKER = Officer("officer-01", "พ.ต.ท.วิทยา คำภา", "สวป.", Role.SUPERVISOR)
CALLER, PHONE = "นางมาลี ใจดี", "081-234-5678"
VICTIMS = "น.ส.สมศรี มีสุข อายุ 34 ปี โทร. 0898765432"
NARRATIVE = (
    "ขณะผู้เสียหาย (น.ส.สมศรี) เดินออกจากตลาดอินโดจีน มีชายขับขี่รถจักรยานยนต์เข้ามาทางด้านหลัง"
    " กระชากกระเป๋าสะพายสีน้ำตาลไปจากไหล่ซ้าย แล้วขับหลบหนีไปทางทิศใต้\n"
    "ผู้แจ้งคือมาลี โทร 0812345678 เห็นเหตุการณ์"
)


def whole_incident(log: Log, clock: ScriptedClock, **changes: Any) -> Incident:
    """Reported, two units sent, noted late, closed with an arrest."""
    log.append(*map(OfficerEnrolled, (RECEIVER, LEADER, CHECKER)), actor=PROGRAM).result()
    form_units(log, 1, 2)
    log.append(UnitCrewed("unit-1", (LEADER.id, "ส.ต.อ.กิตติ")), actor=OFFICER).result()
    said: dict[str, Any] = {
        "caller": CALLER,
        "caller_phone": PHONE,
        "victims": VICTIMS,
        "suspects": "ชาย สูงประมาณ 170 ซม. เสื้อแขนยาวสีดำ",
        "vehicles": "จยย. ฮอนด้าเวฟ สีแดง กขค 123 มุกดาหาร",
        "narrative": NARRATIVE,
        "address": "ถนนสำราญชายโขง",
        "happened_from": "2026-11-22T03:30:00.000Z",
        "happened_to": "2026-11-22T03:42:00.000Z",
        "daily_log": "8/2569",
    }
    id_ = take(log, clock, **{**said, **changes}).id
    steps: tuple[Callable[[], Any], ...] = (
        lambda: dispatch.dispatch(log, id_, "unit-1", distance_m=640.4, actor=OFFICER),
        lambda: dispatch.dispatch(log, id_, "unit-2", distance_m=None, actor=OFFICER),
        lambda: dispatch.unit_on_the_way(log, id_, unit_id="unit-1", actor=OFFICER),
        lambda: dispatch.release_unit(log, id_, "unit-2", actor=OFFICER),
        lambda: dispatch.units_arrived(log, id_, actor=OFFICER),
        lambda: workflow.add_note(log, id_, "พบ จยย. จอดทิ้งที่ท่าเรือ", actor=OFFICER),
        lambda: workflow.add_note(
            log, id_, "แจ้งสกัดทุกจุด", actor=OFFICER,
            late=LateTime(clock.now() - timedelta(seconds=270), clock.now()),
        ),
        lambda: workflow.close(
            log, id_, result="จับกุมผู้ต้องสงสัยได้", arrest=True, reference="คดี 5/2569", actor=OFFICER
        ),
    )  # fmt: skip
    for step in steps:
        clock.advance(63)
        step().result()
    return stands(log, id_)


def add_still(
    log: Log, folder: StationFolder, incident_id: str, clock: ScriptedClock, png: bytes
) -> Still:
    """A picture of camera C01, kept and attached."""
    width, height = struct.unpack(">II", png[16:24])
    still = Still("C01", clock.now(), png, width, height, width, height, 0.1, 0.3)
    keep_still(folder.evidence, still, Disk())
    attach_still(log, incident_id, still, actor=OFFICER).result()
    clock.advance(1)
    return still


def png_of(width: int, height: int, colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """A picture of one colour with a black corner, so that no two colours are one file."""
    pixels = np.full((height, width, 3), colour, dtype=np.uint8)
    pixels[: height // 4, : width // 4] = 0
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
