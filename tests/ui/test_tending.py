"""What is done with the selected incident beside its stages: one form each, by keyboard."""

from __future__ import annotations

import functools

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import Ending, Incident, IncidentState
from app.thai.translation import Language
from tests.ui.driving import CONTROL, press, type_text
from tests.ui.test_steps import choose

SHIFT = Qt.KeyboardModifier.ShiftModifier


def shown(console: Console) -> Incident:
    incident = console.window.live.detail.incident
    assert incident is not None
    return incident


def save(console: Console, qtbot: QtBot) -> None:
    """Ctrl+Enter, and the story is there again."""
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not console.window.live.detail.is_asking)


def test_the_next_step_and_who_answers_for_it(console: Console, qtbot: QtBot) -> None:
    choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_T)
    type_text("ตรวจภาพกล้อง")
    press(Qt.Key.Key_Tab)
    type_text("+30")
    save(console, qtbot)
    assert shown(console).next_step == "ตรวจภาพกล้อง"
    assert shown(console).next_due is not None
    press(Qt.Key.Key_O)
    save(console, qtbot)
    assert shown(console).owner == console.desk.officer.id
    press(Qt.Key.Key_I)
    assert console.window.live.detail.shown_form is console.window.live.tending.page
    press(Qt.Key.Key_Escape)
    assert not console.window.live.detail.is_asking


def test_a_correction_by_keyboard_with_both_words_in_the_story(
    console: Console, qtbot: QtBot
) -> None:
    before = choose(console, IncidentState.ON_SCENE).report.priority
    press(Qt.Key.Key_C)
    form = console.window.live.tending.correct
    press(Qt.Key.Key_Down)  # the priority
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Tab)
    save_refused = "เหตุผล"
    press(Qt.Key.Key_Return, CONTROL)
    assert save_refused in form._problem.text()
    type_text("มีผู้บาดเจ็บ")
    save(console, qtbot)
    assert shown(console).report.priority == 3 != before
    line = console.desk.story(shown(console).id)[0][0]
    assert line.text.values["reason"] == "มีผู้บาดเจ็บ"


def test_cancel_and_reopen(console: Console, qtbot: QtBot) -> None:
    incident = choose(console, IncidentState.ASSIGNED)
    press(Qt.Key.Key_X, SHIFT)
    type_text("โทรผิด")
    press(Qt.Key.Key_Return)  # Enter saves a line
    qtbot.waitUntil(lambda: not shown(console).is_open)
    assert (shown(console).id, shown(console).ending) == (incident.id, Ending.CANCELLED)
    qtbot.waitUntil(lambda: not console.window.live.detail.is_asking)  # the window has heard of it
    press(Qt.Key.Key_X, SHIFT)
    assert not console.window.live.detail.is_asking, "it is closed: nothing to cancel"
    press(Qt.Key.Key_O, SHIFT)
    type_text("โทรมาอีก")
    save(console, qtbot)
    assert shown(console).state is IncidentState.NEW


def test_one_becomes_part_of_another(console: Console, qtbot: QtBot) -> None:
    other = next(
        one for one in console.desk.open_incidents() if one.state is IncidentState.UNDER_CONTROL
    )
    choose(console, IncidentState.NEW)
    press(Qt.Key.Key_J)
    type_text("99999")
    press(Qt.Key.Key_Return)
    assert "99999" in console.window.live.tending.join._problem.text()
    console.window.live.tending.join.number.setText(other.number)
    save(console, qtbot)
    assert (shown(console).ending, shown(console).joined_to) == (Ending.DUPLICATE, other.number)


def test_under_control_told_later_is_marked(console: Console, qtbot: QtBot) -> None:
    incident = choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_U, SHIFT)
    type_text("10:99")
    press(Qt.Key.Key_Return)
    form = console.window.live.tending.late
    assert form._problem.isVisible()
    form.time.setText("10:45")
    save(console, qtbot)
    assert (shown(console).id, shown(console).is_late) == (incident.id, True)
    assert f"{shown(console).state_since:%M}" == "45"


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_J])
def test_what_is_typed_in_a_form_is_kept_over_a_change_of_language(
    console: Console, key: Qt.Key
) -> None:
    choose(console, IncidentState.ON_SCENE)
    press(key)
    type_text("12")
    begun = console.window.live.tending.begun()
    assert begun is not None and begun.texts[0] == "12"
    console.set_language(Language.ENGLISH.value)
    assert console.window.live.tending.begun() == begun
    console.set_language(Language.THAI.value)


def test_a_note_and_a_result_may_be_told_later(console: Console, qtbot: QtBot) -> None:
    incident = choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_X)
    type_text("จับได้")
    press(Qt.Key.Key_Tab)  # whether somebody was arrested
    for text in ("คดี 12/2569", "10:46"):
        press(Qt.Key.Key_Tab)
        type_text(text)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(functools.partial(_is_closed, console, incident.id))
    (closed,) = [
        one for one in console.log.entries_of(incident.id) if one.kind == "incident_closed"
    ]
    assert closed.data()["reference"] == "คดี 12/2569"
    assert closed.data()["happened_at"] == "2026-11-22T03:46:00.000Z"


def _is_closed(console: Console, incident_id: str) -> bool:
    found = console.desk.incident(incident_id)
    return found is not None and not found.is_open
