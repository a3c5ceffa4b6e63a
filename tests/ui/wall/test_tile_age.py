"""The age in a tile's caption, and whose pictures it keeps alive."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.cameras.camera import Camera
from app.thai.translation import Language, set_language
from app.ui.theme import Theme
from app.ui.wall.camera_tile import CameraTile
from app.ui.wall.tile_picture import TilePicture
from app.ui.wall.tile_status import CALM_FIGURES_EVERY_S, FIGURES_EVERY_S, TileStatus
from app.ui.wall.tile_words import age_figure, words_for
from app.video.health import CameraState, Health
from tests.ui.still_pictures import live_health, picture

CAMERA = Camera("C03", "ตลาด ลานจอดรถ", "rtsp://127.0.0.1:1/a", "", 16.54, 104.72)


@pytest.fixture
def tile(theme: Theme, qtbot: QtBot) -> CameraTile:
    tile = CameraTile(theme)
    qtbot.addWidget(tile)
    tile.resize(320, 204)
    tile.show_camera(CAMERA)
    tile.show()
    return tile


def shown_picture(arrived_s: float, seq: int = 1) -> TilePicture:
    shown = TilePicture(QColor("black"))
    shown.take(picture("C03", seq, arrived_s))
    return shown


def test_every_state_with_a_picture_says_its_age(tile: CameraTile) -> None:
    set_language(Language.ENGLISH)
    for now_s, state, figure in (
        (0.07, CameraState.LIVE, "0.1 s"),
        (2.15, CameraState.LIVE, "2.1 s"),
        (45.0, CameraState.LOST, "45 s"),
        (924.0, CameraState.LOST, "15:24"),
        (924.0 + 86_400, CameraState.LOST, "1 d"),
        (924.0 + 97_200, CameraState.WRONG_PASSWORD, "1 d 3 h"),
    ):
        tile.refresh(picture("C03"), replace(live_health("C03"), state=state), now_s)
        assert tile.age == figure, (now_s, state)
    tile.show_camera(replace(CAMERA, id="C04"))
    tile.refresh(None, Health("C04", CameraState.CONNECTING), 5.0)
    assert tile.age == "", "there never was a picture"


@given(st.floats(0.0, 1.0))
def test_a_live_pictures_age_is_never_said_too_small(age_s: float) -> None:
    set_language(Language.ENGLISH)
    said = age_figure(words_for(live_health("C03"), age_s), age_s)
    assert age_s - 1e-9 <= float(said.removesuffix(" s")) <= age_s + 0.1


def test_a_young_pictures_figure_is_the_worst_of_a_second_and_changes_as_often() -> None:
    status, figures, now_s = TileStatus(), [], 0.0
    for number in range(400):  # ten seconds of a camera with two pictures a second
        now_s = number * 0.025
        arrived_s = now_s // 0.5 * 0.5
        shown = shown_picture(arrived_s)
        if status.look(live_health("C03", arrived_s), shown, now_s):
            figures.append((now_s, status.figure))
    gaps = [later[0] - before[0] for before, later in pairwise(figures)]
    assert min(gaps) >= CALM_FIGURES_EVERY_S - 1e-9
    assert len(figures) <= 11


def test_an_old_pictures_figure_changes_four_times_a_second() -> None:
    status, shown = TileStatus(), shown_picture(0.0)
    looks_s = [number * 0.025 for number in range(160)]  # four seconds without a picture
    changed_s = [now_s for now_s in looks_s if status.look(live_health("C03"), shown, now_s)]
    late_s = [at_s for at_s in changed_s if 1.0 < at_s <= 3.0]
    gaps = [later - before for before, later in pairwise(late_s)]
    assert FIGURES_EVERY_S - 1e-9 <= max(gaps) <= FIGURES_EVERY_S + 0.026


def test_a_change_of_state_is_not_kept_waiting_for_the_figures() -> None:
    status, shown = TileStatus(), shown_picture(0.0)
    status.look(live_health("C03"), shown, 2.95)
    assert status.words.is_live
    status.look(live_health("C03"), shown, 3.01)
    assert not status.words.is_live


def test_a_tile_whose_picture_is_old_is_not_young_because_a_newer_one_was_heard_of() -> None:
    """Health and picture come by different ways: what is on the tile counts."""
    status = TileStatus()
    status.look(live_health("C03", arrived_s=9.9), shown_picture(1.0), 10.0)
    assert not status.words.is_live
    assert status.words.colour == "red"


def test_only_the_newest_picture_is_kept_alive_and_of_a_lost_one_only_a_copy(
    tile: CameraTile,
) -> None:
    kept = []
    for seq in range(1, 5):
        one = picture("C03", seq, arrived_s=seq / 10)
        kept.append(weakref.ref(one.pixels))
        tile.refresh(one, live_health("C03", seq / 10), seq / 10)
        tile.grab()
        del one
    gc.collect()
    assert [ref() is not None for ref in kept] == [False, False, False, True]
    tile.show_health(replace(live_health("C03", 0.4), state=CameraState.LOST), 9.0)
    tile.grab()
    gc.collect()
    assert kept[-1]() is None, "a lost picture is shown from a copy"


def test_the_same_picture_is_in_colour_again_if_the_camera_was_only_thought_lost(
    tile: CameraTile,
) -> None:
    one = picture("C03")
    tile.refresh(one, live_health("C03"), 0.5)
    tile.show_health(replace(live_health("C03"), state=CameraState.LOST), 0.8)
    tile.grab()
    tile.show_health(live_health("C03"), 0.9)
    tile.show_picture(one)
    shown = tile.grab(tile.picture_rect()).toImage().pixelColor(20, 150)
    assert shown.red() - shown.blue() > 100


def test_what_was_done_with_a_tile_stands_in_its_caption_for_three_seconds(
    tile: CameraTile,
) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.1)
    name = tile.caption_rect().adjusted(0, 0, -80, 0)
    quiet = tile.grab(name).toImage()
    tile.say("ทำเครื่องหมาย 10:46:31")
    tile.show_health(live_health("C03"), 0.9)
    assert tile.grab(name).toImage() != quiet
    tile.refresh(picture("C03", 2, 3.2), live_health("C03", 3.2), 3.25)
    assert tile.grab(name).toImage() == quiet


def test_a_new_picture_paints_only_its_own_place(tile: CameraTile, qtbot: QtBot) -> None:
    tile.refresh(picture("C03"), live_health("C03"), 0.1)
    tile.repaint()
    updates: list[int] = []
    tile.paintEvent = lambda event: updates.append(event.rect().bottom())  # type: ignore[method-assign,assignment]
    tile.show_picture(picture("C03", 2, 0.15))
    qtbot.waitUntil(lambda: bool(updates))
    assert max(updates) <= tile.picture_rect().bottom()
