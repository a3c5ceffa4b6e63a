"""A call from F2 to closed with two units by keyboard, and the unit board by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Console
from app.duty.units import Unit, UnitState
from app.incidents.incident import Incident, IncidentState
from app.log.verify import verify
from app.views import all_views
from tests.journeys.log_file import entries
from tests.ui.driving import CONTROL, focused, press, type_text

pytestmark = pytest.mark.journey


def test_a_call_from_f2_to_closed_with_two_units_by_keyboard(
    console: Console, qtbot: QtBot
) -> None:
    live = console.window.live
    press(Qt.Key.Key_F2)
    type_text("23")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    type_text("16.5428, 104.7255")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_D, CONTROL)  # saved, and whom to send?
    qtbot.waitUntil(lambda: live.detail.picker.isVisible())
    incident = selected(console)

    offered = live.sending.choices(incident)
    assert len(offered) >= 2, "the sample station has free units"
    assert "1" in live.detail.picker.list.item(0).text()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_2)
    assert live.grid.single == "", "the digits meant units, not cameras"
    press(Qt.Key.Key_Return)
    sent = [choice.unit_id for choice in offered[:2]]
    wait(console, qtbot, lambda: len(selected(console).units) == 2)
    assert focused() is live.table

    press(Qt.Key.Key_E)  # each by itself: the second one leaves and comes first
    assert live.detail.units.isVisible()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_G)
    wait(console, qtbot, lambda: unit(console, sent[1]).state is UnitState.ON_THE_WAY)
    press(Qt.Key.Key_A)
    wait(console, qtbot, lambda: unit(console, sent[1]).state is UnitState.ON_SCENE)
    assert unit(console, sent[0]).state is UnitState.ASSIGNED
    press(Qt.Key.Key_Escape)
    assert not live.detail.is_asking and focused() is live.table

    press(Qt.Key.Key_A)  # all that are still coming: the first one
    wait(console, qtbot, lambda: unit(console, sent[0]).state is UnitState.ON_SCENE)
    press(Qt.Key.Key_U)
    wait(console, qtbot, lambda: selected(console).state is IncidentState.UNDER_CONTROL)
    press(Qt.Key.Key_X)
    type_text("จับกุมผู้ต้องหาได้ 1 คน (ตัวอย่าง)")
    press(Qt.Key.Key_Return, CONTROL)
    wait(console, qtbot, lambda: not selected(console).is_open)

    assert {unit(console, one).state for one in sent} == {UnitState.FREE}
    runs = console.desk.duty.runs(incident.id)
    assert sorted(run.unit_id for run in runs) == sorted(sent)
    assert all(run.to_scene_s is not None and not run.is_out for run in runs)
    root = console.folder.root
    assert len(entries(root, "unit_assigned", incident.id)) == 2
    assert len(entries(root, "unit_arrived", incident.id)) == 2
    assert verify(console.folder.database, all_views()).ok


def test_units_report_rest_and_are_crewed_from_the_board_by_keyboard(
    console: Console, qtbot: QtBot
) -> None:
    live = console.window.live
    board = live.units.board
    press(Qt.Key.Key_F6)
    assert board.isVisible() and focused() is board.table
    board.table.choose("unit-22")
    press(Qt.Key.Key_I)
    type_text("ว.14 หน้าวัด")
    press(Qt.Key.Key_Return)
    wait(console, qtbot, lambda: unit(console, "unit-22").state is UnitState.RESTING)
    assert unit(console, "unit-22").heard == "ว.14 (พักการปฏิบัติหน้าที่) หน้าวัด"
    wait(console, qtbot, lambda: focused() is board.table)
    assert board.unit is not None and board.unit.id == "unit-22", "it stays the chosen one"
    press(Qt.Key.Key_B)
    wait(console, qtbot, lambda: unit(console, "unit-22").state is UnitState.FREE)
    press(Qt.Key.Key_C)
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Return, CONTROL)
    wait(console, qtbot, lambda: unit(console, "unit-22").state is UnitState.OFF_DUTY)
    wait(console, qtbot, lambda: not board.is_asking)
    press(Qt.Key.Key_G)  # means nothing for a unit off duty, and nothing for the incident either
    press(Qt.Key.Key_Escape)
    assert focused() is live.table and not board.isVisible()


def selected(console: Console) -> Incident:
    shown = console.window.live.selected
    assert shown is not None
    return shown


def unit(console: Console, unit_id: str) -> Unit:
    return next(one for one in console.desk.duty.units() if one.id == unit_id)


def wait(console: Console, qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Until the log and the screen have it."""
    qtbot.waitUntil(lambda: console.bugs > 0 or holds(), timeout=10_000)
    assert console.bugs == 0
