"""(b) The handover on paper: the page as it was signed, who signed it, and when.

The words are those of the page, in the language they were shown and signed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.clock import from_stored
from app.duty.handover import Handover, HandoverState, handover
from app.duty.handover_page import HandoverPage, PageSection, section_from
from app.duty.officers import Officer, officers
from app.errors import KnownError, msg
from app.log import Connection
from app.sheets.sheet import Sheet
from app.station import StationFolder
from app.thai.dates import date_time, short_time
from app.thai.translation import Language

KIND = "handover"
_WIDE = 6  # cells of a row about an incident
_HEADS: Mapping[str, tuple[str, str, str]] = {
    "units": ("หน่วย", "สถานะ", "กำลังพล"),
    "faults": ("อุปกรณ์", "อาการ", "รายละเอียด"),
    "locks": ("เหตุ", "ภาพที่ล็อก", "เหตุผลและกำหนด"),
    "marks": ("เหตุหรือกล้อง", "จุดที่หมายไว้", "บันทึก"),
}
_OTHER_HEAD = ("รายการ", "รายละเอียด", "หมายเหตุ")
_STATES: Mapping[HandoverState, str] = {
    HandoverState.WRITTEN: "ผู้ส่งเวรลงนามแล้ว รอผู้รับเวร",
    HandoverState.RETURNED: "ส่งคืนให้ผู้ส่งเวรแก้ไข",
    HandoverState.ACCEPTED: "รับเวรแล้ว",
}


def handover_sheet(
    db: Connection,
    folder: StationFolder,
    handover_id: str,
    options: Mapping[str, Any] | None = None,
) -> Sheet:
    """The paper of one handover. KnownError: there is none, or its page was erased."""
    found = handover(db, handover_id)
    page = found.page if found is not None else None
    if found is None or page is None:
        raise KnownError(
            msg("There is no such handover in the log, or its page was erased by order."),
            safe=msg("Nothing was printed."),
        )
    known = {one.id: one for one in officers(db)}
    return Sheet(
        KIND,
        f"ใบส่งเวร {page.ending.name} {page.ending.day}",
        handover_id,
        _said(found, page, known, folder.profile.zone_name_th),
        options=dict(options or {}),
    )


def _said(
    found: Handover, page: HandoverPage, known: Mapping[str, Officer], zone: str
) -> dict[str, Any]:
    told = {one.item: one.at for one in found.acknowledged}
    made_at = from_stored(page.made_at)
    since = [section_from(found.since)] if found.since else []
    return {
        "heading": "ใบส่งเวร",
        "zone": zone,
        "state": _STATES[found.state],
        "accepted": found.state is HandoverState.ACCEPTED,
        "made_at": _moment(made_at),
        "ending": _shift(page.ending.name, page.ending.day, page.ending.hours),
        "beginning": _shift(page.beginning.name, page.beginning.day, page.beginning.hours),
        "figures": [
            {"label": one.label, "value": one.value, "unit": one.unit} for one in page.figures
        ],
        "sections": [
            _section(one, str(number), told) for number, one in enumerate(page.sections, start=1)
        ],
        "since": [_section(one, str(len(page.sections) + 1), told) for one in since],
        "notes": page.notes,
        "roster": [{"duty": post.duty, "who": post.who} for post in page.roster],
        "reason": found.reason,
        "page_sha256": found.page_sha256,
        "outgoing": _signed("ผู้ส่งเวร", found.outgoing, found.written_at, known),
        "incoming": (
            _signed("ผู้รับเวร", found.incoming, found.closed_at, known)
            if found.state is HandoverState.ACCEPTED
            else {"name": "", "position": "", "role": "ผู้รับเวร", "at": ""}
        ),
    }


def _shift(name: str, day: str, hours: str) -> dict[str, str]:
    return {"name": name, "day": day, "hours": hours}


def _section(section: PageSection, number: str, told: Mapping[str, str]) -> dict[str, Any]:
    is_wide = any(len(row.cells) == _WIDE for row in section.rows)
    cells = _WIDE if is_wide else len(_OTHER_HEAD)
    return {
        "number": number,
        "title": section.title,
        "empty": section.empty,
        "note": section.note,
        "wide": is_wide,
        "head": list(_HEADS.get(section.id, _OTHER_HEAD)),
        "rows": [
            {
                "cells": [*row.cells, *[""] * cells][:cells],
                "acknowledged": _told(told.get(row.id)),
            }
            for row in section.rows
        ],
    }


def _told(at: str | None) -> str:
    return short_time(from_stored(at)) if at else ""


def _signed(
    role: str, officer_id: str, at: datetime | None, known: Mapping[str, Officer]
) -> dict[str, str]:
    officer = known.get(officer_id)
    return {
        "name": officer.name if officer is not None else officer_id,
        "position": officer.position if officer is not None else "",
        "role": role,
        "at": f"ลงนามในระบบ {_moment(at)}" if at is not None else "",
    }


def _moment(at: datetime) -> str:
    return f"{date_time(at, Language.THAI)} น."
