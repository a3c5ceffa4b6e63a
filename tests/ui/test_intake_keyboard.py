"""While a report is being typed the keyboard stays with it: the next letters are the report's, and
never entries about the incident that happens to be selected behind it.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import IncidentState
from app.ui.live.intake_panel import IntakePanel
from tests.ui.driving import ALT, CONTROL, focused, press, type_text
from tests.ui.test_sign_in import PASSWORD, SHIFT, give_password, lock
from tests.ui.test_steps import choose, kinds


@pytest.fixture
def intake(console: Console) -> IntakePanel:
    """A report is being typed over a selected incident."""
    choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_F2)
    intake = console.window.live.intake
    intake.narrative.setFocus()
    type_text("ab")
    return intake


def unlock(console: Console, qtbot: QtBot) -> None:
    type_text(PASSWORD)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not console.window.sign_in.strip.isVisible())


def test_a_console_that_was_locked_gives_the_report_its_keyboard_back(
    console: Console, intake: IntakePanel, qtbot: QtBot
) -> None:
    give_password(console, "officer-1")
    lock(console)
    unlock(console, qtbot)
    assert focused() is intake.narrative
    type_text("c")
    assert intake.narrative.toPlainText() == "abc"


def test_a_console_that_was_locked_gives_a_note_its_keyboard_back(
    console: Console, qtbot: QtBot
) -> None:
    give_password(console, "officer-1")
    choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_N)
    field = focused()
    assert console.window.live.detail.isAncestorOf(field)
    lock(console)
    unlock(console, qtbot)
    assert focused() is field


def test_a_click_that_places_the_report_gives_the_keyboard_back(
    console: Console, intake: IntakePanel
) -> None:
    live = console.window.live
    live.map.setFocus()  # as the mouse's button does
    live.map.place_clicked.emit(16.5436, 104.7235)
    assert focused() is intake.narrative and intake.report().lat_deg == 16.5436
    live.grid.setFocus()
    QTest.mouseClick(live.grid.tiles[0], Qt.MouseButton.LeftButton)
    assert focused() is intake.narrative


def test_files_that_cannot_be_attached_to_anything_leave_the_keyboard(
    console: Console, intake: IntakePanel
) -> None:
    console.window.live.choose("")
    press(Qt.Key.Key_U, CONTROL)
    assert console.window.notice.isVisible()
    assert focused() is intake.narrative


def test_files_that_were_looked_at_give_the_keyboard_back(
    console: Console, intake: IntakePanel
) -> None:
    press(Qt.Key.Key_U, CONTROL)
    assert console.window.files.card.isVisible()
    console.window.files.card.closed.emit()
    assert focused() is intake.narrative


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_1, CONTROL), (Qt.Key.Key_Down, ALT)],
    ids=["the place itself", "next incident"],
)
def test_what_leads_to_the_place_leads_to_the_report_that_is_typed_there(
    console: Console, intake: IntakePanel, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    press(key, held)
    assert focused() is intake.narrative


def test_no_letter_acts_on_the_incident_behind_a_report(
    console: Console, intake: IntakePanel
) -> None:
    live = console.window.live
    incident = live.selected
    assert incident is not None
    before = kinds(console, incident)
    letters = [(letter, Qt.KeyboardModifier.NoModifier) for letter in "DGAUNXICTOJEV"]
    for letter, held in [*letters, ("U", SHIFT), ("X", SHIFT), ("O", SHIFT)]:
        live.table.setFocus()
        press(Qt.Key[f"Key_{letter}"], held)
        assert focused() is intake.narrative, letter
        assert not live.detail.is_asking and not live.detail.picker.isVisible(), letter
    assert kinds(console, incident) == before
    assert intake.narrative.toPlainText() == "ab"


def test_a_letter_acts_again_once_the_report_is_put_aside(
    console: Console, intake: IntakePanel
) -> None:
    press(Qt.Key.Key_Escape)
    assert not intake.isVisible()
    press(Qt.Key.Key_N)
    assert console.window.live.detail.is_asking
