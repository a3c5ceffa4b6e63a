"""A tile paints what it says: a lost picture is grey and dark, a live one is as it came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.cameras.camera import Camera
from app.ui.theme import Theme
from app.ui.wall.camera_tile import CameraTile
from app.video.health import CameraState, Health
from tests.ui.still_pictures import ORANGE_BGRA, live_health, picture

CAMERA = Camera("C03", "ตลาด ลานจอดรถ", "rtsp://127.0.0.1:1/a", "", 16.54, 104.72)


@pytest.fixture
def tile(theme: Theme, qtbot: QtBot) -> CameraTile:
    tile = CameraTile(theme)
    qtbot.addWidget(tile)
    tile.resize(320, 204)
    tile.show_camera(CAMERA)
    tile.show()
    return tile


def painted(tile: CameraTile, where: QRect | None = None) -> NDArray[np.int16]:
    """The tile as it reaches the screen: (height, width, 3), blue green red."""
    image = tile.grab(where or tile.rect()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[
        :, : image.width(), :3
    ].astype(np.int16)


def corner(tile: CameraTile) -> QRect:
    """A part of the picture that no box, rank or tag may cover."""
    return QRect(4, tile.picture_rect().height() - 30, 24, 24)


def near(pixels: NDArray[np.int16], colour: str) -> int:
    """How many pixels are of this colour, `#RRGGBB`."""
    wanted = [int(colour[at : at + 2], 16) for at in (5, 3, 1)]
    return int((np.abs(pixels - wanted).max(axis=2) < 12).sum())


def test_a_live_picture_is_shown_as_it_came(tile: CameraTile, theme: Theme) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    assert np.abs(painted(tile, corner(tile)) - ORANGE_BGRA[:3]).max() <= 2
    assert tile.painted == 1
    room = tile.picture_rect()
    whole = painted(tile, room)
    assert (np.abs(whole - ORANGE_BGRA[:3]).max(axis=2) <= 2).mean() > 0.99, "nothing covers it"


def test_a_lost_picture_is_grey_and_dark_and_framed_in_red(tile: CameraTile, theme: Theme) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    tile.grab()
    tile.refresh(picture("C03", seq=2), replace(live_health("C03"), state=CameraState.LOST), 30.0)
    shown = painted(tile, corner(tile))
    assert (shown.max(axis=2) - shown.min(axis=2)).max() <= 12, "no colour is left"
    assert shown.mean() < 0.45 * np.mean(ORANGE_BGRA[:3])
    assert shown.mean() > 8, "the last picture can still be made out"
    assert near(painted(tile), theme.colours["red"]) > 20
    assert tile.painted == 1, "an old picture is not a painted one"


def test_a_frozen_camera_turns_grey_by_itself_as_its_picture_grows_old(tile: CameraTile) -> None:
    for now_s, is_grey in ((0.9, False), (2.5, False), (3.1, True)):
        tile.refresh(picture("C03"), live_health("C03"), now_s)
        shown = painted(tile, corner(tile))
        assert bool((shown.max(axis=2) - shown.min(axis=2)).max() <= 12) is is_grey, now_s


def test_a_picture_that_may_not_be_shown_any_more_is_gone_from_the_tile(tile: CameraTile) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    tile.grab()
    tile.refresh(None, replace(live_health("C03"), state=CameraState.CONNECTING), 0.6)
    shown = painted(tile, corner(tile))
    assert shown.max() < 60, "not even a dimmed one, for it may hold what is hidden now"
    assert tile.words.mark == "loader-circle"


def test_a_late_picture_carries_its_age_in_amber(tile: CameraTile, theme: Theme) -> None:
    room = tile.picture_rect()
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    assert near(painted(tile, room), theme.colours["amber"]) == 0
    tile.refresh(picture("C03"), live_health("C03"), 2.0)
    top_right = QRect(room.width() // 2, 0, room.width() // 2, 34)
    assert near(painted(tile, top_right), theme.colours["amber"]) > 10


@pytest.mark.parametrize("state", [CameraState.WRONG_PASSWORD, CameraState.NO_VIDEO])
def test_without_a_picture_the_tile_is_dark_and_says_why(
    tile: CameraTile, theme: Theme, state: CameraState
) -> None:
    tile.refresh(None, Health("C03", state), 1.0)
    assert near(painted(tile, corner(tile)), theme.colours["picture"]) == 24 * 24
    token = "amber" if state is CameraState.WRONG_PASSWORD else "red"
    assert near(painted(tile, tile.picture_rect()), theme.colours[token]) > 10


def test_the_mark_has_a_shape_of_its_own_for_each_state(tile: CameraTile) -> None:
    marks = []
    for state, age_s in (
        (CameraState.LIVE, 0.1),
        (CameraState.LIVE, 2.0),
        (CameraState.LOST, 9.0),
        (CameraState.WRONG_PASSWORD, 0.1),
    ):
        tile.refresh(picture("C03"), replace(live_health("C03"), state=state), age_s)
        height = tile.height()
        left = painted(tile, QRect(3, height - 22, 20, 20))
        marks.append(np.abs(left - left[0, 0]).max(axis=2) > 40)
    for number, one in enumerate(marks):
        assert one.sum() > 10
        for other in marks[number + 1 :]:
            assert (one != other).sum() > 10


def test_a_camera_that_sees_the_place_has_its_rank_and_a_blue_caption(
    tile: CameraTile, theme: Theme
) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    caption = QRect(0, tile.height() - 20, tile.width(), 18)
    assert near(painted(tile, caption), theme.colours["raised"]) > 1000
    tile.show_rank(2, 39.0)
    assert near(painted(tile, caption), theme.colours["selected"]) > 1000
    assert near(painted(tile, QRect(4, 4, 30, 30)), theme.colours["primary"]) > 100


def test_in_a_low_tile_the_words_stand_beside_the_rank(tile: CameraTile, theme: Theme) -> None:
    tile.refresh(None, replace(live_health("C03"), state=CameraState.CONNECTING), 0.5)
    tile.show_rank(2, 39.0)
    disc, beside = QRect(0, 0, 32, 32), QRect(34, 0, 86, 44)
    alone = painted(tile, disc)
    assert near(painted(tile, beside), theme.colours["text_3"]) == 0
    tile.resize(120, 68)
    assert np.array_equal(painted(tile, disc), alone), "words lie under it"
    assert near(painted(tile, beside), theme.colours["text_3"]) > 10


def test_a_selected_tile_has_a_blue_frame(tile: CameraTile, theme: Theme) -> None:
    before = near(painted(tile), theme.colours["blue"])
    tile.show_selected(True)
    frame = 2 * 2 * (tile.width() + tile.height())
    assert near(painted(tile), theme.colours["blue"]) - before > 0.8 * frame


def test_a_tile_that_gets_another_camera_does_not_keep_the_old_ones_picture(
    tile: CameraTile, theme: Theme
) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    tile.show_camera(replace(CAMERA, id="C04"))
    assert near(painted(tile, corner(tile)), theme.colours["picture"]) == 24 * 24
    assert not tile.words.is_live


def test_an_empty_tile_says_so_and_takes_no_click(tile: CameraTile, qtbot: QtBot) -> None:
    tile.show_camera(None)
    assert tile.accessibleName()
    with qtbot.assertNotEmitted(tile.clicked):
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)


def test_a_click_names_the_camera(tile: CameraTile, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tile.clicked) as clicked:
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert clicked.args == ["C03"]
    with qtbot.waitSignal(tile.opened) as opened:
        QTest.mouseDClick(tile, Qt.MouseButton.LeftButton)
    assert opened.args == ["C03"]


class Ground(QWidget):
    """What lies behind a tile."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


