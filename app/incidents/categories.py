"""What can happen: categories by code, with the police manual's case group and a first priority.

The names of categories are the station's data (Thai, with English beside it), not interface text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from app.thai.translation import Language, language


class CaseGroup(IntEnum):
    """The police manual's case groups; 0 is what is no criminal case."""

    NONE = 0
    LIFE = 1
    PROPERTY = 2
    SPECIAL = 3
    STATE = 4


class Priority(IntEnum):
    """1 is most urgent."""

    URGENT = 1
    SOON = 2
    ROUTINE = 3


class Channel(StrEnum):
    """How a report reached the station, in the order of the intake panel's keys 1–7."""

    CALL_191 = "191"
    RADIO = "radio"
    PHONE = "phone"
    LINE = "line"
    WALK_IN = "walk_in"
    CAMERA = "camera"
    PATROL = "patrol"


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of incident. `code` is what the officer may type instead of words."""

    code: str
    name_th: str
    name_en: str
    group: CaseGroup
    priority: Priority

    @property
    def name(self) -> str:
        """The name in the interface's language."""
        return self.name_th if language() is Language.THAI else self.name_en


def _category(code: str, th: str, en: str, group: CaseGroup, priority: Priority) -> Category:
    return Category(code, th, en, group, priority)


CATEGORIES: tuple[Category, ...] = (
    _category("11", "ทำร้ายร่างกาย", "Assault", CaseGroup.LIFE, Priority.URGENT),
    _category("12", "ทะเลาะวิวาท", "Brawl", CaseGroup.LIFE, Priority.SOON),
    _category("13", "ความรุนแรงในครอบครัว", "Domestic violence", CaseGroup.LIFE, Priority.URGENT),
    _category("14", "ล่วงละเมิดทางเพศ", "Sexual assault", CaseGroup.LIFE, Priority.URGENT),
    _category("15", "พบศพ", "Body found", CaseGroup.LIFE, Priority.URGENT),
    _category("20", "ลักทรัพย์", "Theft", CaseGroup.PROPERTY, Priority.SOON),
    _category("21", "ลักทรัพย์ในรถยนต์", "Theft from a car", CaseGroup.PROPERTY, Priority.SOON),
    _category("22", "ลักรถจักรยานยนต์", "Motorcycle theft", CaseGroup.PROPERTY, Priority.SOON),
    _category("23", "วิ่งราวทรัพย์", "Snatch theft", CaseGroup.PROPERTY, Priority.URGENT),
    _category("24", "ชิงทรัพย์", "Robbery", CaseGroup.PROPERTY, Priority.URGENT),
    _category("25", "บุกรุก", "Trespass", CaseGroup.PROPERTY, Priority.SOON),
    _category("26", "ทำให้เสียทรัพย์", "Damage to property", CaseGroup.PROPERTY, Priority.ROUTINE),
    _category("27", "ฉ้อโกง", "Fraud", CaseGroup.PROPERTY, Priority.ROUTINE),
    _category("28", "ทรัพย์หาย", "Lost property", CaseGroup.NONE, Priority.ROUTINE),
    _category("31", "ยาเสพติด", "Drugs", CaseGroup.STATE, Priority.SOON),
    _category("32", "การพนัน", "Gambling", CaseGroup.STATE, Priority.ROUTINE),
    _category("33", "อาวุธปืน", "Firearm", CaseGroup.STATE, Priority.URGENT),
    _category("41", "อุบัติเหตุมีผู้บาดเจ็บ", "Accident with injuries", CaseGroup.NONE, Priority.URGENT),
    _category("42", "อุบัติเหตุไม่มีผู้บาดเจ็บ", "Accident, no injuries", CaseGroup.NONE, Priority.SOON),
    _category("43", "กีดขวางการจราจร", "Traffic obstruction", CaseGroup.NONE, Priority.ROUTINE),
    _category("51", "บุคคลน่าสงสัย", "Suspicious person", CaseGroup.NONE, Priority.SOON),
    _category("52", "เสียงดังรบกวน", "Noise", CaseGroup.NONE, Priority.ROUTINE),
    _category("53", "คนเมาอาละวาด", "Drunk and disorderly", CaseGroup.NONE, Priority.SOON),
    _category("54", "คนหาย", "Missing person", CaseGroup.NONE, Priority.SOON),
    _category("61", "เพลิงไหม้", "Fire", CaseGroup.NONE, Priority.URGENT),
    _category(
        "62", "สัตว์เลื้อยคลานเข้าบ้าน", "Snake or reptile indoors", CaseGroup.NONE, Priority.ROUTINE
    ),
    _category("63", "ไฟถนนดับ", "Street light out", CaseGroup.NONE, Priority.ROUTINE),
    _category("90", "ขอความช่วยเหลือ", "Request for help", CaseGroup.NONE, Priority.ROUTINE),
    _category("99", "อื่น ๆ", "Other", CaseGroup.NONE, Priority.ROUTINE),
)

BY_CODE = {category.code: category for category in CATEGORIES}
