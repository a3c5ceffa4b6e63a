"""A station with a press, and papers to set on it: all real, in a temporary folder."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.log import Head
from app.sheets.press import Press
from app.sheets.sheet import Sheet, Typeset
from app.station import StationFolder, create_station
from tests.duty.test_handover_page import a_page, a_row
from tests.station.places import profile
from tests.station_log import MORNING

HEAD = Head("console-1", 184_331, "9f3c71a804deb2c5" * 4)
CLERK = "ด.ต.หญิง รัตนา พรมมา"


def a_station(where: Path) -> StationFolder:
    """An empty sample station."""
    return create_station(where / "station", profile(sample=True))


@contextmanager
def a_press(folder: StationFolder, **changes: Any) -> Iterator[Press]:
    """Closed again at the end."""
    press = Press(folder, lambda: HEAD, **changes)
    try:
        yield press
    finally:
        press.close()


def handover_data(*places: str, notes: str = "", **changes: Any) -> dict[str, Any]:
    """What a handover sheet says, without a log: incidents at these places."""
    cells = a_row("inc-1").cells
    rows = [
        {"cells": [f"{number}/2569", cells[1], place, *cells[3:]], "acknowledged": "16:02"}
        for number, place in enumerate(places, start=1)
    ]
    page = a_page()
    return {
        "heading": "ใบส่งเวร",
        "zone": "เขตปลอดภัยเมืองมุกดาหาร",
        "state": "รับเวรแล้ว",
        "accepted": True,
        "made_at": "22 พ.ย. 2569 15:52:40 น.",
        "ending": {"name": "เวรเช้า", "day": page.ending.day, "hours": page.ending.hours},
        "beginning": {"name": "เวรบ่าย", "day": page.beginning.day, "hours": "16:00–24:00"},
        "figures": [{"label": "รับแจ้ง", "value": "14", "unit": "เหตุ"}],
        "sections": [
            {
                "number": "1",
                "title": "เหตุที่ยังเปิด",
                "empty": "ไม่มีเหตุที่เปิดอยู่",
                "note": "",
                "wide": True,
                "head": [],
                "rows": rows,
            }
        ],
        "since": [],
        "notes": notes,
        "roster": [{"duty": "วิทยุ", "who": "ด.ต.หญิง รัตนา"}],
        "reason": "",
        "page_sha256": "7b1e40d9c2f891aa" * 4,
        "outgoing": {"name": "ร.ต.ท.ธนา", "position": "รอง สว.(ป.)", "role": "ผู้ส่งเวร", "at": ""},
        "incoming": {"name": "", "position": "", "role": "ผู้รับเวร", "at": ""},
        **changes,
    }


def handover_paper(*places: str, notes: str = "", options: Any = None, **changes: Any) -> Sheet:
    """The same as a sheet."""
    title = "ใบส่งเวร เวรเช้า อา. 22 พ.ย. 2569"
    data = handover_data(*places, notes=notes, **changes)
    return Sheet("handover", title, "handover-1", data, options=options or {})


def pressed(press: Press, sheet: Sheet) -> Typeset:
    """Set as it is in every test: at the same time, by the same person, at the same head."""
    return press.set(sheet, MORNING, CLERK)


def own_template(folder: StationFolder, kind: str, text: str) -> Path:
    """Give the station a template of its own."""
    templates = folder.root / "templates"
    templates.mkdir(exist_ok=True)
    path = templates / f"{kind}.typ"
    path.write_text(text, "utf-8")
    return path


def a_png(width_px: int = 8, height_px: int = 6) -> bytes:
    """A picture of one colour."""
    row = b"\x00" + b"\xb3\x26\x1e" * width_px
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(row * height_px)),
            (b"IEND", b""),
        )
    )
