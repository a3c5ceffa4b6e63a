"""The camera grid: as many tiles as asked, pages, seeing cameras first, nothing asked in vain."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from app.cameras.camera import Camera
from app.cameras.wall_layouts import TILE_COUNTS
from app.clock import ScriptedClock
from app.ui.theme import Theme
from app.ui.wall.camera_grid import CameraGrid, Seen
from tests.ui.still_pictures import StillPictures


def cameras(count: int) -> list[Camera]:
    return [
        Camera(f"C{n:02d}", f"กล้อง {n}", "rtsp://127.0.0.1:1/a", "", 16.54, 104.72)
        for n in range(1, count + 1)
    ]


@pytest.fixture
def grid(theme: Theme, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot) -> CameraGrid:
    grid = CameraGrid(theme, pictures, clock)
    qtbot.addWidget(grid)
    grid.resize(1200, 700)
    grid.set_cameras(cameras(20))
    grid.show()
    return grid


def shown_ids(grid: CameraGrid) -> list[str]:
    return [tile.camera.id if tile.camera else "" for tile in grid.tiles]


@pytest.mark.parametrize("count", TILE_COUNTS)
def test_a_layout_shows_as_many_tiles_as_it_says_side_by_side(
    grid: CameraGrid, pictures: StillPictures, count: int
) -> None:
    grid.set_cameras(cameras(40))
    grid.set_tile_count(count)
    places = [tile.geometry() for tile in grid.tiles]
    assert len(places) == count
    assert len({place.left() for place in places}) == {6: 3, 12: 4}.get(count, count**0.5)
    assert all(grid.rect().contains(place) for place in places)
    for number, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[number + 1 :])
    covered = sum(place.width() * place.height() for place in places)
    assert covered > 0.94 * grid.width() * grid.height()
    assert len(pictures.shown[-1]) == count, "as many cameras are decoded as are seen"


def test_an_unknown_layout_is_the_next_larger_one(grid: CameraGrid) -> None:
    grid.set_tile_count(5)
    assert grid.tile_count == 6
    grid.set_tile_count(99)
    assert grid.tile_count == 36


def test_every_camera_is_on_exactly_one_page(grid: CameraGrid) -> None:
    grid.set_tile_count(9)
    pages = []
    for _ in range(3):
        pages.append(shown_ids(grid))
        grid.turn_page(1)
    seen = [camera_id for page in pages for camera_id in page if camera_id]
    assert seen == [camera.id for camera in cameras(20)]
    assert shown_ids(grid) == pages[0], "after the last page comes the first"
    grid.turn_page(-1)
    assert shown_ids(grid) == pages[2]


def test_cameras_that_see_the_place_come_first_and_go_back_again(grid: CameraGrid) -> None:
    usual = shown_ids(grid)
    grid.set_seeing([Seen("C17", 39.0), Seen("C03", 80.0)])
    assert shown_ids(grid)[:4] == ["C17", "C03", "C01", "C02"]
    grid.set_seeing(())
    assert shown_ids(grid) == usual


def test_a_camera_that_is_gone_from_the_register_is_not_called_to_the_first_row(
    grid: CameraGrid,
) -> None:
    grid.set_seeing([Seen("C99", 10.0), Seen("C02", 20.0)])
    assert shown_ids(grid)[0] == "C02"


def test_one_camera_fills_the_grid_and_gives_it_back(
    grid: CameraGrid, pictures: StillPictures
) -> None:
    grid.toggle_single("C05")
    assert shown_ids(grid) == ["C05"]
    assert grid.tiles[0].geometry() == grid.rect()
    assert set(pictures.shown[-1]) == {"C05"}
    wanted = grid.tiles[0].wanted()
    assert pictures.shown[-1]["C05"] == wanted._replace(main=True), (
        "the evidence, not the sub stream"
    )
    assert grid.tile_count == 12, "the layout is remembered"
    assert grid.leave_single()
    assert len(grid.tiles) == 12
    assert not grid.leave_single()


def test_another_layout_leaves_the_single_camera(grid: CameraGrid) -> None:
    grid.toggle_single("C05")
    grid.set_tile_count(4)
    assert shown_ids(grid) == ["C01", "C02", "C03", "C04"]


def test_a_hidden_grid_asks_for_nothing(
    grid: CameraGrid, pictures: StillPictures, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: pictures.questions > 0)
    grid.hide()
    assert pictures.shown[-1] == {}
    asked = pictures.questions
    qtbot.wait(150)
    assert pictures.questions == asked
    grid.set_cameras(cameras(3))
    assert pictures.shown[-1] == {}, "nor when the register changes meanwhile"
    grid.show()
    assert set(pictures.shown[-1]) == {"C01", "C02", "C03"}


def test_pictures_are_asked_for_in_the_size_of_the_tile(
    grid: CameraGrid, pictures: StillPictures
) -> None:
    grid.set_tile_count(4)
    tile = grid.tiles[0]
    room: QRect = tile.picture_rect()
    assert pictures.shown[-1]["C01"][:2] == (room.width(), room.height())


def test_a_new_picture_reaches_its_tile_without_being_sent(
    grid: CameraGrid, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    pictures.make_live("C02", clock.monotonic())
    qtbot.waitUntil(lambda: grid.tiles[1].words.is_live)
    qtbot.waitUntil(lambda: grid.pictures_painted() == 1)
    clock.advance(3.5)
    qtbot.waitUntil(lambda: not grid.tiles[1].words.is_live)


def test_a_single_picture_painted_often_counts_once(
    grid: CameraGrid, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    pictures.make_live("C01", clock.monotonic())
    qtbot.waitUntil(lambda: grid.pictures_painted() == 1)
    for _ in range(5):
        grid.tiles[0].grab()
    assert grid.pictures_painted() == 1


def test_the_tiles_numbers_name_their_cameras(grid: CameraGrid) -> None:
    grid.set_cameras(cameras(3))
    assert grid.camera_at(3) == "C03"
    assert grid.camera_at(4) == grid.camera_at(0) == grid.camera_at(99) == ""
