"""A handover at the end of a night shift, by keyboard, from F8 to the next officer at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.demo.people import OFFICERS
from app.duty.handover_page import page_from, sha256_of
from app.duty.shift_log import set_shift_table
from app.duty.shifts import ShiftTable, ShiftTime
from app.duty.sign_in_entries import PasswordSetBy
from app.log.verify import verify
from app.views import all_views
from tests.journeys.log_file import entries
from tests.ui.conftest import console_of_one_day
from tests.ui.driving import CONTROL, focused, press, type_text

pytestmark = pytest.mark.journey
EVENING = datetime(2026, 11, 22, 14, 10, tzinfo=UTC)  # 21:10 in Mukdahan
MORNING = datetime(2026, 11, 23, 0, 52, tzinfo=UTC)  # 07:52: eight minutes to the end
PASSWORD = "Mukdahan-4901"
NIGHTS = ShiftTable((ShiftTime(8 * 60, "กลางวัน"), ShiftTime(20 * 60, "กลางคืน")))


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(EVENING)


@pytest.fixture
def console(
    tmp_path: Path, clock: ScriptedClock, qapp: QApplication, qtbot: QtBot
) -> Iterator[Console]:
    """The console at night, on a station with shifts of twelve hours; no camera is decoded."""
    with console_of_one_day(tmp_path / "station", clock, qapp, qtbot) as console:
        actor = OFFICERS[0].actor
        set_shift_table(console.log, NIGHTS, "คำสั่ง สภ.", actor=actor).result()
        for officer in OFFICERS[:2]:
            console.entrance.sign_in.set_password(
                officer, PASSWORD + officer.id, by=PasswordSetBy.FOUNDING
            )
        yield console


def test_a_night_shift_is_handed_over_by_keyboard_and_read_under_the_date_it_began(
    console: Console, clock: ScriptedClock, qtbot: QtBot
) -> None:
    clock.move_to(MORNING)
    desk, window = console.duty.handover, console.window
    press(Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: desk.standing is not None and desk.page is not None)
    place = window.duty.place
    qtbot.waitUntil(lambda: place.bar.title.text() == "ส่งเวร อา. 22 พ.ย. 2569")
    numbers = [line.row.cells[0] for line in place.list.lines if line.row is not None]
    open_numbers = {one.number for one in console.desk.open_incidents()}
    assert open_numbers and open_numbers <= set(numbers)

    press(Qt.Key.Key_N)
    type_text("ขบวนแห่ 19:00 ปิดถนน")
    press(Qt.Key.Key_Return, CONTROL)  # asks for the password
    assert focused() is place.signing.outgoing.password
    type_text(PASSWORD + OFFICERS[0].id)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.waiting is not None, timeout=15_000)
    qtbot.waitUntil(lambda: focused() is place.list)

    press(Qt.Key.Key_Return, CONTROL)  # not before everything is read
    assert desk.waiting is not None and desk.missing
    for _ in desk.missing:
        press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not desk.missing)
    press(Qt.Key.Key_Return, CONTROL)
    assert focused() is place.signing.incoming.password
    type_text(PASSWORD + OFFICERS[1].id)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: console.desk.officer.id == OFFICERS[1].id, timeout=15_000)
    assert OFFICERS[1].name in window.header.officer.name.text()

    (written,) = [one for one in entries(console.folder.root, "handover_written", "handover-%")
                  if one["actor"] == OFFICERS[0].id]  # fmt: skip
    accepted = entries(console.folder.root, "handover_accepted", written["subject"])
    page = page_from(written["page"])
    assert page.notes == "ขบวนแห่ 19:00 ปิดถนน"
    assert written["page_sha256"] == sha256_of(written["page"])
    assert [(one["actor"], one["page_sha256"]) for one in accepted] == [
        (OFFICERS[1].id, written["page_sha256"])
    ]
    assert {one["item"] for one in accepted[0]["acknowledged"]} >= {row.id for row in page.rows}

    press(Qt.Key.Key_P)
    night = "อา. 22 พ.ย. 2569\nกลางคืน 20:00–08:00"
    qtbot.waitUntil(lambda: night in place.past.list.item(0).text())
    console.log.append(actor=OFFICERS[1].actor).result()
    assert verify(console.folder.database, all_views()).ok
