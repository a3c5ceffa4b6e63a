"""The sample station's shifts: who is on them, and one handover of the past. All marked ตัวอย่าง."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.clock import to_stored
from app.demo.ninety_days import Dated
from app.demo.people import OFFICERS, UNITS
from app.duty.handover import Acknowledged, HandoverAccepted, HandoverWritten
from app.duty.handover_page import (
    HandoverPage,
    PageFigure,
    PagePost,
    PageRow,
    PageSection,
    sha256_of,
)
from app.duty.shift_log import Post, ShiftEnded, ShiftRostered, ShiftStarted
from app.duty.shifts import DEFAULT_SHIFTS, Shift
from app.log import Fact
from app.thai.translation import tr
from app.ui.handover.page_words import page_shift

_ENDED, _BEGAN = 1, 0  # which of the officers handed over, and to which
_WRITTEN_BEFORE, _ACCEPTED_BEFORE = timedelta(minutes=9), timedelta(minutes=2)


def sample_shifts(now: datetime) -> Iterator[list[Dated]]:
    """The present shift, begun by a handover, and who is on it and the next."""
    shift = DEFAULT_SHIFTS.shift_at(now)
    before, after = DEFAULT_SHIFTS.before(shift), DEFAULT_SHIFTS.after(shift)
    yield _handed_over(before, shift)
    rostered = shift.starts_at - timedelta(hours=1)
    yield [Dated(rostered, _roster(one, number), _ENDED) for number, one in
           enumerate((shift, after))]  # fmt: skip


def shift_begun_anew(now: datetime) -> list[Fact]:
    """A visitor comes back another day: the present shift, begun without a handover."""
    shift = DEFAULT_SHIFTS.shift_at(now)
    return [
        _roster(shift, 0),
        _roster(DEFAULT_SHIFTS.after(shift), 1),
        ShiftStarted(shift, OFFICERS[_BEGAN].id, reason="เริ่มเวรตัวอย่าง"),
    ]


def _roster(shift: Shift, number: int) -> ShiftRostered:
    """One officer in charge, one at the radio, and every unit; every other shift the other two."""
    first, second = (OFFICERS[0], OFFICERS[1]) if number % 2 == 0 else (OFFICERS[1], OFFICERS[0])
    posts = [
        Post("ร้อยเวร 20", first.name, officer_id=first.id),
        Post("ร้อยเวรสำรอง", second.name, officer_id=second.id),
        Post("วิทยุ", OFFICERS[2].name, officer_id=OFFICERS[2].id),
    ]
    for unit in UNITS:
        duty, crew = ("สายตรวจ" if unit.beat else "หน่วย"), ", ".join(unit.members)
        posts.append(Post(duty, crew, unit.call_sign, unit_id=unit.id))
    return ShiftRostered(shift, tuple(posts))


def _handed_over(ending: Shift, beginning: Shift) -> list[Dated]:
    written, accepted = (
        beginning.starts_at - _WRITTEN_BEFORE,
        beginning.starts_at - _ACCEPTED_BEFORE,
    )
    id_ = f"handover-sample-{ending.id.removeprefix('shift-')}"
    page = _page(ending, beginning, written)
    text = page.text()
    read_at = to_stored(accepted - timedelta(minutes=1))
    words = tuple(Acknowledged(row.id, read_at) for row in page.rows)
    facts: tuple[Fact, ...] = (
        HandoverAccepted(id_, sha256_of(text), words),
        ShiftEnded(ending, OFFICERS[_ENDED].id, id_),
        ShiftStarted(beginning, OFFICERS[_BEGAN].id, id_),
    )
    return [
        Dated(written, HandoverWritten(id_, ending, beginning, text), _ENDED),
        *(Dated(accepted, fact, _BEGAN) for fact in facts),
    ]


def _page(ending: Shift, beginning: Shift, made_at: datetime) -> HandoverPage:
    lost = ("C06", "แยกวิวิธสุรการ: ภาพขาดหายเป็นช่วง (ตัวอย่าง)", "แจ้งช่างแล้ว นัดเช้าวันรุ่งขึ้น")
    return HandoverPage(
        language="th",
        made_at=to_stored(made_at),
        ending=page_shift(ending),
        beginning=page_shift(beginning),
        figures=(
            PageFigure(tr("Reported"), "3", tr("incidents")),
            PageFigure(tr("Closed"), "3", tr("incidents")),
            PageFigure(tr("Still open"), "0", tr("incidents")),
            PageFigure(tr("Overdue"), "0"),
            PageFigure(
                tr("Mean time to the scene"), "06:12", tr("target {target}", target="15:00")
            ),
            PageFigure(tr("Calls answered in 15 s"), "–", tr("not measured yet")),
        ),
        sections=(
            PageSection("incidents", "notebook-text", tr("Incidents still open"),
                        empty=tr("No incident is open.")),
            PageSection("units", "send", tr("Units that are out"),
                        empty=tr("Every unit is free or at rest.")),
            PageSection("faults", "cctv", tr("Cameras and equipment out of order"),
                        (PageRow("fault:C06", "x", "red", lost, sign="sample"),)),
        ),
        notes="ตัวอย่าง: ตลาดอินโดจีนมีงานถึง 22:00 ขอให้จราจร 02 ประจำประตู 3",
        roster=(PagePost("ร้อยเวร 20", OFFICERS[_BEGAN].name),
                PagePost("วิทยุ", OFFICERS[2].name)),
        head="",
    )  # fmt: skip
