"""The mask editor over the grid: mouse and keys, what it says, and what it asks to be saved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.cameras.camera import Camera
from app.cameras.masks import Point, PrivacyMask
from app.clock import ScriptedClock
from app.ui.theme import Theme
from app.ui.wall.mask_drawing import MaskDrawing
from app.ui.wall.mask_editor import MaskEditor
from tests.ui.driving import CONTROL, press
from tests.ui.still_pictures import StillPictures

CAMERA = Camera("C03", "ตลาด ลานจอดรถ", "rtsp://127.0.0.1:1/a", "", 16.54, 104.72)
WINDOW = PrivacyMask(((0.1, 0.1), (0.4, 0.1), (0.4, 0.5), (0.1, 0.5)))
TRIANGLE = ((0.5, 0.2), (0.8, 0.2), (0.65, 0.7))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def editor(
    theme: Theme, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> Iterator[MaskEditor]:
    grid = QWidget()
    qtbot.addWidget(grid)
    grid.resize(1000, 620)
    pictures.make_live("C03", clock.monotonic())
    editor = MaskEditor(theme, grid, CAMERA, MaskDrawing((WINDOW,)), pictures, clock)
    grid.show()
    qtbot.waitUntil(grid.isActiveWindow)
    editor.open()
    qtbot.waitUntil(lambda: editor.canvas.width() > 900)
    yield editor


def spot(editor: MaskEditor, point: Point) -> QPoint:
    return editor.canvas.place_of(point).toPoint()


def click(editor: MaskEditor, *points: Point) -> None:
    for point in points:
        QTest.mouseClick(editor.canvas, LEFT, pos=spot(editor, point))


def test_a_mask_is_drawn_with_clicks_and_enter_and_saved_with_its_reason(
    editor: MaskEditor, qtbot: QtBot
) -> None:
    click(editor, *TRIANGLE)
    press(Qt.Key.Key_Return)
    editor.reason.setFocus()
    editor.reason.setText("หน้าต่างบ้าน")
    with qtbot.waitSignal(editor.saved) as saved:
        press(Qt.Key.Key_Return, CONTROL)
    camera_id, masks, reason = saved.args
    assert (camera_id, reason) == ("C03", "หน้าต่างบ้าน")
    assert masks[0] == WINDOW
    for (x, y), (wanted_x, wanted_y) in zip(masks[1].corners, TRIANGLE, strict=True):
        assert (x, y) == pytest.approx((wanted_x, wanted_y), abs=0.003)


def test_a_double_click_closes_the_outline_without_a_corner_of_its_own(editor: MaskEditor) -> None:
    click(editor, *TRIANGLE[:2])
    QTest.mousePress(editor.canvas, LEFT, pos=spot(editor, TRIANGLE[2]))
    QTest.mouseDClick(editor.canvas, LEFT, pos=spot(editor, TRIANGLE[2]))
    assert len(editor.canvas.drawing.outlines[-1]) == 3
    assert len(editor.canvas.drawing.outlines) == 2


def test_a_click_on_the_first_corner_closes_it_too(editor: MaskEditor) -> None:
    click(editor, *TRIANGLE, TRIANGLE[0])
    assert len(editor.canvas.drawing.outlines) == 2


def test_a_corner_is_pulled_with_the_mouse_and_ctrl_z_puts_it_back(editor: MaskEditor) -> None:
    start, end = spot(editor, (0.4, 0.5)), spot(editor, (0.6, 0.6))
    QTest.mousePress(editor.canvas, LEFT, pos=start)
    QTest.mouseMove(editor.canvas, end)
    QTest.mouseRelease(editor.canvas, LEFT, pos=end)
    assert editor.canvas.drawing.outlines[0][2] == pytest.approx((0.6, 0.6), abs=0.003)
    press(Qt.Key.Key_Z, CONTROL)
    assert editor.canvas.drawing.outlines == (WINDOW.corners,)


def test_delete_removes_the_mask_that_was_clicked(editor: MaskEditor, qtbot: QtBot) -> None:
    click(editor, (0.2, 0.3))
    press(Qt.Key.Key_Delete)
    assert editor.canvas.drawing.outlines == ()
    editor.reason.setText("เจ้าของยินยอม")
    with qtbot.waitSignal(editor.saved) as saved:
        press(Qt.Key.Key_Return, CONTROL)
    assert saved.args[1] == ()


def test_a_crossed_outline_is_refused_in_words_and_kept(editor: MaskEditor, qtbot: QtBot) -> None:
    click(editor, (0.5, 0.2), (0.8, 0.7), (0.8, 0.2), (0.5, 0.7))
    press(Qt.Key.Key_Return)
    assert editor.said.state == "red" and editor.said.text
    assert len(editor.canvas.drawing.begun) == 4
    with qtbot.assertNotEmitted(editor.saved):
        press(Qt.Key.Key_Return, CONTROL)


def test_escape_gives_up_the_outline_then_asks_then_leaves(
    editor: MaskEditor, qtbot: QtBot
) -> None:
    click(editor, *TRIANGLE)
    press(Qt.Key.Key_Return)
    click(editor, (0.9, 0.9))
    press(Qt.Key.Key_Escape)
    assert editor.canvas.drawing.begun == ()
    press(Qt.Key.Key_Escape)
    assert editor.isVisible() and editor.said.state == "amber"
    with qtbot.waitSignal(editor.closed):
        press(Qt.Key.Key_Escape)


def test_without_a_change_one_escape_leaves_from_the_reason_too(
    editor: MaskEditor, qtbot: QtBot
) -> None:
    editor.reason.setFocus()
    with qtbot.waitSignal(editor.closed):
        press(Qt.Key.Key_Escape)


def test_the_picture_goes_on_while_masks_are_drawn_and_says_when_it_is_lost(
    editor: MaskEditor, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    before = editor.canvas.grab().toImage()
    clock.advance(5.0)
    qtbot.waitUntil(lambda: editor.canvas.grab().toImage() != before)
    lost = editor.canvas.grab().toImage()
    pictures.make_live("C03", clock.monotonic())
    qtbot.waitUntil(lambda: editor.canvas.grab().toImage() != lost)
    assert editor.canvas.grab().toImage() == before
