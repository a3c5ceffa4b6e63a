"""Marks, masks and the menu of a tile on the whole window, by key and by mouse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.application import Console
from app.cameras.bookmarks import Bookmark, bookmarks_between
from app.cameras.masks import PrivacyMask
from app.incidents.incident import IncidentState
from app.log import Role
from app.ui.wall.camera_tile import CameraTile
from app.ui.wall.tile_view import WHOLE, TileView
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.still_pictures import SHOT_AT, StillPictures
from tests.ui.test_steps import choose

LEFT = Qt.MouseButton.LeftButton
POPUP = pytest.mark.qt_log_ignore("This plugin does not support")  # the off-screen display's


@pytest.fixture
def tile(console: Console, pictures: StillPictures) -> CameraTile:
    """A selected tile with a picture."""
    tile = console.window.live.grid.tiles[0]
    assert tile.camera is not None
    pictures.make_live(tile.camera.id, console.desk.clock.monotonic())
    console.window.live.grid.select_camera(tile.camera.id)
    return tile


def camera_of(tile: CameraTile) -> str:
    assert tile.camera is not None
    return tile.camera.id


def marks(console: Console) -> list[Bookmark]:
    with console.log.reading() as db:
        return bookmarks_between(db, SHOT_AT - timedelta(days=1), SHOT_AT + timedelta(days=1))


def test_ctrl_b_marks_at_once_and_the_note_typed_after_it_is_kept(
    console: Console, tile: CameraTile, qtbot: QtBot
) -> None:
    incident = choose(console, IncidentState.ON_SCENE)
    before = QApplication.focusWidget()
    press(Qt.Key.Key_B, CONTROL)
    qtbot.waitUntil(lambda: len(marks(console)) == 1)
    (mark,) = marks(console)
    assert (mark.camera_id, mark.at, mark.note) == (camera_of(tile), SHOT_AT, "")
    assert mark.incident_id == incident.id
    qtbot.waitUntil(console.window.live.acts.field.line.hasFocus)
    type_text("เสื้อแดง")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [mark.note for mark in marks(console)][:1] == ["เสื้อแดง"])
    assert not console.window.live.acts.field.isVisible()
    assert QApplication.focusWidget() is before
    story, _ = console.desk.story(incident.id)
    assert "เสื้อแดง" in story[0].text.english()
    assert camera_of(tile) in story[1].text.english()


def test_escape_keeps_the_mark_without_a_note_and_the_keys_are_the_windows_again(
    console: Console, tile: CameraTile, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_B, CONTROL)
    field = console.window.live.acts.field
    qtbot.waitUntil(field.line.hasFocus)
    press(Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert [mark.note for mark in marks(console)] == [""]
    press(Qt.Key.Key_F2)
    assert console.window.live.intake.isVisible()


def test_marking_again_keeps_what_was_typed_for_the_mark_before(
    console: Console, tile: CameraTile, qtbot: QtBot
) -> None:
    field = console.window.live.acts.field
    press(Qt.Key.Key_B, CONTROL)
    qtbot.waitUntil(field.line.hasFocus)
    type_text("หนึ่ง")
    press(Qt.Key.Key_B, CONTROL)
    qtbot.waitUntil(lambda: len(marks(console)) == 2 and field.line.text() == "")
    qtbot.waitUntil(lambda: sorted(mark.note for mark in marks(console)) == ["", "หนึ่ง"])


def test_a_mark_can_be_taken_back_from_the_line(
    console: Console, tile: CameraTile, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_B, CONTROL)
    field = console.window.live.acts.field
    qtbot.waitUntil(field.line.hasFocus)
    QTest.mouseClick(field.undo, LEFT)
    qtbot.waitUntil(lambda: marks(console) == [])
    assert not field.isVisible()


def draw_a_triangle(console: Console, qtbot: QtBot) -> None:
    editor = console.window.live.acts.masks.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.canvas.width() > 200)
    for point in ((0.2, 0.2), (0.6, 0.2), (0.4, 0.7)):
        QTest.mouseClick(editor.canvas, LEFT, pos=editor.canvas.place_of(point).toPoint())
    press(Qt.Key.Key_Return)
    editor.reason.setText("หน้าต่างบ้าน")


def test_masks_drawn_and_saved_go_to_the_readers_at_once(
    console: Console, tile: CameraTile, pictures: StillPictures, qtbot: QtBot
) -> None:
    camera_id = camera_of(tile)
    press(Qt.Key.Key_M, CONTROL)
    draw_a_triangle(console, qtbot)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(console.desk.masks_of(camera_id)) == 1)
    (mask,) = console.desk.masks_of(camera_id)
    assert mask.corners[0] == pytest.approx((0.2, 0.2), abs=0.01)

    def watched() -> tuple[PrivacyMask, ...]:
        return next(one.masks for one in pictures.streams if one.camera_id == camera_id)

    qtbot.waitUntil(lambda: watched() == (mask,))
    qtbot.waitUntil(lambda: console.window.live.acts.masks.editor is None)
    assert len(console.window.live.grid.tiles) > 1, "the grid is there again"


def test_masks_without_a_reason_stay_on_the_screen(
    console: Console, tile: CameraTile, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_M, CONTROL)
    draw_a_triangle(console, qtbot)
    editor = console.window.live.acts.masks.editor
    assert editor is not None
    editor.reason.clear()
    press(Qt.Key.Key_Return, CONTROL)
    assert editor.said.state == "red"
    assert editor.reason.hasFocus(), "the cursor stands where something is missing"
    assert len(editor.canvas.drawing.outlines) == 1
    assert console.desk.masks_of(camera_of(tile)) == ()


def test_who_may_not_draw_masks_is_told_before_drawing(
    console: Console, tile: CameraTile, qtbot: QtBot
) -> None:
    object.__setattr__(console.desk.officer, "role", Role.DUTY_OFFICER)
    head = console.log.head()
    press(Qt.Key.Key_M, CONTROL)
    assert console.window.live.acts.masks.editor is None
    assert console.window.notice.isVisible()
    assert console.log.head() == head


def lines_of(menu: QMenu) -> dict[str, bool]:
    """What stands in a menu by its key, and whether it can be chosen."""
    actions = [action for action in menu.actions() if "\t" in action.text()]
    return {action.text().split("\t")[1]: action.isEnabled() for action in actions}


@POPUP
def test_the_menu_of_a_tile_offers_what_makes_sense_now(
    console: Console, tile: CameraTile, pictures: StillPictures, qtbot: QtBot
) -> None:
    menu = console.window.live.acts.open_menu(camera_of(tile))
    assert menu is not None
    live = lines_of(menu)
    assert live["F5"] and live["Ctrl B"] and live["Ctrl M"]
    assert not live["Ctrl 0"], "the whole picture is seen already"
    assert not live["Ctrl R"], "nothing is wrong with it"
    menu.close()
    other = next(one for one in console.window.live.grid.tiles[1:] if one.camera)
    menu = console.window.live.acts.open_menu(camera_of(other))
    assert menu is not None
    dark = lines_of(menu)
    assert dark["Ctrl R"] and not dark["F5"] and not dark["Ctrl B"]
    menu.close()


@POPUP
def test_the_menu_comes_by_right_click_and_by_the_menu_key(
    console: Console, tile: CameraTile, qtbot: QtBot
) -> None:
    at = tile.picture_rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, tile.mapToGlobal(at))
    QApplication.sendEvent(tile, event)
    by_mouse = QApplication.activePopupWidget()
    assert isinstance(by_mouse, QMenu) and by_mouse.geometry().contains(tile.mapToGlobal(at))
    by_mouse.close()
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(focused(), key)  # the Menu key, as the display tells of it
    by_key = QApplication.activePopupWidget()
    assert isinstance(by_key, QMenu) and by_key is not by_mouse
    by_key.close()


def test_keys_zoom_show_the_whole_again_and_take_a_camera_off_its_tile(
    console: Console, tile: CameraTile
) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    for _ in range(3):
        press(Qt.Key.Key_PageUp, alt)
    assert tile.view == TileView(1.5**3)
    press(Qt.Key.Key_PageDown, alt)
    assert tile.view.scale == pytest.approx(1.5**2)
    press(Qt.Key.Key_0, CONTROL)
    assert tile.view == WHOLE
    camera_id = camera_of(tile)
    press(Qt.Key.Key_Delete, CONTROL)
    shown = [one.camera.id for one in console.window.live.grid.tiles if one.camera]
    assert camera_id not in shown
    assert console.window.live.grid.camera_at(1) == ""
