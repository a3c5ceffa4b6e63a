"""In a form letters and digits belong to it, also where a box or a button has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget

from app.application import Console
from app.incidents.incident import IncidentState
from app.ui.live.act_form import ActForm
from app.ui.live.step_forms import TextForm
from app.ui.widgets.buttons import KeyButton
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.test_steps import choose

KEYS_OF_LIVE = "dgaucnxiefv12?"


def nothing_happened(console: Console, field: QWidget, entries: int) -> None:
    assert focused() is field
    assert console.log.count() == entries
    assert console.window.place_id in ("live", "setup", "map")
    assert not console.window.sheet.isVisible()
    grid = console.window.live.grid
    assert len(grid.tiles) == grid.tile_count


@pytest.mark.parametrize("name", ["unnamed", "priority"])
def test_in_the_intake(console: Console, name: str) -> None:
    choose(console, IncidentState.ASSIGNED)
    entries = console.log.count()
    press(Qt.Key.Key_F2)
    intake = console.window.live.intake
    field = getattr(intake, name)
    field.setFocus()

    type_text(KEYS_OF_LIVE)

    nothing_happened(console, field, entries)
    assert intake.isVisible()
    assert not console.window.live.detail.is_asking


def test_a_digit_chooses_the_priority_that_begins_with_it(console: Console) -> None:
    press(Qt.Key.Key_F2)
    priority = console.window.live.intake.priority
    priority.setFocus()
    type_text("2")
    assert priority.currentText().startswith("2")


def test_on_the_intakes_buttons(console: Console) -> None:
    choose(console, IncidentState.ASSIGNED)
    entries = console.log.count()
    press(Qt.Key.Key_F2)
    intake = console.window.live.intake
    button = next(
        one
        for one in intake.findChildren(KeyButton)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    button.setFocus()
    type_text("dga")
    nothing_happened(console, button, entries)


def test_in_a_form_of_choices(console: Console) -> None:
    choose(console, IncidentState.ASSIGNED)
    entries = console.log.count()
    type_text("c")
    form = console.window.live.detail.shown_form
    assert isinstance(form, ActForm)
    boxes = [box for box in form.findChildren(QComboBox) if box.isVisible()]
    boxes[-1].setFocus()
    type_text("21")
    assert boxes[-1].currentText().startswith("21")
    for box in boxes:
        box.setFocus()
        type_text("gau")
        nothing_happened(console, box, entries)
    assert console.window.live.detail.shown_form is form


def test_beside_a_typed_result(console: Console) -> None:
    choose(console, IncidentState.ASSIGNED)
    entries = console.log.count()
    type_text("x")
    form = console.window.live.detail.shown_form
    assert isinstance(form, TextForm)
    type_text("ตกลงกันได้")
    tick = form.findChild(QCheckBox)
    assert tick is not None
    tick.setFocus()

    type_text("ncd")

    nothing_happened(console, tick, entries)
    assert console.window.live.detail.shown_form is form
    assert form.text.toPlainText() == "ตกลงกันได้"
    press(Qt.Key.Key_Space)
    assert tick.isChecked()


def test_in_the_set_up(console: Console) -> None:
    choose(console, IncidentState.ASSIGNED)
    entries = console.log.count()
    console.window.show_place("setup")
    button = next(
        one
        for one in console.window.setup.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    button.setFocus()
    type_text("dga2")
    nothing_happened(console, button, entries)
    assert console.window.place_id == "setup"


def test_keys_with_ctrl_and_function_keys_go_on_working(console: Console) -> None:
    press(Qt.Key.Key_F2)
    console.window.live.intake.priority.setFocus()
    press(Qt.Key.Key_K, CONTROL)
    assert console.window.palette_card.isVisible()


def test_in_the_table_letters_are_keys(console: Console) -> None:
    choose(console, IncidentState.ASSIGNED)
    type_text("n")
    assert console.window.live.detail.is_asking
