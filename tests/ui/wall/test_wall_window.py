"""The wall in a window of its own and over the whole screen: one grid, never blind, home again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.ui.theme import Theme
from app.ui.wall.wall_seat import WallStands
from app.ui.wall.wall_window import WallPlace, WallWindow
from tests.ui.conftest import running_console
from tests.ui.driving import CONTROL, press
from tests.ui.still_pictures import StillPictures

SHIFT = Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # off-screen windows


def own_window(console: Console) -> WallWindow:
    window = console.window.live.wall_seat.window_of_its_own
    assert window is not None
    return window


def test_the_cameras_go_out_and_home_without_one_of_them_being_closed(
    console: Console, pictures: StillPictures, qtbot: QtBot
) -> None:
    live = console.window.live
    shares = live.top_split.sizes()
    asked = len(pictures.shown)
    live.wall_seat.go_out()
    qtbot.waitUntil(lambda: live.grid.window() is own_window(console))
    assert live.grid.isVisible()
    assert live.wall_seat.bring_back.isVisible(), "its place says how to get them back"
    assert live.top_split.sizes()[0] > shares[0], "the map has the room"
    live.wall_seat.bring_back.click()
    assert live.grid.window() is console.window
    assert live.top_split.sizes() == shares
    assert all(pictures.shown[asked:]), "never asked for nothing in between"


def test_closing_the_window_puts_the_cameras_back(console: Console) -> None:
    live = console.window.live
    live.wall_seat.go_out()
    own_window(console).close()
    assert live.grid.window() is console.window
    assert live.wall_seat.stands is WallStands.HOME


def test_keys_work_in_the_window_of_its_own(console: Console, qtbot: QtBot) -> None:
    live = console.window.live
    press(Qt.Key.Key_G, CONTROL | SHIFT)
    window = own_window(console)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert live.grid.hasFocus()
    console.window.show_place("setup")
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(live.grid, Qt.Key.Key_3)
    assert live.grid.single == "C03"
    assert console.window.place_id == "setup", "the main window stays where it is"
    QTest.keyClick(live.grid, Qt.Key.Key_Escape)
    assert live.grid.single == ""
    QTest.keyClick(live.grid, Qt.Key.Key_F2)
    assert console.window.live.intake.isVisibleTo(console.window)
    assert console.window.place_id == "live"


def test_the_whole_screen_shows_cameras_alone_until_esc(console: Console, qtbot: QtBot) -> None:
    live = console.window.live
    press(Qt.Key.Key_F11, SHIFT)
    window = own_window(console)
    assert window.isFullScreen()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(live.grid, Qt.Key.Key_Escape)
    assert live.grid.window() is console.window
    assert not live.wall_seat.is_away


def test_from_the_whole_screen_it_goes_back_to_its_own_window(console: Console) -> None:
    seat = console.window.live.wall_seat
    seat.go_out()
    place = own_window(console).place()
    seat.toggle_full()
    assert (seat.stands, own_window(console).isFullScreen()) == (WallStands.OUT_FULL, True)
    assert own_window(console).place() == place, "what is remembered is not the whole screen"
    seat.toggle_full()
    assert (seat.stands, own_window(console).isFullScreen()) == (WallStands.OUT, False)


def test_the_next_console_opens_with_the_wall_where_it_was(
    station: Path, theme: Theme, clock: ScriptedClock, qtbot: QtBot
) -> None:
    place = WallPlace(300, 200, 900, 600, maximized=False)
    with running_console(station, theme, clock, StillPictures(), qtbot) as first:
        first.window.live.wall_seat.remembered = place
        first.window.live.wall_seat.go_out()
        first.window.live.grid.put("C05", 0)
        first.window.live.grid.set_tile_count(4)
        first.window.live.grid.turn_page(1)
    with running_console(station, theme, clock, StillPictures(), qtbot) as second:
        live = second.window.live
        assert live.wall_seat.is_out
        assert own_window(second).place() == place
        assert (live.grid.tile_count, live.grid.wall.present.page) == (4, 1)
        live.grid.turn_page(-1)
        assert live.grid.camera_at(1) == "C05"


def test_a_window_that_would_lie_beyond_every_screen_is_not_remembered(console: Console) -> None:
    seat = console.window.live.wall_seat
    seat.remembered = WallPlace(50_000, 50_000, 900, 600, maximized=False)
    seat.go_out()
    where = own_window(console).geometry()
    assert console.window.screen().geometry().intersects(where)


def test_another_language_keeps_the_wall_where_it_is_and_what_it_shows(
    console: Console, pictures: StillPictures
) -> None:
    console.window.live.grid.put("C05", 0)
    console.window.live.wall_seat.go_out()
    console.set_language("en")
    live = console.window.live
    assert live.wall_seat.is_out
    assert live.grid.camera_at(1) == "C05"
    assert next(iter(pictures.shown[-1])) == "C05", "still asked for"
    assert live.wall_seat.bring_back.text() == "Bring them back"
