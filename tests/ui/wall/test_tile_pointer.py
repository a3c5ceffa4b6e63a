"""Wheel and mouse on a tile: zoom around the pointer, pull what is zoomed, carry what is not."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.cameras.camera import Camera
from app.ui.theme import Theme
from app.ui.wall.camera_tile import CameraTile
from app.ui.wall.tile_view import WHOLE, TileView, TileViews
from app.video.live import Wanted
from app.video.picture import Picture, Size
from tests.ui.still_pictures import SHOT_AT, live_health
from tests.ui.wall.test_camera_tile import painted

CAMERA = Camera("C03", "ตลาด ลานจอดรถ", "rtsp://127.0.0.1:1/a", "", 16.54, 104.72)
RED, BLUE = (0, 0, 255, 255), (255, 0, 0, 255)


def halves(seq: int = 1) -> Picture:
    """Red on the left, blue on the right."""
    pixels = np.empty((270, 480, 4), np.uint8)
    pixels[:, :240], pixels[:, 240:] = RED, BLUE
    return Picture("C03", seq, pixels, 0.0, SHOT_AT.timestamp(), Size(1920, 1080))


@pytest.fixture
def views() -> TileViews:
    return TileViews()


@pytest.fixture
def tile(theme: Theme, views: TileViews, qtbot: QtBot) -> CameraTile:
    tile = CameraTile(theme, views)
    qtbot.addWidget(tile)
    tile.resize(480, 294)  # a picture of 480 × 270 and its caption
    tile.show_camera(CAMERA)
    tile.show()
    tile.refresh(halves(), live_health("C03"), 0.1)
    return tile


def turn(tile: CameraTile, at: QPoint, notches: float) -> bool:
    """The wheel over a tile; whether the tile took it."""
    event = QWheelEvent(
        QPointF(at), QPointF(tile.mapToGlobal(at)), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.setAccepted(True)
    QApplication.sendEvent(tile, event)
    return event.isAccepted()


def pull(tile: CameraTile, start: QPoint, *steps: QPoint) -> None:
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=start)
    for step in steps:
        QTest.mouseMove(tile, step)
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=steps[-1])


def share_of_red(tile: CameraTile) -> float:
    shown = painted(tile, tile.picture_rect())
    return float((shown[:, :, 2] > 200).mean())


def test_the_wheel_enlarges_what_is_under_the_pointer(tile: CameraTile) -> None:
    assert share_of_red(tile) == pytest.approx(0.5, abs=0.02)
    assert turn(tile, QPoint(60, 100), 4)
    assert tile.view.scale == pytest.approx(1.25**4)
    assert share_of_red(tile) > 0.85
    assert turn(tile, QPoint(60, 100), -4)
    assert tile.view == WHOLE
    assert share_of_red(tile) == pytest.approx(0.5, abs=0.02)


def test_a_whole_picture_does_not_take_the_wheel_outwards(tile: CameraTile) -> None:
    assert not turn(tile, QPoint(60, 100), -1)
    assert tile.view == WHOLE


def test_a_zoomed_picture_is_pulled_and_its_tile_stays(tile: CameraTile, qtbot: QtBot) -> None:
    tile.show_view(TileView(2.0, 0.25, 0.5))
    assert share_of_red(tile) > 0.97
    with qtbot.assertNotEmitted(tile.drag_requested):
        pull(tile, QPoint(400, 100), QPoint(300, 100), QPoint(160, 100))
    assert tile.view.centre_x == pytest.approx(0.5, abs=0.01)
    assert share_of_red(tile) == pytest.approx(0.5, abs=0.03)


def test_a_whole_picture_and_any_caption_are_carried_away(tile: CameraTile, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tile.drag_requested) as carried:
        pull(tile, QPoint(100, 100), QPoint(140, 120))
    assert carried.args == ["C03"]
    tile.show_view(TileView(3.0))
    caption = tile.caption_rect().center()
    with qtbot.waitSignal(tile.drag_requested):
        pull(tile, caption, caption + QPoint(40, 0))
    assert tile.view == TileView(3.0)


def test_a_hand_that_trembles_carries_nothing(tile: CameraTile, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tile.drag_requested), qtbot.waitSignal(tile.clicked):
        pull(tile, QPoint(100, 100), QPoint(101, 101))


def test_the_zooms_figure_says_how_much_and_a_click_on_it_ends_it(
    tile: CameraTile, theme: Theme, qtbot: QtBot
) -> None:
    corner = QRect(430, 240, 50, 30)
    without = painted(tile, corner)
    tile.show_view(TileView(2.4))
    ground = theme.colour("bg")
    shown = painted(tile, corner)
    dark = np.abs(shown - [ground.blue(), ground.green(), ground.red()]).max(axis=2) < 6
    assert dark.sum() > 200 and not (without == shown).all()
    with qtbot.assertNotEmitted(tile.clicked):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(460, 255))
    assert tile.view == WHOLE


def test_zooming_asks_for_the_main_stream_and_so_many_times_the_tile(
    tile: CameraTile, qtbot: QtBot
) -> None:
    assert tile.wanted() == Wanted(480, 270, main=False)
    with qtbot.waitSignal(tile.wanted_changed):
        turn(tile, QPoint(200, 100), 2)
    assert tile.wanted() == Wanted(960, 540, main=True)
    with qtbot.assertNotEmitted(tile.wanted_changed):
        turn(tile, QPoint(200, 100), 0.5)  # still less than twice
    tile.show_view(TileView(8.0))
    assert tile.wanted() == Wanted(3840, 2160, main=True)
    tile.resize(1920, 600)
    width, height, _ = tile.wanted()
    assert width <= 3840 and height <= 2160


def test_the_view_is_there_again_when_the_camera_stands_in_another_tile(
    tile: CameraTile, theme: Theme, views: TileViews, qtbot: QtBot
) -> None:
    tile.show_view(TileView(2.0, 0.25, 0.5))
    other = CameraTile(theme, views)
    qtbot.addWidget(other)
    other.show_camera(CAMERA)
    assert other.view == TileView(2.0, 0.25, 0.5)
    tile.show_camera(None)
    assert tile.view == WHOLE


def test_a_double_click_opens_a_zoomed_tile_too(tile: CameraTile, qtbot: QtBot) -> None:
    tile.show_view(TileView(2.0))
    with qtbot.waitSignal(tile.opened) as opened:
        QTest.mouseDClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert opened.args == ["C03"]
    assert tile.view == TileView(2.0)
