"""The columns of the register's CSV file: their heads in Thai and English, and other names of them.

The heads belong to the file, not to the interface: a file is understood in either language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import KnownError, Message, msg
from app.thai.text import normalise
from app.thai.translation import Language

PLACE, PASSWORD = "place", "password"  # understood, never written


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the camera's field, its head in Thai and English, other heads that mean it."""

    field: str
    thai: str
    english: str
    others: tuple[str, ...] = ()

    def head(self, language: Language) -> str:
        """The head that is written."""
        return self.thai if language is Language.THAI else self.english


COLUMNS = (
    Column("id", "รหัสกล้อง", "Camera", ("รหัส", "camera id")),
    Column("name", "ชื่อกล้อง", "Name", ("ชื่อ", "camera name")),
    Column("main_url", "ที่อยู่ภาพหลัก", "Main stream", ("ที่อยู่", "url", "rtsp", "address", "main")),
    Column("sub_url", "ที่อยู่ภาพรอง", "Sub stream", ("sub", "substream")),
    Column("username", "ชื่อผู้ใช้", "User name", ("user",)),
    Column("lat_deg", "ละติจูด", "Latitude", ("lat",)),
    Column("lon_deg", "ลองจิจูด", "Longitude", ("lon", "lng", "long")),
    Column("bearing_deg", "ทิศ (องศา)", "Bearing (degrees)", ("ทิศที่หัน", "heading", "azimuth")),
    Column("field_of_view_deg", "มุมมองภาพ (องศา)", "Field of view (degrees)", ("fov",)),
    Column("range_m", "ระยะมองเห็น (เมตร)", "Range (metres)", ("ระยะ",)),
    Column("owner", "เจ้าของ", "Owner", ("หน่วยงาน", "เจ้าของกล้อง")),
    Column("contact", "ผู้ติดต่อ", "Contact", ("โทร", "โทรศัพท์", "phone")),
    Column("maker", "ยี่ห้อ", "Maker", ("brand",)),
    Column("model", "รุ่น", "Model"),
    Column("retention_days", "เก็บภาพ (วัน)", "Retention (days)"),
    Column("consent_on", "วันที่ยินยอม", "Consent on", ("ยินยอมให้ใช้ภาพ",)),
    Column("notice_sign", "มีป้ายแจ้ง", "Notice sign", ("ป้าย",)),
    Column("checked_on", "ตรวจล่าสุด", "Last checked", ("วันที่ตรวจ",)),
    Column("night_range_m", "ระยะมองเห็นกลางคืน (เมตร)", "Night range (metres)", ("ระยะกลางคืน",)),
    Column("indoor", "ในอาคาร", "Indoor"),
    Column("sample", "ตัวอย่าง", "Sample"),
)
_PLACE_COLUMN = Column(PLACE, "พิกัด", "Place", ("coordinates", "mgrs", "utm", "ตำแหน่ง"))
_PASSWORD_COLUMN = Column(PASSWORD, "รหัสผ่าน", "Password", ("pass", "pwd"))


def _key(head: str) -> str:
    """A head as it is compared: no units, no underscores, one case."""
    plain = re.sub(r"\(.*?\)", " ", normalise(head)).replace("_", " ")
    return " ".join(plain.split())


_KNOWN = {
    _key(head): column
    for column in (*COLUMNS, _PLACE_COLUMN, _PASSWORD_COLUMN)
    for head in (column.field, column.thai, column.english, *column.others)
}


def column_of(head: str) -> Column | None:
    """The column that a head means."""
    return _KNOWN.get(_key(head))


def known_heads(row: Sequence[str]) -> int:
    """How many of these are heads of columns."""
    return sum(column_of(head) is not None for head in row)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a column stands in a row, and what the file calls it."""

    index: int
    head: str


def positions(heads: Sequence[str]) -> dict[str, Position]:
    """Where each field stands. KnownError if one that is needed is missing, or there twice."""
    found: dict[str, Position] = {}
    for index, head in enumerate(heads):
        column = column_of(head)
        if column is not None and column.field in found:
            first = found[column.field].head
            raise no_register(
                msg("The columns “{one}” and “{other}” mean the same.", one=first, other=head[:40])
            )
        if column is not None:
            found[column.field] = Position(index, head.strip())
    needed = {"name", "main_url"} | (set() if PLACE in found else {"lat_deg", "lon_deg"})
    missing = [one for one in COLUMNS if one.field in needed - found.keys()]
    if missing:
        names = ", ".join(f"{column.thai} / {column.english}" for column in missing)
        raise no_register(msg("The file lacks the columns {names}.", names=names))
    return found


def no_register(what: Message) -> KnownError:
    """What is told of a file that is no register at all."""
    return KnownError(
        what,
        safe=msg("Nothing was taken from the file."),
        do=msg("Export the register first and fill in that file."),
    )
