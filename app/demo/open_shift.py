"""The open incidents that a visitor of the sample station finds: fresh ones, in every stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.clock import to_stored
from app.demo.ninety_days import Dated, InventedDays
from app.demo.people import UNITS
from app.demo.stories import STORIES, Story
from app.demo.town.plan import place
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay
from app.geo.coordinates import LatLon
from app.geo.places import Place, PlaceKind
from app.incidents.categories import Channel
from app.incidents.incident import (
    IncidentReported,
    IncidentUnderControl,
    NoteAdded,
    Report,
)
from app.incidents.ownership import NextStepSet
from app.log import Fact
from app.thai.plates import plate_words

_BY_CODE = {story.category: story for story in STORIES}
_UNITS = {unit.id: unit for unit in UNITS}


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One open incident: where (plan metres), reported and last moved how long ago, with whom."""

    code: str
    where: str
    along: float
    north: float
    minutes_ago: float
    moved_ago: float = 0.0
    unit: str = ""
    stages: int = 0  # 1 assigned, 2 on the way, 3 on scene, 4 under control
    channel: Channel = Channel.CALL_191
    note: str = ""
    next_step: str = ""
    due_in: float = 0.0
    """Minutes until the next step is due."""
    suspects: str = ""
    vehicles: str = ""
    address: str = ""


CASES = (
    OpenCase("63", "ถ.ดำรงมุกดา", -600, -90, 195, 30, stages=4, channel=Channel.LINE,
             next_step="ติดตามเทศบาลซ่อมไฟ", due_in=190),
    OpenCase("62", "ถ.พิทักษ์พนมเขต ซอย 3", -500, 60, 149, 80, "unit-25", 4, Channel.PHONE),
    OpenCase("22", "หน้าร้านค้า ถ.สำราญชายโขง", 12, -210, 115, 20, "unit-i2", 3,
             note="ตรวจภาพกล้องของร้านข้างเคียงแล้ว", vehicles="Honda Wave สีแดง 1กข 123 มุกดาหาร",
             address="หน้าร้านเลขที่ 27/4", next_step="ตรวจภาพกล้อง C02", due_in=44),
    OpenCase("28", "ท่าเรือข้ามฟาก", 8, -172, 76, 18.5, "unit-23", 1, Channel.WALK_IN),
    OpenCase("52", "ชุมชนศรีมงคลยอดแก้ว", -250, 110, 58, 46, "unit-12", 3, Channel.LINE),
    OpenCase("12", "ชุมชนศรีสุมังค์ ซอย 4", -200, -300, 41, 25, "unit-27", 4),
    OpenCase("41", "แยกสองนางสถิตย์–วัดศรีมงคล", -322, 60, 24, 12, "unit-t4", 3),
    OpenCase("51", "หลังศูนย์ราชการ ซอย 2", -641, 190, 6.5, channel=Channel.CAMERA),
    OpenCase("23", "ตลาดอินโดจีน ประตู 3 ถ.สำราญชายโขง", 0, 4, 3.4, 1.5, "unit-21", 2,
             note="ผู้ต้องสงสัย ชาย เสื้อดำ จยย. สีแดง ขับไปทางทิศใต้",
             suspects="ชาย อายุ 20–25 สวมหมวกกันน็อก เสื้อดำ", vehicles="จยย. สีแดง ไม่เห็นทะเบียน"),
)  # fmt: skip


def open_cases(days: InventedDays, now: datetime) -> Iterator[list[Dated]]:
    """The facts of each open case, told back from `now`, oldest first."""
    for case in CASES:
        yield _facts(days, case, now)


def _facts(days: InventedDays, case: OpenCase, now: datetime) -> list[Dated]:
    at = now - timedelta(minutes=case.minutes_ago)
    number, year, serial = days.number(at)
    id_ = f"inc-open-{year}-{serial}"  # numbers are given once, so ids are too
    report = _report(days, case, _BY_CODE[case.code])
    facts: list[Fact] = [IncidentReported(id_, number, year, serial, report)]
    if case.unit:
        unit = _UNITS[case.unit]
        steps: tuple[Fact, ...] = (
            UnitAssigned(id_, unit.id, unit.call_sign, 640.0, beat=unit.beat),
            UnitOnTheWay(id_, unit.id, unit.call_sign),
            UnitArrived(
                id_, unit.id, unit.call_sign, lat_deg=report.lat_deg, lon_deg=report.lon_deg
            ),
            IncidentUnderControl(id_),
        )
        facts += steps[: case.stages]
    elif case.stages:
        facts.append(IncidentUnderControl(id_))
    if case.note:
        facts.insert(1, NoteAdded(id_, case.note))
    if case.next_step:
        due_at = to_stored(now + timedelta(minutes=case.due_in))
        facts.append(NextStepSet(id_, case.next_step, due_at))
    step = timedelta(minutes=(case.minutes_ago - case.moved_ago) / max(1, len(facts) - 1))
    return [Dated(at + step * index, fact, 0) for index, fact in enumerate(facts)]


def _report(days: InventedDays, case: OpenCase, story: Story) -> Report:
    at: LatLon = place(case.along, case.north)
    near = replace(days.report(story, _spot(case, at)), place=case.where, channel=case.channel)
    return replace(
        near,
        lat_deg=at.lat_deg,
        lon_deg=at.lon_deg,
        areas=days.areas_at(at),
        suspects=case.suspects,
        vehicles=case.vehicles,
        plates=plate_words(case.vehicles),
        address=case.address,
    )


def _spot(case: OpenCase, at: LatLon) -> Place:
    return Place("spot", PlaceKind.LANDMARK, case.where, "", (), at, sample=True)
