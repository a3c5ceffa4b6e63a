"""The handover on paper says what both officers signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.duty.handover import (
    Acknowledged,
    accept_handover,
    return_handover,
    write_handover,
)
from app.duty.handover_page import PageSection, section_text, sha256_of
from app.duty.officers import Officer, OfficerEnrolled
from app.duty.shifts import DEFAULT_SHIFTS
from app.errors import KnownError
from app.log import Actor, Log, Role
from app.sheets.handover_sheet import handover_sheet
from app.sheets.press import Press
from app.station import StationFolder
from tests.duty.test_handover_page import a_page, a_row
from tests.sheets.material import pressed
from tests.sheets.test_press import plain, text_of
from tests.station_log import ADMINISTRATOR, MORNING, PROGRAM, a_station_log

OUTGOING = Officer("officer-1", "ร.ต.ท.ธนา วงศ์คำ", "รอง สว.(ป.)", Role.DUTY_OFFICER)
INCOMING = Officer("officer-2", "ร.ต.อ.ณรงค์ ใจดี", "รอง สวป.", Role.DUTY_OFFICER)
ENDING = DEFAULT_SHIFTS.shift_at(MORNING)
BEGINNING = DEFAULT_SHIFTS.after(ENDING)
PAGE = replace(
    a_page(a_row("inc-1"), notes="ขบวนแห่ 19:00"),
    sections=(
        *a_page(a_row("inc-1")).sections,
        PageSection("units", "send", "หน่วยที่ออกปฏิบัติ", (), "ทุกหน่วยว่าง"),
    ),
)


def actor(officer: Officer) -> Actor:
    return Actor(officer.id, officer.role)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path, ScriptedClock(MORNING)) as log:
        log.append(OfficerEnrolled(OUTGOING), OfficerEnrolled(INCOMING), actor=PROGRAM).result()
        yield log


def written(log: Log) -> str:
    done = write_handover(log, ENDING, BEGINNING, PAGE.text(), actor=actor(OUTGOING))
    return done.result()[0].subject


def test_both_signatures_and_every_item_are_on_it(
    log: Log, folder: StationFolder, press: Press
) -> None:
    id_ = written(log)
    since = section_text(
        PageSection("since", "history", "ตั้งแต่นั้น", (replace(a_row("inc-2"), cells=("9/2569",) * 6),))
    )
    told = [
        Acknowledged("incident:inc-1", "2026-11-22T08:53:00.000Z"),
        Acknowledged("incident:inc-2", "2026-11-22T08:54:00.000Z"),
    ]
    sha = sha256_of(PAGE.text())
    accept_handover(log, id_, sha, told, since, actor=actor(INCOMING)).result()
    with log.reading() as db:
        sheet = handover_sheet(db, folder, id_)
    said = text_of(pressed(press, sheet))
    for words in (
        "ใบส่งเวร", "เวรเช้า", "08:00–16:00", "1284/2569", "ขบวนแห่ 19:00", "ทุกหน่วยว่าง",
        OUTGOING.name, INCOMING.name, "ผู้ส่งเวร", "ผู้รับเวร", "15:53", "15:54", "ตั้งแต่นั้น",
        "9/2569", sha, "รับเวรแล้ว",
    ):  # fmt: skip
        assert plain(words) in said, words


def test_one_that_waits_leaves_the_place_to_sign(log: Log, folder: StationFolder) -> None:
    id_ = written(log)
    with log.reading() as db:
        data = handover_sheet(db, folder, id_).data
    assert (data["accepted"], data["incoming"]["name"]) == (False, "")
    assert data["outgoing"]["at"] == "ลงนามในระบบ 22 พ.ย. 2569 10:46:00 น."


def test_one_that_was_given_back_says_why(log: Log, folder: StationFolder) -> None:
    id_ = written(log)
    return_handover(log, id_, "ขาดกล้อง C07", actor=actor(INCOMING)).result()
    with log.reading() as db:
        data = handover_sheet(db, folder, id_).data
    assert (data["reason"], data["incoming"]["name"]) == ("ขาดกล้อง C07", "")


def test_one_that_was_erased_or_never_was_is_refused(log: Log, folder: StationFolder) -> None:
    id_ = written(log)
    (entry,) = log.entries_of(id_)
    log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    for asked in (id_, "handover-none"):
        with log.reading() as db, pytest.raises(KnownError, match="no such handover"):
            handover_sheet(db, folder, asked)
