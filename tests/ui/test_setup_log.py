"""Setup › Log and backups: what was checked, where the backups are, and doing it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.errors import KnownError
from app.log import Role
from app.ui.log_keeping import LogState, Work
from app.ui.log_words import alarm_words, chain_words
from app.ui.setup.log_pane import LogPane
from app.ui.theme import Theme
from tests.conftest import ExpectedLog
from tests.log.tampering import guards_off
from tests.ui.setup_room import SetupRoom, setup_room
from tests.ui.still_pictures import StillPictures

LONG_MS = 30_000


@pytest.fixture
def room(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[SetupRoom]:
    with setup_room(station, theme, clock, pictures, qtbot) as made:
        made.place.show_log()
        made.keeping.start(_unexpected)
        qtbot.waitUntil(lambda: made.keeping.state.tail_whole is not None)
        yield made


def _unexpected(error: KnownError) -> None:
    raise error


def idle(room: SetupRoom, qtbot: QtBot) -> LogPane:
    qtbot.waitUntil(lambda: room.keeping.state.work is Work.NOTHING, timeout=LONG_MS)
    return room.place.log


def test_a_backup_is_made_listed_and_can_be_tested(room: SetupRoom, qtbot: QtBot) -> None:
    pane = room.place.log
    assert pane.backup_state.text() == "ยังไม่มีข้อมูลสำรอง"
    assert not pane.try_button.isEnabled()
    with qtbot.waitSignal(pane.told, timeout=LONG_MS):
        QTest.mouseClick(pane.backup_button, Qt.MouseButton.LeftButton)
    pane = idle(room, qtbot)
    assert pane.table.rowCount() == 1
    assert "22 พ.ย. 2569 10:46:31" in pane.backup_state.text()
    entry = room.log.entries_of("backups")[-1]
    assert (entry.kind, entry.actor) == ("backup_made", room.desk.officer.id)
    with qtbot.waitSignal(room.keeping.tried, timeout=LONG_MS):
        QTest.mouseClick(pane.try_button, Qt.MouseButton.LeftButton)
    assert "ครบถ้วน" in pane.outcome.text()


def test_the_whole_log_is_checked_when_asked(room: SetupRoom, qtbot: QtBot) -> None:
    pane = room.place.log
    with qtbot.waitSignal(pane.told, timeout=LONG_MS):
        QTest.mouseClick(pane.check_button, Qt.MouseButton.LeftButton)
    pane = idle(room, qtbot)
    assert pane.state.text() == "บันทึกครบถ้วน"
    assert not pane.found.isVisible()
    assert room.log.entries_of("log")[-1].actor == room.desk.officer.id


def test_a_tampered_entry_is_told_with_what_is_safe_and_what_to_do(
    room: SetupRoom, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log("is not whole")
    with guards_off(room.root / "station.db") as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 2")
    told: list[KnownError] = []
    room.keeping._failed = told.append
    with qtbot.waitSignal(room.keeping.checked, timeout=LONG_MS):
        room.keeping.check()
    pane = idle(room, qtbot)
    assert pane.state.property("state") == "red"
    assert ":2" in pane.found.text()
    assert "main.py restore" in pane.found.text()
    assert len(told[0].sentences) == 3
    words = alarm_words(room.keeping.state)
    assert words is not None
    assert words.colour == "red"


def test_an_officer_without_the_right_is_told_whom_to_ask(room: SetupRoom, qtbot: QtBot) -> None:
    room.desk.officer = replace(room.desk.officer, role=Role.VIEWER)
    for button in (room.place.log.backup_button, room.place.log.check_button):
        with qtbot.waitSignal(room.desk.failed) as failed:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert "may not" in str(failed.args[0])


def test_the_foot_and_the_header_say_what_is_known() -> None:
    assert chain_words(LogState(), 12_345)[0] == "กำลังตรวจบันทึก… · 12,345 รายการ"
    assert chain_words(LogState(tail_whole=True), 5)[1] == ""
    assert chain_words(LogState(tail_whole=False), 5)[1] == "red"
    assert alarm_words(LogState(tail_whole=True)) is None
    assert alarm_words(LogState(tail_whole=False)) is not None
