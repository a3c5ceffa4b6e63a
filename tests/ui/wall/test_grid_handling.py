"""The camera grid under the officer's hands: arrows, dragging, and what it asks the video room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.ui.theme import Theme
from app.ui.wall.camera_drag import CAMERA_MIME, camera_mime
from app.ui.wall.camera_grid import CameraGrid, Seen
from app.video.health import CameraState
from tests.ui.still_pictures import StillPictures
from tests.ui.wall.test_camera_grid import cameras, shown_ids

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def grid(theme: Theme, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot) -> CameraGrid:
    grid = CameraGrid(theme, pictures, clock)
    qtbot.addWidget(grid)
    grid.resize(1200, 700)
    grid.set_cameras(cameras(20))
    grid.show()
    grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(grid.hasFocus)
    return grid


def press(grid: CameraGrid, *keys: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
    for key in keys:
        QTest.keyClick(grid, key, held)


def selected(grid: CameraGrid) -> list[str]:
    return [tile.camera.id for tile in grid.tiles if tile.is_selected and tile.camera]


def middle(grid: CameraGrid, tile: int) -> QPoint:
    return grid.tiles[tile].geometry().center()


def drop(grid: CameraGrid, mime: QMimeData, at: QPoint) -> bool:
    """A drag from outside that ends here; whether the grid took it."""
    move = Qt.DropAction.MoveAction
    QApplication.sendEvent(grid, QDragEnterEvent(at, move, mime, LEFT, NO_KEY))
    QApplication.sendEvent(grid, QDragMoveEvent(at, move, mime, LEFT, NO_KEY))
    event = QDropEvent(QPointF(at), move, mime, LEFT, NO_KEY)
    event.setAccepted(False)
    QApplication.sendEvent(grid, event)
    return event.isAccepted()


# The keyboard


def test_arrows_move_the_frame_and_the_framed_camera_is_the_selected_one(
    grid: CameraGrid,
) -> None:
    assert selected(grid) == ["C01"]
    press(grid, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert selected(grid) == ["C06"]
    press(grid, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert selected(grid) == ["C05"], "at the edge it stays"
    assert grid.camera_in_hand == "C05"


def test_shift_and_arrows_carry_the_camera(grid: CameraGrid) -> None:
    press(grid, Qt.Key.Key_Right, Qt.Key.Key_Down, held=SHIFT)
    assert shown_ids(grid)[:6] == ["C02", "C06", "C03", "C04", "C05", "C01"]
    assert selected(grid) == ["C01"], "the frame goes with it"


def test_pages_are_turned_and_the_frame_stays_where_it_is(grid: CameraGrid) -> None:
    press(grid, Qt.Key.Key_Right, Qt.Key.Key_PageDown)
    assert selected(grid) == ["C14"]
    press(grid, Qt.Key.Key_PageUp)
    assert selected(grid) == ["C02"]


def test_enter_opens_the_framed_camera_and_delete_empties_its_tile(
    grid: CameraGrid, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(grid.camera_opened) as opened:
        press(grid, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert opened.args == ["C02"]
    press(grid, Qt.Key.Key_Delete)
    assert shown_ids(grid)[:3] == ["C01", "", "C03"]
    press(grid, Qt.Key.Key_Delete, Qt.Key.Key_Right)
    assert selected(grid) == ["C03"], "an empty tile can be passed over"


def test_the_frame_is_seen_only_while_the_grid_has_the_keyboard(
    grid: CameraGrid, qtbot: QtBot
) -> None:
    assert grid._frame.around == grid.tiles[0].geometry()
    grid.clearFocus()
    assert grid._frame.around is None


def test_a_click_leaves_the_keyboard_where_it_was(grid: CameraGrid) -> None:
    grid.clearFocus()
    QTest.mouseClick(grid.tiles[3], LEFT)
    assert not grid.hasFocus()


# Dragging


def test_a_camera_from_elsewhere_is_put_where_it_is_dropped(grid: CameraGrid) -> None:
    assert drop(grid, camera_mime("C20"), middle(grid, 2))
    assert shown_ids(grid)[:4] == ["C01", "C02", "C20", "C04"]
    grid.turn_page(1)
    assert shown_ids(grid)[7] == "C03", "they changed places"


def test_the_tile_under_the_pointer_is_outlined_until_the_drag_leaves(grid: CameraGrid) -> None:
    at, mime, move = middle(grid, 5), camera_mime("C01"), Qt.DropAction.MoveAction
    QApplication.sendEvent(grid, QDragEnterEvent(at, move, mime, LEFT, NO_KEY))
    QApplication.sendEvent(grid, QDragMoveEvent(at, move, mime, LEFT, NO_KEY))
    assert grid._drop_place.around == grid.tiles[5].geometry()
    QApplication.sendEvent(grid, QDragLeaveEvent())
    assert grid._drop_place.around is None


def test_what_is_no_camera_of_this_station_is_not_taken(grid: CameraGrid) -> None:
    before = shown_ids(grid)
    strange, bytes_only, text = camera_mime("C99"), QMimeData(), QMimeData()
    bytes_only.setData(CAMERA_MIME, b"\xff" * 200)
    text.setText("C02")
    for mime in (strange, bytes_only, text):
        assert not drop(grid, mime, middle(grid, 4))
    assert shown_ids(grid) == before


def test_a_camera_dropped_on_the_large_one_takes_its_place(grid: CameraGrid) -> None:
    grid.toggle_single("C05")
    assert drop(grid, camera_mime("C09"), grid.rect().center())
    assert shown_ids(grid) == ["C09"]
    grid.leave_single()
    assert shown_ids(grid)[:9] == [f"C{number:02d}" for number in range(1, 10)]


def test_a_tile_that_is_pulled_and_let_go_nowhere_stays(grid: CameraGrid, qtbot: QtBot) -> None:
    before = shown_ids(grid)
    tile = grid.tiles[0]
    QTest.mousePress(tile, LEFT, NO_KEY, QPoint(30, 30))
    with qtbot.waitSignal(tile.drag_requested) as pulled:
        QTest.mouseMove(tile, QPoint(90, 60))
    QTest.mouseRelease(tile, LEFT, NO_KEY, QPoint(90, 60))
    assert pulled.args == ["C01"]
    assert shown_ids(grid) == before


# What the video room is asked


def test_a_camera_that_changes_places_keeps_its_picture(
    grid: CameraGrid, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    pictures.make_live("C01", clock.monotonic())
    tile = grid.tiles[0]
    qtbot.waitUntil(lambda: tile.words.is_live)
    grid.put("C01", 7)
    assert grid.tiles[7] is tile
    assert tile.words.is_live
    assert tile.geometry() != grid.tiles[0].geometry()


def test_nothing_is_asked_twice(grid: CameraGrid, pictures: StillPictures) -> None:
    asked = len(pictures.shown)
    grid.set_seeing(())
    grid.set_cameras(cameras(20))
    grid.turn_page(0)
    assert len(pictures.shown) == asked
    grid.set_seeing([Seen("C03", 10.0)])
    assert next(iter(pictures.shown[-1])) == "C03", "who is seen first is opened first"
    assert len(pictures.shown) == asked + 1


def test_the_selected_camera_shows_its_main_stream(
    grid: CameraGrid, pictures: StillPictures
) -> None:
    grid.select_camera("C03")
    mains = [camera_id for camera_id, wanted in pictures.shown[-1].items() if wanted.main]
    assert mains == ["C03"]


def test_a_picture_is_called_lost_in_the_round_in_which_it_is_over_three_seconds_old(
    grid: CameraGrid, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    pictures.make_live("C01", clock.monotonic())
    refresh = grid._refresh
    refresh.stop()
    refresh.refresh()
    tile = grid.tiles[0]
    for _ in range(3):
        clock.advance(0.97)  # just before each of the words' own fifths of a second
        refresh.refresh()
    assert tile.words.is_live
    clock.advance(0.095)
    refresh.refresh()
    assert not tile.words.is_live


def test_a_camera_that_is_back_says_so_with_its_first_picture(
    grid: CameraGrid, pictures: StillPictures, clock: ScriptedClock
) -> None:
    refresh = grid._refresh
    refresh.stop()
    pictures.make_live("C01", clock.monotonic(), state=CameraState.LOST)
    refresh.refresh()
    assert not grid.tiles[0].words.is_live
    clock.advance(0.01)
    pictures.make_live("C01", clock.monotonic())
    refresh.refresh()
    assert grid.tiles[0].words.is_live


def test_words_are_made_five_times_a_second_not_with_every_question(
    grid: CameraGrid, pictures: StillPictures, clock: ScriptedClock
) -> None:
    asked: list[str] = []
    health = pictures.health

    def counting(camera_id: str):  # type: ignore[no-untyped-def]
        asked.append(camera_id)
        return health(camera_id)

    pictures.health = counting  # type: ignore[method-assign]
    refresh = grid._refresh
    refresh.stop()
    refresh.refresh()
    asked.clear()
    for _ in range(33):
        clock.advance(0.03)
        refresh.refresh()
    assert asked.count("C01") in range(4, 7)
