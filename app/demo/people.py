"""The sample station's officers and units. Invented; every name is marked ตัวอย่าง."""

from __future__ import annotations

from app.demo.town.plan import place
from app.duty.officers import Officer
from app.duty.units import Unit, UnitKind
from app.log import Role

DUTY_OFFICER = Officer("officer-1", "ร.ต.ท.ธนา วงศ์คำ", "ร้อยเวร (ตัวอย่าง)", Role.ADMINISTRATOR)
SAMPLE_PASSWORD = "sample-2569"
"""Every sample officer's; shown where one signs in, for it is no secret."""
OFFICERS = (
    DUTY_OFFICER,
    Officer("officer-2", "ร.ต.อ.พิชัย แสนสุข", "ร้อยเวร (ตัวอย่าง)", Role.DUTY_OFFICER),
    Officer("officer-3", "ด.ต.อนันต์ ศรีมุก", "เจ้าหน้าที่วิทยุ (ตัวอย่าง)", Role.DUTY_OFFICER),
    Officer("officer-4", "พ.ต.ท.สุรชัย โขงงาม", "สวป. (ตัวอย่าง)", Role.SUPERVISOR),
    Officer("officer-5", "ส.ต.ต.หญิง มาลี ใจดี", "ธุรการ (ตัวอย่าง)", Role.VIEWER),
)


def _unit(
    id_: str, call_sign: str, kind: UnitKind, beat: str, members: tuple[str, ...],
    along: float, north: float, vehicle: str,
) -> Unit:  # fmt: skip
    at = place(along, north)
    return Unit(id_, call_sign, kind, beat, members, at.lat_deg, at.lon_deg, vehicle=vehicle)


UNITS = (
    _unit("unit-12", "มุกดา 12", UnitKind.PATROL, "เขตตรวจ 3",
          ("ส.ต.อ.วีระ (ตัวอย่าง)",), -610, 70, "จยย. 1 คัน"),
    _unit("unit-21", "มุกดา 21", UnitKind.PATROL, "เขตตรวจ 2",
          ("ด.ต.สมพร (ตัวอย่าง)", "ส.ต.อ.กิตติ (ตัวอย่าง)"), 14, 130, "จยย. 2 คัน"),
    _unit("unit-23", "มุกดา 23", UnitKind.PATROL, "เขตตรวจ 2",
          ("จ.ส.ต.ประยูร (ตัวอย่าง)",), -183, -120, "จยย. 1 คัน"),
    _unit("unit-25", "มุกดา 25", UnitKind.PATROL, "เขตตรวจ 4",
          ("ส.ต.ท.ณรงค์ (ตัวอย่าง)",), -322, -330, "รถยนต์ โล่ 25"),
    _unit("unit-27", "มุกดา 27", UnitKind.PATROL, "เขตตรวจ 1",
          ("ด.ต.ชาติ (ตัวอย่าง)",), -183, 330, "จยย. 1 คัน"),
    _unit("unit-t4", "จราจร 04", UnitKind.TRAFFIC, "",
          ("ร.ต.ต.มานพ (ตัวอย่าง)",), -322, 180, "รถยนต์ จร. 04"),
    _unit("unit-t2", "จราจร 02", UnitKind.TRAFFIC, "",
          ("ด.ต.สมศักดิ์ (ตัวอย่าง)",), -322, 290, "จยย. 1 คัน"),
    _unit("unit-i2", "สืบสวน 02", UnitKind.INVESTIGATION, "",
          ("ร.ต.อ.เอกชัย (ตัวอย่าง)",), -480, -20, "รถยนต์"),
)  # fmt: skip
