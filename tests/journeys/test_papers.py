"""An incident is closed, its sheet printed, corrected twice, and the first print printed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.incidents.incident import IncidentState
from app.incidents.report_correction import Part
from app.log.verify import verify
from app.sheets.pages import Pages
from app.ui.papers.print_job import PrintState
from app.views import all_views
from tests.journeys.log_file import entries
from tests.ui.conftest import console_of_one_day
from tests.ui.driving import CONTROL, press, type_text
from tests.ui.papers.fake_printer import DESK, FakePrinter

pytestmark = pytest.mark.journey
MORNING = datetime(2026, 11, 22, 3, 46, 31, tzinfo=UTC)
LONG_MS = 30_000  # the press starts on a busy machine


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> FakePrinter:
    """The printer in the duty room."""
    printer = FakePrinter()
    monkeypatch.setattr("app.ui.papers.papers_room.printing_here", lambda: printer)
    return printer


@pytest.fixture
def console(
    tmp_path: Path, clock: ScriptedClock, printer: FakePrinter, qapp: QApplication, qtbot: QtBot
) -> Iterator[Console]:
    """The console on a station of one day; no camera is decoded."""
    with console_of_one_day(tmp_path / "station", clock, qapp, qtbot) as console:
        yield console


def correct_priority(console: Console, why: str, qtbot: QtBot) -> None:
    """C: the lowest priority, and the reason for it."""
    press(Qt.Key.Key_C)
    press(Qt.Key.Key_Down)  # the priority
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Tab)
    type_text(why)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not console.window.live.detail.is_asking)


def correct_narrative(console: Console, says: str, why: str, qtbot: QtBot) -> None:
    """Another console corrects the same incident."""
    seen = console.window.live.selected
    assert seen is not None
    written: list[object] = []
    new = replace(seen.report, narrative=says)
    console.desk.incidents.correct(seen, Part.NARRATIVE, new, why, written.append)
    qtbot.waitUntil(lambda: bool(written))


def test_the_first_print_comes_out_again_to_the_byte_after_two_corrections(
    console: Console, printer: FakePrinter, qtbot: QtBot
) -> None:
    window, live, station = console.window, console.window.live, console.folder.root
    incident = next(
        one for one in console.desk.open_incidents() if one.state is IncidentState.UNDER_CONTROL
    )
    live.choose(incident.id)
    press(Qt.Key.Key_X)
    type_text("ส่งพนักงานสอบสวน (ตัวอย่าง)")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not live.detail.is_asking)

    press(Qt.Key.Key_F9)
    assert window.place_id == "papers"
    place = window.papers
    qtbot.waitUntil(lambda: place.sheet.found is not None, timeout=LONG_MS)
    shown = place.sheet.found
    assert shown is not None and incident.number in shown.title
    qtbot.waitUntil(lambda: console.papers.pictures.best_of(0) is not None, timeout=LONG_MS)

    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(console.papers.queue.jobs) == 1, timeout=LONG_MS)
    qtbot.waitUntil(lambda: console.papers.queue.jobs[0].state is PrintState.DONE)
    first = printer.printed[0]
    assert first == shown.typeset.pdf, "what was shown is printed"
    (written,) = entries(station, "sheet_printed", incident.id)
    assert written["pdf_sha256"] == hashlib.sha256(first).hexdigest()
    assert (written["actor"], written["to"]) == (console.desk.officer.id, DESK.name)
    stored = station / "papers" / f"{written['pdf_sha256']}.pdf"
    assert stored.read_bytes() == first

    press(Qt.Key.Key_1, CONTROL)
    correct_priority(console, "มีผู้บาดเจ็บ", qtbot)
    correct_narrative(console, "ทะเลาะวิวาทกันสามคน ไม่มีอาวุธ", "ฟังผิด", qtbot)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: place.sheet.found not in (None, shown), timeout=LONG_MS)
    again = place.sheet.found
    assert again is not None and again.typeset.pdf != first
    with Pages(again.typeset.pdf) as pages:
        said = "".join(pages.text(number) for number in range(pages.count))
    assert "ฟังผิด" in said and "มีผู้บาดเจ็บ" in said, "later corrections stand on a new print"

    press(Qt.Key.Key_H)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.stored is not None, timeout=LONG_MS)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(printer.printed) == 2, timeout=LONG_MS)
    assert printer.printed[1] == first, "the same to the byte"
    place.column.stored.as_copy.setChecked(True)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(printer.printed) == 3, timeout=LONG_MS)
    with Pages(printer.printed[2]) as pages:
        assert "สำเนา" in pages.text(0)
    assert stored.read_bytes() == first
    copies = [one["is_copy"] for one in entries(station, "sheet_printed_again", incident.id)]
    assert copies == [False, True]

    press(Qt.Key.Key_3, CONTROL)
    qtbot.waitUntil(lambda: window.log.asking.answer is not None, timeout=LONG_MS)
    press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert place.is_several and incident.id in place.several.chosen()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert window.place_id == "log", "Esc leads back to where one came from"
    console.log.append(actor=console.desk.officer.actor).result()
    assert verify(console.folder.database, all_views()).ok
