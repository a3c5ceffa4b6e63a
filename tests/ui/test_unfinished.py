"""What is begun and not saved stays over a change of language, and so does what the wall shows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.incidents.incident import IncidentState
from tests.ui.driving import CONTROL, press, type_text
from tests.ui.still_pictures import StillPictures
from tests.ui.test_steps import choose


def change_language(console: Console, qtbot: QtBot) -> None:
    old = console.window
    press(Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert console.window is not old
    qtbot.waitUntil(console.window.isActiveWindow, timeout=5_000)


def leads(console: Console) -> bool:
    """Whether the cameras that see the selected place stand first."""
    live = console.window.live
    assert live.chosen.is_led is live.grid.wall.is_led is live.detail._seeing.isChecked()
    return live.chosen.is_led


def test_a_mask_half_drawn_and_its_reason_are_still_there(
    console: Console, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    pictures.make_live("C03", clock.monotonic())
    live = console.window.live
    live.grid.select_camera("C03")
    live.acts.draw_masks()
    editor = live.acts.masks.editor
    assert editor is not None
    editor.canvas.drawing.add((0.2, 0.2))
    editor.canvas.drawing.add((0.6, 0.2))
    editor.reason.setText("หน้าต่างบ้าน")
    editor.canvas.setFocus()
    change_language(console, qtbot)
    live = console.window.live
    resumed = live.acts.masks.editor
    assert resumed is not None and resumed is not editor
    assert resumed.camera.id == "C03" == live.grid.single
    assert resumed.canvas.drawing.begun == ((0.2, 0.2), (0.6, 0.2))
    assert resumed.reason.text() == "หน้าต่างบ้าน"
    resumed.close_quietly()
    assert len(console.window.live.grid.tiles) > 1


def test_the_note_to_a_marked_moment_is_typed_on(
    console: Console, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    pictures.make_live("C03", clock.monotonic())
    console.window.live.grid.select_camera("C03")
    console.window.live.grid.turn_page(0)
    press(Qt.Key.Key_B, CONTROL)
    field = console.window.live.acts.field
    qtbot.waitUntil(field.isVisible, timeout=5_000)
    type_text("red car")
    change_language(console, qtbot)
    field = console.window.live.acts.field
    assert field.isVisible() and field.line.text() == "red car"
    field.line.setFocus()
    type_text(" left")
    press(Qt.Key.Key_Return)
    assert not field.isVisible()


def test_the_note_to_an_incident_is_typed_on(console: Console, qtbot: QtBot) -> None:
    choose(console, IncidentState.ON_SCENE)
    type_text("n")
    type_text("two witnesses")
    change_language(console, qtbot)
    begun = console.window.live.detail.begun()
    assert begun is not None and begun.text == "two witnesses" and not begun.is_result


def test_the_name_of_a_layout_is_typed_on(console: Console, qtbot: QtBot) -> None:
    console.window.live.layouts.do("save_as")
    type_text("market")
    change_language(console, qtbot)
    begun = console.window.live.layouts.begun()
    assert begun is not None and begun.text == "market"


def test_one_camera_over_the_grid_stays_and_the_usual_order_too(
    console: Console, qtbot: QtBot
) -> None:
    choose(console, IncidentState.ON_THE_WAY)
    live = console.window.live
    assert leads(console)
    live.chosen.leave_seeing()
    live.grid.toggle_single("C02")
    change_language(console, qtbot)
    live = console.window.live
    assert live.grid.single == "C02"
    assert not leads(console)
    live.grid.leave_single()
    assert live.grid.tiles[0].camera is not None and live.grid.tiles[0].camera.id == "C01"


def test_the_cameras_that_see_it_come_first_again_with_v_and_with_a_click(
    console: Console,
) -> None:
    choose(console, IncidentState.ON_THE_WAY)
    live = console.window.live
    press(Qt.Key.Key_Escape)
    assert not leads(console) and live.selected is not None
    type_text("v")
    assert leads(console)
    QTest.mouseClick(live.detail._seeing, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert not leads(console)
    press(Qt.Key.Key_Escape)
    assert live.selected is None, "nothing leads any more: Esc lets the incident go"


def test_ctrl_shift_and_an_arrow_look_beside_what_is_seen(
    console: Console, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    pictures.make_live("C02", clock.monotonic())
    grid = console.window.live.grid
    grid.select_camera("C02")
    console.window.live.acts.zoom(True)
    before = grid.views.of("C02")
    press(Qt.Key.Key_Right, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Up, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    after = grid.views.of("C02")
    assert after.scale == before.scale > 1
    assert after.centre_x > before.centre_x and after.centre_y < before.centre_y