def test_a_new_picture_paints_nothing_of_what_lies_behind(theme: Theme, qtbot: QtBot) -> None:
    ground = Ground()
    qtbot.addWidget(ground)
    tile = CameraTile(theme)
    tile.setParent(ground)
    tile.show_camera(CAMERA)
    tile.refresh(picture("C03", 1), live_health("C03"), 0.0)
    ground.show()
    qtbot.waitUntil(lambda: tile.painted == 1)
    assert painted_behind(ground, tile, 2, qtbot) == 0
    ground.setStyleSheet("QWidget { background: black; }")  # styled anew, as for larger letters
    qtbot.waitUntil(lambda: ground.painted > 0)
    assert painted_behind(ground, tile, 3, qtbot) == 0


def painted_behind(ground: Ground, tile: CameraTile, seq: int, qtbot: QtBot) -> int:
    """How often the ground was painted for one more picture."""
    ground.painted = 0
    tile.show_picture(picture("C03", seq))
    qtbot.waitUntil(lambda: tile.painted == seq)
    return ground.painted


def caption(tile: CameraTile) -> NDArray[np.int16]:
    return painted(tile, tile.caption_rect())


def test_that_a_camera_is_not_recorded_is_said_in_amber(tile: CameraTile, theme: Theme) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    amber = theme.colour("amber").name()
    assert near(caption(tile), amber) == 0
    tile.show_recorded(False)
    assert near(caption(tile), amber) > 20
    tile.show_recorded(True)
    assert near(caption(tile), amber) == 0


def test_that_it_is_recorded_is_said_quietly_where_there_is_room(tile: CameraTile) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.5)
    before = caption(tile)
    tile.show_recorded(True)
    changed = np.abs(caption(tile) - before).max(axis=2) > 12
    assert changed[:, tile.width() // 2 :].sum() > 30  # at the right, not over the name
    assert not changed[:, :60].any()
    tile.resize(180, 120)
    narrow = caption(tile)
    tile.show_recorded(None)
    assert (caption(tile) == narrow).all()
