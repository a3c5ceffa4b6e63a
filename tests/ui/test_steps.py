"""What is done with an incident: a unit is sent once; what cannot be saved stays in its form."""

from __future__ import annotations

import functools
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import Incident, IncidentState, NoteAdded
from app.thai.translation import tr
from app.ui.live.step_forms import TextForm
from tests.conftest import ExpectedLog
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.test_intake import full_disk


def choose(console: Console, state: IncidentState) -> Incident:
    """An open incident in this stage becomes the selected one."""
    one = next(one for one in console.desk.open_incidents() if one.state is state)
    console.window.live.choose(one.id)
    console.window.live.table.setFocus()
    return one


def kinds(console: Console, incident: Incident) -> Counter[str]:
    """What the log holds of an incident, after everything asked for so far was written."""
    console.log.append(NoteAdded("inc-none", "-"), actor=console.desk.officer.actor).result()
    return Counter(entry.kind for entry in console.log.entries_of(incident.id))


def test_d_and_enter_send_the_unit_at_the_head_of_the_list_exactly_once(
    console: Console, qtbot: QtBot
) -> None:
    incident = choose(console, IncidentState.NEW)
    detail = console.window.live.detail
    press(Qt.Key.Key_D)
    assert detail.is_asking
    offered = console.window.live.sending.choices(incident)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(detail.incident and detail.incident.units))
    qtbot.waitUntil(lambda: not detail.is_asking)
    assert kinds(console, incident)["unit_assigned"] == 1
    assert focused() is console.window.live.table
    sent = next(unit for unit in console.desk.units() if unit.id == offered[0].unit_id)
    assert sent.incident == incident.id


def test_enter_twice_sends_one_unit(console: Console, qtbot: QtBot) -> None:
    incident = choose(console, IncidentState.NEW)
    press(Qt.Key.Key_D)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    detail = console.window.live.detail
    qtbot.waitUntil(lambda: bool(detail.incident and detail.incident.units))
    assert kinds(console, incident)["unit_assigned"] == 1


def in_state(console: Console, incident_id: str, state: IncidentState) -> bool:
    shown = console.window.live.detail.incident
    return shown is not None and (shown.id, shown.state) == (incident_id, state)


def test_the_stages_go_on_with_one_key_each(console: Console, qtbot: QtBot) -> None:
    incident = choose(console, IncidentState.ASSIGNED)
    detail = console.window.live.detail
    for key, state in (
        (Qt.Key.Key_G, IncidentState.ON_THE_WAY),
        (Qt.Key.Key_A, IncidentState.ON_SCENE),
        (Qt.Key.Key_U, IncidentState.UNDER_CONTROL),
    ):
        press(key)
        qtbot.waitUntil(functools.partial(in_state, console, incident.id, state))
    assert detail.incident is not None and detail.incident.id == incident.id


def form_of(console: Console) -> TextForm:
    """The form in which the officer is typing."""
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    form = field.parentWidget()
    assert isinstance(form, TextForm)
    return form


def test_a_note_is_written_with_n_and_ctrl_enter(console: Console, qtbot: QtBot) -> None:
    incident = choose(console, IncidentState.ON_SCENE)
    before = kinds(console, incident)["note_added"]
    press(Qt.Key.Key_N)
    form_of(console)
    type_text("ผู้เสียหายไม่บาดเจ็บ")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not console.window.live.detail.is_asking)
    assert kinds(console, incident)["note_added"] == before + 1
    lines, _ = console.desk.story(incident.id)
    assert lines[0].text.values["text"] == "ผู้เสียหายไม่บาดเจ็บ"
    assert focused() is console.window.live.table


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_X])
def test_an_empty_note_or_result_is_refused_in_the_form(console: Console, key: Qt.Key) -> None:
    incident = choose(console, IncidentState.ON_SCENE)
    before = kinds(console, incident)
    press(key)
    form = form_of(console)
    press(Qt.Key.Key_Return, CONTROL)
    assert form._problem.isVisible()
    assert any("ก" <= letter <= "๙" for letter in form._problem.text())
    assert console.window.live.detail.is_asking
    assert kinds(console, incident) == before


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_X])
def test_a_full_disk_keeps_what_was_typed_in_the_form(
    console: Console, qtbot: QtBot, expected_log: ExpectedLog, key: Qt.Key
) -> None:
    expected_log("could not be written")
    choose(console, IncidentState.ON_SCENE)
    press(key)
    form = form_of(console)
    form.text.setPlainText("ค" * 18_000)
    with full_disk(console):
        head = console.log.head()
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(form._problem.isVisible)
        assert tr("The disk is full.") in form._problem.text()
        assert form.text.toPlainText() == "ค" * 18_000
        assert console.log.head() == head


def test_an_incident_is_closed_with_its_result_and_leaves_the_list(
    console: Console, qtbot: QtBot
) -> None:
    incident = choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_X)
    type_text("จับกุมผู้ต้องหาได้ 1 คน")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: incident.id not in {one.id for one in console.desk.open_incidents()})
    (closed,) = [e for e in console.log.entries_of(incident.id) if e.kind == "incident_closed"]
    assert closed.data()["result"] == "จับกุมผู้ต้องหาได้ 1 คน"
    assert closed.data()["arrest"] is True


def test_escape_leaves_the_form_and_shows_the_story_again(console: Console) -> None:
    choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_N)
    form_of(console)
    press(Qt.Key.Key_Escape)
    assert not console.window.live.detail.is_asking
    assert console.window.live.selected is not None, "the incident stays selected"


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_X])
def test_what_was_typed_and_left_is_there_again_for_that_incident_only(
    console: Console, qtbot: QtBot, key: Qt.Key
) -> None:
    first = choose(console, IncidentState.ASSIGNED)
    detail = console.window.live.detail
    press(key)
    type_text("จับผู้ต้องหา 1 ราย")
    press(Qt.Key.Key_Escape)

    choose(console, IncidentState.NEW)
    press(key)
    form = detail.shown_form
    assert isinstance(form, TextForm)
    assert form.text.toPlainText() == ""
    press(Qt.Key.Key_Escape)
    console.window.live.choose(first.id)
    press(key)
    assert form.text.toPlainText() == "จับผู้ต้องหา 1 ราย"

    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not detail.is_asking)
    console.window.live.choose(first.id)
    if key == Qt.Key.Key_N:  # a closed one is not closed again
        press(key)
        assert form.text.toPlainText() == ""
